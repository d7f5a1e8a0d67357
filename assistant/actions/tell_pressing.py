"""What presses before a one-on-one: at most three matters with their day, by rule. It points; the lists below tell."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.actions.cite import Teller, author_of, cite, set_apart, shortened, tier_of
from assistant.actions.say_matter import with_matter
from assistant.actions.tell_changes import passages_of, unanswered, weightiest
from assistant.domain.brief import Line, Pressing, PressingKind
from assistant.domain.calendar import Ahead, AheadKind
from assistant.domain.evidence import Quote
from assistant.domain.promise import Owner, Promise, Telling, TellingKind
from assistant.domain.situation import Situation
from assistant.due import due_date
from assistant.prompting import offline_words
from assistant.wording import first_clause, sentence_around, words_in

MOST = 3
SOON = timedelta(days=14)
LONGEST_AHEAD = timedelta(days=45)  # how far the next one-on-one may lie, as far as the top of a brief looks
OWED = timedelta(days=14)  # since when a promise without a day is late
FRESH = timedelta(days=60)
LONGEST = 12  # words by which a matter is called
LONGEST_WHOLE = 30  # words of a matter with the sentence that tells what it is about


@dataclass(frozen=True, slots=True)
class _Found:
    weight: float
    matter: Pressing


def tell_pressing(situation: Situation, calendar: Sequence[Ahead], teller: Teller) -> tuple[Pressing, ...]:
    """The matters that cannot wait, the most pressing first; none is told twice, and nothing pressing gives none."""
    found = [
        *_mine(situation, teller),
        *_theirs(situation, teller),
        *_asked(situation, teller),
        *_complaints(situation, teller),
        *_calendar(situation, calendar, teller),
    ]
    found.sort(key=lambda f: (-f.weight, f.matter.day or date.max, str(f.matter.quotes[:1])))
    kept: list[Pressing] = []
    for each in (f.matter for f in found):
        said = {(q.note.id, q.span.start) for k in kept for q in k.quotes}
        if not any((q.note.id, q.span.start) in said for q in each.quotes):
            kept.append(each)
    return tuple(kept[:MOST])


def tell_ahead(calendar: Sequence[Ahead], told: Sequence[Pressing], teller: Teller) -> tuple[Line, ...]:
    """The days ahead that do not press, the nearest first."""
    known = {q.note.id for p in told if p.kind is PressingKind.AHEAD for q in p.quotes}
    return tuple(
        Line(f"{_days(a, teller)}. {cite(quote, teller)}", (quote,), tier_of(quote, teller))
        for a in calendar
        if a.quote.note.id not in known and (quote := shortened(a.quote))
    )


def before_next(situation: Situation) -> date:
    """Until when this talk has to reach: the next one, by the rhythm that was set or the time since the last."""
    rhythm = situation.person.cadence_days
    since = situation.today - situation.since.day if situation.since.was_meeting else SOON
    apart = timedelta(days=rhythm) if rhythm else since
    return situation.today + min(max(apart, SOON), LONGEST_AHEAD)


def _mine(situation: Situation, teller: Teller) -> Iterator[_Found]:
    """The manager's own: the first that is late, with the number of others, and what is due within two weeks."""
    words, today = _words(), situation.today
    mine = [p for p in situation.open_promises(Owner.ME) if not p.may_be_settled]
    late = [p for p in mine if p.is_overdue(today)]
    late += [p for p in mine if p.due is None and today - p.made_on >= OWED and not _names_a_day_ahead(p, situation)]
    if late:
        kind, day = ("mine_late", late[0].due) if late[0].due else ("mine_open", late[0].made_on)
        text = words[kind].format(what=_call(late[0], situation), day=teller.day(day or late[0].made_on))
        yield _Found(100, _of(PressingKind.MINE, _and_more(text, len(late) - 1), _whole(late[0], situation)))
    for promise in mine:
        if promise.due and today <= promise.due <= today + SOON:
            text = words["mine_due"].format(what=_call(promise, situation), day=teller.day(promise.due))
            yield _Found(86 - (promise.due - today).days, _of(PressingKind.MINE, text, _whole(promise, situation)))


def _theirs(situation: Situation, teller: Teller) -> Iterator[_Found]:
    """The person's: more time asked for and not answered, the newest overdue one, what is due before the next talk."""
    words, today, name = _words(), situation.today, situation.person.first_name
    late: list[Promise] = []
    for promise in situation.open_promises(Owner.THEM):
        if promise.may_be_settled:
            continue
        what, due, asked = _call(promise, situation), promise.due, _more_time(promise)
        if asked is not None:
            kind = "more_time" if asked.until else "more_time_open"
            text = words[kind].format(name=name, what=what, until=teller.day(asked.until) if asked.until else "")
            yield _Found(92, Pressing(PressingKind.ANSWER, text, asked.until or due, (asked.quote,)))
        elif promise.is_overdue(today):
            late.append(promise)
        elif due and today <= due <= before_next(situation):
            text = words["theirs_due"].format(name=name, what=what, day=teller.day(due))
            yield _Found(76 - (due - today).days / 2, _of(PressingKind.THEIRS, text, _whole(promise, situation)))
    if late:
        newest = late[-1]
        text = words["theirs_late"].format(
            name=name, what=_call(newest, situation), day=teller.day(newest.due or today)
        )
        yield _Found(82, _of(PressingKind.THEIRS, _and_more(text, len(late) - 1), _whole(newest, situation)))


def _more_time(promise: Promise) -> Telling | None:
    """The request for more time that no later note grants or refuses."""
    asked = next((t for t in promise.standing if t.kind is TellingKind.MORE_TIME), None)
    if asked is None or any(t.kind is TellingKind.MOVED and t.quote.day >= asked.quote.day for t in promise.told):
        return None
    return asked


def _and_more(text: str, more: int) -> str:
    words = _words()
    told = words["more_one"] if more == 1 else words["more"].format(count=more)
    return f"{text} {told}" if more else text


def _asked(situation: Situation, teller: Teller) -> Iterator[_Found]:
    """What the person or somebody else asked for and no note answers."""
    words = _words()
    for request in (r for r in situation.unanswered if not r.may_be_settled):
        fresh = situation.today - request.made_on <= FRESH
        who = asker(request, teller)
        kind = "asked_by" if who else "asked"
        text = words[kind].format(
            name=who or situation.person.first_name,
            day=teller.day(request.made_on),
            what=_called(request.what.removeprefix(f"{who}: ")),
        )
        weight = (84 if fresh else 72) - 4 * bool(who)
        yield _Found(weight, _of(PressingKind.ANSWER, text, request))


def _complaints(situation: Situation, teller: Teller) -> Iterator[_Found]:
    for readable in unanswered(situation):
        quote, who = shortened(weightiest(passages_of(readable))), author_of(readable.note.author)
        text = _words()["complaint" if who else "complaint_unsigned"].format(
            name=who, day=teller.day(readable.note.day)
        )
        yield _Found(94, Pressing(PressingKind.ANSWER, text, readable.note.day, (quote,)))


def _calendar(situation: Situation, calendar: Sequence[Ahead], teller: Teller) -> Iterator[_Found]:
    """Absences, shifts and reliefs that change something before the next talk."""
    words = _words()
    for one in calendar:
        if one.day > before_next(situation):
            continue
        ahead = max((one.day - situation.today).days, 0)
        text = f"{_days(one, teller)}. {words[f'{one.kind}_then']}"
        if one.kind is AheadKind.RELIEF:
            text = f"{_days(one, teller)}: {set_apart(shortened(one.quote, LONGEST * 2))} {words['relief_then']}"
        yield _Found(90 - ahead / 2, Pressing(PressingKind.AHEAD, text, one.day, (shortened(one.quote),)))


def asker(request: Promise, teller: Teller) -> str:
    """Who asks, when it is neither the person nor the manager who wrote the note; else empty."""
    author = request.quotes[0].note.author if request.quotes else ""
    bare = author.partition(",")[0].strip()
    if not bare or teller.person.is_named(bare) or bare.casefold() == teller.manager.name.casefold():
        return ""
    return author_of(author)


def _of(kind: PressingKind, text: str, promise: Promise) -> Pressing:
    quotes: tuple[Quote, ...] = promise.quotes[-1:]
    return Pressing(kind, text, promise.due or promise.made_on, quotes)


def _days(one: Ahead, teller: Teller) -> str:
    """From when until when: "Away 6–12 July"."""
    words = _words()
    if one.kind is AheadKind.RELIEF:
        return str(words["relief"].format(day=teller.day(one.day)))
    if one.start <= teller.today and one.end:
        return str(words[f"{one.kind}_until"].format(day=teller.day(one.end)))
    if one.end is None or one.end == one.start:
        kind = f"{one.kind}_from" if one.end is None else f"{one.kind}_on"
        return str(words[kind].format(day=teller.day(one.start)))
    same = (one.start.year, one.start.month) == (one.end.year, one.end.month)
    start = str(one.start.day) if same else teller.day(one.start)
    dash = "–" if same else " – "
    return str(words[f"{one.kind}_days"].format(days=f"{start}{dash}{teller.day(one.end)}"))


def _names_a_day_ahead(promise: Promise, situation: Situation) -> bool:
    """Whether its sentence names a day that has not come yet: "when I am back on 29 June" is not late before."""
    told = (q.note.text[s.start : s.end].lower() for q in promise.quotes if (s := sentence_around(q.note.text, q.span)))
    days = (due_date(words, promise.made_on, situation.language) for words in told)
    return any(day is not None and day > situation.today for day in days)


def _whole(promise: Promise, situation: Situation) -> Promise:
    """The promise as the list below tells it, with what it is about."""
    return with_matter(promise, (*situation.earlier, *situation.recent), situation.person)


def _call(promise: Promise, situation: Situation) -> str:
    """A promise by name, with what it is about where both fit on a line."""
    what = _whole(promise, situation).what
    fits = what != promise.what and words_in(what) <= LONGEST_WHOLE
    return _called(what, LONGEST_WHOLE) if fits else _called(promise.what)


def _called(what: str, longest: int = LONGEST) -> str:
    """A few words by which a matter is known again; the list below has all of them."""
    what = " ".join(what.split()).rstrip(" .,;:")
    if words_in(what) <= longest:
        return f"“{what}”."
    return f"“{first_clause(what, LONGEST).rstrip(' .,;:')}” …"


def _words() -> dict[str, str]:
    words: dict[str, str] = offline_words("brief")["presses"]
    return words

"""The first step and the manager's part: what both agreed, in the notes' words, before anything thought up."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from assistant.actions.cite import SHORTEST, Teller, Voice, set_apart, shortened, voice_of
from assistant.actions.round_off_plan import called
from assistant.actions.tell_changes import standing_obstacles, teller_of
from assistant.actions.weigh_passage import is_clear, is_comfort, names_others
from assistant.domain.evidence import Evidence, Quote, Topic, Witness
from assistant.domain.note import NoteKind, Span
from assistant.domain.plan import FIRST_STEP_WITHIN, Step, working_day
from assistant.domain.promise import Owner, Promise, TellingKind
from assistant.domain.situation import Situation, newest_first
from assistant.due import due_date
from assistant.engines.offline.asking.aloud import few_words, stands_as
from assistant.engines.offline.asking.matters import NOT_DONE, is_alive, promise_quote
from assistant.engines.offline.asking.phrasing import pronoun_slots
from assistant.engines.offline.asking.third import language_in, speaks_of
from assistant.engines.offline.asking.threads import latest_word, open_threads
from assistant.engines.offline.asking.turning import taken_on, turned
from assistant.engines.offline.planning.days import Days
from assistant.engines.offline.planning.links import Links, speaks_for_themselves
from assistant.engines.offline.planning.story import themes_of
from assistant.engines.offline.sentences import fold
from assistant.prompting import offline_words
from assistant.wording import matter_of, stems, words_in

FRESH = timedelta(days=120)
STILL_MEANT = timedelta(days=60)
BARELY_LATE = timedelta(days=14)  # a step is no old debt: what is late for longer is a matter for a talk first
JUST_HEARD = timedelta(days=120)
ASKED_WITHIN = timedelta(days=120)
NEAR = timedelta(days=45)  # what is due later than that waits for what is due sooner
_OWNER = re.compile(r"\W*([A-ZÄÖÜÁÉÍÓÚÑ][\w-]+)['’]s\s")
BEARS = 2  # words of meaning that a passage shares with the notes a thread stands on


def first_step(links: Links, situation: Situation, teller: Teller, days: Days, *, second: bool) -> Step:
    """What they do within two weeks: the next piece of what they agreed, else what closes the first open link.

    Args:
        links: What the thread stands on.
        situation: The notes.
        teller: The person, the manager and the day.
        days: When they are away.
        second: Whether another thread has taken up what they promised.
    """
    promise = None if second else _serving(situation.open_promises(Owner.THEM), links, situation)
    if promise is not None and (told := promise_quote(promise)):
        return _agreed(promise, shortened(told), situation, teller, days)
    due = days.free(working_day(situation.today + timedelta(days=10), situation.today))
    found = None if second or links.carried <= 1 else next(_asked_for(links, situation, teller, due), None)
    if found is not None:
        return found
    words = offline_words("plan")["first_step"]
    kind, quote_of = _closing(links, situation)
    quotes = (shortened(quote_of.quote),) if quote_of else ()
    who = called(links.value.note.author) if links.value else ""
    kind = "another_any" if kind == "another" and not who else kind
    return Step(words[kind].format(quote=set_apart(quotes[0]) if quotes else "", who=who), Owner.THEM, due, quotes)


def _agreed(promise: Promise, quote: Quote, situation: Situation, teller: Teller, days: Days) -> Step:
    """What they took on, how far it is by the newest note, and by when it is to be there."""
    today, due = situation.today, promise.due
    latest = latest_word(quote, situation)
    if latest is not None and any(m.span.overlaps(latest.span) for m in latest.note.mentions):
        latest = None
    begun = latest is not None and not NOT_DONE.search(latest.text)
    latest = shortened(latest) if latest is not None else None
    quote = _first_clause(quote) if begun else quote  # what was to come first may be done by now
    words = offline_words("plan")["first_step"]
    usual = working_day(today + timedelta(days=10), today)
    until = next((t.until for t in promise.standing if t.kind is TellingKind.MORE_TIME), None)
    if until is not None and today <= until <= today + FIRST_STEP_WITHIN:
        due, tail, day = until, words["more_time"], working_day(until, today)
    elif due is None:
        tail, day = words["undated_begun" if begun and latest is not None else "undated"], usual
    elif due < today:
        tail, day = words["late"], working_day(today + timedelta(days=7), today)
    elif due - today <= FIRST_STEP_WITHIN:
        tail, day = words["moved"], working_day(due, today)
        if due_date(fold(quote.text), quote.day, language_in(quote)) == due:
            tail = ""
    else:
        tail, day = words["later" if begun or latest is None else "not_begun"], usual
    told = [agreement(quote, teller)]
    if latest is not None:
        told.append(words["so_far"].format(day=teller.day(latest.day), quote=set_apart(latest)))
    if not told[0].endswith(tail):
        told.append(tail.format(due=teller.day(due) if due else ""))
    quotes = (quote,) if latest is None else (quote, latest)
    return Step(" ".join(part for part in told if part), Owner.THEM, days.free(day), quotes)


def _first_clause(quote: Quote) -> Quote:
    """The words before the first comma, where they say enough."""
    head = quote.text.partition(",")[0]
    if head == quote.text or words_in(head) <= SHORTEST:
        return quote
    return Quote(quote.note, Span(quote.span.start, quote.span.start + len(head)))


def _asked_for(links: Links, situation: Situation, teller: Teller, due: date) -> Iterator[Step]:
    """What the newest notes ask for and the thread is about: a wish, or what somebody they work for asked of them."""
    words, bearing = offline_words("plan")["first_step"], about(links, situation.person.names)
    open_ones = [t for t in open_threads(situation, within=ASKED_WITHIN) if t.kind in {"wish", "request"}]
    for thread in sorted(open_ones, key=lambda t: (-t.quote.day.toordinal(), -t.weight)):
        quote, voice = thread.quote, voice_of(thread.quote, teller)
        day, who = teller.day(quote.day), called(quote.note.author)
        if quote.note.kind is NoteKind.CUSTOMER_COMPLAINT:  # to be answered now, and no step of anybody's growth
            continue
        if thread.kind == "wish" and not stems(quote.text) & bearing:
            continue
        if voice is Voice.OTHER and thread.kind == "request" and who:
            text = words["request"].format(
                Who=who[:1].upper() + who[1:], day=day, quote=set_apart(quote), first=who.partition(" (")[0]
            )
            yield Step(text, Owner.THEM, due, (quote,))
        elif voice is not Voice.MANAGER or situation.today - quote.day > STILL_MEANT:
            continue
        elif thread.kind == "wish":
            said = turned(quote, teller.person, by_manager=True)
            if said is not None and said.way == "wish":
                yield Step(words["wish"].format(deed=said.text, day=day), Owner.THEM, due, (quote,))


def agreement(quote: Quote, teller: Teller, *, smaller: bool = False) -> str:
    """What they took on, as one may say it to them; where the words cannot be turned, what they are about.

    Args:
        quote: Where it was agreed; the step cites it.
        teller: The person and the day.
        smaller: Only its first half hour.
    """
    words = offline_words("plan_life")["smaller"] if smaller else offline_words("plan")["first_step"]
    deed = taken_on(quote, teller.person) or stands_as(quote, teller.person)
    part = few_words(quote, teller.person)
    kind = "agreed" if deed else "quoted" if smaller else "promise"
    if not smaller and voice_of(quote, teller) in {Voice.OWN_SAID, Voice.OWN_WROTE}:
        kind = "own"
    elif kind == "promise" and not (part and speaks_of(quote, teller.person)):
        kind = "noted"
    text: str = words[kind]
    return text.format(
        day=teller.day(quote.day),
        deed=deed,
        quote=set_apart(quote),
        matter=f" ({set_apart(part).rstrip('.')})" if part else "",
    )


def support(links: Links, situation: Situation, teller: Teller, step: Step, *, second: bool) -> Step:
    """The manager's own part, dated before the first step: a promise to keep, a hindrance to clear, time to free."""
    words, slots = offline_words("plan")["support"], pronoun_slots(situation.person)
    due = working_day(min(situation.today + timedelta(days=6), step.due), situation.today)
    mine = None if second else _own_promise(links, situation, teller)
    if mine is not None and (said := promise_quote(mine)):
        quote = shortened(said)
        day = mine.due if mine.due and mine.due >= situation.today else due
        told = words["promise"].format(day=teller.day(quote.day), quote=set_apart(quote))
        if (latest := _newest_on(quote, situation)) is not None:
            so_far = offline_words("plan")["first_step"]["so_far"]
            end = "" if told.rstrip("”")[-1:] in {".", "!"} else "."
            told = f"{told}{end} {so_far.format(day=teller.day(latest.day), quote=set_apart(latest))}"
        return Step(told, Owner.ME, day, (quote, latest) if latest else (quote,))
    asked = None if second else next(_asked_of_manager(situation, teller, step), None)
    if asked is not None:
        return Step(words["answer"].format(day=teller.day(asked.day), quote=set_apart(asked)), Owner.ME, due, (asked,))
    obstacle = None if second else _obstacle_of(links, situation)
    if obstacle is not None:
        quote = shortened(obstacle.quote)
        return Step(words["obstacle"].format(quote=set_apart(quote)), Owner.ME, due, (quote,))
    kind = "listen" if links.carried <= 1 else "contact" if links.value is None else "time"
    if kind == "listen" and step.quotes:
        kind = "time"
    return Step(words[kind].format_map(slots), Owner.ME, due)


def _newest_on(quote: Quote, situation: Situation) -> Quote | None:
    """What a later note says on the same promise; nothing where it names somebody whom the promise does not name."""
    latest = latest_word(quote, situation)
    if latest is None:
        return None
    named, told = ({m.person_id for m in q.note.mentions if m.span.overlaps(q.span)} for q in (quote, latest))
    return shortened(latest) if told <= named else None


def _own_promise(links: Links, situation: Situation, teller: Teller) -> Promise | None:
    """The manager's newest open promise that bears on the thread; where no link is known yet, the newest."""
    mine = [p for p in situation.open_promises(Owner.ME) if is_alive(p, situation)]
    clear = [(p, quote) for p in mine if (quote := promise_quote(p)) and is_clear(quote, teller)]
    bearing, blocks = about(links, situation.person.names), _obstacle_of(links, situation)
    if blocks is not None:  # a promise that clears what is in the way of the thread is of the thread
        bearing |= matter_of(blocks.note.text, situation.person.names)
    said = [p for p, q in sorted(clear, key=lambda pair: pair[1].day, reverse=True)]
    return next((p for p in said if not links.carried or len(stems(p.quotes[-1].text) & bearing) >= BEARS), None)


def _asked_of_manager(situation: Situation, teller: Teller, step: Step) -> Iterator[Quote]:
    """What they asked and no later note answers, the newest first; not what the first step is about."""
    words = offline_words("plan")["cues"]
    asks = re.compile(words["asks"], re.IGNORECASE)
    used = {q.note.id for q in step.quotes}
    for thread in sorted(open_threads(situation, within=STILL_MEANT), key=lambda t: -t.quote.day.toordinal()):
        voice = voice_of(thread.quote, teller)
        own = voice in {Voice.OWN_SAID, Voice.OWN_WROTE} and thread.kind == "request"
        own = own and re.search(words["asks_you"], thread.quote.text, re.IGNORECASE) is not None
        text = thread.quote.text
        of_them = bool(asks.match(text)) or speaks_of(thread.quote, teller.person)
        told = voice is Voice.MANAGER and thread.kind == "wish" and asks.search(text) is not None and of_them
        if (own or told) and thread.quote.note.id not in used:
            yield thread.quote


def obstacle_line(links: Links, situation: Situation, teller: Teller) -> str:
    """If this gets in the way, then: only for a hindrance the notes hold and nobody reported gone."""
    found = _obstacle_of(links, situation)
    return tell_obstacle(found) if found else ""


def _obstacle_of(links: Links, situation: Situation) -> Evidence | None:
    """The newest hindrance that bears on a thread."""
    bearing = about(links, situation.person.names)
    return next((item for item in obstacles(situation) if stems(item.quote.text) & bearing), None)


def about(links: Links, names: Sequence[str]) -> frozenset[str]:
    """Words of meaning in the notes a thread stands on: what gets in the way elsewhere is no matter of this plan."""
    items = (links.passion, links.talent, links.value)
    return frozenset().union(*(matter_of(i.note.text, names) for i in items if i))


def bears(quote: Quote, links: Links, situation: Situation) -> bool:
    """Whether a passage is of the matter of a thread: by its words or kind, as taught or said by them."""
    own = voice_of(quote, teller_of(situation)) in {Voice.OWN_SAID, Voice.OWN_WROTE}
    items = (i for i in (links.passion, links.talent, links.value) if i)
    shared = stems(quote.text) & about(links, situation.person.names)
    teaches = re.search(offline_words("plan")["cues"]["shows_how"], quote.text, re.IGNORECASE) is not None
    return own or teaches or len(shared) >= BEARS or any(themes_of(quote) & themes_of(i.quote) for i in items)


def tell_obstacle(item: Evidence) -> str:
    """The if-then line of a hindrance; nothing when its passage is too short to say what it is."""
    if words_in(item.quote.text) < SHORTEST:
        return ""
    said: str = offline_words("plan")["obstacle"]["if_then"].format(quote=shortened(item.quote).text.rstrip(". "))
    return said


def obstacles(situation: Situation) -> Iterator[Evidence]:
    """Hindrances of their own work; one that names somebody else may be somebody else's matter, a bell is none."""
    teller = teller_of(situation)
    own = (i for i in standing_obstacles(situation) if not names_others(i, teller) and not _is_comfort(i))
    yield from (i for i in own if not _is_somebodys(i, situation))


def _is_somebodys(item: Evidence, situation: Situation) -> bool:
    """Whether it begins with somebody else's thing ("Ana's card waits"): names inside a sentence were looked at."""
    owner = _OWNER.match(item.quote.text)
    return owner is not None and not situation.person.is_named(owner[1])


def _is_comfort(item: Evidence) -> bool:
    """Whether it is a line of a survey, or about a bell or a chair: no matter of a plan."""
    return item.note.kind is NoteKind.SURVEY_COMMENT or is_comfort(item)


def _serving(promises: tuple[Promise, ...], links: Links, situation: Situation) -> Promise | None:
    """Their newest open promise that bears on the thread; what is due soon before what is due later.

    Any other errand stays with the promises, whatever its day; only where no link is known yet, the newest will do.
    One that has been late for long is a matter for a talk first, and so is one of last year without a day.
    """
    today = situation.today
    alive = [
        p
        for p in promises
        if is_alive(p, situation) and (today - p.due <= BARELY_LATE if p.due else today - p.made_on <= FRESH)
    ]
    quoted = [(p, quote) for p in alive if (quote := promise_quote(p))]
    said = [p for p, q in quoted if words_in(q.text) > SHORTEST and is_clear(q, teller_of(situation))]

    def rank(promise: Promise) -> tuple[bool, date]:
        near = promise.due is None or promise.due - today <= NEAR
        return near, max(q.day for q in promise.quotes)

    bearing = [p for p in said if not links.carried or bears(p.quotes[-1], links, situation)]
    return max(bearing, key=rank, default=None)


def _closing(links: Links, situation: Situation) -> tuple[str, Evidence | None]:
    """Which step closes the first open link, with the passage it is built on."""
    if links.carried <= 1:
        return "listen", None
    if links.value is None:
        return "customer", None
    if links.passion is None:
        return "passion", None
    if links.talent is None:
        return "talent", None
    wish = next(wishes_of(situation), None)
    if wish:
        return "aspiration", wish
    lately = situation.today - links.value.day <= JUST_HEARD  # nobody is asked twice what they have just said
    can_be_asked = speaks_for_themselves(links.value, situation) and called(links.value.note.author)
    return ("value", None) if can_be_asked and not lately else ("another", None)


def wishes_of(situation: Situation) -> Iterator[Evidence]:
    """What they would like to do, in their own words, the newest first."""
    yield from (i for i in newest_first(situation.about(Topic.ASPIRATION)) if _is_wish(i, situation))


def _is_wish(item: Evidence, situation: Situation) -> bool:
    """Whether an aspiration is theirs, said in full, and young enough to try."""
    young = situation.today - item.day <= 2 * FRESH
    full = words_in(item.quote.text) >= SHORTEST and is_clear(item, teller_of(situation))
    away = re.search(offline_words("plan")["cues"]["turns_away"], item.quote.text, re.IGNORECASE)
    return item.counts and item.witness is Witness.SELF and young and full and not away

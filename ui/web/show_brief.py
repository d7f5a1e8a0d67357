"""The brief as cards, in the order a manager needs them two minutes before the conversation."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType

from assistant.domain.brief import Avoid, Brief, Line
from assistant.domain.evidence import Quote
from assistant.domain.meeting import LastTime
from assistant.domain.person import Person
from assistant.domain.promise import Promise, Telling
from assistant.domain.question import QuestionSet
from ui.present.changed import changes_of
from ui.standing import says
from ui.web.place import Place
from ui.web.show import Passages, button, chips, count, esc, folded, section, step, tier_tag, when
from ui.web.show_question import Ledger, Opinions, question_row
from ui.web.show_shell import link

NO_SWAP: Mapping[str, str] = MappingProxyType({})
NO_OPINIONS: Opinions = MappingProxyType({})
NO_LEDGER: Ledger = MappingProxyType({})
TALKED = "Today’s talk is kept; this looks at the time before it."
SHOWN = 4  # lines of one kind before the rest is folded away


def headline(person: Person, since: LastTime, new_notes: int, today: date, thin: bool, *, talked: bool = False) -> str:
    """Since when things count as new, and how much there is to go on; on the day of a talk, what came before it."""
    if talked and since.was_meeting:
        new = count(new_notes, "note") if new_notes else "No new note"
        said = f"{TALKED} {new} since the one-on-one on {when(since.day, today)}."
    elif talked:
        said = f"{TALKED} No earlier one-on-one is on record, so it is the last 60 days: {count(new_notes, 'note')}."
    elif since.was_meeting:
        new = count(new_notes, "note") if new_notes else "No new note"
        said = f"{new} since your last one-on-one on {when(since.day, today)}."
    else:
        said = f"No one-on-one on record yet, so this looks at the last 60 days: {count(new_notes, 'note')}."
    lack = (
        f'<p class="fl-hint">There is little to go on yet, so this brief is short. Two or three notes on what '
        f"{esc(person.first_name)} does, says and works for will change that.</p>"
        if thin
        else ""
    )
    return f'<div class="fl-headline"><p class="fl-lead">{said}</p>{lack}</div>'


def story(brief: Brief, passages: Passages, *, awaited: bool = False) -> str:
    """The last months in two or three sentences, each with its notes; while a model reads, the place they come to."""
    rows = "".join(
        f'<li><p class="fl-text">{esc(line.text)}</p>{chips(line.quotes, brief.today, passages)}</li>'
        for line in brief.story
    )
    body = f'<ol class="fl-list fl-story">{rows}</ol>' if rows else step("Reading the last months") if awaited else ""
    return section("The story so far", body, id="story", style="fl-telling")


def presses(brief: Brief, passages: Passages) -> str:
    """The top: what cannot wait, at most three lines, each with where it stands; then what else lies ahead."""
    today = brief.today
    rows = "".join(
        f'<li class="fl-press-{matter.kind}"><p class="fl-text">{esc(matter.text)}</p>'
        f"{chips(matter.quotes, today, passages)}</li>"
        for matter in brief.presses
    )
    body = f'<ol class="fl-list fl-presses">{rows}</ol>' if rows else ""
    if brief.ahead:
        ahead = "".join(line(item, today, passages) for item in brief.ahead)
        body += ("<h3>Ahead</h3>" if rows else "") + f'<ul class="fl-list fl-ahead">{ahead}</ul>'
    return section("What presses" if rows else "Ahead", body, id="presses", style="fl-pressing")


def promises(
    mine: Sequence[Promise], theirs: Sequence[Promise], person: Person, today: date, passages: Passages
) -> str:
    """Open promises, the manager's own first."""
    name = esc(person.first_name)
    if not mine and not theirs:
        body = '<p class="fl-quiet">No open promises on either side.</p>'
        return section("Promises", body, id="promises")
    made = [
        _side("You promised", mine, today, passages, "fl-mine"),
        _side(f"{name} promised", theirs, today, passages, ""),
    ]
    return section("Promises", "".join(made), id="promises")


def _side(title: str, side: Sequence[Promise], today: date, passages: Passages, style: str) -> str:
    if not side:
        return ""
    rows = folded([promise_row(p, today, passages) for p in side], 5, "more")
    return f'<h3>{title}</h3><div class="{style}">{rows}</div>'


def promise_row(item: Promise, today: date, passages: Passages) -> str:
    """One open promise with its day, its passages, and the way to settle it."""
    due = ""
    if item.is_overdue(today) and item.due:
        due = f'<span class="fl-late"><span aria-hidden="true">!</span> was due {when(item.due, today)}</span>'
    elif item.due:
        due = f"<span>due {when(item.due, today)}</span>"
    said = f"said {when(item.made_on, today)}"
    if item.carried_since is not None:
        said = f"{'first promised' if item.quotes else 'written down'} {when(item.made_on, today)}, "
        said += "still open" if item.offered is None else "not ticked off yet"
    meta = f'<p class="fl-meta">{due}<span>{said}</span></p>'
    acts = _acts(item, "Done")
    return (
        f'<li class="fl-row"><div><p class="fl-text">{esc(item.what)}</p>{meta}'
        f"{chips(item.quotes, today, passages)}{standing(item, today, passages)}</div>"
        f'<div class="fl-acts">{acts}</div></li>'
    )


def _acts(item: Promise, done: str) -> str:
    """Tick it off or drop it; where a later note seems to settle it, also say that it does not."""
    acts = button("promise", done, id=item.id, to="done", name=f"{done}: {item.what}", style="fl-tick")
    if item.offered is not None:
        acts += button("promise", "Still open", id=item.id, to="open", name=f"Still open: {item.what}")
    return acts + button(
        "promise", "Drop", id=item.id, to="dropped", name=f"Drop: {item.what}", style="fl-plainly"
    )  # fmt: skip


def standing(item: Promise, today: date, passages: Passages) -> str:
    """What notes tell of how it stands, each line with the words it comes from."""
    return "".join(
        f'<p class="fl-meta fl-told"><span>{_told(telling, today)}: “{esc(telling.quote.text)}”</span></p>'
        f"{chips((telling.quote,), today, passages)}"
        for telling in item.standing
    )


def _told(telling: Telling, today: date) -> str:
    until = when(telling.until, today) if telling.until else ""
    return says(telling.kind, until, telling.done, telling.left)


def asked(items: Sequence[Promise], today: date, passages: Passages) -> str:
    """What was asked of the manager and no later note answers; no promise, and said apart."""
    if not items:
        return ""
    rows = folded([_request(item, today, passages) for item in items], 3, "more")
    return section("Asked of you, not answered", rows, id="requests", hint="Your notes hold no answer.")


def _request(item: Promise, today: date, passages: Passages) -> str:
    acts = _acts(item, "Answered")
    return (
        f'<li class="fl-row"><div><p class="fl-text">{esc(item.what)}</p><p class="fl-meta"><span>asked '
        f"{when(item.made_on, today)}</span></p>{chips(item.quotes, today, passages)}"
        f'{standing(item, today, passages)}</div><div class="fl-acts">{acts}</div></li>'
    )


def quiet(items: Sequence[Promise], today: date, passages: Passages) -> str:
    """Promises no note has spoken of for half a year: still open, and said apart."""
    rows = folded([promise_row(p, today, passages) for p in items], 3, "more")
    hint = "Open, but no note has spoken of them for half a year."
    return section("Long not heard of", rows, id="quiet-promises", hint=hint)


def since_last_time(brief: Brief, passages: Passages) -> str:
    """What is new, what goes on, what is settled."""
    parts = changes_of(brief)
    made = "".join(f"<h3>{title}</h3>{_lines(lines, brief.today, passages)}" for title, lines in parts)
    nothing = '<p class="fl-quiet">Your notes show nothing new since then.</p>'
    if brief.resolved:
        there = Place(str(brief.person.account_id), "person", brief.person.id, "promises")
        made += f'<p class="fl-hint">Not settled after all? Open a promise again under {link(there, "Promises")}.</p>'
    return section("Since last time", made or nothing, id="changes")


def _lines(lines: Sequence[Line], today: date, passages: Passages) -> str:
    return folded([line(item, today, passages) for item in lines], SHOWN, "more")


def line(item: Line, today: date, passages: Passages) -> str:
    """One sentence with its tier and the passages that carry it."""
    return (
        f'<li><p class="fl-text">{esc(item.text)}</p>'
        f'<div class="fl-under">{tier_tag(item.tier)}{chips(item.quotes, today, passages, item.tier)}</div></li>'
    )


def questions(
    asked: QuestionSet, today: date, passages: Passages, person_id: str = "", swap: Mapping[str, str] = NO_SWAP,
    opinions: Opinions = NO_OPINIONS, ledger: Ledger = NO_LEDGER,
) -> str:  # fmt: skip
    """The few questions most worth asking; the one comes first and says so.

    Args:
        asked: The set.
        today: The day of the view.
        passages: The notes that are quoted.
        person_id: Whom they are for, where the page itself does not say it.
        swap: By question id, what asks for another one in its place.
        opinions: By question id, what the manager thought of it.
        ledger: By question id, that it was asked meanwhile.
    """
    if not asked.questions:
        return ""
    ordered = sorted(asked.questions, key=lambda q: q.id != asked.one_question)
    cards = "".join(
        question_row(
            q,
            today,
            passages,
            first=q.id == asked.one_question,
            person_id=person_id,
            swap=swap.get(q.id, ""),
            opinion=opinions.get(q.id),
            entry=ledger.get(q.id),
        )
        for q in ordered
    )
    title = "The question to ask" if len(ordered) == 1 else f"{_number(len(ordered))} questions worth asking"
    return section(title, f'<ol class="fl-questions">{cards}</ol>', id="questions", style="fl-asking")


def _number(n: int) -> str:
    return {2: "Two", 3: "Three", 4: "Four", 5: "Five", 6: "Six"}.get(n, str(n))


def recognition(lines: Sequence[Line], today: date, passages: Passages) -> str:
    """Praise worth giving: the act and what came of it."""
    return section("Worth recognising", _lines(lines, today, passages), id="recognition")


def growth(item: Line | None, today: date, passages: Passages) -> str:
    """Where they grow, in one passage."""
    return section("Where they grow", _lines([item], today, passages), id="growth") if item else ""


def leave_alone(items: Sequence[Avoid]) -> str:
    """What to leave alone, and whom to turn to instead."""
    rows = [
        f'<li><p class="fl-text">{esc(a.text)}</p><p class="fl-meta"><span>{esc(a.why)}</span>'
        + (f"<span>if it comes up: {esc(a.point_to)}</span>" if a.point_to else "")
        + "</p></li>"
        for a in items
    ]
    return section("Leave alone", folded(rows, SHOWN, "more"), id="avoid")


def unknown(items: Sequence[str], near: Sequence[Quote], today: date, passages: Passages) -> str:
    """What is missing or only hinted, with the passage. Shown so that nobody takes silence for knowledge."""
    rows = [gap(said, near, today, passages) for said in items]
    return section("Not settled yet", folded(rows, SHOWN, "more"), id="unknown", style="fl-unknown")


def gap(said: str, near: Sequence[Quote], today: date, passages: Passages) -> str:
    """One thing that is missing or only hinted; a passage it quotes can be opened."""
    quoted = [quote for quote in near if f"“{quote.text}”" in said]
    return f'<li><p class="fl-text">{esc(said)}</p>{chips(quoted, today, passages)}</li>'


def origin(brief: Brief) -> str:
    """Where the words came from."""
    return f'<p class="fl-origin">Put together from your notes by Flourish ({esc(brief.origin.words)}).</p>'


def asked_note(item: str) -> str:
    """What a marked question does from now on."""
    return f"Marked as asked: “{esc(item)}” It rests for half a year."

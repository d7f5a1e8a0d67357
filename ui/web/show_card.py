"""A brief to take along: on a page of paper, on a phone, or as text; and questions swapped for others."""

from collections.abc import Sequence
from dataclasses import replace

from assistant.domain.brief import Brief, Pressing
from assistant.domain.promise import Promise
from assistant.domain.question import QuestionSet
from ui.present.changed import changes_of
from ui.web.place import Place
from ui.web.show import count, day_words, esc
from ui.web.show_shell import link

MOST_SWAPS = 9
PROMISES = 2  # of one side
LONGEST = 80  # characters of a promise or a change
COPY = '<button type="button" class="fl-button" data-copy="fl-card-text">Copy as text</button>'
PRINT = '<button type="button" class="fl-button" data-print>Print</button>'


def tools(place: Place) -> str:
    """What can be done with a whole brief."""
    card = link(replace(place, view="prep", item="card"), "Phone card", style="fl-button")
    return f'<div class="fl-acts fl-take-along">{card}{PRINT}</div>'


def swaps(asked: QuestionSet, place: Place) -> dict[str, str]:
    """For each question, the link that asks for another one in its place."""
    if len(place.without) >= MOST_SWAPS:
        return {}
    return {
        q.id: link(
            replace(place, view="prep", item="without." + "~".join((*place.without, q.id))), "Another one",
            style="fl-button fl-plainly", name=f"Another question instead of: {q.text}",
        )
        for q in asked.questions
    }  # fmt: skip


def back(place: Place) -> str:
    """After a swap, the way back to the first set."""
    if not place.without:
        return ""
    first = link(replace(place, item=""), "Back to the first ones", style="fl-button fl-plainly")
    swapped = count(len(place.without), "question was", "questions were")
    return f'<div class="fl-acts fl-after"><span class="fl-quiet">{swapped} swapped.</span>{first}</div>'


def card(brief: Brief, whole: Place) -> str:
    """The brief on one screen: where it stands or what is new, what is owed, what to say, what to ask; no sources."""
    person = brief.person
    last = "last talk" if brief.since.was_meeting else "no talk on record, news since"
    rows = _row("Where it stands", esc(brief.story[-1].text)) if brief.story else ""
    mine, theirs = _left(brief.mine, brief), _left(brief.theirs, brief)
    presses = [matter for matter in brief.presses if not _is_among(matter, (*mine[:PROMISES], *theirs[:PROMISES]))]
    rows += _row("Presses", *(esc(matter.text) for matter in presses)) if presses else ""
    rows += _owed("You owe", mine, brief)
    rows += _owed(f"{esc(person.first_name)} owes", theirs, brief)
    shown = [] if brief.story else changes_of(replace(brief, resolved=()))[:2]  # one screen
    rows += "".join(_row(title, esc(_short(lines[0].text))) for title, lines in shown)
    rows += "".join(
        _row("Say", esc(_short(line.text.removeprefix("Worth saying: ")))) for line in brief.recognition[:1]
    )
    ordered = sorted(brief.questions.questions, key=lambda q: q.id != brief.questions.one_question)
    asked = "".join(f"<li>{esc(question.text)}</li>" for question in ordered[:3])
    more = [f"{count(len(brief.avoid), 'thing')} to leave alone"] if brief.avoid else []
    more += [f"{count(len(brief.unknown), 'matter')} not settled yet"] if brief.unknown else []
    rest = f'<p class="fl-hint">Also {esc(" and ".join(more))}, on the whole brief.</p>' if more else ""
    home = link(whole, "Whole brief", style="fl-button")
    return (
        f'<section class="fl-card fl-phone-card" id="fl-card-text" aria-label="Phone card"><h2>{esc(person.name)}</h2>'
        f'<p class="fl-hint">{day_words(brief.today)}, {last} {day_words(brief.since.day, brief.today)}</p>'
        f"<dl>{rows}</dl><h3>Ask</h3><ol>{asked}</ol>{rest}</section>"
        f'<div class="fl-acts fl-take-along">{COPY}{PRINT}{home}</div>'
    )


def _is_among(matter: Pressing, promises: Sequence[Promise]) -> bool:
    """Whether a matter is one of these promises, which then stands below: nothing is told twice on one screen."""
    return any(
        promise.what.strip().rstrip(".") in matter.text or not set(matter.quotes).isdisjoint(promise.quotes)
        for promise in promises
    )


def _left(promises: Sequence[Promise], brief: Brief) -> list[Promise]:
    """The promises; beside a story, which takes their room on the one screen, without those that press already."""
    told = {quote for matter in brief.presses for quote in matter.quotes} if brief.story else set()
    return [promise for promise in promises if told.isdisjoint(promise.quotes) or not promise.quotes]


def _owed(title: str, promises: Sequence[Promise], brief: Brief) -> str:
    made = list[str]()
    for promise in promises[:PROMISES]:
        late = promise.is_overdue(brief.today)
        due = f", {'was ' if late else ''}due {day_words(promise.due, brief.today)}" if promise.due else ""
        seems = " (a later note may settle it)" if promise.offered else ""
        made.append(esc(_short(promise.what) + due + seems))
    rest = len(promises) - PROMISES
    made += [f"and {rest} more"] if rest > 0 else []
    return _row(title, *made) if made else ""


def _row(title: str, *said: str) -> str:
    return f"<div><dt>{title}</dt>{''.join(f'<dd>{each}</dd>' for each in said)}</div>"


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + " …"

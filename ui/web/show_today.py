"""The first page as cards: the next conversations, promises of your own, quotes that wait for your word."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.domain.agenda import Agenda, Owed, Waiting
from assistant.domain.evidence import Evidence
from assistant.domain.overview import PersonRow
from assistant.domain.person import Person
from ui.web.place import Place
from ui.web.show import Passages, button, chips, count, empty, esc, folded, section, when
from ui.web.show_people import met, open_promises
from ui.web.show_profile import TITLES, verdict_row
from ui.web.show_shell import link

TALKS, QUIET = 6, 3
OWED = 12
QUOTES = 4


def talks(agenda: Agenda, place: Place) -> str:
    """Whom to talk to next; where no rhythm is set, whom you have not met for longest."""
    rows = [*agenda.planned, *agenda.late]
    if rows:
        made = "".join(_talk(row, place, agenda.today) for row in rows[:TALKS])
        made = section("Next conversations", f'<ul class="fl-list">{made}</ul>', id="talks")
        return made + _quiet(agenda, place, QUIET)
    return _quiet(agenda, place, TALKS)


def _quiet(agenda: Agenda, place: Place, most: int) -> str:
    """People without a rhythm who were not met for four weeks or longer."""
    made = "".join(_talk(row, place, agenda.today) for row in agenda.quiet[:most])
    hint = "No one-on-one is planned with them, and your notes tell of none in the last four weeks."
    body = f'<ul class="fl-list">{made}</ul>' if made else ""
    return section("Longest since you met", body, id="quiet-talks", hint=hint)


def _talk(row: PersonRow, place: Place, today: date) -> str:
    target = Place(place.account, "person", row.person.id)
    owes = open_promises(row) if row.mine_open or row.theirs_open else ""
    since = "" if row.next_planned else "<span>last met</span> "
    told = met(row, today)
    if not (row.last_met or row.next_planned):
        since, told = "", told.replace("not yet", "not met yet, as far as your notes tell")
    return (
        f'<li class="fl-row"><div>{link(target, esc(row.person.name), style="fl-name")}<p class="fl-meta">'
        f'<span class="fl-said-met">{since}{told}</span>{owes}</p></div><div class="fl-acts">'
        f"{link(target, 'Prepare', style='fl-button fl-tick', name=f'Prepare the one-on-one with {row.person.name}')}"
        "</div></li>"
    )


def owed(items: Sequence[Owed], place: Place, today: date, passages: Passages) -> str:
    """The manager's own promises, overdue first."""
    if not items:
        return section(
            "What you owe", '<p class="fl-quiet">Nothing open. Everything you promised is done.</p>', id="owed"
        )
    rows = [_owed(item, place, today, passages) for item in items[:OWED]]
    late = sum(item.promise.is_overdue(today) for item in items)
    told = f", {late} overdue" if late else ""
    hint = f"{count(len(items), 'promise')} of yours {'is' if len(items) == 1 else 'are'} open{told}."
    return section("What you owe", f'<div class="fl-mine">{folded(rows, 5, "more")}</div>', id="owed", hint=hint)


def _owed(item: Owed, place: Place, today: date, passages: Passages) -> str:
    promise, person = item.promise, item.person
    target = replace(Place(place.account, "person", person.id), view="promises")
    if promise.due and promise.is_overdue(today):
        due = f'<span class="fl-late"><span aria-hidden="true">!</span> was due {when(promise.due, today)}</span>'
    else:
        due = f"<span>due {when(promise.due, today)}</span>" if promise.due else ""
    acts = button("promise", "Done", id=promise.id, to="done", name=f"Done: {promise.what}", style="fl-tick") + button(
        "promise", "Drop", id=promise.id, to="dropped", name=f"Drop: {promise.what}", style="fl-plainly"
    )
    return (
        f'<li class="fl-row"><div><p class="fl-text">{esc(promise.what)}</p><p class="fl-meta"><span>to '
        f"{link(target, esc(person.name))}</span>{due}<span>said {when(promise.made_on, today)}</span></p>"
        f'{chips(promise.quotes, today, passages)}</div><div class="fl-acts">{acts}</div></li>'
    )


def newest(waiting: Sequence[Waiting]) -> list[tuple[Person, Evidence]]:
    """The newest quotes that wait, at most one or two a person, so that everybody comes up."""
    found = [(w.person, item) for w in waiting for item in w.items[:2] if item.topic.facet is not None]
    return sorted(found, key=lambda pair: pair[1].day, reverse=True)[:QUOTES]


def waiting(
    all_of: Sequence[Waiting], shown: Sequence[tuple[Person, Evidence]], place: Place, today: date, passages: Passages
) -> str:
    """Quotes that wait for a verdict: the newest to judge here, the rest a click away."""
    if not shown:
        return ""
    rows = "".join(_quote(person, item, today, passages) for person, item in shown)
    total = sum(len(w.items) for w in all_of)
    people = "".join(
        link(
            replace(Place(place.account, "person", w.person.id), view="profile"),
            f"{esc(w.person.name)} <span>{len(w.items)}</span>", style="fl-pill",
        )
        for w in all_of[:12]
    )  # fmt: skip
    hint = (
        f"{count(total, 'quote')} found in your notes and not judged yet. What you confirm, briefs and plans may build "
        "on; what you reject is not used again."
    )
    body = (
        f'<ul class="fl-list fl-evidence">{rows}</ul><p class="fl-hint fl-all-of">All of them, person by person:</p>'
        f'<nav class="fl-pills" aria-label="By person">{people}</nav>'
    )
    return section("Is it so?", body, id="waiting", hint=hint)


def _quote(person: Person, item: Evidence, today: date, passages: Passages) -> str:
    facet = item.topic.facet
    about = f"for {esc(person.name)}’s {TITLES[facet][0].lower()}" if facet else f"about {esc(person.name)}"
    return verdict_row(item, f'<p class="fl-meta"><span>{about}</span></p>', "", today, passages)


def all_clear() -> str:
    """Nothing waits."""
    return empty(
        "Nothing waits for you", "No promise is open, nobody is overdue. A good day to write down one thing you saw."
    )

"""The list of people: when you last met, what is open, how well each facet is known. Never a score."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from assistant.domain.evidence import Facet
from assistant.domain.overview import PersonRow
from assistant.domain.person import PersonId
from assistant.domain.profile import Profile
from ui.web.place import Place
from ui.web.show import count, day_words, empty, esc
from ui.web.show_profile import TITLES, how_known, known_sign
from ui.web.show_shell import link

ROWS = 50  # of a page


def nobody() -> str:
    """Before there is anybody: the two ways to begin."""
    return empty(
        "Nobody here yet",
        "Bring the notes you already have under Write, From files; or add somebody under People. The first brief "
        "needs two or three notes.",
    )


def tools(place: Place, which: str, shown: Mapping[str, tuple[str, int]]) -> str:
    """Find somebody, or see only some."""
    kinds = "".join(
        link(replace(place, item="" if key == "all" else key), f"{label} <span>{number}</span>", style="fl-pill",
             here=key == which)
        for key, (label, number) in shown.items()
        if number or key == "all"
    )  # fmt: skip
    return (
        '<div class="fl-tools"><label class="fl-find"><span class="fl-sr">Find by name or role</span>'
        '<input type="search" data-find="people" placeholder="Find by name or role" autocomplete="off"></label>'
        f'<nav class="fl-pills" aria-label="Which people">{kinds}</nav></div>'
    )


def table(place: Place, rows: Sequence[PersonRow], today: date, known: Mapping[PersonId, Profile] | None) -> str:
    """One row a person. Without `known`, the signs are still being worked out."""
    heads = "".join(f'<th scope="col">{TITLES[f][0]}</th>' for f in Facet)
    body = "".join(_row(place, row, today, known) for row in rows)
    return (
        '<div class="fl-card fl-table"><table><thead><tr><th scope="col">Person</th><th scope="col">One-on-one</th>'
        f'<th scope="col">Open promises</th>{heads}</tr></thead><tbody>{body}</tbody></table></div>'
    )


def _row(place: Place, row: PersonRow, today: date, known: Mapping[PersonId, Profile] | None) -> str:
    who = link(Place(place.account, "person", row.person.id), esc(row.person.name), style="fl-name")
    role = f'<span class="fl-role">{esc(row.person.role)}</span>' if row.person.role else ""
    facets = "".join(_facet(f, known.get(row.person.id) if known else None, known is None) for f in Facet)
    return (
        f'<tr><th scope="row">{who}{role}</th><td data-label="One-on-one">{met(row, today)}</td>'
        f'<td data-label="Open promises">{open_promises(row)}</td>{facets}</tr>'
    )


def _facet(facet: Facet, profile: Profile | None, waiting: bool) -> str:
    name = TITLES[facet][0]
    if profile is None:
        said = '<span class="fl-bone" aria-hidden="true"></span>' if waiting else ""
    else:
        said = known_sign(how_known(profile.view(facet)))
    return f'<td data-label="{name}">{said}</td>'


def met(row: PersonRow, today: date) -> str:
    """When you last met, and when again."""
    if row.next_planned:
        soon = {0: "today", 1: "tomorrow"}.get((row.next_planned - today).days)
        return f"<span>next {soon or day_words(row.next_planned, today)}</span>"
    said = f"<span>{day_words(row.last_met, today)}</span>" if row.last_met else '<span class="fl-quiet">not yet</span>'
    if row.next_talk.overdue_days:
        late = count(row.next_talk.overdue_days, "day")
        return f'{said} <span class="fl-late"><span aria-hidden="true">!</span> {late} late</span>'
    return f"{said} <span>due {day_words(row.next_talk.due, today)}</span>" if row.next_talk.due else said


def open_promises(row: PersonRow) -> str:
    """How many promises are open on each side."""
    mine = f'<span class="fl-owed">you owe {row.mine_open}</span>' if row.mine_open else ""
    theirs = f"<span>owes you {row.theirs_open}</span>" if row.theirs_open else ""
    return f"{mine} {theirs}".strip() or '<span class="fl-quiet">none</span>'


def pages(place: Place, which: str, page: int, found: int) -> str:
    """Back and on, where one page does not hold them all."""
    last = (found - 1) // ROWS
    if last < 1:
        return ""
    back = link(replace(place, item=f"{which}-{page}"), "Back", style="fl-button") if page else ""
    on = link(replace(place, item=f"{which}-{page + 2}"), "Next", style="fl-button") if page < last else ""
    return f'<div class="fl-acts fl-pages">{back}<span>Page {page + 1} of {last + 1}, {found:,} people</span>{on}</div>'

"""The first page of a day: whom to talk to, what you owe, what waits for your word."""

from collections.abc import Iterator, Sequence

from assistant.desk import Desk
from assistant.domain.overview import PersonRow
from ui.web import show, show_first, show_plans, show_today, show_waiting
from ui.web.passages import passages_of
from ui.web.place import Place
from ui.web.show_shell import head
from ui.web.trays import Files

Drawn = tuple[Place, tuple[str, str]]
LOOKED_AT = 40  # people whose evidence is gone through for this page


def today(desk: Desk, place: Place, rows: Sequence[PersonRow], files: Files | None = None) -> Iterator[Drawn]:
    """Before there is a note, the first run. Then the agenda at once, then what was found and waits for a verdict."""
    bar = head(place, "Today", f"{desk.today:%A} {desk.today.day} {desk.today:%B %Y}")
    if not any(row.notes for row in rows):
        said = show_first.first_run(place, desk.who(), rows, desk.today, files=files is not None and files.are_taken)
        yield place, (head(place, "Welcome"), said)
        return
    agenda = desk.agenda(rows)
    passages = passages_of(desk, [owed.promise for owed in agenda.owed[: show_today.OWED]])
    waits = show_waiting.waiting(desk, place, [row.person for row in rows])
    first = waits + show_today.talks(agenda, place) + show_today.owed(agenda.owed, place, desk.today, passages)
    yield place, (bar, first + show.step("Looking through what was found in your notes"))
    near = [r.person.id for r in (*agenda.planned, *agenda.late, *agenda.quiet)]
    order = list(dict.fromkeys([*near, *(row.person.id for row in rows)]))[:LOOKED_AT]
    waiting = desk.waiting(order)
    shown = show_today.newest(waiting)
    first += show_plans.to_look_at(desk.stale_plans(), rows, place, desk.today)
    found = show_today.waiting(waiting, shown, place, desk.today, passages_of(desk, [item for _, item in shown]))
    yield place, (bar, first + (found or ("" if waits or not agenda.is_empty else show_today.all_clear())))

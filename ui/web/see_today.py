"""The first page of a day: whom to talk to, what you owe, what waits for your word."""

from collections.abc import Iterator, Sequence

from assistant.desk import Desk
from assistant.domain.overview import PersonRow
from ui.web import show, show_people, show_today
from ui.web.passages import passages_of
from ui.web.place import Place
from ui.web.show_shell import head

Drawn = tuple[Place, tuple[str, str]]
LOOKED_AT = 40  # people whose evidence is gone through for this page


def today(desk: Desk, place: Place, rows: Sequence[PersonRow]) -> Iterator[Drawn]:
    """The agenda at once, then what was found and waits for a verdict."""
    bar = head(place, "Today", f"{desk.today:%A} {desk.today.day} {desk.today:%B %Y}")
    if not rows:
        yield place, (bar, show_today.welcome() + show_people.nobody())
        return
    agenda = desk.agenda()
    passages = passages_of(desk, [owed.promise for owed in agenda.owed[: show_today.OWED]])
    first = show_today.talks(agenda, place) + show_today.owed(agenda.owed, place, desk.today, passages)
    yield place, (bar, first + show.step("Looking through what was found in your notes"))
    near = [r.person.id for r in (*agenda.planned, *agenda.late, *agenda.quiet)]
    order = list(dict.fromkeys([*near, *(row.person.id for row in rows)]))[:LOOKED_AT]
    waiting = desk.waiting(order)
    shown = show_today.newest(waiting)
    found = show_today.waiting(waiting, shown, place, desk.today, passages_of(desk, [item for _, item in shown]))
    yield place, (bar, first + (found or ("" if not agenda.is_empty else show_today.all_clear())))

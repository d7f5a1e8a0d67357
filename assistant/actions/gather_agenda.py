"""What waits on a day, out of the people, their meetings and the promises made to them."""

from collections.abc import Iterable, Sequence
from datetime import date

from assistant.actions.list_people import list_people
from assistant.domain.agenda import QUIET_FOR, SOON, Agenda, Owed
from assistant.domain.overview import PersonRow
from assistant.domain.promise import Owner, PromiseState
from assistant.ports.records import Shelf


def gather_agenda(shelf: Shelf, people: Sequence[PersonRow] | None = None) -> Agenda:
    """The agenda of the shelf's account on the shelf's day; whoever has read its people just now gives them."""
    rows, today = list_people(shelf) if people is None else people, shelf.today
    return Agenda(
        today=today,
        planned=tuple(sorted((r for r in rows if _is_soon(r, today)), key=lambda r: r.next_planned or today)),
        late=tuple(sorted((r for r in rows if r.next_talk.overdue_days), key=lambda r: -r.next_talk.overdue_days)),
        quiet=tuple(sorted((r for r in rows if _is_quiet(r, today)), key=lambda r: r.last_met or date.min)),
        owed=_owed(shelf, (r for r in rows if r.mine_open)),
    )


def _is_soon(row: PersonRow, today: date) -> bool:
    return row.next_planned is not None and row.next_planned - today <= SOON


def _is_quiet(row: PersonRow, today: date) -> bool:
    if row.next_planned is not None or row.next_talk.due is not None or not row.notes:
        return False
    return row.last_met is None or today - row.last_met >= QUIET_FOR


def _owed(shelf: Shelf, rows: Iterable[PersonRow]) -> tuple[Owed, ...]:
    found: Sequence[Owed] = [
        Owed(row.person, promise)
        for row in rows
        for promise in shelf.promises.of(row.person.id)
        if promise.owner is Owner.ME and promise.state is PromiseState.OPEN and not promise.is_quiet(shelf.today)
    ]
    today = shelf.today
    return tuple(
        sorted(
            found,
            key=lambda o: (not o.promise.is_overdue(today), o.promise.due or date.max, o.promise.made_on, o.promise.id),
        )
    )

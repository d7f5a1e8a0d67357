"""What a removal takes along or changes, row by row, and the way back. It knows no noun.

The rows are looked at before and after, so that whatever a removal touches is in it without a line here. Putting back
leaves alone what somebody has changed since.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Table, UniqueConstraint, and_, delete, select, update

from assistant.domain.removed import Row, RowChange
from knowledge.records.rows import ordered
from knowledge.records.scope import Scope
from knowledge.records.tables import coach_verdict, metadata, note, pending, released

_UNTOUCHED = {"credential", "sign_in"}  # no removal of words reaches them
_Key = tuple[Any, ...]
_Seen = Mapping[str, Mapping[_Key, Row]]


def watch(scope: Scope, note_ids: Collection[str]) -> Callable[[], tuple[RowChange, ...]]:
    """Look at the records as they are; what is given back tells what has changed since, these notes included."""
    copies = [row[0] for row in scope.rows(select(released.c.id).where(scope.own(released)))]
    before = _seen(scope, note_ids, copies)

    def changed() -> tuple[RowChange, ...]:
        after = _seen(scope, note_ids, copies)
        return tuple(
            RowChange(name, was.get(key), after[name].get(key))
            for name, was in before.items()
            for key in {**was, **after[name]}
            if was.get(key) != after[name].get(key)
        )

    return changed


def put_back(scope: Scope, changes: Sequence[RowChange]) -> None:
    """Every row as it was, what others hang on first; a row that somebody has changed since stays as it is."""
    place = {table.name: number for number, table in enumerate(ordered())}
    for change in sorted(changes, key=lambda each: -place[each.table]):
        table = metadata.tables[change.table]
        if change.before is None and change.after and _stands(scope, table, change.after) == change.after:
            scope.run(delete(table).where(_this(table, change.after)))
    for change in sorted(changes, key=lambda each: place[each.table]):
        table = metadata.tables[change.table]
        if change.before is None:
            continue
        stands = _stands(scope, table, change.before)
        if change.after is not None and stands == change.after:
            scope.run(update(table).where(_this(table, change.before)).values(**change.before))
        elif change.after is None and stands is None and _fits(scope, table, change.before):
            scope.notes.clear()
            scope.connection.execute(table.insert(), [change.before])


def _seen(scope: Scope, note_ids: Collection[str], copies: Collection[str]) -> _Seen:
    found: dict[str, Mapping[_Key, Row]] = {}
    for table in ordered():
        if "account_id" in table.c and table.name not in _UNTOUCHED:
            query = select(table).where(_touched(scope, table, note_ids, copies))
            rows = scope.rows(query.order_by(*table.primary_key.columns))
            found[table.name] = {_key(table, row._mapping): dict(row._mapping) for row in rows}
    return found


def _touched(scope: Scope, table: Table, note_ids: Collection[str], copies: Collection[str]) -> ColumnElement[bool]:
    """What a removal may reach: of notes, and of what hangs on nothing but notes, the rows of those that go."""
    if table is coach_verdict:  # decisions of any coach on this account's copies
        return scope.among(coach_verdict.c.release_id, copies)
    if table is note:
        return scope.own(note) & scope.among(note.c.id, note_ids)
    others = {"promise_id", "meeting_id"} & {*table.columns.keys()}
    if "note_id" in table.c and not others and table is not pending:
        return scope.own(table) & scope.among(table.c.note_id, note_ids)
    return scope.own(table)


def _key(table: Table, row: Mapping[str, Any]) -> _Key:
    return tuple(row[column.name] for column in table.primary_key.columns)


def _this(table: Table, row: Row) -> ColumnElement[bool]:
    return and_(*(column == row[column.name] for column in table.primary_key.columns))


def _stands(scope: Scope, table: Table, row: Row) -> Row | None:
    found = scope.rows(select(table).where(_this(table, row)))
    return dict(found[0]._mapping) if found else None


def _fits(scope: Scope, table: Table, row: Row) -> bool:
    """Whether nothing else has taken a row's place, and what it hangs on is there."""
    for only in (each for each in table.constraints if isinstance(each, UniqueConstraint)):
        same = and_(*(column == row[column.name] for column in only.columns))
        if scope.rows(select(*table.primary_key.columns).where(same)):
            return False
    for link in table.foreign_key_constraints:
        given = [(element.column, row[element.parent.name]) for element in link.elements]
        if all(value is not None for _, value in given):
            there = and_(*(column == value for column, value in given))
            if not scope.rows(select(*(column for column, _ in given)).where(there)):
                return False
    return True

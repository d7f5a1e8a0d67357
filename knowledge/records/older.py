"""What was taken out under an older schema, as rows of this one: through a database of that time, in memory."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, MetaData, Table, insert, select

from assistant.ports.outside import Clock
from knowledge.records.engines import reading, writing
from knowledge.records.faults import vendor_errors_as_ours
from knowledge.records.rows import NotARow, ordered, packed, unpacked
from knowledge.records.upgrade import Migrations, bring_up, make_at

_BATCH = 500

Rows = Mapping[str, Sequence[Any]]


def brought_up(revision: str, counts: Mapping[str, int], rows: Rows, clock: Clock) -> Rows:
    """Rows of an older schema as rows of this one, by way of a database of that time, in memory.

    Raises:
        NotARow: They do not fit the schema they name, or would not all arrive.
    """
    engine = make_at(revision)
    try:
        then = MetaData()
        with vendor_errors_as_ours("memory"), writing(engine) as connection, connection.begin():
            then.reflect(connection)
            fill(connection, [t for t in ordered(then) if t.name in counts], rows)
        bring_up(engine, clock, Migrations())
        with reading(engine) as connection:
            found = {t.name: [packed(t, row) for row in connection.execute(select(t))] for t in ordered()}
    finally:
        engine.dispose()
    if any(len(found.get(name, ())) < count for name, count in counts.items() if name in found):
        raise NotARow("its older schema could not be brought to this one without loss")
    return found


def fill(connection: Connection, tables: Iterable[Table], rows: Rows) -> None:
    """Put rows into their tables.

    Raises:
        NotARow: There is no such table, or a row does not fit it.
    """
    known = {table.name: table for table in tables}
    if strange := rows.keys() - known.keys():
        raise NotARow(f"there is no table {sorted(strange)[0][:40]!r}")
    for name, table in known.items():
        ready = [unpacked(table, row) for row in rows.get(name, ())]
        for start in range(0, len(ready), _BATCH):
            connection.execute(insert(table), ready[start : start + _BATCH])

"""The whole records as lines of JSON and back, for backups. Every row, one consistent state, either database.

The first line says what it is, the last one counts and hashes what stood between. An older schema is read back into
a database of its own time first and brought up from there, so no second way to migrate exists.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Table, delete, func, select, text

from assistant.errors import HomeError
from knowledge.records.accounts import read_accounts
from knowledge.records.engines import reading, wait_in_line, writing
from knowledge.records.faults import vendor_errors_as_ours
from knowledge.records.notes import SqlNotes
from knowledge.records.older import Rows, brought_up, fill
from knowledge.records.records import SqlRecords
from knowledge.records.rows import digest, ordered, packed
from knowledge.records.scope import Scope
from knowledge.records.shelf import SqlShelf
from knowledge.records.tables import metadata
from knowledge.records.upgrade import Migrations, is_newer

FORMAT, SCHEMA = "flourish-backup", 1


class NotABackup(ValueError):
    """What was read is not a backup that can be put back; the message says why."""


class NewerBackup(NotABackup):
    """A newer version wrote it."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup says about itself.

    Attributes:
        erased: The erasures whose rows were gone when it was made.
        counts: Rows by table.
    """

    revision: str
    made_at: datetime
    erased: frozenset[str]
    counts: Mapping[str, int]


def dump(records: SqlRecords, made_at: datetime, erased: Iterable[str]) -> Iterator[str]:
    """Every row in one consistent state, while others go on writing.

    Raises:
        HomeError: The records cannot be read, or are damaged.
    """
    head = {"format": FORMAT, "schema": SCHEMA, "revision": Migrations().head, "made_at": made_at.isoformat()}
    yield _line({**head, "erased": sorted(erased)})
    counts: dict[str, int] = {}
    hashes: dict[str, str] = {}
    with vendor_errors_as_ours(records.place), reading(records.engine) as connection:
        for table in ordered():
            rows = []
            for row in connection.execute(select(table).order_by(*table.primary_key.columns)):
                rows.append(packed(table, row))
                yield _line([table.name, rows[-1]])
            counts[table.name], hashes[table.name] = len(rows), digest(rows)
        connection.rollback()
    yield _line({"counts": counts, "hashes": hashes})


def summary(lines: Sequence[str]) -> Contents:
    """What a dump that was just made says about itself."""
    head, foot = json.loads(lines[0]), json.loads(lines[-1])
    return Contents(
        head["revision"], datetime.fromisoformat(head["made_at"]), frozenset(head["erased"]), foot["counts"]
    )


def read(lines: Iterable[str], migrations: Migrations | None = None) -> tuple[Contents, Rows]:
    """A backup, checked against its own counts and hashes; nothing is written.

    Raises:
        NotABackup: It is something else, incomplete or changed; `NewerBackup` when a newer version wrote it.
    """
    found: dict[str, list[Any]] = {}
    head: dict[str, Any] = {}
    foot: dict[str, Any] = {}
    try:
        for number, line in enumerate(lines):
            said = json.loads(line)
            if number == 0:
                head = said
                if head.get("format") != FORMAT:
                    raise NotABackup("it is not a backup of Flourish")
                if head["schema"] > SCHEMA or is_newer(head["revision"], migrations or Migrations()):
                    raise NewerBackup("a newer Flourish wrote it")
            elif isinstance(said, list):
                found.setdefault(said[0], []).append(said[1])
            else:
                foot = said
        counts = {str(name): int(count) for name, count in foot["counts"].items()}
        contents = Contents(
            str(head["revision"]), datetime.fromisoformat(head["made_at"]), frozenset(head["erased"]), counts
        )
        told = {name: digest(found.get(name, [])) for name in counts}
        if told != foot["hashes"] or {n: len(rows) for n, rows in found.items()} != {
            n: c for n, c in counts.items() if c
        }:
            raise NotABackup("its contents are not the ones that were written")
    except (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise error if isinstance(error, NotABackup) else NotABackup("it is damaged") from error
    return contents, found


def load(
    records: SqlRecords,
    contents: Contents,
    rows: Rows,
    *,
    before_commit: Callable[[SqlShelf], int],
) -> int:
    """Put a backup into records without a person, in one transaction; the sum of what `before_commit` says.

    Args:
        records: Where to; what few rows there are (an account without anybody) give way.
        contents: Of the backup.
        rows: Of the backup, by table.
        before_commit: Called with each account's shelf when every row is there, before anybody can see it.

    Raises:
        HomeError: There are people already, or what arrived is not what was written.
        NotARow: The rows do not fit the tables.
    """
    if contents.revision != Migrations().head:
        rows = brought_up(contents.revision, contents.counts, rows, records.clock)
    with vendor_errors_as_ours(records.place), writing(records.engine) as connection, connection.begin():
        wait_in_line(connection, "")
        if connection.execute(select(func.count()).select_from(metadata.tables["person"])).scalar():
            raise not_empty(records.place)
        for table in reversed(ordered()):
            connection.execute(delete(table))
        fill(connection, ordered(), rows)
        if _hashes(connection, ordered()) != {t.name: digest(rows.get(t.name, [])) for t in ordered()}:
            raise HomeError("What arrived is not what the backup holds, so nothing was kept.", next="Try again.")
        _index_words(connection, records)
        _go_on_counting(connection)
        scopes = [Scope(connection, owner, date.max, records.clock) for owner in read_accounts(connection)]
        return sum(before_commit(SqlShelf(scope)) for scope in scopes)


def counted(records: SqlRecords) -> Mapping[str, int]:
    """How many rows each table holds now."""
    with vendor_errors_as_ours(records.place), reading(records.engine) as connection:
        return {t.name: connection.execute(select(func.count()).select_from(t)).scalar_one() for t in ordered()}


def not_empty(place: str) -> HomeError:
    """Nothing is ever put over what is there."""
    return HomeError(
        f"There are people on record in {place}, and a backup is never put over them.",
        next="Restore it into an empty home: flourish restore FILE --home NEW-FOLDER.",
    )


def _line(said: object) -> str:
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")) + "\n"


def _hashes(connection: Connection, tables: Iterable[Table]) -> dict[str, str]:
    return {t.name: digest(packed(t, row) for row in connection.execute(select(t))) for t in tables}


def _index_words(connection: Connection, records: SqlRecords) -> None:
    """The word index of every note; it is derived and not in the backup."""
    for owner in read_accounts(connection):
        notes = SqlNotes(Scope(connection, owner, date.max, records.clock))
        notes.words.write(notes.all())


def _go_on_counting(connection: Connection) -> None:
    """PostgreSQL counts on from what was put in, not from one."""
    if connection.dialect.name != "sqlite":
        newest = "SELECT setval(pg_get_serial_sequence('asked', 'seq'), coalesce(max(seq), 0) + 1, false) FROM asked"
        connection.execute(text(newest))

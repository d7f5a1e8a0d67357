"""Rows as plain JSON values and back, table by table: what a backup and an export are made of.

What comes back may have been written by anybody: a table or a column that is not known, or a value of another type,
is refused. Whether the rows make sense together is for the nouns to say.
"""

import base64
import binascii
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, DateTime, Integer, LargeBinary, MetaData, Table

from knowledge.records.scope import is_storable
from knowledge.records.tables import Instant, metadata

Json = Any
Row = Mapping[str, Json]
MAX_DEPTH = 12


class NotARow(ValueError):
    """What was read cannot be a row of these tables; the message says why, without its content."""


def ordered(of: MetaData = metadata) -> Sequence[Table]:
    """Every table, those that others refer to first."""
    return [table for table in of.sorted_tables if not table.name.startswith(("note_fts", "note_word", "alembic"))]


def packed(table: Table, row: Any) -> dict[str, Json]:
    """A row of the database as JSON values, by column."""
    return {column.name: _plain(value) for column, value in zip(table.columns, row, strict=True)}


def unpacked(table: Table, row: object) -> dict[str, Any]:
    """JSON values as a row for the database.

    Raises:
        NotARow: A column is not known, or a value is not of its type.
    """
    if not isinstance(row, Mapping):
        raise NotARow(f"a row of {table.name} is not an object")
    strange = sorted(str(key)[:40] for key in row.keys() - table.columns.keys())
    if strange:
        raise NotARow(f"{table.name} has no column {strange[0]!r}")
    return {name: _value(table.columns[name], value) for name, value in row.items()}


def digest(rows: Iterable[Row]) -> str:
    """One hash over some rows, whatever their order."""
    total = 0
    for row in rows:
        line = json.dumps(row, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        total += int.from_bytes(sha256(line.encode("utf-8", "surrogatepass")).digest(), "big")
    return f"{total % 2**256:064x}"


def _plain(value: Any) -> Json:
    if isinstance(value, datetime):
        return (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    return value


def _value(column: Column[Any], value: Json) -> Any:
    if value is None:
        if not column.nullable:
            raise NotARow(f"{column.table.name}.{column.name} is empty")
        return None
    for kind, read in _READERS:
        if isinstance(column.type, kind):
            try:
                return read(value)
            except (ValueError, TypeError, OverflowError, RecursionError, binascii.Error):
                break
    raise NotARow(f"{column.table.name}.{column.name} holds what it cannot hold")


def _text(value: Json) -> str:
    if not isinstance(value, str) or not is_storable(value):
        raise ValueError
    return value


def _whole(value: Json) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) > 2**31:
        raise ValueError
    return value


def _yes_or_no(value: Json) -> bool:
    if not isinstance(value, bool):
        raise ValueError
    return value


def _instant(value: Json) -> datetime:
    found = datetime.fromisoformat(_text(value))
    if found.tzinfo is None:
        raise ValueError
    return found


def _checked(value: Json, depth: int = 0) -> Json:
    """JSON whose texts can be kept and that is not nested without end."""
    if depth > MAX_DEPTH:
        raise ValueError
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, list):
        return [_checked(part, depth + 1) for part in value]
    if isinstance(value, dict):
        return {_text(key): _checked(part, depth + 1) for key, part in value.items()}
    return value


_READERS: Sequence[tuple[Any, Callable[[Json], Any]]] = (
    (JSON, _checked),
    (Boolean, _yes_or_no),
    (Integer, _whole),
    ((Instant, DateTime), _instant),
    (Date, lambda value: date.fromisoformat(_text(value))),
    (LargeBinary, lambda value: base64.b64decode(_text(value), validate=True)),
    (object, _text),
)

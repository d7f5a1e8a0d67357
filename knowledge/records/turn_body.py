"""The units of a turn as JSON and back. A quote is kept as its place in a note, never as a copy of the note.

Nouns are packed field by field and read back by the types of their fields, so that each is valid by construction
again. A unit that stood on a note that is gone, or that no longer makes a valid noun, does not come back.
"""

import types
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from typing import Any, NewType, Union, get_args, get_origin, get_type_hints

from assistant.domain.conversation import TurnStatus
from assistant.domain.event import Body, Event, EventKind
from assistant.domain.evidence import Quote
from assistant.domain.note import Note, Span
from assistant.domain.person import Person
from assistant.domain.understood import Intent
from assistant.errors import FlourishError
from knowledge.records.scope import is_storable

QUOTE, PERSON = "$quote", "$person"
Json = Any
_BODIES: Mapping[str, type] = {kind.__name__: kind for kind in get_args(Body)}
_BROKEN = (KeyError, ValueError, TypeError, AttributeError, IndexError, FlourishError)


class Gone(LookupError):
    """A note or a person that a unit stood on is not there."""


NoteAt = Callable[[str, int], Note]
PersonOf = Callable[[str], Person]


def pack(events: Sequence[Event]) -> list[Json]:
    """Units as JSON."""
    return [
        {"id": e.id, "seq": e.seq, "kind": e.kind.value, "type": type(e.body).__name__, "body": _packed(e.body)}
        for e in events
    ]


def unpack(packed: Sequence[Json], turn_id: str, note_at: NoteAt, person_of: PersonOf) -> Iterator[Event]:
    """The units that can still be shown, in order."""
    for each in packed:
        try:
            body = _Reader(note_at, person_of).read(_BODIES[each["type"]], each["body"])
            yield Event(str(each["id"]), turn_id, int(each["seq"]), EventKind(each["kind"]), body)
        except (*_BROKEN, Gone):
            continue


def places(packed: Json) -> Iterator[tuple[str, int]]:
    """Every note that is quoted somewhere in a piece of JSON, with its revision."""
    if isinstance(packed, dict):
        if isinstance(place := packed.get(QUOTE), list) and len(place) == 4:
            yield str(place[0]), int(place[1]) if isinstance(place[1], int) else 0
        for part in packed.values():
            yield from places(part)
    elif isinstance(packed, list):
        for part in packed:
            yield from places(part)


def texts(packed: Json) -> Iterator[str]:
    """Every text in a piece of JSON."""
    if isinstance(packed, str):
        yield packed
    elif isinstance(packed, dict):
        for part in packed.values():
            yield from texts(part)
    elif isinstance(packed, list):
        for part in packed:
            yield from texts(part)


def storable(text: str) -> str:
    """The text without what a database could not keep letter for letter."""
    if is_storable(text):
        return text
    return text.replace("\x00", "\ufffd").encode("utf-8", "replace").decode()


def check_turns(rows: Iterable[Mapping[str, Any]]) -> None:
    """Let turns from outside pass when they can be read.

    Raises:
        ValueError: One of them cannot; `TypeError` or `KeyError` where a part is missing or of another kind.
    """
    for row in rows:
        Intent(row["intent"]), TurnStatus(row["status"])
        for unit in row["body"]["units"]:
            "".join((unit["id"], unit["kind"], unit["type"]))
            dict(unit["body"])
        "".join(who for who in (row["body"]["scope"], row["body"]["before"]) if who is not None)


def _packed(value: Any) -> Json:
    match value:
        case Quote(note=note, span=span):
            return {QUOTE: [note.id, note.revision, span.start, span.end]}
        case Person():
            return {PERSON: value.id}
        case Enum():
            return value.value
        case str():
            return storable(value)
        case date():
            return value.isoformat()
        case tuple() | list():
            return [_packed(part) for part in value]
        case _ if is_dataclass(value):
            return {f.name: _packed(getattr(value, f.name)) for f in fields(value)}
        case _:
            return value


class _Reader:
    """Reads nouns by the types of their fields."""

    def __init__(self, note_at: NoteAt, person_of: PersonOf) -> None:
        self._note_at = note_at
        self._person_of = person_of

    def read(self, kind: Any, value: Json) -> Any:
        """A value of the type that a field declares."""
        if isinstance(kind, NewType):
            kind = kind.__supertype__
        if get_origin(kind) in (types.UnionType, Union):
            kinds = [k for k in get_args(kind) if k is not type(None)]
            if value is None:
                return None
            return self.read(kinds[0], value)
        if get_origin(kind) is tuple:
            return tuple(self.read(get_args(kind)[0], part) for part in value)
        if kind is Quote:
            note_id, revision, start, end = value[QUOTE]
            return Quote(self._note_at(note_id, revision), Span(start, end))
        if kind is Person:
            return self._person_of(value[PERSON])
        return self._plain(kind, value)

    def _plain(self, kind: Any, value: Json) -> Any:
        if isinstance(kind, type) and issubclass(kind, Enum):
            return kind(value)
        if kind is date:
            return date.fromisoformat(value)
        if is_dataclass(kind):
            hints = _hints(kind)  # type: ignore[arg-type]
            return kind(**{f.name: self.read(hints[f.name], value[f.name]) for f in fields(kind) if f.name in value})  # type: ignore[operator]
        if not isinstance(value, kind):
            raise TypeError("not what it is said to be")
        return value


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)

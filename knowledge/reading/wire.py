"""Documents as JSON and back. What comes back is checked like anything from outside: it cannot be half a document."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, TypeVar

from assistant.domain.account import Account, AccountId
from assistant.domain.importing import Document, MeetingDraft, NoteDraft, OpenDay
from assistant.domain.note import MAX_NOTE_CHARACTERS, AiUse, NoteKind, Sharing
from assistant.domain.person import Person, PersonId, Pronouns
from assistant.errors import Invalid
from knowledge.reading.details import NOT_A_PERSON

_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")
_MAX_WORDS = 2_000  # of anything but a note's text
Fields = Mapping[str, Any]
Item = TypeVar("Item")


class Unusable(ValueError):
    """A reply that is no document."""


def encode(document: Document) -> bytes:
    """The document as one line of JSON."""
    open_day = document.open_day
    fields = {
        "name": document.name,
        "drafts": [
            [
                d.where,
                d.person_written,
                d.day.isoformat(),
                d.text,
                d.kind,
                d.author,
                d.id,
                d.person_id,
                d.candidates,
                d.optional,
                d.ai,
                d.sharing,
            ]
            for d in document.drafts
        ],
        "meetings": [
            [m.where, m.person_written, m.day.isoformat(), m.uid, m.candidates, m.repeats] for m in document.meetings
        ],
        "people": [
            [p.id, p.name, p.aka, p.pronouns, p.role, p.start and p.start.isoformat(), p.customers, p.cadence_days]
            for p in document.people
        ],
        "accounts": [[a.id, a.name] for a in document.accounts],
        "manager_of": document.manager_of,
        "today": document.today and document.today.isoformat(),
        "skipped": document.skipped,
        "remarks": document.remarks,
        "refused": document.refused,
        "next": document.next,
        "open_day": open_day and [open_day.written, open_day.day_first.isoformat(), open_day.month_first.isoformat()],
    }
    return json.dumps(fields).encode() + b"\n"


def decode(line: bytes) -> Document:
    """The document of a line.

    Raises:
        Unusable: The line is not JSON, lacks something, or holds what no document may hold.
    """
    try:
        fields = json.loads(line)
        if not isinstance(fields, dict):
            raise Unusable("no object")
        return Document(
            _words(fields["name"]),
            drafts=_each(fields["drafts"], _draft),
            meetings=_each(fields["meetings"], _meeting),
            people=_each(fields["people"], _person),
            accounts=_each(fields["accounts"], lambda f: Account(AccountId(_words(f[0])), _words(f[1]))),
            manager_of=_each(fields["manager_of"], lambda f: (PersonId(_words(f[0])), _words(f[1]))),
            today=_maybe_day(fields["today"]),
            skipped=_told(fields["skipped"]),
            remarks=_told(fields["remarks"]),
            refused=_words(fields["refused"]),
            next=_words(fields["next"]),
            open_day=_open_day(fields["open_day"]),
        )
    except (ValueError, KeyError, IndexError, TypeError, RecursionError, Invalid) as error:
        raise Unusable(str(error)[:200]) from error


def _draft(fields: Sequence[Any]) -> NoteDraft:
    where, person, day, text, kind, author, id, person_id, candidates, optional, ai, sharing = fields
    if not isinstance(text, str) or not text.strip() or len(text) > MAX_NOTE_CHARACTERS or _UNKEEPABLE.search(text):
        raise Unusable("no text of a note")
    return NoteDraft(
        _words(where), _words(person), _day(day), text, NoteKind(kind), _words(author), _words(id), _words(person_id),
        _told(candidates), optional is True, AiUse(ai), Sharing(sharing),
    )  # fmt: skip


def _meeting(fields: Sequence[Any]) -> MeetingDraft:
    where, person, day, uid, candidates, repeats = fields
    return MeetingDraft(_words(where), _words(person), _day(day), _words(uid), _told(candidates), repeats is True)


def _person(fields: Sequence[Any]) -> Person:
    id, name, aka, pronouns, role, start, customers, cadence = fields
    return Person(
        NOT_A_PERSON, PersonId(_words(id)), _words(name), _told(aka), Pronouns(pronouns), _words(role),
        _maybe_day(start), _words(customers), _maybe_days(cadence),
    )  # fmt: skip


def _open_day(fields: object) -> OpenDay | None:
    if fields is None:
        return None
    if not isinstance(fields, list):
        raise Unusable("no list")
    written, first, month = fields
    return OpenDay(_words(written), _day(first), _day(month))


def _each(items: object, read: Callable[[Sequence[Any]], Item]) -> tuple[Item, ...]:
    if not isinstance(items, list) or not all(isinstance(item, list) for item in items):
        raise Unusable("no list of lists")
    return tuple(read(item) for item in items)


def _told(items: object) -> tuple[str, ...]:
    if not isinstance(items, list):
        raise Unusable("no list")
    return tuple(_words(item) for item in items)


def _words(value: object) -> str:
    """Words of bounded length that a database keeps."""
    if not isinstance(value, str) or _UNKEEPABLE.search(value):
        raise Unusable("no words")
    return value[:_MAX_WORDS]


def _day(value: object) -> date:
    return date.fromisoformat(_words(value))


def _maybe_day(value: object) -> date | None:
    return None if value is None else _day(value)


def _maybe_days(value: object) -> int | None:
    """A number of days, or none."""
    if value is not None and type(value) is not int:
        raise Unusable("no number")
    return value

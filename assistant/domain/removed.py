"""What was removed and may be put back for a while. It is held in memory alone: on disk it is gone at once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from assistant.domain.account import AccountId
from assistant.domain.note import NoteId
from assistant.domain.person import PersonId

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row as it was before a removal and as it was after; None where it was not there."""

    table: str
    before: Row | None
    after: Row | None


@dataclass(frozen=True, slots=True)
class Removed:
    """Something that was removed, with all that went or changed along with it.

    Attributes:
        erasure: The id of its erasure, which putting it back calls off.
        note_id: The note, where it was one.
        person_id: Whom that note was about.
        left: What that person's other notes were then (`Notes.digest`).
    """

    account_id: AccountId
    changes: tuple[RowChange, ...] = field(repr=False)
    erasure: str
    note_id: NoteId | None = None
    person_id: PersonId | None = None
    left: str = ""

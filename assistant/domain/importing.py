"""What a file holds before it becomes notes: drafts with the row they stand in, and what is unsure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.domain.account import Account
from assistant.domain.note import NoteKind
from assistant.domain.person import Person, PersonId
from assistant.errors import Choice, Invalid

NEW = PersonId("new")


@dataclass(frozen=True, slots=True)
class NoteDraft:
    """One note as a file holds it.

    Attributes:
        where: File and row or line, for the report.
        person_written: The person as the file names them.
        id: The source's own id, when it has one.
        person_id: The source's own person id, when it has one.
    """

    where: str
    person_written: str
    day: date
    text: str
    kind: NoteKind = NoteKind.MISC
    author: str = ""
    id: str = ""
    person_id: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One file that was read: people it describes, notes it holds. All of it is kept, or nothing.

    Attributes:
        people: The people it describes; the id is the source's own or `NEW`, the account is filled in later.
        accounts: Managers a case folder names, with the ids of their people in `manager_of`.
        skipped: Rows left out on purpose and why (blank, total line …), for the report.
        remarks: How the file was understood where it could have been understood otherwise, for the report.
        refused: Why nothing of it can be kept, with the rows; empty for a file that was read.
        next: What to do about that.
    """

    name: str
    drafts: tuple[NoteDraft, ...] = ()
    people: tuple[Person, ...] = ()
    accounts: tuple[Account, ...] = ()
    manager_of: tuple[tuple[PersonId, str], ...] = ()
    today: date | None = None
    skipped: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    refused: str = ""
    next: str = ""

    def __post_init__(self) -> None:
        if self.refused and self.drafts:
            raise Invalid("A refused file holds no notes.")


class MatchState(StrEnum):
    """How a written name met the people we know."""

    KNOWN = "known"
    NEW = "new"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class PersonMatch:
    """One written name and the person it stands for.

    Attributes:
        notes: How many notes stand under this name.
        person: The known person, or the one that is made; none while it is unsure.
        choices: Whom it could stand for, when that is unsure; the id of each is what an answer gives.
        why: What makes it unsure, or worth a look, as a sentence.
    """

    written: str
    state: MatchState
    notes: int
    person: Person | None = None
    choices: tuple[Choice, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file.

    Attributes:
        added: Notes that are new.
        known: Notes that were there already, word for word.
        refused: Why nothing of it was kept, with the next step.
    """

    name: str
    added: int = 0
    known: int = 0
    refused: str = ""
    skipped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or with a dry run would do.

    Attributes:
        id: What `undo` takes; empty when nothing was kept.
        accounts: Accounts it made.
    """

    id: str
    dry_run: bool
    files: tuple[FileReport, ...]
    matches: tuple[PersonMatch, ...]
    accounts: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def added(self) -> int:
        """Notes that are new."""
        return sum(f.added for f in self.files)

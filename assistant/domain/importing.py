"""What a file holds before it becomes notes: drafts with the row they stand in, and what is unsure."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from assistant.domain.account import Account
from assistant.domain.note import AiUse, NoteKind, Sharing, note_fingerprint
from assistant.domain.person import Person, PersonId
from assistant.errors import Choice, Invalid

NEW = PersonId("new")


class DateOrder(StrEnum):
    """How a file writes 5/6/2025."""

    DAY_FIRST = "d/m/y"
    MONTH_FIRST = "m/d/y"


@dataclass(frozen=True, slots=True)
class OpenDay:
    """A day of a file that can be read in two ways, where nothing in the file settles which."""

    written: str
    day_first: date
    month_first: date


@dataclass(frozen=True, slots=True)
class NoteDraft:
    """One note as a file holds it.

    Attributes:
        where: File and row or line, for the report.
        person_written: The person as the file names them.
        id: The source's own id, when it has one.
        person_id: The source's own person id, when it has one.
        candidates: Names of which one is the person, where the source does not say which; `person_written` is then
            the likeliest of them.
        optional: Whether it is left out, and not asked about, when the candidates are nobody known.
    """

    where: str
    person_written: str
    day: date
    text: str
    kind: NoteKind = NoteKind.MISC
    author: str = ""
    id: str = ""
    person_id: str = ""
    candidates: tuple[str, ...] = ()
    optional: bool = False
    ai: AiUse = AiUse.ALLOWED
    sharing: Sharing = Sharing.PRIVATE

    @property
    def mark(self) -> str:
        """Sixteen hex digits that tell it from the others, before it is known whom it is about."""
        return note_fingerprint(PersonId(self.person_written), self.day, self.text)


@dataclass(frozen=True, slots=True)
class MeetingDraft:
    """One planned one-on-one as a calendar holds it.

    Attributes:
        where: File and entry, for the report.
        person_written: The person as the calendar names them; the likeliest, when `candidates` are several.
        day: In the account's time zone.
        uid: The calendar's own id of the entry; a series has one for all of its days.
        repeats: Whether it is one day of a series.
    """

    where: str
    person_written: str
    day: date
    uid: str
    candidates: tuple[str, ...] = ()
    repeats: bool = False

    def __post_init__(self) -> None:
        if not self.uid or not self.person_written.strip():
            raise Invalid("A planned one-on-one needs somebody and an id.")

    @property
    def person_id(self) -> str:
        """A calendar knows no ids of ours."""
        return ""

    @property
    def optional(self) -> bool:
        """A calendar is full of people whom nobody leads: who is not known is left out."""
        return True


@dataclass(frozen=True, slots=True)
class Document:
    """One file that was read: people it describes, notes and meetings it holds. All of it is kept, or nothing.

    Attributes:
        people: The people it describes; the id is the source's own or `NEW`, the account is filled in later.
        accounts: Managers a case folder names, with the ids of their people in `manager_of`.
        skipped: Rows left out on purpose and why (blank, total line …), for the report.
        remarks: How the file was understood where it could have been understood otherwise, for the report.
        refused: Why nothing of it can be kept, with the rows; empty for a file that was read.
        next: What to do about that.
        open_day: The day that it is refused for, when that is one of two: whoever brings it in can say which.
    """

    name: str
    drafts: tuple[NoteDraft, ...] = ()
    meetings: tuple[MeetingDraft, ...] = ()
    people: tuple[Person, ...] = ()
    accounts: tuple[Account, ...] = ()
    manager_of: tuple[tuple[PersonId, str], ...] = ()
    today: date | None = None
    skipped: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    refused: str = ""
    next: str = ""
    open_day: OpenDay | None = None

    def __post_init__(self) -> None:
        if self.refused and (self.drafts or self.meetings):
            raise Invalid("A refused file holds no notes.")

    def with_kinds(self, kinds: Mapping[str, NoteKind]) -> "Document":
        """The same file with other kinds of notes, by the mark of the draft."""
        return replace(self, drafts=tuple(replace(d, kind=kinds.get(d.mark, d.kind)) for d in self.drafts))


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


class Fate(StrEnum):
    """What an import would do with a note."""

    NEW = "new"
    KNOWN = "known"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class NoteAhead:
    """One note of a file, as an import would keep it.

    Attributes:
        file: The file's name, as the report calls it.
        written: The person as the file names them.
        person: Whom it would be filed under; none while that is unsure.
        as_it_was: Whether it comes back from an export, so that its kind is no question.
    """

    file: str
    written: str
    day: date
    text: str
    kind: NoteKind
    fate: Fate
    person: Person | None = None
    as_it_was: bool = False

    @property
    def mark(self) -> str:
        """The mark of its draft."""
        return note_fingerprint(PersonId(self.written), self.day, self.text)

    def __post_init__(self) -> None:
        if (self.person is None) is not (self.fate is Fate.UNSURE):
            raise Invalid("A note is unsure as long as it has nobody, and no longer.")


@dataclass(frozen=True, slots=True)
class FileReport:
    """What became of one file.

    Attributes:
        added: Notes that are new.
        known: Notes that were there already, word for word.
        refused: Why nothing of it was kept, with the next step.
        meetings: Planned one-on-ones that are new.
        open_day: The day that it is refused for, when whoever brings it in can say which of two it is.
    """

    name: str
    added: int = 0
    known: int = 0
    meetings: int = 0
    refused: str = ""
    skipped: tuple[str, ...] = ()
    open_day: OpenDay | None = None


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did, or with a dry run would do.

    Attributes:
        id: What `undo` takes; empty when nothing was kept.
        accounts: Accounts it made.
        ahead: On a dry run every note of the files that can be read, in their order.
    """

    id: str
    dry_run: bool
    files: tuple[FileReport, ...]
    matches: tuple[PersonMatch, ...]
    accounts: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    ahead: tuple[NoteAhead, ...] = ()

    @property
    def added(self) -> int:
        """Notes that are new."""
        return sum(f.added for f in self.files)

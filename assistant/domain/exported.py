"""What leaves and comes back: everything on record about some people, and what a backup or an erasure did."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from assistant.domain.account import AccountId
from assistant.domain.note import NoteId
from assistant.domain.person import Person, PersonId

FORMAT, SCHEMA = "flourish-record", 1

Rows = Mapping[str, tuple[Mapping[str, Any], ...]]


@dataclass(frozen=True, slots=True)
class Exported:
    """Everything on record about some people of one account, as rows by table, the account left out of each.

    Attributes:
        revision: The schema the rows were written under.
        whole: Whether these are all people of the account.
    """

    account_id: AccountId
    account_name: str
    revision: str
    tables: Rows
    whole: bool = False

    def count(self, table: str) -> int:
        """How many rows of one table."""
        return len(self.tables.get(table, ()))


@dataclass(frozen=True, slots=True)
class Taken:
    """What came back from an export.

    Attributes:
        left_out: How many links to people or notes that are not here were left out.
    """

    people: tuple[Person, ...]
    notes: tuple[NoteId, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class ForgetReport:
    """What went when a person was forgotten, or with a dry run would go.

    Attributes:
        rows: How many rows of each kind, by table.
        named_in: Notes about others that name the person; they are other people's records and stay.
        redacted: Whether the name was blacked out in those notes.
        searched: Passages that were looked for in the files afterwards, and in how many files.
        left: Files in which one of them was still found.
        sealed_backups: Encrypted backups that still hold the person; restoring one forgets them again.
        sent: Sendings of files to the page that waited for a yes and were deleted; whose notes they held is not read.
        unfinished: Something still reads the records, so the last traces go at the next start.
        on_server: The records lie on a database server, whose own log, backups and replicas nobody here can search.
    """

    person_id: PersonId
    name: str
    dry_run: bool
    rows: Mapping[str, int]
    named_in: tuple[NoteId, ...]
    redacted: bool = False
    searched: tuple[int, int] = (0, 0)
    left: tuple[str, ...] = ()
    sealed_backups: int = 0
    unfinished: bool = False
    sent: int = 0
    on_server: bool = False


@dataclass(frozen=True, slots=True)
class BackupReport:
    """A backup that was written, or that was read back.

    Attributes:
        counts: Rows by table: in the backup, or there after a restore, without what was erased since.
        sha256: Of the sealed file.
        size: Of the sealed file, in bytes.
        forgotten: People and notes that were erased after the backup and did not come back.
        journals: The journals of erasures that were followed.
        up_to_date: Whether one of them is later than the backup, so that it knows who was forgotten since.
        removed: Old backups that were removed after this one was written.
    """

    file: str
    made_at: datetime
    revision: str
    counts: Mapping[str, int]
    sha256: str
    size: int
    forgotten: int = 0
    journals: tuple[str, ...] = ()
    up_to_date: bool = False
    removed: tuple[str, ...] = ()

    @property
    def day(self) -> date:
        """The day it was made, in UTC."""
        return self.made_at.date()

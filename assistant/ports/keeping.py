"""What happens beside the records: erasures that must hold, and backups. Content stays behind these protocols."""

from collections.abc import Collection, Sequence
from datetime import datetime
from pathlib import Path
from typing import Protocol

from assistant.domain.account import AccountId
from assistant.domain.exported import BackupReport
from assistant.domain.note import NoteId
from assistant.domain.person import PersonId


class Eraser(Protocol):
    """Makes an erasure hold: written down before it begins, finished after a crash, repeated after a restore."""

    def begin(
        self,
        account: AccountId,
        *,
        people: Collection[PersonId] = (),
        notes: Collection[NoteId] = (),
        names: bool = False,
        tentative: bool = False,
    ) -> str:
        """Write down, on disk and without content, that these are to be erased; the id of the erasure.

        `names` says that the people's names go from notes about others as well. What is `tentative` is written down
        inside of the write that takes the rows away: cut off before its commit, it is not carried out later.
        """
        ...

    def withdraw(self, erasure_id: str) -> None:
        """It did not come to it: the erasure is not completed later, not even when there was no room to say so."""
        ...

    def finish(self, erasure_id: str) -> bool:
        """After the rows are gone: say so first, then clear what lies beside them.

        False while somebody still reads the old state. What comes back after the rows were gone is never taken again.
        """
        ...

    def may_come_back(self, erasure_id: str) -> bool:
        """Whether what an erasure took may be put back by whoever had it taken: nobody was forgotten since."""
        ...

    def came_back(self, erasure_id: str) -> None:
        """After it was put back: a restore does not take it away again."""
        ...

    def drop_sent(self, account: AccountId) -> int:
        """Delete the files that were sent to the page for this account and wait for a yes; how many sendings."""
        ...

    def look_for(self, passages: Sequence[str]) -> tuple[int, tuple[str, ...]]:
        """Byte by byte, in every usual encoding: how many files were searched, and those that hold a passage."""
        ...

    def sealed_backups(self) -> int:
        """How many encrypted backups lie in the home."""
        ...

    def on_server(self) -> bool:
        """Whether the records lie on a database server, whose own log, backups and replicas are out of reach here."""
        ...


class Vault(Protocol):
    """Backups of the whole home, sealed with a passphrase."""

    def write(self, to: Path | None, passphrase: str, *, keep_days: int) -> BackupReport:
        """Everything in one consistent state, while others go on writing; `HomeError` when it cannot be kept."""
        ...

    def restore(self, file: Path, passphrase: str, *, journals: Sequence[Path]) -> BackupReport:
        """Everything back into an empty home, without what was erased since; nothing is changed on an error."""
        ...

    def newest(self) -> datetime | None:
        """When the newest backup was made."""
        ...

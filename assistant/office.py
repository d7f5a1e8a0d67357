"""What keeps a home going: backups and their age. It has no content: no note, name or plan is reachable from here.

Whoever may use the home's folder may open it (the command line); a page hands it out to admins only.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from assistant.domain.account import Account, Role
from assistant.domain.exported import BackupReport
from assistant.errors import NotAllowed
from assistant.ports.keeping import Vault
from assistant.ports.outside import Clock

KEEP_DAYS = 35
STALE_AFTER = timedelta(hours=48)


@dataclass(frozen=True, slots=True)
class Office:
    """Backups of one home."""

    vault: Vault
    clock: Clock

    def back_up(self, to: Path | None, passphrase: str, *, keep_days: int = KEEP_DAYS) -> BackupReport:
        """Everything into one sealed file, while others go on writing."""
        return self.vault.write(to, passphrase, keep_days=keep_days)

    def restore(self, file: Path, passphrase: str, *, journals: Sequence[Path] = ()) -> BackupReport:
        """A sealed file back into this home, which must be empty."""
        return self.vault.restore(file, passphrase, journals=journals)

    def age_of_backup(self) -> timedelta | None:
        """How old the newest backup is; None when there has been none."""
        made = self.vault.newest()
        return None if made is None else max(self.clock() - made, timedelta())


def is_stale(age: timedelta) -> bool:
    """Whether a backup is so old that somebody should look why there is no newer one."""
    return age > STALE_AFTER


def check_admin(account: Account) -> None:
    """Refuse an account that does not look after this home.

    Raises:
        NotAllowed: It is no admin's.
    """
    if Role.ADMIN not in account.roles or not account.active:
        raise NotAllowed("Only an admin may do this.", next="Ask whoever runs this Flourish.")

"""What was removed lately and may be put back: in this program's memory alone, for ten minutes, one browser's own.

On disk it is gone already. It goes here too when its browser signs out, when somebody of its account is forgotten, and
with the program.
"""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

from assistant.domain.account import AccountId
from assistant.domain.removed import Removed
from assistant.errors import Unknown

KEPT_SECONDS = 600.0
MOST = 50  # of one browser
STANDS = "Undo works for ten minutes; then it is gone for good."


class Lately:
    """Everything this server may still put back.

    Args:
        now: Seconds that only run forward.
    """

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._lock = Lock()
        self._kept: dict[str, tuple[str, float, Removed]] = {}

    def keep(self, session: str, removed: Removed) -> str:
        """Hold on to something; what it is called."""
        id = secrets.token_hex(8)
        with self._lock:
            self._drop(lambda owner, at, what: self._is_over(at))
            own = [key for key, (owner, _, _) in self._kept.items() if owner == session]
            for key in own[: max(0, len(own) - MOST + 1)]:
                del self._kept[key]
            self._kept[id] = (session, self._now(), removed)
        return id

    def take(self, session: str, account: AccountId, id: str) -> Removed:
        """What this browser removed under this account; it is held no longer.

        Raises:
            Unknown: There is none, or it was let go; somebody else's reads as none.
        """
        with self._lock:
            self._drop(lambda owner, at, what: self._is_over(at))
            owner, _, removed = self._kept.get(id, ("", 0.0, None))
            if removed is None or (owner, removed.account_id) != (session, account):
                raise Unknown("This can no longer be undone.", next="Write it anew if it should be on record.")
            del self._kept[id]
            return removed

    def forget(self, account: AccountId) -> None:
        """Somebody of this account was forgotten: let go of whatever might name them."""
        with self._lock:
            self._drop(lambda owner, at, what: what.account_id == account)

    def sweep(self, lives: Callable[[str], bool]) -> None:
        """Let go of what is over, and of what a browser removed that is signed out."""
        with self._lock:
            ended = {owner for owner, _, _ in self._kept.values() if not lives(owner)}
            self._drop(lambda owner, at, what: self._is_over(at) or owner in ended)

    def _is_over(self, at: float) -> bool:
        return self._now() - at > KEPT_SECONDS

    def _drop(self, which: Callable[[str, float, Removed], bool]) -> None:
        for key, kept in [*self._kept.items()]:
            if which(*kept):
                del self._kept[key]


@dataclass(frozen=True, slots=True)
class Back:
    """What one browser may put back."""

    lately: Lately = field(default_factory=Lately)
    session: str = ""

    def keep(self, removed: Removed) -> str:
        """Hold on to something; what it is called."""
        return self.lately.keep(self.session, removed)

    def take(self, account: AccountId, id: str) -> Removed:
        """Something to put back; `Unknown` when there is none."""
        return self.lately.take(self.session, account, id)

"""Files that were sent and wait for a yes: in a private folder of the home, for an hour at most, one browser's alone.

The words are not read here. A browser has one tray an account: the next sending takes the place of what was left
unanswered. A tray goes when its files are brought in or left, with its session, and at the next start at latest.
"""

import re
import secrets
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from urllib.parse import unquote

from assistant.domain.account import AccountId
from assistant.errors import Refused, Unknown

MOST_FILES = 500
MOST_BYTES = 100 * 1024 * 1024  # of one tray; a single file holds 20 MB at most
MOST_OF_ONE = 20 * 1024 * 1024
KEPT_SECONDS = 3600.0
FOLDER = "Your files"
CASE = {"people.json", "notes.jsonl"}
_MARK = "sent-"


@dataclass(frozen=True, slots=True)
class Inbox:
    """Where sent files may lie.

    Attributes:
        folder: Private, on the home's own disk.
        refuses: Why a file of this name is not read; an empty text for one that is.
        mark: How the folder of an account's files begins, so that whoever forgets somebody there can find them.
    """

    folder: Path
    refuses: Callable[[str], str]
    mark: Callable[[AccountId], str] = lambda account: _MARK


@dataclass(slots=True)
class Tray:
    """The files one browser sent for one account, until somebody says what becomes of them.

    Attributes:
        names: What lies in it, by path below `folder`.
        busy: Whether its files are being brought in just now.
        refused: Sentences about files that were not taken.
    """

    id: str
    session: str
    account: AccountId
    folder: Path
    opened: float
    names: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    size: int = 0
    busy: bool = False

    @property
    def paths(self) -> list[Path]:
        """What is to be read: each file, or the folder where its parts belong together."""
        if any("/" in name for name in self.names) or CASE.issubset(self.names):
            return [self.folder]
        return [self.folder / name for name in self.names]

    def place_for(self, written: str) -> Path:
        """A free place for a file of this name; what is no plain name in it is taken out.

        Raises:
            Refused: The tray is full.
        """
        if len(self.names) >= MOST_FILES:
            raise Refused(f"That is more than {MOST_FILES} files at once.", next="Bring the rest in afterwards.")
        name = plain_name(written)
        stem, dot, ending = name.rpartition(".")
        number = 1
        while name in self.names:
            number += 1
            name = f"{stem} ({number}){dot}{ending}"
        path = self.folder / name
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise Refused(f"{name} cannot be kept ({error.strerror}).", next="Give it another name.") from error
        self.names.append(name)
        return path

    def leave_out(self, path: Path, size: int = 0) -> None:
        """Take a file out again."""
        path.unlink(missing_ok=True)
        self.names.remove(path.relative_to(self.folder).as_posix())
        self.size -= size


class Trays:
    """Every tray of this server.

    Args:
        inbox: Where files may lie; none where no files are taken.
        now: Seconds that only run forward.
    """

    def __init__(self, inbox: Inbox | None, now: Callable[[], float] = time.monotonic) -> None:
        self.inbox = inbox
        self._now = now
        self._lock = Lock()
        self._trays: dict[str, Tray] = {}
        self.clear()

    def begin(self, session: str, account: AccountId) -> Tray:
        """A new tray, in place of what this browser sent for the account before and left unanswered.

        Raises:
            Refused: No files are taken here.
        """
        if self.inbox is None:
            raise Refused(
                "The sample team takes no notes of your own.", next="Start Flourish with `flourish serve` for that."
            )
        with self._lock:
            self._drop_old()
            for tray in self._own(session, account):
                if not tray.busy:
                    self._drop(tray)
            id = secrets.token_hex(8)
            folder = self.inbox.folder / f"{self.inbox.mark(account)}{id}" / FOLDER
            folder.mkdir(parents=True, mode=0o700)
            folder.parent.chmod(0o700)
            self._trays[id] = Tray(id, session, account, folder, self._now())
            return self._trays[id]

    def of(self, session: str, account: AccountId, id: str) -> Tray:
        """A tray of this browser and account.

        Raises:
            Unknown: There is none, or it is being brought in; somebody else's reads as none.
        """
        with self._lock:
            self._drop_old()
            tray = self._trays.get(id)
            if tray is not None and not tray.folder.is_dir():  # somebody in it was forgotten meanwhile
                self._drop(tray)
                tray = None
        if tray is None or (tray.session, tray.account) != (session, account):
            raise Unknown(
                "These files are no longer here.",
                next="What came in of them stands under “Brought in lately”; else choose them again.",
            )
        if tray.busy:
            raise Unknown(
                "These notes are being brought in at this moment.",
                next="Wait a little and open “From files” anew; then they stand under “Brought in lately”.",
            )
        return tray

    def drop(self, tray: Tray) -> None:
        """The files are deleted."""
        with self._lock:
            self._drop(tray)

    def waiting(self, session: str, account: AccountId) -> list[Tray]:
        """What this browser sent for the account and nobody has answered yet."""
        with self._lock:
            self._drop_old()
            return [t for t in self._own(session, account) if t.names and not t.busy and t.folder.is_dir()]

    def sweep(self, lives: Callable[[str], bool]) -> None:
        """Delete what nobody will answer any more: older than an hour, or of a browser that is signed out."""
        with self._lock:
            self._drop_old()
            sessions = {tray.session for tray in self._trays.values()}
        ended = {session for session in sessions if not lives(session)}
        with self._lock:
            for tray in [*self._trays.values()]:
                if tray.session in ended:
                    self._drop(tray)

    def clear(self) -> None:
        """Delete every tray, and what an earlier server may have left."""
        with self._lock:
            self._trays.clear()
            if self.inbox is not None and self.inbox.folder.is_dir():
                for left in self.inbox.folder.glob(f"{_MARK}*"):
                    shutil.rmtree(left, ignore_errors=True)

    def _own(self, session: str, account: AccountId) -> list[Tray]:
        return [t for t in self._trays.values() if (t.session, t.account) == (session, account)]

    def _drop_old(self) -> None:
        for tray in [*self._trays.values()]:
            if self._now() - tray.opened > KEPT_SECONDS:
                self._drop(tray)

    def _drop(self, tray: Tray) -> None:
        self._trays.pop(tray.id, None)
        shutil.rmtree(tray.folder.parent, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Files:
    """The trays of one browser and account."""

    trays: Trays
    session: str
    account: AccountId

    @property
    def are_taken(self) -> bool:
        """Whether files can be sent at all."""
        return self.trays.inbox is not None

    def tray(self, id: str) -> Tray:
        """One of them; `Unknown` when there is none."""
        return self.trays.of(self.session, self.account, id)

    def waiting(self) -> list[Tray]:
        """Those that nobody has answered yet."""
        return self.trays.waiting(self.session, self.account)

    def drop(self, id: str) -> None:
        """Delete the files of one, if it is still there."""
        self.trays.drop(self.tray(id))


def plain_name(written: str) -> str:
    """A path below a folder, from what a browser calls a file: no way up, nothing hidden, no control character."""
    parts = re.sub(r"[\x00-\x1f\x7f]", "", unquote(written)).replace("\\", "/").split("/")
    kept = [part.strip().lstrip(".").encode()[-200:].decode(errors="ignore") for part in parts]
    return "/".join([part for part in kept if part][-6:]) or "file"

"""Derived files that are used only as they were made: sealed with the digest of each, worked on as a copy.

A database that rewrites its files while it reads cannot tell a bit that it changed from one that the disk did. So the
files are put away as they were when they were built, and each opening works on a fresh copy of them. What was cut,
flipped, lost, left half-way or made by another version is noticed before anything is opened, and built anew.
"""

import hashlib
import json
import shutil
from dataclasses import dataclass
from pathlib import Path

LOCK = "owner.lock"  # held by the process that uses the folder
_SEAL = "seal.json"


@dataclass(frozen=True, slots=True)
class SealedFolder:
    """A folder that one process owns while it uses it.

    Attributes:
        stamp: What the files were made from and by; files of another stamp are not used.
    """

    folder: Path
    stamp: str

    @property
    def working(self) -> Path:
        """The copy to work on."""
        return self.folder / "open"

    @property
    def _sealed(self) -> Path:
        return self.folder / "sealed"

    def open(self) -> bool:
        """Make the copy anew from the sealed files; False when there are none that can be used.

        Raises:
            OSError: The folder cannot be written.
        """
        if self._seal() != {"stamp": self.stamp, "files": _digests(self._sealed)}:
            return False
        shutil.rmtree(self.working, ignore_errors=True)
        shutil.copytree(self._sealed, self.working, ignore=shutil.ignore_patterns(_SEAL))
        return True

    def clear(self) -> None:
        """Take away everything that was ever made here, to begin with an empty copy.

        Raises:
            OSError: The folder cannot be written.
        """
        for old in self.folder.iterdir():
            if old.is_dir() and not old.is_symlink():
                shutil.rmtree(old)
            elif old.name != LOCK:
                old.unlink()
        self.working.mkdir()

    def seal(self) -> None:
        """Keep the copy as it is now, under its name only when it is whole. Nobody may have its files open.

        Raises:
            OSError: The folder cannot be written.
        """
        shutil.copytree(self.working, self._unfinished)
        seal = {"stamp": self.stamp, "files": _digests(self._unfinished)}
        (self._unfinished / _SEAL).write_text(json.dumps(seal), encoding="utf-8")
        self._unfinished.replace(self._sealed)

    @property
    def _unfinished(self) -> Path:
        return self.folder / "sealed.new"

    def _seal(self) -> object:
        try:
            return json.loads((self._sealed / _SEAL).read_bytes())
        except (OSError, ValueError):
            return None


def _digests(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file below a folder, the seal left out, by path."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != _SEAL)
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

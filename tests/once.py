"""What is made once for all processes of a test run; whoever changes it takes a copy."""

import atexit
import os
import pickle
import shutil
import tempfile
from collections.abc import Callable
from fcntl import LOCK_EX, LOCK_SH, flock
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock


def of_the_run(folders: pytest.TempPathFactory) -> Path:
    """The folder that all processes of this test run have in common."""
    own = folders.getbasetemp()
    return own.parent if own.name.startswith("popen-") else own  # a worker of xdist has a folder below the run's


class Remembered:
    """What one process of a test run has worked out, no other works out again.

    Args:
        file: Where it is written down, one pickled pair after the other.
        most: So many answers are kept.
    """

    def __init__(self, file: Path, most: int) -> None:
        self._file, self._most = file, most
        self._known: dict[object, Any] = {}
        self._read = 0  # bytes of the file

    def get(self, key: object, work_out: Callable[[], Any]) -> Any:
        """The answer of this key; worked out where nobody knows it yet."""
        if key not in self._known:
            self._read_on()
        if key in self._known:
            return self._known[key]
        found = work_out()
        if len(self._known) < self._most:
            self._known[key] = found
            with self._file.open("ab") as out:
                flock(out, LOCK_EX)  # until it is closed
                out.write(pickle.dumps((key, found)))
        return found

    def _read_on(self) -> None:
        """Take over what others have written since; a pair is there as a whole or not at all."""
        if not self._file.exists() or self._file.stat().st_size == self._read:
            return
        with self._file.open("rb") as written:
            flock(written, LOCK_SH)
            written.seek(self._read)
            end = os.fstat(written.fileno()).st_size
            while written.tell() < end:
                key, found = pickle.load(written)
                self._known.setdefault(key, found)
            self._read = end


def made_once(folders: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """The folder of this name; made by the first process that asks for it, the others wait.

    Args:
        folders: Where this test run keeps what it makes.
        name: The same in every process that means the same folder.
        make: Fills the folder at the path it is given, which is not there yet.
    """
    root = of_the_run(folders)
    made, whole = root / name, root / f"{name}.whole"
    with FileLock(root / f"{name}.lock"):
        if not whole.exists():
            shutil.rmtree(made, ignore_errors=True)  # what somebody left who failed at it
            make(made)
            whole.touch()
    return made


_TEMPORARY = tempfile.gettempdir()  # a test may set another one for itself
_filled: dict[object, tuple[Path, Any]] = {}


def copy_of_filled(fill: Callable[[Path], Any], folder: Path) -> Any:
    """A copy of what `fill` puts into an empty folder; it is called once in each process.

    Args:
        fill: Fills the folder it is given and closes what it opened.
        folder: Where the copy goes; it may be there, and hold other things.

    Returns:
        What `fill` returned.
    """
    if fill not in _filled:
        first = Path(tempfile.mkdtemp(prefix="flourish-tests-", dir=_TEMPORARY))
        atexit.register(empty)
        _filled[fill] = (first, fill(first))
    original, told = _filled[fill]
    shutil.copytree(original, folder, dirs_exist_ok=True)
    return told


def empty() -> None:
    """Remove what this process filled; called when its tests end, since not every process gets to its exit."""
    for first, _ in _filled.values():
        shutil.rmtree(first, ignore_errors=True)
    _filled.clear()

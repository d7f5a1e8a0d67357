"""What is made once for all processes of a test run; whoever changes it takes a copy."""

import atexit
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock


def made_once(folders: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """The folder of this name; made by the first process that asks for it, the others wait.

    Args:
        folders: Where this test run keeps what it makes.
        name: The same in every process that means the same folder.
        make: Fills the folder at the path it is given, which is not there yet.
    """
    own = folders.getbasetemp()
    root = own.parent if own.name.startswith("popen-") else own  # a worker of xdist has a folder below the run's
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

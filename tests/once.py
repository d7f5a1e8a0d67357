"""What is made once for all processes of a test run; whoever changes it takes a copy."""

from collections.abc import Callable
from pathlib import Path

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
    made = root / name
    with FileLock(root / f"{name}.lock"):
        if not made.exists():
            unfinished = root / f"{name}.unfinished"
            make(unfinished)
            unfinished.rename(made)
    return made

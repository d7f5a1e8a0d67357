"""Looks for words in files, byte by byte and in every usual encoding, and clears what lies beside the records.

The looking is done by a process of its own: closing a file drops every lock that this process holds on it (POSIX
advisory locks, "How To Corrupt An SQLite Database File" 2.2), and the records of a running server are such a file.
"""

import base64
import json
import mmap
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from assistant.errors import HomeError

_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")
_ROOT = Path(__file__).resolve().parents[2]
_START = "import sys; sys.path.insert(0, sys.argv.pop(1)); from knowledge.keeping.traces import answer; answer()"


def spellings(words: str) -> Iterator[bytes]:
    """Every way the words may stand in a file: in three encodings, as JSON escapes them, in base64 at each place."""
    for form in dict.fromkeys((words, words.lower())):
        yield json.dumps(form)[1:-1].encode()
        for encoding in _ENCODINGS:
            yield form.encode(encoding, "replace")
        raw = form.encode("utf-8", "replace")
        for before in range(3):
            # Only whole groups of three bytes look the same wherever they stand.
            start, end = (3 - before) % 3, len(raw) - (len(raw) - (3 - before) % 3) % 3
            if end > start:
                yield base64.b64encode(raw[start:end])


def files_with(folder: Path, passages: Sequence[str]) -> tuple[int, tuple[str, ...]]:
    """How many files a folder holds, and the names of those in which a passage stands.

    Raises:
        HomeError: No process can be started to look.
    """
    asked = json.dumps({"folder": str(folder.resolve()), "passages": [*passages]}).encode()
    command = [sys.executable, "-I", "-c", _START, str(_ROOT)]
    try:
        done = subprocess.run(command, input=asked, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
        count, found = json.loads(done.stdout)
    except (OSError, subprocess.CalledProcessError, ValueError) as error:
        raise HomeError(
            "What is erased is gone from the records, but no process could look for its words in the files.",
            next="Free some memory. Nothing else is left to do.",
        ) from error
    return int(count), tuple(found)


def answer() -> None:
    """What the process does that looks: the question on its standard input, the answer on its standard output."""
    asked = json.loads(sys.stdin.buffer.read())
    print(json.dumps(_looked(Path(asked["folder"]), asked["passages"])))


def _looked(folder: Path, passages: Sequence[str]) -> tuple[int, list[str]]:
    wanted = [*dict.fromkeys(form for words in passages for form in spellings(words))]
    count, found = 0, []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.is_symlink():
            count += 1
            if _holds(path, wanted):
                found.append(path.relative_to(folder).as_posix())
    return count, found


def clear(folder: Path, *, before: datetime) -> None:
    """Remove what has lain untouched in a folder of passing things since `before`; the folder stays.

    What is younger, or has something younger inside, may belong to a process that is at work.

    Raises:
        HomeError: Something cannot be removed.
    """
    try:
        for path in folder.iterdir() if folder.is_dir() else ():
            if _touched(path) > before.timestamp():
                continue
            with suppress(FileNotFoundError):  # its owner was quicker
                if path.is_dir() and not path.is_symlink():
                    shutil.rmtree(path)
                else:
                    path.unlink()
    except OSError as error:
        raise HomeError(
            f"What lies in {folder} cannot be removed ({error.strerror}).", next="Remove it by hand, then repeat this."
        ) from error


def _touched(path: Path) -> float:
    """When a file, or anything inside of a folder, was last written, in seconds since 1970; 0 when it has gone."""
    newest = 0.0
    with suppress(FileNotFoundError):
        newest = path.lstat().st_mtime
        for each in path.rglob("*") if path.is_dir() and not path.is_symlink() else ():
            newest = max(newest, each.lstat().st_mtime)
    return newest


def _holds(path: Path, wanted: Sequence[bytes]) -> bool:
    try:
        with path.open("rb") as file:
            if not path.stat().st_size:
                return False
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as seen:
                return any(seen.find(form) >= 0 for form in wanted)
    except (OSError, ValueError):  # gone meanwhile, or a lock that nobody may read
        return False

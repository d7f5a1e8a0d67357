"""What can become of the library's folder on a disk: each way as a function that does it."""

import os
import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

FLIPS = 10  # in the test suite; `make crash` does more


def database(folder: Path) -> Path:
    return folder / "sealed" / "chroma.sqlite3"


def segments(folder: Path) -> list[Path]:
    found = [path for path in (folder / "sealed").iterdir() if path.is_dir()]
    assert found
    return found


def cut(path: Path, share: float) -> None:
    os.truncate(path, int(path.stat().st_size * share))


def change(folder: Path, statement: str) -> None:
    with sqlite3.connect(database(folder)) as opened:
        opened.execute(statement)
    opened.close()


def each(folder: Path, name: str, content: bytes) -> None:
    for segment in segments(folder):
        (segment / name).write_bytes(content)


def flip(folder: Path, chance: random.Random) -> None:
    """Change one, eight or sixty-four bytes of one sealed file."""
    files = sorted(path for path in (folder / "sealed").rglob("*") if path.is_file() and path.stat().st_size)
    path = chance.choice(files)
    content = bytearray(path.read_bytes())
    for _ in range(chance.choice([1, 8, 64])):
        content[chance.randrange(len(content))] ^= chance.randrange(1, 256)
    path.write_bytes(content)


DAMAGE: dict[str, Callable[[Path], object]] = {
    "the folder is gone": shutil.rmtree,
    "the database is gone": lambda f: database(f).unlink(),
    "the database is cut": lambda f: cut(database(f), 0.5),
    "the database is empty": lambda f: cut(database(f), 0),
    "the database is garbage": lambda f: database(f).write_bytes(b"garbage" * 500),
    "the database has lost its vectors": lambda f: change(f, "DELETE FROM embeddings_queue"),
    "the database has lost a table": lambda f: change(f, "DROP TABLE embeddings_queue"),
    "another version wrote the database": lambda f: change(f, "UPDATE migrations SET hash = 'other'"),
    "the segments are gone": lambda f: [shutil.rmtree(segment) for segment in segments(f)],
    "the vectors are cut to a third": lambda f: [cut(s / "data_level0.bin", 0.33) for s in segments(f)],
    "the vectors are zero": lambda f: each(f, "data_level0.bin", bytes(100_000)),
    "the header is garbage": lambda f: each(f, "header.bin", bytes(range(100))),
    "the seal is gone": lambda f: (f / "sealed" / "seal.json").unlink(),
    "the seal is garbage": lambda f: (f / "sealed" / "seal.json").write_bytes(b"\xff{"),
    "a file too many": lambda f: (f / "sealed" / "more.bin").write_bytes(b"more"),
    "files of the layout before": lambda f: (shutil.rmtree(f / "sealed"), (f / "chroma.sqlite3").write_bytes(b"old")),
}

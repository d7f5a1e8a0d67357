"""What a run of the tests need not do a thousand times over: it is done once, and the same answer is given again.

The encoder says the same of a text whoever asks, an empty home's schema is the same everywhere, a password's price is
no matter of the tests that only sign in, and what was sealed in this process need not be opened by work again. The
tests of these very things use `nothing_spared`.
"""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import copyfile
from typing import Any

import numpy as np
import pytest
from sqlalchemy import Engine

from assistant.domain.evidence import Topic
from assistant.domain.masked import MaskedNote
from assistant.ports.outside import Clock
from knowledge.embedding import local, reading
from knowledge.keeping import passwords
from knowledge.keeping import seal as seals
from knowledge.keeping import vault as vaults
from knowledge.records import open as opening
from knowledge.records.engines import sqlite_file
from knowledge.records.upgrade import Migrations
from tests.once import Remembered

MOST = 50_000  # texts that are remembered: some 80 MB


class Spared:
    """What is replaced, and by what.

    Args:
        empty: Where the database of an empty home is kept once one was made.
        run: The folder that all processes of the test run have in common.
    """

    def __init__(self, empty: Path, run: Path) -> None:
        self._wanted: list[tuple[Any, str, Any]] = [
            (passwords, "MEMORY", 64), (passwords, "ROUNDS", 1), (passwords, "LANES", 1),  # the least that argon2 takes
            (opening, "bring_up", _copying(empty, opening.bring_up)),
            (local, "_run", _embedding(local._run, Remembered(run / "embedded.pickles", MOST))),
            (local.LocalEmbedder, "_load", _once(local.LocalEmbedder._load)),
            (reading, "_read", _reading(reading._read, Remembered(run / "read.pickles", MOST))),
            *_sealing(vaults.seal, seals._decrypted),
            (reading, "open_weights", _once(reading.open_weights)),
        ]  # fmt: skip
        self._real = [(owner, name, getattr(owner, name)) for owner, name, _ in self._wanted]

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Spare the work until the end of the `with`."""
        with _with(self._wanted):
            yield

    @contextmanager
    def at_rest(self) -> Iterator[None]:
        """Do all of the work again until the end of the `with`."""
        with _with(self._real):
            yield


@contextmanager
def _with(parts: Sequence[tuple[Any, str, Any]]) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for owner, name, part in parts:
            patch.setattr(owner, name, part)
        yield


def _once(load: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Weights are read only, so that one set of them does for a whole process."""
    kept: list[Any] = []

    def loaded(whose: Any) -> Any:
        if not kept:
            kept.append(load(whose))
        return kept[0]

    return loaded


def _embedding(
    run: Callable[[Any, Sequence[int]], list[float]], known: Remembered
) -> Callable[[Any, Sequence[int]], list[float]]:
    def remembered(session: Any, tokens: Sequence[int]) -> list[float]:
        as_given = known.get(tuple(tokens), lambda: np.asarray(run(session, tokens), dtype=np.float32))
        found: list[float] = as_given.tolist()
        return found

    return remembered


def _reading(
    read: Callable[[Any, MaskedNote], list[Mapping[Topic, float]]], known: Remembered
) -> Callable[..., list[Any]]:
    def remembered(run: Any, note: MaskedNote) -> list[Mapping[Topic, float]]:
        return [dict(odds) for odds in known.get(note, lambda: [dict(odds) for odds in read(run, note)])]

    return remembered


def _sealing(
    seal: Callable[[bytes, str], bytes], decrypted: Callable[[Any, bytes, str], bytes]
) -> list[tuple[Any, str, Any]]:
    """What was sealed here, or has been tried once, is not opened by work again; sealing is the real one."""
    known: dict[tuple[bytes, str], bytes | Exception] = {}

    def sealed(content: bytes, passphrase: str) -> bytes:
        made = seal(content, passphrase)
        known[made, passphrase] = content
        return made

    def opened(age: Any, raw: bytes, passphrase: str) -> bytes:
        if (raw, passphrase) not in known:
            try:
                known[raw, passphrase] = decrypted(age, raw, passphrase)
            except age.DecryptError as error:
                if "Excessive work" in str(error):
                    raise
                known[raw, passphrase] = error
        found = known[raw, passphrase]
        if isinstance(found, Exception):
            raise found.with_traceback(None)
        return found

    return [(vaults, "seal", sealed), (seals, "_decrypted", opened)]


def _copying(empty: Path, bring_up: Callable[..., None]) -> Callable[..., None]:
    def brought_up(engine: Engine, clock: Clock, migrations: Migrations) -> None:
        file = sqlite_file(engine.url)
        fresh = file is not None and file.stat().st_size == 0 and migrations == Migrations()
        if file is not None and fresh and empty.exists():
            try:
                copyfile(empty, file)
            except OSError:  # no room for it: as if nothing had been tried
                os.truncate(file, 0)
        bring_up(engine, clock, migrations)
        if file is not None and fresh and not empty.exists():
            engine.dispose()  # nothing is left in the log beside it
            copyfile(file, empty)

    return brought_up

"""How long reading everything again keeps others from writing: `python -m benchmarks.upkeep [--people N] [--heavy N]`.

What a new finder and a new embedder would find again is found again, as `flourish reindex` does it, with the longest
single write of each kind of step. Beside it stands the processor time of the longest one: on a busy machine the rest
of it was waiting.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from sqlalchemy import text

from assistant.actions import catch_up as verb
from assistant.desk import Desk
from assistant.domain.account import AccountId
from benchmarks import fixture
from benchmarks.speed import fill, settings_of, show
from knowledge.records.records import SqlRecords
from knowledge.records.shelf import SqlShelf
from ui.wiring import open_desk

MOST = 0.2  # seconds that others may be kept from writing
OLDER = (
    "UPDATE note_reading SET reader = 'an older finder'", "UPDATE person_reading SET reader = 'an older finder'",
    "DELETE FROM note_vector",
)  # fmt: skip
STEPS = (verb.read_notes_again, verb.find_promises_again, verb.embed_again)


class Timed:
    """The records, with the seconds of each write."""

    def __init__(self, records: SqlRecords) -> None:
        self._records = records
        self.seconds: list[float] = []
        self.processor: list[float] = []

    def __getattr__(self, name: str) -> Callable[..., object]:
        return getattr(self._records, name)  # type: ignore[no-any-return]

    @contextmanager
    def writing(self, account: AccountId, today: date) -> Iterator[SqlShelf]:
        """A write, timed from when it holds the lock to the end of its commit."""
        with self._records.writing(account, today) as shelf:
            start, worked = time.perf_counter(), time.process_time()
            yield shelf
        self.seconds.append(time.perf_counter() - start)
        self.processor.append(time.process_time() - worked)


def make_older(desk: Desk) -> None:
    """As if another version had read it all."""
    with desk.records.engine.begin() as connection:  # type: ignore[attr-defined]
        for statement in OLDER:
            connection.execute(text(statement))


def measure(desk: Desk, most: int) -> float:
    """Read it again, in at most so many steps of a kind, and print the table; the longest write in seconds."""
    show("", "longest write", "processor; median, of how many")
    longest = 0.0
    for step in STEPS:
        records = Timed(desk.records)  # type: ignore[arg-type]
        for _ in range(most):
            if not step(records, desk.account, desk.finder, desk.search_notes).steps:  # type: ignore[arg-type]
                break
        taken = sorted(records.seconds)
        longest = max(longest, taken[-1])
        work = f"{max(records.processor) * 1000:.0f} ms"
        middle = f"{work}; {taken[len(taken) // 2] * 1000:.0f} ms of {len(taken)}"
        show(step.__name__.replace("_", " "), f"{taken[-1] * 1000:.0f} ms", middle)
    return longest


def main() -> int:
    """Fill a home, make it older, measure; 1 when a write takes too long."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--heavy", type=int, default=100, help="notes of the first person")
    parser.add_argument("--home", type=Path, help="a home that the speed benchmark has filled")
    parser.add_argument("--steps", type=int, default=100_000, help="of a kind, at most")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        desk = open_desk(settings_of(arguments.home or Path(folder)), today=fixture.TODAY)
        if arguments.home is None:
            fill(desk, arguments.people, heavy=arguments.heavy)
        make_older(desk)
        longest = measure(desk, arguments.steps)
    print(f"the longest of all: {longest * 1000:.0f} ms; at most {MOST * 1000:.0f} are allowed")
    return int(longest > MOST)


if __name__ == "__main__":
    raise SystemExit(main())

"""What the model cost: calls, tokens and seconds a job. Counts only; no word that was sent or received."""

import json
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

from assistant.ports.outside import Clock

_KEEP_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Spent:
    """One call.

    Attributes:
        prompt: Name and version of the words.
        sent, received: Tokens; counted by the server, else by us.
        first: Seconds until the first piece came; 0 when none did.
        seconds: Seconds in all.
        outcome: "ok", or the fault.
    """

    job: str
    prompt: str
    model: str
    sent: int
    received: int
    first: float
    seconds: float
    outcome: str = "ok"


_WELL = frozenset(("ok", "stopped"))  # we stop reading where enough has come


@dataclass(frozen=True, slots=True)
class Tally:
    """The calls of one job together."""

    job: str
    calls: int
    failed: int
    sent: int
    received: int
    median_seconds: float
    left_out: int = 0

    def cost(self, per_million: tuple[float, float]) -> float:
        """What it cost at a price for a million tokens sent and received."""
        return (self.sent * per_million[0] + self.received * per_million[1]) / 1_000_000


@dataclass
class Meter:
    """Adds up what was spent, and what was left out because it did not hold; safe between threads.

    Not a noun. With a file every call is one line in it, so that the counts outlive the process.
    """

    clock: Clock | None = None
    path: Path | None = None
    _spent: list[Spent] = field(default_factory=list, repr=False)
    _left_out: dict[str, int] = field(default_factory=lambda: defaultdict(int), repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def add(self, spent: Spent) -> None:
        """One more call."""
        with self._lock:
            self._spent.append(spent)
            del self._spent[:-1000]
            self._write(asdict(spent))

    def leave_out(self, job: str, why: str) -> None:
        """Something the model wrote was not used."""
        with self._lock:
            self._left_out[job] += 1
            self._write({"job": job, "left_out": why})

    def tallies(self) -> tuple[Tally, ...]:
        """What this process spent, by job."""
        return tuple(_tallies(self._spent, self._left_out))

    def _write(self, line: dict[str, object]) -> None:
        if self.path is None or self.clock is None:
            return
        try:
            if self.path.exists() and self.path.stat().st_size > _KEEP_BYTES:
                self.path.replace(self.path.with_suffix(".old.jsonl"))
            with self.path.open("a", encoding="utf-8") as out:
                out.write(json.dumps({"day": self.clock().date().isoformat(), **line}) + "\n")
        except OSError:  # counts are no reason to lose an answer
            self.path = None


def tallies_since(path: Path, day: date) -> tuple[Tally, ...]:
    """What the file says was spent since a day, by job; nothing when there is no file."""
    spent, left_out = [], defaultdict[str, int](int)
    for line in _lines(path):
        if str(line.pop("day", "")) < day.isoformat():
            continue
        if "left_out" in line:
            left_out[str(line["job"])] += 1
        else:
            spent.append(Spent(**line))  # type: ignore[arg-type]
    return tuple(_tallies(spent, left_out))


def _lines(path: Path) -> Iterator[dict[str, object]]:
    try:
        written = path.read_text(encoding="utf-8").splitlines()
    except OSError:
        return
    for line in written:
        try:
            yield json.loads(line)
        except ValueError:
            continue


def _tallies(spent: Iterable[Spent], left_out: dict[str, int]) -> Iterator[Tally]:
    jobs: dict[str, list[Spent]] = defaultdict(list)
    for one in spent:
        jobs[one.job].append(one)
    for job, calls in sorted(jobs.items()):
        taken = sorted(c.seconds for c in calls)
        yield Tally(
            job, len(calls), sum(c.outcome not in _WELL for c in calls), sum(c.sent for c in calls),
            sum(c.received for c in calls), taken[len(taken) // 2], left_out.get(job, 0),
        )  # fmt: skip

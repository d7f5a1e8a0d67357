"""What is played, where, and what came of it: a home, a task, an undisturbed run, the outcome of a kill."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tests.crash.state import Rows


@dataclass(frozen=True)
class Place:
    """A home and the address of its records."""

    home: Path
    database: str

    @property
    def work(self) -> Path:
        """Beside the home: the files to import, the log of the process."""
        return self.home.parent


@dataclass(frozen=True)
class Task:
    """What a process is to do."""

    scene: str
    place: Place
    ids: str = "c"
    kill_at: int | None = None
    remember: bool = False

    @property
    def memory(self) -> Path:
        """Vectors by text, of all scenes that have been played once."""
        return self.place.work.parent / "vectors.pickle"

    @property
    def log(self) -> Path:
        """Where the process writes down its steps."""
        return self.place.work / "steps.jsonl"


@dataclass(frozen=True)
class Course:
    """An undisturbed run of a scene.

    Attributes:
        steps: Its steps in order.
        states: The rows before it and after each of its commits.
        end: What the home means at its end.
    """

    steps: tuple[str, ...]
    states: tuple[Rows, ...]
    end: Counter[str]


@dataclass(frozen=True)
class Outcome:
    """What one kill came to.

    Attributes:
        step: Where it struck.
        lost: Acknowledged writes that are not there.
        half: What is there in part.
        doubled: What is there more often than it should be after it was done again.
        other: Whatever else is wrong.
        seconds: From the start of a fresh process's work to the first answer out of the records.
        cold: The same for a command line that has to be loaded as well, where it was measured.
    """

    scene: str
    step: str
    lost: tuple[str, ...] = ()
    half: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    seconds: float = 0.0
    cold: float | None = None

    @property
    def wrong(self) -> tuple[str, ...]:
        """Everything that is wrong."""
        return (*self.lost, *self.half, *self.doubled, *self.other)

"""A masked copy of a suggestion, released by the manager who saw exactly these words. A coach reads nothing else."""

from dataclasses import dataclass
from datetime import date

from assistant.domain.verdict import LONGEST, Subject, Verdict
from assistant.errors import Invalid


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What Flourish suggested, in full; it never leaves the manager's desk.

    Attributes:
        helpful: What the manager thought of it; None where they said nothing.
        instead: What it should have said, in their words.
    """

    subject: Subject
    text: str
    engine: str
    helpful: bool | None = None
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """What a mask put in the place of a name, number or day: `[name 1]` stands for "Bo Lind"."""

    placeholder: str
    stands_for: str


@dataclass(frozen=True, slots=True)
class Masked:
    """A text without what would tell whom it is about, with what was taken out; the latter stays with the manager."""

    text: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Released:
    """One released copy. It names no person, no note and no account.

    Attributes:
        helpful: What the manager thought of it; None where they said nothing.
        instead: What it should have said, masked like the copy.
    """

    id: str
    subject: Subject
    text: str
    engine: str
    released_on: date
    helpful: bool | None = None
    instead: str = ""

    def __post_init__(self) -> None:
        if not self.text.strip() or max(len(self.text), len(self.instead)) > LONGEST:
            raise Invalid(f"A released copy has words, at most {LONGEST} characters.", next="Shorten it.")


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A released copy with the newest decision on it that is in force; None while it waits."""

    released: Released
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How much there is on the bench."""

    waiting: int
    decided: int
    in_force: int
    rolled_back: int

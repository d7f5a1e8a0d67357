"""How a manager's own talks are spread: one-on-ones by month, and what was asked about. It speaks of nobody else."""

from dataclasses import dataclass
from datetime import date

from assistant.domain.pillar import Pillar


@dataclass(frozen=True, slots=True)
class Month:
    """One month, and how many one-on-ones were held in it."""

    first: date
    held: int


@dataclass(frozen=True, slots=True)
class Mix:
    """The last months of one manager.

    Attributes:
        months: Oldest first, the current one last; a month without a one-on-one counts nought.
        asked: How many questions were marked as asked, by what they are for; most first.
        other: Asked questions that are none of the library's, which stand under no pillar: written for the moment.
    """

    months: tuple[Month, ...]
    asked: tuple[tuple[Pillar, int], ...]
    other: int = 0

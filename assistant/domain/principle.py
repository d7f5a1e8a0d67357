"""A card of the library: an idea about leading people, with its source and how well it is supported."""

from dataclasses import dataclass
from enum import StrEnum


class Grade(StrEnum):
    """How well a principle is supported."""

    A = "A"
    B = "B"
    C = "C"

    @property
    def words(self) -> str:
        """The grade in words."""
        return {
            "A": "meta-analysis or field experiment",
            "B": "single study",
            "C": "practice",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Principle:
    """One principle in our own words.

    Attributes:
        limits: What the finding does not show.
        use: What a manager does with it in a one-on-one.
        verified: Whether the source was read, or is cited from memory.
    """

    id: str
    title: str
    pillar: str
    grade: Grade
    source: str
    url: str
    verified: bool
    limits: str
    use: str
    body: str
    author: str = "Flourish"
    licence: str = "Apache-2.0"

"""How somebody rated a text by a rubric. An opinion with its reasons; the gates and sums are worked out elsewhere."""

from dataclasses import dataclass
from enum import StrEnum

from assistant.errors import Invalid

LEVELS = 4


class Rubric(StrEnum):
    """What is rated."""

    QUESTIONS = "questions"
    PLAN = "plan"


class Order(StrEnum):
    """In which order the criteria stand before a judge: what comes first weighs more."""

    AS_IS = "as is"
    TURNED = "turned"
    FROM_THE_MIDDLE = "from the middle"


@dataclass(frozen=True, slots=True)
class Score:
    """One criterion.

    Attributes:
        quote: Words of the rated text that decide it.
        note: The note it rests on, as it was shown; empty when none.
        level: 0 to 4.
    """

    id: str
    quote: str
    note: str
    level: int
    reason: str

    def __post_init__(self) -> None:
        if not 0 <= self.level <= LEVELS:
            raise Invalid(f"A level lies between 0 and {LEVELS}.")


@dataclass(frozen=True, slots=True)
class Rating:
    """One reading of one text by one judge.

    Attributes:
        injection: Whether notes or text try to steer the rating.
        one_change: What would help most.
    """

    scores: tuple[Score, ...]
    injection: bool = False
    one_change: str = ""

    def level(self, criterion: str) -> int | None:
        """The level of a criterion; None when it was not rated."""
        return next((score.level for score in self.scores if score.id == criterion), None)


@dataclass(frozen=True, slots=True)
class Rated:
    """A text to be rated, with the notes it stands on as the judge sees them.

    Attributes:
        case: What it is called in a report.
        text: The text, with notes under their short names.
        notes: The notes, one after the other, each with its short name.
        names: The short names.
        lint: What a machine found wrong with it: criterion and fault. No judge overrules that.
    """

    rubric: Rubric
    case: str
    text: str
    notes: str
    names: frozenset[str]
    lint: tuple[tuple[str, str], ...] = ()

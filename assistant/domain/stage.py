"""The thirteen situations a one-on-one can be in, with who leads when two are live."""

from dataclasses import dataclass
from enum import StrEnum


class Stage(StrEnum):
    """The situation of the next meeting; the value is the code used in question ids."""

    FIRST = "FIR"
    REGULAR = "REG"
    SETBACK = "SET"
    WIN = "WIN"
    NEW_ROLE = "NEW"
    CAREER = "CAR"
    REENGAGE = "REE"
    STAY = "STA"
    RETURN = "RET"
    REMOTE = "REM"
    UNDERPERFORMANCE = "UND"
    HIGH_PERFORMER = "HIG"
    PROMOTION = "PRO"


PRECEDENCE = tuple(Stage(code) for code in "RET SET UND REE NEW STA PRO CAR WIN HIG REM FIR REG".split())


@dataclass(frozen=True, slots=True)
class StageGuide:
    """What a manager should know about a situation, from the library."""

    stage: Stage
    name: str
    signals: str
    purpose: str
    first_rule: str
    avoid: str
    suggested: tuple[str, ...]

"""What the notes show of what a plan promised. A quote speaks for it or against it; silence is said, not filled."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.domain.evidence import Quote
from assistant.domain.plan import Plan, Section
from assistant.errors import Invalid


class Speaks(StrEnum):
    """What a passage says about a part of a plan."""

    FOR = "for"
    AGAINST = "against"
    SILENT = "not at all"


@dataclass(frozen=True, slots=True)
class CheckIn:
    """One part of a plan, held against the notes.

    Attributes:
        thread: Which thread, counted from 1.
        quote: The passage that speaks; none when the notes are silent.
        by_hand: Whether the manager said so; a rule never overrules that.
    """

    thread: int
    section: Section
    speaks: Speaks
    quote: Quote | None = None
    by_hand: bool = False

    def __post_init__(self) -> None:
        if self.thread not in (1, 2):
            raise Invalid("A plan has one or two threads.")
        if (self.quote is None) is not (self.speaks is Speaks.SILENT):
            raise Invalid("A check-in carries the passage that speaks, and none where the notes are silent.")


class StaleFor(StrEnum):
    """Why a plan should be looked at."""

    REVIEW = "review"
    GROUND = "ground"
    STEP = "step"


@dataclass(frozen=True, slots=True)
class Stale:
    """One reason why a plan should be looked at, in a sentence."""

    reason: StaleFor
    text: str


@dataclass(frozen=True, slots=True)
class PlanCheck:
    """What a plan promised beside what the notes since its draft show.

    Attributes:
        since: The day of the draft; only later notes are asked, and what the manager confirmed.
        notes: How many notes that were.
        check_ins: One or more for each step and sign, silent ones included; for a gap only where a passage speaks.
    """

    plan: Plan
    since: date
    notes: int
    check_ins: tuple[CheckIn, ...]
    stale: tuple[Stale, ...]

"""What was inferred and waits for one yes. It is kept for a day; what it stands on was saved at once and stays."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from assistant.domain.account import AccountId
from assistant.domain.debrief import DebriefDraft
from assistant.domain.person import PersonId
from assistant.domain.policy import PolicyTopic
from assistant.errors import Invalid

WAITS = timedelta(hours=24)


class PendingState(StrEnum):
    """What became of it."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Pending:
    """One proposal out of one telling.

    Attributes:
        made_at: When it was made, UTC.
        draft: What would be kept, each piece with its words.
        plan_version: The version of the plan that the check-ins are about; none without a plan.
        settled_by_yes: Ids of promises that only the yes settled, so that they can be opened again.
        answered_by_yes: Ids of questions that only the yes marked as asked.
        left_out: What the yes did not take; it is not found again in the same words.
    """

    account_id: AccountId
    id: str
    person_id: PersonId
    made_at: datetime
    draft: DebriefDraft
    plan_version: int | None = None
    state: PendingState = PendingState.WAITING
    settled_by_yes: tuple[str, ...] = ()
    answered_by_yes: tuple[str, ...] = ()
    left_out: DebriefDraft | None = None

    def __post_init__(self) -> None:
        if self.draft.check_ins and self.plan_version is None:
            raise Invalid("A check-in is about a version of a plan.")
        if self.made_at.tzinfo is None:
            raise Invalid("A moment needs a time zone.")

    def is_over(self, now: datetime) -> bool:
        """Whether a day has passed since it was made."""
        return now - self.made_at >= WAITS

    @property
    def is_begun(self) -> bool:
        """Whether the telling is kept and what it brings is still being looked for, or that was cut off."""
        return self.state is PendingState.WAITING and self.draft.is_empty

    def waits(self, now: datetime) -> bool:
        """Whether a yes is still possible."""
        return self.state is PendingState.WAITING and not self.is_over(now)


def waiting(items: Sequence[Pending], now: datetime) -> tuple[Pending, ...]:
    """Those that still wait, oldest first."""
    return tuple(item for item in items if item.waits(now) and not item.is_begun)


def unanswered(items: Sequence[Pending], now: datetime) -> tuple[Pending, ...]:
    """Those that got no answer in their day, or were cut off, oldest first: their notes are to be read once more."""
    return tuple(i for i in items if i.state is PendingState.WAITING and (i.is_over(now) or i.is_begun))


@dataclass(frozen=True, slots=True)
class Debriefed:
    """What came of a telling.

    Attributes:
        draft: What it brings; empty when there is nothing in it besides itself.
        pending: The proposal that waits; none when the draft is empty, for a dry run, or after a crisis sentence.
        crisis: The card to show first, when the telling holds a sentence that must stop everything else.
        kept: Whether the telling was saved as a note.
        held: How many of its passages stay out because it asks for silence.
    """

    draft: DebriefDraft
    pending: Pending | None = None
    crisis: PolicyTopic | None = None
    kept: bool = True
    held: int = 0

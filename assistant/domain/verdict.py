"""A coach's decision on a question, plan line or prompt: an overlay, the shipped file never changes."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from assistant.domain.account import AccountId
from assistant.errors import Invalid


class Decision(StrEnum):
    """What the coach decided."""

    APPROVE = "approve"
    REWORD = "reword"
    RETIRE = "retire"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One decision with its reason and, for a rewording, the new words."""

    id: str
    coach_id: AccountId
    subject_id: str
    decision: Decision
    reason: str
    at: datetime
    words: str = ""
    rolled_back: bool = False

    def __post_init__(self) -> None:
        if (self.decision is Decision.REWORD) != bool(self.words.strip()):
            raise Invalid("New words belong to a rewording, and only there.", next="Give the new wording.")
        if not self.reason.strip():
            raise Invalid("A decision needs a reason.", next="One sentence is enough.")

"""A coach's decision on a question, plan line or prompt: an overlay, the shipped file never changes."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.domain.account import AccountId
from assistant.domain.pillar import Pillar
from assistant.domain.stage import Stage
from assistant.errors import Invalid

LONGEST = 2_000  # characters of a reason, of new words, of a released copy


class Decision(StrEnum):
    """What the coach decided."""

    APPROVE = "approve"
    REWORD = "reword"
    RETIRE = "retire"


class SubjectKind(StrEnum):
    """What is reviewed."""

    QUESTION = "question"
    PLAN_LINE = "plan_line"
    PROMPT = "prompt"


class Scope(StrEnum):
    """How far a decision reaches. Beyond `this`, it holds for whatever is put in nearly the same words."""

    THIS = "this"
    PILLAR = "pillar"
    STAGE = "stage"
    EVERYWHERE = "everywhere"


@dataclass(frozen=True, slots=True)
class Subject:
    """What is reviewed, told without whom it was written for.

    Attributes:
        id: A bank question's id, a content id ("q…"), or a prompt's name and version.
        part: Which line of a plan it is ("first_step", "measure" …); empty otherwise.
        pillar: Of a question whose pillar is known.
        stage: The situation it was suggested in, where it was.
    """

    kind: SubjectKind
    id: str
    part: str = ""
    pillar: Pillar | None = None
    stage: Stage | None = None

    def __post_init__(self) -> None:
        if not self.id.strip():
            raise Invalid("What is reviewed needs an id.", next="See `review list`.")


@dataclass(frozen=True, slots=True)
class Verdict:
    """One decision with its scope and reason and, for a rewording, the new words.

    Attributes:
        text: The words it was made about, as the coach saw them; empty when they had to go.
        release_id: The released copy it was made about; empty for what ships with Flourish.
        decided_on: The day of the coach's view; it does not exist on an earlier one.
        rolled_back_on: From this day on it no longer holds.
    """

    id: str
    coach_id: AccountId
    subject: Subject
    decision: Decision
    scope: Scope
    reason: str
    decided_on: date
    words: str = ""
    text: str = ""
    release_id: str = ""
    rolled_back_on: date | None = None

    def __post_init__(self) -> None:
        if (self.decision is Decision.REWORD) != bool(self.words.strip()):
            raise Invalid("New words belong to a rewording, and only there.", next="Give the new wording.")
        if not self.reason.strip():
            raise Invalid("A decision needs a reason.", next="One sentence is enough.")
        if max(map(len, (self.reason, self.words, self.text))) > LONGEST:
            raise Invalid(f"That is longer than {LONGEST} characters.", next="Say it in a sentence or two.")
        if self.scope is Scope.PILLAR and self.subject.pillar is None:
            raise Invalid("No pillar is known for this.", next="Choose --scope this, stage or everywhere.")
        if self.scope is Scope.STAGE and self.subject.stage is None:
            raise Invalid("No situation is known for this.", next="Choose --scope this, pillar or everywhere.")

    @property
    def in_force(self) -> bool:
        """Whether it has not been taken back."""
        return self.rolled_back_on is None

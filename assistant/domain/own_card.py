"""What a manager saves in the library beside what is shipped: a question or a thought of their own, for them alone."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.domain.account import AccountId
from assistant.domain.pillar import Pillar
from assistant.errors import Invalid

LONGEST = 600  # characters


class CardKind(StrEnum):
    """What is saved."""

    QUESTION = "question"
    THOUGHT = "thought"


@dataclass(frozen=True, slots=True)
class OwnCard:
    """One card of one account.

    Attributes:
        pillar: What it is for.
        day: When it was saved.
    """

    account_id: AccountId
    id: str
    kind: CardKind
    text: str
    pillar: Pillar
    day: date

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise Invalid("There are no words to save.", next="Write the question or the thought.")
        if len(self.text) > LONGEST:
            raise Invalid(f"That is longer than {LONGEST} characters.", next="Say it in a sentence or two.")

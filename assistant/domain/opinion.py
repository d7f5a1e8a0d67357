"""What a manager thought of a suggested question: helpful or not, and what it should have said. It is about us.

It says nothing about the person the question was for; a question that was not helpful is not suggested to them again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from assistant.domain.account import AccountId
from assistant.domain.person import PersonId
from assistant.errors import Invalid

LONGEST = 1_000  # characters of what it should have said


@dataclass(frozen=True, slots=True)
class Opinion:
    """One manager's word on one question to one person; the newest word takes the place of an earlier one.

    Attributes:
        text: The words as suggested, so that a near copy is recognised; empty when they came from a note that is gone.
        instead: What it should have said; only where it was not helpful.
    """

    account_id: AccountId
    person_id: PersonId
    question_id: str
    text: str
    day: date
    helpful: bool
    instead: str = ""

    def __post_init__(self) -> None:
        if self.helpful and self.instead:
            raise Invalid("A helpful question needs no other words.", next="Say that it was not, or leave them out.")
        if len(self.instead) > LONGEST:
            raise Invalid(f"That is longer than {LONGEST} characters.", next="Say it in a sentence or two.")


def unwanted(opinions: Iterable[Opinion]) -> tuple[Opinion, ...]:
    """Those on questions that are not suggested again."""
    return tuple(o for o in opinions if not o.helpful)

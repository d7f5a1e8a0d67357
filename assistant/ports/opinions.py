"""What managers thought of questions, as the verbs see it: a part of a shelf, bound to its account."""

from collections.abc import Sequence
from typing import Protocol

from assistant.domain.opinion import Opinion
from assistant.domain.person import PersonId


class Opinions(Protocol):
    """One word on each question to each person, as far as it was given by the shelf's day."""

    def of(self, person_id: PersonId) -> Sequence[Opinion]:
        """Those on questions to one person, by day."""
        ...

    def put(self, opinion: Opinion) -> None:
        """In place of an earlier one on the same question."""
        ...

    def remove(self, person_id: PersonId, question_id: str) -> None:
        """Take one back; nothing happens where there is none."""
        ...

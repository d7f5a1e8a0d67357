"""One-on-ones as the verbs see them: a part of a shelf, bound to its account."""

from collections.abc import Sequence
from typing import Protocol

from assistant.domain.meeting import Meeting
from assistant.domain.person import PersonId


class Meetings(Protocol):
    """One-on-ones of one account."""

    def of(self, person_id: PersonId) -> Sequence[Meeting]:
        """One person's meetings by day. Planned and skipped ones may lie after the shelf's day."""
        ...

    def all(self) -> Sequence[Meeting]:
        """Every meeting of the account by day; one query."""
        ...

    def save(self, meetings: Sequence[Meeting]) -> None:
        """New or changed meetings; one a person and day."""
        ...

    def remove(self, meeting_id: str) -> None:
        """Take a meeting out; nothing happens when there is none of that id."""
        ...

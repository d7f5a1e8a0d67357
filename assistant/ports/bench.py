"""What a review needs from the records: a manager's own released copies, and the bench that every coach shares."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from assistant.domain.person import PersonId
from assistant.domain.released import Released
from assistant.domain.verdict import Verdict


class Releases(Protocol):
    """The released copies of one account. They hang on the person they came from, and go with them."""

    def all(self) -> Sequence[Released]:
        """Every copy this account released, newest first."""
        ...

    def of(self, person_id: PersonId) -> Sequence[Released]:
        """Those that came from one person, newest first."""
        ...

    def add(self, person_id: PersonId, released: Released) -> None:
        """A new copy."""
        ...

    def remove(self, release_id: str) -> None:
        """Take a copy back; `Unknown` when this account has none of that id. The words leave its verdicts too."""
        ...

    def refile(self, before: PersonId, after: PersonId) -> None:
        """The copies of one entry belong to another one now."""
        ...

    def verdicts(self) -> Sequence[Verdict]:
        """Every coach's decisions that hold on the shelf's day, newest first: what suggestions follow."""
        ...


class BenchShelf(Protocol):
    """What coaches see: released copies of every account and all decisions. No note, name or plan is reachable."""

    def released(self) -> Sequence[Released]:
        """Every released copy, oldest first."""
        ...

    def verdicts(self) -> Sequence[Verdict]:
        """Every decision, newest first, those taken back included."""
        ...

    def add(self, verdict: Verdict) -> None:
        """A new decision of the coach whose bench this is."""
        ...

    def roll_back(self, verdict_id: str, day: date) -> None:
        """From this day on a decision no longer holds; `Unknown` when there is none of that id."""
        ...

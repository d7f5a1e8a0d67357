"""What the records keep of plans, and of what was inferred and waits for one yes. Fulfilled by `knowledge.records`."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from assistant.domain.check_in import CheckIn
from assistant.domain.debrief import DebriefDraft
from assistant.domain.note import NoteId
from assistant.domain.pending import Pending, PendingState
from assistant.domain.person import PersonId
from assistant.domain.plan import Plan, PlanState


class Plans(Protocol):
    """Every version of every plan, with the states it went through."""

    def newest(self, person_id: PersonId) -> Plan | None:
        """The newest version made on or before the shelf's day."""
        ...

    def versions(self, person_id: PersonId) -> Sequence[Plan]:
        """All versions, oldest first."""
        ...

    def add(self, plan: Plan) -> None:
        """A new version."""
        ...

    def move_on(self, person_id: PersonId, version: int, state: PlanState) -> None:
        """The version is in this state from the shelf's day on."""
        ...

    def step_back(self, person_id: PersonId, version: int) -> bool:
        """Take the last step of its states back; False when there was none."""
        ...

    def remove(self, person_id: PersonId, version: int) -> None:
        """Take a version away, with its states and check-ins."""
        ...

    def check_ins(self, person_id: PersonId, version: int) -> Sequence[CheckIn]:
        """What the manager confirmed about a version, where the words still stand in the note."""
        ...

    def note_check_ins(self, person_id: PersonId, version: int, items: Sequence[CheckIn]) -> None:
        """Write down what the manager confirmed; the same passage for the same part is kept once, as said last."""
        ...

    def take_over(self, keep: PersonId, other: PersonId) -> None:
        """File the other's versions after the kept ones; the newest of those stays the newest."""
        ...


class PendingShelf(Protocol):
    """What was inferred and waits for a yes. It goes with its note."""

    def held(self) -> Mapping[NoteId, PendingState]:
        """Debriefs that nobody has said yes to, and whether they still wait; nothing found in them counts."""
        ...

    def left_out(self) -> Sequence[DebriefDraft]:
        """What was left out when somebody said yes."""
        ...

    def all(self) -> Sequence[Pending]:
        """Everything of the account, whatever became of it, oldest first."""
        ...

    def get(self, pending_id: str) -> Pending:
        """One by id, or by a prefix that fits only one; else `Unknown`."""
        ...

    def put(self, item: Pending) -> None:
        """A new one, or one that has changed."""
        ...

    def remove(self, pending_ids: Sequence[str]) -> None:
        """Take some away."""
        ...

    def take_over(self, keep: PersonId, other: PersonId) -> None:
        """What waited about the other waits about the kept one."""
        ...

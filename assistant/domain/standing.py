"""What rests on one note: verdicts, promises, links of plans. Before and after a change it tells what that took."""

from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.domain.note import NoteId
from assistant.domain.person import PersonId


class Kind(StrEnum):
    """What sort of thing rests on a note."""

    CONFIRMED = "confirmed"  # a passage the manager confirmed
    REJECTED = "rejected"  # a passage the manager rejected
    PROMISE = "promise"  # a promise the note tells of
    CLOSED = "closed"  # a promise the note shows kept or dropped
    PLAN = "plan"  # a link of the newest plan
    CHECK_IN = "check_in"  # what the manager confirmed that the note says about a plan
    MEETING = "meeting"  # a one-on-one the note bears witness to
    QUESTION = "question"  # a question chosen for a one-on-one to come that quotes the note


@dataclass(frozen=True, slots=True)
class Resting:
    """One thing that rests on a note.

    Attributes:
        what: The passage, the promise, the link's name, or the day, as a person reads it.
        id: Of the promise or the meeting; empty otherwise.
        version: Of the plan; 0 otherwise.
    """

    kind: Kind
    person_id: PersonId
    what: str
    id: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """All that rests on one note."""

    note_id: NoteId
    items: tuple[Resting, ...] = ()

    def lost_in(self, after: "Standing") -> tuple[Resting, ...]:
        """What rested on the note before and does not afterwards. What only moved to another person is not lost."""
        left = {_anybodys(item) for item in after.items}
        return tuple(item for item in self.items if _anybodys(item) not in left)

    def gone_along(self, after: "Standing") -> tuple[Resting, ...]:
        """What the manager confirmed about one person and, the note being filed elsewhere, speaks for another now."""
        before = {_anybodys(item): item.person_id for item in self.items if item.kind is Kind.CONFIRMED}
        return tuple(i for i in after.items if before.get(_anybodys(i), i.person_id) != i.person_id)


def _anybodys(item: Resting) -> Resting:
    """The thing itself: a promise is known by its words, since its place in the note may have shifted."""
    return item if item.kind in (Kind.PLAN, Kind.CHECK_IN) else replace(item, person_id=PersonId(""), id="")

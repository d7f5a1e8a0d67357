"""One row of the people list: when we last met and what is open. Never a score."""

from dataclasses import dataclass
from datetime import date

from assistant.domain.meeting import NextTalk
from assistant.domain.person import Person


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person at a glance.

    Attributes:
        last_met: The newest held one-on-one, if there was one.
        next_planned: The nearest planned one from today on.
        next_talk: When the next one is due by the person's rhythm.
        mine_open, theirs_open: How many promises are open on each side.
    """

    person: Person
    notes: int
    last_met: date | None
    next_planned: date | None
    mine_open: int
    theirs_open: int
    next_talk: NextTalk = NextTalk()

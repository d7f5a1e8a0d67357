"""What waits for a manager on one day: whom to talk to, what was promised, what was found and not yet judged."""

from dataclasses import dataclass
from datetime import date, timedelta

from assistant.domain.evidence import Evidence
from assistant.domain.overview import PersonRow
from assistant.domain.person import Person
from assistant.domain.promise import Promise

SOON = timedelta(days=7)
QUIET_FOR = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Owed:
    """A promise of the manager's that is still open, and to whom it was made."""

    person: Person
    promise: Promise


@dataclass(frozen=True, slots=True)
class Waiting:
    """What was found about one person and waits for the manager's verdict, newest first."""

    person: Person
    items: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Agenda:
    """One day of one manager.

    Attributes:
        planned: One-on-ones of the next seven days, the nearest first.
        late: Whose rhythm has run out, the longest overdue first.
        quiet: Who was last met four weeks ago or longer, or never, without a rhythm that would say so; longest first.
        owed: The manager's own open promises, without those gone quiet: overdue ones first, then by due day.
    """

    today: date
    planned: tuple[PersonRow, ...] = ()
    late: tuple[PersonRow, ...] = ()
    quiet: tuple[PersonRow, ...] = ()
    owed: tuple[Owed, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits."""
        return not (self.planned or self.late or self.quiet or self.owed)

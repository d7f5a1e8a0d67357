"""Days ahead that a conversation goes around: somebody is away, a shift changes, a relief ends. It plans nothing."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.domain.evidence import Quote


class AheadKind(StrEnum):
    """What lies ahead.

    `away`: the person is not there; `relief`: what is lifted from them, or who stands in, lasts until its end;
    `shift`: other working hours begin.
    """

    AWAY = "away"
    RELIEF = "relief"
    SHIFT = "shift"


@dataclass(frozen=True, slots=True)
class Ahead:
    """One such time.

    Attributes:
        start: The first day; of a relief the day of the note.
        end: The last day; None when the notes do not say.
        quote: Where that stands.
    """

    kind: AheadKind
    start: date
    end: date | None
    quote: Quote

    @property
    def day(self) -> date:
        """The day that matters: a relief's last one, else the first."""
        return self.end if self.kind is AheadKind.RELIEF and self.end else self.start

    def covers(self, day: date) -> bool:
        """Whether it lasts on a day."""
        return self.start <= day and (self.end is None or day <= self.end)

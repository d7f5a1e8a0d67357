"""Days ahead that a conversation goes around: somebody is away, a shift changes, a relief ends. It plans nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from assistant.domain.evidence import Quote
from assistant.domain.plan import FIRST_STEP_WITHIN, working_day

_ONE = timedelta(days=1)
_SATURDAY = 5


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


def there_on(day: date, today: date, away: Sequence[Ahead]) -> date:
    """A working day for a step: the day itself, else the last one before they leave, else the first after."""
    for gone in sorted(away, key=lambda a: a.start):
        if not gone.covers(day):
            continue
        if gone.start - _ONE > today:
            return working_day(gone.start - _ONE, today)
        if gone.end is not None and gone.end - today < FIRST_STEP_WITHIN:
            return _next_working(gone.end + _ONE)
    return day


def back_on(day: date, today: date, away: Sequence[Ahead]) -> date:
    """A day on which somebody who was away is back; where nobody knows when that is, one before they leave."""
    for gone in sorted(away, key=lambda a: a.start):
        if gone.covers(day):
            day = _next_working(gone.end + _ONE) if gone.end else there_on(day, today, away)
    return day


def free_between(wanted: date, after: date, until: date, away: Sequence[Ahead]) -> date | None:
    """The working day nearest to the one wanted, after one day and not beyond another, on which they are there."""
    days = (after + _ONE * number for number in range(1, (until - after).days + 1))
    free = (day for day in days if day.weekday() < _SATURDAY and not any(gone.covers(day) for gone in away))
    return min(free, key=lambda day: (abs(day - wanted), day), default=None)


def _next_working(day: date) -> date:
    while day.weekday() >= _SATURDAY:
        day += _ONE
    return day

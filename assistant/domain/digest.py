"""What a stretch of older notes comes down to: a few lines, each on quotes. It is derived, and may be made anew."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from hashlib import sha256

from assistant.domain.account import AccountId
from assistant.domain.evidence import Quote
from assistant.domain.note import Note
from assistant.domain.person import PersonId
from assistant.errors import Invalid

LONGEST_LINE = 400  # characters
MOST_LINES = 8
_MONTHS_OF_A_QUARTER = 3


@dataclass(frozen=True, slots=True)
class Period:
    """A quarter of a year, by its first day."""

    first: date

    def __post_init__(self) -> None:
        if self.first.day != 1 or self.first.month % _MONTHS_OF_A_QUARTER != 1:
            raise Invalid("A period begins with a quarter of the year.")

    @classmethod
    def around(cls, day: date) -> "Period":
        """The quarter that a day lies in."""
        return cls(date(day.year, day.month - (day.month - 1) % _MONTHS_OF_A_QUARTER, 1))

    @property
    def last(self) -> date:
        """Its last day."""
        month = self.first.month + _MONTHS_OF_A_QUARTER
        end = date(self.first.year + (month > 12), month if month <= 12 else 1, 1)
        return end - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DigestLine:
    """One sentence about one person and the passages it stands on.

    Attributes:
        text: As it was checked, at most 400 characters.
        quotes: At least one, all of notes filed under one person.
    """

    text: str
    quotes: tuple[Quote, ...]

    def __post_init__(self) -> None:
        if not self.text.strip() or len(self.text) > LONGEST_LINE:
            raise Invalid("A line of a digest needs words, at most 400 characters.")
        if not self.quotes or len({q.note.person_id for q in self.quotes}) != 1:
            raise Invalid("A line of a digest stands on notes of one person.")


@dataclass(frozen=True, slots=True)
class Digest:
    """What one person's notes of one period come down to.

    Attributes:
        mark: What it was made of and by; equal as long as neither the notes nor the maker have changed.
        lines: The weightiest first; none when the notes hold nothing of the kind.
    """

    account_id: AccountId
    person_id: PersonId
    period: Period
    mark: str
    lines: tuple[DigestLine, ...] = ()

    def __post_init__(self) -> None:
        if len(self.lines) > MOST_LINES:
            raise Invalid(f"A digest holds at most {MOST_LINES} lines.")
        if any(q.note.person_id != self.person_id for line in self.lines for q in line.quotes):
            raise Invalid("A digest stands on notes of its own person.")


def mark_of(notes: Iterable[Note], maker: str) -> str:
    """Sixteen hex digits over which notes there are, in which revision and use, and who reads them."""
    told = sorted(f"{note.id}\n{note.revision}\n{note.day}\n{note.ai.value}" for note in notes)
    return sha256("\n\n".join((maker, *told)).encode()).hexdigest()[:16]

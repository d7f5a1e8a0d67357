"""What a search found: passages of notes, best first, and whether they answer at all."""

from dataclasses import dataclass
from datetime import date

from assistant.domain.evidence import Quote
from assistant.domain.note import Note, NoteId
from assistant.domain.origin import OFFLINE, Origin
from assistant.errors import Invalid


@dataclass(frozen=True, slots=True)
class Window:
    """A closed range of days; either end may be open."""

    since: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        if self.since and self.until and self.since > self.until:
            raise Invalid("The range ends before it begins.", next="Swap --since and --until.")

    def holds(self, day: date) -> bool:
        """Whether a day lies inside."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Hit:
    """A note that fits, with its best passage. `score` orders hits within one answer only."""

    quote: Quote
    score: float

    @property
    def note(self) -> Note:
        """The whole note."""
        return self.quote.note


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a search.

    Attributes:
        weak: True when the notes probably do not answer; from raw similarity, never from `score`.
        window: The range of days that was read out of the question, if any.
        nearest: When a range held nothing: the notes nearest to it in time.
        origin: Who put the hits in order.
        likely: How likely the notes answer; it orders questions and is no probability.
    """

    hits: tuple[Hit, ...]
    weak: bool
    window: Window | None = None
    nearest: tuple[Note, ...] = ()
    origin: Origin = OFFLINE
    likely: float = -1.0


@dataclass(frozen=True, slots=True)
class NoteVector:
    """The meaning of one note revision as signed bytes, 384 a passage; derived, may be thrown away.

    Attributes:
        part: 0; more than one row a note is allowed, should a row ever grow too long.
        embedder: Fingerprint of what made it; vectors of two embedders are never compared.
        data: int8 values of unit vectors times 127, one byte a dimension: the whole note first, then, when it has
            more than one, its passages in order.
    """

    note_id: NoteId
    revision: int
    part: int
    embedder: str
    data: bytes

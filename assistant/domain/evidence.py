"""Quotes that speak for a facet. A quote is proof of words, not proof of truth."""

import hashlib
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

from assistant.domain.note import Note, NoteId, Span, fold_text
from assistant.errors import UngroundedEvidence

BY_MODEL = "llm "  # how the name of a finder begins that is a model


class Facet(StrEnum):
    """What a profile knows about: the three things a leader must know."""

    PASSION = "passion"
    TALENT = "talent"
    CUSTOMER_VALUE = "customer_value"

    @property
    def words(self) -> str:
        """The facet in a sentence."""
        return self.value.replace("_", " ")


class Topic(StrEnum):
    """What a quote is about. The first three speak for a facet; the rest are live matter for questions."""

    PASSION = "passion"
    TALENT = "talent"
    CUSTOMER_VALUE = "customer_value"
    ASPIRATION = "aspiration"
    OBSTACLE = "obstacle"
    ENERGY_DRAIN = "energy_drain"

    @property
    def facet(self) -> Facet | None:
        """The facet this topic is proof for, if any."""
        return _PROVES.get(self)


_PROVES = {Topic(facet.value): facet for facet in Facet}


class Witness(StrEnum):
    """Whose knowledge the quote rests on."""

    SELF = "self"
    MANAGER = "manager"
    PEER = "peer"
    CUSTOMER = "customer"
    HEARSAY = "hearsay"


class Strength(IntEnum):
    """The evidence ladder: nothing, a label, one event or quotation, two, own words + event + recipient."""

    E0 = 0
    E1 = 1
    E2 = 2
    E3 = 3
    E4 = 4


class EvidenceState(StrEnum):
    """What the manager said about it. A verdict is keyed by span and topic and survives every re-run."""

    SUGGESTED = "suggested"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"


class Tense(StrEnum):
    """Whether the quote holds, held once, or is doubted in the note itself."""

    CURRENT = "current"
    PAST = "past"
    DOUBTED = "doubted"


class Tier(StrEnum):
    """The four tiers on everything said about a person; what others said or wrote is told apart from what you saw."""

    THEIR_WORDS = "their words"
    OBSERVATION = "your observation"
    CUSTOMER_WORDS = "a customer's words"
    COLLEAGUE_WORDS = "a colleague's words"
    OTHERS_WORDS = "somebody else's words"
    PRINCIPLE = "principle"
    SUGGESTION = "suggestion"


TIER_OF_WITNESS = {
    Witness.SELF: Tier.THEIR_WORDS,
    Witness.CUSTOMER: Tier.CUSTOMER_WORDS,
    Witness.PEER: Tier.COLLEAGUE_WORDS,
}


@dataclass(frozen=True, slots=True)
class Quote:
    """A word-for-word piece of one note revision, with its place. What every claim is hung on."""

    note: Note
    span: Span

    def __post_init__(self) -> None:
        text, span = self.note.text, self.span
        if span.end > len(text) or not text[span.start : span.end].strip():
            raise UngroundedEvidence(
                f"There is no such passage in note {self.note.id}.", next="Quote it word for word."
            )

    @property
    def text(self) -> str:
        """The exact words."""
        return self.note.text[self.span.start : self.span.end]

    @property
    def day(self) -> date:
        """The day of the note."""
        return self.note.day

    @classmethod
    def of(cls, note: Note, words: str) -> "Quote":
        """The first place where `words` stand in the note, or an error."""
        start = note.text.find(words) if words else -1
        if start < 0:
            raise UngroundedEvidence(f"{words!r} is not in note {note.id}.", next="Quote it word for word.")
        return cls(note, Span(start, start + len(words)))


UNWORDED = ("-read", "-kind")  # how cues end that stand for no words


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quote that speaks for one topic of one person, with its witness and strength.

    Attributes:
        cue: The rule that found it (for example "PAS02", or "manager" when added by hand).
        finder: Which finder at which version found it, so a new version can be re-run.
    """

    quote: Quote
    topic: Topic
    witness: Witness
    strength: Strength
    cue: str
    finder: str
    state: EvidenceState = EvidenceState.SUGGESTED
    tense: Tense = Tense.CURRENT

    @property
    def place(self) -> tuple[str, int, str]:
        """Note, place in it and topic: what decides between equals, whatever names and pronouns stand around it."""
        return str(self.quote.note.id), self.quote.span.start, self.topic.value

    @property
    def id(self) -> str:
        """Content id: the same span and topic of the same note is the same evidence in every re-run."""
        span = self.quote.span
        key = f"{self.quote.note.id}\n{self.topic}\n{span.start}:{span.end}"
        return "e" + hashlib.sha256(key.encode()).hexdigest()[:12]

    @property
    def key(self) -> "EvidenceKey":
        """What it says, wherever it stands."""
        return EvidenceKey(self.topic, fold_text(self.quote.text))

    @property
    def note(self) -> Note:
        """The note the quote stands in."""
        return self.quote.note

    @property
    def day(self) -> date:
        """The day of the note."""
        return self.quote.note.day

    @property
    def tier(self) -> Tier:
        """Whose words they are, by the witness; what the manager saw is an observation."""
        return TIER_OF_WITNESS.get(self.witness, Tier.OBSERVATION)

    @property
    def is_worded(self) -> bool:
        """Whether words the finder knows carry it, rather than the kind of note or the way a sentence reads."""
        return not self.cue.endswith(UNWORDED)

    @property
    def is_sign(self) -> bool:
        """Whether it points at anything at all: it is more than a word met in passing, or the manager confirmed it."""
        return self.strength > Strength.E0 or self.state is EvidenceState.CONFIRMED

    @property
    def is_guess(self) -> bool:
        """Whether it only may point to it: no words the finder knows carry it, or too few, and nobody confirmed it."""
        return self.state is not EvidenceState.CONFIRMED and (not self.is_worded or self.strength < Strength.E2)

    @property
    def is_proposed(self) -> bool:
        """Whether a model pointed at it, and no rule."""
        return self.finder.startswith(BY_MODEL)

    @property
    def counts(self) -> bool:
        """Whether it may carry a claim: not rejected, not hearsay, not doubted, at least one event or quotation."""
        return (
            self.state is not EvidenceState.REJECTED
            and self.witness is not Witness.HEARSAY
            and self.tense is not Tense.DOUBTED
            and (self.strength >= Strength.E2 or self.state is EvidenceState.CONFIRMED)
        )


@dataclass(frozen=True, slots=True)
class EvidenceKey:
    """The same words for the same topic. Rejected once for somebody, they are not suggested for them again."""

    topic: Topic
    words: str


@dataclass(frozen=True, slots=True)
class Judged:
    """A manager's verdict on a passage, whether a finder finds the passage today or not."""

    note_id: NoteId
    topic: Topic
    words: str
    state: EvidenceState

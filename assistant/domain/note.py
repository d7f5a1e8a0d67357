"""Words that a manager keeps about one person, kept exactly as written. Data, never instructions."""

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NewType

from assistant.domain.account import AccountId
from assistant.domain.person import PersonId
from assistant.errors import Invalid

NoteId = NewType("NoteId", str)
MAX_NOTE_CHARACTERS = 50_000


class NoteKind(StrEnum):
    """What sort of record a note is."""

    ONE_ON_ONE = "one_on_one"
    OBSERVATION = "observation"
    PEER_FEEDBACK = "peer_feedback"
    CUSTOMER_QUOTE = "customer_quote"
    CUSTOMER_COMPLAINT = "customer_complaint"
    PROJECT_LOG = "project_log"
    SELF_REVIEW = "self_review"
    SURVEY_COMMENT = "survey_comment"
    GOAL = "goal"
    EMAIL = "email"
    CHAT_MESSAGE = "chat_message"
    TRANSCRIPT = "transcript"
    DEBRIEF = "debrief"
    MISC = "misc"

    @property
    def words(self) -> str:
        """The kind as a manager would say it."""
        return _SPOKEN[self]


_SPOKEN = {
    NoteKind.ONE_ON_ONE: "one-on-one",
    NoteKind.OBSERVATION: "your observation",
    NoteKind.PEER_FEEDBACK: "peer feedback",
    NoteKind.CUSTOMER_QUOTE: "customer's words",
    NoteKind.CUSTOMER_COMPLAINT: "complaint",
    NoteKind.PROJECT_LOG: "project log",
    NoteKind.SELF_REVIEW: "self-review",
    NoteKind.SURVEY_COMMENT: "survey comment",
    NoteKind.GOAL: "goal",
    NoteKind.EMAIL: "email",
    NoteKind.CHAT_MESSAGE: "chat message",
    NoteKind.TRANSCRIPT: "transcript",
    NoteKind.DEBRIEF: "debrief",
    NoteKind.MISC: "note",
}


class AiUse(StrEnum):
    """Whether the assistant may build on a note; `never` notes stay on the timeline only."""

    ALLOWED = "allowed"
    NEVER = "never"


class Sharing(StrEnum):
    """Whether a note may ever be shown to the person it is about."""

    PRIVATE = "private"
    SHAREABLE = "shareable"


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of characters in a note's text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise Invalid("A span runs forward and is not empty.")

    def overlaps(self, other: "Span") -> bool:
        """Whether the two ranges share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Mention:
    """Another person of the same account, named in a note that is filed elsewhere."""

    person_id: PersonId
    span: Span


@dataclass(frozen=True, slots=True)
class Note:
    """One dated record, filed under one person.

    Attributes:
        day: When what it tells took place, a date in the account's time zone.
        author: Who wrote or said it, as written in the source; empty means the manager.
        import_id: The import that brought it, when one did.
    """

    account_id: AccountId
    id: NoteId
    person_id: PersonId
    day: date
    text: str
    kind: NoteKind = NoteKind.MISC
    author: str = ""
    revision: int = 1
    ai: AiUse = AiUse.ALLOWED
    sharing: Sharing = Sharing.PRIVATE
    mentions: tuple[Mention, ...] = ()
    import_id: str | None = None

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise Invalid("A note needs words.", next="Write at least one sentence.")
        if len(self.text) > MAX_NOTE_CHARACTERS:
            raise Invalid(
                f"A note holds at most {MAX_NOTE_CHARACTERS:,} characters; this one has {len(self.text):,}.",
                next="Split it by day.",
            )
        if any(m.span.end > len(self.text) for m in self.mentions):
            raise Invalid("A mention must lie inside its note.")

    def __hash__(self) -> int:
        """Of its key alone: whatever stands on a note is hashed at every turn, and equal notes have equal keys."""
        return hash((self.account_id, self.id, self.revision))

    @property
    def fingerprint(self) -> str:
        """The same note in four formats has one fingerprint: person, day and folded text."""
        return note_fingerprint(self.person_id, self.day, self.text)


@dataclass(frozen=True, slots=True)
class Revision:
    """A note's words as they stood once.

    Attributes:
        replaced_at: When the next revision took their place, UTC; none for the words it has now.
    """

    number: int
    text: str
    replaced_at: datetime | None = None


def fold_text(text: str) -> str:
    """Text with compatibility forms, typographic quotes, case and white space folded, for comparing only."""
    plain = unicodedata.normalize("NFKC", text)
    for fancy, simple in (("“", '"'), ("”", '"'), ("„", '"'), ("’", "'"), ("‘", "'"), ("–", "-"), ("—", "-")):
        plain = plain.replace(fancy, simple)
    return re.sub(r"\s+", " ", plain).strip().casefold()


def note_fingerprint(person_id: PersonId, day: date, text: str) -> str:
    """Sixteen hex digits that are equal when person, day and folded text are."""
    words = f"{person_id}\n{day.isoformat()}\n{fold_text(text)}"
    return hashlib.sha256(words.encode()).hexdigest()[:16]

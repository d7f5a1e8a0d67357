"""What must stop, and which human to turn to instead. Topics are data; this is their shape."""

from dataclasses import dataclass
from enum import StrEnum

from assistant.domain.note import AiUse, Note, NoteId, Span


class PolicyKind(StrEnum):
    """What happens when a topic is met."""

    SENSITIVE = "sensitive"  # in a note: nothing of that sentence is used; the manager is told a note was left out
    CRISIS = "crisis"  # stop everything and show the crisis card
    REFUSE = "refuse"  # a request we do not serve; the legitimate need behind it is offered


@dataclass(frozen=True, slots=True)
class PolicyTopic:
    """One topic of the policy.

    Attributes:
        point_to: The right human (HR, occupational health, emergency services …).
        message: What the manager reads; never repeats the content.
        requests: Phrases in a request that raise it; `unless` are near misses that stay allowed.
        instead: The legitimate need a refused request is turned into.
        served: Those whom the work serves: a sentence with one of them is about the work, unless one of the `probes`
            asks about the person.
    """

    id: str
    name: str
    kind: PolicyKind
    point_to: str
    message: str
    requests: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    instead: str = ""
    served: tuple[str, ...] = ()
    probes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SensitiveSpan:
    """A passage of a note that must not reach any answer, and the topic it belongs to."""

    span: Span
    topic_id: str


@dataclass(frozen=True, slots=True)
class Screening:
    """What a note must keep to itself, found when it was saved.

    Attributes:
        language: ISO 639-1 code; only languages with lists of their own are mined ("en", "de", "es").
        whole: The whole note stays out of every answer.
        screen: Name and version of the lists used, so a new version is re-run.
    """

    note_id: NoteId
    revision: int
    language: str
    spans: tuple[SensitiveSpan, ...] = ()
    whole: bool = False
    screen: str = ""

    @property
    def topics(self) -> tuple[str, ...]:
        """The policy topics met, each once."""
        return tuple(dict.fromkeys(s.topic_id for s in self.spans))


@dataclass(frozen=True, slots=True)
class Readable:
    """A note together with what of it may be used. The only form in which an engine sees a note."""

    note: Note
    screening: Screening

    @property
    def closed(self) -> bool:
        """Whether nothing of it may be used."""
        return self.screening.whole or self.note.ai is AiUse.NEVER

    def allows(self, span: Span) -> bool:
        """Whether a passage may be quoted."""
        return not self.closed and not any(s.span.overlaps(span) for s in self.screening.spans)

"""What one sentence says for one topic, weighed. Becomes evidence when it is quoted."""

from dataclasses import dataclass

from assistant.domain.evidence import Strength, Tense, Topic, Witness
from assistant.domain.note import Span


@dataclass(frozen=True, slots=True)
class Sign:
    """What one sentence says for one topic.

    Attributes:
        place: What to quote, in places of the note.
        points: What its cues and its kind of note add up to.
    """

    topic: Topic
    place: Span
    points: int
    strength: Strength
    witness: Witness
    tense: Tense
    cue: str

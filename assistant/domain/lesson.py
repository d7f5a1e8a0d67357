"""What a manager's verdicts teach: a sign that misled for somebody is not followed again for them. Knows no words."""

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.domain.evidence import BY_MODEL, UNWORDED, Evidence, EvidenceState, Topic

BY_HAND = "manager"  # the cue of what the manager pointed out
ONCE, TWICE = 1, 2


@dataclass(frozen=True, slots=True)
class Lesson:
    """A sign that is no longer followed for one person and topic.

    Attributes:
        cue: The rule that found what was rejected.
        rejected: What was rejected, oldest first.
    """

    topic: Topic
    cue: str
    rejected: tuple[Evidence, ...]

    def covers(self, item: Evidence) -> bool:
        """Whether something was found by this sign, for this topic."""
        return teaches(item) and (item.topic, item.cue) == (self.topic, self.cue)


def teaches(item: Evidence) -> bool:
    """Whether a sign that can mislead again stands behind it: no model, no manager, no reading without a word."""
    return not item.finder.startswith(BY_MODEL) and item.cue != BY_HAND and not item.cue.endswith(UNWORDED)


def lessons(judged: Iterable[Evidence]) -> tuple[Lesson, ...]:
    """What the verdicts on one person's evidence teach.

    A sign of the trade's list (PAS05) is dropped at its first rejection, a general one (TAL-act: something was done) at
    its second; neither where something it found was confirmed. A quote put into better words was no wrong sign.
    """
    items_judged = list(judged)
    agreed = [i for i in items_judged if i.state is EvidenceState.CONFIRMED]
    found: dict[tuple[Topic, str], list[Evidence]] = {}
    for item in items_judged:
        if teaches(item) and (item.state is EvidenceState.CONFIRMED or not any(_corrects(a, item) for a in agreed)):
            found.setdefault((item.topic, item.cue), []).append(item)
    made = []
    for (topic, cue), items in found.items():
        rejected = tuple(i for i in items if i.state is EvidenceState.REJECTED)
        needed = ONCE if any(letter.isdigit() for letter in cue) else TWICE
        if len(rejected) >= needed and not any(i.state is EvidenceState.CONFIRMED for i in items):
            made.append(Lesson(topic, cue, rejected))
    return tuple(made)


def _corrects(agreed: Evidence, item: Evidence) -> bool:
    """Whether something confirmed stands where an item stood, for the same topic."""
    same = agreed.topic is item.topic and agreed.note.id == item.note.id
    return same and agreed.quote.span.overlaps(item.quote.span)

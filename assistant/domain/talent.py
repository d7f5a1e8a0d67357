"""When something is a talent: somebody saw it, in a concrete situation. A self-label is not enough."""

from collections.abc import Sequence

from assistant.domain.evidence import Evidence, Strength, Tense, Topic, Witness


def speaks_for_talent(item: Evidence) -> bool:
    """A usable quote about what this person does well."""
    return item.topic is Topic.TALENT and item.counts and item.tense is Tense.CURRENT


def is_talent(evidence: Sequence[Evidence]) -> bool:
    """The rule of proof: two usable quotes on different days, one seen by somebody else; or one strong event."""
    usable = [item for item in evidence if speaks_for_talent(item)]
    seen = [item for item in usable if item.witness is not Witness.SELF]
    if not seen:
        return False
    return len({item.day for item in usable}) > 1 or any(item.strength >= Strength.E3 for item in seen)

"""When something is a passion: said or shown by them, on more than one day. Liking is theirs to declare."""

from collections.abc import Sequence

from assistant.domain.evidence import Evidence, Tense, Topic, Witness


def speaks_for_passion(item: Evidence) -> bool:
    """A usable quote about what pulls this person, now: their words, or their own choice seen by someone."""
    return item.topic is Topic.PASSION and item.counts and item.tense is Tense.CURRENT


def is_passion(evidence: Sequence[Evidence]) -> bool:
    """The rule of proof: said or shown on more than one day, and at least once in their own words.

    Another's opinion alone, however often, stays a hint.
    """
    usable = [item for item in evidence if speaks_for_passion(item)]
    days = {item.day for item in usable}
    return len(days) > 1 and any(item.witness is Witness.SELF for item in usable)

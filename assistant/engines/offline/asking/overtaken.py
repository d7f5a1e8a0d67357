"""What is not yet what a passage makes of it: a liking or a deed that is only a promise."""

from assistant.domain.evidence import Quote
from assistant.domain.situation import Situation


def is_promised(quote: Quote, situation: Situation) -> bool:
    """Whether a passage is what somebody took on: that is no liking and no deed yet."""
    made = (q for p in situation.promises for q in p.quotes[:1])
    return any(q.note.id == quote.note.id and q.span.overlaps(quote.span) for q in made)

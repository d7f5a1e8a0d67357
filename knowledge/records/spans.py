"""Where a passage stands after its note was edited. A quote follows its exact words, and is dropped without them."""

from assistant.domain.note import Span


def follow(old: str, new: str, span: Span) -> Span | None:
    """The place of the same words in the new text, the nearest when there are several; none when they are gone."""
    words = old[span.start : span.end]
    if new[span.start : span.end] == words:
        return span
    places = []
    at = new.find(words)
    while at >= 0:
        places.append(at)
        at = new.find(words, at + 1)
    if not places:
        return None
    start = min(places, key=lambda place: (abs(place - span.start), place))
    return Span(start, start + len(words))

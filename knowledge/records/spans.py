"""Where a passage stands after its note was edited. A quote follows its exact words where there is no doubt."""

from assistant.domain.note import Span


def follow(old: str, new: str, span: Span) -> Span | None:
    """The place of the same words in the new text; none when they are gone, or when it could be several places.

    What lies wholly in the unchanged beginning or the unchanged end of the text is the same passage, however often
    its words occur. Elsewhere the words must stand in the new text exactly once.
    """
    if old == new:
        return span
    if new[: span.end] == old[: span.end]:
        return span
    if new.endswith(old[span.start :]):
        shift = len(new) - len(old)
        return Span(span.start + shift, span.end + shift)
    words = old[span.start : span.end]
    first = new.find(words)
    if first < 0 or new.find(words, first + 1) >= 0:
        return None
    return Span(first, first + len(words))

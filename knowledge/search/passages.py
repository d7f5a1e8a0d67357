"""Where the sentences of a note begin and end, and which pairs of them are searched. Places in the text, never copies.

This is no linguist: a list of abbreviations, quotation marks and line ends is enough for notes.
"""

import re
from functools import lru_cache

from assistant.domain.note import Span

_PER_PASSAGE = 2
_MOST_PASSAGES = 64  # a longer note gets longer passages, so that one import row stays small
_LONGEST_SENTENCE = 500
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\"“„'])(?:mr|mrs|ms|dr|prof|st|sr|sra|jr|no|nr|vs|approx|incl|inc|ltd|co|ca|bzw|usw|evtl|ggf|etc|"
    r"z\.\s?b|d\.\s?h|u\.\s?a|e\.g|i\.e|p\.\s?ej|[^\W\d_])\.$",
    re.IGNORECASE,
)
_END = re.compile(r"(?:[.!?…]+[\"”“'’»)\]]*(?=\s|$)|[。！？]+[」』”]*|\n+)")


def sentences(text: str) -> list[Span]:
    """The sentences of a text in order, without the white space around them."""
    found: list[Span] = []
    start = 0
    for match in [*_END.finditer(text), None]:
        end = match.end() if match else len(text)
        head = text[start:end]
        if match and (_ABBREVIATION.search(head.rstrip()) and not match.group().startswith("\n")):
            continue
        found.extend(_trimmed(text, start, end))
        start = end
    return found


@lru_cache(maxsize=2_000)  # the notes of a person are searched with one question after the other
def passages(text: str) -> tuple[Span, ...]:
    """Stretches of about two sentences that cover the note; the whole note when it has no more than that."""
    spans = sentences(text)
    size = max(_PER_PASSAGE, -(-len(spans) // _MOST_PASSAGES))
    groups = [spans[i : i + size] for i in range(0, len(spans), size)]
    return tuple(Span(group[0].start, group[-1].end) for group in groups)


def _trimmed(text: str, start: int, end: int) -> list[Span]:
    """The stretch without outer white space, cut at spaces where it runs on for too long; none when blank."""
    pieces = []
    while start < end:
        cut = end
        if end - start > _LONGEST_SENTENCE:
            space = text.rfind(" ", start + 1, start + _LONGEST_SENTENCE)
            cut = space if space > start else start + _LONGEST_SENTENCE
        piece = text[start:cut]
        if piece.strip():
            left = start + len(piece) - len(piece.lstrip())
            pieces.append(Span(left, left + len(piece.strip())))
        start = cut
    return pieces

"""What of a text a model gets to see, and where its words stood. The stored text itself is never changed.

Control, zero-width and tag characters can carry an order that no reader sees, so they are not sent, and not shown.
"""

import re
import unicodedata
from functools import lru_cache

from assistant.domain.note import Span

_INVISIBLE = frozenset("\u115f\u1160\u2800\u3164\uffa0\u034f\u17b4\u17b5")
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef\u180b-\u180f]")
_UNSEEN = re.compile(f"[{''.join(sorted(_INVISIBLE))}]|{_SELECTORS.pattern}")  # of what counts as printable
_ALIKE = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "’": "'", "‘": "'", "–": "-", "—": "-"})


def _is_seen(c: str) -> bool:
    return unicodedata.category(c)[0] != "C" and c not in _INVISIBLE and not _SELECTORS.match(c)


def cleaned(text: str) -> str:
    """The text without characters that nobody sees; lines stay lines, other white space becomes a space."""
    if (text.isascii() or not _UNSEEN.search(text)) and text.replace("\n", "").isprintable():
        return text
    kept = (c if c == "\n" else " " if c.isspace() else c if _is_seen(c) else "" for c in text)
    return "".join(kept)


def one_line(text: str) -> str:
    """The cleaned text on one line, so that a name or a promise cannot look like a heading of ours."""
    return re.sub(r"\s+", " ", cleaned(text)).strip()


def find_words(text: str, words: str) -> Span | None:
    """Where words stand in a text, letter for letter; None when they do not.

    Unseen characters, runs of white space and the style of quotation marks do not count: a model is shown the cleaned
    text. Every letter does, and so does its case.
    """
    start = text.find(words) if words.strip() else -1
    if start >= 0:
        return Span(start, start + len(words))
    wanted = _folded(words)[0].strip()
    if not wanted:
        return None
    told, places = _folded(text)
    start = told.find(wanted)
    return Span(places[start], places[start + len(wanted) - 1] + 1) if start >= 0 else None


@lru_cache(maxsize=512)
def _folded(text: str) -> tuple[str, tuple[int, ...]]:
    """The text with everything that does not count folded away, and the place of every character that is left."""
    kept: list[str] = []
    places: list[int] = []
    for place, c in enumerate(text):
        if c.isspace():
            if kept and kept[-1] != " ":
                kept.append(" ")
                places.append(place)
        elif _is_seen(c):
            kept.append(c.translate(_ALIKE))
            places.append(place)
    return "".join(kept), tuple(places)

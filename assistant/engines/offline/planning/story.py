"""Whether passages tell one story: a liking, a deed and a gain of one kind of work, and a gain that is the customer's.

Words of one theme stand together in a list a coach can read: "showing the young ones" and "I understood it for the
first time" speak of the same work without sharing a word.
"""

import re
from functools import cache, lru_cache

from assistant.domain.evidence import Quote
from assistant.engines.offline.asking.third import language_in
from assistant.engines.offline.sentences import fold
from assistant.phrases import PhraseIndex
from assistant.prompting import offline_words

BESIDE = 120  # characters before and after a passage that tell what kind of work it is


def themes_of(quote: Quote) -> frozenset[str]:
    """The kinds of work a passage speaks of, with the sentences right beside it."""
    text, span = quote.note.text, quote.span
    return _themes_in(text[max(0, span.start - BESIDE) : span.end + BESIDE], language_in(quote))


def tells_change(quote: Quote) -> bool:
    """Whether a passage says what is different for somebody, rather than that they were pleased."""
    return _cues("change", language_in(quote)).search(fold(quote.text)) is not None


def is_ours(quote: Quote) -> bool:
    """Whether a passage tells what we gained of it: a contract, an order, praise."""
    return _cues("ours", language_in(quote)).search(fold(quote.text)) is not None


def is_absence(quote: Quote) -> bool:
    """Whether a passage tells how it is without them: that is no gain yet."""
    return _cues("absence", language_in(quote)).search(fold(quote.text)) is not None


def names_doer(quote: Quote) -> bool:
    """Whether somebody speaks there of another's doing: he, she, or "your fitter"."""
    return _cues("doer", language_in(quote)).search(fold(quote.text)) is not None


@lru_cache(maxsize=512)
def _themes_in(text: str, language: str) -> frozenset[str]:
    return frozenset(theme for theme, _ in _themes(language).hits(fold(text)))


@cache
def _themes(language: str) -> PhraseIndex[str]:
    return PhraseIndex(list(offline_words("story", language)["themes"].items()))


@cache
def _cues(name: str, language: str) -> re.Pattern[str]:
    return re.compile("|".join(offline_words("story", language)[name]["cues"]))

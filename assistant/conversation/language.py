"""The language a message is answered in: its own, when it gives itself away; else the one of the message before."""

import re
from collections.abc import Iterable
from functools import cache

from assistant.prompting import LANGUAGES, offline_words

_WORD = re.compile(r"[^\W\d_]+")
_MOST = 2_000  # characters that are looked at


def language_to_answer_in(messages: Iterable[str]) -> str:
    """The first message, from the newest on, that holds small words of just one of our languages decides.

    On a tie with English the other language wins.
    """
    for message in messages:
        words = [word.casefold() for word in _WORD.findall(message[:_MOST])]
        counts = {code: sum(word in own for word in words) for code, own in _own_words().items()}
        best = [code for code in counts if counts[code] == max(counts.values()) > 0]
        if len(best) == 2 and "en" in best:
            best.remove("en")  # "was" is German too; "ich" is never English
        if len(best) == 1:
            return best[0]
    return "en"


@cache
def _own_words() -> dict[str, frozenset[str]]:
    """Small words that stand in one language's list and in no other's."""
    lists = {code: frozenset(offline_words("language", code)["words"].split()) for code in LANGUAGES}
    return {
        code: words - frozenset().union(*(other for c, other in lists.items() if c != code))
        for code, words in lists.items()
    }

"""Tells which language a note is in, by its small words. Good enough to choose a word list, and no more."""

import re
from functools import cache, lru_cache
from types import MappingProxyType

from assistant.prompting import LANGUAGES, offline_words

UNKNOWN = "xx"
_WORD = re.compile(r"[^\W\d_]+")
_OTHERS = MappingProxyType(
    {  # languages that are recognised only so that they are left alone
        "fr": "le la les et des du une est dans que pour pas elle il nous vous avec sur ce cette au aux mais sont "
        "était "
        "été qui plus très je lui leur par ses son sa avait ont fait être chez",
        "it": "il lo gli che di per non una sono della delle dei con si ha hanno come più anche ma questo questa era è "
        "suo sua nel nella alla dal ci molto perché io lei",
        "pt": "o os as que não uma com para do da dos das em por mais foi são ele ela está seu sua muito também mas "
        "isso este esta quando já ao à você nos pelo pela tem",
        "nl": "het een van en niet ik is dat op te zijn met voor hij zij ze maar ook naar bij wat heeft wel werd deze "
        "nog aan als wordt om over dan geen wij",
        "pl": "nie się na jest że do to jak ale za od po przez jej jego był była oraz który która tak już co dla",
        "tr": "ve bir bu için ile çok da de ama daha gibi olarak kadar sonra var yok ben o onun",
        "sv": "och att det som på är av för med den till inte har om ett han hon var från men vi jag",
        "da": "og at det som på er af for med den til ikke har om et han hun var fra men vi jeg",
        "ro": "și de la pe nu este cu un o în sa se că din pentru mai care ce am au fost",
        "cs": "a se na je že to v s z do o pro ale jak jsem byl byla které který jako už",
    }
)


@lru_cache(maxsize=8_000)  # of one sentence it is asked again and again
def language_of(text: str) -> str:
    """The ISO 639-1 code of a text, or "xx".

    A text without any small word we know counts as English when it is short and in Latin letters: clipped notes
    such as "Fleet washed." hold none.
    """
    words = [word.lower() for word in _WORD.findall(text)]
    if not words:
        return "en"
    counts = {code: sum(word in small for word in words) for code, small in _small_words().items()}
    best = max(counts, key=lambda code: counts[code])
    if counts[best] == 0 or (counts[best] == 1 and len(words) > 12):
        return "en" if len(words) <= 12 and text.isascii() else UNKNOWN
    if counts["en"] == counts[best] or (best not in LANGUAGES and counts[best] < 3):
        return max(LANGUAGES, key=lambda code: counts[code])
    return best


def language_within(text: str, usual: str) -> str:
    """The language of a sentence in a note that is mostly in `usual`; another one needs two of its small words."""
    language = language_of(text)
    if language == usual or language not in LANGUAGES:
        return usual
    small = _small_words()[language] - _small_words().get(usual, frozenset())
    return language if sum(word.lower() in small for word in _WORD.findall(text)) > 1 else usual


@cache
def _small_words() -> dict[str, frozenset[str]]:
    ours = {code: frozenset(offline_words("language", code)["words"].split()) for code in LANGUAGES}
    others = {code: frozenset(words.split()) - ours["en"] for code, words in _OTHERS.items()}
    return ours | others

"""Stems of words: the one door to snowballstemmer.

A stemmer keeps its place in the word it works on, so each thread has its own: two threads at one of them would give
wrong stems, or an error.
"""

import threading
from functools import lru_cache
from typing import Any


class _Stemmers(threading.local):
    def __init__(self) -> None:
        self._of: dict[str, Any] = {}

    def of(self, language: str) -> Any:
        if language not in self._of:
            import snowballstemmer

            self._of[language] = snowballstemmer.stemmer(language)
        return self._of[language]


_stemmers = _Stemmers()


@lru_cache(maxsize=20_000)
def stem(word: str, language: str = "english") -> str:
    """A lower-case word without its ending.

    Args:
        word: One word.
        language: As snowballstemmer calls it: "english", "german", "spanish" and others.

    Raises:
        KeyError: No stemmer has that name.
    """
    return str(_stemmers.of(language).stemWord(word))

"""The patterns by which messages are read, one set a language. Holds no pattern itself."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from assistant.domain.understood import Intent
from assistant.engines.offline.language import language_of
from assistant.prompting import LANGUAGES, offline_words

Patterns = Mapping[Intent, tuple[re.Pattern[str], ...]]
_SINGLE = ("filler", "fresh", "stale", "question", "leans", "clause", "joint", "both", "other", "speech", "addressed")


@dataclass(frozen=True, slots=True)
class Reading:
    """How messages of one language are read.

    Attributes:
        filler: Small words before the matter itself.
        fresh, stale: Marks of news, and of what is no news.
        question: Marks of a question.
        leans: Marks of a question that leans on the one before.
        clause: Where one sentence holds two requests.
        joint: Where it may hold two, if each half by itself is one.
        both: What is left of "Dana and Tom" without the names.
        other: Marks of "somebody else than whom we talk about".
        speech: Marks that what follows was asked or said by somebody.
        addressed: Marks that a question is put to somebody.
        back: Requests that take their words from what stands before them.
        intents: All other requests, in the order in which they are tried.
    """

    filler: re.Pattern[str]
    fresh: re.Pattern[str]
    stale: re.Pattern[str]
    question: re.Pattern[str]
    leans: re.Pattern[str]
    clause: re.Pattern[str]
    joint: re.Pattern[str]
    both: re.Pattern[str]
    other: re.Pattern[str]
    speech: re.Pattern[str]
    addressed: re.Pattern[str]
    back: Patterns
    intents: Patterns
    numbers: Mapping[str, int]

    def number(self, word: str) -> int | None:
        """The number that a word or digits stand for."""
        return int(word) if word.isdigit() else self.numbers.get(word.casefold())


@cache
def reading(language: str) -> Reading:
    """The patterns of a language; English where it has none."""
    words = offline_words("intents", language)
    single = {name: _read(words[name]) for name in _SINGLE}
    return Reading(**single, back=_table(words["back"]), intents=_table(words["intents"]), numbers=words["numbers"])


def readings(message: str) -> tuple[Reading, ...]:
    """The patterns of every language, those of the message's own first."""
    own = language_of(message)
    return tuple(reading(code) for code in sorted(LANGUAGES, key=lambda code: code != own))


def _read(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.DOTALL)


def _table(written: Mapping[str, list[str]]) -> Patterns:
    return {Intent(name): tuple(_read(p) for p in patterns) for name, patterns in written.items()}

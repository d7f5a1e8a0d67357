"""Reads a text aloud before its person hears it: others' names, private words, scores, jargon, verdicts, long breaths.

It changes nothing; it says what to change. Words are data in `prompts/`.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from assistant.domain.person import Person
from assistant.domain.shared_plan import Finding
from assistant.phrases import PhraseIndex
from assistant.prompting import offline_words
from assistant.wording import sentences, words_in

_PLAIN = str.maketrans("’‘“”", "''\"\"")
_NAME = re.compile(r"(?<![.!?:“\"] )(?<!^)(?<![\w'’“\"-])[A-Z][\w'’-]+")
_CONTACT = re.compile(r"[\w.+-]+@[\w-]+\.\w+|\+?\d[\d ()/-]{6,}\d|https?://\S+")
_SCORE = re.compile(r"\b\d+(?:[.,]\d+)?\s?(?:/\s?(?:5|10|100)\b|%\s+(?:performer|performance)|stars?\b|points?\b)")
_KNOWN = frozenset(
    "I Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August "
    "September October November December English German Spanish".split()
)


@dataclass(frozen=True, slots=True)
class Ear:
    """Who listens, and whom they must not hear about.

    Attributes:
        person: Who will read it.
        may_be_named: Names that may stand in it besides: the manager's, the person's own role.
        others: Names of other people on record.
        is_private: Whether a sentence touches what stays out of plans.
    """

    person: Person
    may_be_named: Collection[str]
    others: Collection[str]
    is_private: Callable[[str], bool]


def read_aloud(lines: Sequence[tuple[str, str]], ear: Ear) -> tuple[Finding, ...]:
    """What should be changed before the person hears it, in the order of the lines.

    Args:
        lines: Each line's label and text.
        ear: Who listens.
    """
    return tuple(finding for label, text in lines for finding in _line(label, text, ear))


def _line(label: str, text: str, ear: Ear) -> Iterator[Finding]:
    words = offline_words("share")["aloud"]
    for match in _CONTACT.finditer(text):
        yield Finding(label, match.group(), words["contact"])
    yield from _names(label, text, ear)
    for span in sentences(text):
        sentence = text[span.start : span.end]
        if ear.is_private(sentence):
            yield Finding(label, sentence, words["private"])
        count, most = words_in(sentence), words["longest"]
        if count > most:
            yield Finding(label, _beginning(sentence), words["long"].format(words=count, most=most))
    folded = text.casefold().translate(_PLAIN)
    for kind, place in _phrases().hits(folded):
        yield Finding(label, text[place.start : place.end], words[kind])
    for match in _SCORE.finditer(text):
        yield Finding(label, match.group(), words["scores"])
    third = re.search(rf"(?<!\w){re.escape(ear.person.first_name)}(?:'s|’s)?(?!\w)", text)
    if third:
        yield Finding(label, third.group(), words["third_person"])


def _names(label: str, text: str, ear: Ear) -> Iterator[Finding]:
    """Names on record first, then any other capital inside of a sentence."""
    words = offline_words("share")["aloud"]
    fine = {part.casefold() for name in (*ear.may_be_named, *ear.person.names) for part in name.split()}
    told: set[str] = set()
    for name in sorted(ear.others, key=lambda each: (-len(each), each)):
        for match in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text):
            if not any(match.group() in each for each in told) and name.casefold() not in fine:
                told.add(match.group())
                yield Finding(label, match.group(), words["names"])
    for match in _NAME.finditer(text):
        word = re.sub(r"['’]\w+$", "", match.group())
        known = word in _KNOWN or word.isupper() or word.casefold() in fine
        if not known and not any(word in each for each in told):
            told.add(word)
            yield Finding(label, word, words["unknown_name"])


@cache
def _phrases() -> PhraseIndex[str]:
    return PhraseIndex((kind, tuple(found)) for kind, found in offline_words("share")["aloud"]["words"].items())


def _beginning(sentence: str) -> str:
    return " ".join(sentence.split()[:6]) + " …"

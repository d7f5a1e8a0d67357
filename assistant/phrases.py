"""Finds phrases of word lists in sentences, many lists at once. Knows how to match, not what anything means.

A phrase is words with a few marks a coach can read:
    lost track of           these words in this order
    thank/thanks/thanked    one of these words
    teach*  *ing            any word that starts, or ends, so; # any number
    enjoy :                 a colon right after
    walk* * through         any one word between
    volunteer* ... again    up to six words between
    <p>                     the person: a name of theirs, or she, he, they (er, sie, él, ella)
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar

from assistant.domain.note import Span

NAME = "\u00a4"  # every letter of the person's name is this in the text that is matched
_WORD = re.compile(r"[\w¤](?:[\w¤'-]*[\w¤])?")
_PERSON = rf"(?:she|he|they|er|sie|él|ella|{NAME}+(?: {NAME}+)*)"
_GAP = r"(?:[^\w¤]++[\w¤][\w'¤-]*+){0,6}?"  # possessive: a line of hyphens can be split in one way only
_BETWEEN = r"[^\w¤]+"
_EDGES = "',.:;!?"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Phrase(Generic[T]):
    """One phrase of a list, what it stands for, and the words it cannot do without."""

    written: str
    meaning: T
    needs: frozenset[str]


_LONG_WORD = re.compile(r"\w{5,}")
_ACCENTS = str.maketrans("áéíóú", "aeiou")


def unaccented(folded: str) -> str:
    """The same without the accents that people leave out when they type fast, exactly as long.

    A short word keeps its own: "él" is no "el", and "más" no "mas".
    """
    return _LONG_WORD.sub(lambda m: m[0].translate(_ACCENTS), folded) if not folded.isascii() else folded


class PhraseIndex(Generic[T]):
    """Phrases ordered by their rarest word, so that a sentence is tried only with those it could hold."""

    def __init__(self, lists: Iterable[tuple[T, Sequence[str]]]) -> None:
        """Make ready the phrases of every list; `T` is what a hit is reported as."""
        self._exact: Mapping[str, list[Phrase[T]]]
        exact: dict[str, list[Phrase[T]]] = defaultdict(list)
        heads: dict[str, list[Phrase[T]]] = defaultdict(list)
        for meaning, phrases in lists:
            for written in phrases:
                written = unaccented(written)
                phrase = Phrase(written, meaning, _needs(written))
                for word in _anchor(written):
                    if word.endswith("*"):
                        heads[word[:3]].append(phrase)
                    else:
                        exact[word].append(phrase)
        self._exact, self._heads = dict(exact), dict(heads)

    def hits(self, folded: str) -> Iterator[tuple[T, Span]]:
        """What stands in a folded sentence, and where; each phrase at its first place."""
        tried: set[int] = set()
        folded = unaccented(folded)
        words = words_of(folded)
        for word in sorted(words):
            for phrase in (*self._exact.get(word, ()), *self._heads.get(word[:3], ())):
                if id(phrase) in tried or not phrase.needs <= words:
                    continue
                tried.add(id(phrase))
                match = expression(phrase.written).search(folded)  # made when first needed: most never are
                if match:
                    yield phrase.meaning, Span(match.start(), match.end())

    def any(self, folded: str) -> bool:
        """Whether anything of it stands in a folded sentence."""
        return next(self.hits(folded), None) is not None


def words_of(folded: str) -> set[str]:
    """The words of a folded sentence, each once; a hyphened or apostrophed word also by its parts."""
    found = set(_WORD.findall(folded))
    return found | {part for word in found if "-" in word or "'" in word for part in re.split(r"[-']", word) if part}


def hide_names(folded: str, names: re.Pattern[str] | None) -> str:
    """The folded text with the person's names hidden, exactly as long."""
    return names.sub(lambda m: re.sub(r"\w", NAME, m[0]), folded) if names else folded


@cache
def expression(written: str) -> re.Pattern[str]:
    """A phrase as an expression over folded text; whole words only."""
    parts = written.split()
    made = ""
    for place, part in enumerate(parts):
        if part == "...":
            made += _GAP
            continue
        if part == ":":
            made += r"\s*:"
            continue
        made += (_BETWEEN if place else "") + _slot(part)
    end = "" if parts[-1] == ":" else r"(?![\w¤])"
    return re.compile(rf"(?<![\w¤]){made}{end}")


def _slot(part: str) -> str:
    if part == "*":
        return r"[\w¤'-]+"
    if part == "<p>":
        return _PERSON
    options = [_option(word) for word in part.strip(_EDGES[1:]).split("/")]
    return options[0] if len(options) == 1 else f"(?:{'|'.join(options)})"


def _option(word: str) -> str:
    if word == "<p>":
        return _PERSON
    if word == "#":
        return r"[\d.,%$€£]*\d[\d.,%]*"
    open_ended = r"[\w'-]*"
    head, tail = open_ended * word.startswith("*"), open_ended * word.endswith("*")
    return head + re.escape(word.strip("*")) + tail


def _needs(written: str) -> frozenset[str]:
    """The plain words that stand in every text the phrase is found in."""
    return frozenset(word for part in written.split() if (word := part.strip(_EDGES)).isalpha())


def _anchor(written: str) -> tuple[str, ...]:
    """The words of the slot that is least common: the longest at its shortest option."""
    slots = [part.split("/") for part in written.split() if part not in ("...", "*", ":")]
    slots = [s for s in slots if not any(word in ("<p>", "#") or word.startswith("*") for word in s)]
    best = max(slots, key=lambda slot: min(len(word.rstrip("*")) for word in slot))
    return tuple(word.strip(_EDGES) for word in best)

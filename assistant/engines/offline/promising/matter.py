"""What a promise is about: the words that tell it from other matters of the same person. Knows no promises."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

from assistant.prompting import LANGUAGES, offline_words
from assistant.stemming import stem
from assistant.wording import stems

RARE = 4  # notes a word may stand in and still tell one matter from another
_SNOWBALL = {"de": "german", "es": "spanish", "en": "english"}
_WORD = re.compile(r"[^\W\d_]{3,}")
_LONG = 8  # letters from which a German word may be two
_PART = 5
_INSIDE = frozenset("day days date list page half new first second one two three draft v".split())


@cache
def small_words() -> frozenset[str]:
    """Words of any language that no matter is told by: notes mix languages, so the lists are one."""
    return frozenset(w for language in LANGUAGES for w in offline_words("promising", language)["small"].split())


@cache
def _small_stems() -> frozenset[str]:
    return stems(" ".join(sorted(small_words()))) | small_words()


@lru_cache(maxsize=8_000)
def matter(text: str, language: str) -> frozenset[str]:
    """Stems of the words that carry a matter; days, small words and words of speaking are left out."""
    pasts = offline_words("promising", language)["pasts"]
    text = _WORD.sub(lambda match: pasts.get(match[0].casefold(), match[0]), text)
    if language == "en":
        return frozenset(word for word in stems(text) - _small_stems() if "'" not in word)
    kept = (word for word in _WORD.findall(text.casefold()) if word not in small_words())
    return frozenset(stem(word, _SNOWBALL[language]) for word in kept)


@lru_cache(maxsize=8_000)
def heads(text: str, language: str) -> frozenset[str]:
    """Stems of what a clause is about: the last word before its first small word, "half hour" of "The half hour with".

    Args:
        text: The words before the verb.
        language: "en", "de" or "es".
    """
    clause = re.split(r"[,;.()\"]\s*|\s[-–—]\s", text.strip(" ,;:.("))[0 if text.rstrip().endswith(":") else -1]
    run: list[str] = []
    for word in re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+", clause):
        found = matter(word, language)
        if found:
            run.append(word)
        elif run and not word.isdigit() and word.lower() not in _INSIDE:
            break
    if not run:
        return frozenset()
    return matter(run[-1], language) if language == "en" else matter(f"{run[0]} {run[-1]}", language)


@dataclass(frozen=True, slots=True)
class Rarity:
    """How much a word tells, from 0 to 1, among the notes of one person."""

    seen: Mapping[str, int]
    usual: int

    @classmethod
    def of(cls, notes: Iterable[frozenset[str]]) -> "Rarity":
        """Count in how many notes each word stands."""
        seen: Counter[str] = Counter()
        count = 0
        for words in notes:
            count += 1
            seen.update(words)
        return cls(seen, max(RARE, count // 50))

    def weight(self, words: Iterable[str]) -> float:
        """The sum of what the words tell."""
        return sum(min(1.0, self.usual / max(1, self.seen.get(word, 1))) for word in words)

    def tells(self, word: str) -> bool:
        """Whether a word is rare enough to look a matter up by."""
        return self.seen.get(word, 1) <= 2 * self.usual

    def split(self, words: frozenset[str]) -> frozenset[str]:
        """The words, with the parts of long ones that stand alone elsewhere: Kursliste also speaks of a Liste."""
        parts = {
            part
            for word in words
            if len(word) >= _LONG
            for at in range(_PART - 1, len(word) - _PART + 2)
            for part in (word[:at], word[at:])
            if len(part) >= _PART - 1 and part in self.seen
        }
        return words | parts if parts else words

"""The words of a question and of notes: names taken out, stop words dropped, stems compared, BM25 over a few notes.

No index and no cache: only words that begin like a word of the question are ever stemmed, which is quick enough for
some hundred notes and leaves nothing of a note behind in memory.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from assistant.domain.person import Person
from assistant.stemming import stem

_WORD = re.compile(r"[^\W_]+")
_K1, _B = 1.2, 0.75
_SAME_START = 3  # letters that a word and its stem share
_STOP = {
    "english": frozenset(
        "a about above after again all also am an and any anybody anyone anything are aren as at be because been "
        "before being below between both but by can could couldn d did didn do does doesn doing don down during each "
        "else ever few for from further get gets got had hadn has hasn have haven having he her here hers herself him "
        "himself his how i if in into is isn it its itself just ll m many may me might more most much must my myself "
        "no nor not now of off on once one ones only or other our ours out over own person please re s same say says "
        "said she should shouldn so some somebody someone something such t than that the their theirs them themselves "
        "then there these they this those through to too under until up us ve very was wasn we were weren what when "
        "where whether which while who whom whose why will with won would wouldn yet you your yours".split()
    ),
    "german": frozenset(
        "aber alle allem allen aller als also am an ander andere auch auf aus bei beim bin bis bist da damit dann das "
        "dass dem den denn der des dich die dies diese diesem diesen dieser dieses dir doch dort du durch ein eine "
        "einem einen einer eines einmal er es etwas euch euer für gegen gewesen hab habe haben hat hatte hätte hier "
        "hin ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im in ist ja jede jedem jeden jeder kann kein keine könnte "
        "man mein meine meinem meinen meiner mich mir mit muss nach nicht nichts noch nun nur ob oder ohne sehr sein "
        "seine seinem seinen seiner sich sie sind so soll sollte über um und uns unser unter vom von vor war waren "
        "warum was weil welche welcher welches wem wen wenn wer werde werden wie wieder will wir wird wo wurde würde "
        "zu zum zur zwischen".split()
    ),
    "spanish": frozenset(
        "a al algo alguien algún ante antes así aun cada como cómo con cual cuál cuando cuándo de del desde donde "
        "dónde dos el él ella ellas ellos en entre era eran es esa ese eso esta está están estas este esto estos fue "
        "fueron ha han has hasta hay he la las le les lo los más me mi mí mis mucho muy nada ni no nos nosotros o "
        "otra otro para pero poco por porque puede que qué quien quién se sea ser si sí sin sobre son su sus también "
        "te tiene tienen todo todos tu tú tus un una uno unos y ya yo".split()
    ),
}


@lru_cache(maxsize=512)  # the notes of a person are searched with one question after the other
def words(text: str) -> tuple[str, ...]:
    """The words of a text in lower case, in order."""
    return tuple(_WORD.findall(text.lower()))


def terms(question: str) -> dict[str, str]:
    """The words of a question worth matching, stem by word; the language is told by its small words.

    A question of nothing but small words keeps them all.
    """
    spoken = words(question)
    language = _language(spoken)
    kept = [word for word in spoken if word not in _STOP[language] and (len(word) > 1 or word.isdigit())]
    return {word: stem(word, language) for word in kept or spoken}


def _language(spoken: Sequence[str]) -> str:
    return max(_STOP, key=lambda name: sum(word in _STOP[name] for word in spoken))


class Matcher:
    """Counts the terms of one question in texts."""

    def __init__(self, question: str) -> None:
        found = terms(question)
        self.terms = tuple(found)
        self._stems = frozenset(found.values())
        self._language = _language(words(question))
        self._starts = frozenset(s[:_SAME_START] for s in self._stems)
        self._known: dict[str, str] = {}

    def count(self, text: str) -> tuple[Counter[str], int]:
        """How often each of the question's stems stands in a text, and how many words the text has."""
        spoken = words(text)
        hits: Counter[str] = Counter()
        for word in spoken:
            if word[:_SAME_START] in self._starts:
                root = self._known.get(word) or self._known.setdefault(word, stem(word, self._language))
                if root in self._stems:
                    hits[root] += 1
        return hits, len(spoken)

    def coverage(self, text: str) -> float:
        """The share of the question's stems that stand in a text, 0 to 1."""
        return len(self.count(text)[0]) / len(self._stems) if self._stems else 0.0

    def bm25(self, texts: Sequence[str]) -> list[float]:
        """BM25 of each text among these texts; rare words count as rare here, whatever the rest of the world says."""
        counts = [self.count(text) for text in texts]
        average = sum(length for _, length in counts) / len(counts) if counts else 0.0
        holders = Counter(root for hits, _ in counts for root in hits)
        weight = {r: math.log(1 + (len(texts) - n + 0.5) / (n + 0.5)) for r, n in holders.items()}
        return [
            sum(
                weight[root] * times * (_K1 + 1) / (times + _K1 * (1 - _B + _B * length / (average or 1)))
                for root, times in hits.items()
            )
            for hits, length in counts
        ]


def without_names(text: str, people: Iterable[Person]) -> str:
    """The text without the names of these people; the text itself when nothing else is in it."""
    pattern = _names(tuple(sorted({name for person in people for name in person.names}, key=lambda n: (-len(n), n))))
    if pattern is None:
        return text
    return re.sub(r"\s+", " ", pattern.sub(" ", text)).strip() or text


def named(text: str, people: Iterable[Person]) -> list[Person]:
    """Those of the people that a text names, a shared first name naming them all."""
    found = []
    for person in people:
        pattern = _names(person.names)
        if pattern is not None and pattern.search(text):
            found.append(person)
    return found


@lru_cache(maxsize=256)
def _names(names: tuple[str, ...]) -> re.Pattern[str] | None:
    if not names:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?:['’]s)?(?!\w)", re.IGNORECASE)

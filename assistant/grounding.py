"""Whether a sentence says only what its notes say. Checked in code, whoever wrote the sentence."""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from assistant.domain.evidence import Quote
from assistant.domain.note import fold_text
from assistant.wording import MONTHS

_QUOTED = re.compile(r"“([^“”]+)”")
_NUMBER = re.compile(r"\d+(?:[.,:/]\d+)*")
_WORD = re.compile(r"[\w'-]+")
_NAME = re.compile(r"(?<![.!?:“] )(?<!^)(?<![\w'’“¿¡-])[A-Z][\w'’-]+")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_COMMON = frozenset((*MONTHS, *_DAYS, *(f"{day}s" for day in _DAYS), "I", "HR", "Mr", "Mrs", "Ms", "Dr"))
_CONTRACTED = re.compile(r"['’](?:s|m|d|ll|re|ve)$")


def ungrounded(sentence: str, quotes: Sequence[Quote], known: Iterable[str] = ()) -> tuple[str, ...]:
    """What of a sentence its cited notes do not carry: set-apart quotes, numbers and days, names.

    Args:
        sentence: What will be shown. Words in “…” must stand letter for letter in a cited note.
        quotes: The passages the sentence cites.
        known: Words that need no note: the person's and manager's names, today's and due days as spoken.

    Returns:
        The pieces without a ground, in the order they stand; empty when all is well.
    """
    return tuple(_faults(sentence, quotes, " ".join(known)))


def set_apart(text: str) -> tuple[str, ...]:
    """The passages that a text quotes: what stands between “ and ”."""
    return tuple(_QUOTED.findall(text))


def is_grounded(sentence: str, quotes: Sequence[Quote], known: Iterable[str] = ()) -> bool:
    """Whether everything checkable in a sentence stands in the notes it cites."""
    return not ungrounded(sentence, quotes, known)


def in_english_days(text: str) -> str:
    """A text whose days and months in our other languages are said in English, so that they can be checked alike."""
    for months, expression in _ELSEWHERE:
        text = expression.sub(lambda said, months=months: _said_in_english(said, months), text)  # type: ignore[misc]
    return text


def _said_in_english(said: re.Match[str], months: Sequence[str]) -> str:
    month = MONTHS[months.index(said["month"].casefold())]
    return " ".join(filter(None, (said["lead"], said["day"], month, said["year"])))


def _expression(months: Sequence[str], between: str, leads: str, before_year: str) -> re.Pattern[str]:
    return re.compile(
        rf"\b(?:(?P<day>\d{{1,2}}){between} |(?P<lead>{leads}) )(?P<month>{'|'.join(months)})\b"
        rf"(?:{before_year} (?P<year>\d{{4}}))?",
        re.IGNORECASE,
    )


_GERMAN = tuple("januar februar märz april mai juni juli august september oktober november dezember".split())
_SPANISH = tuple("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split())
_ELSEWHERE = (
    (_GERMAN, _expression(_GERMAN, r"\.", "im|seit|bis|ab|Anfang|Mitte|Ende", "")),
    (_SPANISH, _expression(_SPANISH, " de", "en|desde|hasta|de", "(?: de)?")),
)


def _faults(sentence: str, quotes: Sequence[Quote], known: str) -> Iterator[str]:
    notes = [q.note for q in quotes]
    rest = sentence
    for quote in sorted(quotes, key=lambda q: -len(q.text)):  # a quote may itself hold quotation marks
        rest = rest.replace(f"“{quote.text}”", " . ")
    for match in _QUOTED.finditer(rest):
        if not any(match.group(1) in note.text for note in notes):
            yield match.group(1)
    rest = in_english_days(re.sub(r"\s+", " ", _QUOTED.sub(" . ", rest)))
    days = " ".join(f"{n.day.day} {MONTHS[n.day.month - 1]} {n.day.year} {n.day.isoformat()}" for n in notes)
    ground = fold_text(" ".join((days, *(f"{n.text} {n.author}" for n in notes))))
    numbers = _numbers_and_words(known)[0].union(_NUMBER.findall(ground))
    yield from (n for n in _NUMBER.findall(rest) if n not in numbers)
    words = _numbers_and_words(known)[1].union(_WORD.findall(ground))
    for match in _NAME.finditer(rest):
        plain = _CONTRACTED.sub("", match.group(0))
        if plain in _COMMON:
            if plain in MONTHS and plain.casefold() not in words:
                yield plain
        elif fold_text(plain) not in words and fold_text(match.group(0)) not in words:
            yield plain


@lru_cache(maxsize=8)
def _numbers_and_words(known: str) -> tuple[frozenset[str], frozenset[str]]:
    """What needs no note, taken apart once for all sentences of an answer: it holds the days of every promise."""
    folded = fold_text(known)
    return frozenset(_NUMBER.findall(folded)), frozenset(_WORD.findall(folded))

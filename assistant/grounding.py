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
_CAPITAL = "A-ZÀ-ÖØ-ÞĄĆČĎĐĘĚĞĢĪŁŃŇŐŒŘŚŠŞŤŪŮŰŹŻŽ"
_NAME = re.compile(rf"(?<![.!?:“] )(?<!^)(?<![\w'’“¿¡-])[{_CAPITAL}][\w'’-]+")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_COMMON = frozenset((*MONTHS, *_DAYS, *(f"{day}s" for day in _DAYS), "I", "HR", "Mr", "Mrs", "Ms", "Dr", "Frau", "Herr",
                     "Herrn", "Sie", "Ihr", "Ihre", "Ihrem", "Ihren", "Ihrer", "Ihnen", "Du", "Sr", "Sra", "Usted",
                     "Ustedes"))  # fmt: skip
# German writes every noun with a capital. One that an article leads to, or that ends as only nouns do, is no name.
_GERMAN_WORDS = frozenset(
    """der das den dem des ein eine einen einem einer eines und ist nicht auf mit für von im zu zum zur wie du er wir
    ich hat haben hast wird dass bei beim sich oder aber auch noch nach aus über wenn sie es dein deine dir
    dich""".split()
)
_ARTICLE = re.compile(
    r"\b(?:der|die|das|den|dem|des|eine?[nmrs]?|(?:k|m|d|s)eine?[nmrs]?|[Ii]hre?[nmrs]?|unsere?[nmrs]?|eure?[nmrs]?"
    r"|diese[nmrs]?|jede[nmrs]?|jene[nmrs]?|welche[nmrs]?|solche[nmrs]?|alle[nmrs]?|beide[nmrs]?|viele[nmr]?|wenige[nmr]?"
    r"|einige[nmr]?|mehrere[nmr]?|manche[nmrs]?|mehr|weniger|etwas|zwei|drei|vier|im|am|zum|zur|vom|beim|ins|ans|aufs)"
    r"(?: [a-zäöüß]+(?:e|en|em|er|es)){0,2} $",
)
_NOUN_ENDS = re.compile(
    r".{3,}(?:ung|heit|keit|schaft|tion|tät|nis|tum|ismus|ment|enz|anz|thek)(?:en|s|se|sen|er|ern|e)?$|.{3,}(?:chen|lein)s?$"
)
_CALLED = re.compile(r"\b(?:Frau|Herrn?|Dr\.?|Prof\.?|Familie|Kollegen?|Kollegin|Kunden?|Kundin|Firma) $")
_SHORTEST_SHARED = 4  # letters that two words of one family share at least
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
_CALLED_ALSO = {names[0]: frozenset(map(fold_text, names)) for names in zip(MONTHS, _GERMAN, _SPANISH, strict=True)}


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
    is_german = len(_GERMAN_WORDS & {*_WORD.findall(rest.casefold())}) > 1
    for match in _NAME.finditer(rest):
        plain = _CONTRACTED.sub("", match.group(0))
        if plain in _COMMON:
            if plain in MONTHS and words.isdisjoint(_CALLED_ALSO[plain]):
                yield plain
        elif fold_text(plain) not in words and fold_text(match.group(0)) not in words:
            if not (is_german and _is_german_noun(plain, rest[: match.start()], words)):
                yield plain


def _is_german_noun(word: str, before: str, ground: Iterable[str]) -> bool:
    """Whether a word with a capital, in a German sentence, is a thing and nobody's name.

    Args:
        word: The word itself.
        before: The sentence up to it.
        ground: The words, folded, of the notes and of what is known: one of their family needs no article.
    """
    if _CALLED.search(before):
        return False
    if is_german_noun_by_form(word) or _ARTICLE.search(before):
        return True
    folded = fold_text(word)
    return any(len(w) > _SHORTEST_SHARED and folded.startswith(w[:-1]) for w in ground if w[:1] == folded[:1])


def is_german_noun_by_form(word: str) -> bool:
    """Whether a word ends as German nouns do and names hardly ever."""
    return bool(_NOUN_ENDS.match(word.casefold()))


@lru_cache(maxsize=8)
def _numbers_and_words(known: str) -> tuple[frozenset[str], frozenset[str]]:
    """What needs no note, taken apart once for all sentences of an answer: it holds the days of every promise."""
    folded = fold_text(known)
    return frozenset(_NUMBER.findall(folded)), frozenset(_WORD.findall(folded))

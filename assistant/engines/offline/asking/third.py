"""Where a passage calls the person he, she or by name: words that nobody wants to hear about themselves."""

import re
from collections.abc import Iterator
from functools import lru_cache

from assistant.domain.evidence import Quote
from assistant.domain.note import Span
from assistant.domain.person import Person
from assistant.engines.offline.language import language_of
from assistant.prompting import LANGUAGES, offline_words

SPEECH = re.compile(r"\"[^\"]*\"|“[^“”]*”|„[^“”]*[“”]|«[^«»]*»")
_FORMS = {"he": "he", "she": "she", "they": "they"}


def masked(text: str) -> str:
    """The text with what it quotes blanked out, every other letter in its place: others are meant in there."""
    return SPEECH.sub(lambda m: f'"{chr(0) * (len(m.group()) - 2)}"', text)


def language_in(quote: Quote) -> str:
    """Whose words tell who is meant: English where the language is none of ours."""
    found = language_of(quote.text)
    return found if found in LANGUAGES else "en"


def thirds(quote: Quote, person: Person, start: int = 0, end: int | None = None) -> Iterator[Span]:
    """Every word outside inner speech that may mean the person, as places in the quote, in order."""
    hidden, first = masked(quote.text), quote.span.start
    others = [m.span for m in quote.note.mentions]
    pattern = _pattern(person, language_in(quote))
    for match in pattern.finditer(hidden, start, len(hidden) if end is None else end):
        place = Span(first + match.start(), first + match.end())
        if not any(span.overlaps(place) for span in others):
            yield Span(match.start(), match.end())


def speaks_of(quote: Quote, person: Person) -> bool:
    """Whether the words outside inner speech call the person he or she, or by name."""
    return next(thirds(quote, person), None) is not None


def addresses(quote: Quote, person: Person) -> bool:
    """Whether whoever wrote the note speaks to the person in it ("Thank you, Teo"): he or she is then somebody else."""
    names = "|".join(map(re.escape, sorted(person.names, key=len, reverse=True)))
    greeting = rf"\b(?:thank you|thanks|dear|hello|hi|danke|liebe[r]?|gracias|querid[oa]),?\s(?:{names})(?!\w)"
    return re.search(greeting, quote.note.text, re.IGNORECASE) is not None


def only_names(quote: Quote, person: Person) -> bool:
    """Whether it calls them by name alone, never he or she."""
    names = {name.casefold() for name in person.names}
    spans = list(thirds(quote, person))
    return bool(spans) and all(quote.text[s.start : s.end].casefold() in names for s in spans)


@lru_cache(maxsize=256)
def _pattern(person: Person, language: str) -> re.Pattern[str]:
    names = "|".join(map(re.escape, sorted(person.names, key=len, reverse=True)))
    words = offline_words("aloud", language)["third"][_FORMS[person.pronouns.value]]
    return re.compile(rf"(?<![\w'’-])(?:{names}|{words})(?![\w-])", re.IGNORECASE)

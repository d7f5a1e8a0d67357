"""What of a passage can be said to somebody's face: nobody is read out in the third person to themselves."""

import re
from functools import lru_cache

from assistant.actions.cite import shortened
from assistant.domain.evidence import Quote
from assistant.domain.note import Span
from assistant.domain.person import Person, Pronouns
from assistant.engines.offline.language import language_of
from assistant.prompting import offline_words
from assistant.wording import MONTHS, stems, words_in

LONGEST, SHORTEST, MEANING = 9, 2, 2
SPEECH_LONGEST, SPEECH_SHORTEST = 22, 4
_SPEECH = re.compile(r"[\"“]([^\"“”]+)[\"”]")
_TRAIL = re.compile(r"[\s,;:.!?'\"“”’–—-]+$")
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
_TIMES = stems(" ".join((*MONTHS, _DAYS, "end week weeks month months year years day days last next now rest")))
_ANYBODY = re.compile(r"\b(?:he|him|his|himself|she|her|hers|herself)\b", re.IGNORECASE)
_OWN = re.compile(r"\b(?:I|my|me|we|our)\b")
_SENTENCE = re.compile(r"[.!?]\s")
TURNED_LONGEST = 24
_SUBJECT = {Pronouns.HE: re.compile(r"\bhe\b"), Pronouns.SHE: re.compile(r"\bshe\b"), Pronouns.THEY: re.compile("(?!)")}
_HERS = r"her(?= [a-z])(?! (?:to|that|how|what|if|for|in|on|at|with|when|by|and)\b)"
_OBJECT = {
    Pronouns.HE: (("him", "you"), ("his", "your")),
    Pronouns.SHE: (("hers", "yours"), (_HERS, "your"), ("her", "you")),
    Pronouns.THEY: (),
}  # fmt: skip


def speaks_of(quote: Quote, person: Person) -> bool:
    """Whether the words outside inner speech call the person he or she, or by name; only English is looked at."""
    if language_of(quote.text) != "en":
        return False
    return _of_person(person).search(_SPEECH.sub(" ", quote.text)) is not None


def turned(quote: Quote, person: Person) -> str | None:
    """A sentence such as "He will book it himself" as "you will book it yourself"; None when in doubt.

    Only the person and the verb after it change. A note's own "they" may be anybody and is never turned.
    """
    words = offline_words("questions")["turned"]
    head = _heads(person).match(quote.text)
    text = _TRAIL.sub("", quote.text)
    if head is None or _SENTENCE.search(text) or set(text) & set('"“”;(') or words_in(text) > TURNED_LONGEST:
        return None
    said = "you" + quote.text[head.end("who") : len(text)]
    said = _SUBJECT[person.pronouns].sub("you", said)
    for old, new in words["verbs"].items():
        said = re.sub(rf"\b{old}(?![\w'’])", new, said)
    first = re.match(r"you (?:\w+ly |also |still |just |then |now )?(\w+(?:['’]t)?)", said)
    if first and not re.fullmatch("|".join(words["agrees"]), first.group(1)):
        return None
    for old, new in (("himself|herself", "yourself"), *_OBJECT[person.pronouns]):
        said = re.sub(rf"\b(?:{old})\b", new, said)
    return None if _ANYBODY.search(said) else said  # whom a "her" that is left means, nobody can tell


def agreed(quote: Quote, person: Person) -> str | None:
    """What somebody took on as one asks for it: "She'll bring one page" as "bring one page"; None when in doubt."""
    words = offline_words("questions")["turned"]
    said = turned(quote, person)
    if said is None:
        own = re.match(r"I(?:['’]ll| will)\s", quote.text)
        if own is None or _SENTENCE.search(quote.text):
            return None
        said = "you will " + _TRAIL.sub("", quote.text[own.end() :])
    deed = re.match("|".join(words["takes_on"]), said)
    return said[deed.end() :] if deed and not _OWN.search(said[deed.end() :]) else None


def few_words(quote: Quote, person: Person) -> Quote | None:
    """What the passage is about, word for word and without the person: its inner speech, else its fullest noun.

    Returns:
        A part of the quote of at most 22 words; None when no part can stand alone.
    """
    spoken = [Span(m.start(1), m.end(1)) for m in _SPEECH.finditer(quote.text)]
    for span in spoken:
        part = _part(quote, span)
        long = SPEECH_SHORTEST <= words_in(part.text) <= SPEECH_LONGEST
        if long and "?" not in part.text and not _of_person(person).search(part.text):
            return shortened(part)
    found = [noun for span in _nouns(quote.text) if (noun := _trimmed(quote, span, person))]
    return max(found, key=lambda part: (len(stems(part.text)), -part.span.start), default=None)


def _nouns(text: str) -> list[Span]:
    """Every run of words that begins with an article, up to where another thought begins."""
    words = offline_words("questions")["few_words"]
    stop = re.compile(r"[,;:()\"“”.!?–—]|\s-\s|\b(?:" + "|".join(words["stops"]) + r")\b|n['’]t\b", re.IGNORECASE)
    starts = re.finditer(r"(?<![\w'’-])(?:" + "|".join(words["begins"]) + r")\s(?=\w)", text, re.IGNORECASE)
    found = []
    for start in starts:
        end = next((m.start() for m in stop.finditer(text, start.end())), len(text))
        within = list(re.finditer(r"\S+", text[start.start() : end]))[:LONGEST]
        if within:
            found.append(Span(start.start(), start.start() + within[-1].end()))
    return found


def _trimmed(quote: Quote, span: Span, person: Person) -> Quote | None:
    """The run without little words at its end; None when too little is left."""
    loose, text = frozenset(offline_words("questions")["few_words"]["loose"]), quote.text[span.start : span.end]
    while True:
        text = _TRAIL.sub("", text)
        last = text.rpartition(" ")[2].casefold()
        if not text or last not in loose:
            break
        text = text[: len(text) - len(last)]
    told = stems(text)
    if words_in(text) < SHORTEST or len(told) < MEANING or told <= _TIMES or _of_person(person).search(text):
        return None
    return _part(quote, Span(span.start, span.start + len(text)))


def _part(quote: Quote, span: Span) -> Quote:
    return Quote(quote.note, Span(quote.span.start + span.start, quote.span.start + span.end))


@lru_cache(maxsize=64)
def _of_person(person: Person) -> re.Pattern[str]:
    """He, she and their cases for whoever is called so; a name only where it begins a clause."""
    names = "|".join(map(re.escape, sorted(person.names, key=len, reverse=True)))
    third = {Pronouns.HE: r"\b(?:he|him|his|himself)\b", Pronouns.SHE: r"\b(?:she|her|hers|herself)\b"}.get(
        person.pronouns, r"\b(?:he|him|his|she|her|hers)\b|(?:^|(?<=[.!?;:]\s))they\b"
    )
    return re.compile(rf"{third}|(?:^|(?<=[.!?,;:]\s)|(?<=\band\s))(?:{names})(?=\s[a-z])", re.IGNORECASE)


@lru_cache(maxsize=64)
def _heads(person: Person) -> re.Pattern[str]:
    names = "|".join(map(re.escape, sorted(person.names, key=len, reverse=True)))
    called = {Pronouns.HE: "|he", Pronouns.SHE: "|she"}.get(person.pronouns, "")
    return re.compile(rf"(?P<who>(?:{names}{called}))(?=\s[a-z]|['’](?:ll|d|s)\s)", re.IGNORECASE)

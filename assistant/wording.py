"""Sentences, stems and days as people say them. Pure text; it knows nothing of notes or people."""

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache

from assistant.domain.note import Span
from assistant.stemming import stem

MONTHS = tuple("January February March April May June July August September October November December".split())
_SAYS_YEAR_AFTER = timedelta(days=183)
_ABBREVIATED = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|st|vs|etc|approx|est|incl|e\.g|i\.e|a\.m|p\.m|jr|sr|inc|ltd|co)|\b[A-Z])\.$", re.I
)
_DAY_NUMBER = re.compile(r"(?:^|\s)\d{1,2}\.$")
_MONTH = re.compile(r"\s(?:(?:bis|und|oder)\b|jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz])", re.I)
_END = re.compile(r"[.!?]+[\"'”’)]*(?=\s|$)|\n+")
_CLAUSE = re.compile(r"(?:\S+\s+){3,}(?:\S+[.?!](?=\s)|\S+(?=[,;:]\s))")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+(?:[.,:]\d+)*")
_PLAIN = frozenset(
    """a about above after again all almost already also always am an and another any anything are as ask asked at away
    back be because been before being both but by call came can come could day days did didn do does doing don done
    down each even ever every first for from gave get gets give go goes going gone good got great had has have he her
    here hers him his how i if in into is it its just know last let like little long made make makes many may me mine
    more most much must my need never new next no nor not nothing now of off on once one only or other our out over own
    part people put said same saw say says see she should since so some something still such sure take tell than that
    the their them then there these they thing things think this those time to today together told too took two under
    until up us use very want was way we week weeks well went were what when where which while who whom whose why will
    with work would year yes yet you your""".split()
)


@lru_cache(maxsize=4_000)
def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of a text as spans without outer space; quoted speech of several sentences stays together."""
    return tuple(_sentences(text))


def _sentences(text: str) -> Iterator[Span]:
    start = 0
    for match in _END.finditer(text):
        if _ABBREVIATED.search(text[start : match.start() + 1]) or _inside_speech(text, start, match.end()):
            continue
        if _DAY_NUMBER.search(text[start : match.start() + 1]) and _MONTH.match(text, match.end()):
            continue  # "bis 20. April"
        if match.group()[-1] in '"”' and text[match.end() :].lstrip()[:1].islower():
            continue  # "Stop now." he said: the sentence goes on after the speech
        yield from _trimmed(text, start, match.end())
        start = match.end()
    yield from _trimmed(text, start, len(text))


def _inside_speech(text: str, start: int, end: int) -> bool:
    piece = text[start:end]
    if "\n" in text[end - 1 : end]:
        return False
    return piece.count('"') % 2 == 1 or piece.count("“") > piece.count("”")


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start, end)


@lru_cache(maxsize=8_000)
def stems(text: str) -> frozenset[str]:
    """Stems of the words that carry meaning; small words, names of months and lone letters are left out."""
    found = (w.casefold().replace("’", "'").removesuffix("'s").removesuffix("n't") for w in _WORD.findall(text))
    return frozenset(stem(w) for w in found if len(w) > 2 and w not in _PLAIN and not w.isdigit())


def matter_of(text: str, names: Sequence[str]) -> frozenset[str]:
    """Stems of what a text is about: a person's own name is in many of their notes and makes no two of them alike."""
    return stems(text) - stems(" ".join(names))


def words_in(text: str) -> int:
    """How many words a reader counts."""
    return len(text.split())


def first_clause(text: str, most: int) -> str:
    """At most so many words of the start, up to the last comma or stop among them that leaves four words or more."""
    kept = " ".join(text.split()[:most])
    clause = _CLAUSE.match(kept)
    return clause.group() if clause else kept


def overlap(one: frozenset[str], other: frozenset[str]) -> float:
    """Shared stems against all stems, 0 to 1."""
    both = one | other
    return len(one & other) / len(both) if both else 0.0


def spoken_day(day: date, today: date) -> str:
    """A day as one says it: the year only where it would be missed."""
    said = f"{day.day} {MONTHS[day.month - 1]}"
    return said if is_near(day, today) else f"{said} {day.year}"


def is_near(day: date, today: date) -> bool:
    """Whether a day is known without its year."""
    return day.year == today.year or abs(today - day) < _SAYS_YEAR_AFTER


def sentence_around(text: str, span: Span) -> Span:
    """The smallest run of whole sentences that holds a span."""
    held = [s for s in sentences(text) if s.overlaps(span)]
    return Span(min(span.start, held[0].start), max(span.end, held[-1].end)) if held else span

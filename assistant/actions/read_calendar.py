"""The days ahead as the notes tell them: when the person is away, what relief ends, which shift begins.

Only sentences that may be quoted are read; an absence whose reason is private stays out with its sentence.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from assistant.actions.cite import Teller, Voice, voice_of
from assistant.actions.tell_changes import passages_of, teller_of
from assistant.actions.weigh_passage import is_about_them
from assistant.domain.calendar import Ahead, AheadKind
from assistant.domain.evidence import Quote
from assistant.domain.policy import Readable
from assistant.domain.situation import Situation
from assistant.due import due_date
from assistant.prompting import LANGUAGES, offline_words

WITHIN = timedelta(days=93)  # what lies further ahead is the next plan's matter
TOLD_WITHIN = timedelta(days=150)
_RANGE = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th|\.)?\s?(?:-|to|and|bis|und|al|y)\s?(?:zum |the |el )?(\d{1,2})\b(?!:)")
_CALENDAR_WEEK = re.compile(r"\bkw ?(\d{1,2})\b")
_MINE = re.compile(r"\b(?:I|Ich|ich|Yo|yo)(?:'m|'ll|'ve)?\b|^(?:My|Mein|Meine|Mis?|Estoy|Estaré|Me voy|Tengo)\b")
_FOLD = str.maketrans("’‘–—", "''--")


@dataclass(frozen=True, slots=True)
class _Time:
    """The first and the last day that a sentence names; either may be missing."""

    first: date | None
    last: date | None


def read_calendar(situation: Situation) -> tuple[Ahead, ...]:
    """What lies ahead within three months, the nearest first; told twice, the newer note counts."""
    found: dict[tuple[AheadKind, date], Ahead] = {}
    for readable in situation.recent:
        if not readable.closed and situation.today - readable.note.day <= TOLD_WITHIN:
            for one in _ahead(readable, situation):
                found[one.kind, one.day] = one
    return tuple(sorted(found.values(), key=lambda a: (a.day, a.kind, a.quote.note.id)))


def _ahead(readable: Readable, situation: Situation) -> Iterator[Ahead]:
    words, teller = _words(_language(readable)), teller_of(situation)
    for quote in passages_of(readable):
        told = quote.text.lower().translate(_FOLD)
        kind = next((k for k in AheadKind if words[k.value].search(told)), None)
        if kind is None or words["not_away"].search(told):
            continue
        named = any(m.span.overlaps(quote.span) for m in quote.note.mentions)
        if not _is_theirs(quote, teller, readable) or (named and kind is not AheadKind.RELIEF):
            continue
        one = _lasting(kind, _time(told, quote.day, readable), quote)
        if one is not None and _is_ahead(one, situation.today):
            yield one


def _is_theirs(quote: Quote, teller: Teller, readable: Readable) -> bool:
    """Whether it is not the absence of whoever writes; German nouns stand with a capital and are no names."""
    if voice_of(quote, teller) in {Voice.OWN_SAID, Voice.OWN_WROTE}:
        return True
    return not _MINE.search(quote.text) and (_language(readable) == "de" or is_about_them(quote, teller))


def _is_ahead(one: Ahead, today: date) -> bool:
    """Whether it is not over, begins within three months, and, where it only tells of a day, has not begun."""
    if one.kind is AheadKind.SHIFT:
        return today <= one.start <= today + WITHIN
    return (one.end or one.start) >= today and one.day - today <= WITHIN


def _lasting(kind: AheadKind, time: _Time, quote: Quote) -> Ahead | None:
    if kind is AheadKind.RELIEF:
        end = time.last or time.first
        return Ahead(kind, quote.day, end, quote) if end else None
    start = time.first or (quote.day if time.last and kind is AheadKind.AWAY else None)
    return Ahead(kind, start, time.last, quote) if start else None


def _time(told: str, day: date, readable: Readable) -> _Time:
    """From when until when: a range, a week, or two days with a word between."""
    language, words = _language(readable), _words(_language(readable))
    if (week := _CALENDAR_WEEK.search(told)) and language == "de":
        return _week(int(week[1]), day)
    span = _RANGE.search(told)
    named = due_date(told, day, language)
    if span and named and named.day in (int(span[1]), int(span[2])) and int(span[1]) < int(span[2]):
        first, last = (_same_month(named, int(number)) for number in span.groups())
        if first and last:
            return _Time(first, last)
    until = words["until"].search(told)
    first = due_date(told[: until.start()] if until else told, day, language)
    last = due_date(told[until.end() :], first or day, language) if until else None
    if until and last is None and first is None:
        last = named
    if words["week_of"].search(told) and first:
        last = last or first + timedelta(days=6 - first.weekday())
    either = words["either"].search(told)
    if first and last is None and either:  # "none in May or June"
        last = due_date(f"{either[1]} {either[3]}", first, language)
    return _Time(first, last)


def _week(number: int, day: date) -> _Time:
    if not 1 <= number <= 52:
        return _Time(None, None)
    monday = date.fromisocalendar(day.year, number, 1)
    monday = monday if monday + timedelta(days=6) >= day else date.fromisocalendar(day.year + 1, number, 1)
    return _Time(monday, monday + timedelta(days=4))


def _same_month(named: date, number: int) -> date | None:
    try:
        return named.replace(day=number)
    except ValueError:
        return None


def _language(readable: Readable) -> str:
    return readable.screening.language if readable.screening.language in LANGUAGES else "en"


@cache
def _words(language: str) -> Mapping[str, re.Pattern[str]]:
    words: Mapping[str, Any] = offline_words("plan_days", language)
    listed = {name: [said] if isinstance(said, str) else said for name, said in words.items() if name != "version"}
    return {name: re.compile("|".join(said)) for name, said in listed.items()}


def away_in(situation: Situation) -> tuple[Ahead, ...]:
    """When the person is away, of what lies ahead."""
    return tuple(one for one in read_calendar(situation) if one.kind is AheadKind.AWAY)

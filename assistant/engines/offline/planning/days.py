"""Days that stand in the notes and that a plan goes around: when the person is away, and the day that decides."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from assistant.actions.read_calendar import TOLD_WITHIN, WITHIN, away_in
from assistant.domain.calendar import Ahead, back_on, there_on
from assistant.domain.evidence import Quote
from assistant.domain.plan import review_day
from assistant.domain.policy import Readable
from assistant.domain.situation import Situation
from assistant.due import due_date
from assistant.engines.offline.sentences import fold, sentences
from assistant.prompting import LANGUAGES, offline_words
from assistant.wording import stems

SETTLES = timedelta(days=3)  # after a day that decides, before one looks at what came of it
BEARS = 2  # words of meaning that a day shares with the thread it moves
_ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Deciding:
    """A day on which something is decided, tested or delivered, with the passage that says so."""

    day: date
    quote: Quote


@dataclass(frozen=True, slots=True)
class Days:
    """What the notes say of days ahead, for one thread."""

    today: date
    away: tuple[Ahead, ...] = ()
    deciding: Deciding | None = None

    def free(self, day: date) -> date:
        """A working day for a step: the day itself, else the last one before they leave, else the first after."""
        return there_on(day, self.today, self.away)

    def review(self) -> date:
        """When to look at the plan again: after the day that decides, never while they are away."""
        day = review_day(self.today)
        if self.deciding is not None:
            day = _next_working(self.deciding.day + SETTLES)
        return back_on(day, self.today, self.away)


def days_ahead(situation: Situation, about: frozenset[str] = frozenset()) -> Days:
    """The days that move the steps and the review of a thread.

    Args:
        situation: The person's notes on their day.
        about: Words of meaning of the thread; a day that decides has to share some, an exam need not.
    """
    decides = [d for r in _told(situation) for d in _deciding(r, situation, about)]
    return Days(
        situation.today,
        away_in(situation),
        max(decides, key=lambda d: (d.day, d.quote.day), default=None),
    )


def _told(situation: Situation) -> Iterator[Readable]:
    for readable in situation.recent:
        if not readable.closed and situation.today - readable.note.day <= TOLD_WITHIN:
            yield readable


def _deciding(readable: Readable, situation: Situation, about: frozenset[str]) -> Iterator[Deciding]:
    words, language = _words(readable), _language(readable)
    for quote in _passages(readable):
        told = fold(quote.text)
        exam = bool(words["exam"].search(told))
        if not exam and not (words["decides"].search(told) and len(stems(quote.text) & about) >= BEARS):
            continue
        day = due_date(told, quote.day, language)
        if day is None or not situation.today <= day <= situation.today + WITHIN:
            continue
        if not any(m.span.overlaps(quote.span) for m in quote.note.mentions):
            yield Deciding(day, quote)


def _passages(readable: Readable) -> Iterator[Quote]:
    """The sentences that may be quoted; "20. April" ends none."""
    for sentence in sentences(readable.note.text):
        if readable.allows(sentence.span):
            yield Quote(readable.note, sentence.span)


def _next_working(day: date) -> date:
    while day.weekday() >= 5:
        day += _ONE
    return day


def _language(readable: Readable) -> str:
    return readable.screening.language if readable.screening.language in LANGUAGES else "en"


def _words(readable: Readable) -> Mapping[str, re.Pattern[str]]:
    return _compiled(_language(readable))


@cache
def _compiled(language: str) -> Mapping[str, re.Pattern[str]]:
    words: Mapping[str, Any] = offline_words("plan_days", language)
    listed = {name: [said] if isinstance(said, str) else said for name, said in words.items() if name != "version"}
    return {name: re.compile("|".join(said)) for name, said in listed.items()}

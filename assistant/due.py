"""The day something is due, read out of a sentence. Looks forward from the day of the note; knows no promises."""

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from assistant.prompting import offline_words

_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_NUMERIC = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(?:(\d{4}))?(?!\d)")
_SLASHED = re.compile(r"\b(1[3-9]|2\d|3[01])/(\d{1,2})\b|\b(\d{1,2})/(1[3-9]|2\d|3[01])\b")  # day and month told apart
_DAY_ONLY = re.compile(r"\b(?:the (\d{1,2})(?:st|nd|rd|th)\b|zum (\d{1,2})\.|(?:el|para el|hasta el) (\d{1,2})\b)")
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth "
    "twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"
).split()
_SPELLED = re.compile(
    rf"\b(?:by|before|until|till|on) the ({'|'.join(sorted(_ORDINALS, key=len, reverse=True))})\b(?! \w)"
)
_FRIDAY = 4


@dataclass(frozen=True, slots=True)
class _Words:
    """One language's words for days, as expressions.

    Attributes:
        some_month, some_feast, some_unit: What every way to name a day by one of them holds; without it none is tried.
        a_quarter, a_weekday, of_next, tomorrow, todays: How such a day is named.
    """

    months: tuple[re.Pattern[str], ...]
    month: str
    weekday: str
    weekdays: tuple[str, ...]
    raw: Mapping[str, Any]
    some_month: re.Pattern[str]
    some_feast: re.Pattern[str]
    some_unit: re.Pattern[str]
    a_quarter: re.Pattern[str]
    a_weekday: re.Pattern[str]
    of_next: re.Pattern[str]
    tomorrow: re.Pattern[str]
    todays: re.Pattern[str]


@cache
def _words(language: str) -> _Words:
    raw = offline_words("promising", language)["due"]
    months = tuple(re.compile(rf"^(?:{m})\.?$") for m in raw["months"])
    month = "|".join(raw["months"])
    return _Words(
        months, month, "|".join(raw["weekdays"]), tuple(raw["weekdays"]), raw,
        some_month=re.compile(rf"(?:{month}|month|monats?|monatsende|mes|eom)\b"),
        some_feast=re.compile(rf"\b(?:{'|'.join(raw['feasts'].values())})\b"),
        some_unit=re.compile(
            rf"(?:{'|'.join(raw['units'])}|{raw['week']}|{raw['end_of_this_week']})\b"
            "|la semana que viene|before the week is out"
        ),
        a_quarter=re.compile(raw["quarter"]),
        a_weekday=re.compile(rf"\b(?:({raw['next']}) )?({'|'.join(raw['weekdays'])})s?\b"),
        of_next=re.compile(rf"\b(?:{raw['weekday_of_next'].replace('{weekday}', '|'.join(raw['weekdays']))})\b"),
        tomorrow=re.compile(
            rf"\b(?:by|until|bis|para|do it|due) (?:{raw['tomorrow']})\b|\b(?:{raw['tomorrow']})\b"
        ),
        todays=re.compile(rf"\b(?:{raw['today']})\b"),
    )  # fmt: skip


def due_date(text: str, day: date, language: str) -> date | None:
    """The first day on or after `day` that a sentence names; None when it names none.

    Args:
        text: Folded words (small letters).
        day: The day of the note.
        language: "en", "de" or "es".
    """
    words = _words(language)
    for read in (_numeric, _day_and_month, _quarter, _part_of_month, _feast, _day_only, _weekday, _in_units, _plain):
        found = read(text, day, words)
        if found is not None:
            return found
    return None


def due_of_a_deed(text: str, day: date, language: str) -> date | None:
    """The day by which a promised deed ends; None when only what is promised has a day, or the deed lasts until one.

    "The answer about the course in January, by Friday" is due on Friday; "I take the sheets off her desk until
    Christmas" is never due.

    Args:
        text: Folded words (small letters).
        day: The day of the note.
        language: "en", "de" or "es".
    """
    raw = offline_words("promising", language)["due"]
    if (lasts := re.search(raw["lasts"], text)) and not re.search(raw["ends"], text[: lasts.start("until")]):
        return None
    if re.search(raw["last_week"], text):
        return day - timedelta(days=day.weekday() + 7 - _FRIDAY)
    month = rf"(?:{'|'.join(raw['months'])})"
    thing = re.search(rf"\b(?:{raw['about']})\b[^,;.]*?(?P<when>\b(?:{raw['in_month']}) {month}\b)(?! \d)", text)
    if thing is None:
        return due_date(text, day, language)
    return due_date(text[: thing.start("when")] + text[thing.end("when") :], day, language)


def _numeric(text: str, day: date, words: _Words) -> date | None:
    if match := _ISO.search(text):
        return _date(int(match[1]), int(match[2]), int(match[3]))
    if match := _NUMERIC.search(text):
        year = int(match[3]) if match[3] else day.year
        found = _date(year, int(match[2]), int(match[1]))
        return found if found is None or match[3] or found >= day else _date(year + 1, int(match[2]), int(match[1]))
    if match := _SLASHED.search(text):
        number, month = (match[1], match[2]) if match[1] else (match[4], match[3])
        return _following(day, int(month), int(number), None) if 1 <= int(month) <= 12 else None
    return None


def _quarter(text: str, day: date, words: _Words) -> date | None:
    """By the end of the second quarter."""
    match = words.a_quarter.search(text)
    if match is None:
        return None
    pattern = re.search(r"\(([^)]*)\)", words.raw["quarter"])
    assert pattern is not None
    return _following(day, 3 * (pattern[1].split("|").index(match[1]) + 1), 31, None)


def _feast(text: str, day: date, words: _Words) -> date | None:
    """By Easter, bis Pfingsten, antes de Navidad; the day before where it says before."""
    if words.some_feast.search(text) is None:
        return None
    for feast, spelled in words.raw["feasts"].items():
        match = re.search(rf"(?:\b({words.raw['before']}) )?\b(?:{spelled})\b", text)
        if match:
            found = next(d for year in (day.year, day.year + 1) if (d := _feast_day(feast, year)) >= day)
            return found - timedelta(days=1) if match[1] else found
    return None


def _feast_day(feast: str, year: int) -> date:
    if feast == "christmas":
        return date(year, 12, 25)
    if feast == "midsummer":
        return date(year, 6, 24)
    if feast == "winter":
        return date(year, 12, 1)
    return _easter(year) + timedelta(days=49 if feast == "whitsun" else 0)


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by the anonymous computus (Nature, 20 April 1876)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    f = (b + 8) // 25
    h = (19 * a + b - d - (b - f + 1) // 3 + 15) % 30
    i, k = divmod(c, 4)
    q = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * q) // 451
    month, number = divmod(h + q - 7 * m + 114, 31)
    return date(year, month, number + 1)


def _day_and_month(text: str, day: date, words: _Words) -> date | None:
    if words.some_month.search(text) is None:
        return None
    spelled = words.month
    one = re.search(rf"\b(\d{{1,2}})(?:st|nd|rd|th|\.)? (?:of |de )?({spelled})\b\.?(?: (\d{{4}}))?", text)
    other = re.search(rf"\b({spelled})\.? (\d{{1,2}})(?:st|nd|rd|th)?\b(?:,? (\d{{4}}))?", text)
    if one:
        number, month, year = int(one[1]), one[2], one[3]
    elif other:
        number, month, year = int(other[2]), other[1], other[3]
    else:
        return None
    return _following(day, _number_of(month, words), number, int(year) if year else None)


def _part_of_month(text: str, day: date, words: _Words) -> date | None:
    """Mid November, end of June, by March, end of the month."""
    if words.some_month.search(text) is None:
        return None
    raw = words.raw
    parts = {"mid": 15, "start": 5, "end": 31}
    for part, number in parts.items():
        match = re.search(rf"\b(?:{raw[part]})[ -]?(?:the |del |des |de )?({words.month})\b", text)
        if match:
            return _following(day, _number_of(match[1], words), number, None)
    if match := re.search(rf"\b(?:{raw['first_week']}) ?({words.month})\b", text):
        return _following(day, _number_of(match[1], words), 7, None)
    if match := re.search(rf"\b(?:{raw['before']}) ({words.month})\b(?! \d| is out)", text):
        return _following(day, _number_of(match[1], words), 1, None) - timedelta(days=1)
    the_month = (
        rf"\b(?:{raw['end']}|{raw['this']}) (?:of )?(?:the |this |des |dieses |del |este )?(?:month|monat|monats|mes)\b"
    )
    if re.search(the_month, text) or re.search(r"\bmonatsende\b|\bfin(?:al|ales|es)? de mes\b|\beom\b", text):
        return date(day.year, day.month, calendar.monthrange(day.year, day.month)[1])
    match = re.search(rf"\b(?:by|before|until|in|on|bis|im|para|en|hasta) ({words.month})\b(?! \d)", text)
    return _following(day, _number_of(match[1], words), 31, None) if match else None


def _day_only(text: str, day: date, words: _Words) -> date | None:
    """By the 19th, bis zum 19., hasta el 19: of this month, else of the next."""
    match, spelled = _DAY_ONLY.search(text), _SPELLED.search(text)
    number = int(next(filter(None, match.groups()))) if match else 0
    if spelled and not match:
        number = _ORDINALS.index(spelled[1]) + 1
    if not 1 <= number <= 31:
        return None
    month = day.month if number >= day.day else day.month % 12 + 1
    return _following(day, month, number, None)


def _weekday(text: str, day: date, words: _Words) -> date | None:
    """By Friday, next Friday; not the Friday talk, and no Friday that comes again and again."""
    raw = words.raw
    if of_next := words.of_next.search(text):
        monday = day + timedelta(days=7 - day.weekday())
        return monday + timedelta(days=_number_of_weekday(of_next["day"] or of_next["later"], words))
    match = words.a_weekday.search(text)
    if match is None or re.search(rf"\b(?:every|each|jeden|cada|on|last) (?:{words.weekday})", text):
        return None
    if re.search(rf"\b(?:{raw['always']})\b", text) or re.search(rf"\bthe (?:{words.weekday}) [a-z]", text):
        return None
    ahead = (_number_of_weekday(match[2], words) - day.weekday()) % 7 or 7
    return day + timedelta(days=ahead)


def _number_of_weekday(name: str, words: _Words) -> int:
    return next(i for i, spelled in enumerate(words.weekdays) if re.fullmatch(spelled, name))


def _in_units(text: str, day: date, words: _Words) -> date | None:
    raw = words.raw
    if words.some_unit.search(text) is None or re.search(rf"\b(?:{raw['always']})\b", text):
        return None
    numbers, units = "|".join(raw["numbers"]), "|".join(sorted(raw["units"], key=len, reverse=True))
    match = re.search(rf"\b(?:{raw['in']}|{raw['said']}) ({numbers}|\d{{1,2}}) ({units})\b", text)
    if match:
        count = int(match[1]) if match[1].isdigit() else int(raw["numbers"][match[1]])
        return day + timedelta(days=count * int(raw["units"][match[2]]))
    week = raw["week"]
    if re.search(rf"\b(?:{raw['next']}) {week}\b|\bla semana que viene\b", text):
        return day + timedelta(days=7 + _FRIDAY - day.weekday())
    if re.search(
        rf"\b(?:{raw['this']}) {week}\b|\b(?:{raw['end_of_this_week']})\b(?! pasad)|\bbefore the week is out\b", text
    ):
        return day + timedelta(days=(_FRIDAY - day.weekday()) % 7)
    match = re.search(rf"\b(?:{raw['next']}) ({units})\b", text)
    return day + timedelta(days=int(raw["units"][match[1]])) if match else None


def _plain(text: str, day: date, words: _Words) -> date | None:
    if words.tomorrow.search(text):
        return day + timedelta(days=1)
    return day if words.todays.search(text) else None


def _number_of(month: str, words: _Words) -> int:
    return next(i for i, spelled in enumerate(words.months, 1) if spelled.match(month))


def _following(day: date, month: int, number: int, year: int | None) -> date:
    """The first such day not before the note, at most the end of that month."""
    chosen = year or day.year
    last = calendar.monthrange(chosen, month)[1]
    found = date(chosen, month, min(number, last))
    if year is None and found < day:
        last = calendar.monthrange(chosen + 1, month)[1]
        found = date(chosen + 1, month, min(number, last))
    return found


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

"""What a question says about days, in English, German and Spanish. Reads the question only: no clock, no notes.

Seasons are taken wide (by the calendar and by the sun), since a filter that is too narrow loses the answer.
A question about what falls due speaks of days in the text, not of the day of a note; that is told apart here.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from assistant.domain.search import Window
from knowledge.search.date_terms import (
    AHEAD,
    AMBIGUOUS,
    BACK,
    CHANGE,
    DUE,
    LATELY,
    MONTH,
    MONTHS,
    NUMBER,
    NUMBERS,
    OUTCOME,
    PART,
    PARTS,
    SEASON,
    SEASONS,
    UNIT,
    UNITS,
    VAGUE,
    WEEKDAY,
    WEEKDAYS,
)

_LATELY_MEANS = timedelta(days=60)  # as many as a brief looks back when there was no meeting
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DateWords:
    """The days a question speaks of.

    Attributes:
        window: The range, or None when it names no days.
        due: The range is about what falls due in it, so the note itself may be older.
    """

    window: Window | None = None
    due: bool = False


@dataclass(frozen=True, slots=True)
class _Period:
    """First and last day of something that has a name."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class _Clock:
    """The day it is asked on, whether a day named without its year lies ahead, and whether to reach further back."""

    today: date
    ahead: bool = False
    loose: bool = False


def read_date_words(text: str, today: date) -> DateWords:
    """The range of days a question names, if any.

    Args:
        text: The question, best without names of people (April, June and May are months here).
        today: The day it is asked on; "last month" is counted from it.
    """
    due = DUE.search(text) is not None
    window = _window(re.sub(r"\s+", " ", text), today, due)
    if window is None:
        return DateWords()
    lies_ahead = (window.since or today) > today or (window.until or today) > today and window.since == today
    if window.until and OUTCOME.search(text) and not (due or lies_ahead):
        window = Window(window.since, None)  # what came of it is told later than it happened
    return DateWords(window, due or lies_ahead)


def days_ahead(text: str, day: date) -> Iterator[Window]:
    """The ranges of days a note names ahead of its own day: "by 10 July", "before the end of June", "on Friday"."""
    for match in _DIRECTED.finditer(text):
        period = None if _is_no_date(match) else _period(match["point"], _Clock(day, ahead=True))
        if period and period.last >= day:
            yield Window(period.first, period.last)


def _window(words: str, today: date, due: bool) -> Window | None:
    if match := _BETWEEN.search(words):
        first, last = (_period(match[end], _Clock(today, due)) for end in ("first", "last"))
        if first and last:
            earlier = relativedelta(years=1 if first.first > last.last else 0)  # "from November to February"
            return Window(first.first - earlier, last.last)
    loose = CHANGE.search(words) is not None  # what changed shows against what was before
    for match in _DIRECTED.finditer(words):
        opens = bool(match["since"] or match["after"])
        period = None if _is_no_date(match) else _period(match["point"], _Clock(today, due and not opens, loose))
        if period:
            return _directed(match, period)
    return Window(today - _LATELY_MEANS, today) if LATELY.search(words) else None


def _is_no_date(match: re.Match[str]) -> bool:
    """A lone word such as "may", "summer" or "2026" without a preposition: more likely something else."""
    point = match["point"].casefold()
    lone = point in AMBIGUOUS or point in WEEKDAYS or point.isdigit()
    return lone and not any(match[way] for way in ("since", "after", "before", "until", "lead"))


def _directed(match: re.Match[str], period: _Period) -> Window:
    """The range that starts or ends at a period, or is that period."""
    if match["since"]:
        return Window(period.first, None)
    if match["after"]:  # "after the talk at the end of May": the talk was at its end, what follows began there
        return Window(period.first if match["gap"] else period.last + _DAY, None)
    if match["before"]:
        return Window(None, period.first - _DAY)
    return Window(None if match["until"] else period.first, period.last)


def _period(words: str, clock: _Clock) -> _Period | None:
    """The first and last day that a phrase such as "mid March" or "last week" names."""
    for rule, build in _RULES:
        if match := rule.fullmatch(words):
            groups = {name.rstrip("0123456789"): word.casefold() for name, word in match.groupdict("").items() if word}
            try:
                return build(groups, clock)
            except (ValueError, OverflowError):  # 31 June, or the year 9999 and a day: words, but no day
                return None
    return None


def _in_year(words: dict[str, str], clock: _Clock, make: Callable[[int], _Period]) -> _Period:
    """A period of the named year; without one the last that has begun, or the next that has not ended."""
    if "year" in words:
        return make(int(words["year"]))
    which = words.get("which", "")
    if clock.ahead or AHEAD.search(which):
        now = make(clock.today.year)
        return now if now.last >= clock.today else make(clock.today.year + 1)
    year = clock.today.year + 1
    while make(year).first > clock.today or (BACK.search(which) and make(year).last >= clock.today):
        year -= 1
    return make(year)


def _on_day(words: dict[str, str], clock: _Clock) -> _Period:
    month = int(words["number"]) if "number" in words else MONTHS[words["month"].rstrip(".")]

    def make(year: int) -> _Period:
        day = date(year, month, int(words["day"]))
        return _Period(day, day)

    return _in_year(words, clock, make)


def _month(words: dict[str, str], clock: _Clock) -> _Period:
    first = MONTHS[words["month"].rstrip(".")]

    def make(year: int) -> _Period:
        return _Period(date(year, first, 1), date(year, first, 1) + relativedelta(day=31))

    return _part(_in_year(words, clock, make), words)


def _season(words: dict[str, str], clock: _Clock) -> _Period:
    (month, day), length = SEASONS[words["season"]]

    def make(year: int) -> _Period:
        return _Period(date(year, month, day), date(year, month, day) + timedelta(days=length))

    return _part(_in_year(words, clock, make), words)


def _quarter(words: dict[str, str], clock: _Clock) -> _Period:
    word = words["number"]
    months = 6 if "half" in words else 3
    number = (int(word) if word.isdigit() else NUMBERS[word]) - 1

    def make(year: int) -> _Period:
        first = date(year, number * months + 1, 1)
        return _Period(first, first + relativedelta(months=months) - _DAY)

    return _in_year(words, clock, make)


def _calendar(words: dict[str, str], clock: _Clock) -> _Period:
    """This, last or next week, month, quarter or year of the calendar."""
    which = words.get("which", "")
    step = 1 if AHEAD.search(which) else -1 if BACK.search(which) else 0
    unit, today = UNITS[words["unit"]], clock.today
    if unit == "weeks":
        first = today - timedelta(days=today.weekday()) + timedelta(weeks=step)
        return _part(_Period(first, first + timedelta(days=6)), words)
    months = {"months": 1, "quarters": 3, "years": 12}[unit]
    first = today.replace(day=1, month=(today.month - 1) // months * months + 1) + relativedelta(months=step * months)
    return _part(_Period(first, first + relativedelta(months=months) - _DAY), words)


def _part(whole: _Period, words: dict[str, str]) -> _Period:
    """The early, middle or late stretch of a period; they overlap, since nobody means them to the day."""
    if "part" not in words:
        return whole
    length = (whole.last - whole.first).days + 1
    third, half = timedelta(days=length // 3), timedelta(days=length // 2)
    return {
        "start": _Period(whole.first, whole.first + third),
        "early": _Period(whole.first, whole.first + half),
        "middle": _Period(whole.first + third, whole.last - third),
        "late": _Period(whole.last - half, whole.last),
        "end": _Period(whole.last - third, whole.last),
    }[PARTS[re.sub(r"\s+", " ", words["part"])]]


def _rolling(words: dict[str, str], clock: _Clock) -> _Period:
    """So many days, weeks or months up to today, or from today on; "or so" and "a few" reach further back."""
    span = _span(words)
    if AHEAD.search(words.get("which", "")):
        return _Period(clock.today, clock.today + span)
    first = clock.today - span
    vague = clock.loose or "vague" in words or VAGUE.search(words.get("number", ""))
    return _Period(first - (clock.today - first) / 5 if vague else first, clock.today)


def _ago(words: dict[str, str], clock: _Clock) -> _Period:
    """Around a day so long ago, give or take about half of the unit it is counted in."""
    spread = timedelta(days={"days": 0, "weeks": 4, "months": 15, "quarters": 45, "years": 90}[UNITS[words["unit"]]])
    middle = clock.today - _span(words)
    return _Period(middle - spread, min(middle + spread, clock.today))


def _weekday(words: dict[str, str], clock: _Clock) -> _Period:
    back = (clock.today.weekday() - WEEKDAYS[words["weekday"]]) % 7
    ahead = clock.ahead or AHEAD.search(words.get("which", ""))
    day = clock.today + timedelta(days=(7 - back) % 7) if ahead else clock.today - timedelta(days=back)
    return _Period(day, day)


def _span(words: dict[str, str]) -> relativedelta:
    plain = re.sub(r"^an?\s+(?=\w{3})|\s+of$", "", words.get("number", "one"))
    count = int(plain) if plain.isdigit() else NUMBERS[plain]
    unit = UNITS[words["unit"]]
    if unit == "quarters":
        return relativedelta(months=3 * count)
    return relativedelta(**{unit: count})  # type: ignore[arg-type]


_YEAR = r"(?P<year>(?:19|20)\d\d)"
_ITS_YEAR = rf"(?:,?\s+(?:(?:of|de|del)\s+)?{_YEAR})?"
_THE = r"(?:(?:the|de[mnrs]|el|la|l[oa]s)\s+)?"
_PARTLY = rf"(?:(?P<part>{PART})[\s-]+{_THE})?"
_LAST = r"(?:last|previous|letzte[nrsm]?|vorige[nrsm]?|vergangene[nrsm]?)"
_NEXT = r"(?:next|coming|n(?:ä|ae)chste[nrsm]?|kommende[nrsm]?|pr[óo]xim[oa]s?)"
_THIS = r"(?:this|diese[nrsm]?|est[ea])"
_WHICH = rf"(?:(?P<which>{_LAST}|{_NEXT}|{_THIS})\s+)"
_WHICH_AFTER = r"(?:\s+(?P<which2>pasad[oa]|que viene))"
_ORDINAL = "(?:first|second|third|fourth|(?:erst|zweit|dritt|viert)e[sn]?|primera?|segund[oa]|tercer|cuarto)"
_NEAR = {"yesterday": 1, "gestern": 1, "ayer": 1, "vorgestern": 2, "anteayer": 2}
_Rule = tuple[str, Callable[[dict[str, str], _Clock], _Period]]
_SPELT: tuple[_Rule, ...] = (
    (rf"{_YEAR}-(?P<number>\d\d)-(?P<day>\d\d)", _on_day),
    (rf"(?P<day>\d{{1,2}})\.\s?(?P<number>\d{{1,2}})\.(?:\s?{_YEAR})?", _on_day),
    (rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?:of\s+|de\s+)?(?P<month>{MONTH}){_ITS_YEAR}", _on_day),
    (rf"(?P<month>{MONTH})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d){_ITS_YEAR}", _on_day),
    (rf"{_PARTLY}{_WHICH}?(?P<month>{MONTH}){_WHICH_AFTER}?{_ITS_YEAR}", _month),
    (rf"{_PARTLY}{_WHICH}?(?P<season>{SEASON}){_WHICH_AFTER}?{_ITS_YEAR}", _season),
    (rf"q(?P<number>[1-4])\b{_ITS_YEAR}", _quarter),
    (rf"(?P<number>{_ORDINAL})\s+(?:quarter|quartal|trimestre)\b(?:\s+of the year)?{_ITS_YEAR}", _quarter),
    (rf"(?P<number>{_ORDINAL})\s+(?P<half>half of the year|halbjahr|semestre)\b{_ITS_YEAR}", _quarter),
    (
        rf"(?:last|past|previous|letzte[nrsm]?|vergangene[nrsm]?|[úu]ltim[oa]s?|(?P<which>{_NEXT}))\s+"
        rf"(?P<number>{NUMBER})\s+(?P<unit>{UNIT})"
        r"(?P<vague>\s+or so)?",
        _rolling,
    ),
    (rf"(?:(?:in|over|during|within|for) the last|past|[úu]ltim[oa])\s+(?P<unit>{UNIT})(?P<vague>\s+or so)?", _rolling),
    (rf"(?P<number>{NUMBER})\s+(?P<unit>{UNIT})\s+ago\b", _ago),
    (rf"(?:vor|hace)\s+(?P<number>{NUMBER})\s+(?P<unit>{UNIT})", _ago),
    (rf"{_PARTLY}{_WHICH}(?P<unit>(?!days?\b|tage?\b|d[íi]as?\b){UNIT})", _calendar),
    (rf"{_PARTLY}(?P<unit>(?!d[íi]as?\b){UNIT}){_WHICH_AFTER}", _calendar),
    (rf"(?P<part>{PART})[\s-]+{_THE}(?P<unit>(?!days?\b|tag|d[íi]as?\b){UNIT})", _calendar),
    (rf"{_WHICH}?(?P<weekday>{WEEKDAY})", _weekday),
    (rf"(?P<near>{'|'.join(_NEAR)})\b", lambda w, c: _Period(*[c.today - _NEAR[w["near"]] * _DAY] * 2)),
    (_YEAR, lambda w, c: _Period(date(int(w["year"]), 1, 1), date(int(w["year"]), 12, 31))),
)
_RULES = tuple((re.compile(rule, re.IGNORECASE), build) for rule, build in _SPELT)
_POINT = "(?:" + "|".join(re.sub(r"\?P<\w+>", "?:", rule) for rule, _ in _SPELT) + r")(?!\w)"
_DIRECTED = re.compile(
    r"(?<!\w)(?:(?:(?P<since>since|starting|seit|ab|desde)|(?P<after>after|following|nach|después de|tras)|"
    r"(?P<before>before|prior to|vor|antes de)|(?P<until>until|till|up to|by|bis|hasta|para)|"
    r"(?P<lead>in|im|during|over|throughout|on|am|at|of|from|for|around|über|während|en|durante))\s+"
    rf"(?P<gap>(?:[\w'’-]+\s+){{1,6}}?(?:at|in|from|on|of|im|am|vom|an|en|de|a)\s+)??{_THE}(?:zum\s+|zur\s+|a\s+)?)??"
    rf"(?P<point>{_POINT})",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    rf"(?<!\w)(?:between|from|zwischen|von|vom|entre|de|desde)\s+{_THE}(?P<first>{_POINT})\s+"
    rf"(?:and|to|until|till|through|und|bis|bis zum|y|a|hasta)\s+{_THE}(?P<last>{_POINT})",
    re.IGNORECASE,
)

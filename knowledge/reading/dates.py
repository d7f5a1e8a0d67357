"""Days as people write them, in seven languages. What could be two days stays open until the whole file settles it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.domain.importing import DateOrder, OpenDay
from assistant.errors import ImportRefused

_MONTHS = """
january jan januar jänner enero ene janvier janv gennaio gen janeiro januari
february feb februar februari febrero febrer février févr febbraio fevereiro fev
march mar märz maerz mrz mär marzo mars março maart mrt
april apr abril abr avril avr aprile
may mai mayo maggio mag maio mei
june jun juni junio juin giugno giu junho
july jul juli julio juillet juil luglio lug julho
august aug agosto ago août aout augustus
september sep sept septiembre septembre settembre set setembro
october oct oktober okt octubre octobre ottobre ott outubro out
november nov noviembre novembre novembro
december dec dezember dez diciembre dic décembre déc dicembre dezembro
"""
_WEEKDAYS = """
monday mon montag mo lunes lundi lunedì segunda-feira maandag
tuesday tue tues dienstag di martes mardi martedì terça-feira dinsdag
wednesday wed mittwoch mi miércoles mercredi mercoledì quarta-feira woensdag
thursday thu thur thurs donnerstag do jueves jeudi giovedì quinta-feira donderdag
friday fri freitag fr viernes vendredi venerdì sexta-feira vrijdag
saturday sat samstag sonnabend sa sábado samedi sabato zaterdag
sunday sun sonntag so domingo dimanche domenica zondag
"""
MONTHS = {word: row + 1 for row, line in enumerate(_MONTHS.split("\n")[1:-1]) for word in line.split()}
WEEKDAYS = {word: row for row, line in enumerate(_WEEKDAYS.split("\n")[1:-1]) for word in line.split()}


def _any_of(words: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, words), key=lambda w: (-len(w), w)))


_MONTH = f"(?P<month>{_any_of(MONTHS)})"
_YEAR = r"(?P<year>(?:19|20)\d\d|\d\d)"
_TH = r"(?:st|nd|rd|th|er|\.|º|ª)?"
_SHAPES = (
    r"(?P<year>(?:19|20)\d\d)(?P<mark>[-/.])(?P<m>\d{1,2})(?P=mark)(?P<d>\d{1,2})(?:T[\d:.]+(?:Z|[+-][\d:]+)?)?",
    rf"(?P<d>\d{{1,2}})\.\s?(?P<m>\d{{1,2}})\.\s?{_YEAR}",
    rf"(?P<a>\d{{1,2}})(?P<mark>[-/])(?P<b>\d{{1,2}})(?P=mark){_YEAR}",
    rf"(?P<d>\d{{1,2}}){_TH}[\s-]*(?:of\s|de\s)?{_MONTH}\b\.?,?[\s-]*(?:del?\s|')?{_YEAR}",
    rf"{_MONTH}\b\.?[\s-]*(?P<d>\d{{1,2}}){_TH},?[\s-]+(?P<year>(?:19|20)\d\d)",
)
_TIME = r"(?:,?\s+(?:at\s+|um\s+)?\d{1,2}[:.]\d\d(?::\d\d(?:\.\d+)?)?(?:\s?(?:am|pm|a\.m\.|p\.m\.|uhr|h)\b)?)?"
_WEEKDAY = rf"(?:(?P<weekday>{_any_of(WEEKDAYS)})\b\.?,?\s+(?:the\s+|den\s+|el\s+)?)?"
_DATES = tuple(re.compile(rf"(?<![\w/]){_WEEKDAY}{shape}(?![\w/]|[-.]\d){_TIME}", re.IGNORECASE) for shape in _SHAPES)
_YEARLESS = re.compile(
    rf"^(?:(?:{_any_of(WEEKDAYS)})\b\.?,?\s+)?"
    rf"(?:\d{{1,2}}{_TH}\s+(?:of\s|de\s)?(?:{_any_of(MONTHS)})|(?:{_any_of(MONTHS)})\.?\s+\d{{1,2}}{_TH}"
    r"|\d{1,2}[./]\d{1,2}\.?)$",
    re.IGNORECASE,
)
MAX_LINE = 2_000  # characters
_DIGIT = re.compile(r"\d")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])([0-3]\d)(?!\d)")
_LITTLE = {"on", "am", "den", "vom", "el", "del", "le", "il", "date", "datum", "fecha"}
_DOTTED = re.compile(r"\d{1,2}\.\s?\d{1,2}\.\s?\d")
_SERIAL_ZERO = date(1899, 12, 30)  # day 0 of a spreadsheet, its invented 29 February 1900 included
_HINT = re.compile(r"\b(d{1,2}|t{1,2}|m{1,2})\s?[-/.]\s?(m{1,2}|d{1,2}|t{1,2})\s?[-/.]\s?[yja]{1,4}\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """A day as it stands in a text.

    Attributes:
        text: The characters themselves.
        start, end: Where they stand.
        first, second: Month and day; for an `open` one the two numbers in the written order.
        open: Whether it takes a `DateOrder` to know which of the two is the month.
        weekday: Monday is 0, when one is written.
    """

    text: str
    start: int
    end: int
    year: int
    first: int
    second: int
    open: bool = False
    weekday: int | None = None

    def day(self, order: DateOrder | None = None) -> date | None:
        """The day; none when the calendar has no such day or the order is not known."""
        if self.open and order is None:
            return None
        swap = self.open and order is DateOrder.DAY_FIRST
        month, day = (self.second, self.first) if swap else (self.first, self.second)
        try:
            return date(self.year, month, day)
        except ValueError:
            return None

    @property
    def orders(self) -> frozenset[DateOrder]:
        """The readings that the calendar allows; a written weekday narrows them."""
        days = {order: self.day(order) for order in DateOrder}
        real = {order: day for order, day in days.items() if day is not None}
        if self.weekday is not None and any(day.weekday() == self.weekday for day in real.values()):
            real = {order: day for order, day in real.items() if day.weekday() == self.weekday}
        return frozenset(real)


class DayUnclear(ImportRefused):
    """A day can be read in two ways, and nothing in the file settles which."""

    def __init__(self, where: str, written: WrittenDate, *, next: str) -> None:
        super().__init__(f"It is not clear which number is the month ({where}).", next=next)
        first, month = written.day(DateOrder.DAY_FIRST), written.day(DateOrder.MONTH_FIRST)
        assert first is not None
        assert month is not None
        self.open_day = OpenDay(written.text, first, month)


def find_date(text: str) -> WrittenDate | None:
    """The first day written in a text, if any; a day needs its year. Of an endless line only the beginning counts."""
    text = text[:MAX_LINE]
    if not _DIGIT.search(text):
        return None
    found = [match for pattern in _DATES if (match := pattern.search(text))]
    if not found:
        return None
    match = min(found, key=lambda m: (m.start(), -m.end()))
    parts = match.groupdict()
    year = int(parts["year"])
    if year < 100:
        year += 2000 if year < 70 else 1900
    weekday = WEEKDAYS.get((parts["weekday"] or "").casefold())
    is_open = parts.get("a") is not None
    if is_open:
        first, second = int(parts["a"]), int(parts["b"])
    else:
        month = parts.get("month")
        first, second = MONTHS[month.casefold()] if month else int(parts["m"]), int(parts["d"])
    return WrittenDate(match.group().strip(), match.start(), match.end(), year, first, second, is_open, weekday)


def whole_date(text: str) -> WrittenDate | None:
    """The day when the text is nothing else, decoration aside (`## … ##`, `*…*`, a closing colon)."""
    plain = text.strip().strip("#*=_~[]()|-–— \t").rstrip(":").strip()
    found = find_date(plain)
    rest = plain[: found.start] + plain[found.end :] if found else plain
    rest = re.sub(r"[\s,.():]+", "", rest).casefold()
    return found if found and (not rest or rest in WEEKDAYS or rest in _LITTLE) else None


def cell_date(text: str) -> WrittenDate | None:
    """The day in a table cell: any written form, 20250506, or a spreadsheet's serial number."""
    plain = text.strip()
    if found := whole_date(plain):
        return found
    if match := _COMPACT.fullmatch(plain):
        return WrittenDate(plain, 0, len(plain), int(match[1]), int(match[2]), int(match[3]))
    if re.fullmatch(r"\d{5}(?:[.,]\d+)?", plain) and 20_000 <= int(plain[:5]) < 80_000:
        day = _SERIAL_ZERO + timedelta(days=int(plain[:5]))
        return WrittenDate(plain, 0, len(plain), day.year, day.month, day.day)
    return None


def name_date(stem: str) -> WrittenDate | None:
    """The day in a file name, where 20250506 and 2025_05_06 count too."""
    plain = stem.replace("_", "-")
    if found := find_date(plain):
        return found
    match = _COMPACT.search(plain)
    if match is None:
        return None
    return WrittenDate(match.group(), match.start(), match.end(), int(match[1]), int(match[2]), int(match[3]))


def lacks_year(text: str) -> bool:
    """Whether a line is a day without its year."""
    return bool(_YEARLESS.match(text.strip().strip("#*=_-: \t")))


def order_hint(text: str) -> DateOrder | None:
    """The order that words like "(dd/mm/yyyy)" or "TT.MM.JJJJ" name."""
    match = _HINT.search(text)
    if not match or match.group(1)[0].casefold() == match.group(2)[0].casefold():
        return None
    return DateOrder.MONTH_FIRST if match.group(1)[0].casefold() == "m" else DateOrder.DAY_FIRST


def order_beside(lines: Iterable[str]) -> DateOrder | None:
    """The order that the other days of a file tell, those inside its notes included; none when they disagree."""
    told: set[DateOrder] = set()
    for line in lines:
        found = find_date(line)
        if found and found.open and len(found.orders) == 1:
            told |= found.orders
        elif found and _DOTTED.match(found.text):
            told.add(DateOrder.DAY_FIRST)
    return next(iter(told)) if len(told) == 1 else None


def settle_order(dates: Iterable[tuple[str, WrittenDate]], hint: DateOrder | None, advice: str) -> DateOrder | None:
    """How a file writes its days, decided over all of them; none when no day is open.

    Args:
        dates: Each day with its place ("row 4").
        hint: What the file itself says, or its language lets expect.
        advice: The sentence that tells how to say it, for a file that leaves it open.

    Raises:
        ImportRefused: Two days contradict each other, or nothing decides.
    """
    told: dict[DateOrder, str] = {}
    unclear: tuple[str, WrittenDate] | None = None
    for place, written in dates:
        if not written.open or written.first == written.second:
            continue
        if len(written.orders) == 1:
            told.setdefault(next(iter(written.orders)), f"{place}: {written.text!r}")
        elif written.orders:
            unclear = unclear or (f"{place}: {written.text!r}", written)
    if len(told) == 2:
        places = "; ".join(told[order] for order in DateOrder)
        raise ImportRefused(f"Some days are written d/m/y and some m/d/y ({places}).", next=advice)
    if told:
        return next(iter(told))
    if hint is None and unclear:
        raise DayUnclear(*unclear, next=advice)
    return hint or DateOrder.DAY_FIRST

"""Calendars: which entries are one-on-ones, with whom, on which days. Planned is not held."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import islice
from typing import TYPE_CHECKING, Any

from assistant.domain.importing import Document, MeetingDraft
from assistant.domain.note import NoteKind
from assistant.errors import ImportRefused
from knowledge.reading.files import decode
from knowledge.reading.headings import looks_like_name, name_in
from knowledge.reading.kinds import known_kind
from knowledge.reading.mail import as_person

if TYPE_CHECKING:
    from icalendar import Event

MAX_EVENTS = 20_000
MAX_DAYS = 2_000  # of one series: a daily one for five years, a weekly one for forty
MAX_MEETINGS = 100_000
_AGAIN = "Export the calendar anew as .ics and import it again."
_BETWEEN = re.compile(
    r"\s*(?:<->|<>|↔|⇄|/|&|\+|\||–|—|,|:|\bx\b|\b(?:and|und|y|with|mit|con|w/)\b|\s-\s)\s*", re.IGNORECASE
)
_KIND_WORDS = re.compile(
    r"\b(?:1\s?[:.-]\s?1s?|1\s?(?:on|to|a|zu)\s?1s?|1on1s?|one[ -](?:on|to)[ -]ones?|o3|jour[ -]fixe|check[ -]?ins?|"
    r"catch[ -]?ups?|einzelgespräch|mitarbeitergespräch|vier[ -]augen[ -]gespräch|uno a uno|cara a cara|"
    r"reunión individual|seguimiento|weekly|biweekly|monthly|wöchentlich|semanal|quincenal|mensual)\b",
    re.IGNORECASE,
)
_ZONES: list[object] = []  # the standard library forgets those that nobody holds
_ANY_ZONE = (
    "BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nTZID:Any\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
    "TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\nEND:VCALENDAR\r\n"
)
_OFTEN = {"SECONDLY", "MINUTELY", "HOURLY"}


@dataclass(frozen=True, slots=True)
class _Entry:
    """One entry that is a one-on-one.

    Attributes:
        where: File and entry, for the report.
        instance: For a changed day of a series: the day it replaces.
    """

    where: str
    uid: str
    candidates: tuple[str, ...]
    days: tuple[date, ...]
    repeats: bool
    instance: date | None = None
    cancelled: bool = False


def read_calendar(name: str, raw: bytes) -> Document:
    """An .ics file as a document with planned one-on-ones.

    Raises:
        ImportRefused: It is no sound calendar, or holds no one-on-one.
    """
    events = _events(decode(raw).text)
    skipped: list[str] = []
    entries: list[_Entry] = []
    for number, event in enumerate(events, 1):
        entry = _entry(event, number, name, skipped)
        if entry is not None:
            entries.append(entry)
    meetings = [*_meetings(entries)]
    if len(meetings) > MAX_MEETINGS:
        raise ImportRefused(f"It holds more than {MAX_MEETINGS:,} one-on-ones.", next="Export a shorter time.")
    if not meetings:
        raise ImportRefused(
            "No one-on-one was found in it.", next="Its title says 1:1, or two people take part; plan others by hand."
        )
    return Document(name, meetings=tuple(meetings), skipped=tuple(skipped))


def load_zones() -> None:
    """Take every time zone into memory, for a process that will not be able to open any; others are then unknown."""
    import sys
    import zoneinfo
    from importlib import resources

    from icalendar import Calendar

    names = (resources.files("tzdata") / "zones").read_text(encoding="utf-8").split()
    _ZONES.extend(zoneinfo.ZoneInfo(name) for name in names)
    Calendar.from_ical(_ANY_ZONE)  # icalendar lists the zones of the machine when it meets the first of its own
    zoneinfo.reset_tzpath(to=[])
    for module in [name for name in sys.modules if name.split(".")[0] == "tzdata"]:
        sys.modules[module] = None  # type: ignore[assignment]  # so that a zone it lacks is unknown, not an error


def _events(text: str) -> "list[Event]":
    """The entries of every calendar in the file."""
    from icalendar import Calendar

    if "BEGIN:VCALENDAR" not in text[:4096].upper():
        raise ImportRefused("It is no calendar.", next=_AGAIN)
    wrong = (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError, LookupError, ArithmeticError)
    try:
        calendars = Calendar.from_ical(text, multiple=True)
        events: list[Any] = [event for calendar in calendars for event in calendar.walk("VEVENT")]
    except (*wrong, OSError) as error:
        raise ImportRefused("It is damaged, or no calendar.", next=_AGAIN) from error
    if len(events) > MAX_EVENTS:
        raise ImportRefused(f"It holds more than {MAX_EVENTS:,} entries.", next="Export a shorter time.")
    return events


def _entry(event: "Event", number: int, file: str, skipped: list[str]) -> _Entry | None:
    """An entry as a one-on-one; none, with the reason when that is worth a line."""
    try:
        summary = _words(event.get("SUMMARY"))
        place = f"entry {number}{f' ({summary[:60]})' if summary else ''}"
        start, uid = _moment(event, "DTSTART"), _words(event.get("UID"))
        candidates = _candidates(event, summary)
        if not candidates:
            return None
        if start is None or not uid:
            skipped.append(f"{place}: it has no {'id' if start else 'start'}")
            return None
        instance = _moment(event, "RECURRENCE-ID")
        cancelled = _words(event.get("STATUS")).upper() == "CANCELLED"
        if cancelled:
            skipped.append(f"{place}: cancelled")
        repeats = bool(event.get("RRULE") or event.get("RDATE"))
        days = _days(event, start, place, skipped) if not cancelled else ()
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, LookupError, ArithmeticError, OSError):
        skipped.append(f"entry {number}: it cannot be understood")
        return None
    return _Entry(
        f"{file} {place}", uid[:400], candidates, days, repeats, _local(instance) if instance else None, cancelled
    )


def _meetings(entries: list[_Entry]) -> Iterator[MeetingDraft]:
    """Every day of every entry once; a day of a series that was moved or called off is not met where it was."""
    moved = {(entry.uid, entry.instance) for entry in entries if entry.instance}
    over = {entry.uid for entry in entries if entry.cancelled and entry.instance is None}
    seen: set[tuple[str, date]] = set()
    for entry in entries:
        for day in entry.days if entry.uid not in over else ():
            if (entry.instance is None and (entry.uid, day) in moved) or (entry.uid, day) in seen:
                continue
            seen.add((entry.uid, day))
            yield MeetingDraft(
                entry.where,
                entry.candidates[0],
                day,
                entry.uid,
                entry.candidates,
                entry.repeats or bool(entry.instance),
            )


def _days(event: "Event", start: date, place: str, skipped: list[str]) -> tuple[date, ...]:
    """The days of an entry in the account's time zone: its own, its rule's and its list's, less the exceptions."""
    from dateutil.rrule import rrulestr

    rule = event.get("RRULE")
    days = {_local(start)}
    if rule is not None:
        if isinstance(rule, list) or _words(rule.get("FREQ", [""])[0]).upper() in _OFTEN:
            skipped.append(f"{place}: its rule of repetition is not followed; only its first day is read")
        else:
            begin = start if isinstance(start, datetime) else datetime.combine(start, time())
            text = rule.to_ical().decode()
            text = re.sub(r"(UNTIL=\d{8})(?=;|$)", r"\1T235959", text)  # a day counts to its end
            mark = "" if begin.tzinfo is None else "Z"  # dateutil wants both of one kind
            text = re.sub(r"(UNTIL=\d{8}T\d{6})Z?", rf"\1{mark}", text)
            days = {_local(each) for each in islice(rrulestr(text, dtstart=begin), MAX_DAYS)}
    days |= {_local(each) for each in _listed(event.get("RDATE"))}
    return tuple(sorted(days - {_local(each) for each in _listed(event.get("EXDATE"))}))


def _listed(value: Any) -> Iterator[date]:
    """The moments of RDATE or EXDATE, which may come once or several times."""
    for each in value if isinstance(value, list) else [value] if value is not None else []:
        for moment in each.dts[:MAX_DAYS]:
            at = moment.dt[0] if isinstance(moment.dt, tuple) else moment.dt
            if isinstance(at, date):
                yield at


def _moment(event: "Event", key: str) -> date | None:
    """A day or a moment; none when the entry has none that can be read."""
    value = event.get(key)
    at = getattr(value, "dt", None)
    return at if isinstance(at, date) else None


def _local(at: date) -> date:
    """The day in the account's time zone; a moment without a zone is meant where one is."""
    if isinstance(at, datetime):
        if at.tzinfo is not None and not 1970 < at.year < 2100:
            return at.astimezone(UTC).date()
        return (at.astimezone() if at.tzinfo is not None else at).date()
    return at


def _candidates(event: "Event", summary: str) -> tuple[str, ...]:
    """Who the other may be; nobody when the entry is no one-on-one: no such title, and not two who take part."""
    invited = _invited(event)
    titled = bool(_KIND_WORDS.search(summary)) or known_kind(summary) is NoteKind.ONE_ON_ONE
    if not titled and len(invited) != 2:
        return ()
    named = []
    for part in _BETWEEN.split(_KIND_WORDS.sub(" / ", summary)) if titled else ():
        name = name_in(part.strip())
        if name and looks_like_name(name):
            named.append(name)
    return tuple(dict.fromkeys([*named, *(invited if len(invited) < 4 else ())]))


def _invited(event: "Event") -> list[str]:
    """Those who take part, the one who invites included; rooms are nobody."""
    found: dict[str, str] = {}
    for key in ("ATTENDEE", "ORGANIZER"):
        values = event.get(key)
        for value in values if isinstance(values, list) else [values] if values is not None else []:
            if str(value.params.get("CUTYPE", "")).upper() in {"ROOM", "RESOURCE"}:
                continue
            address = re.sub(r"^mailto:", "", _words(value), flags=re.IGNORECASE).strip().casefold()
            name = _words(value.params.get("CN", "")).strip().strip("'\"")
            found.setdefault(address, "" if "@" in name else name)
            found[address] = found[address] or ("" if "@" in name else name)
    return [person for address, name in found.items() if (person := as_person(name, address))]


def _words(value: Any) -> str:
    """A property's words without what no database keeps."""
    return " ".join(re.sub("[\x00-\x1f\ud800-\udfff]", " ", str(value if value is not None else "")).split())

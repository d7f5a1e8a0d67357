"""A notebook typed up: days as lines, names above entries, wrapped lines. Finds out first how this one is kept."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from assistant.domain.importing import DateOrder, Document
from knowledge.reading.dates import (
    WrittenDate,
    find_date,
    lacks_year,
    order_beside,
    order_hint,
    settle_order,
    whole_date,
)
from knowledge.reading.drafts import Drafts, is_separator, joined_text
from knowledge.reading.files import Decoded
from knowledge.reading.headings import (
    Label,
    NamedHeading,
    bare_heading,
    bracket_heading,
    looks_like_name,
    name_in,
    read_label,
    spoken_heading,
)
from knowledge.reading.kinds import fold_label, known_kind
from knowledge.reading.outline import ADVICE

_NOTHING = (
    "No dated entry was found; a line like 'Tuesday, 6 May 2025' stands above each day, or 'Dana Reyes, 6 May 2025' "
    "above each note."
)
_BULLET = re.compile(r"^\s*(?:[-*+•]\s+)?(?:\*\*|__)?")
_BEFORE_DATE = re.compile(r"(?:\s*[,;:|·(\[]|\s[-–—])?\s*(?:(?:on|am|den|vom|el|del|le|il)\s+)?$", re.IGNORECASE)
_ENDS = (".", "!", "?", '"', "”", ")")
_SHORT_DAY = re.compile(r"^\s*(?:[-*+•]\s+)?(?P<day>\d{1,2}\.\s?\d{1,2}\.)(?!\d)\s*[:–—-]?\s+(?P<rest>[^\W\d_].*)$")
_AFTER_DATE = re.compile(r"^\W*?(?:[:|·,]|\s[-–—])?\s*(?=[\w\"'“„‚‘(\[*@])")


class Style(Enum):
    """How a journal names the people."""

    BRACKETS = auto()  # Tom B. [1:1, from Wade]
    BARE = auto()  # a line with nothing but the name
    SPOKEN = auto()  # Tom B.: what there is to say
    ONE = auto()  # nobody is named: the whole journal is about one person


@dataclass(frozen=True, slots=True)
class _Day:
    """A line that begins with a day, and what stands behind it."""

    written: WrittenDate
    rest: str


@dataclass(frozen=True, slots=True)
class _NamedDay:
    """A line that says whom a note is about and on which day: "Dana Reyes, 12 May 2026"."""

    name: str
    day: _Day


@dataclass(slots=True)
class _Entry:
    """An entry that is being read."""

    place: int
    day: WrittenDate
    person: str
    label: Label
    lines: list[str] = field(default_factory=list)
    said: str = ""


@dataclass(frozen=True, slots=True)
class _Manner:
    """What was found out about a journal: its style and, for names that recur, how they are written."""

    style: Style
    names: frozenset[str]


def read_journal(name: str, decoded: Decoded) -> Document:
    """A text file with dated entries as a document.

    Raises:
        ImportRefused: No dated entry, or lines that cannot be read.
    """
    lines = [*enumerate(re.split(r"\r\n|\r|\n", decoded.text.replace("\f", "\n")), 1)]
    drafts = Drafts(name, "line")
    read_journal_lines(lines, drafts, title=re.sub(r"\.\w+$", "", name.rsplit("/", 1)[-1]), told=decoded.order)
    kept = drafts.done(_NOTHING)
    return Document(name, kept, skipped=drafts.skipped, remarks=decoded.remarks)


def read_journal_lines(
    lines: Sequence[tuple[int, str]],
    drafts: Drafts,
    *,
    title: str,
    owner: str = "",
    order: DateOrder | None = None,
    told: DateOrder | None = None,
) -> None:
    """Read numbered lines into the drafts.

    Args:
        lines: Each line with its number.
        drafts: Takes the notes, and what is wrong.
        title: The name of the file: whom a journal without names may be about.
        owner: Whom all of it is about, where that is known.
        order: How the file says it writes days, if it does.
        told: How days are written where nothing in the file tells.

    Raises:
        ImportRefused: The days can be read in two ways.
    """
    days = _days(lines, drafts)
    named = {place: found for place, line in lines if place not in days and (found := _named_day(line))}
    by_name = bool(named) and (not days or (min(named) < min(days) and " " in named[min(named)].name))
    first = min(named if by_name else days, default=0)
    head = [line for place, line in lines if place < first and line.strip() and not is_separator(line)]
    if by_name:
        entries = _entries_by_name(lines, days, named, drafts)
        days |= {place: found.day for place, found in named.items()}
    else:
        manner = _manner(lines, days)
        if owner and manner.style is not Style.BRACKETS:
            manner = _Manner(Style.ONE, frozenset())
        if manner.style is Style.ONE:
            owner = _owner(head, title) or owner
        else:
            owner = owner or _alone(head)
        entries = _entries(lines, days, manner, owner, drafts)
    hint = order or next(
        (hint for line in head if line.casefold().startswith("date") and (hint := order_hint(line))), None
    )
    hint = hint or order_beside(line for _, line in lines) or told
    settled = settle_order([(f"line {place}", day.written) for place, day in days.items()], hint, ADVICE)
    for entry in entries:
        if on := drafts.day_of(entry.place, entry.day, settled):
            drafts.add(
                entry.place,
                entry.person,
                on,
                joined_text(entry.lines) or entry.said,
                kind=entry.label.kind if joined_text(entry.lines) or not entry.said else "",
                author=entry.label.author,
            )


def opens_a_note(line: str) -> bool:
    """Whether a line is a day, or a name and its day, and a note may follow."""
    return bool(whole_date(line) or _named_day(line))


def _days(lines: Sequence[tuple[int, str]], drafts: Drafts) -> dict[int, _Day]:
    """The lines that begin with a day. One without its year has that of the days around it, or is a problem."""
    days: dict[int, _Day] = {}
    lacking: dict[int, tuple[str, str]] = {}
    ended = True
    for place, line in lines:
        if day := _day_of(line, ended=ended):
            days[place] = day
        elif ended and (short := _SHORT_DAY.match(line)):
            lacking[place] = (short.group("day"), short.group("rest"))
        ended = not line.strip() or is_separator(line) or line.rstrip().endswith(_ENDS)
    for place, (written, rest) in lacking.items():
        above = [day.written for at, day in days.items() if at < place]
        below = [day.written for at, day in days.items() if at > place]
        if not above:
            continue
        whole = find_date(f"{written.rstrip('.')}.{above[-1].year}")
        if whole is None or (below and below[0].year != above[-1].year):
            drafts.problem(place, f"{written!r} has no year")
        else:
            days[place] = _Day(replace(whole, text=written), rest)
    return dict(sorted(days.items()))


def _entries(
    lines: Sequence[tuple[int, str]], days: dict[int, _Day], manner: _Manner, owner: str, drafts: Drafts
) -> list[_Entry]:
    """The lines gathered under days and names; lines that belong to nobody are problems."""
    entries: list[_Entry] = []
    today: WrittenDate | None = None
    entry: _Entry | None = None
    opens = True
    for place, line in lines:
        text = line
        if day := days.get(place):
            today, text, opens, entry = day.written, day.rest, True, None
        if today is None or not text.strip() or is_separator(text):
            if entry and not is_separator(text) and place not in days:
                entry.lines.append("")
            opens = True
            if today is None and lacks_year(text):
                drafts.problem(place, f"{text.strip()!r} has no year")
            continue
        if lacks_year(text) and opens:
            drafts.problem(place, f"{text.strip()!r} has no year")
            continue
        heading = _heading(text, opens, manner, entry is None)
        if manner.style is Style.ONE and entry is None:
            heading = NamedHeading(owner, *_own_label(text))
        if heading:
            person = owner if fold_label(heading.name) in fold_label(owner).split() else heading.name
            said = text if manner.style is Style.ONE and len(text.split()) > 3 else ""  # more than a kind and an author
            entry = _Entry(place, today, person, heading.label, [heading.text] if heading.text else [], said)
            entries.append(entry)
        elif entry:
            entry.lines.append(text)
        elif owner:
            entry = _Entry(place, today, owner, Label(), [text])
            entries.append(entry)
        else:
            drafts.problem(place, "nobody is named above this text")
        opens = bool(heading)
    return entries


def _entries_by_name(
    lines: Sequence[tuple[int, str]], days: dict[int, _Day], named: dict[int, _NamedDay], drafts: Drafts
) -> list[_Entry]:
    """The lines gathered under a name and its day; a day alone goes on about the same person."""
    entries: list[_Entry] = []
    for place, line in lines:
        if (found := named.get(place)) or (entries and place in days):
            day = found.day if found else days[place]
            label, text = _own_label(day.rest)
            person = found.name if found else entries[-1].person
            entries.append(_Entry(place, day.written, person, label, [text] if text else []))
        elif entries:
            entries[-1].lines.append("" if is_separator(line) else line)
        elif line.strip() and not is_separator(line):
            drafts.skip(place, "text that belongs to no day")
    return entries


def _named_day(line: str) -> _NamedDay | None:
    """A name and its day, with nothing behind them but a kind, or a mark and the note's first words."""
    plain = _BULLET.sub("", line.strip().lstrip("# "))
    found = find_date(plain)
    if not found or whole_date(line):
        return None
    name = _BEFORE_DATE.sub("", plain[: found.start]).strip("*_ ")
    first = name.partition(",")[0]  # "Dana Reyes, trainee": what she does is no part of her name
    name = first if " " in first.strip() else name
    rest = plain[found.end :].lstrip(")]").replace("**", "", 1)
    mark = re.match(r"\s*(?:[:.|·,]|[-–—](?=\s|$))?\s*", rest)
    behind = rest[mark.end() :] if mark else rest
    if behind and not (mark and mark.group().strip(" ,.")) and not known_kind(behind.strip("()[] ")):
        return None
    return _NamedDay(name, _Day(found, behind)) if name and looks_like_name(name) else None


def _day_of(line: str, *, ended: bool) -> _Day | None:
    """The day a line is, or begins with; a day inside a sentence opens nothing.

    One in figures needs no mark behind it where the line before has `ended`.
    """
    if whole := whole_date(line):
        return _Day(whole, "")
    plain = _BULLET.sub("", line.strip().lstrip("# "))
    found = find_date(plain)
    if not found or plain[: found.start].strip("[( "):
        return None
    rest = plain[found.end :].lstrip(")]").replace("**", "", 1)
    mark = _AFTER_DATE.match(rest)
    marked = bool(mark and mark.group().strip())
    rest = rest[mark.end() :] if mark else rest
    named = bracket_heading(rest) or spoken_heading(rest) or bare_heading(rest) or known_kind(rest.strip("()[]"))
    figures = ended and not re.search(r"[^\W\d_]", found.text)
    return _Day(found, rest) if marked or named or figures else None


def _manner(lines: Sequence[tuple[int, str]], days: dict[int, _Day]) -> _Manner:
    """How the journal names people, judged by what stands right below its days."""
    firsts: list[str] = []
    waiting = False
    bracketed: set[str] = set()
    for place, line in lines:
        text = line
        if day := days.get(place):
            waiting, text = True, day.rest
        if not text.strip() or is_separator(text) or not days or place < min(days):
            continue
        if heading := bracket_heading(text):
            bracketed.add(fold_label(heading.name))
        if waiting:
            firsts.append(text)
            waiting = False
    if bracketed:
        return _Manner(Style.BRACKETS, frozenset(bracketed))
    bare = [heading for text in firsts if (heading := bare_heading(text))]
    spoken = [heading for text in firsts if (heading := spoken_heading(text))]
    style, found = max((Style.BARE, bare), (Style.SPOKEN, spoken), key=lambda pair: len(pair[1]))
    if not firsts or len(found) * 2 < len(firsts):
        return _Manner(Style.ONE, frozenset())
    return _Manner(style, frozenset(fold_label(heading.name) for heading in [*bare, *spoken]))


def _heading(text: str, opens: bool, manner: _Manner, nobody: bool) -> NamedHeading | None:
    """The entry a line opens in this journal, if it opens one.

    It `opens` a block below a blank line, a day or a rule; with `nobody` no entry is open, so a name is expected.
    """
    if manner.style is Style.ONE:
        return None
    if manner.style is Style.BRACKETS and opens and (heading := bracket_heading(text)):
        return heading
    bare, spoken = bare_heading(text), spoken_heading(text)
    for heading, style in ((bare, Style.BARE), (spoken, Style.SPOKEN)):
        if heading is None:
            continue
        recurs = fold_label(heading.name) in manner.names
        if recurs and (opens or style is Style.SPOKEN is manner.style):
            return heading
        if (
            opens
            and manner.style is style
            and (nobody or not text.rstrip().endswith((".", "!", "?")) or style is Style.SPOKEN)
        ):
            return heading
    return None


def _own_label(text: str) -> tuple[Label, str]:
    """Kind and author, or text, behind the day of a journal about one person."""
    bracket = re.match(r"^[(\[]([^)\]]+)[)\]]\W{0,3}\s*(.*)$", text, re.DOTALL)
    if bracket and known_kind(read_label(bracket.group(1)).kind):
        return read_label(bracket.group(1)), bracket.group(2)
    label = read_label(text) if len(text) < 100 else Label()
    return (label, "") if known_kind(label.kind) and not text.rstrip().endswith(".") else (Label(), text)


def _alone(head: Sequence[str]) -> str:
    """The full name that stands alone above all days, perhaps with what the person does behind it."""
    found = [heading.name for line in head[:3] if (heading := bare_heading(line.partition(" - ")[0]))]
    return next((name for name in found if " " in name), "")


def _owner(head: Sequence[str], title: str) -> str:
    """Whom a journal without names is about: its first lines or its file name may say so.

    A single word is not enough there: "ruth_notebook" is whose notebook it is, not whom it is about.
    """
    found = [name for words in (*head[:3], title) if (name := name_in(words)) and looks_like_name(name)]
    return next((name for name in found if " " in name), "")

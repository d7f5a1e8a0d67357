"""Headings and what stands below them become drafts: Markdown and Word share this. Journals are another matter."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.domain.importing import DateOrder
from assistant.domain.person import Person
from knowledge.reading.columns import Role, find_columns
from knowledge.reading.dates import WrittenDate, order_beside, settle_order
from knowledge.reading.details import Details, detail_line, details_of
from knowledge.reading.drafts import Drafts, body_text, is_separator
from knowledge.reading.headings import DatedHeading, Label, dated_heading, looks_like_name, name_in
from knowledge.reading.kinds import known_kind
from knowledge.reading.table import read_rows

ADVICE = (
    "Write the days as 2025-05-06, or add a line 'dates: d/m/y' or 'dates: m/d/y' at the top, "
    "or give `--dates d/m/y` or `--dates m/d/y`."
)
BOLD_NAME, BOLD_DATE = 7, 8  # below the six real heading levels
_UNTIL = {
    "until",
    "till",
    "by",
    "since",
    "from",
    "before",
    "after",
    "bis",
    "seit",
    "ab",
    "vor",
    "hasta",
    "desde",
    "antes",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line or block of a document.

    Attributes:
        place: Its number, for the report.
        text: Its words; for a heading without the marks.
        level: 1 for the outermost heading; none for plain text.
        written: The line as it stands in the file, kept when it turns out to be part of a note.
        cells: The rows of a table, each with its own place.
    """

    place: int
    text: str
    level: int | None = None
    written: str = ""
    cells: tuple[tuple[int, tuple[str, ...]], ...] = ()


@dataclass(slots=True)
class _Section:
    """A dated note that is being read."""

    place: int
    person: str
    level: int
    written: WrittenDate
    label: Label
    lines: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _State:
    """Where the reading stands."""

    person: str
    note: _Section | None = None
    details: dict[str, dict[str, str]] = field(default_factory=dict)


def date_of_heading(line: Line) -> DatedHeading | None:
    """The day that a heading opens; a day at the end of a sentence ("goals until …") opens nothing."""
    found = dated_heading(line.text) if line.level is not None else None
    if found is None:
        return None
    before = line.text[: found.written.start].strip("*_#([ \t-–—·|:,").split()
    if before and (before[-1].casefold() in _UNTIL or (len(before) > 3 and known_kind(" ".join(before)) is None)):
        return None
    return found


def unstyled_level(text: str, *, bold: bool) -> int | None:
    """The level of a line that no style marks: a bold name or day, or a day with next to nothing behind it."""
    if not text or len(text) > 250:
        return None
    heading = dated_heading(text)
    if heading and date_of_heading(Line(1, text, BOLD_DATE)):
        rest = text[heading.written.end :]
        bare = heading.written.start == 0 and not text.endswith(".") and (not rest or rest.lstrip()[:1] in "·|–-—(:")
        if bold or (bare and len(text) < 120 and not heading.label.title):
            return BOLD_DATE
    return BOLD_NAME if bold and looks_like_name(text) else None


def has_names(lines: Sequence[Line]) -> bool:
    """Whether a heading above the dated ones names somebody."""
    return _people_level(lines, "") is not None


def read_outline(
    lines: Sequence[Line],
    drafts: Drafts,
    *,
    person: str,
    order: DateOrder | None = None,
    fixed: bool = False,
    told: DateOrder | None = None,
) -> list[Person]:
    """Read dated notes into the drafts; the people described beside them come back.

    Args:
        lines: The document in reading order.
        drafts: Takes the notes, and what is wrong.
        person: Whom the notes are about until a heading says otherwise.
        fixed: Whether no heading can say otherwise.
        order: How the file itself says it writes days, if it does.
        told: How days are written where nothing in the file tells.

    Raises:
        ImportRefused: The days can be read in two ways.
    """
    dated = {line.place: found for line in lines if (found := date_of_heading(line))}
    people_level = None if fixed else _people_level(lines, person)
    state, notes = _State(person), list[_Section]()
    for line in lines:
        if heading := dated.get(line.place):
            state.note = _Section(line.place, state.person, line.level or 0, heading.written, heading.label)
            notes.append(state.note)
        elif line.level is not None and line.level == people_level and (name := name_in(line.text)):
            state.person, state.note = name, None
        elif line.level is not None and (state.note is None or line.level <= state.note.level):
            state.note = None
        elif line.cells:
            _read_table(line, state, drafts, order, told)
        elif state.note is not None:
            state.note.lines.append(line.written or line.text)
        else:
            _preamble(line, state, drafts)
    order = order or order_beside(line.written or line.text for line in lines) or told
    settled = settle_order([(drafts.told(n.place), n.written) for n in notes], order, ADVICE)
    for note in notes:
        if day := drafts.day_of(note.place, note.written, settled):
            drafts.add(note.place, note.person, day, _with_title(note), kind=note.label.kind, author=note.label.author)
    return [details_of(fields).person(name) for name, fields in state.details.items() if name]


def _people_level(lines: Sequence[Line], person: str) -> int | None:
    """The level of heading that names people; a title above and sections below are on other levels.

    `person` is whom the file itself is named after: "Observations" below a full name is no second person.
    """
    dated = min((line.level or 9 for line in lines if date_of_heading(line)), default=9)
    named: dict[int, list[str]] = {-1: [person]} if person else {}
    for line in lines:
        if line.level is not None and line.level < dated and not line.cells and (name := name_in(line.text)):
            named.setdefault(line.level, []).append(name)
    levels = sorted(named)
    full = [level for level in levels if all(" " in name for name in named[level])]
    several = [level for level in full if len(set(named[level])) > 1]
    chosen = several[-1] if several else full[0] if full else levels[-1] if levels else -1
    return chosen if chosen >= 0 else None


def _with_title(note: _Section) -> str:
    """The note's text; a heading that said more than kind and author stays with it."""
    text = body_text(note.lines)
    return f"{note.label.title}\n\n{text}" if note.label.title and text else text or note.label.title


def _preamble(line: Line, state: _State, drafts: Drafts) -> None:
    """Text above the first note of a person: a detail of theirs, or left out."""
    if not line.text.strip() or is_separator(line.text):
        return
    if detail := detail_line(line.text):
        state.details.setdefault(state.person, {})[detail[0]] = detail[1]
    else:
        drafts.skip(line.place, "text that belongs to no day")


def _read_table(line: Line, state: _State, drafts: Drafts, order: DateOrder | None, told: DateOrder | None) -> None:
    """A table of details about the person, a table of dated notes, or neither."""
    rows = [cells for _, cells in line.cells]
    known: Details = details_of({cells[0]: cells[1] for cells in rows if len(cells) == 2})
    columns = find_columns(rows[0])
    if known.fields and not {Role.DATE, Role.TEXT} <= columns.at.keys():
        state.details.setdefault(known.get("name") or state.person, {}).update(known.fields)
    elif {Role.DATE, Role.TEXT} <= columns.at.keys() and (columns.is_enough or state.person):
        read_rows(
            [(p, list(cells)) for p, cells in line.cells[1:]],
            columns,
            drafts,
            person=state.person,
            said=order,
            told=told,
        )
    elif state.note is not None:
        state.note.lines.extend(" | ".join(cells) for cells in rows)
    else:
        drafts.skip(line.place, "a table without columns for date and text")

"""Markdown as people keep it: one file a person, one note a file, a journal, or a page of Notion or Obsidian."""

import re
from dataclasses import dataclass
from pathlib import PurePath

from assistant.domain.importing import DateOrder, Document
from assistant.domain.person import Person
from knowledge.reading.dates import WrittenDate, find_date, name_date, order_beside, order_hint, settle_order
from knowledge.reading.details import Details, details_of
from knowledge.reading.drafts import Drafts, body_text, is_separator
from knowledge.reading.files import Decoded
from knowledge.reading.headings import looks_like_name, name_in, read_label
from knowledge.reading.journal import opens_a_note, read_journal_lines
from knowledge.reading.kinds import fold_label, known_kind
from knowledge.reading.names import person_of_file
from knowledge.reading.outline import ADVICE, BOLD_DATE, BOLD_NAME, Line, date_of_heading, has_names, read_outline
from knowledge.reading.tree import without_hash
from knowledge.reading.vault import attachments_in, front_matter, kind_by_tags, properties, read_daily, unlinked

_HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_BOLD = re.compile(r"^\s*(?:\*\*|__)(.+?)(?:\*\*|__)\s*:?\s*$")
_BULLET = re.compile(r"^\s*(?:[-*+•]\s+)?(?:\*\*|__)?")
_NOTHING = "No dated note was found; a line like '2025-05-06' or '## 2025-05-06 - 1:1' stands above each."


def read_markdown(name: str, decoded: Decoded) -> Document:
    """A Markdown file as a document; the person comes from its head, its first heading or its name.

    Raises:
        ImportRefused: No dated note, or sections that cannot be read.
    """
    raw = decoded.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    page = _page(name, raw, decoded.order)
    drafts = Drafts(name, "line")
    for place, why in [*page.unused, *attachments_in(raw)]:
        drafts.skip(place, why)
    people = _read(page, raw, drafts)
    if page.details.get("name"):
        people = [_joined(page.details, page.details.get("name"), people)]
    elif not drafts.kept and page.person and _describes(page.details):
        people = [page.details.person(page.person)]
    if page.is_day and not drafts.kept:
        return Document(name, skipped=(*drafts.skipped, f"{name}: a day that names nobody"), remarks=decoded.remarks)
    kept = drafts.done(_NOTHING) if drafts.has_any or not people else ()
    return Document(
        name, kept, people=tuple(people), skipped=drafts.skipped, remarks=(*decoded.remarks, *drafts.remarks)
    )


@dataclass(frozen=True, slots=True)
class _Page:
    """What a file says besides its body.

    Attributes:
        person: Whom its head or its name names.
        start: Where the body begins.
        day: The day of a file that is one note.
        is_day: Whether the file is named by a day and by nobody: a page of a diary.
        unused: Lines of its head that say nothing we keep.
    """

    lines: list[Line]
    details: Details
    order: DateOrder | None
    person: str
    start: int
    day: WrittenDate | None
    is_day: bool
    unused: list[tuple[int, str]]


def _page(name: str, raw: list[str], told: DateOrder | None) -> _Page:
    """The head of a file, and its body as lines."""
    pairs, start = front_matter(raw)
    order = order_hint(pairs.get("dates", "")) or order_beside(raw) or told
    if "name" not in details_of(pairs).fields and (named := name_in(pairs.get("title", "").strip(" \"'"))):
        pairs["name"] = named
    pairs.pop("title", None)  # the document's title here, a job elsewhere
    if tagged := kind_by_tags(pairs):
        pairs.setdefault("kind", tagged)
    head, taken, unused = properties(raw, start)
    details = Details({**head.fields, **details_of(pairs).fields})
    stem = without_hash(PurePath(name).stem)
    day = find_date(details.get("date")) or name_date(stem)
    person = details.get("name") or person_of_file(name)
    lines = [line for line in _lines(raw, start) if line.place not in taken]
    is_day = day is not None and not person and name_date(stem) is not None and not _first_name(lines)
    return _Page(lines, details, order, person, start, day, is_day, unused)


def _read(page: _Page, raw: list[str], drafts: Drafts) -> list[Person]:
    """The notes of a file, in whichever of the ways it is kept; the people it describes come back."""
    lines, person, order = page.lines, page.person, page.order
    if any(date_of_heading(line) for line in lines) and not (page.is_day and _only_title(lines)):
        if person or has_names(lines):
            return read_outline(lines, drafts, person=person, fixed=bool(page.details.get("name")), order=order)
        read_journal_lines([(line.place, line.text) for line in lines], drafts, title="", order=order)
    elif page.is_day and page.day:
        read_daily(raw, page.start, lines, page.day, drafts)
    elif page.day:
        _single_note(lines, person or _first_name(lines), page.day, page.details, drafts, order)
    elif person or _first_name(lines):
        who = person or _first_name(lines)
        if not _dated_lines(lines, who, drafts, order):
            read_journal_lines([(line.place, line.text) for line in lines], drafts, title="", owner=who, order=order)
    else:
        read_journal_lines([(line.place, line.text) for line in lines], drafts, title="", order=order)
    return []


def _only_title(lines: list[Line]) -> bool:
    """Whether the one day among the headings is the title of the page."""
    dated = [line for line in lines if date_of_heading(line)]
    return len(dated) == 1 and dated[0] is next((line for line in lines if line.text.strip()), None)


def _describes(details: Details) -> bool:
    """Whether a head tells something of a person."""
    return bool({"role", "since", "aka", "pronouns", "customers"} & details.fields.keys())


def _lines(raw: list[str], start: int) -> list[Line]:
    """Every line with its heading level; headings inside code fences are none."""
    lines: list[Line] = []
    fenced = False
    for number, line in enumerate(map(unlinked, raw[start:]), start + 1):
        fenced ^= line.lstrip().startswith("```")
        heading, bold = _HEADING.match(line), _BOLD.match(line)
        if heading and not fenced:
            lines.append(Line(number, heading.group(2).strip("*_ "), len(heading.group(1)), line))
        elif bold and not fenced and date_of_heading(Line(number, bold.group(1), BOLD_DATE)):
            lines.append(Line(number, bold.group(1), BOLD_DATE, line))
        elif bold and not fenced and looks_like_name(bold.group(1)) and not read_label(bold.group(1)).title:
            lines.append(Line(number, bold.group(1), BOLD_NAME, line))
        elif lines and re.fullmatch(r"\s*(?:={3,}|-{3,})\s*", line) and _is_underlined(lines):
            level = 1 if "=" in line else 2
            lines[-1] = Line(lines[-1].place, lines[-1].text, level, lines[-1].text)
        else:
            lines.append(Line(number, line))
    return _without_lone_names(lines)


def _is_underlined(lines: list[Line]) -> bool:
    """Whether the last line is a heading by its underline; a sentence above a `---` separator is not."""
    last = lines[-1]
    alone = len(lines) == 1 or not lines[-2].text.strip() or is_separator(lines[-2].text)
    text = last.text.strip()
    named = looks_like_name(text) or date_of_heading(Line(last.place, text, 2)) is not None
    return last.level is None and bool(text) and alone and named and len(text) < 90


def _without_lone_names(lines: list[Line]) -> list[Line]:
    """Bold names are headings only where bold days are: elsewhere they are emphasis inside a note."""
    if any(line.level == BOLD_DATE for line in lines):
        return lines
    return [Line(line.place, line.written) if line.level == BOLD_NAME else line for line in lines]


def _first_name(lines: list[Line]) -> str:
    """The person in the first heading."""
    return next((found for line in lines if line.level == 1 and (found := name_in(line.text))), "")


def _joined(details: Details, name: str, people: list[Person]) -> Person:
    """The person of the head, with what the body adds about the same name."""
    same = next((p for p in people if fold_label(p.name) == fold_label(name)), None)
    added = {"customers": same.customers, "role": same.role} if same else {}
    return Details({**{k: v for k, v in added.items() if v}, **details.fields}).person(name)


def _single_note(
    lines: list[Line], person: str, written: WrittenDate, details: Details, drafts: Drafts, order: DateOrder | None
) -> None:
    """A file that is one note."""
    place = next((line.place for line in lines if line.text.strip()), 1)
    title = next((line.text for line in lines if line.level == 1), "")
    kind = details.get("kind") or (title if known_kind(title) else "")
    body = [line.written or line.text for line in lines if not (line.level == 1 and name_in(line.text) == person)]
    if day := drafts.day_of(place, written, settle_order([("its head", written)], order, ADVICE)):
        drafts.add(place, person, day, _close(body_text(body)), kind=kind, author=details.get("author"))


def _close(text: str) -> str:
    """Text without the gap that a taken head leaves."""
    return re.sub(r"\n{3,}", "\n\n", text)


def _dated_lines(lines: list[Line], person: str, drafts: Drafts, order: DateOrder | None) -> bool:
    """A list of days, each with its note on the same line: "- 2025-05-06: …"; whether the file is kept so."""
    notes: list[tuple[int, WrittenDate, str, list[str]]] = []
    loose: list[int] = []
    for line in lines:
        plain = _BULLET.sub("", line.text)
        found = find_date(plain)
        rest = plain[found.end :] if found and not plain[: found.start].strip("[( ") else ""
        opens = re.match(r"^\W{0,3}(?:[(\[]([^)\]]*)[)\]])?\W{0,3}?(?:[:\-–—])\W{0,3}\s*(\S.*)$", rest)
        if found and opens:
            notes.append((line.place, found, opens.group(1) or "", [opens.group(2)]))
        elif not notes and opens_a_note(line.text):
            return False
        elif notes and line.level is None:
            notes[-1][3].append(line.text)
        elif line.text.strip() and line.level is None:
            loose.append(line.place)
    settled = settle_order([(f"line {place}", written) for place, written, _, _ in notes], order, ADVICE)
    for place in loose if notes else ():
        drafts.skip(place, "text that belongs to no day")
    for place, written, label, text in notes:
        if day := drafts.day_of(place, written, settled):
            read = read_label(label)
            drafts.add(place, person, day, body_text(text), kind=read.kind, author=read.author)
    return bool(notes)

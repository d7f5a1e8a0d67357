"""Markdown as people keep it: one file a person, one note a file, or a journal with headings. No HTML is rendered."""

import re
from pathlib import PurePath

from assistant.domain.importing import Document
from assistant.domain.person import Person
from knowledge.reading.dates import DateOrder, WrittenDate, find_date, name_date, order_hint, settle_order
from knowledge.reading.details import Details, details_of
from knowledge.reading.drafts import Drafts, body_text, is_separator
from knowledge.reading.files import Decoded
from knowledge.reading.headings import looks_like_name, name_in, read_label
from knowledge.reading.journal import read_journal_lines
from knowledge.reading.kinds import fold_label
from knowledge.reading.outline import ADVICE, BOLD_DATE, BOLD_NAME, Line, date_of_heading, has_names, read_outline

_HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_BOLD = re.compile(r"^\s*(?:\*\*|__)(.+?)(?:\*\*|__)\s*:?\s*$")
_BULLET = re.compile(r"^\s*(?:[-*+•]\s+)?(?:\*\*|__)?")
_NOTHING = "No dated note was found; a line like '## 2025-05-06 - 1:1' stands above each."


def read_markdown(name: str, decoded: Decoded) -> Document:
    """A Markdown file as a document; the person comes from its head, its first heading or its name.

    Raises:
        ImportRefused: No dated note, or sections that cannot be read.
    """
    raw = decoded.text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    details, order, body = _front_matter(raw)
    lines = _lines(raw, body)
    drafts = Drafts(name, "line")
    person = details.get("name") or _person_of_file(name)
    people: list[Person] = []
    if any(date_of_heading(line) for line in lines):
        if not person and not has_names(lines):
            read_journal_lines([(line.place, line.text) for line in lines], drafts, title="", order=order)
        else:
            people = read_outline(lines, drafts, person=person, fixed=bool(details.get("name")), order=order)
    elif day := find_date(details.get("date")) or name_date(PurePath(name).stem):
        _single_note(lines, person or _first_name(lines), day, details, drafts, order)
    elif person or _first_name(lines):
        _dated_lines(lines, person or _first_name(lines), drafts, order)
    else:
        read_journal_lines([(line.place, line.text) for line in lines], drafts, title="", order=order)
    if details.get("name"):
        people = [_joined(details, details.get("name"), people)]
    kept = drafts.done(_NOTHING)
    return Document(name, kept, people=tuple(people), skipped=drafts.skipped, remarks=decoded.remarks)


def _front_matter(raw: list[str]) -> tuple[Details, DateOrder | None, int]:
    """The `key: value` lines between `---` at the top, the order of days they name, and where the body begins."""
    if not raw or raw[0].strip() != "---":
        return details_of({}), None, 0
    end = next((i for i, line in enumerate(raw[1:60], 1) if line.strip() in {"---", "..."}), 0)
    pairs = {}
    for line in raw[1:end]:
        key, colon, value = line.partition(":")
        if colon and not line.startswith((" ", "\t", "-")):
            pairs[key.strip().casefold()] = value
    if "name" not in details_of(pairs).fields and (named := name_in(pairs.get("title", "").strip(" \"'"))):
        pairs["name"] = named
    pairs.pop("title", None)  # the document's title here, a job elsewhere
    return details_of(pairs), order_hint(pairs.get("dates", "")), end + 1 if end else 0


def _lines(raw: list[str], start: int) -> list[Line]:
    """Every line with its heading level; headings inside code fences are none."""
    lines: list[Line] = []
    fenced = False
    for number, line in enumerate(raw[start:], start + 1):
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


def _person_of_file(name: str) -> str:
    """The person in a file's name, or in its folder's when the file is named by a day."""
    path = PurePath(name)
    stem = path.stem
    if day := name_date(stem):
        stem = f"{stem[: day.start]} {stem[day.end :]}"
        if not stem.strip(" -_."):
            return name_in(path.parent.name)
    found = name_in(stem)
    return found if found and looks_like_name(found) else ""


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
    body = [line.written or line.text for line in lines if not (line.level == 1 and name_in(line.text) == person)]
    if day := drafts.day_of(place, written, settle_order([("its head", written)], order, ADVICE)):
        drafts.add(place, person, day, body_text(body), kind=details.get("kind"), author=details.get("author"))


def _dated_lines(lines: list[Line], person: str, drafts: Drafts, order: DateOrder | None) -> None:
    """A list of days, each with its note on the same line: "- 2025-05-06: …"."""
    notes: list[tuple[int, WrittenDate, str, list[str]]] = []
    for line in lines:
        plain = _BULLET.sub("", line.text)
        found = find_date(plain)
        rest = plain[found.end :] if found and not plain[: found.start].strip("[( ") else ""
        opens = re.match(r"^\W{0,3}(?:[(\[]([^)\]]*)[)\]])?\W{0,3}?(?:[:\-–—])\W{0,3}\s*(\S.*)$", rest)
        if found and opens:
            notes.append((line.place, found, opens.group(1) or "", [opens.group(2)]))
        elif notes and line.level is None:
            notes[-1][3].append(line.text)
        elif line.text.strip() and line.level is None:
            drafts.skip(line.place, "text that belongs to no day")
    settled = settle_order([(f"line {place}", written) for place, written, _, _ in notes], order, ADVICE)
    for place, written, label, text in notes:
        if day := drafts.day_of(place, written, settled):
            read = read_label(label)
            drafts.add(place, person, day, body_text(text), kind=read.kind, author=read.author)

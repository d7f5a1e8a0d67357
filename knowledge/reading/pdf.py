"""PDF: a drawing that shows words. Lines are told by where they stand, headings by their letters."""

import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from statistics import quantiles
from typing import TYPE_CHECKING, Any

from assistant.domain.importing import DateOrder, Document
from assistant.domain.person import Person
from assistant.errors import ImportRefused
from knowledge.reading.drafts import Drafts
from knowledge.reading.journal import read_journal_lines
from knowledge.reading.names import person_of_file
from knowledge.reading.outline import Line, date_of_heading, has_names, read_outline, unstyled_level

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

MAX_PAGES = 1_000
FEW = 15  # characters; a page with fewer has hardly been written
_PAGE = 100_000  # more lines than a page can have: page and line in one number
_NOTHING = "No dated note was found; a line like '6 May 2025 · 1:1' stands above each."
_SAVE = "Print or export it to PDF anew, or import the file it was made from."
_BULLET = re.compile(r"^(?:[-*•–▪◦●○]|\d{1,2}[.)])\s")
_NUMBER = re.compile(
    r"^\W*(?:(?:page|seite|página|pagina|p\.|s\.)\s*)?\d{1,4}(?:\s*(?:/|of|von|de)\s*\d{1,4})?\W*$", re.I
)


@dataclass(slots=True)
class _Row:
    """One line of a page as it is drawn."""

    place: int
    text: str = ""
    height: float = 0.0
    size: float = 0.0
    bold: bool = True
    gap: bool = False


@dataclass(slots=True)
class _Page:
    """Collects what pypdf says is drawn on a page, line by line."""

    number: int
    rows: list[_Row] = field(default_factory=list)
    fresh: bool = True

    def hear(self, text: str, outer: Sequence[float], inner: Sequence[float], font: Any, size: float) -> None:
        """A piece of text with the matrices, font and size it is drawn with."""
        for index, part in enumerate(text.replace("\0", "").split("\n")):
            self.fresh |= index > 0
            if not part.strip():
                if self.rows and not self.fresh:
                    self.rows[-1].text += part
                continue
            if self.fresh:
                self.rows.append(_Row(self.number * _PAGE + len(self.rows) + 1))
                self.fresh = False
                self.rows[-1].height = float(inner[5]) * float(outer[3]) + float(outer[5])
            row = self.rows[-1]
            row.text += part
            row.size = max(row.size, abs(float(size) * float(inner[3]) * float(outer[3])))
            row.bold &= bool(re.search("bold|black|heavy|demi", str(font.get("/BaseFont", "")) if font else "", re.I))


def read_pdf(name: str, raw: bytes, order: DateOrder | None = None) -> Document:
    """A .pdf file as a document; its places are page and line.

    Raises:
        ImportRefused: It is no sound PDF, is protected, has no text, or holds lines that cannot be read.
    """
    with _damage_as_ours(), _complaints() as complaints:
        pages = [*_pages(_open(raw))]
    empty = [page.number for page in pages if sum(len(row.text.strip()) for row in page.rows) < FEW]
    if len(empty) == len(pages):
        raise ImportRefused(
            "No page of it has text: it seems to be a scan.", next="Run text recognition (OCR) over it first."
        )
    rows = [*_told_apart(_without_running_heads(pages))]
    lines = _blocks(rows)
    drafts, people = _read(name, rows, lines, order)
    kept = drafts.done(_NOTHING)
    scanned = tuple(f"page {number}: no text; a scan, or blank" for number in empty)
    remarks = ("It is damaged in places; compare what was read with the file.",) if complaints.heard else ()
    return Document(
        name, kept, people=tuple(people), skipped=(*scanned, *drafts.skipped), remarks=(*remarks, *drafts.remarks)
    )


def _read(name: str, rows: list[_Row], lines: list[Line], order: DateOrder | None) -> tuple[Drafts, list[Person]]:
    """By headings, as a Word file; where that comes to nothing, as a notebook typed up."""
    outlined, typed = _drafts(name), _drafts(name)
    person = person_of_file(name)
    complaint: ImportRefused | None = None
    if any(date_of_heading(line) for line in lines) and (" " in person or has_names(lines)):
        try:
            people = read_outline(lines, outlined, person=person, told=order)
            outlined.done(_NOTHING)
            return outlined, people
        except ImportRefused as error:
            complaint = error
    numbered = [pair for row in rows for pair in ([(row.place, "")] if row.gap else []) + [(row.place, row.text)]]
    try:
        read_journal_lines(numbered, typed, title=re.sub(r"\.\w+$", "", name.rsplit("/", 1)[-1]), told=order)
        typed.done(_NOTHING)
    except ImportRefused:
        if complaint is not None:
            raise complaint from None
        raise
    return typed, []


def _drafts(name: str) -> Drafts:
    return Drafts(name, "line", lambda place: f"page {place // _PAGE}, line {place % _PAGE}")


def _open(raw: bytes) -> "PdfReader":
    """The file as pypdf sees it."""
    from pypdf import PdfReader

    if b"%PDF-" not in raw[:1024]:
        raise ImportRefused("It is no PDF.", next=_SAVE)
    reader = PdfReader(BytesIO(raw), strict=False)
    if reader.is_encrypted:
        raise ImportRefused("It is protected by a password.", next="Save it without one and import it again.")
    return reader


def _pages(reader: "PdfReader") -> Iterator[_Page]:
    """Every page with its lines."""
    count = len(reader.pages)
    if count > MAX_PAGES:
        raise ImportRefused(f"It has {count:,} pages; {MAX_PAGES:,} is the limit.", next="Split it.")
    if not count:
        raise ImportRefused("It has no pages.", next=_SAVE)
    for number in range(count):
        yield _page(reader.pages[number], number + 1)


def _page(drawn: "PageObject", number: int) -> _Page:
    page = _Page(number)
    drawn.extract_text(visitor_text=page.hear)
    if len(page.rows) >= _PAGE:
        raise ImportRefused(f"Page {number} has too many lines.", next=_SAVE)
    return page


def _without_running_heads(pages: list[_Page]) -> list[_Page]:
    """The pages without page numbers, and without first or last lines that come again on most pages."""
    edges = Counter(
        re.sub(r"\d+", "#", page.rows[at].text.strip())
        for page in pages if len(page.rows) > 2 for at in (0, -1)
    )  # fmt: skip
    again = {text for text, count in edges.items() if count > 2 and count * 2 > len(pages)}
    for page in pages:
        for at in (0, -1):
            if len(page.rows) > 1:
                text = page.rows[at].text.strip()
                if _NUMBER.match(text) or re.sub(r"\d+", "#", text) in again:
                    del page.rows[at]
    return pages


def _told_apart(pages: list[_Page]) -> Iterator[_Row]:
    """Every line, marked where more room than usual is left above it."""
    for page in pages:
        steps = [abs(a.height - b.height) for a, b in zip(page.rows, page.rows[1:], strict=False)]
        steps = [step for step in steps if step > 1]
        usual = quantiles(steps, n=4)[0] if len(steps) > 1 else 0.0
        before: _Row | None = None
        for row in page.rows:
            step = abs(before.height - row.height) if before else 0.0
            row.gap = before is None or step > 1.3 * usual > 0 or step > 2 * max(row.size, 1)
            before = row
            yield row


def _blocks(rows: Sequence[_Row]) -> list[Line]:
    """Headings and paragraphs, wrapped lines joined."""
    weights = Counter[float]()
    for row in rows:
        weights[round(row.size, 1)] += len(row.text)
    body = max(weights, key=lambda size: weights[size], default=0.0)
    larger = sorted({round(row.size, 1) for row in rows if row.size > body * 1.12}, reverse=True)
    lines: list[Line] = []
    last: _Row | None = None
    for row in rows:
        text = row.text.strip()
        level = _level(row, text, larger)
        open_ended = bool(lines) and last is not None and lines[-1].level is None and level is None and not row.gap
        if open_ended and not _BULLET.match(text):
            lines[-1] = _joined(lines[-1], text)
        else:
            lines.append(Line(row.place, text, level, f"{text}\n" if row.gap or not lines else text))
            if row.gap and len(lines) > 1 and lines[-2].level is None and not lines[-2].written.endswith("\n"):
                lines[-2] = Line(lines[-2].place, lines[-2].text, None, f"{lines[-2].written}\n")
        last = row
    return lines


def _joined(line: Line, more: str) -> Line:
    """A paragraph with the next of its lines; a word that was broken there keeps its hyphen."""
    broken = line.text.endswith("-") and more[:1].islower()
    text = line.text.removesuffix("\xad") + ("" if broken or line.text.endswith("\xad") else " ") + more
    return Line(line.place, text, None, text)


def _level(row: _Row, text: str, larger: Sequence[float]) -> int | None:
    """The heading level of a line: by the size of its letters, else because it is a bold name or a day."""
    if not text or len(text) > 250:
        return None
    if round(row.size, 1) in larger:
        return min(larger.index(round(row.size, 1)) + 1, 6)
    return unstyled_level(text, bold=row.bold)


class _Complaints(logging.Handler):
    """Hears what pypdf mends without being asked."""

    heard = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Count it."""
        self.heard += 1


@contextmanager
def _complaints() -> Iterator[_Complaints]:
    """Take what pypdf warns of, instead of having it printed."""
    log, handler = logging.getLogger("pypdf"), _Complaints(logging.WARNING)
    told, log.propagate = log.propagate, False
    log.addHandler(handler)
    try:
        yield handler
    finally:
        log.removeHandler(handler)
        log.propagate = told


@contextmanager
def _damage_as_ours() -> Iterator[None]:
    """What pypdf meets in a damaged file, as a refusal."""
    from pypdf.errors import PyPdfError

    wrong = (KeyError, ValueError, AttributeError, TypeError, IndexError, AssertionError, RecursionError, EOFError)
    try:
        yield
    except (PyPdfError, *wrong, NotImplementedError, ArithmeticError, OSError) as error:
        raise ImportRefused("It is damaged, or no PDF.", next=_SAVE) from error

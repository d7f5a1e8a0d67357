"""Excel workbooks: every sheet is a table, read as a CSV would be. Values only; no formula is run."""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from assistant.domain.importing import DateOrder, Document
from assistant.errors import ImportRefused
from knowledge.reading.columns import Columns, Role
from knowledge.reading.drafts import Drafts
from knowledge.reading.headings import looks_like_name, name_in
from knowledge.reading.package import ZIP_ERRORS, Kind, check_package
from knowledge.reading.table import MAX_ROWS, Rows, find_header, no_columns, read_rows

SHEET = Kind(
    "Excel workbook", "Open it in Excel, save it as .xlsx and import it again.", needs="xl/workbook.xml", old=".xls"
)
MAX_COLUMNS = 200
MAX_SHEETS = 100
MAX_GAP = 1_000  # blank rows that are told one by one
MAX_NUMBER = 1_048_576  # the last row a sheet can have
_WIDE = 10_000_000  # more rows than a sheet can have: sheet and row in one number
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell [^>]*?ref=\"([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})\"")
_EPOCH_GAP = 1462  # days between the two ways in which spreadsheets count


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One sheet with words in it."""

    title: str
    rows: Rows


def read_sheet(name: str, raw: bytes, order: DateOrder | None = None) -> Document:
    """An .xlsx file as a document; a sheet named after somebody is about them where no column says who.

    Raises:
        ImportRefused: It is no sound workbook, no sheet has the columns, or rows cannot be read.
    """
    check_package(raw, SHEET)
    with _damage_as_ours():
        sheets, left_out, mac = _sheets(raw)
    single = len(sheets) == 1 and not left_out

    def told(place: int) -> str:
        row = f"row {place % _WIDE}"
        return row if single else f"sheet {sheets[place // _WIDE].title!r} {row}"

    drafts, remarks, best = Drafts(name, "row", told), list[str](), Columns({}, ())
    for number, sheet in enumerate(sheets):
        start, columns = find_header(sheet.rows)
        best = max(best, columns, key=lambda c: len(c.at))
        owner = _owner(sheet.title)
        if not (columns.is_enough or (owner and {Role.DATE, Role.TEXT} <= columns.at.keys())):
            left_out.append(f"sheet {sheet.title!r}: no column for {' and '.join(columns.missing)}")
            continue
        rows = [(number * _WIDE + row, _as_1900(cells, columns, mac)) for row, cells in sheet.rows]
        for row, cells in rows[:start]:
            if any(cell.strip() for cell in cells):
                drafts.skip(row, "stands above the header")
        remarks += read_rows(rows[start + 1 :], columns, drafts, person=owner, told=order)
    if len(left_out) >= len(sheets) and not drafts.kept and best.missing:
        raise no_columns(best)
    kept = drafts.done("It has headers but no rows with notes.")
    return Document(
        name, kept, skipped=(*drafts.skipped, *left_out), remarks=tuple(dict.fromkeys([*remarks, *drafts.remarks]))
    )


def _sheets(raw: bytes) -> tuple[list[_Sheet], list[str], bool]:
    """Every sheet that is shown and has words, what was left out, and whether days count from 1904."""
    from openpyxl.reader.excel import load_workbook
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    book = load_workbook(BytesIO(raw), read_only=True, data_only=True, keep_links=False)  # type: ignore[no-untyped-call]
    if len(book.worksheets) > MAX_SHEETS:
        raise ImportRefused(f"It has more than {MAX_SHEETS} sheets.", next="Split it, for example by person.")
    sheets, left_out, count = list[_Sheet](), list[str](), 0
    for sheet in book.worksheets:
        if sheet.sheet_state != "visible":
            left_out.append(f"sheet {sheet.title!r}: hidden")
            continue
        sheet.reset_dimensions()  # the file's own word for its size may be wrong
        rows: Rows = []
        for number, cells in enumerate(sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS), 1):
            words = [_cell(value) for value in cells]
            if any(words):
                gap = range(rows[-1][0] + 1 if rows else number, number)
                rows += [(blank, []) for blank in (gap if len(gap) <= MAX_GAP else ())]
                rows.append((number, words))
                count += 1
            if count > MAX_ROWS or number > MAX_NUMBER:
                raise ImportRefused(f"It has more than {MAX_ROWS:,} rows.", next="Split it, for example by year.")
        if rows:
            sheets.append(_Sheet(sheet.title, _filled(rows, _merged(book._archive.read(sheet._worksheet_path)))))
    return sheets, left_out, book.epoch == CALENDAR_MAC_1904


def _cell(value: Any) -> str:
    """A cell's value as it would be read aloud; an empty one, or a formula without a value, is no words."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, time | timedelta):
        return str(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value).replace("\0", "").replace("_x000D_", "").strip()


def _merged(xml: bytes) -> list[tuple[int, int, int, int]]:
    """Merged ranges that run downwards: first and last row, first and last column (from 0)."""
    from openpyxl.utils.cell import column_index_from_string

    ranges = []
    for match in _MERGED.finditer(xml):
        left, top, right, bottom = (part.decode() for part in match.groups())
        if int(bottom) > int(top):
            columns = (column_index_from_string(left) - 1, column_index_from_string(right) - 1)
            ranges.append((int(top), int(bottom), *columns))
    return ranges[:MAX_ROWS]


def _filled(rows: Rows, merged: Sequence[tuple[int, int, int, int]]) -> Rows:
    """The rows with the words of a cell merged downwards in each row it covers that says anything itself."""
    by_number = dict(rows)
    for top, bottom, left, _ in merged:
        words = by_number.get(top, [])
        said = words[left] if left < len(words) else ""
        for number in range(top + 1, min(bottom, rows[-1][0]) + 1) if said else ():
            cells = by_number.get(number, [])
            if any(cells) and left < len(cells) and not cells[left]:
                cells[left] = said
    return rows


def _owner(title: str) -> str:
    """Whom a sheet is named after; empty when its title is no name in two words."""
    found = name_in(title)
    return found if " " in found and looks_like_name(found) else ""


def _as_1900(cells: list[str], columns: Columns, mac: bool) -> list[str]:
    """The row with a bare serial day counted from 1900, where the workbook counts from 1904."""
    at = columns.at.get(Role.DATE)
    if mac and at is not None and at < len(cells) and re.fullmatch(r"\d{5}(?:\.\d+)?", cells[at]):
        cells[at] = str(int(float(cells[at])) + _EPOCH_GAP)
    return cells


@contextmanager
def _damage_as_ours() -> Iterator[None]:
    """What openpyxl meets in a damaged workbook, as a refusal; a SyntaxError is how XML parsers say that it is none."""
    from openpyxl.utils.exceptions import InvalidFileException

    wrong = (InvalidFileException, SyntaxError, KeyError, AttributeError, TypeError, IndexError, AssertionError)
    try:
        yield
    except (*wrong, *ZIP_ERRORS, ArithmeticError) as error:
        raise SHEET.damaged from error

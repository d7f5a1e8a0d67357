"""Rows with a header become drafts: CSV, TSV, and tables inside documents. Rows are counted as a spreadsheet does."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from assistant.domain.importing import DateOrder, Document
from assistant.errors import ImportRefused
from knowledge.reading.columns import Columns, Role, find_columns
from knowledge.reading.dates import WrittenDate, cell_date, order_beside, order_hint, settle_order
from knowledge.reading.drafts import Drafts
from knowledge.reading.files import Decoded
from knowledge.reading.kinds import fold_label

MAX_ROWS = 100_000
MAX_CELL = 1_000_000
_DELIMITERS = (",", ";", "\t", "|")
_HEADER_WITHIN = 15
_TOTALS = set("total totals sum summary count average rows subtotal gesamt summe anzahl zeilen zwischensumme "
              "suma totales recuento promedio filas insgesamt".split())  # fmt: skip
_ADVICE = (
    "Write the days as 2025-05-06, or name the column 'Date (d/m/y)' or 'Date (m/d/y)', "
    "or give `--dates d/m/y` or `--dates m/d/y`."
)
_NEEDS = "A table needs columns for person, date and text, named in its first row."

Rows = list[tuple[int, list[str]]]  # spreadsheet row number, cells


def read_csv(name: str, decoded: Decoded) -> Document:
    """A delimited text file as a document.

    Raises:
        ImportRefused: No usable header, broken quoting, or rows that cannot be read.
    """
    text, delimiters = _declared(decoded.text)
    heads = [(find_header(_split(text, mark, strict=False)), mark) for mark in delimiters]
    (_, columns), delimiter = max(heads, key=lambda head: (head[0][1].is_enough, len(head[0][1].at)))
    if not columns.is_enough:
        raise no_columns(columns)
    rows = _split(text, delimiter, strict=True)
    start, columns = find_header(rows)
    drafts, remarks = Drafts(name, "row"), [*decoded.remarks]
    for number, row in rows[:start]:
        if any(cell.strip() for cell in row):
            drafts.skip(number, "stands above the header")
    remarks += read_rows(rows[start + 1 :], columns, drafts, told=decoded.order)
    kept = drafts.done("It has a header but no rows with notes.")
    return Document(name, kept, skipped=drafts.skipped, remarks=(*remarks, *drafts.remarks))


def find_header(rows: Rows) -> tuple[int, Columns]:
    """The row among the first that names most columns, with its place in the list."""
    found = [(find_columns(row), index) for index, (_, row) in enumerate(rows[:_HEADER_WITHIN])]
    if not found:
        return 0, Columns({}, ())
    columns, index = max(found, key=lambda f: (f[0].is_enough, len(f[0].at), -f[1]))
    return index, columns


def read_rows(
    rows: Rows,
    columns: Columns,
    drafts: Drafts,
    *,
    person: str = "",
    said: DateOrder | None = None,
    told: DateOrder | None = None,
) -> list[str]:
    """Every row as a draft, a skip or a problem; what was concluded about the table comes back as remarks.

    Args:
        rows: The rows below the header, with their numbers.
        columns: What the header says.
        drafts: Takes the notes, and what is wrong.
        person: Whom rows are about that name nobody.
        said: How the file says it writes days, where its header does not.
        told: How days are written where nothing in the file tells.

    Raises:
        ImportRefused: The days can be read in two ways.
    """
    usable: list[tuple[int, list[str], WrittenDate]] = []
    blank: list[int] = []
    for number, row in rows:
        if not any(cell.strip() for cell in row):
            blank.append(number)
        elif why := _skipped(row, columns):
            drafts.skip(number, why)
        elif any(cell.strip() for cell in row[len(columns.header) :]):
            drafts.problem(number, "it has more cells than the header; is a quotation mark missing?")
        elif (written := cell_date(columns.cell(row, Role.DATE))) is None:
            drafts.problem(number, _bad_date(columns.cell(row, Role.DATE)))
        else:
            usable.append((number, row, written))
    end = len(rows)
    while blank and end and blank[-1] == rows[end - 1][0]:  # the empty lines at the end are worth no words
        blank.pop()
        end -= 1
    for number in blank:
        drafts.skip(number, "blank")
    said = said or order_beside(cell for _, row in rows for cell in row) or told
    order, remarks = _order([(drafts.told(number), written) for number, _, written in usable], columns, said)
    for number, row, written in usable:
        if day := drafts.day_of(number, written, order):
            drafts.add(
                number, _person(row, columns) or person, day, columns.cell(row, Role.TEXT),
                kind=columns.cell(row, Role.KIND), author=columns.cell(row, Role.AUTHOR),
                id=columns.cell(row, Role.NOTE_ID), person_id=columns.cell(row, Role.PERSON_ID),
                ai=columns.cell(row, Role.AI), sharing=columns.cell(row, Role.SHARING),
            )  # fmt: skip
    return [*remarks, *_left_out([row for _, row, _ in usable], columns)]


def _declared(text: str) -> tuple[str, Sequence[str]]:
    """The delimiters to try; a first line `sep=;` settles it (and stays as a blank line, so that rows keep count)."""
    if match := re.match(r'"?sep=(.)"?[^\n\S]*(?=\r?\n)', text):
        return text[match.end() :], (match.group(1),)
    return text, _DELIMITERS


def _split(text: str, delimiter: str, *, strict: bool) -> Rows:
    """The rows of a delimited text, quoted cells holding line breaks; the first few only, when not strict."""
    before = csv.field_size_limit(MAX_CELL)
    number = 0
    rows: Rows = []
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict), 1):
            if not strict and number > _HEADER_WITHIN:
                break
            if number > MAX_ROWS:
                raise ImportRefused(f"It has more than {MAX_ROWS:,} rows.", next="Split it, for example by year.")
            rows.append((number, row))
    except csv.Error as error:
        if not strict:
            return rows
        long = "field larger" in str(error)
        what = f"a cell is longer than {MAX_CELL:,} characters" if long else "a quotation mark is wrong"
        raise ImportRefused(
            f"Row {number + 1} cannot be read: {what}.", next="Correct that row; nothing of the file was kept."
        ) from error
    finally:
        csv.field_size_limit(before)
    return rows


def no_columns(columns: Columns) -> ImportRefused:
    """The refusal for a table that does not say what is what."""
    named = [cell[:30] for cell in columns.header if cell][:8]
    found = f"; its header reads {', '.join(named)}" if columns.at else ""
    return ImportRefused(f"No column for {' and '.join(columns.missing)} was found{found}.", next=_NEEDS)


def _skipped(row: Sequence[str], columns: Columns) -> str:
    """Why a row that is not blank is no note, or nothing."""
    if columns.cell(row, Role.TEXT) or cell_date(columns.cell(row, Role.DATE)):
        same = all(a.strip().casefold() == b.casefold() for a, b in zip_longest(row, columns.header, fillvalue=""))
        return "the header again" if same else ""
    first = next(cell for cell in row if cell.strip())
    return "a total line" if _TOTALS & set(fold_label(first).split()) else ""


def _bad_date(written: str) -> str:
    return f"{written[:30]!r} is not a date" if written else "there is no date"


def _order(
    dates: Sequence[tuple[str, WrittenDate]], columns: Columns, said: DateOrder | None
) -> tuple[DateOrder | None, list[str]]:
    """How the whole column writes its days, and a remark when only its language says so."""
    said = order_hint(columns.header[columns.at[Role.DATE]]) or said
    assumed = DateOrder.DAY_FIRST if columns.speaks_day_first else None
    order = settle_order(dates, said or assumed, _ADVICE)
    if said is None and assumed is order and any(written.open for _, written in dates):
        try:
            settle_order(dates, None, _ADVICE)
        except ImportRefused:
            return order, ["Days like 5/6 were read as day/month, as the column's language lets expect."]
    return order, []


def _person(row: Sequence[str], columns: Columns) -> str:
    """The name in a row, put together where it is split over two columns."""
    first, last = columns.cell(row, Role.FIRST), columns.cell(row, Role.LAST)
    both = f"{first} {last}".strip()
    whole = columns.cell(row, Role.PERSON)
    return both if first and last else f"{both} {whole}".strip() if both and whole else whole or both


def _left_out(rows: Sequence[Sequence[str]], columns: Columns) -> Iterator[str]:
    """A remark about columns that hold something and were not read."""
    taken = set(columns.at.values())
    names = [
        name or f"column {index + 1}"
        for index, name in enumerate(columns.header)
        if index not in taken and any(index < len(row) and row[index].strip() for row in rows)
    ]
    if names:
        yield f"Columns not read: {', '.join(map(repr, names))}."

"""Tables as programs and people export them."""

import csv
import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain.importing import Document
from assistant.domain.note import AiUse, NoteKind, Sharing
from assistant.errors import ImportRefused
from knowledge.reading.cells import as_text
from knowledge.reading.drafts import body_text
from knowledge.reading.files import Decoded
from knowledge.reading.table import read_csv
from knowledge.reading.wire import decode, encode


def read(text: str) -> Document:
    return read_csv("notes.csv", Decoded(text))


def refusal(text: str) -> ImportRefused:
    with pytest.raises(ImportRefused) as caught:
        read(text)
    return caught.value


@pytest.mark.parametrize(
    "header",
    [
        "Employee,Date,Type,Author,Note",
        "Mitarbeitername,Gesprächsdatum,Art,Verfasst von,Bemerkungen",
        "Empleada,Fecha de la nota,Tipo,Registrado por,Observaciones",
        "Team member,When,Category,Entered by,What happened",
        '"Employee (Last, First)",Note Date,Type,By,Free Text',
    ],
)
def test_headers_of_three_languages_are_understood(header: str) -> None:
    (draft,) = read(f"{header}\nAna Ruiz,2025-05-06,1:1,Eva,She asked for more night shifts.\n").drafts
    assert (draft.person_written, draft.day, draft.kind, draft.author) == (
        "Ana Ruiz",
        date(2025, 5, 6),
        NoteKind.ONE_ON_ONE,
        "Eva",
    )
    assert draft.text == "She asked for more night shifts."


def test_names_split_over_two_columns_are_joined() -> None:
    document = read("Vorname;Nachname;Datum;Notiz\nAnna;Vogel;6.5.2025;Gut.\n")
    assert document.drafts[0].person_written == "Anna Vogel"


def test_days_that_are_due_or_of_hiring_are_not_the_day_of_the_note() -> None:
    document = read("Hire date,Due date,Name,Meeting date,Comment\n2019-01-01,2025-09-01,Ana,2025-05-06,x\n")
    assert document.drafts[0].day == date(2025, 5, 6)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_every_common_delimiter_and_line_end_is_read(delimiter: str, newline: str) -> None:
    rows = [["Person", "Date", "Text"], ["Ana", "2025-05-06", 'Two\nlines, and "quotes"; yes | no']]
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=newline).writerows(rows)
    assert read(out.getvalue()).drafts[0].text == 'Two\nlines, and "quotes"; yes | no'


def test_one_value_above_twelve_settles_the_order_for_the_whole_column() -> None:
    rows = "Person,Date,Text\nAna,5/6/2025,x\nAna,{},y\n"
    assert read(rows.format("5/25/2025")).drafts[0].day == date(2025, 5, 6)
    assert read(rows.format("25/5/2025")).drafts[0].day == date(2025, 6, 5)


def test_a_column_that_could_be_either_is_refused_and_says_how_to_say_it() -> None:
    error = refusal("Person,Date,Text\nAna,5/6/2025,x\nAna,7/8/2025,y\n")
    assert "row 2: '5/6/2025'" in str(error)
    assert "'Date (d/m/y)' or 'Date (m/d/y)'" in str(error)
    named = read("Person,Date (d/m/y),Text\nAna,5/6/2025,x\n")
    assert named.drafts[0].day == date(2025, 6, 5)


def test_a_column_that_contradicts_itself_is_refused_with_both_rows() -> None:
    error = refusal("Person,Date,Text\nAna,25/6/2025,x\nAna,6/25/2025,y\n")
    assert "row 2" in str(error)
    assert "row 3" in str(error)


def test_a_header_in_a_day_first_language_decides_and_the_report_says_so() -> None:
    document = read("Persona;Fecha;Nota\nAna;5/6/2025;x\n")
    assert document.drafts[0].day == date(2025, 6, 5)
    assert any("day/month" in remark for remark in document.remarks)


def test_spreadsheet_numbers_and_times_are_days() -> None:
    document = read("Person,Date,Text\nAna,45825,x\nAna,2025-06-17 14:30,y\nAna,2025-06-17T08:00:00Z,z\n")
    assert {draft.day for draft in document.drafts} == {date(2025, 6, 17)}


def test_total_lines_repeated_headers_and_blank_rows_are_told_not_read() -> None:
    document = read("Person,Date,Text\nAna,2025-05-06,x\n,,\nPerson,Date,Text\nAna,2025-05-07,y\nTotal,2,\n\n\n")
    assert len(document.drafts) == 2
    assert document.skipped == ("row 3: blank", "row 4: the header again", "row 6: a total line")


def test_a_title_above_the_header_is_told_not_read() -> None:
    document = read("Export of the north team\n\nPerson,Date,Text\nAna,2025-05-06,x\n")
    assert document.drafts[0].where == "notes.csv row 4"
    assert document.skipped == ("row 1: stands above the header",)


def test_columns_that_are_not_read_are_named() -> None:
    assert "'Mood'" in " ".join(read("Person,Date,Text,Mood\nAna,2025-05-06,x,good\n").remarks)


def test_wrong_columns_are_named_in_one_sentence() -> None:
    error = refusal("Item,Price,Stock\nNails,3,100\n")
    assert "No column for person and date and text" in error.message
    assert "header" in refusal("Name,Date,Price\nAna,2025-05-06,3\n").message
    assert "text" in refusal("Name,Date,Price\nAna,2025-05-06,3\n").message


def test_every_bad_row_is_named_up_to_five() -> None:
    rows = "".join(f"Ana,{day},x\n" for day in ("soon", "", "2025-13-01", "31.2.2025", "x", "y", "z"))
    error = refusal(f"Person,Date,Text\nAna,2025-05-06,x\n{rows}")
    assert error.message.startswith(
        "7 rows cannot be read: row 3: 'soon' is not a date; row 4: there is no date; row 5"
    )
    assert error.message.endswith("and 2 more.")


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("Ana,2025-05-06,", "there is no text"),
        (",2025-05-06,x", "no person is named"),
        ("Ana,2025-05-06,one, two", "more cells than the header"),
        (f"Ana,2025-05-06,{'x' * 50_001}", "50,001 characters"),
    ],
)
def test_a_row_that_is_no_note_refuses_the_file(row: str, why: str) -> None:
    assert f"row 3: {why}" in str(refusal(f"Person,Date,Text\nAna,2025-05-05,fine\n{row}\n")).replace(
        "it has ", ""
    ).replace("the note has ", "")


def test_an_open_quotation_mark_is_refused_with_its_row() -> None:
    assert "Row 3 cannot be read" in refusal('Person,Date,Text\nAna,2025-05-05,fine\nAna,2025-05-06,"open\n').message


def test_a_cell_of_megabytes_is_refused() -> None:
    assert "longer than" in refusal(f"Person,Date,Text\nAna,2025-05-05,{'x' * 1_000_001}\n").message


def test_the_first_line_of_excel_that_names_the_delimiter_is_followed() -> None:
    document = read("sep=;\r\nPerson;Date;Text\r\nAna;2025-05-06;a, b\r\n")
    assert document.drafts[0].text == "a, b"
    assert document.drafts[0].where == "notes.csv row 3"


TEXTS = st.text(st.characters(blacklist_categories=("Cs", "Cc"), whitelist_characters="\n\t"), min_size=1, max_size=200)
NAMES = st.text(st.characters(whitelist_categories=("Lu", "Ll")), min_size=2, max_size=20)


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(
        st.tuples(NAMES, st.dates(date(1975, 1, 1), date(2090, 1, 1)), TEXTS.filter(str.strip)), min_size=1, max_size=8
    ),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL]),
)
def test_what_is_written_to_a_table_comes_back(rows: list[tuple[str, date, str]], delimiter: str, quoting: int) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, quoting=quoting)  # type: ignore[arg-type]
    writer.writerow(["Person", "Date", "Text"])
    writer.writerows((name, day.isoformat(), as_text(text)) for name, day, text in rows)
    found = [(d.person_written, d.day, d.text) for d in read(out.getvalue()).drafts]
    assert [(name, day, text.strip()) for name, day, text in found] == [
        (name, day, text.strip()) for name, day, text in rows
    ]
    assert body_text(["x"]) == "x"


@pytest.mark.parametrize(
    ("ai", "sharing", "read_as"),
    [
        ("", "", (AiUse.ALLOWED, Sharing.PRIVATE)),
        (" Allowed ", "Shareable", (AiUse.ALLOWED, Sharing.SHAREABLE)),
        ("NEVER", "private", (AiUse.NEVER, Sharing.PRIVATE)),
        ("nevr", "public", (AiUse.NEVER, Sharing.PRIVATE)),
        ("!", "?", (AiUse.NEVER, Sharing.PRIVATE)),
    ],
)
def test_an_unknown_word_for_use_or_sharing_is_read_as_the_stricter_one(
    ai: str, sharing: str, read_as: tuple[AiUse, Sharing]
) -> None:
    document = read(f"Person,Date,Text,AI,Sharing\nAna,2025-05-06,x,{ai},{sharing}\n")
    assert [(d.ai, d.sharing) for d in document.drafts] == [read_as]
    assert decode(encode(document)) == document
    told = " ".join(document.remarks)
    assert ("row 2: `ai` is neither allowed nor never" in told) == (ai in {"nevr", "!"})
    assert ("row 2: `sharing` is neither private nor shareable" in told) == (sharing in {"public", "?"})

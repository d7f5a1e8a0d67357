"""PDF, workbooks, OpenDocument, mails, calendars, Notion and Obsidian: the right person, day, kind and words."""

from datetime import date
from pathlib import Path

import pytest

from assistant.domain.importing import Document
from knowledge.reading.confined import Confined
from knowledge.reading.reader import FileReader
from knowledge.reading.tree import ARCHIVE, Job, kind_of_file
from tests.knowledge.reading.samples import (
    CALENDAR,
    DATA,
    MAIL,
    every_format,
    laid_out,
    notion,
    odt,
    pdf,
    plain_pdf,
    vault,
    workbook,
    zipped,
)

MAY6, MAY20, JUNE1 = date(2025, 5, 6), date(2025, 5, 20), date(2025, 6, 1)


@pytest.fixture(scope="module")
def child() -> "Confined":
    with Confined([ARCHIVE], zone="Europe/Berlin") as started:
        yield started


def read(child: Confined, name: str, raw: bytes) -> Document:
    (document,) = child.parse(Job(name, kind_of_file(name), (name,)), {name: raw})
    return document


def told(document: Document) -> list[tuple[str, str, str, str, str]]:
    return [(d.person_written, d.day.isoformat(), d.kind, d.author, d.text) for d in document.drafts]


# Workbooks


def test_every_sheet_of_a_workbook_is_a_table(child: Confined) -> None:
    document = read(child, "team.xlsx", every_format()["team.xlsx"])
    assert told(document) == [
        ("Jonas Weber", "2025-05-06", "one_on_one", "Eva Lang", "Möchte die Frühschicht leiten."),
        ("Jonas Weber", "2025-05-13", "observation", "", "Hat Frau Klein in Ruhe beraten."),
        ("Weber, Jonas", "2025-05-13", "customer_quote", "Frau Klein", "„Endlich jemand, der zuhört.“"),
        ("Ana Ruiz", "2025-05-20", "one_on_one", "7", "Quiere aprender."),
        ("Ana Ruiz", "2025-06-01", "misc", "", "Habló con el cliente."),
    ]
    assert document.drafts[1].where == "team.xlsx sheet 'Notizen Team' row 5"
    assert document.skipped == (
        "sheet 'Notizen Team' row 1: stands above the header",
        "sheet 'Notizen Team' row 6: blank",
        "sheet 'Notizen Team' row 9: a total line",
        "sheet 'alt': hidden",
        "sheet 'Legende': no column for person and date and text",
    )


def test_a_formula_is_read_as_the_value_it_had_and_without_one_its_row_is_named(child: Confined) -> None:
    rows = [["Person", "Date", "Text"], ["Ana Ruiz", "2025-05-06", '="calm"&"!"']]
    assert "row 2: there is no text" in read(child, "a.xlsx", workbook({"Notes": rows})).refused


def test_a_workbook_of_one_sheet_tells_rows_as_a_table_does(child: Confined) -> None:
    rows = [["Person", "Date", "Text"], ["Ana Ruiz", 45783.5, "calm"]]
    document = read(child, "a.xlsx", workbook({"Notes": rows}))
    assert (document.drafts[0].where, document.drafts[0].day) == ("a.xlsx row 2", MAY6)


def test_a_workbook_without_the_columns_says_which(child: Confined) -> None:
    document = read(child, "a.xlsx", workbook({"Plan": [["Shift", "Date"], ["early", "2025-05-06"]]}))
    assert "No column for person and text was found; its header reads Shift, Date." in document.refused


# OpenDocument


def test_an_opendocument_text_is_read_as_a_word_file_is(child: Confined) -> None:
    document = read(child, "people.odt", odt())
    assert sorted(told(document)) == [
        ("Ana Ruiz", "2025-05-20", "one_on_one", "", "Quiere\taprender."),
        ("Ana Ruiz", "2025-06-01", "misc", "", "Habló con el cliente."),
        (
            "Jonas Weber",
            "2025-05-06",
            "one_on_one",
            "Eva Lang",
            "Möchte die Frühschicht leiten.\n\nfragt nach dem Plan",
        ),
    ]
    assert [(p.name, p.role) for p in document.people] == [("Jonas Weber", "Verkäufer")]


# PDF


def test_bold_days_open_notes_and_wrapped_lines_are_joined(child: Confined) -> None:
    document = read(child, "notes.pdf", plain_pdf())
    assert told(document) == [
        (
            "Ana Ruiz",
            "2025-05-06",
            "one_on_one",
            "Eva Lang",
            "She wants to learn how quotes are made.\n\nSecond thought.",
        ),
        ("Ana Ruiz", "2025-05-13", "observation", "", "Hat größere Aufträge ruhig geführt."),
    ]
    assert document.drafts[1].where == "notes.pdf page 3, line 1"


def test_a_page_without_text_is_named_and_page_numbers_are_no_words(child: Confined) -> None:
    document = read(child, "notes.pdf", plain_pdf())
    assert document.skipped == ("page 2: no text; a scan, or blank",)
    assert all("\n1" not in d.text and not d.text.endswith("2") for d in document.drafts)


def test_a_notebook_printed_to_pdf_is_read_as_a_notebook(child: Confined) -> None:
    lines = [("Tuesday, 6 May 2025", False, 20), ("Jonas Weber (1:1)", False, 20), ("He wants more.", False, 14),
             ("Ana Ruiz (1:1)", False, 30), ("Quiere aprender.", False, 14)]  # fmt: skip
    assert [(d.person_written, d.day, d.text) for d in read(child, "book.pdf", pdf([lines])).drafts] == [
        ("Jonas Weber", MAY6, "He wants more."),
        ("Ana Ruiz", MAY6, "Quiere aprender."),
    ]


def test_a_document_printed_by_a_browser_is_read(child: Confined) -> None:
    document = read(child, "printed.pdf", (DATA / "printed.pdf").read_bytes())
    assert [(d.person_written, d.day, d.kind, d.author) for d in document.drafts] == [
        ("Ana Ruiz", MAY6, "one_on_one", "Eva Lang"),
        ("Ana Ruiz", date(2025, 5, 13), "observation", ""),
        ("Tomáš Novák", date(2025, 5, 7), "one_on_one", ""),
    ]
    assert document.drafts[0].text.startswith(
        "She was calm about the handover. The new rota works for her, but she wants to know who covers the late shift"
    )
    assert "“I love it when the queue is empty by nine.”" in document.drafts[0].text
    assert document.drafts[2].text == "Er möchte mehr mit Kunden sprechen; größere Aufträge reizen ihn."
    assert document.remarks == ()


def test_a_damaged_pdf_that_is_still_read_says_so(child: Confined) -> None:
    document = read(child, "notes.pdf", plain_pdf().replace(b"startxref\n", b"startxref\n7"))
    assert document.refused or document.remarks == ("It is damaged in places; compare what was read with the file.",)


# Mails


def test_a_mail_is_one_note_with_its_quoted_replies(child: Confined) -> None:
    document = read(child, "praise.eml", MAIL)
    (draft,) = document.drafts
    assert (draft.day, draft.kind, draft.author) == (date(2025, 5, 7), "email", "Lucía Pérez")
    assert draft.candidates == ("Jonas Weber", "Lucía Pérez", "Eva Lang")
    assert draft.text == (
        "Re: Lob für Jonas Weber\n\nEr hat meinen Termin ohne Murren für mich umgelegt.\n\n"
        "> Am Montag schrieb Eva:\n> Wie lief es?"
    )
    assert document.skipped == ("attachment 'rechnung.pdf': not opened",)


def test_the_words_of_html_are_read_where_there_is_no_plain_text(child: Confined) -> None:
    raw = (
        b"From: ana.ruiz@example.org\nTo: eva@example.com\nDate: Tue, 6 May 2025 10:00:00 +0200\nSubject: Turno\n"
        b"Content-Type: text/html; charset=utf-8\n\n<html><head><style>p{}</style><title>no</title></head>"
        b"<body><p>Hola&nbsp;Eva,</p><script>alert(1)</script><ul><li>uno</li><li>dos</li></ul>"
        b"<img src='http://127.0.0.1:9/x.png'></body></html>"
    )
    (draft,) = read(child, "a.eml", raw).drafts
    assert (draft.person_written, draft.text) == ("Ana Ruiz", "Turno\n\nHola Eva,\n\n- uno\n- dos")


# Calendars


def test_one_on_ones_are_found_by_title_or_by_two_who_take_part(child: Confined) -> None:
    document = read(child, "calendar.ics", CALENDAR.encode())
    entries = {m.uid: m for m in reversed(document.meetings)}
    assert set(entries) == {"series", "late", "lunch"}
    assert entries["series"].candidates == ("Ana", "Eva", "Ana Ruiz", "Eva Lang")
    assert entries["late"].candidates == ("Jonas Weber",)
    assert "Weber, Jonas" in entries["lunch"].candidates
    assert "Blue Room" not in entries["lunch"].candidates
    assert entries["lunch"].day == date(2026, 6, 23)
    assert document.skipped == ("entry 4 (Reunión individual con Lucía Pérez): cancelled",)


def test_a_series_keeps_its_exceptions_and_its_moved_days(child: Confined) -> None:
    document = read(child, "calendar.ics", CALENDAR.encode())
    days = [m.day.isoformat() for m in document.meetings if m.uid == "series"]
    assert days[:1] == ["2026-06-16"]
    assert "2026-06-30" not in days
    assert "2026-07-14" not in days
    assert "2026-07-15" in days
    assert "2026-07-28" in days
    assert len(days) == len(set(days))


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=WEEKLY;COUNT=3", ["2026-06-16", "2026-06-23", "2026-06-30"]),
        ("FREQ=WEEKLY;UNTIL=20260630", ["2026-06-16", "2026-06-23", "2026-06-30"]),
        ("FREQ=WEEKLY;UNTIL=20260629T220000Z", ["2026-06-16", "2026-06-23"]),
        ("FREQ=MONTHLY;BYDAY=3TU;COUNT=2", ["2026-06-16", "2026-07-21"]),
        ("FREQ=SECONDLY", ["2026-06-16"]),
    ],
)
def test_rules_of_repetition_are_followed(child: Confined, rule: str, days: list[str]) -> None:
    for start in ("DTSTART:20260616T093000", "DTSTART:20260616T073000Z", "DTSTART;VALUE=DATE:20260616"):
        raw = (
            f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:a\n{start}\nRRULE:{rule}\n"
            "SUMMARY:1:1 Ana Ruiz\nEND:VEVENT\nEND:VCALENDAR\n"
        )
        document = read(child, "a.ics", raw.encode())
        assert [m.day.isoformat() for m in document.meetings] == days, (start, document.refused, document.skipped)


# Notion and Obsidian


@pytest.mark.parametrize("packed", [True, False])
def test_a_notion_export_is_read_with_its_properties_and_without_its_ids(packed: bool, tmp_path: Path) -> None:
    if packed:
        (tmp_path / "export.zip").write_bytes(zipped(notion()))
        documents = [*FileReader().read(tmp_path / "export.zip")]
    else:
        documents = [*FileReader().read(laid_out(tmp_path / "export", notion()))]
    assert not any(d.refused for d in documents)
    found = {row for d in documents for row in told(d)}
    assert found == {
        ("Ana Ruiz", "2025-05-20", "misc", "", "Quiere aprender."),
        ("Ana Ruiz", "2025-06-01", "one_on_one", "", "Habló con el cliente."),
        ("Jonas Weber", "2025-05-06", "one_on_one", "",
         "# Check-in Jonas\n\nHe wants to lead the early shift.\n\nSee Plan."),
    }  # fmt: skip
    assert not any("1a2b3c4d" in d.name for d in documents)
    left_out = [line for d in documents for line in d.skipped]
    assert "line 6: the property 'Status'" in left_out
    assert sum("a table of pages, which are read themselves" in line for line in left_out) == 2
    assert any("photo.png: an attachment" in line for line in left_out)


def test_a_vault_is_read_by_folders_links_tags_and_days(tmp_path: Path) -> None:
    documents = [*FileReader().read(laid_out(tmp_path / "vault", vault()))]
    assert not any(d.refused for d in documents)
    assert sorted(row for d in documents for row in told(d)) == [
        ("Ana Ruiz", "2025-05-20", "one_on_one", "", "Quiere aprender."),
        ("Ana Ruiz", "2025-06-02", "one_on_one", "", "Habló con el cliente."),
        ("Blue Harbour", "2025-06-02", "misc", "", "kick-off"),
        ("Jonas Weber", "2025-05-06", "one_on_one", "", "Möchte die frühe Schicht leiten.\n![[plan.png]]"),
        ("Jonas Weber", "2025-06-02", "misc", "", "calm with the queue\n  - twice"),
    ]
    people = {p.name: p for d in documents for p in d.people}
    assert (people["Ana Ruiz"].role, people["Ana Ruiz"].aka) == ("Ventas", ("Anita",))
    left_out = [line for d in documents for line in d.skipped]
    assert "line 9: the attachment 'plan.png' is not read" in left_out
    assert "Daily/2025-06-03.md: a day that names nobody" in left_out


def test_what_a_daily_note_links_to_is_optional(tmp_path: Path) -> None:
    documents = FileReader().read(laid_out(tmp_path / "vault", vault()))
    daily = next(d for d in documents if d.name == "Daily/2025-06-02.md")
    assert all(draft.optional and draft.candidates for draft in daily.drafts)


# Mails that were copied as text

COPIED = """From: Karen Osgood <karen@spokeandco.example>
To: me
Date: {day}
Subject: Fwd: thanks to Nadia

Hi, passing this on.

> She noticed the straps were wrong and
> made new ones from an old toe clip.
"""


@pytest.mark.parametrize("name", ["fwd.txt", "Pasted notes.txt", "fwd.md"])
@pytest.mark.parametrize("day", ["Tue, 10 Nov 2026 08:14:22 +0000", "Tuesday, 10 November 2026 08:14", "10.11.2026"])
def test_a_mail_copied_as_text_is_a_mail(child: Confined, name: str, day: str) -> None:
    document = read(child, name, COPIED.format(day=day).encode())
    said = "She noticed the straps were wrong and\nmade new ones from an old toe clip."
    text = f"Fwd: thanks to Nadia\n\nHi, passing this on.\n\n{said}"
    assert told(document) == [("Nadia", "2026-11-10", "email", "Karen Osgood", text)]


@pytest.mark.parametrize("name", ["fwd.txt", "fwd.md"])
def test_a_mail_copied_as_text_comes_in_where_only_texts_are_brought(name: str) -> None:
    with Confined([kind_of_file(name)]) as child:
        document = read(child, name, COPIED.format(day="10.11.2026").encode())
    assert [d.person_written for d in document.drafts] == ["Nadia"]


def test_a_mail_copied_in_another_language_keeps_its_letters(child: Confined) -> None:
    head = "Von: Jörg Müller\nGesendet: Dienstag, 10. November 2026 08:14\nAn: Eva Lang\nBetreff: Lob für Ana Ruiz"
    document = read(child, "lob.txt", f"{head}\n\nSie war großartig.\n".encode())
    assert told(document) == [
        ("Ana Ruiz", "2026-11-10", "email", "Jörg Müller", "Lob für Ana Ruiz\n\nSie war großartig.")
    ]


def test_a_mail_whose_day_has_two_readings_says_how_to_write_it_and_that_works(child: Confined) -> None:
    refused = read(child, "fwd.txt", COPIED.format(day="10/11/2026 08:14").encode())
    assert "which number is the month (Date: '10/11/2026 08:14')" in refused.refused
    assert "2026-11-10" in refused.next
    assert read(child, "fwd.txt", COPIED.format(day="2026-11-10").encode()).drafts


@pytest.mark.parametrize("head", ["From: Ruth\n\n2025-05-06\n\nAna [1:1]\n", "Date: 2025-05-06\n\nAna [1:1]\n"])
def test_a_journal_that_begins_with_a_header_is_a_journal(child: Confined, head: str) -> None:
    assert [d.person_written for d in read(child, "book.txt", f"{head}Calm.\n".encode()).drafts] == ["Ana"]

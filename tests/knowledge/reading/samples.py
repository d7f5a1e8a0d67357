# ruff: noqa: E501  (lines of the formats themselves)
"""A manager's real mess, made here: a small shop team's notes in every format, in English, German and Spanish."""

import json
import zipfile
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import openpyxl

DATA = Path(__file__).parent / "data"
JOURNAL = """Notebook, Eva

Tuesday, 6 May 2025
Jonas Weber (1:1)
He wants to lead the early shift.

13 May 2025
Ana Ruiz (1:1)
Quiere aprender a hacer presupuestos.
"""
MARKDOWN = """# Jonas Weber

## 2025-05-06 1:1
He wants to lead the early shift.

## 2025-05-13 Beobachtung
Hat Frau Klein in Ruhe beraten.
"""
CSV = "Mitarbeiter;Datum;Notiz\nJonas Weber;06.05.2025;Möchte die Frühschicht leiten.\nAna Ruiz;2025-05-20;Quiere aprender.\n"
MAIL = b"""From: =?utf-8?q?Luc=C3=ADa_P=C3=A9rez?= <lucia.perez@example.org>
To: Eva Lang <eva.lang@example.com>
Subject: =?utf-8?b?UmU6IExvYiBmw7xyIEpvbmFzIFdlYmVy?=
Date: Tue, 6 May 2025 23:30:00 +0000
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=x

--x
Content-Type: multipart/alternative; boundary=y

--y
Content-Type: text/plain; charset=iso-8859-1
Content-Transfer-Encoding: quoted-printable

Er hat meinen Termin ohne Murren f=FCr mich umgelegt.

> Am Montag schrieb Eva:
> Wie lief es?
--y
Content-Type: text/html

<p>the same in HTML</p>
--y--
--x
Content-Type: application/pdf; name="rechnung.pdf"
Content-Disposition: attachment; filename="rechnung.pdf"
Content-Transfer-Encoding: base64

JVBERi0=
--x--
"""
CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//calendar
BEGIN:VEVENT
UID:series
DTSTART;TZID=Europe/Berlin:20260616T093000
RRULE:FREQ=WEEKLY;INTERVAL=2
EXDATE;TZID=Europe/Berlin:20260630T093000
SUMMARY:1:1 Ana / Eva
ORGANIZER;CN=Eva Lang:mailto:eva@example.com
ATTENDEE;CN=Ana Ruiz:mailto:ana.ruiz@example.com
END:VEVENT
BEGIN:VEVENT
UID:series
RECURRENCE-ID;TZID=Europe/Berlin:20260714T093000
DTSTART;TZID=Europe/Berlin:20260715T093000
SUMMARY:1:1 Ana / Eva
ATTENDEE;CN=Ana Ruiz:mailto:ana.ruiz@example.com
END:VEVENT
BEGIN:VEVENT
UID:late
DTSTART:20260620T233000Z
SUMMARY:Jour fixe Jonas Weber
END:VEVENT
BEGIN:VEVENT
UID:off
DTSTART;VALUE=DATE:20260622
SUMMARY:Reunión individual con Lucía Pérez
STATUS:CANCELLED
END:VEVENT
BEGIN:VEVENT
UID:team
DTSTART:20260620T100000
SUMMARY:Team meeting
ATTENDEE;CN=Ana Ruiz:mailto:ana.ruiz@example.com
ATTENDEE;CN=Jonas Weber:mailto:jonas.weber@example.com
ATTENDEE;CN=Eva Lang:mailto:eva@example.com
END:VEVENT
BEGIN:VEVENT
UID:lunch
DTSTART;TZID=W. Europe Standard Time:20260623T123000
SUMMARY:Lunch
ORGANIZER;CN=eva@example.com:mailto:eva@example.com
ATTENDEE;CN="Weber, Jonas":mailto:jonas.weber@example.com
ATTENDEE;CN=Eva Lang:mailto:eva@example.com
ATTENDEE;CUTYPE=ROOM;CN=Blue Room:mailto:blue@example.com
END:VEVENT
END:VCALENDAR
"""
_ODT_STYLES = """<office:automatic-styles>
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Standard"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
</office:automatic-styles>"""
_ODT_BODY = """<text:h text:style-name="Heading_20_1" text:outline-level="1">Jonas Weber</text:h>
<text:p>Rolle: Verkäufer</text:p>
<text:p text:style-name="P1">6. Mai 2025 · Einzelgespräch · Eva Lang</text:p>
<text:p>Möchte die <text:span text:style-name="T1">Frühschicht</text:span><text:s/>leiten.<text:note><text:note-body><text:p>Fußnote</text:p></text:note-body></text:note></text:p>
<text:list><text:list-item><text:p>fragt nach dem Plan</text:p></text:list-item></text:list>
<text:h text:outline-level="1">Ana Ruiz</text:h>
<text:p><text:span text:style-name="T1">20 de mayo de 2025 · 1:1</text:span></text:p>
<text:p>Quiere<text:tab/>aprender.<office:annotation><text:p>Kommentar</text:p></office:annotation></text:p>
<table:table><table:table-row><table:table-cell><text:p>Fecha</text:p></table:table-cell><table:table-cell><text:p>Nota</text:p></table:table-cell></table:table-row>
<table:table-row><table:table-cell><text:p>2025-06-01</text:p></table:table-cell><table:table-cell><text:p>Habló con el cliente.</text:p></table:table-cell></table:table-row></table:table>"""
NOTION_ID = "1a2b3c4d5e6f47089a0b1c2d3e4f5a6b"


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members.items():
            package.writestr(name, data)
    return out.getvalue()


def odt(body: str = _ODT_BODY, head: str = "", **more: str) -> bytes:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{full}:1.0"'
        for name, full in (("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"),
                           ("fo", "xsl-fo-compatible"))
    )  # fmt: skip
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<office:document-content {spaces}>{_ODT_STYLES}'
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    kind = "application/vnd.oasis.opendocument.text"
    return zipped({"mimetype": kind, "content.xml": content, "META-INF/manifest.xml": manifest, **more})


def word() -> bytes:
    document = docx.Document()
    document.add_heading("Jonas Weber", 1)
    document.add_paragraph().add_run("6 May 2025 · 1:1 · Eva Lang").bold = True
    document.add_paragraph("He wants to lead the early shift.")
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def workbook(sheets: Mapping[str, Iterable[Iterable[Any]]], *, merged: str = "", hidden: str = "") -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append([*row])
        if title == hidden:
            sheet.sheet_state = "hidden"
    if merged:
        book.worksheets[0].merge_cells(merged)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def messy_workbook() -> bytes:
    notes = [
        ["Mitarbeitergespräche 2025"],
        [],
        ["Mitarbeiter", "Datum", "Art", "Notiz", "von"],
        ["Jonas Weber", datetime(2025, 5, 6, 9, 30), "Einzelgespräch", "Möchte die Frühschicht leiten.", "Eva Lang"],
        [None, date(2025, 5, 13), "Beobachtung", "Hat Frau Klein in Ruhe beraten.", None],
        [],
        ["Weber, Jonas", 45790, "Kundenstimme", "„Endlich jemand, der zuhört.“", "Frau Klein"],
        ["Ana Ruiz", "2025-05-20", "1:1", "Quiere aprender.", 7],
        ["Summe", None, None, None, None],
    ]
    return workbook(
        {
            "Notizen Team": notes,
            "Ana Ruiz": [["Fecha", "Nota"], [date(2025, 6, 1), "Habló con el cliente."]],
            "Legende": [["grün = gut"]],
            "alt": [["Mitarbeiter", "Datum", "Notiz"], ["Jonas Weber", "2024-01-01", "alt"]],
        },
        merged="A4:A5",
        hidden="alt",
    )


def pdf(pages: Iterable[Iterable[tuple[str, bool, int]]], extra: str = "") -> bytes:
    """A PDF of lines: words, whether they are bold, and how far below the line before."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "", "", ""]
    objects[2] = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    objects[3] = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>"
    kids = []
    for lines in pages:
        drawn, height = [], 800
        for words, bold, step in lines:
            height -= step
            plain = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
            drawn.append(f"BT /F{2 if bold else 1} 11 Tf 1 0 0 1 60 {height} Tm ({plain}) Tj ET")
        stream = "\n".join(drawn)
        objects.append(f"<< /Length {len(stream.encode('cp1252'))} >>\nstream\n{stream}\nendstream")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {len(objects)} 0 R {extra} "
            "/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>"
    return assembled(objects)


def assembled(objects: Iterable[str], trailer: str = "") -> bytes:
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"xref\n0 {len(places) + 1}\n0000000000 65535 f \n{table}trailer\n"
    end += f"<< /Size {len(places) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{len(out)}\n%%EOF\n"
    return out + end.encode()


def plain_pdf() -> bytes:
    first = [("Ana Ruiz", True, 20), ("6 May 2025 · 1:1 · Eva Lang", True, 30), ("She wants to learn how quotes", False, 20),
             ("are made.", False, 13), ("Second thought.", False, 30), ("1", False, 300)]  # fmt: skip
    second = [
        ("13. Mai 2025 · Beobachtung", True, 20),
        ("Hat größere Aufträge ruhig geführt.", False, 20),
        ("2", False, 300),
    ]
    return pdf([first, [], second])


def case_files() -> dict[str, str]:
    note = {"id": "n1", "person_id": "p1", "date": "2025-05-06", "kind": "one_on_one", "text": "He is ready."}
    return {
        "people.json": json.dumps({"people": [{"id": "p1", "name": "Jonas Weber"}]}),
        "notes.jsonl": json.dumps(note) + "\n",
    }


def notion() -> dict[str, str | bytes]:
    """An export as Notion makes it: ids behind every name, properties below the title, a table twice."""
    page = "\n".join(
        ["# Check-in Jonas", "", "Person: Jonas Weber (https://www.notion.so/Jonas-Weber-" + NOTION_ID + ")",
         "Date: May 6, 2025 9:30 AM", "Type: 1:1", "Status: Done", "", "He wants to lead the early shift.", "",
         f"See [Plan](Plan%20{NOTION_ID}.md)."]
    )  # fmt: skip
    return {
        f"Team {NOTION_ID}/One on ones {NOTION_ID}.csv": 'Name,Date,Status\nCheck-in Jonas,"May 6, 2025",Done\n',
        f"Team {NOTION_ID}/One on ones {NOTION_ID}_all.csv": 'Name,Date,Status\nCheck-in Jonas,"May 6, 2025",Done\n',
        f"Team {NOTION_ID}/One on ones/Check-in Jonas {NOTION_ID}.md": page,
        f"Team {NOTION_ID}/Ana Ruiz {NOTION_ID}/2025-05-20 {NOTION_ID}.md": "# 2025-05-20\n\nQuiere aprender.\n",
        f"Team {NOTION_ID}/Ana Ruiz {NOTION_ID}.md": "# Ana Ruiz\n\nRole: Sales\n\n## 2025-06-01 1:1\nHabló con el cliente.\n",
        f"Team {NOTION_ID}/photo.png": b"\x89PNG",
    }


def vault() -> dict[str, str | bytes]:
    """An Obsidian vault: people, a folder a person, daily notes."""
    return {
        ".obsidian/app.json": "{}",
        "People/Jonas Weber.md": "---\naliases:\n  - Joni\nrole: Verkäufer\ntags: [person]\n---\n"
        "## [[2025-05-06]] 1:1\nMöchte die [[Frühschicht|frühe Schicht]] leiten.\n![[plan.png]]\n",
        "People/Ana Ruiz.md": "---\naliases: [Anita]\nrole: Ventas\n---\nNo notes yet.\n",
        "Team/Ana Ruiz/2025-05-20.md": "---\ntags: [one-on-one]\n---\nQuiere aprender.\n",
        "Daily/2025-06-02.md": "# 2025-06-02\n\n- [ ] order paper\n- [[Jonas Weber]]: calm with the queue\n  - twice\n"
        "- buy milk\n\n## [[Ana Ruiz|Ana]] 1:1\nHabló con el cliente.\n\n## Ideas\nnothing\n- [[Blue Harbour]]: kick-off\n",
        "Daily/2025-06-03.md": "Rain all day.\n",
        "plan.png": b"\x89PNG",
    }


def every_format() -> dict[str, bytes]:
    """One good file of every kind, by name."""
    return {
        "Jonas Weber.md": MARKDOWN.encode(),
        "team.csv": CSV.encode(),
        "notebook.txt": JOURNAL.encode(),
        "people.docx": word(),
        "people.odt": odt(),
        "team.xlsx": messy_workbook(),
        "Ana Ruiz.pdf": plain_pdf(),
        "praise.eml": MAIL,
        "calendar.ics": CALENDAR.encode(),
        "export.zip": zipped({"a/Jonas Weber.md": MARKDOWN, "team.csv": CSV}),
        "notes.jsonl": case_files()["notes.jsonl"].encode(),
    }


def laid_out(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    return folder

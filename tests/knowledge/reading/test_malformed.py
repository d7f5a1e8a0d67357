"""The catalogue of broken and hostile files: each is refused in a sentence or read, and whoever imports lives on."""

import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pypdf
import pytest

from assistant.domain.importing import Document
from knowledge.reading.confined import Confined
from knowledge.reading.parse import READERS
from knowledge.reading.reader import FileReader
from knowledge.reading.tree import ARCHIVE, Job, kind_of_file
from tests.knowledge.reading.mutations import mutations
from tests.knowledge.reading.samples import (
    CALENDAR,
    MAIL,
    MARKDOWN,
    assembled,
    every_format,
    messy_workbook,
    odt,
    plain_pdf,
    word,
    workbook,
    zipped,
)

NOTE = "2025-05-06\n\nAna [1:1]\nÄpfel für Peña.\n"


@pytest.fixture(scope="module")
def child() -> Iterator[Confined]:
    """One child for every file here, as one import has one; it is started anew after a file that ended it."""
    with Confined([ARCHIVE], seconds=120) as started:
        yield started


def read(child: Confined, name: str, raw: bytes) -> Document:
    (document,) = child.parse(Job(name, kind_of_file(name), (name,)), {name: raw})
    return document


def repacked(raw: bytes, **parts: bytes) -> bytes:
    """A package with parts replaced or added, named by their last word."""
    with zipfile.ZipFile(BytesIO(raw)) as package:
        members = {name: package.read(name) for name in package.namelist()}
    for key, data in parts.items():
        name = next((n for n in members if n.rsplit("/", 1)[-1].split(".")[0] == key), f"word/{key}.xml")
        members[name] = data
    return zipped(members)


def bomb(size: int, name: str = "notes.md", *, declared: int | None = None) -> bytes:
    """A ZIP with a member of zeros that was never whole in memory: one deflated block, again and again."""
    block = 16 * 1024 * 1024
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = deflate.compress(b"\0" * block) + deflate.flush(zlib.Z_FULL_FLUSH)
    data = packed * (size // block) + zlib.compressobj(9, zlib.DEFLATED, -15).flush()
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr(name, data)
        member = package.filelist[0]
        member.compress_type, member.file_size = zipfile.ZIP_DEFLATED, size if declared is None else declared
    return out.getvalue()


def linked() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        link = zipfile.ZipInfo("Ana Ruiz.md")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        package.writestr(link, "/etc/passwd")
    return out.getvalue()


def locked() -> bytes:
    writer = pypdf.PdfWriter(clone_from=BytesIO(plain_pdf()))
    writer.encrypt("secret", algorithm="RC4-128")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def looping() -> bytes:
    """A PDF whose pages are their own parent and child."""
    return assembled(
        ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Count 3 /Parent 2 0 R /Kids [2 0 R 2 0 R 2 0 R] >>"]
    )


def chained() -> bytes:
    """A PDF whose table of objects says that it follows on itself."""
    raw = plain_pdf()
    start = raw.rindex(b"startxref\n") + 10
    at = raw[start:].split(b"\n", 1)[0].decode()
    return raw.replace(b"/Root 1 0 R", b"/Root 1 0 R /Prev " + at.encode())


ENTITY = '<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
_LAUGHTER = "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
LAUGHS = f'<!DOCTYPE d [<!ENTITY a "ha">{_LAUGHTER}]>'
NAMES = ("../a.md", "a/../../b.md", "/etc/a.md", "C:\\a.md", "c:/a.md", "\\\\host\\a.md", "a\nb.md")
REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a zip bomb of ten gigabytes": ("a.zip", lambda: bomb(10 * 1024**3), "Unpacked it would fill 10,240 MB"),
    "a zip bomb that lies": ("a.zip", lambda: bomb(64 * 1024**2, declared=900), "damaged"),
    "a Word bomb": ("a.docx", lambda: bomb(10 * 1024**3, "word/document.xml"), "Unpacked it would fill"),
    "a workbook bomb": ("a.xlsx", lambda: bomb(64 * 1024**2, "xl/workbook.xml"), "more than 200 times"),
    "a zip in a zip": ("a.zip", lambda: zipped({"b.zip": zipped({"c.md": MARKDOWN})}), "another archive, b.zip"),
    "ten thousand members": ("a.zip", lambda: zipped({f"{i}.md": "x" for i in range(10_000)}), "10,000 parts"),
    "a link in a zip": ("a.zip", linked, "a link instead of a file"),
    "a name of three hundred letters": ("a.zip", lambda: zipped({"a" * 300 + ".md": "x"}), "longer than 240"),
    "a zip of pictures": ("a.zip", lambda: zipped({"a.png": "x"}), "No file in it can be read"),
    "Word with an entity": ("a.docx", lambda: repacked(word(), document=f"{ENTITY}<d>&x;</d>".encode()), "entities"),
    "Word with laughs": ("a.docx", lambda: repacked(word(), document=f"{LAUGHS}<d>&j;</d>".encode()), "entities"),
    "ODT with an entity": ("a.odt", lambda: odt("<text:p>&x;</text:p>", ENTITY.split("?>")[1]), "entities"),
    "ODT with laughs": ("a.odt", lambda: odt("<text:p>&j;</text:p>", LAUGHS), "entities"),
    "a workbook with an entity": (
        "a.xlsx",
        lambda: repacked(messy_workbook(), sheet1=f"{ENTITY}<d>&x;</d>".encode()),
        "entities",
    ),
    "a locked ODT": (
        "a.odt",
        lambda: odt(**{"META-INF/manifest.xml": "<m><encryption-data/></m>"}),
        "protected by a password",
    ),
    "an old Word file": ("a.docx", lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "an old .doc or protected"),
    "an old workbook": ("a.xlsx", lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "an old .xls or protected"),
    "a locked PDF": ("a.pdf", locked, "protected by a password"),
    "a PDF in a loop": ("a.pdf", looping, "."),
    "a PDF without text": ("a.pdf", lambda: plain_pdf().replace(b" Tj ET", b"  n ET"), "seems to be a scan"),
    "a picture called PDF": ("a.pdf", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "It is no PDF."),
    "a PDF called Word": ("a.docx", plain_pdf, "no Word file"),
    "a Word file called workbook": ("a.xlsx", word, "no Excel workbook"),
    "a workbook called ODT": ("a.odt", messy_workbook, "no OpenDocument text"),
    "a Word file called text": ("a.txt", word, "not a text file"),
    "a PDF called zip": ("a.zip", plain_pdf, "no ZIP archive"),
    "Markdown called mail": ("a.eml", lambda: MARKDOWN.encode(), "It is no mail"),
    "Markdown called calendar": ("a.ics", lambda: MARKDOWN.encode(), "It is no calendar"),
    "a mail without a day": ("a.eml", lambda: MAIL.replace(b"Date:", b"X-Date:"), "has no date"),
    "a mail of nobody": ("a.eml", lambda: MAIL.replace(b"From:", b"X-From:"), "has no sender"),
    "a mail of 300 parts": (
        "a.eml",
        lambda: b"From: a@b.c\nDate: Tue, 6 May 2025 10:00:00 +0000\nContent-Type: multipart/mixed; boundary=x\n\n"
        + b"--x\n\nhello\n" * 300 + b"--x--\n",
        "more than 200 parts",
    ),
    "a calendar without one-on-ones": ("a.ics", lambda: CALENDAR.replace("1:1", "").encode()[:520], "."),
    "deep JSON": ("notes.jsonl", lambda: b"[" * 500_000, "nested too deeply"),
    "a key twice": ("notes.jsonl", lambda: b'{"text": "a", "text": "b"}', "stands twice"),
    "a NUL in text": ("a.md", lambda: b"# Ana\n\x00", "byte 7 is zero"),
    "a NUL in a table": ("a.csv", lambda: b"Person,Date,Text\nAna,2025-05-06,x\x00\n", "is zero"),
    "bad UTF-16": ("a.txt", lambda: b"\xff\xfe" + NOTE.encode("utf-16-le")[:-1], "is wrong"),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSED)
def test_a_hostile_file_is_refused_in_a_sentence(what: str, child: Confined) -> None:
    name, made, why = REFUSED[what]
    document = read(child, name, made())
    assert why in document.refused
    assert document.refused.endswith(".")
    assert "Traceback" not in document.refused
    assert "root:" not in document.refused
    assert document.next
    assert (document.drafts, document.meetings, document.people) == ((), (), ())


@pytest.mark.parametrize("name", NAMES)
def test_a_name_that_leads_out_of_an_archive_is_refused(name: str, child: Confined) -> None:
    raw = zipped({"Ana Ruiz.md": MARKDOWN, name: "x"})
    assert "names a part outside of itself" in read(child, "a.zip", raw).refused


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_usual_encodings_are_read_in_the_child_too(encoding: str, child: Confined) -> None:
    assert read(child, "a.txt", NOTE.encode(encoding)).drafts[0].text == "Äpfel für Peña."


def test_mixed_line_ends_are_lines(child: Confined) -> None:
    raw = b"2025-05-06\r\n\rAna [1:1]\ncalm\r2025-05-07\r\n\r\nAna [1:1]\rbusy\n"
    assert [d.text for d in read(child, "a.txt", raw).drafts] == ["calm", "busy"]


@pytest.mark.parametrize("name", ["a.md", "a.txt", "a.csv", "a.eml", "a.ics", "notes.jsonl"])
def test_a_line_of_a_megabyte_is_read_or_refused(name: str, child: Confined) -> None:
    for filler in (b"a", b"a b ", b'"', b"[[", b"2025-05-06 ", b"=?utf-8?q?"):
        head = b"BEGIN:VCALENDAR\nSUMMARY:" if name.endswith("ics") else b"From: " if name.endswith("eml") else b""
        document = read(child, name, head + filler * (1_000_000 // len(filler)))
        assert document.refused.endswith((".", "?")) or document.skipped


def test_a_table_of_a_hundred_megabytes_is_refused_by_its_size(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.write(b"Person,Date,Text\n")
        file.truncate(100 * 1024 * 1024)
    (document,) = FileReader().read(path)
    assert document.refused == "It holds 100 MB; a file may hold 20 MB."


def test_a_template_from_elsewhere_and_an_embedded_object_are_left_alone(child: Confined) -> None:
    schema = "http://schemas.openxmlformats.org"
    far = (
        f'<?xml version="1.0"?><Relationships xmlns="{schema}/package/2006/relationships"><Relationship Id="r9" '
        f'Type="{schema}/officeDocument/2006/relationships/attachedTemplate" TargetMode="External" '
        'Target="http://127.0.0.1:9/evil.dotm"/></Relationships>'
    ).encode()
    with zipfile.ZipFile(BytesIO(word())) as package:
        members = {name: package.read(name) for name in package.namelist()}
    members["word/_rels/settings.xml.rels"] = far
    members["word/embeddings/oleObject1.bin"] = b"\xd0\xcf\x11\xe0" + b"\0" * 500
    assert len(read(child, "a.docx", zipped(members)).drafts) == 1


def test_a_table_that_says_it_follows_on_itself_ends(child: Confined) -> None:
    document = read(child, "Ana Ruiz.pdf", chained())
    assert len(document.drafts) == 2 or document.refused


def test_a_row_that_is_wrong_is_named_and_nothing_of_its_file_is_kept(child: Confined) -> None:
    rows = [["Person", "Date", "Text"], ["Ana", "2025-05-06", "fine"], ["Ana", "31.2.2025", "x"], ["Ana", "soon", "y"]]
    for name, raw in (
        ("a.csv", "\n".join(",".join(row) for row in rows).encode()),
        ("a.xlsx", workbook({"Notes": rows})),
    ):
        document = read(child, name, raw)
        assert (
            "2 rows cannot be read: row 3: '31.2.2025' is not a day; row 4: 'soon' is not a date." in document.refused
        )
        assert document.drafts == ()


def test_a_cell_in_a_row_that_no_sheet_has_is_refused(child: Confined) -> None:
    raw = workbook({"Notes": [["Person", "Date", "Text"], ["Ana Ruiz", "2025-05-06", "calm"]]})
    with zipfile.ZipFile(BytesIO(raw)) as package:
        sheet = package.read("xl/worksheets/sheet1.xml")
    far = sheet.replace(b'<row r="2">', b'<row r="1048577">').replace(b'"A2"', b'"A1048577"')
    far = far.replace(b'"B2"', b'"B1048577"').replace(b'"C2"', b'"C1048577"')
    assert far != sheet
    assert "more than 100,000 rows" in read(child, "a.xlsx", repacked(raw, sheet1=far)).refused


def test_a_workbook_names_the_sheet_of_a_wrong_row(child: Confined) -> None:
    head = ["Person", "Date", "Text"]
    raw = workbook({"One": [head, ["Ana", "2025-05-06", "fine"]], "Two": [head, ["Ana", "soon", "x"]]})
    assert "sheet 'Two' row 2: 'soon' is not a date" in read(child, "a.xlsx", raw).refused


@pytest.mark.parametrize("name", every_format())
def test_two_hundred_broken_copies_of_each_format_are_read_or_refused(name: str, child: Confined) -> None:
    job = Job(name, kind_of_file(name), (name,))
    good = every_format()[name]
    refused = kept = 0
    for raw in mutations(good, 200, seed=20260615):
        documents = child.parse(job, {name: raw})
        assert documents
        for document in documents:
            assert not document.refused or document.refused.endswith((".", "?"))
            assert "gave nothing that holds together" not in document.refused
            assert "in a way that cannot be read" not in document.refused, "the child ended"
        refused += any(document.refused for document in documents)
        kept += not any(document.refused for document in documents)
    assert child.parse(job, {name: good})[0].refused == ""
    assert refused > 5, "the copies were not broken enough"
    assert kept > 5, "the copies were broken too much to look inside"


@pytest.mark.parametrize("name", every_format())
def test_the_child_reads_what_this_process_would(name: str) -> None:
    """What a reader loads late would be missing behind the closed door: then the two would differ."""
    from knowledge.reading.parse import parse

    job = Job(name, kind_of_file(name), (name,))
    raw = {name: every_format()[name]}
    with Confined([job.kind], zone="UTC") as alone:  # with nothing loaded but what this kind says it takes
        found = alone.parse(job, raw)
    assert all(not document.refused for document in found)
    if not name.endswith((".eml", ".ics")):  # their days lie in this machine's zone here
        assert found == [*parse(job, raw)]
    assert sum(len(d.drafts) + len(d.meetings) for d in found) > 0


def test_every_kind_of_file_has_a_sample_here() -> None:
    kinds = {kind_of_file(name) for name in every_format()}
    assert kinds == {*READERS, ARCHIVE} - {".json"}


def test_a_folder_of_every_format_and_every_attack_gives_the_good_ones(tmp_path: Path) -> None:
    for number, (name, made, _) in enumerate(v for k, v in REFUSED.items() if "called" in k or "entity" in k):
        (tmp_path / f"bad{number}-{name}").write_bytes(made())
    for name, raw in every_format().items():
        if name != "notes.jsonl":
            (tmp_path / name).write_bytes(raw)
    documents = [*FileReader().read(tmp_path)]
    assert all(d.refused for d in documents if d.name.startswith("bad"))
    good = [d for d in documents if not d.name.startswith("bad") and not d.skipped]
    assert good
    assert not any(d.refused for d in good)

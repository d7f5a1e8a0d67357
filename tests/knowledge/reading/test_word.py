"""Word files, friendly and hostile. Hostile ones are made here; none is ever followed."""

import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document as WordDocument

from assistant.domain.importing import Document
from assistant.errors import ImportRefused
from knowledge.reading.package import check_package
from knowledge.reading.reader import FileReader
from knowledge.reading.word import WORD, read_word


def saved(document: WordDocument) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def read(document: WordDocument) -> Document:
    return read_word("people.docx", saved(document))


def refusal(raw: bytes) -> str:
    with pytest.raises(ImportRefused) as caught:
        read_word("people.docx", raw)
    return str(caught.value)


def changed(raw: bytes, **members: bytes) -> bytes:
    """The package with members replaced or added; keys are the file names without folder and dots."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(raw)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != "word/document.xml" or "document" not in members:
                new.writestr(name, old.read(name))
        for key, data in members.items():
            new.writestr("word/document.xml" if key == "document" else key, data)
    return out.getvalue()


@pytest.fixture
def plain() -> bytes:
    document = docx.Document()
    document.add_heading("Ana Ruiz", 1)
    document.add_paragraph().add_run("6 May 2025 · 1:1 · Eva Lang").bold = True
    document.add_paragraph("She was calm.")
    return saved(document)


def test_names_days_and_paragraphs_become_notes(plain: bytes) -> None:
    (draft,) = read_word("people.docx", plain).drafts
    assert (draft.person_written, draft.day, draft.author, draft.text) == (
        "Ana Ruiz",
        date(2025, 5, 6),
        "Eva Lang",
        "She was calm.",
    )


def test_bold_names_and_plain_days_will_do() -> None:
    document = docx.Document()
    document.add_paragraph().add_run("Tom Berg").bold = True
    document.add_paragraph("2025-05-06 – 1:1")
    document.add_paragraph("First.")
    document.add_paragraph("Second.")
    document.add_paragraph().add_run("Tom Stone").bold = True
    document.add_paragraph("6. Mai 2025")
    document.add_paragraph("Other.")
    assert [(d.person_written, d.text) for d in read(document).drafts] == [
        ("Tom Berg", "First.\n\nSecond."),
        ("Tom Stone", "Other."),
    ]


def test_a_table_of_days_and_notes_below_a_name_is_read() -> None:
    document = docx.Document()
    document.add_heading("Ana Ruiz", 1)
    table = document.add_table(rows=3, cols=2)
    for row, cells in zip(table.rows, [("Date", "Notes"), ("2025-05-06", "calm"), ("2025-05-07", "busy")], strict=True):
        for cell, words in zip(row.cells, cells, strict=True):
            cell.text = words
    assert [(d.person_written, d.day.day, d.text) for d in read(document).drafts] == [
        ("Ana Ruiz", 6, "calm"),
        ("Ana Ruiz", 7, "busy"),
    ]


def test_inserted_words_count_and_deleted_ones_do_not(plain: bytes) -> None:
    with zipfile.ZipFile(BytesIO(plain)) as package:
        xml = package.read("word/document.xml").decode()
    marked = xml.replace(
        "<w:r><w:t>She was calm.</w:t></w:r>",
        '<w:ins w:id="1" w:author="x"><w:r><w:t>She was </w:t></w:r></w:ins>'
        '<w:del w:id="2" w:author="x"><w:r><w:delText>not </w:delText></w:r></w:del><w:r><w:t>calm.</w:t></w:r>',
    )
    assert marked != xml
    assert read_word("people.docx", changed(plain, document=marked.encode())).drafts[0].text == "She was calm."


def test_an_external_entity_is_refused_and_not_followed(plain: bytes, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("hush")
    xml = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY x SYSTEM "file://{secret}">]><d>&x;</d>'
    told = refusal(changed(plain, document=xml.encode()))
    assert "XML entities" in told
    assert "hush" not in told


def test_a_billion_laughs_are_refused_at_once(plain: bytes) -> None:
    laughs = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 10))
    xml = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY l0 "ha">{laughs}]><d>&l9;</d>'
    assert "XML entities" in refusal(changed(plain, document=xml.encode()))


def test_a_bomb_is_refused_by_its_size_before_it_is_unpacked(plain: bytes) -> None:
    bomb = changed(plain, **{"word/media/a.bin": b"\0" * (101 * 1024 * 1024)})
    assert len(bomb) < 1024 * 1024
    assert "Unpacked it would fill 102 MB" in refusal(bomb)
    dense = changed(plain, **{"word/media/a.bin": b"\0" * (20 * 1024 * 1024)})
    assert "more than 200 times" in refusal(dense)


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/evil", "word/../../evil", "c:\\evil.xml", "word\\evil.xml"])
def test_a_name_that_leads_outside_is_refused(plain: bytes, name: str) -> None:
    assert "outside of itself" in refusal(changed(plain, **{name: b"<a/>"}))


def test_too_many_parts_are_refused(plain: bytes) -> None:
    assert "2,000 is the limit" in refusal(changed(plain, **{f"word/p{i}.bin": b"" for i in range(2001)}))


def test_an_external_template_is_not_followed(plain: bytes) -> None:
    rels = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
        b'Target="http://127.0.0.1:1/evil.dotm" TargetMode="External"/></Relationships>'
    )
    assert len(read_word("x.docx", changed(plain, **{"word/_rels/settings.xml.rels": rels})).drafts) == 1


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"\xd0\xcf\x11\xe0" + b"\0" * 100, "old .doc or protected by a password"),
        (b"not a zip", "damaged, or no Word file"),
        (b"PK\x03\x04 cut off", "damaged, or no Word file"),
    ],
)
def test_what_is_no_word_file_says_so(raw: bytes, why: str) -> None:
    assert why in refusal(raw)


def test_a_zip_without_a_document_is_no_word_file() -> None:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("hello.txt", "x")
    assert "the document itself is missing" in refusal(out.getvalue())


def test_a_member_that_lies_about_its_size_is_refused(plain: bytes) -> None:
    with zipfile.ZipFile(BytesIO(plain)) as package:
        info = package.getinfo("word/document.xml")
    size = info.file_size.to_bytes(4, "little")
    told = refusal(plain.replace(size, (10).to_bytes(4, "little")))
    assert "damaged" in told


def test_every_cut_of_a_file_is_refused_or_read_and_never_crashes(plain: bytes) -> None:
    refused = 0
    for end in range(0, len(plain), max(len(plain) // 40, 1)):
        try:
            check_package(plain[:end], WORD)
        except ImportRefused:
            refused += 1
    assert refused >= 40


def test_a_refused_word_file_in_a_folder_does_not_stop_the_others(plain: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK\x03\x04")
    (tmp_path / "b.docx").write_bytes(plain)
    first, second = FileReader().read(tmp_path)
    assert (first.name, bool(first.refused), len(second.drafts)) == ("a.docx", True, 1)

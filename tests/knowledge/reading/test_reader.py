"""Paths and bytes of every kind: one clear sentence each, and nothing half-read."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.domain.importing import Document
from assistant.domain.note import AiUse, NoteKind, Sharing
from assistant.errors import ImportRefused
from knowledge.reading.files import Decoded
from knowledge.reading.journal import read_journal
from knowledge.reading.markdown import read_markdown
from knowledge.reading.reader import FileReader
from knowledge.reading.table import read_csv

NOTE = "2025-05-06\n\nAna [1:1]\nÄpfel für Peña.\n"


def read(path: Path) -> list[Document]:
    return list(FileReader().read(path))


def one(path: Path) -> Document:
    (document,) = read(path)
    return document


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_encodings_of_common_programs_are_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "n.txt"
    path.write_bytes(NOTE.encode(encoding))
    assert one(path).drafts[0].text == "Äpfel für Peña."
    assert bool(one(path).remarks) == (encoding == "cp1252")


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"2025-05-06\n\nAna [1:1]\nx\x81y\n", "byte 24 is not UTF-8"),
        (b"2025-05-06\x00\n", "byte 11 is zero"),
        (b"caf\xe9 \x07\n", "byte 4 is not UTF-8"),
        (b"\xff\xfea", "byte 3 is wrong"),
        (b"\xff\xfe\x00\x00a\x00\x00\x00", "UTF-32"),
        (b"", "It is empty."),
        (b"  \n\n", "It is empty."),
    ],
)
def test_bytes_that_are_no_text_are_refused_with_their_place(tmp_path: Path, raw: bytes, why: str) -> None:
    path = tmp_path / "n.txt"
    path.write_bytes(raw)
    assert why in one(path).refused
    assert one(path).drafts == ()


def test_a_file_of_fifty_megabytes_is_refused_without_reading_it_all(tmp_path: Path) -> None:
    path = tmp_path / "n.csv"
    with path.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    assert "50 MB; a file may hold 20 MB" in one(path).refused


def test_an_unknown_kind_of_file_is_refused_naming_those_that_are_read(tmp_path: Path) -> None:
    path = tmp_path / "n.rtf"
    path.write_bytes(b"{\\rtf1}")
    with pytest.raises(ImportRefused) as caught:
        read(path)
    assert "n.rtf is not a kind of file" in caught.value.message
    assert ".docx" in caught.value.next


def test_a_path_with_nothing_there_and_a_folder_with_nothing_in_it_say_so(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match="There is nothing at"):
        read(tmp_path / "gone.md")
    with pytest.raises(ImportRefused, match="No file in"):
        read(tmp_path)


def test_hidden_files_are_left_alone_and_others_are_named(tmp_path: Path) -> None:
    for name in (".hidden.txt", "~$open.docx", "photo.png", "n.txt"):
        (tmp_path / name).write_text(NOTE, encoding="utf-8")
    note, folder = read(tmp_path)
    assert (note.name, len(note.drafts)) == ("n.txt", 1)
    assert folder.skipped == ("photo.png: an attachment; pictures and recordings are not read",)


def test_links_that_leave_the_folder_are_refused(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside.txt", tmp_path / "folder"
    outside.write_text(NOTE, encoding="utf-8")
    folder.mkdir()
    (folder / "link.txt").symlink_to(outside)
    (folder / "away").symlink_to(tmp_path, target_is_directory=True)
    (folder / "own.txt").write_text(NOTE, encoding="utf-8")
    (folder / "same.txt").symlink_to(folder / "own.txt")
    found = {document.name: document for document in read(folder)}
    assert set(found) == {"link.txt", "own.txt", "same.txt"}
    assert "link to a file outside" in found["link.txt"].refused
    assert found["own.txt"].drafts
    assert found["same.txt"].drafts


def test_a_pipe_is_no_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "n.txt")
    assert "not a plain file" in one(tmp_path / "n.txt").refused


def test_a_bad_file_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Person,Date,Text\nAna,soon,x\n")
    (tmp_path / "b.txt").write_text(NOTE, encoding="utf-8")
    bad, good = read(tmp_path)
    assert "row 2: 'soon' is not a date" in bad.refused
    assert len(good.drafts) == 1


def case(folder: Path, note: dict[str, Any] | str, people: object = None) -> Path:
    line = note if isinstance(note, str) else json.dumps(note)
    good = {"id": "n0", "person_id": "p1", "date": "2025-05-06", "kind": "misc", "text": "fine"}
    folder.mkdir(exist_ok=True)
    (folder / "notes.jsonl").write_text(f"{json.dumps(good)}\n\n{line}\n")
    (folder / "people.json").write_text(json.dumps(people or {"people": [{"id": "p1", "name": "Ana Ruiz"}]}))
    return folder


@pytest.mark.parametrize(
    ("note", "why"),
    [
        ("{broken", "it is not JSON"),
        ("[1]", "it is not a JSON object"),
        ("[" * 100_000, "it is nested too deeply"),
        ('{"text": "a", "text": "b"}', "the key 'text' stands twice"),
        ('{"person_id": "p1", "date": "2025-05-06", "text": "x\\ud800"}', "it holds a character that cannot be kept"),
        ({"person_id": "p1", "date": "2025-05-06"}, "`text` is missing"),
        ({"person_id": "p1", "date": "6 May", "text": "x"}, "`date` is not a day"),
        ({"date": "2025-05-06", "text": "x"}, "`person_id` is missing"),
        ({"person_id": "p1", "date": "2025-05-06", "text": " "}, "there is no text"),
        ({"person_id": "p1", "date": "2025-05-06", "text": "x", "kind": 7}, "`kind` is no word"),
    ],
)
def test_a_line_of_a_case_that_is_no_note_refuses_the_case(
    tmp_path: Path, note: dict[str, Any] | str, why: str
) -> None:
    assert f"line 3: {why}" in one(case(tmp_path / "c", note)).refused


@pytest.mark.parametrize(
    ("people", "why"),
    [
        ({"persons": []}, "no list of people"),
        ({"people": [{"id": "p1"}]}, "Person 1 in people.json cannot be read"),
        ({"people": [{"id": "p1", "name": "A"}, {"id": "p1", "name": "B"}]}, "'p1' stands twice"),
        ({"people": ["Ana"]}, "is not an object"),
        ({"people": [{"id": "p1", "name": "A"}], "managers": [{"id": "a b", "name": "X"}]}, "Manager 1"),
    ],
)
def test_people_that_are_no_people_refuse_the_case(tmp_path: Path, people: object, why: str) -> None:
    good = {"person_id": "p1", "date": "2025-05-06", "text": "x"}
    assert why in one(case(tmp_path / "c", good, people)).refused


def test_the_two_files_of_a_case_can_be_named_alone(tmp_path: Path) -> None:
    folder = case(tmp_path / "c", {"person_id": "p1", "date": "2025-05-06", "text": "x"})
    assert len(one(folder / "people.json").people) == 1
    alone = one(folder / "notes.jsonl")
    assert [(draft.person_written, draft.person_id) for draft in alone.drafts] == [("p1", "p1")] * 2


def test_a_case_inside_a_folder_is_one_document(tmp_path: Path) -> None:
    case(tmp_path / "c", {"person_id": "p1", "date": "2025-05-06", "text": "x"})
    (tmp_path / "n.txt").write_text(NOTE, encoding="utf-8")
    assert [(d.name, len(d.drafts)) for d in read(tmp_path)] == [("c", 2), ("n.txt", 1)]


PIECES = st.sampled_from(
    '2025-05-06|5/6/2025|Ana|Tom B.|[1:1, from Eva]|:|#|##|---|**|\n|\n\n|;|,|"|Date|Person|Text|> |- |\t|(|)|May 6|['
    "|]|É|\x0b|…|name: x|31.2.2025".split("|")
)


@settings(max_examples=150, deadline=None)
@given(pieces=st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=40))
def test_whatever_a_file_holds_it_is_read_or_refused(pieces: list[str]) -> None:
    text = " ".join(pieces)
    for reader in (read_csv, read_markdown, read_journal):
        try:
            document = reader("x.md", Decoded(text))
        except ImportRefused:
            continue
        else:
            assert document.drafts
            assert all(draft.text.strip() for draft in document.drafts)


def test_a_kind_nobody_knows_is_kept_as_an_ordinary_note(tmp_path: Path) -> None:
    (tmp_path / "people.json").write_text(json.dumps({"people": [{"id": "p1", "name": "Ana Ruiz"}]}), encoding="utf-8")
    line = {"id": "n1", "person_id": "p1", "date": "2025-05-06", "kind": "wandering thoughts", "text": "Rain."}
    (tmp_path / "notes.jsonl").write_text(json.dumps(line) + "\n", encoding="utf-8")
    (document,) = FileReader().read(tmp_path)
    assert [(d.text, d.kind) for d in document.drafts] == [("Rain.", NoteKind.MISC)]


@pytest.mark.parametrize("ai", [False, 0, [], {"use": "allowed"}, "nope", "never"])
@pytest.mark.parametrize("sharing", [True, 1, ["shareable"], "everybody", "private"])
def test_a_line_of_a_case_whose_limits_are_not_understood_is_kept_the_stricter_way(
    tmp_path: Path, ai: object, sharing: object
) -> None:
    line = {"person": "Ana Ruiz", "date": "2025-05-06", "text": "x"}
    lines = [line, line | {"ai": None}, line | {"ai": "allowed", "sharing": "shareable"}]
    lines.append(line | {"ai": ai, "sharing": sharing})
    (tmp_path / "notes.jsonl").write_text("\n".join(map(json.dumps, lines)))
    (document,) = FileReader().read(tmp_path)
    free, shown = (AiUse.ALLOWED, Sharing.PRIVATE), (AiUse.ALLOWED, Sharing.SHAREABLE)
    assert [(d.ai, d.sharing) for d in document.drafts] == [free, free, shown, (AiUse.NEVER, Sharing.PRIVATE)]
    assert bool(document.remarks) == ((ai, sharing) != ("never", "private"))

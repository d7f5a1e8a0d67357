"""Every note of the sample case comes out of every format with the right person, day and words."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from assistant.domain.importing import Document, NoteDraft
from knowledge.reading.reader import FileReader

CASE = Path(__file__).resolve().parents[2] / "cases" / "dev"
FORMATS = {
    "markdown": "markdown",
    "csv": "export_north_crew.csv",
    "journal": "ruth_notebook.txt",
    "docx": "people_notes_north.docx",
}


def expected(form: str) -> list[dict[str, Any]]:
    told = json.loads((CASE / "import" / "expected.json").read_text(encoding="utf-8"))
    records = [record for manager in told["managers"].values() for record in manager[form]["records"]]
    assert len(records) > 80, "looked at the wrong file"
    return records


def originals() -> dict[str, dict[str, str]]:
    lines = (CASE / "notes.jsonl").read_text(encoding="utf-8").splitlines()
    return {note["id"]: note for note in map(json.loads, lines)}


def folded(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"^> ", "", text, flags=re.MULTILINE)).strip()


def read(form: str) -> list[Document]:
    return list(FileReader().read(CASE / "import" / FORMATS[form]))


def drafts(form: str) -> list[NoteDraft]:
    return [draft for document in read(form) for draft in document.drafts]


@pytest.mark.parametrize("form", FORMATS)
def test_every_note_has_the_right_person_day_and_words(form: str) -> None:
    source = originals()
    wanted = sorted((r["person_written"], r["date"], folded(source[r["note_id"]]["text"])) for r in expected(form))
    assert sorted((d.person_written, d.day.isoformat(), folded(d.text)) for d in drafts(form)) == wanted


@pytest.mark.parametrize("form", FORMATS)
def test_kinds_and_authors_are_understood(form: str) -> None:
    source = originals()
    found = {(d.day.isoformat(), folded(d.text)): d for d in drafts(form)}
    for record in expected(form):
        note = source[record["note_id"]]
        draft = found[record["date"], folded(note["text"])]
        assert draft.kind == note["kind"], record
        assert draft.author in ("", record["author_written"])
        assert draft.author or record["author_written"] == "Ruth Haddad"


def test_only_the_total_and_blank_rows_of_the_table_are_left_out() -> None:
    (document,) = read("csv")
    assert document.skipped == ("row 27: blank", "row 53: blank", "row 79: blank", "row 87: a total line")
    assert document.drafts[0].where == "export_north_crew.csv row 2"
    assert document.drafts[-1].where == "export_north_crew.csv row 86"


@pytest.mark.parametrize("form", ["markdown", "docx"])
def test_what_a_file_says_about_people_is_read(form: str) -> None:
    people = {person.name: person for document in read(form) for person in document.people}
    known = json.loads((CASE / "people.json").read_text(encoding="utf-8"))["people"]
    assert len(people) == 5
    for fields in known[:5]:
        person = people[fields["name"]]
        assert (person.role, person.customers) == (fields["role"], fields["customers"])
        assert person.start is not None
        assert person.start.isoformat() == fields["start"]


def test_a_case_folder_brings_people_managers_and_notes() -> None:
    (case,) = FileReader().read(CASE)
    assert (len(case.drafts), len(case.people), len(case.accounts)) == (212, 14, 3)
    assert [account.id for account in case.accounts] == ["dm1", "dm2", "dm3"]
    assert dict(case.manager_of)[case.people[-1].id] == "dm3"
    assert case.today is not None
    source = originals()
    assert {d.id: (d.person_id, d.day.isoformat(), d.kind, d.author, d.text) for d in case.drafts} == {
        i: (n["person_id"], n["date"], n["kind"], n["author"], n["text"]) for i, n in source.items()
    }


def test_a_folder_of_all_formats_is_read_file_by_file_in_order() -> None:
    documents = list(FileReader().read(CASE / "import"))
    names = [document.name for document in documents if document.drafts]
    assert names == sorted(names, key=str.casefold)
    assert len(names) == 8
    assert not any(document.refused for document in documents)
    assert any("expected.json" in line for line in documents[-1].skipped)

"""An export is readable, whole, and comes back equal; nothing in it runs when it is opened."""

import csv
import io
import json
import re
import zipfile
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.domain.evidence import EvidenceState
from assistant.domain.note import AiUse, Note, NoteId, Sharing
from assistant.domain.person import Person, PersonId
from assistant.domain.promise import Owner
from assistant.errors import ImportRefused
from knowledge.reading.cells import as_text, as_written
from knowledge.reading.files import Decoded
from knowledge.reading.table import read_csv
from tests.house import ANNA, Bakery, open_bakery
from tests.ui.conftest import Flourish
from ui.export.folder import write_export
from ui.export.sheet import notes_csv
from ui.settings import Settings, sqlite_in
from ui.wiring import House, open_house

DAY = date(2026, 5, 4)
FORMULAS = (
    "=1+1",
    "+49 30 1234",
    "-5 degrees",
    "@home today",
    "\t=1",
    "'=quoted",
    "''-twice",
    "＝1",
    'plain, "x"\nnext',
)


def fresh(folder: Path) -> House:
    return open_house(Settings(home=folder, database=sqlite_in(folder), today=date(2026, 6, 15)))


def nouns(house: House) -> dict[str, Any]:
    """Everything on record, noun by noun, without which import brought it and when."""
    desk = house.desk(ANNA)
    with desk.records.reading(ANNA, date.max) as shelf:
        people = [*shelf.people.all()]
        found: dict[str, Any] = {"account": shelf.account, "people": people}
        for person in people:
            notes = [*shelf.notes.of(person.id)]
            found[person.id] = {
                "notes": [
                    (n.id, n.day, n.text, n.kind, n.author, n.revision, n.ai, n.sharing, n.mentions) for n in notes
                ],
                "revisions": [*shelf.erasing.texts_of([n.id for n in notes])],
                "screenings": [r.screening for r in shelf.screenings.of(notes)],
                "evidence": [(i.id, i.quote.span, i.state, i.strength, i.finder) for i in shelf.evidence.of(person.id)],
                "promises": [(p.id, p.what, p.state, p.by_hand, p.due) for p in shelf.promises.of(person.id)],
                "meetings": [*shelf.meetings.of(person.id)],
                "asked": [*shelf.ledger.of(person.id)],
                "opinions": [*shelf.opinions.of(person.id)],
                "plans": [re.sub(r"import_id='?\w+'?", "", str(p)) for p in shelf.plans.versions(person.id)],
                "vectors": [
                    (v.note_id, v.revision, v.data) for v in shelf.vectors.of([person.id], house.embedder.fingerprint)
                ],
            }
    return found


@pytest.fixture
def bakery(tmp_path: Path) -> Bakery:
    """The bakery after some months of use."""
    made = open_bakery(tmp_path)
    desk, who = made.desk, made.desk.person("nadia")
    note = who.notes()[0]
    desk.edit_note(note.id, text=f"{note.text} Jan Sorel agreed.")
    for item in who.evidence()[:1]:
        desk.judge_evidence(item.id, EvidenceState.CONFIRMED)
    who.add_promise("order the rye", owner=Owner.ME, due=date(2026, 7, 1))
    who.draft_plan()
    who.asked(who.brief().questions.questions[0].id, answer="The <b>guests</b>.")
    who.rate(who.brief().questions.questions[0].id, helpful=False, instead="Ask about the <b>ovens</b>.")
    return made


def test_everything_comes_back_equal_in_an_empty_home(bakery: Bakery, tmp_path: Path) -> None:
    exported = bakery.desk.export()
    people = [row["id"] for row in exported.tables["person"]]
    files = write_export(bakery.desk, people, exported, tmp_path / "out")
    assert {"record.json", "people.json", "notes.jsonl", "notes.csv"} <= {*files}
    house = fresh(tmp_path / "new")
    desk = house.importing_desk(None, [tmp_path / "out"])
    report = desk.import_notes([tmp_path / "out"])
    assert report.added == 6
    before, after = nouns(bakery.house), nouns(house)
    assert after == before
    assert before["nadia"]["plans"]
    assert before["nadia"]["asked"]
    assert before["nadia"]["opinions"]
    again = write_export(house.desk(ANNA), people, house.desk(ANNA).export(), tmp_path / "again")
    assert again == files
    without = '"import_id": '
    for name in files:
        one, two = ((tmp_path / d / name).read_text().split("\n") for d in ("out", "again"))
        assert [line for line in one if without not in line] == [line for line in two if without not in line]


def test_somebody_who_comes_back_to_where_they_were_is_named_and_names_others_as_before(
    bakery: Bakery, tmp_path: Path
) -> None:
    desk = bakery.desk
    desk.person("nadia").add_note("Jan Novak weighed the flour.", day=DAY)
    desk.person("jan1").add_note("Nadia Okoro kept the oven going.", day=DAY)

    def links() -> set[tuple[str, str, int]]:
        with desk.records.reading(ANNA, date.max) as shelf:
            return {(note.id, m.person_id, m.span.start) for note in shelf.notes.all() for m in note.mentions}

    before = links()
    assert {person for _, person, _ in before} >= {"nadia", "jan1"}
    write_export(desk, ["nadia"], desk.person("nadia").export(), tmp_path / "out")
    desk.person("nadia").forget()
    for dry_run in (True, False):
        report = desk.import_notes([tmp_path / "out"], dry_run=dry_run)
        assert "left out" not in " ".join(report.remarks), "everybody they are linked with is here"
    assert links() == before


def zipped(folder: Path, to: Path, inside: str = "") -> Path:
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in sorted(folder.iterdir()):
            packed.write(file, f"{inside}{file.name}")
    return to


def test_the_zip_of_an_export_comes_back_as_equal_as_its_folder(bakery: Bakery, tmp_path: Path) -> None:
    exported = bakery.desk.export()
    write_export(bakery.desk, [row["id"] for row in exported.tables["person"]], exported, tmp_path / "out")
    for inside in ("", "flourish-anna-2026-06-15/"):
        file = zipped(tmp_path / "out", tmp_path / f"{len(inside)}.ZIP", inside)
        house = fresh(tmp_path / f"home{len(inside)}")
        desk = house.importing_desk(None, [file])
        assert desk.account == ANNA
        assert desk.import_notes([file]).added == 6
        assert nouns(house) == nouns(bakery.house)
        with pytest.raises(ImportRefused, match="on record here already"):
            desk.import_notes([file])


def test_the_export_of_somebody_alone_makes_them_alone_again_with_all_they_may_do(
    flourish: Flourish, tmp_path: Path
) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    assert flourish("people", "add", "Nadia Okoro", home=one).code == 0
    assert flourish("export", "--all", "--to", str(tmp_path / "out"), home=one).code == 0
    file = zipped(tmp_path / "out", tmp_path / "out.zip")
    assert flourish("import", str(file), home=two).code == 0
    assert flourish("review", "list", home=two).code == 0, "a coach as well"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "not JSON"),
        (b"{" * 3_000_000, "nothing but brackets"),
        (b'{"format": "flourish-record", "schema": 2}', "does not know"),
        (b'{"format": "flourish-record", "schema": 1}', "not an export that can be read back"),
        (b'{"format": "flourish-record", "schema": 1, "format": ""}', "not JSON"),
        (b" " * 5_000_000, "200 times its size"),
    ],
)
def test_a_zip_whose_record_is_broken_is_refused_in_a_sentence_and_leaves_nothing(
    bakery: Bakery, tmp_path: Path, content: bytes, said: str
) -> None:
    file, before = tmp_path / "bad.zip", nouns(bakery.house)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED if said.startswith("200") else zipfile.ZIP_STORED) as packed:
        packed.writestr("x/record.json", content)
        packed.writestr("x/notes.jsonl", '{"person": "Nadia Okoro", "date": "2026-05-01", "text": "Not to be kept."}')
    with pytest.raises(ImportRefused, match=said):
        bakery.desk.import_notes([file])
    assert nouns(bakery.house) == before


def test_a_zip_that_only_looks_like_an_export_is_read_as_the_folder_it_holds(bakery: Bakery, tmp_path: Path) -> None:
    note = '{"person": "Nadia Okoro", "date": "2026-05-01", "text": "Number %d."}'
    for number, records in enumerate((["a/record.json", "b/record.json"], ["record.json"], ["a/b/record.json"])):
        with zipfile.ZipFile(tmp_path / "some.zip", "w") as packed:
            for name in records:
                packed.writestr(name, '{"format": "of another program"}')
            packed.writestr("notes.jsonl", note % number)
        assert bakery.desk.import_notes([tmp_path / "some.zip"]).added == 1


def test_one_person_comes_back_alone_and_says_what_was_left_out(bakery: Bakery, tmp_path: Path) -> None:
    write_export(bakery.desk, ["nadia"], bakery.desk.person("nadia").export(), tmp_path / "out")
    house = fresh(tmp_path / "new")
    desk = house.importing_desk(None, [tmp_path / "out"])
    rehearsed = desk.import_notes([tmp_path / "out"], dry_run=True)
    assert rehearsed.added == 4
    assert desk.people() == []
    report = desk.import_notes([tmp_path / "out"])
    assert "links to people or notes that are not in this export" in " ".join(report.remarks)
    assert nouns(house)["nadia"]["evidence"] == nouns(bakery.house)["nadia"]["evidence"]
    assert desk.undo_import(report.id) == 3, "notes that were edited once stay"


def test_what_a_stranger_calls_harmless_is_screened_anew(bakery: Bakery, tmp_path: Path) -> None:
    write_export(bakery.desk, ["nadia"], bakery.desk.person("nadia").export(), tmp_path / "out")
    record = tmp_path / "out" / "record.json"
    said = json.loads(record.read_text())
    private = next(n for n in said["tables"]["note"] if "blood test" in n["text"])
    quote = dict(said["tables"]["evidence"][0], note_id=private["id"], start=0, end=20, revision=1)
    quote["id"] = "e" + sha256(f"{private['id']}\n{quote['topic']}\n0:20".encode()).hexdigest()[:12]
    said["tables"]["evidence"].append(quote)
    record.write_text(json.dumps(said))
    house = fresh(tmp_path / "new")
    desk = house.importing_desk(None, [tmp_path / "out"])
    desk.import_notes([tmp_path / "out"])
    assert quote["id"] not in {item.id for item in desk.person("nadia").evidence()}
    assert desk.readable(private["id"]).screening.topics


def test_a_broken_record_is_refused_in_a_sentence(flourish: Flourish, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    head = {"format": "flourish-record", "schema": 1, "revision": "0001", "account": {"id": "a", "name": "A"}}
    for raw in (
        "{",
        "[" * 100_000,
        '{"format": "flourish-record", "format": "flourish-record"}',
        json.dumps({**head, "schema": 2, "tables": {}}),
        json.dumps({**head, "tables": []}),
        json.dumps({**head, "tables": {"person": {}}}),
        json.dumps({**head, "account": {"id": "../x", "name": "A"}, "tables": {}}),
        json.dumps({**head, "tables": {"person": [{"id": "p", "name": ""}]}}),
        json.dumps({**head, "revision": "9999", "tables": {}}),
        "\x00\x01",
    ):
        (folder / "record.json").write_text(raw)
        said = flourish("import", str(folder), home=tmp_path / "home")
        assert said.code == 1, raw[:60]
        assert said.err.startswith("flourish: ")
        assert "Traceback" not in said.err
        assert "nobody" not in flourish("people", "list", "--json", home=tmp_path / "home").out


def test_the_page_shows_everything_and_runs_nothing(bakery: Bakery, tmp_path: Path) -> None:
    desk = bakery.desk
    evil = "<script>alert(1)</script><img src=x onerror=alert(2)>"
    desk.person("nadia").add_note(f"She likes {evil} ovens.", day=DAY, author='"><svg onload=x>')
    desk.person("jan1").add_note("Nadia Okoro helped him with the ovens. Her blood test worries Nadia Okoro.", day=DAY)
    write_export(desk, ["nadia"], desk.person("nadia").export(), tmp_path / "out")
    page = (tmp_path / "out" / "Nadia-Okoro.html").read_text()
    assert "<script" not in page
    assert "<img" not in page
    assert "<svg" not in page
    assert "http" not in page
    assert "&lt;script&gt;alert(1)" in page
    for words in (
        "Baker",
        "As written until",
        "confirmed",
        "order the rye",
        "Questions asked",
        "&lt;b&gt;guests",
        "Version 1",
    ):
        assert words in page
    assert "Nadia Okoro helped him with the ovens." in page
    assert "worries Nadia" not in page, "a private sentence about somebody else does not travel"


@given(st.text(alphabet="'=+-@\t\rab\n＝", max_size=8))
def test_a_cell_is_safe_and_comes_back_letter_for_letter(cell: str) -> None:
    assert as_text(cell)[:1] not in {*"=+-@\t\r\n＝＋－＠"} - {""}
    assert as_written(as_text(cell)) == cell


def test_a_sheet_with_formulas_opens_as_text_and_is_read_back(tmp_path: Path) -> None:
    person = Person(ANNA, PersonId("=p1"), "=HYPERLINK(x) Berg")
    notes = [Note(ANNA, NoteId(f"-n{i}"), person.id, DAY, text, author="@bot") for i, text in enumerate(FORMULAS)]
    sheet = notes_csv(notes, {person.id: person})
    for row in [*csv.reader(io.StringIO(sheet.removeprefix("\ufeff"), newline=""))][1:]:
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝")) for cell in row)
    read = read_csv("notes.csv", Decoded(sheet.removeprefix("\ufeff")))
    assert [d.text for d in read.drafts] == [*FORMULAS]
    assert {(d.person_written, d.author, d.person_id) for d in read.drafts} == {(person.name, "@bot", "=p1")}
    assert [d.id for d in read.drafts] == [n.id for n in notes]


def test_the_command_writes_a_private_folder_and_never_over_another(
    flourish: Flourish, team: Path, tmp_path: Path
) -> None:
    to = tmp_path / "out"
    said = flourish("export", "d03", "--as", "dm1", "--to", str(to), "--json", home=team)
    assert said.code == 0
    assert said.json["notes"] == 18
    assert {p.name for p in to.iterdir()} == {*said.json["files"]}
    assert to.stat().st_mode & 0o77 == 0
    assert all(p.stat().st_mode & 0o77 == 0 for p in to.iterdir())
    again = flourish("export", "d03", "--as", "dm1", "--to", str(to), home=team)
    assert again.code == 1
    assert "never put over anything" in again.err
    assert flourish("export", home=team).code == 1
    assert flourish("export", "d03", "--all", "--as", "dm1", home=team).code == 1
    everybody = flourish("export", "--all", "--as", "dm1", "--to", str(tmp_path / "all"), "--json", home=team)
    assert everybody.json["people"] == 5


def test_an_export_is_a_case_folder_for_other_programs_too(flourish: Flourish, team: Path, tmp_path: Path) -> None:
    flourish("export", "d03", "--as", "dm1", "--to", str(tmp_path / "out"), home=team)
    (tmp_path / "out" / "record.json").unlink()
    said = flourish("import", str(tmp_path / "out"), "--json", home=tmp_path / "other")
    assert said.code == 0
    assert sum(f["added"] for f in said.json["files"]) == 18


@pytest.mark.parametrize("what", ["notes.csv", "the folder without its record"])
def test_what_the_assistant_may_not_use_stays_so_without_the_record(bakery: Bakery, tmp_path: Path, what: str) -> None:
    who = bakery.desk.person("nadia")
    barred = who.add_note('She said: "I love the quiet ovens."', day=DAY, ai=AiUse.NEVER)
    shared = who.add_note("She may read this one.", day=DAY, sharing=Sharing.SHAREABLE)
    before = {n.text: (n.ai, n.sharing) for n in who.notes()}
    assert before[barred.text] == (AiUse.NEVER, Sharing.PRIVATE)
    assert before[shared.text] == (AiUse.ALLOWED, Sharing.SHAREABLE)
    exported = who.export()
    write_export(bakery.desk, ["nadia"], exported, tmp_path / "out")
    (tmp_path / "out" / "record.json").unlink()
    from_here = tmp_path / "out" / what if what.endswith(".csv") else tmp_path / "out"
    house = fresh(tmp_path / "new")
    desk = house.importing_desk(None, [from_here])
    desk.import_notes([from_here])
    (row,) = desk.people()
    again = desk.person(row.person.id)
    assert {n.text: (n.ai, n.sharing) for n in again.notes()} == before
    assert not any("quiet ovens" in item.quote.text for item in again.evidence())

"""What people do with a home: each verb as a scene that can be cut off anywhere and carried on by doing it again.

A scene is done the way somebody would after a power cut: look what is there, and do what is missing. Every step that
a person is told is kept goes through `ack`.
"""

import json
import textwrap
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

from assistant.actions.import_notes import unfinished_import
from assistant.domain.evidence import EvidenceState
from assistant.domain.meeting import MeetingState
from assistant.domain.promise import Owner, PromiseState
from assistant.errors import Invalid
from tests.crash import keeping
from tests.crash.bakery import MORE, Ack, Files, Scene, add, bakery, mine, note_id
from ui.wiring import House

# The verbs


def open_first(house: House, _folder: Path, ack: Ack) -> None:
    """The first command in a new place."""
    ack(house.account())


def write_notes(house: House, _folder: Path, ack: Ack) -> None:
    """Notes typed one after the other."""
    desk = mine(house)
    for who, day, kind, words in MORE:
        if note_id(desk, who, words) is None:
            add(desk, who, day, kind, words)
        ack(words)


def edit_notes(house: House, _folder: Path, ack: Ack) -> None:
    """Other words in a note on which promises, evidence and a verdict stand."""
    desk = mine(house)
    for who, begins, words in (
        ("nadia", "I promised to order", 'I promised to order new scales by 20 June. She said: "I love shaping the '
         'rye loaves before anyone is up."'),
        ("jan", "Jan will write", "Jan will write the rota by 25 June. Jan Sorel helped him."),
    ):  # fmt: skip
        key = note_id(desk, who, begins)
        assert key is not None
        if desk.note(key).text != words:
            desk.edit_note(key, text=words)
        ack(words)


def move_notes(house: House, _folder: Path, ack: Ack) -> None:
    """A note that was filed under the wrong person."""
    desk = mine(house)
    for who, begins, to in (("jan", "Jan will write", "sorel"), ("nadia", "Showed the apprentice", "jan")):
        key = note_id(desk, who, begins)
        if key is not None:
            desk.move_note(key, to)
        ack(f"{begins} {to}")


def delete_notes(house: House, _folder: Path, ack: Ack) -> None:
    """Notes that should not be there."""
    desk = mine(house)
    for who, begins in (("nadia", "I promised to order"), ("sorel", "First weeks")):
        key = note_id(desk, who, begins)
        if key is not None:
            desk.delete_note(key)
        ack(begins)


def everyday(house: House, _folder: Path, ack: Ack) -> None:
    """A verdict, promises, a meeting, a question asked, a plan, a role."""
    desk = mine(house)
    nadia = desk.person("nadia")
    first = nadia.evidence()[0]
    desk.judge_evidence(first.id, EvidenceState.CONFIRMED)
    ack("verdict")
    if not any(p.what == "Bring the photos." for p in nadia.promises()):
        nadia.add_promise("Bring the photos.", owner=Owner.ME, due=date(2026, 6, 20))
    ack("promise")
    told = next(p for p in nadia.promises() if p.quotes)
    desk.settle_promise(told.id, PromiseState.DONE)
    ack("settled")
    nadia.keep_meeting(date(2026, 6, 22), MeetingState.PLANNED)
    ack("meeting")
    if nadia.plan() is None:
        nadia.draft_plan()
    ack("plan")
    nadia.edit(role="Head baker")
    ack("role")


def forget(house: House, _folder: Path, ack: Ack) -> None:
    """Somebody erased for good."""
    desk = mine(house)
    if any(row.person.id == "sorel" for row in desk.people()):
        desk.person("sorel").forget()
    ack("forgotten")


def merge(house: House, _folder: Path, ack: Ack) -> None:
    """Two entries that are one person."""
    desk = mine(house)
    if any(row.person.id == "sorel" for row in desk.people()):
        desk.merge_people("jan", "sorel")
    ack("merged")


def undo(house: House, folder: Path, ack: Ack) -> None:
    """An import taken back."""
    desk = mine(house)
    for entry in desk.imports():
        if not entry.undone:
            desk.undo_import(entry.id)
        ack(entry.what)


def bring(house: House, folder: Path, ack: Ack) -> None:
    """An import, as the command line does it. Of an import that brought its managers and is through, it asks whose."""
    paths = [folder / "files"]
    accounts = [account.id for account in house.records.accounts.all()]
    several = len(accounts) > 1 and unfinished_import(house.records) is None
    if several and (folder / "files" / "people.json").exists():
        with suppress(Invalid):
            house.importing_desk(None, paths)
            raise AssertionError("nobody was asked whose notes these are")
        return
    report = house.importing_desk(accounts[0] if several else None, paths).import_notes(paths)
    ack(report.id)


def look_up(house: House, _folder: Path, ack: Ack) -> None:
    """A question to the library, which builds its index."""
    found = house.library.nearest_questions("praise somebody so that it lands", 5)
    ack(" ".join(question.id for question in found))


def only_open(house: House, _folder: Path, ack: Ack) -> None:
    """Nothing but opening the home."""
    ack(str(len(house.records.accounts.all())))


# What is imported


def loose_files(folder: Path) -> Files:
    """Four Markdown files about known and new people, each with several notes."""
    there = folder / "files"
    there.mkdir(parents=True, exist_ok=True)
    told: dict[str, Sequence[str]] = {}
    for number, who in enumerate(("Nadia Okoro", "Jan Novak", "Ada Lund", "Bo Ferrer")):
        notes = [
            (f"2026-04-{day:02}", f"{who.split()[0]} tried recipe {number}{day} and said: I love the mornings. "
             f"I will bring book {number}{day} by {day} July.")
            for day in range(1, 6)
        ]  # fmt: skip
        text = "".join(f"## {day}\n\n{words}\n\n" for day, words in notes)
        (there / f"{who}.md").write_text(f"# {who}\n\n{text}", encoding="utf-8")
        told[f"{who}.md"] = [words for _, words in notes]
    return told


def case_folder(folder: Path) -> Files:
    """Three managers with two people each, in one file; their notes come as a whole or not at all."""
    there = folder / "files"
    there.mkdir(parents=True, exist_ok=True)
    managers = [{"id": f"m{n}", "name": f"Manager {'ABC'[n]}"} for n in range(3)]
    people = [
        {"id": f"p{n}", "name": f"{first} {last}", "manager": f"m{n % 3}", "role": "Baker"}
        for n, (first, last) in enumerate(
            [("Ada", "Lund"), ("Bo", "Ferrer"), ("Cem", "Aydin"), ("Dora", "Vance"), ("Eli", "Stone"), ("Fay", "Holm")]
        )
    ]
    notes = [
        {"id": f"n{n}", "person_id": f"p{n % 6}", "date": f"2026-05-{n + 1:02}", "kind": "one_on_one", "author": "",
         "text": f"Talk number {n}. I will send paper {n} by {n + 1} July. They said: I love the quiet hours."}
        for n in range(14)
    ]  # fmt: skip
    (there / "people.json").write_text(json.dumps({"managers": managers, "people": people}), encoding="utf-8")
    (there / "notes.jsonl").write_text("".join(f"{json.dumps(note)}\n" for note in notes), encoding="utf-8")
    return {"notes.jsonl": [str(note["text"]) for note in notes]}


def halves(house: House, files: Files) -> Iterable[str]:
    """Files of which some notes are there and some are not."""
    there: set[str] = set()
    for account in house.records.accounts.all():
        with house.records.reading(account.id, date.max) as shelf:
            there.update(note.text for note in shelf.notes.all())
    for name, texts in files.items():
        found = sum(text in there for text in texts)
        if 0 < found < len(texts):
            yield f"half an import: {found} of {len(texts)} notes of {name}"


def bakery_with_files(house: House, folder: Path) -> None:
    """The bakery, with files ready to be imported."""
    bakery(house, folder)


def bakery_with_import(house: House, folder: Path) -> None:
    """The bakery after an import."""
    bakery(house, folder)
    loose_files(folder)
    mine(house).import_notes([folder / "files"])
    keeping.back_up_to(house, folder / "kept.age")


def comes_back(house: House, folder: Path) -> Iterable[str]:
    """Notes of an import that was taken back, in a home restored from an older backup."""
    if any(entry.undone for entry in mine(house).imports()):
        texts = {words for told in loose_files(folder).values() for words in told}
        yield from (f"an older backup brings back {words!r}" for words in keeping.texts_restored(house, folder) & texts)


STEP = """
    op.create_table(
        "crash_copy", sa.Column("id", sa.Text(), primary_key=True), sa.Column("words", sa.Text(), nullable=False)
    )
    op.execute("INSERT INTO crash_copy (id, words) SELECT id, text FROM note")
    with op.batch_alter_table("person") as batch:
        batch.add_column(sa.Column("shoe_size", sa.Integer()))
    op.execute("UPDATE person SET shoe_size = 40")
"""


def migration(before: str) -> tuple[str, str]:
    """File name and text of a migration that follows a revision."""
    number = f"{int(before) + 1:04}"
    head = f'"""A step."""\nimport sqlalchemy as sa\nfrom alembic import op\n\nrevision, down_revision = "{number}", '
    body = textwrap.indent(textwrap.dedent(STEP), "    ")
    return f"v{number}_crash.py", f'{head}"{before}"\n\n\ndef upgrade() -> None:{body}'


SCENES = (
    Scene("first opening", None, open_first),
    Scene("note write", bakery, write_notes),
    Scene("note edit", bakery, edit_notes),
    Scene("note move", bakery, move_notes),
    Scene("note delete", bakery, delete_notes),
    Scene("everyday verbs", bakery, everyday),
    Scene("import of files", bakery, bring, loose_files),
    Scene("import of a case folder", None, bring, case_folder),
    Scene("undo of an import", bakery_with_import, undo, check=comes_back),
    Scene("merge of two people", bakery, merge),
    Scene("forget somebody", bakery, forget),
    Scene("migration", bakery, only_open, newer=True),
    Scene("library index", bakery, look_up, library=True),
    Scene("backup", keeping.bakery_and_a_folder, keeping.back_up, check=keeping.half_backups),
    Scene("restore", keeping.backup_to_restore, keeping.restore, check=keeping.not_followed),
    Scene("reindex", keeping.bakery_read_by_an_older_finder, keeping.reindex, behind=True),
    Scene("digests", keeping.bakery_of_many_years, keeping.write_down_in_short),
)

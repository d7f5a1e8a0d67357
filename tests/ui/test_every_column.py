"""Forgotten means gone, column by column: the list of columns comes from the schema, not from the test's author."""

import json
import shutil
from base64 import b64encode
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import and_, select, update

from assistant.desk import put_back
from knowledge.keeping.journal import NAME
from knowledge.records.open import open_records
from knowledge.records.tables import metadata
from tests.house import Bakery, open_bakery
from tests.knowledge.records.conftest import DATABASES, clock, cluster, postgres_ready
from tests.ui.canaries import CANARIES, PASSPHRASE, WHO, plant, plant_notes, settings, the_rest, traces
from tests.ui.word_columns import (
    BESIDE,
    NO_WORDS,
    NOTHING_SAID,
    every_table,
    holding,
    outside_of_closed_lists,
    to_be_planted,
    word_columns,
)
from ui.wiring import House, open_house

__all__ = ["cluster", "postgres_ready"]
PLANTED = [*CANARIES.values()]
ONE_NOTE = [CANARIES[what] for what in ("note", "edited away", "author")]
NOT_OF_A_NOTE = {  # columns that no note's words reach
    "person": "what is said of a person is typed, or stands in the list of people that was imported",
    "import_entry": "the names of files",
    "note.id": "made, or the source's own",
}


@pytest.fixture(params=DATABASES)
def bakery(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bakery]:
    """The bakery on each database; what goes to the machine's folder for passing files is looked through as well."""
    passing = tmp_path / "home" / "passing"
    passing.mkdir(parents=True)
    monkeypatch.setenv("TMPDIR", str(passing))
    monkeypatch.setattr("tempfile.tempdir", str(passing))
    if request.param == "sqlite":
        yield open_bakery(tmp_path)
        return
    address = request.getfixturevalue("postgres_ready")
    request.getfixturevalue("cluster").execute("TRUNCATE account, meta CASCADE", "shared")
    with closing(open_records(address, clock=clock)) as records:
        yield open_bakery(tmp_path, records)


def left(house: House, words: list[str]) -> dict[str, Any]:
    """Where any of the words still is: in rows by column, in files by name."""
    with house.records.engine.connect() as connection:
        found: dict[str, Any] = {**holding(connection, words)}
    return found | traces(house.settings.home)


def test_a_canary_is_seen_in_every_coding(tmp_path: Path) -> None:
    word = CANARIES["umlaut"]
    forms = [word.encode(e) for e in ("utf-8", "utf-16-le", "utf-16-be")] + [json.dumps(word).encode()]
    forms += [b64encode(b"x" * lead + word.encode() + b" and more") for lead in range(3)]
    for number, form in enumerate((*forms, word.lower().encode())):
        (tmp_path / f"{number}.bin").write_bytes(b"\xff\x00" + form + b"\xff")
    assert traces(tmp_path) == {f"{number}.bin": ["umlaut"] for number in range(8)}


def test_a_new_column_is_planted_or_named_with_its_reason(bakery: Bakery, tmp_path: Path) -> None:
    plant(bakery, tmp_path)
    with bakery.house.records.engine.connect() as connection:
        assert to_be_planted(connection) - holding(connection, PLANTED).keys() == set()
        assert [*outside_of_closed_lists(connection)] == []
        ours = {table.name for table in metadata.sorted_tables}
        assert [t for t in every_table(connection) if t not in ours and not t.startswith(tuple(BESIDE))] == []
        assert len(to_be_planted(connection)) > 20
    assert NO_WORDS.keys() <= {*word_columns()}, "a reason for a column that is not there"
    assert all(NO_WORDS.values())
    rest = the_rest(bakery.desk)
    bakery.desk.person(WHO).forget()
    assert left(bakery.house, PLANTED) == {}
    assert the_rest(bakery.desk) == rest


def test_a_deleted_note_leaves_no_word_in_any_column_nor_anywhere_in_json(bakery: Bakery) -> None:
    note_ids = plant_notes(bakery)
    repeat_in_json(bakery)
    with bakery.house.records.engine.connect() as connection:
        wanted = {c for c in to_be_planted(connection) if not {c, c.partition(".")[0]} & NOT_OF_A_NOTE.keys()}
        assert wanted - holding(connection, ONE_NOTE).keys() == set()
    for note_id in note_ids:
        bakery.desk.delete_note(note_id)
    assert left(bakery.house, ONE_NOTE) == {}
    who = bakery.desk.person("nadia")
    assert who.plan()
    assert [item.person_id for item in bakery.desk.unanswered()] == [who.person.id], "emptied, it is to be read again"
    assert len(who.ledger()) == 1
    assert [q.text for m in who.meetings() for q in m.questions] == [""]


def test_a_removed_note_that_is_put_back_leaves_every_row_of_every_table_as_it_was(bakery: Bakery) -> None:
    note_ids = plant_notes(bakery)
    repeat_in_json(bakery)
    before, found = every_row(bakery.house), bakery.desk.search(CANARIES["note"], person="nadia").hits
    gone = [bakery.desk.delete_note(note_id) for note_id in note_ids]
    assert left(bakery.house, ONE_NOTE) == {}
    assert every_row(bakery.house) != before
    for removed in reversed(gone):
        put_back(bakery.desk, removed)
    assert every_row(bakery.house) == before
    assert bakery.desk.search(CANARIES["note"], person="nadia").hits == found


def every_row(house: House) -> dict[str, list[str]]:
    """All that is on record in this home."""
    with house.records.engine.connect() as connection:
        return {table.name: sorted(map(repr, connection.execute(select(table)))) for table in metadata.sorted_tables}


def test_a_backup_of_before_brings_a_note_back_that_was_put_back(bakery: Bakery, tmp_path: Path) -> None:
    note_ids = plant_notes(bakery)
    done = bakery.house.office().back_up(tmp_path / "kept.age", PASSPHRASE)
    for note_id in note_ids:
        put_back(bakery.desk, bakery.desk.delete_note(note_id))
    empty = tmp_path / "second"
    empty.mkdir()
    shutil.copy(bakery.house.settings.home / NAME, empty / NAME)
    again = open_house(settings(empty))
    assert again.office().restore(Path(done.file), PASSPHRASE).forgotten == 0
    assert every_row(again)["note"] == every_row(bakery.house)["note"]


def test_a_backup_of_before_brings_no_word_of_a_deleted_note_back(bakery: Bakery, tmp_path: Path) -> None:
    note_ids = plant_notes(bakery)
    repeat_in_json(bakery)
    done = bakery.house.office().back_up(tmp_path / "kept.age", PASSPHRASE)
    for note_id in note_ids:
        bakery.desk.delete_note(note_id)
    empty = tmp_path / "second"
    empty.mkdir()
    shutil.copy(bakery.house.settings.home / NAME, empty / NAME)
    again = open_house(settings(empty))
    assert again.office().restore(Path(done.file), PASSPHRASE).forgotten == 2
    assert left(again, ONE_NOTE) == {}


def repeat_in_json(bakery: Bakery) -> None:
    """Put the words of the note into every text of every JSON that outlives it, also where no verb puts them today."""
    seen = set()
    with bakery.house.records.engine.begin() as connection:
        for name in ("plan", "pending", "turn"):
            table = metadata.tables[name]
            for row in connection.execute(select(table)).mappings():
                body, places = worded(row["body"], f" The {CANARIES['note']} polish.", name)
                seen |= places
                this = and_(*(key == row[key.name] for key in table.primary_key.columns))
                connection.execute(update(table).where(this).values(body=body))
    assert {"plan.threads.sentence", "plan.unknown", "pending.promises.what", "turn.units.body.text"} <= seen


def worded(value: Any, more: str, place: str) -> tuple[Any, set[str]]:
    """JSON with more words in each of its texts, and where those are; what is no text by its name stays as it is."""
    if isinstance(value, str):
        return value + more, {place}
    if isinstance(value, list):
        parts = [worded(part, more, place) for part in value]
        return [part for part, _ in parts], {each for _, places in parts for each in places}
    if isinstance(value, dict):
        told = {k: (v, set()) if k in NOTHING_SAID else worded(v, more, f"{place}.{k}") for k, v in value.items()}
        return {k: part for k, (part, _) in told.items()}, {each for _, places in told.values() for each in places}
    return json.loads(json.dumps(value)), set()

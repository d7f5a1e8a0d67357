"""What another finder read, or none, waits to be read; a home of the first schema waits as a whole."""

import shutil
from dataclasses import replace
from pathlib import Path

from assistant.ports.records import Records
from knowledge.records.open import open_records
from knowledge.records.upgrade import SCRIPTS, Migrations
from tests.knowledge.records.conftest import clock
from tests.knowledge.records.nouns import BO, DANA, ME, account, fill, note, seen, vector, written

ONE, TWO, BOS = note(id="n1"), note(id="n2", on="2026-04-01"), note(id="n3", about=BO)


def unread(records: Records, reader: str, limit: int = 9, on: str = "2026-06-15") -> list[str]:
    with seen(records, on) as shelf:
        return [n.id for n in shelf.readings.unread(reader, limit)]


def test_notes_wait_until_the_finder_of_today_has_read_them_one_person_after_the_other(records: Records) -> None:
    fill(records, TWO, BOS, ONE)
    assert unread(records, "rules@1") == ["n1", "n2", "n3"]
    assert unread(records, "rules@1", limit=2) == ["n1", "n2"]
    assert unread(records, "rules@1", on="2026-03-31") == ["n1", "n3"]
    with written(records) as shelf:
        shelf.readings.mark(["n1", "n3"], "rules@1")
        assert shelf.readings.unread_count("rules@1") == 1
    assert unread(records, "rules@1") == ["n2"]
    assert unread(records, "rules@2") == ["n1", "n2", "n3"]


def test_a_note_that_changed_waits_again(records: Records) -> None:
    fill(records, ONE, TWO)
    with written(records) as shelf:
        shelf.readings.mark(["n1", "n2"], "rules@1")
        shelf.notes.save(replace(ONE, text="Other words.", revision=2))
    assert unread(records, "rules@1") == ["n1"]


def test_people_with_notes_wait_until_their_promises_were_found_by_it(records: Records) -> None:
    fill(records, ONE)
    with written(records) as shelf:
        assert shelf.readings.unsettled("rules@1") == [DANA]
        shelf.readings.mark_person(DANA, "rules@1")
        assert (shelf.readings.unsettled("rules@1"), shelf.readings.unsettled("rules@2")) == ([], [DANA])
        shelf.readings.mark_person(DANA, "")
        assert shelf.readings.unsettled("rules@1") == [DANA]


def test_marks_go_with_what_they_are_on(records: Records) -> None:
    fill(records, ONE)
    with written(records) as shelf:
        shelf.readings.mark(["n1"], "rules@1")
        shelf.notes.remove([ONE.id])
        shelf.notes.add([ONE])
        shelf.readings.mark_person(DANA, "rules@1")
        shelf.people.remove(DANA)
    assert unread(records, "rules@1") == []


def test_notes_without_a_vector_are_counted_and_given_out_in_portions(records: Records) -> None:
    fill(records, ONE, TWO, BOS)
    with written(records) as shelf:
        shelf.vectors.put([vector(ONE)])
    with seen(records) as shelf:
        assert [n.id for n in shelf.vectors.pending("mini@1", 1)] == ["n3"]
        assert (shelf.vectors.pending_count("mini@1"), shelf.vectors.pending_count("mini@2")) == (2, 3)


def test_the_digest_of_somebodys_notes_changes_whenever_one_comes_goes_or_changes(records: Records) -> None:
    fill(records, ONE)
    told = []
    for change in (
        lambda s: None,
        lambda s: s.notes.add([TWO]),
        lambda s: s.notes.save(replace(TWO, text="Other.", revision=2)),
        lambda s: s.notes.save(replace(TWO, text="Other.", revision=3, person_id=BO)),
        lambda s: s.notes.remove([ONE.id]),
    ):
        with written(records) as shelf:
            change(shelf)
            told.append(shelf.notes.digest(DANA))
    assert all(one != other for one, other in zip(told, told[1:], strict=False))
    assert told[-1] == ""


def test_every_wording_of_a_note_is_kept_in_order(records: Records) -> None:
    fill(records, ONE)
    with written(records) as shelf:
        shelf.notes.save(replace(ONE, text="Second.", revision=2))
        shelf.notes.save(replace(ONE, text="Third.", revision=3))
    with seen(records) as shelf:
        found = shelf.notes.revisions(ONE.id)
        assert [(r.number, r.text) for r in found] == [(1, ONE.text), (2, "Second."), (3, "Third.")]
        assert [r.replaced_at for r in found] == [clock(), clock(), None]
        assert shelf.notes.revisions(TWO.id) == []


def test_a_home_of_the_first_schema_keeps_every_note_and_waits_to_be_read(tmp_path: Path) -> None:
    scripts = tmp_path / "first"
    shutil.copytree(SCRIPTS, scripts)
    for later in (scripts / "versions").glob("v0*.py"):
        if not later.name.startswith("v0001"):
            later.unlink()
    place = tmp_path / "flourish.db"
    old = open_records(place, clock=clock, migrations=Migrations(scripts))
    old.accounts.add(account(ME))
    fill(old, ONE, TWO)
    old.close()
    now = open_records(place, clock=clock)
    assert unread(now, "rules@1") == ["n1", "n2"]
    with seen(now) as shelf:
        assert [n.text for n in shelf.notes.of(DANA)] == [ONE.text, TWO.text]
    now.close()

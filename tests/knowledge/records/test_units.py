"""A unit of work is kept as a whole or not at all, and two at once do not lose each other's changes."""

import sqlite3
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from assistant.domain.account import Account, AccountId
from assistant.domain.note import NoteId
from assistant.domain.person import PersonId
from assistant.errors import HomeError, Invalid, Refused, Unknown
from assistant.ports.records import Shelf
from knowledge.records import engines
from knowledge.records.open import open_records
from knowledge.records.records import SqlRecords
from tests.knowledge.records.conftest import clock
from tests.knowledge.records.nouns import (
    DANA,
    ME,
    OTHER,
    TODAY,
    account,
    evidence,
    fill,
    note,
    person,
    promise,
    screening,
    seen,
    vector,
    written,
)


def test_an_error_inside_a_unit_keeps_nothing_of_it(records: SqlRecords) -> None:
    fill(records, note())

    def fail_half_way() -> None:
        with written(records) as shelf:
            shelf.people.add(person(PersonId("p9"), "Nina Sol"))
            shelf.notes.add([note(id="n2")])
            shelf.notes.remove([NoteId("n1")])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_half_way()
    with seen(records) as shelf:
        assert [n.id for n in shelf.notes.all()] == ["n1"]
        assert list(shelf.words.match(["teaching"], None, 5)) == ["n1"]
        assert PersonId("p9") not in {p.id for p in shelf.people.all()}


def test_what_is_written_through_a_reading_shelf_is_dropped(records: SqlRecords) -> None:
    fill(records, note())
    with seen(records) as shelf:
        shelf.notes.add([note(id="n2")])
        shelf.people.remove(DANA)
    with seen(records) as shelf:
        assert [n.id for n in shelf.notes.of(DANA)] == ["n1"]


def test_a_reading_shelf_sees_one_state_while_others_write(records: SqlRecords) -> None:
    fill(records, note())
    with seen(records) as reader:
        before = reader.notes.all()
        with written(records) as writer:
            writer.notes.add([note(id="n2")])
        assert reader.notes.all() == before
        assert reader.notes.count(DANA) == 1
    with seen(records) as shelf:
        assert shelf.notes.count(DANA) == 2


def test_writers_wait_for_each_other_and_none_is_lost(records: SqlRecords) -> None:
    fill(records)

    def write(number: int) -> None:
        for turn in range(5):
            with written(records) as shelf:
                known = shelf.notes.count(DANA)
                shelf.notes.add([note(id=f"w{number}-{turn}")])
                assert shelf.notes.count(DANA) == known + 1

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    with seen(records) as shelf:
        assert shelf.notes.count(DANA) == 20


def test_of_two_edits_made_at_once_the_second_is_told_so(records: SqlRecords) -> None:
    fill(records, note())
    ready = threading.Barrier(2)

    def edit(text: str) -> bool:
        with seen(records) as shelf:
            old = shelf.notes.get(NoteId("n1"))
        ready.wait(10)
        try:
            with written(records) as shelf:
                shelf.notes.save(replace(old, text=text, revision=old.revision + 1))
        except Refused:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(edit, ("One.", "Two."))) == [False, True]
    with seen(records) as shelf:
        assert shelf.notes.get(NoteId("n1")).revision == 2


def test_a_unit_over_several_accounts_is_kept_in_all_of_them_or_in_none(records: SqlRecords) -> None:
    def add_to_both(shelves: Mapping[AccountId, Shelf]) -> None:
        for owner, shelf in shelves.items():
            shelf.people.add(person(PersonId("p9"), "Nina Sol", owner=owner))

    def fail_after_both() -> None:
        with records.together([OTHER, ME], TODAY) as shelves:
            add_to_both(shelves)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_after_both()
    for owner in (ME, OTHER):
        with seen(records, owner=owner) as shelf:
            assert shelf.people.all() == []
    with records.together([OTHER, ME], TODAY) as shelves:
        add_to_both(shelves)
    for owner in (ME, OTHER):
        with seen(records, owner=owner) as shelf:
            assert [p.id for p in shelf.people.all()] == ["p9"]


def test_a_shelf_of_a_common_unit_reaches_its_own_account_only(records: SqlRecords) -> None:
    fill(records, note())
    with records.together([OTHER, ME], TODAY) as shelves:
        assert [n.id for n in shelves[ME].notes.all()] == ["n1"]
        assert shelves[OTHER].notes.all() == []
        with pytest.raises(Invalid):
            shelves[OTHER].people.save(person())


def test_a_common_unit_with_an_unknown_account_keeps_nothing(records: SqlRecords) -> None:
    with pytest.raises(Unknown), records.together([ME, AccountId("nobody")], TODAY):
        pass


def test_what_the_notes_are_is_told_apart_whatever_their_day(records: SqlRecords) -> None:
    fill(records, note(), note(id="n2", on="2027-01-01"))
    with seen(records) as shelf:
        before = shelf.notes.digest(DANA)
    with written(records) as shelf:
        shelf.notes.save(replace(note(id="n2", on="2027-01-01"), text="Other words.", revision=2))
    with seen(records) as shelf:
        assert shelf.notes.digest(DANA) != before


def test_two_openings_share_one_truth(records: SqlRecords, place: str) -> None:
    fill(records, note())
    other = open_records(place, clock=clock)
    with seen(other) as shelf:
        assert shelf.notes.get(NoteId("n1")) == note()
    other.close()


def test_accounts_are_listed_by_id_and_taken_ids_refused(records: SqlRecords) -> None:
    idle = Account(OTHER, "Somebody", frozenset(), active=False)
    with pytest.raises(Invalid, match="already an account other"):
        records.accounts.add(idle)
    records.accounts.add(replace(idle, id=type(OTHER)("a.b@c")))
    assert records.accounts.all() == [replace(idle, id=type(OTHER)("a.b@c")), account(ME), account(OTHER)]


def test_an_account_gets_another_name_and_keeps_all_else(records: SqlRecords) -> None:
    before = {each.id: each for each in records.accounts.all()}
    records.accounts.rename(replace(before[ME], name="Wade Ohlin", roles=frozenset(), active=False))
    after = {each.id: each for each in records.accounts.all()}
    assert after == before | {ME: replace(before[ME], name="Wade Ohlin")}
    with pytest.raises(Unknown):
        records.accounts.rename(Account(type(ME)("nobody"), "X"))


def test_a_shelf_knows_whose_it_is_and_on_which_day(records: SqlRecords) -> None:
    with seen(records, "2026-06-01") as shelf:
        assert (shelf.account, shelf.today.isoformat()) == (account(ME), "2026-06-01")


def test_a_home_remembers_values_about_itself(records: SqlRecords) -> None:
    assert records.meta_get("today") is None
    records.meta_set("today", "2026-06-14")
    records.meta_set("today", "2026-06-15")
    assert records.meta_get("today") == "2026-06-15"


def test_a_lock_that_is_not_let_go_is_told_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    short = tuple(p.replace(str(engines.BUSY_MILLISECONDS), "50") for p in engines._PRAGMAS)
    monkeypatch.setattr(engines, "_PRAGMAS", short)
    records = open_records(tmp_path / "flourish.db", clock=clock)
    records.accounts.add(account(ME))
    other = sqlite3.connect(tmp_path / "flourish.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(HomeError, match="busy with another change"), records.writing(ME, TODAY):
        raise AssertionError("nobody may write now")
    with seen(records) as shelf:
        assert shelf.notes.all() == []
    other.close()
    records.close()


@pytest.mark.parametrize("count", [1, 40])
def test_the_number_of_queries_does_not_grow_with_the_notes(records: SqlRecords, count: int) -> None:
    notes = [note(id=f"n{i}") for i in range(count)]
    fill(records, *notes)
    with written(records) as shelf:
        shelf.screenings.put([screening(n) for n in notes])
        shelf.evidence.replace([n.id for n in notes], [evidence(n) for n in notes])
        shelf.promises.save([promise(f"pr-{i:03}", evidence(n).quote) for i, n in enumerate(notes)])
        shelf.vectors.put([vector(n) for n in notes])
    asked: list[str] = []

    def counted(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        asked.append(statement)

    event.listen(records._engine, "before_cursor_execute", counted)
    with seen(records) as shelf:
        asked.clear()
        found = shelf.notes.of(DANA)
        assert (len(found), len(asked)) == (count, 2)
        assert (len(shelf.screenings.of(found)), len(asked)) == (count, 3)
        assert (len(shelf.evidence.of(DANA)), len(asked)) == (count, 5)
        assert (len(shelf.promises.of(DANA)), len(asked)) == (count, 7)
        assert (len(shelf.vectors.of([DANA], "mini@1")), len(asked)) == (count, 8)


def test_a_note_read_twice_in_a_unit_is_the_same_object_until_something_is_written(records: SqlRecords) -> None:
    fill(records, note())
    with written(records) as shelf:
        first = shelf.notes.of(DANA)[0]
        assert shelf.notes.newest(DANA, 1)[0] is first
        shelf.notes.save(replace(first, text="She mended the second pump, too.", revision=first.revision + 1))
        assert shelf.notes.of(DANA)[0].text == "She mended the second pump, too."


def test_a_unit_asks_the_database_nothing_twice_and_sees_at_once_what_it_writes(records: SqlRecords) -> None:
    fill(records, told := note())
    asked: list[str] = []
    event.listen(records._engine, "before_cursor_execute", lambda _c, _cursor, said, *_rest: asked.append(said))
    with written(records) as shelf:
        shelf.promises.save([promise("pr-1", evidence(told).quote)])
        shelf.screenings.put([screening(told)])
        for _ in range(2):
            asked_before = len(asked)
            assert (shelf.notes.count(DANA), shelf.notes.days(DANA)) == (1, (told.day, told.day))
            assert [p.id for p in shelf.promises.of(DANA)] == ["pr-1"]
            assert not shelf.screenings.of([told])[0].closed
        assert len(asked) == asked_before
        shelf.promises.remove(["pr-1"])
        shelf.screenings.put([replace(screening(told), whole=True)])
        assert not shelf.promises.of(DANA)
        assert shelf.screenings.of([told])[0].closed
        shelf.notes.remove([told.id])
        assert (shelf.notes.count(DANA), shelf.notes.days(DANA)) == (0, None)

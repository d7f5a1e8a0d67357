"""An import is cut off, or somebody else writes meanwhile: files stay whole, and doing it again finishes it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import count
from typing import Any

import pytest

from assistant.actions.import_notes import unfinished_import
from assistant.domain.account import Account, AccountId
from assistant.domain.importing import Document, NoteDraft
from assistant.domain.note import Note
from assistant.domain.person import Person, PersonId
from assistant.errors import Refused
from knowledge.records.notes import SqlNotes
from tests.assistant.actions.importing import (
    DAY,
    ME,
    TODAY,
    Home,
    small,
)


def test_an_interrupted_import_leaves_whole_files_and_can_be_finished_or_undone(home: Home) -> None:
    parts = [small(f"{i}.csv", *(("Ana Ruiz", DAY, f"{i} {n}") for n in range(200))) for i in range(3)]

    def interrupt(done: int, total: int) -> None:
        assert total == 600
        if done > 450:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        home.take(*parts, progress=interrupt)
    assert len(home.notes()) == 400
    report = home.take(*parts)
    assert (report.added, [file.known for file in report.files]) == (200, [200, 200, 0])
    with home.records.reading(ME, TODAY) as shelf:
        entries = shelf.imports.all()
    assert sorted(home.undo(entry.id) for entry in entries) == [200, 400]


class CutOff(Exception):
    """Stands for a power cut."""


def cut_off_at(home: Home, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the writing unit of this number, counted from 1, fail before it begins."""
    together, left = home.records.together, count(1)

    def cut(*args: Any) -> Any:
        if next(left) == number:
            raise CutOff
        return together(*args)

    monkeypatch.setattr(home.records, "together", cut)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_a_first_import_that_was_cut_off_files_everything_under_its_own_manager_when_done_again(
    home: Home, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = [case_of(f"{letter}", f"m{n}") for n, letter in enumerate("abc")]
    monkeypatch.setattr("assistant.actions.import_notes.COMMIT", 1)
    with monkeypatch.context() as once:
        cut_off_at(home, number, once)
        with pytest.raises(CutOff):
            home.take(*parts, accounts=True)
    assert unfinished_import(home.records) == ME
    home.take(*parts, accounts=True)
    assert [[n.text for n in home.notes(AccountId(f"m{n}"))] for n in range(3)] == [["a"], ["b"], ["c"]]
    assert home.notes() == []
    assert unfinished_import(home.records) is None


def case_of(text: str, manager: str) -> Document:
    """A case folder of one manager with one person and one note."""
    owner, who = AccountId(manager), PersonId(f"p-{manager}")
    return Document(
        text, (NoteDraft("line 1", f"Ana {manager}", DAY, text, person_id=who),),
        people=(Person(ME, who, f"Ana {manager}"),), accounts=(Account(owner, manager.upper()),),
        manager_of=((who, owner),),
    )  # fmt: skip


def test_a_file_with_the_notes_of_two_managers_is_kept_in_both_accounts_or_in_none(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = case_of("a", "m1"), case_of("b", "m2")
    both = replace(
        one, drafts=one.drafts + two.drafts, people=one.people + two.people, accounts=one.accounts + two.accounts,
        manager_of=one.manager_of + two.manager_of,
    )  # fmt: skip
    add, left = SqlNotes.add, count(1)

    def cut(self: SqlNotes, notes: Sequence[Note]) -> None:
        if next(left) == 2:
            raise CutOff
        add(self, notes)

    with monkeypatch.context() as once:
        once.setattr(SqlNotes, "add", cut)
        with pytest.raises(CutOff):
            home.take(both, accounts=True)
    assert [home.notes(AccountId(a)) for a in ("m1", "m2")] == [[], []]
    assert home.take(both, accounts=True).added == 2


def test_an_import_that_was_cut_off_says_how_many_notes_it_brought(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assistant.actions.import_notes.COMMIT", 1)
    parts = [small(f"{i}.csv", ("Ana Ruiz", DAY, f"{i}")) for i in range(3)]
    with monkeypatch.context() as once:
        cut_off_at(home, 3, once)
        with pytest.raises(CutOff):
            home.take(*parts)
    with home.records.reading(ME, TODAY) as shelf:
        assert [entry.notes for entry in shelf.imports.all()] == [1]


def meanwhile(home: Home, change: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let somebody else change something once, while the next notes are being embedded."""
    prepare, left = home.search.prepare, count()

    def busy(*args: Any) -> Any:
        found = prepare(*args)
        if next(left) == 0:
            change()
        return found

    monkeypatch.setattr(home.search, "prepare", busy)


def test_the_same_file_imported_twice_at_once_is_there_once(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    home.take(small("first.csv", ("Ana Ruiz", DAY, "before")))
    part = small("x.csv", ("Ana Ruiz", DAY, "a"), ("Ana Ruiz", DAY, "b"))
    meanwhile(home, lambda: home.take(part), monkeypatch)
    home.take(part)
    assert sorted(note.text for note in home.notes()) == ["a", "b", "before"]
    with home.records.reading(ME, TODAY) as shelf:
        assert sorted(entry.notes for entry in shelf.imports.all()) == [0, 1, 2]


def test_an_import_does_not_undo_what_was_changed_of_a_person_while_it_was_worked_out(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.take(small("first.csv", ("Ana Ruiz", DAY, "before")))
    (ana,) = home.people()
    together = home.records.together

    def late(*args: Any) -> Any:
        with home.records.writing(ME, TODAY) as shelf:
            shelf.people.save(replace(ana, customers="Hotel Linde"))
        return together(*args)

    monkeypatch.setattr(home.records, "together", late)
    with pytest.raises(Refused, match="changed while the files were read"):
        home.take(small("x.csv", ("Ana Ruiz", DAY, "a")))
    assert [(p.customers, len(home.notes())) for p in home.people()] == [("Hotel Linde", 1)]


def test_somebody_who_is_erased_during_an_import_stays_away_and_what_is_in_is_whole(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.actions.import_notes.COMMIT", 1)
    home.take(small("first.csv", ("Ana Ruiz", DAY, "before"), ("Bo Lind", DAY, "before")))
    ana = next(person for person in home.people() if person.name == "Ana Ruiz")

    def erase() -> None:
        with home.records.writing(ME, TODAY) as shelf:
            shelf.erasing.forget(ana)

    meanwhile(home, erase, monkeypatch)
    parts = [small("b.csv", ("Bo Lind", DAY, "one")), small("a.csv", ("Ana Ruiz", DAY, "a"), ("Bo Lind", DAY, "b"))]
    with pytest.raises(Refused, match="was taken away while the files were read") as caught:
        home.take(*parts)
    assert "left alone" in str(caught.value)
    assert [person.name for person in home.people()] == ["Bo Lind"]
    assert sorted(note.text for note in home.notes()) == ["before", "one"]


def test_a_note_deleted_during_an_import_stays_deleted_and_the_import_goes_on(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.take(small("first.csv", ("Ana Ruiz", DAY, "I will bring the baskets by Friday.")))
    (old,) = home.notes()

    def delete() -> None:
        with home.records.writing(ME, TODAY) as shelf:
            shelf.notes.remove([old.id])

    meanwhile(home, delete, monkeypatch)
    home.take(small("x.csv", ("Ana Ruiz", DAY, "a")))
    assert [note.text for note in home.notes()] == ["a"]
    with home.records.reading(ME, TODAY) as shelf:
        assert shelf.promises.of(home.people()[0].id) == []

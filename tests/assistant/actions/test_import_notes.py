"""Files become notes: each once, under the right person, a file as a whole or not at all, and back again."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import permutations
from pathlib import Path

import pytest

from assistant.domain.account import Account, AccountId
from assistant.domain.importing import Document, MatchState, NoteDraft
from assistant.domain.meeting import MeetingState
from assistant.domain.note import NoteId
from assistant.errors import AmbiguousPerson, ImportRefused, Refused, Unknown
from knowledge.keeping.journal import NAME, Journal, hashed
from tests.assistant.actions.importing import (
    CASE,
    DAY,
    FORMATS,
    ME,
    RUTH,
    TODAY,
    Home,
    held,
    small,
    wanted,
)


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_alone_files_every_note_under_the_full_name(home: Home, form: str) -> None:
    home.take(CASE / "import" / form)
    assert held(home) == wanted()


@pytest.mark.parametrize("order", [*permutations(FORMATS)][::5])
def test_four_formats_one_after_another_are_each_note_once(home: Home, order: Sequence[str]) -> None:
    added = [home.take(CASE / "import" / form).added for form in order]
    assert added == [82, 0, 0, 0]
    assert held(home) == wanted()


def test_all_formats_in_one_go_are_each_note_once_and_two_toms_stay_two(home: Home) -> None:
    report = home.take(CASE / "import")
    assert (report.added, sum(file.known for file in report.files)) == (82, 3 * 82)
    assert held(home) == wanted()
    assert sorted(p.name for p in home.people() if p.first_name == "Tom") == ["Tom Brandvold", "Tom Szymanski"]


def test_a_case_files_everybody_under_their_own_manager(home: Home) -> None:
    report = home.take(CASE, accounts=True)
    assert report.accounts == ("dm1", "dm2", "dm3")
    assert report.added == 212
    managers = [AccountId(account) for account in report.accounts]
    assert home.notes(ME) == []
    assert [len(home.people(account)) for account in managers] == [5, 5, 4]
    assert sum(len(home.notes(account)) for account in managers) == 212
    assert held(home, RUTH) == wanted()
    assert {note.id for note in home.notes(RUTH)} >= {"d01-01", "d05-01"}
    assert home.take(CASE, accounts=True).added == 0
    assert home.take(CASE / "import", caller=RUTH).added == 0


def test_without_the_right_to_make_accounts_all_is_filed_under_the_caller_and_said(home: Home) -> None:
    report = home.take(CASE)
    assert (len(home.notes()), report.accounts) == (212, ())
    assert any("names 3 managers" in remark for remark in report.remarks)


def test_what_follows_from_notes_is_there_at_once(home: Home) -> None:
    home.take(CASE / "import" / "ruth_notebook.txt")
    with home.records.reading(ME, TODAY) as shelf:
        assert not shelf.vectors.pending(home.search.embedder.fingerprint)
        assert all(readable.screening.language for readable in shelf.screenings.of(shelf.notes.all()))
        people = shelf.people.all()
        assert any(shelf.evidence.of(person.id) for person in people)
        assert any(shelf.promises.of(person.id) for person in people)
        held_days = {m.day for m in shelf.meetings.all() if m.state is MeetingState.HELD}
        assert held_days == {note.day for note in shelf.notes.all() if note.kind == "one_on_one"}
        assert any(note.mentions for note in shelf.notes.all())


def test_a_name_that_two_people_have_refuses_its_file_and_no_other(home: Home) -> None:
    home.take(small("people.csv", ("Tom Berg", DAY, "a"), ("Tom Stone", DAY, "b")))
    report = home.take(
        small("bad.csv", ("Tom", DAY, "c"), ("Ana Ruiz", DAY, "d")), small("good.csv", ("Zoe Adler", DAY, "e"))
    )
    bad, good = report.files
    assert "It is not clear who is meant by 'Tom'" in bad.refused
    assert re.search(r"Tom Berg = i\d+, Tom Stone = i\d+", bad.refused)
    assert "--person 'Tom=i" in bad.refused
    assert (bad.added, good.added) == (0, 1)
    assert {person.name for person in home.people()} == {"Tom Berg", "Tom Stone", "Zoe Adler"}


def test_an_answer_lets_the_file_in(home: Home) -> None:
    home.take(small("people.csv", ("Tom Berg", DAY, "a"), ("Tom Stone", DAY, "b")))
    unsure = small("bad.csv", ("Tom", DAY, "c"))
    with pytest.raises(AmbiguousPerson) as caught:
        home.take(unsure)
    assert [choice.name for choice in caught.value.choices] == ["Tom Berg", "Tom Stone", "Tom, somebody new"]
    home.take(unsure, answers={"Tom": caught.value.choices[1].id})
    assert ("Tom Stone", "2026-05-06", "c") in held(home)
    with pytest.raises(Unknown, match="names nobody"):
        home.take(unsure, answers={"Tom": "p99"})


def test_a_dry_run_writes_nothing_and_shows_what_is_unsure(home: Home) -> None:
    home.take(small("people.csv", ("Tom Berg", DAY, "a"), ("Tom Stone", DAY, "b")))
    before = held(home)
    report = home.take(small("x.csv", ("Tom", DAY, "c"), ("Ana Ruiz", DAY, "d")), dry_run=True)
    assert (report.dry_run, report.id, held(home)) == (True, "", before)
    assert [(m.written, m.state) for m in report.matches] == [
        ("Tom", MatchState.UNSURE),
        ("Ana Ruiz", MatchState.NEW),
    ]
    planned = home.take(small("y.csv", ("Ana Ruiz", DAY, "d")), dry_run=True)
    assert (planned.added, held(home)) == (1, before)


def test_a_note_dated_after_today_refuses_its_file_with_the_row(home: Home) -> None:
    with pytest.raises(ImportRefused, match=r"x.csv row 3: 2026-06-16"):
        home.take(small("x.csv", ("Ana Ruiz", TODAY, "a"), ("Ana Ruiz", date(2026, 6, 16), "b")))
    assert held(home) == []


def test_a_view_of_an_earlier_day_does_not_make_newer_notes_future_ones(home: Home) -> None:
    home.take(small("x.csv", ("Ana Ruiz", TODAY, "a")), today=date(2026, 1, 1))
    assert len(held(home)) == 1


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("wrong.csv", b"Item,Price\nNails,3\n", "No column for person and date and text"),
        ("broken.txt", b"2026-05-06\n\nAna [1:1]\nx\x81\n", "byte 24 is not UTF-8"),
        ("empty.md", b"", "It is empty"),
        ("blank.csv", b"Person,Date,Text\nAna,2026-05-06,\n", "row 2: there is no text"),
        ("bad.docx", b"PK\x03\x04", "damaged, or no Word file"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence_and_nothing_is_written(
    home: Home, tmp_path: Path, name: str, content: bytes, why: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(ImportRefused) as caught:
        home.take(tmp_path / name)
    assert str(caught.value).startswith(f"{name}: ")
    assert why in str(caught.value)
    assert held(home) == []
    with home.records.reading(ME, TODAY) as shelf:
        assert shelf.imports.all() == []


def test_a_doubled_row_is_one_note_and_said(home: Home) -> None:
    report = home.take(small("x.csv", ("Ana Ruiz", DAY, "a  b"), ("Ruiz, Ana", DAY, "A b")))
    assert (report.added, report.files[0].known) == (1, 1)
    assert report.files[0].skipped == ("x.csv row 3: the same note as x.csv row 2",)


def test_a_note_that_changed_at_its_source_is_left_as_it_is_and_said(home: Home) -> None:
    def source(text: str, day: date = DAY, note_id: str = "n1") -> Document:
        return Document("c", (NoteDraft("notes.jsonl line 1", "Ana Ruiz", day, text, id=note_id),))

    home.take(source("first"))
    report = home.take(source("second"))
    assert (report.added, held(home)) == (0, [("Ana Ruiz", "2026-05-06", "first")])
    assert "note n1 has changed" in report.files[0].skipped[0]
    home.take(source("something else", day=date(2026, 5, 7)))
    assert len(held(home)) == 2, "an id alone makes two notes of two days not one"


def test_an_import_is_taken_back_with_its_people_meetings_and_promises(home: Home) -> None:
    home.take(small("old.csv", ("Tom Berg", DAY, "I will order the gloves by Friday.")))
    before = held(home)
    report = home.take(CASE / "import" / "ruth_notebook.txt", small("more.csv", ("Tom Berg", DAY, "Quiet week.")))
    assert len(home.people()) == 6
    assert home.undo(report.id) == 83
    assert held(home) == before
    assert [person.name for person in home.people()] == ["Tom Berg"]
    with home.records.reading(ME, TODAY) as shelf:
        assert shelf.meetings.all() == []
        assert shelf.imports.get(report.id).undone
        assert len(shelf.promises.of(home.people()[0].id)) <= 1
    assert home.take(CASE / "import" / "ruth_notebook.txt").added == 82
    with pytest.raises(Unknown):
        home.undo("nothing")


def test_an_admin_takes_a_case_back_everywhere_and_a_manager_only_at_home(home: Home) -> None:
    report = home.take(CASE, accounts=True)
    assert home.undo(report.id, caller=RUTH) == 82
    assert len(home.notes(AccountId("dm2"))) > 50
    assert home.undo(report.id) == 212 - 82
    assert [home.notes(AccountId(a)) for a in ("dm1", "dm2", "dm3")] == [[], [], []]
    assert [home.people(AccountId(a)) for a in ("dm1", "dm2", "dm3")] == [[], [], []]


def test_a_person_said_to_be_new_is_made_once_however_often_the_import_is_done(home: Home) -> None:
    home.take(small("first.csv", ("Ana Ruiz", DAY, "before")))
    part = small("x.csv", ("Ana Ruiz", date(2026, 5, 9), "about her namesake"))
    for added in (1, 0):
        assert home.take(part, answers={"Ana Ruiz": "new"}).added == added
    assert [p.name for p in home.people()] == ["Ana Ruiz", "Ana Ruiz"]


def test_rules_drawn_with_hyphens_inside_a_note_do_not_stall_the_import(home: Home) -> None:
    text = f"He asked me {'-' * 60} about it {'- ' * 60} and it was not so, {'=' * 60} he said."
    home.take(small("x.csv", ("Ana Ruiz", DAY, text)))  # took minutes while words and hyphens could be split many ways
    assert [note.text for note in home.notes()] == [text]


def test_progress_counts_up_to_the_whole(home: Home) -> None:
    seen: list[tuple[int, int]] = []
    home.take(CASE / "import" / "ruth_notebook.txt", progress=lambda done, total: seen.append((done, total)))
    assert seen == [(64, 82), (82, 82)]


def test_an_id_of_the_source_is_kept_where_it_is_free_and_replaced_where_not(home: Home) -> None:
    first = Document("a", (NoteDraft("a line 1", "Ana Ruiz", DAY, "one", id="1"),))
    other = Document("b", (NoteDraft("b line 1", "Zoe Adler", date(2026, 5, 7), "two", id="1"),))
    home.take(first)
    home.take(other)
    ids = [note.id for note in home.notes()]
    assert len(ids) == 2
    assert NoteId("1") in ids


def test_an_account_of_somebody_else_is_not_filled(home: Home) -> None:
    home.records.accounts.add(Account(RUTH, "Somebody Else"))
    with pytest.raises(Refused, match="The account dm1 belongs to somebody else"):
        home.take(CASE, accounts=True)
    assert len(home.notes(RUTH)) == 0


def test_an_account_that_is_not_there_is_told_first(home: Home) -> None:
    with pytest.raises(Unknown):
        home.take(small("x.csv", ("Ana Ruiz", DAY, "a")), caller=AccountId("nobody"))


def test_a_refused_document_beside_a_good_one_is_in_the_report(home: Home) -> None:
    report = home.take(replace(small("bad.csv"), refused="Row 3 is wrong."), small("x.csv", ("Ana Ruiz", DAY, "a")))
    assert [(file.name, file.refused, file.added) for file in report.files] == [
        ("bad.csv", "Row 3 is wrong.", 0),
        ("x.csv", "", 1),
    ]


def test_an_undone_import_writes_down_the_people_and_notes_that_went_and_nobody_who_stays(home: Home) -> None:
    home.take(small("first.csv", ("Ana Ruiz", DAY, "before")))
    (ana,) = home.people()
    report = home.take(small("next.csv", ("Ana Ruiz", DAY, "after"), ("Bo Lind", DAY, "new here")))
    (bo,) = [person for person in home.people() if person.id != ana.id]
    going = [note.id for note in home.notes() if note.import_id == report.id]
    assert home.undo(report.id) == 2
    assert home.people() == [ana]
    (mark,) = Journal(Path(home.records.place).parent / NAME).marks()
    assert mark.state == "done"
    assert mark.people == {hashed(mark.salt, ME, "person", bo.id)}
    assert mark.notes == {hashed(mark.salt, ME, "note", id) for id in going}

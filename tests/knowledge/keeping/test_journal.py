"""The journal says what must not come back, and nothing about anybody."""

import errno
import os
import stat
from datetime import date
from pathlib import Path

import pytest

from assistant.domain.account import AccountId
from assistant.domain.note import NoteId
from assistant.domain.person import PersonId
from assistant.errors import HomeError
from knowledge.keeping.journal import NAME, Journal, hashed, merged, read_marks

ME, DAY = AccountId("me"), date(2026, 6, 15)


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "home" / NAME)


def begin(journal: Journal, who: str = "nadia-okoro") -> str:
    return journal.begin(ME, DAY, people=[PersonId(who)], notes=[NoteId("nadia-note-1")])


def test_it_holds_no_id_and_no_name_and_only_its_owner_may_read_it(journal: Journal) -> None:
    begin(journal)
    raw = journal.path.read_bytes()
    assert b"nadia" not in raw
    assert b"2026-06-15" in raw
    assert stat.S_IMODE(journal.path.stat().st_mode) == 0o600


def test_what_was_begun_and_not_closed_is_unfinished(journal: Journal) -> None:
    done, dropped, open_one = (begin(journal) for _ in range(3))
    journal.close(done, "done")
    journal.close(dropped, "withdrawn")
    assert [mark.id for mark in journal.unfinished()] == [open_one]
    assert [mark.state for mark in journal.marks()] == ["done", "withdrawn", "begun"]


def test_a_mark_knows_its_own_person_again_and_no_other_account_s(journal: Journal) -> None:
    begin(journal)
    (mark,) = journal.marks()
    assert hashed(mark.salt, ME, "person", "nadia-okoro") in mark.people
    assert hashed(mark.salt, AccountId("other"), "person", "nadia-okoro") not in mark.people
    assert hashed(mark.salt, ME, "note", "nadia-okoro") not in mark.people | mark.notes


def test_two_homes_hash_one_id_differently(tmp_path: Path) -> None:
    one, other = Journal(tmp_path / "a" / NAME), Journal(tmp_path / "b" / NAME)
    begin(one)
    begin(other)
    assert one.marks()[0].people != other.marks()[0].people


def test_a_line_torn_by_a_crash_is_no_erasure_and_does_not_spoil_the_next(journal: Journal) -> None:
    begin(journal)
    whole = journal.path.read_bytes()
    for cut in range(1, len(whole)):
        journal.path.write_bytes(whole + whole[:cut])
        assert len(journal.marks()) == 1
    journal.path.write_bytes(whole + whole[:40])
    second = begin(journal)
    assert [mark.id for mark in journal.marks()][-1] == second


def test_something_else_in_its_place_is_an_error_and_not_an_empty_journal(journal: Journal) -> None:
    begin(journal)
    journal.path.write_bytes(b"\x00\x01 nothing of ours\n")
    with pytest.raises(HomeError, match="cannot be read"):
        journal.marks()


def test_a_journal_that_cannot_be_written_forbids_the_erasure(tmp_path: Path) -> None:
    (tmp_path / NAME).mkdir()
    with pytest.raises(HomeError, match="Nothing was erased"):
        Journal(tmp_path / NAME).close("x", "done")


def test_it_says_when_somebody_else_wrote_to_it(journal: Journal) -> None:
    assert not journal.has_grown()
    begin(Journal(journal.path))
    assert journal.has_grown()
    assert not journal.has_grown()


def test_a_journal_can_take_over_the_erasures_of_another(journal: Journal, tmp_path: Path) -> None:
    other = Journal(tmp_path / "other" / NAME)
    begin(other)
    journal.add(other.marks())
    (mark,) = journal.marks()
    assert mark.state == "done"
    assert mark.people == read_marks(other.path)[0].people
    assert os.path.exists(other.path)


@pytest.mark.parametrize("gone", ["erased", "done"])
def test_what_is_gone_cannot_be_withdrawn_afterwards(journal: Journal, gone: str) -> None:
    for states in ((gone, "withdrawn"), ("withdrawn", gone)):
        erasure = begin(journal)
        for state in states:
            journal.close(erasure, state)
        assert journal.marks()[-1].state == gone


def test_what_is_gone_and_not_swept_is_unfinished_still(journal: Journal) -> None:
    erasure = begin(journal)
    journal.close(erasure, "erased")
    assert [(mark.id, mark.state) for mark in journal.unfinished()] == [(erasure, "erased")]
    journal.close(erasure, "done")
    assert journal.unfinished() == []


def test_what_became_of_an_erasure_can_be_said_on_a_full_disk(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = begin(journal), begin(journal)

    def full(self: Journal, line: bytes) -> None:
        raise HomeError("There is no room.") from OSError(errno.ENOSPC, "No space left on device")

    size = journal.path.stat().st_size
    monkeypatch.setattr(Journal, "_append", full)
    journal.close(second, "withdrawn")
    journal.close(first, "erased")
    assert [mark.state for mark in journal.marks()] == ["erased", "withdrawn"]
    assert journal.path.stat().st_size == size
    with pytest.raises(HomeError):
        journal.close(first, "done")


def test_a_word_torn_in_the_room_that_was_kept_says_nothing(journal: Journal) -> None:
    begin(journal)
    blank = journal.path.read_bytes()
    at = blank.index(b"\n") + 1
    word = b'{"id":"0123456789abcdef","state":"withdrawn"}'
    for cut in range(len(word)):
        journal.path.write_bytes(blank[:at] + word[:cut] + blank[at + cut :])
        assert [mark.state for mark in journal.marks()] == ["begun"]


def test_journals_merge_by_erasure_each_as_far_as_it_came_and_none_is_lost(journal: Journal, tmp_path: Path) -> None:
    other = Journal(tmp_path / "other" / NAME)
    mine, theirs = begin(journal), begin(other)
    other.merge(journal.marks())
    journal.close(mine, "done")
    other.close(theirs, "withdrawn")
    for _ in range(2):
        other.merge(journal.marks())
    assert {mark.id: mark.state for mark in other.marks()} == {mine: "done", theirs: "withdrawn"}
    assert other.path.read_bytes().count(b"salt") == 2
    assert [mark.state for mark in journal.marks()] == ["done"], "merging writes to one of them only"
    assert merged([journal.marks(), other.marks()]) == merged([other.marks(), journal.marks()])[::-1]


def test_an_unknown_state_is_an_error_and_not_taken_for_a_known_one(journal: Journal) -> None:
    erasure = begin(journal)
    journal.close(erasure, "evaporated")
    with pytest.raises(HomeError, match="cannot be read"):
        journal.marks()

"""An erasure is carried out once, whatever comes between; what comes in after it is new and stays."""

import os
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.domain.account import Account
from assistant.domain.note import NoteId
from assistant.errors import HomeError
from knowledge.keeping.eraser import HomeEraser
from knowledge.keeping.journal import NAME, Journal
from knowledge.records.open import open_records
from knowledge.records.records import SqlRecords
from tests.knowledge.records.conftest import clock
from tests.knowledge.records.nouns import ME, fill, note, seen, written

GOING = note(id="n2")


@pytest.fixture
def eraser(records: SqlRecords, tmp_path: Path) -> HomeEraser:
    fill(records, note(), GOING)
    (tmp_path / "home" / "tmp").mkdir(parents=True)
    return HomeEraser(records, tmp_path / "home", Journal(tmp_path / "home" / NAME))


def erase(eraser: HomeEraser) -> bool:
    erasure = eraser.begin(ME, notes=[GOING.id])
    with written(eraser.records) as shelf:
        shelf.notes.remove([GOING.id])
    return eraser.finish(erasure)


def kept(eraser: HomeEraser) -> set[NoteId]:
    with seen(eraser.records) as shelf:
        return {each.id for each in shelf.notes.all()}


def states(eraser: HomeEraser) -> list[str]:
    return [mark.state for mark in eraser.journal.marks()]


def test_a_note_brought_in_again_before_the_sweep_is_through_is_not_erased_again(
    eraser: HomeEraser, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as busy:
        busy.setattr(SqlRecords, "sweep", lambda self: False)
        assert not erase(eraser)
    assert states(eraser) == ["erased"]
    with written(eraser.records) as shelf:
        shelf.notes.add([GOING])
    assert eraser.complete() == 1
    assert states(eraser) == ["done"]
    assert GOING.id in kept(eraser)
    assert eraser.complete() == 0


def test_looking_for_words_leaves_the_records_locked_so_that_another_process_takes_no_log_away(tmp_path: Path) -> None:
    file = tmp_path / "home" / "flourish.db"
    other = [sys.executable, "-c", "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); "
             "print(c.execute('SELECT count(*) FROM note').fetchone()[0]); c.close()", str(file)]  # fmt: skip

    def counted() -> int:
        return int(subprocess.run(other, capture_output=True, text=True, check=True).stdout)

    with closing(open_records(file, clock=clock)) as records:
        records.accounts.add(Account(ME, "Me"))
        fill(records, note())
        look = HomeEraser(records, tmp_path / "home", Journal(tmp_path / "home" / NAME)).look_for
        files, found = look([note().text])
        assert files >= 1
        assert found
        assert counted() == 1
        with written(records) as shelf:
            shelf.notes.add([GOING])
        assert counted() == 2
    assert counted() == 2


def test_what_a_crash_left_begun_is_erased_at_the_next_start(eraser: HomeEraser) -> None:
    eraser.begin(ME, notes=[GOING.id])
    assert eraser.complete() == 1
    assert states(eraser) == ["done"]
    assert GOING.id not in kept(eraser)


def test_what_was_reported_as_failed_on_a_full_disk_is_not_erased_at_the_next_start(
    eraser: HomeEraser, monkeypatch: pytest.MonkeyPatch
) -> None:
    erasure = eraser.begin(ME, notes=[GOING.id])
    with monkeypatch.context() as full:
        full.setattr(Journal, "_append", no_room)
        eraser.withdraw(erasure)
    assert eraser.complete() == 0
    assert GOING.id in kept(eraser)


def test_an_erasure_whose_journal_has_no_more_room_is_unfinished_and_not_reported_as_failed(
    eraser: HomeEraser, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as full:
        erasure = eraser.begin(ME, notes=[GOING.id])
        full.setattr(Journal, "_append", no_room)
        with written(eraser.records) as shelf:
            shelf.notes.remove([GOING.id])
        assert not eraser.finish(erasure)
    assert states(eraser) == ["erased"]
    assert eraser.complete() == 1
    assert states(eraser) == ["done"]


def no_room(self: Journal, line: bytes) -> None:
    raise HomeError("There is no room.", next="Free some space.")


@pytest.mark.parametrize("start", [False, True], ids=["at an erasure", "at a start"])
def test_passing_files_go_and_what_another_process_is_at_work_on_stays(eraser: HomeEraser, start: bool) -> None:
    passing, now = eraser.home / "tmp", clock()
    for name, minutes in (("old.csv", 61), ("young.csv", 59), ("left/a.db", 61), ("busy/a.db", 59)):
        file = passing / name
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(b"x")
        written_at = (now - timedelta(minutes=minutes)).timestamp()
        os.utime(file, (written_at, written_at))
    for folder in ("left", "busy"):
        os.utime(passing / folder, (0, 0))
    assert not eraser.complete() if start else erase(eraser)
    assert {path.name for path in passing.iterdir()} == {"young.csv", "busy"}


def test_what_was_written_down_inside_a_write_that_never_came_is_not_carried_out(eraser: HomeEraser) -> None:
    eraser.begin(ME, notes=[GOING.id], tentative=True)
    assert eraser.complete() == 0
    assert GOING.id in kept(eraser)
    assert states(eraser) == ["withdrawn"]


def test_what_was_written_down_inside_a_write_that_came_counts_after_a_crash(eraser: HomeEraser) -> None:
    with written(eraser.records) as shelf:
        shelf.notes.remove([GOING.id])
        eraser.begin(ME, notes=[GOING.id], tentative=True)
    assert states(eraser) == ["begun"]
    assert eraser.complete() == 1
    assert states(eraser) == ["done"]

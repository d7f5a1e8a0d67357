"""Homes that keep their backups in one folder and happen to use the same ids lose nothing through each other."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.domain.note import NoteId
from knowledge.keeping import vault as vaults
from knowledge.keeping.eraser import HomeEraser
from knowledge.keeping.journal import NAME, Journal, read_marks
from knowledge.keeping.vault import HomeVault
from knowledge.records.open import open_records
from knowledge.records.records import SqlRecords
from tests.knowledge.records.conftest import clock
from tests.knowledge.records.nouns import ME, account, fill, note, seen, written

PASSPHRASE = "four words are enough"
GOING = note(id="n2")
Home = Callable[[str], HomeVault]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    """Opens a home by name, as the program does; the seal takes a second on purpose and is not the matter here."""
    monkeypatch.setattr(vaults, "seal", lambda content, passphrase: content)
    monkeypatch.setattr(vaults, "unseal", lambda sealed, passphrase, name: sealed)

    def opened(name: str) -> HomeVault:
        records = open_records(tmp_path / name / "flourish.db", clock=clock)
        records.identify(lambda: f"records of {name}")
        (tmp_path / name / "backups").mkdir(exist_ok=True)
        return HomeVault(
            records, tmp_path / name, HomeEraser(records, tmp_path / name, Journal(tmp_path / name / NAME))
        )

    return opened


def settle(vault: HomeVault) -> None:
    vault.records.accounts.add(account(ME))
    fill(vault.records, note(), GOING)


def erase(vault: HomeVault) -> None:
    erasure = vault.eraser.begin(ME, notes=[GOING.id])
    with written(vault.records) as shelf:
        shelf.notes.remove([GOING.id])
    assert vault.eraser.finish(erasure)


def kept(records: SqlRecords) -> set[NoteId]:
    with seen(records) as shelf:
        return {each.id for each in shelf.notes.all()}


def test_what_one_home_erased_comes_back_in_the_other_whose_ids_are_the_same(home: Home, tmp_path: Path) -> None:
    mine, yours = home("mine"), home("yours")
    backups = {}
    for vault, name in ((mine, "mine"), (yours, "yours")):
        settle(vault)
        backups[name] = Path(vault.write(tmp_path / f"{name}.age", PASSPHRASE, keep_days=0).file)
    erase(yours)
    yours.write(tmp_path / "later.age", PASSPHRASE, keep_days=0)
    assert len(read_marks(tmp_path / NAME)) == 1
    fresh = home("fresh")
    assert fresh.restore(backups["mine"], PASSPHRASE).forgotten == 0
    assert kept(fresh.records) == {"n1", "n2"}
    again = home("again")
    assert again.restore(backups["yours"], PASSPHRASE).forgotten == 1
    assert kept(again.records) == {"n1"}


def test_what_is_restored_goes_on_under_the_identity_of_its_backup(home: Home, tmp_path: Path) -> None:
    """So that an erasure after the restore still keeps somebody out of a backup from before it."""
    mine, fresh, third = home("mine"), home("fresh"), home("third")
    settle(mine)
    backup = Path(mine.write(tmp_path / "mine.age", PASSPHRASE, keep_days=0).file)
    fresh.restore(backup, PASSPHRASE)
    assert fresh.records.identity() == mine.records.identity() != third.records.identity()
    erase(fresh)
    assert third.restore(backup, PASSPHRASE, journals=[fresh.eraser.journal.path]).forgotten == 1


def test_an_identity_is_given_once(home: Home) -> None:
    records = home("mine").records
    records.identify(lambda: "another")
    assert records.identity() == "records of mine"


def test_an_erasure_of_an_older_version_says_no_home_and_counts_for_every_backup(home: Home, tmp_path: Path) -> None:
    mine, fresh = home("mine"), home("fresh")
    settle(mine)
    backup = Path(mine.write(tmp_path / "mine.age", PASSPHRASE, keep_days=0).file)
    old = Journal(tmp_path / "old.jsonl")
    old.close(old.begin(ME, clock().date(), people=[], notes=[GOING.id]), "done")
    assert b"home" not in old.path.read_bytes()
    assert fresh.restore(backup, PASSPHRASE, journals=[old.path]).forgotten == 1


def test_a_restore_that_cannot_follow_its_erasures_for_good_keeps_nothing(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The erasures are this home's own before anybody can see a row: whoever is cut off then has both or neither."""
    mine, fresh = home("mine"), home("fresh")
    settle(mine)
    backup = Path(mine.write(tmp_path / "mine.age", PASSPHRASE, keep_days=0).file)
    erase(mine)

    def cut_off(self: Journal, marks: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as once:
        once.setattr(Journal, "add", cut_off)
        with pytest.raises(KeyboardInterrupt):
            fresh.restore(backup, PASSPHRASE, journals=[mine.eraser.journal.path])
    assert fresh.records.accounts.all() == []
    fresh.restore(backup, PASSPHRASE, journals=[mine.eraser.journal.path])
    assert [mark.state for mark in fresh.eraser.journal.marks()] == ["done"]


def test_what_a_killed_backup_left_is_cleared_away_by_a_later_one(home: Home) -> None:
    mine = home("mine")
    left, young, other = (mine.home / "backups" / name for name in ("flourish-a.part", "flourish-b.part", "mine.part"))
    for path in (left, young, other):
        path.write_bytes(b"half")
    hours_ago = clock().timestamp() - 7200
    os.utime(left, (hours_ago, hours_ago))
    os.utime(other, (hours_ago, hours_ago))
    os.utime(young, (clock().timestamp(), clock().timestamp()))
    mine.write(None, PASSPHRASE, keep_days=0)
    assert [path.exists() for path in (left, young, other)] == [False, True, True]

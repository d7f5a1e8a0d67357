"""No room left, at any write: a sentence, nothing lost, and it goes on by itself once there is room."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from assistant.domain.account import Account
from assistant.domain.note import Note, NoteId
from assistant.domain.person import Person, PersonId
from assistant.errors import HomeError
from knowledge.keeping import vault as vaults
from knowledge.keeping.eraser import HomeEraser
from knowledge.keeping.journal import NAME, Journal
from knowledge.keeping.vault import HomeVault
from knowledge.records.open import open_records
from knowledge.records.records import SqlRecords
from tests.house import ANNA, open_bakery
from tests.knowledge.records.conftest import clock
from tests.ui.conftest import Flourish
from tests.ui.full_disk import Disk, disks, leave
from ui.export.folder import write_export

DAY = date(2026, 6, 15)
WHO = PersonId("p1")
PASSPHRASE = "four words are enough"


small = pytest.fixture(disks)


def a_note(number: int) -> Note:
    return Note(ANNA, NoteId(f"n{number}"), WHO, DAY, f"Matter {number}: the rota and the oven. " * 30)


def ids(records: SqlRecords) -> set[str]:
    with records.reading(ANNA, DAY) as shelf:
        return {n.id for n in shelf.notes.all()}


@pytest.fixture
def home(small: Disk) -> Path:
    return small(2_500) / "home"


@pytest.fixture
def records(home: Path) -> Iterator[SqlRecords]:
    opened = open_records(home / "flourish.db", clock=clock)
    opened.accounts.add(Account(ANNA, "Anna Berg"))
    with opened.writing(ANNA, DAY) as shelf:
        shelf.people.add(Person(ANNA, WHO, "Dana Whitlock"))
        shelf.notes.add([a_note(n) for n in range(-20, 0)])
    yield opened
    opened.close()


def test_at_fifty_fillings_no_acknowledged_note_is_lost_and_it_goes_on_without_a_restart(
    home: Path, records: SqlRecords
) -> None:
    kept, full, said = ids(records), 0, set[tuple[str, str]]()
    for point in range(50):
        filler = leave(home.parent, point * 4096)
        for attempt in range(40):
            number = point * 100 + attempt
            try:
                with records.writing(ANNA, DAY) as shelf:
                    shelf.notes.add([a_note(number)])
                kept.add(f"n{number}")
            except HomeError as error:
                said.add((error.message, error.next))
                full += 1
                break
        assert ids(records) == kept
        filler.unlink()
        with records.writing(ANNA, DAY) as shelf:  # room again: the very next write is kept, and cleared away
            shelf.notes.add([a_note(-1000)])
            shelf.notes.remove([NoteId("n-1000"), *(NoteId(i) for i in kept if int(i[1:]) >= 0)])
        kept = {i for i in kept if int(i[1:]) < 0}
        records.sweep()
        records.check()
    assert full > 40
    where = home / "flourish.db"
    assert said == {(f"There is no room left for the records in {where}.", "Free some space and try again.")}


def test_a_closed_home_that_cannot_even_be_opened_for_want_of_room_says_so(home: Path, records: SqlRecords) -> None:
    kept = ids(records)
    records.close()
    filler = leave(home.parent, 0)
    with pytest.raises(HomeError, match="no room left"):
        open_records(home / "flourish.db", clock=clock)
    filler.unlink()
    again = open_records(home / "flourish.db", clock=clock)
    assert ids(again) == kept
    again.close()


def test_an_erasure_without_room_for_its_journal_does_not_begin(home: Path, records: SqlRecords) -> None:
    eraser = HomeEraser(records, home, Journal(home / NAME))
    filler = leave(home.parent, 0)
    with pytest.raises(HomeError, match="Nothing was erased"):
        eraser.begin(ANNA, people=[WHO])
    assert not eraser.journal.marks()
    filler.unlink()
    assert eraser.begin(ANNA, people=[WHO])


def test_on_a_full_disk_an_erasure_that_failed_is_withdrawn_and_one_that_was_carried_out_says_so(
    home: Path, records: SqlRecords
) -> None:
    eraser = HomeEraser(records, home, Journal(home / NAME))
    failed, gone = (eraser.begin(ANNA, notes=[NoteId(f"n-{number}")]) for number in (1, 2))
    with records.writing(ANNA, DAY) as shelf:
        shelf.notes.remove([NoteId("n-2")])
    filler = leave(home.parent, 0)
    eraser.withdraw(failed)
    eraser.finish(gone)
    filler.unlink()
    assert [mark.state for mark in eraser.journal.marks()][0] == "withdrawn"
    assert [mark.state for mark in eraser.journal.marks()][1] in ("erased", "done")
    with records.writing(ANNA, DAY) as shelf:
        shelf.notes.add([a_note(-2)])
    eraser.complete()
    assert {"n-1", "n-2"} <= ids(records)


def test_a_backup_without_room_leaves_no_half_file(
    home: Path, records: SqlRecords, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(vaults, "seal", lambda content, passphrase: content)
    monkeypatch.setattr(vaults, "unseal", lambda content, passphrase, name: content)
    (home / "backups").mkdir()
    vault = HomeVault(records, home, HomeEraser(records, home, Journal(home / NAME)))
    for free in (0, 1, 4096):
        filler = leave(home.parent, free)
        if free < 4096:
            with pytest.raises(HomeError, match="could not be written"):
                vault.write(None, PASSPHRASE, keep_days=0)
            assert not [*(home / "backups").iterdir()]
        filler.unlink()
    assert Path(vault.write(None, PASSPHRASE, keep_days=0).file).exists()


def test_a_restore_without_room_keeps_nothing_and_can_be_repeated(
    small: Disk, home: Path, records: SqlRecords, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(vaults, "seal", lambda content, passphrase: content)
    monkeypatch.setattr(vaults, "unseal", lambda content, passphrase, name: content)
    vault = HomeVault(records, home, HomeEraser(records, home, Journal(home / NAME)))
    done = vault.write(tmp_path / "kept.age", PASSPHRASE, keep_days=0)
    place = small(2_500)
    empty = open_records(place / "flourish.db", clock=clock)
    other = HomeVault(empty, place, HomeEraser(empty, place, Journal(place / NAME)))
    for free in (0, 8192, 65536):
        filler = leave(place, free)
        with pytest.raises(HomeError, match="no room left"):
            other.restore(Path(done.file), PASSPHRASE)
        assert empty.accounts.all() == []
        filler.unlink()
    other.restore(Path(done.file), PASSPHRASE)
    assert ids(empty) == ids(records)
    empty.close()


def test_the_command_line_on_a_full_disk_says_it_and_loses_nothing(
    flourish: Flourish, small: Disk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("FLOURISH_BACKUP_PASSPHRASE", PASSPHRASE)
    disk = small(60_000)
    bakery = open_bakery(disk)
    exported = bakery.desk.person("nadia").export()
    bakery.house.records.close()
    home = disk / "home"
    (tmp_path / "new.csv").write_text("date,person,text\n2026-05-20,Nadia Okoro,Tuned the oven.\n")
    before = flourish("note", "list", "nadia", "--as", "anna", "--json", home=home).out
    filler = leave(disk, 0)
    for words in (
        ("note", "add", "nadia", "A word about the oven.", "--date", "2026-06-01"),
        ("import", str(tmp_path / "new.csv")),
        ("meeting", "nadia", "held", "2026-06-02"),
        ("plan", "nadia", "draft"),
        ("forget", "jan1", "--yes"),
        ("backup",),
        ("export", "nadia", "--to", str(disk / "out")),
    ):
        said = flourish(*words, "--as", "anna", "--today", "2026-06-15", home=home)
        assert said.code == 1, words
        assert said.err.startswith("flourish: "), said.err
        assert any(w in said.err for w in ("no room left", "No space left", "could not be written")), said.err
        assert "Traceback" not in said.err
    assert flourish("note", "list", "nadia", "--as", "anna", "--json", home=home).out == before
    assert not (disk / "out").exists()
    with pytest.raises(HomeError, match="Nothing was left behind"):
        write_export(bakery.desk, ["nadia"], exported, disk / "out")
    assert [p.name for p in disk.iterdir() if p.name not in ("home", "filler")] == []
    filler.unlink()
    added = flourish(
        "note", "add", "nadia", "A word about the oven.", "--date", "2026-06-01", "--as", "anna", "--today",
        "2026-06-15", home=home,
    )  # fmt: skip
    assert added.code == 0
    assert flourish("prep", "jan1", "--as", "anna", "--today", "2026-06-15", home=home).code == 0

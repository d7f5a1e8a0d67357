"""A backup holds every row, opens with its passphrase only, and is put into an empty home or nowhere."""

import gzip
import hashlib
import json
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread

import pytest

from assistant.domain.evidence import Quote
from assistant.errors import FlourishError, HomeError, Invalid, NotAllowed
from assistant.office import Office, check_admin, is_stale
from knowledge.keeping import vault as vaults
from knowledge.keeping.eraser import HomeEraser
from knowledge.keeping.journal import NAME, Journal
from knowledge.keeping.seal import seal, unseal
from knowledge.keeping.vault import HomeVault
from knowledge.records.dump import dump
from knowledge.records.open import open_records
from knowledge.records.records import SqlRecords
from tests.knowledge.records.conftest import clock
from tests.knowledge.records.nouns import DANA, ME, fill, note, plan, promise, screening, seen, vector, written

pytestmark = pytest.mark.usefixtures("nothing_spared")

PASSPHRASE = "four words are enough"
CANARY = "Xylophonquartz"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The real seal takes a second on purpose; where the seal is not the matter, plain bytes stand for it."""
    monkeypatch.setattr(vaults, "seal", lambda content, passphrase: passphrase.encode() + b"\n" + content)
    monkeypatch.setattr(vaults, "unseal", lambda sealed, passphrase, name: sealed.split(b"\n", 1)[1])


@pytest.fixture
def full(records: SqlRecords) -> SqlRecords:
    told = note(f"Loves the {CANARY}.\x85 I promised to bring one.\u2028", id="n1")
    fill(records, told, note(id="n2"))
    with written(records) as shelf:
        shelf.screenings.put([screening(told)])
        shelf.promises.save([promise("pr-1", Quote.of(told, "bring one"))])
        shelf.plans.add(plan(Quote.of(told, "Loves")))
        shelf.vectors.put([vector(told)])
        shelf.notes.save(replace(told, text=f"{told.text} Really.", revision=2))
    return records


def vault_of(records: SqlRecords, home: Path) -> HomeVault:
    (home / "backups").mkdir(parents=True, exist_ok=True)
    return HomeVault(records, home, HomeEraser(records, home, Journal(home / NAME)))


@pytest.fixture
def vault(full: SqlRecords, tmp_path: Path) -> HomeVault:
    return vault_of(full, tmp_path / "home")


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[HomeVault]:
    """A home with nobody in it, on SQLite."""
    records = open_records(tmp_path / "empty" / "flourish.db", clock=clock)
    yield vault_of(records, tmp_path / "empty")
    records.close()


def lines(records: SqlRecords) -> list[str]:
    return [line for line in dump(records, clock(), ()) if '"meta"' not in line[:8]][1:-1]


@pytest.mark.usefixtures("quick")
def test_what_is_restored_equals_what_was_backed_up_row_by_row(vault: HomeVault, empty: HomeVault) -> None:
    """From SQLite and from PostgreSQL into SQLite."""
    done = vault.write(None, PASSPHRASE, keep_days=35)
    back = empty.restore(Path(done.file), PASSPHRASE)
    assert lines(empty.records) == lines(vault.records)
    assert back.counts == done.counts
    assert done.counts["note_revision"] == 1
    with seen(empty.records) as shelf:
        assert list(shelf.words.match(["rota"], None, 5)) == ["n2"]
        assert shelf.plans.newest(DANA) is not None


@pytest.mark.usefixtures("quick")
def test_a_backup_of_sqlite_comes_back_on_the_other_database_too_and_goes_on_counting(
    full: SqlRecords, vault: HomeVault, tmp_path: Path
) -> None:
    from sqlalchemy import delete

    from assistant.domain.ask_ledger import Asked
    from knowledge.records.tables import account

    with written(full) as shelf:
        shelf.ledger.add(Asked(ME, DANA, "q1", "Who gains?", clock().date()))
    done = vault.write(None, PASSPHRASE, keep_days=35)
    before = lines(full)
    with full.engine.begin() as connection:
        connection.execute(delete(account))
    vault.restore(Path(done.file), PASSPHRASE)
    assert lines(full) == before
    with written(full, "2027-01-01") as shelf:
        shelf.ledger.add(Asked(ME, DANA, "q2", "What next?", clock().date()))
        assert [entry.question_id for entry in shelf.ledger.of(DANA)] == ["q1", "q2"]


@pytest.mark.usefixtures("quick")
def test_copies_made_by_upgrades_go_with_the_old_backups(empty: HomeVault) -> None:
    folder = empty.home / "backups"
    names = ["flourish-0001-20260901T000000Z.db", "flourish-0001-20261120T000000Z.db", "flourish-mine.db"]
    for name in names:
        (folder / name).write_bytes(b"x")
    assert empty.write(None, PASSPHRASE, keep_days=35).removed == (names[0],)
    assert {p.name for p in folder.glob("*.db")} == {*names[1:]}


def test_the_file_is_sealed_whole_and_for_its_owner_only(vault: HomeVault) -> None:
    done = vault.write(None, PASSPHRASE, keep_days=35)
    file = Path(done.file)
    raw = file.read_bytes()
    assert raw.startswith(b"age-encryption.org/v1\n")
    assert CANARY.encode() not in raw
    assert hashlib.sha256(raw).hexdigest() == done.sha256
    assert file.with_name(f"{file.name}.sha256").read_text() == f"{done.sha256}  {file.name}\n"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [p.name for p in file.parent.iterdir() if p.name.endswith(".part")] == []
    assert CANARY in gzip.decompress(unseal(raw, PASSPHRASE, "x")).decode()


def untouched(empty: HomeVault, restore: Callable[[], object]) -> FlourishError:
    """The error of a restore that changed nothing."""
    before = lines(empty.records)
    with pytest.raises(FlourishError) as told:
        restore()
    assert lines(empty.records) == before
    assert told.value.next
    return told.value


def test_a_wrong_key_a_broken_and_a_cut_file_are_a_sentence_each(empty: HomeVault, tmp_path: Path) -> None:
    file = tmp_path / "kept.age"
    whole = seal(gzip.compress(b"{}\n"), PASSPHRASE)

    def restored(raw: bytes, passphrase: str = PASSPHRASE) -> FlourishError:
        file.write_bytes(raw)
        return untouched(empty, lambda: empty.restore(file, passphrase))

    wrong = restored(whole, "another four words")
    assert isinstance(wrong, NotAllowed)
    assert "does not open" in wrong.message
    assert "incomplete or damaged" in restored(whole[:-3]).message
    assert "incomplete or damaged" in restored(whole[:-20] + b"x" + whole[-19:]).message
    assert "not a backup" in restored(b"PK\x03\x04 a zip").message
    assert "not a backup" in restored(b"").message
    assert "cannot be restored" in restored(whole).message
    assert "cannot be read" in untouched(empty, lambda: empty.restore(tmp_path / "none", PASSPHRASE)).message


@pytest.mark.usefixtures("quick")
def test_a_backup_whose_contents_were_changed_is_refused(vault: HomeVault, empty: HomeVault, tmp_path: Path) -> None:
    done = vault.write(None, PASSPHRASE, keep_days=35)
    told = gzip.decompress(Path(done.file).read_bytes().split(b"\n", 1)[1]).decode().split("\n")[:-1]
    notes = [n for n, line in enumerate(told) if line.startswith('["note",')]

    def restored(changed: list[str]) -> str:
        raw = gzip.compress("".join(f"{line}\n" for line in changed).encode())
        file = tmp_path / "changed.age"
        file.write_bytes(PASSPHRASE.encode() + b"\n" + raw)
        return untouched(empty, lambda: empty.restore(file, PASSPHRASE)).message

    assert "not the ones that were written" in restored([told[0], *told[2:]])
    assert "not the ones that were written" in restored(
        [line.replace("rota", "Rota") if n in notes else line for n, line in enumerate(told)]
    )
    assert "damaged" in restored(told[:-1])
    assert "damaged" in restored([*told[:-1], "{"])
    newer = json.dumps({**json.loads(told[0]), "revision": "9999"})
    assert "newer Flourish" in restored([newer, *told[1:]])
    assert "not a backup of Flourish" in restored(["{}", *told[1:]])


@pytest.mark.usefixtures("quick")
def test_a_home_with_people_in_it_is_never_touched(vault: HomeVault, empty: HomeVault) -> None:
    done = vault.write(None, PASSPHRASE, keep_days=35)
    before = lines(vault.records)
    with pytest.raises(HomeError, match="never put over them") as told:
        vault.restore(Path(done.file), PASSPHRASE)
    assert "--home" in told.value.next
    assert lines(vault.records) == before


@pytest.mark.usefixtures("quick")
def test_a_backup_is_never_put_over_another_file(vault: HomeVault, tmp_path: Path) -> None:
    vault.write(tmp_path / "kept.age", PASSPHRASE, keep_days=35)
    before = (tmp_path / "kept.age").read_bytes()
    for to in (tmp_path / "kept.age", tmp_path / "none" / "kept.age"):
        with pytest.raises(Invalid):
            vault.write(to, PASSPHRASE, keep_days=35)
    assert (tmp_path / "kept.age").read_bytes() == before


def test_a_short_passphrase_is_refused(vault: HomeVault) -> None:
    with pytest.raises(Invalid, match="fewer than 12"):
        vault.write(None, "password", keep_days=35)


@pytest.mark.usefixtures("quick")
def test_old_backups_go_when_a_new_one_is_there_and_nobody_elses_files(vault: HomeVault) -> None:
    folder = vault.home / "backups"
    old = folder / "flourish-20260901T000000Z.jsonl.gz.age"
    for name in (old.name, f"{old.name}.sha256", "flourish-20261101T000000Z.jsonl.gz.age", "mine.age"):
        (folder / name).write_bytes(b"x")
    assert vault.write(None, PASSPHRASE, keep_days=0).removed == ()
    later = HomeVault(
        SqlRecords(vault.records.engine, lambda: clock() + timedelta(minutes=1)), vault.home, vault.eraser
    )  # fmt: skip
    assert later.write(None, PASSPHRASE, keep_days=35).removed == (old.name,)
    assert {p.name for p in folder.iterdir()} >= {"mine.age", "flourish-20261101T000000Z.jsonl.gz.age"}
    assert not old.with_name(f"{old.name}.sha256").exists()


@pytest.mark.usefixtures("quick")
def test_a_backup_is_one_moment_while_others_write(full: SqlRecords, vault: HomeVault, empty: HomeVault) -> None:
    """Two notes are always written together; no backup holds only one of them."""
    stop, written_pairs = Event(), []

    def write_on() -> None:
        while not stop.is_set():
            number = len(written_pairs)
            with written(full) as shelf:
                for side in "ab":
                    shelf.notes.add([note(f"Matter {number} {side}.", id=f"w{number}{side}")])
            written_pairs.append(number)

    writer = Thread(target=write_on)
    writer.start()
    try:
        while len(written_pairs) < 5:
            pass
        done = vault.write(None, PASSPHRASE, keep_days=35)
    finally:
        stop.set()
        writer.join()
    empty.restore(Path(done.file), PASSPHRASE)
    with seen(empty.records) as shelf:
        ids = {n.id for n in shelf.notes.all() if n.id.startswith("w")}
    assert len(ids) >= 10
    assert {i[:-1] + "a" for i in ids} | {i[:-1] + "b" for i in ids} == ids


@pytest.mark.usefixtures("quick")
def test_a_journal_that_came_with_the_backup_is_followed_and_taken_over(
    full: SqlRecords, vault: HomeVault, empty: HomeVault, tmp_path: Path
) -> None:
    done = vault.write(tmp_path / "kept.age", PASSPHRASE, keep_days=35)
    erasure = vault.eraser.begin(ME, notes=[note(id="n2").id])
    with written(full) as shelf:
        shelf.notes.remove([note(id="n2").id])
    vault.eraser.finish(erasure)
    away = tmp_path / "away.jsonl"
    away.write_bytes(vault.eraser.journal.path.read_bytes())
    back = empty.restore(Path(done.file), PASSPHRASE, journals=[away])
    assert back.forgotten == 1
    assert str(away) in back.journals
    assert [mark.state for mark in empty.eraser.journal.marks()] == ["done"]
    assert lines(empty.records) == lines(full)
    with pytest.raises(HomeError, match="never put over"):
        empty.restore(Path(done.file), PASSPHRASE)


def erase_n2(vault: HomeVault) -> str:
    erasure = vault.eraser.begin(ME, notes=[note(id="n2").id])
    with written(vault.records) as shelf:
        shelf.notes.remove([note(id="n2").id])
    vault.eraser.finish(erasure)
    return erasure


@pytest.mark.usefixtures("quick")
def test_two_homes_back_up_into_one_folder_and_neither_loses_its_erasures(
    vault: HomeVault, empty: HomeVault, tmp_path: Path
) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    mine = erase_n2(vault)
    vault.write(shared / "a.age", PASSPHRASE, keep_days=0)
    theirs = empty.eraser.begin(ME, notes=[note(id="n7").id])
    empty.eraser.finish(theirs)
    empty.write(shared / "b.age", PASSPHRASE, keep_days=0)
    assert {mark.id: mark.state for mark in Journal(shared / NAME).marks()} == {mine: "done", theirs: "done"}


@pytest.mark.usefixtures("quick")
def test_a_file_that_is_no_journal_beside_the_backup_is_told_before_anything_is_written(
    vault: HomeVault, tmp_path: Path
) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    (shared / NAME).write_bytes(b"my own list\n")
    with pytest.raises(HomeError, match="cannot be read"):
        vault.write(shared, PASSPHRASE, keep_days=0)
    assert [p.name for p in shared.iterdir()] == [NAME]


@pytest.mark.usefixtures("quick")
def test_an_erasure_whose_rows_were_gone_stays_away_though_it_was_never_swept(
    vault: HomeVault, empty: HomeVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = vault.write(tmp_path / "kept.age", PASSPHRASE, keep_days=0)
    monkeypatch.setattr(SqlRecords, "sweep", lambda self: False)
    erase_n2(vault)
    later = vault.write(tmp_path / "later.age", PASSPHRASE, keep_days=0)
    assert [mark.state for mark in vault.eraser.journal.marks()] == ["erased"]
    assert json.loads(head(Path(later.file)))["erased"], "the later backup knows that it was gone"
    assert empty.restore(Path(done.file), PASSPHRASE, journals=[vault.eraser.journal.path]).forgotten == 1


def head(file: Path) -> bytes:
    return gzip.decompress(file.read_bytes().split(b"\n", 1)[1]).split(b"\n", 1)[0]


@pytest.mark.usefixtures("quick")
def test_a_withdrawal_in_the_home_outweighs_the_older_word_beside_the_backup(
    vault: HomeVault, empty: HomeVault
) -> None:
    erasure = vault.eraser.begin(ME, notes=[note(id="n2").id])
    done = vault.write(None, PASSPHRASE, keep_days=0)
    vault.eraser.withdraw(erasure)
    back = empty.restore(Path(done.file), PASSPHRASE, journals=[vault.eraser.journal.path])
    assert back.forgotten == 0


@pytest.mark.usefixtures("quick")
def test_a_restore_says_whether_a_journal_at_hand_is_later_than_the_backup(vault: HomeVault, tmp_path: Path) -> None:
    def restored(journal: Path | None = None) -> bool:
        home = tmp_path / f"home{len([*tmp_path.iterdir()])}"
        records = open_records(home / "flourish.db", clock=clock)
        try:
            given = [] if journal is None else [journal]
            return vault_of(records, home).restore(Path(done.file), PASSPHRASE, journals=given).up_to_date
        finally:
            records.close()

    shared = tmp_path / "shared"
    shared.mkdir()
    done = vault.write(shared, PASSPHRASE, keep_days=0)
    assert not restored()
    stale, live = tmp_path / "stale.jsonl", vault.eraser.journal.path
    vault.eraser.withdraw(vault.eraser.begin(ME, notes=[note(id="n9").id]))
    stale.write_bytes(live.read_bytes())
    made = done.made_at.timestamp()
    os.utime(stale, (made - 9, made - 9))
    assert not restored(stale), "it ends before the backup"
    os.utime(stale, (made + 9, made + 9))
    assert restored(stale), "written to after the backup, so it would know"
    erase_n2(vault)
    stale.write_bytes(live.read_bytes())
    os.utime(stale, (made - 9, made - 9))
    assert restored(stale), "it holds an erasure that the backup does not know"
    Journal(shared / NAME).merge(vault.eraser.journal.marks())
    assert restored()


@pytest.mark.usefixtures("quick")
def test_a_journal_that_is_not_there_is_told_before_anything_happens(
    vault: HomeVault, empty: HomeVault, tmp_path: Path
) -> None:
    done = vault.write(None, PASSPHRASE, keep_days=35)
    told = untouched(empty, lambda: empty.restore(Path(done.file), PASSPHRASE, journals=[tmp_path / "none"]))
    assert "no journal of erasures" in told.message


@pytest.mark.usefixtures("quick")
def test_the_office_knows_the_age_of_the_newest_backup(vault: HomeVault, tmp_path: Path) -> None:
    office = Office(vault, lambda: clock() + timedelta(hours=50))
    assert office.age_of_backup() is None
    office.back_up(tmp_path / "elsewhere.age", PASSPHRASE)
    assert office.age_of_backup() == timedelta(hours=50)
    assert is_stale(timedelta(hours=50))
    assert not is_stale(timedelta(hours=47))


def test_only_an_admin_may_look_after_a_home() -> None:
    from assistant.domain.account import SOLO, Account, Role

    check_admin(Account(SOLO, "Me", frozenset({Role.ADMIN})))
    for account in (Account(SOLO, "Me"), Account(SOLO, "Me", frozenset({Role.ADMIN}), active=False)):
        with pytest.raises(NotAllowed):
            check_admin(account)

"""A home copied half, cut or eaten into is refused in a sentence that names the way back, and left as it is."""

import gc
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from assistant.errors import HomeError
from knowledge.records.open import open_records
from tests.knowledge.records.conftest import clock
from tests.knowledge.records.nouns import ME, account, fill, note
from tests.ui.conftest import Flourish


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A closed home with enough notes for many pages."""
    records = open_records(tmp_path / "home" / "flourish.db", clock=clock)
    records.accounts.add(account(ME))
    fill(records, *(note(f"Talked about matter {n} and the rota. " * 20, id=f"n{n}") for n in range(300)))
    records.close()
    assert [p.name for p in (tmp_path / "home").iterdir()] == ["flourish.db"]
    (tmp_path / "home").chmod(0o700)
    return tmp_path / "home"


def refused(flourish: Flourish, home: Path, *words: str) -> str:
    """What is said; the database files are afterwards as they were."""
    before = {p.name: p.read_bytes() for p in home.glob("flourish.db*")}
    said = flourish(*(words or ("people", "list")), home=home)
    assert said.code == 1, said.out
    assert "Traceback" not in said.err
    assert "restore" in said.err + said.out
    after = {p.name: p.read_bytes() for p in home.glob("flourish.db*")}
    assert {n: raw for n, raw in after.items() if not n.endswith(("-shm", "-wal"))} == {
        n: raw for n, raw in before.items() if not n.endswith(("-shm", "-wal"))
    }
    return said.err


def test_a_database_cut_short_is_refused_before_it_is_opened(flourish: Flourish, home: Path) -> None:
    file = home / "flourish.db"
    for share in (0.95, 0.5, 0.1):
        os.truncate(file, int(file.stat().st_size * share))
        assert "damaged" in refused(flourish, home)
    assert not (home / "flourish.db-wal").exists()


def test_a_log_without_its_database_is_no_new_home(flourish: Flourish, home: Path) -> None:
    (home / "flourish.db").rename(home.parent / "away.db")
    (home / "flourish.db-wal").write_bytes(b"7" * 5000)
    assert "missing" in refused(flourish, home)
    assert not (home / "flourish.db").exists()


def test_an_emptied_database_beside_backups_is_no_new_home(flourish: Flourish, home: Path) -> None:
    """Nought bytes are how a first start begins; beside a backup they are a loss, and the backup is named."""
    os.truncate(home / "flourish.db", 0)
    (home / "backups").mkdir()
    for day in ("20260601", "20260609"):
        (home / "backups" / f"flourish-{day}T080000Z.jsonl.gz.age").write_bytes(b"sealed")
    said = refused(flourish, home)
    assert "empty" in said
    assert "flourish-20260609T080000Z.jsonl.gz.age --home NEW" in " ".join(said.split())
    (home / "flourish.db").unlink()
    assert flourish("people", "list", home=home).code == 0, "without the empty file it is a new home, and may be"


def test_a_home_copied_without_its_log_is_refused(flourish: Flourish, home: Path) -> None:
    with closing(sqlite3.connect(home / "flourish.db")) as server:
        server.execute("INSERT INTO meta VALUES ('a', 'b')")
        server.commit()
        half = Path(shutil.copytree(home, home.parent / "half", ignore=shutil.ignore_patterns("*-wal")))
    assert sorted(p.name for p in half.iterdir()) == ["flourish.db", "flourish.db-shm"]
    assert "missing" in refused(flourish, half)


def test_a_page_of_noughts_is_told_by_doctor_and_before_serving(flourish: Flourish, home: Path) -> None:
    file = home / "flourish.db"
    with closing(sqlite3.connect(file)) as looking:
        size = looking.execute("PRAGMA page_size").fetchone()[0]
        root = looking.execute("SELECT rootpage FROM sqlite_master WHERE name = 'note'").fetchone()[0]
    with file.open("r+b") as damaged:
        damaged.seek((root - 1) * size)
        damaged.write(b"\0" * size)
    assert "damaged" in refused(flourish, home, "note", "list", "p1")
    gc.collect()  # the first command ran in this process: its connections would write their log back later
    with closing(sqlite3.connect(file)) as looking:
        looking.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert "damaged" in refused(flourish, home, "serve", "--no-open")
    said = flourish("doctor", home=home)
    assert said.code == 1
    assert "flourish restore FILE" in " ".join(said.out.split())


def test_a_backup_of_a_damaged_home_fails_loudly(
    flourish: Flourish, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLOURISH_BACKUP_PASSPHRASE", "four words are enough")
    file = home / "flourish.db"
    raw = bytearray(file.read_bytes())
    for page in range(len(raw) // 4096 // 2, len(raw) // 4096):
        raw[page * 4096 : page * 4096 + 4096] = bytes(4096)
    file.write_bytes(raw)
    refused(flourish, home, "backup")
    assert not [*(home / "backups").glob("*.age*")]


def test_a_whole_home_is_opened_and_so_is_one_that_was_never_written(home: Path, tmp_path: Path) -> None:
    whole = open_records(home / "flourish.db", clock=clock)
    assert whole.accounts.all()
    whole.close()
    (tmp_path / "fresh.db").touch()
    fresh = open_records(tmp_path / "fresh.db", clock=clock)
    assert not fresh.accounts.all()
    fresh.close()


def test_a_killed_writer_leaves_a_whole_home(home: Path) -> None:
    """The log is there, the shared memory may be or not: that is no half copy."""
    with closing(sqlite3.connect(home / "flourish.db")) as writer:
        writer.execute("INSERT INTO meta VALUES ('a', 'b')")
        writer.commit()
        left = Path(shutil.copytree(home, home.parent / "left", ignore=shutil.ignore_patterns("*-shm")))
    records = open_records(left / "flourish.db", clock=clock)
    assert records.meta_get("a") == "b"
    records.close()
    (left / "flourish.db-shm").write_bytes(b"x")
    with pytest.raises(HomeError, match="missing"):
        open_records(left / "flourish.db", clock=clock)

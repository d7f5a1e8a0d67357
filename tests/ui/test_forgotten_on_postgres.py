"""Forgotten on PostgreSQL: no file of the server's holds a word of it, and what its log still holds is said."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from knowledge.records import rewriting
from knowledge.records.open import open_records
from tests.house import Bakery, open_bakery
from tests.knowledge.records.conftest import Cluster, clock, cluster
from tests.ui.canaries import CANARIES, WHO, plant, plant_notes, the_rest, traces
from ui.present import tell_out
from ui.web import show_leaving

__all__ = ["cluster"]
pytestmark = pytest.mark.postgres
DATABASE = "forgotten"
UNPACKED = """DO $$ DECLARE a record; BEGIN
  FOR a IN SELECT attrelid::regclass AS place, attname FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND attnum > 0 AND NOT attisdropped
      AND attstorage = 'x'
  LOOP EXECUTE format('ALTER TABLE %s ALTER COLUMN %I SET STORAGE EXTERNAL', a.place, a.attname); END LOOP;
END $$"""  # what is long is not packed, so that each of its words can be seen


@pytest.fixture
def bakery(cluster: Cluster, tmp_path: Path) -> Iterator[Bakery]:
    """The bakery in a database of its own, on a server that deletes its old log."""
    cluster.execute(f"DROP DATABASE IF EXISTS {DATABASE}")
    cluster.execute(f"CREATE DATABASE {DATABASE}")
    cluster.execute("ALTER SYSTEM SET wal_recycle = off")
    cluster.execute("SELECT pg_reload_conf()")
    with closing(open_records(cluster.address(DATABASE), clock=clock)) as records:
        cluster.execute(UNPACKED, DATABASE)
        yield open_bakery(tmp_path, records)
    cluster.execute(f"DROP DATABASE {DATABASE} WITH (FORCE)")


def in_tables(cluster: Cluster) -> set[str]:
    """Canaries in any file of the database, with all that the server still had in memory."""
    cluster.execute("CHECKPOINT", DATABASE)
    folder = cluster.folder / "data" / "base" / _number(cluster)
    return {what for found in traces(folder).values() for what in found}


def _number(cluster: Cluster) -> str:
    with closing(open_records(cluster.address(DATABASE), clock=clock)) as records:
        with records.engine.connect() as connection:
            asked = text("SELECT oid FROM pg_database WHERE datname = current_database()")
            return str(connection.execute(asked).scalar_one())


def clear_the_log(cluster: Cluster) -> None:
    """What docs/forgetting.md tells whoever runs the server to do."""
    for _ in range(2):
        cluster.execute("SELECT pg_switch_wal()")
        cluster.execute("CHECKPOINT")


def test_after_forgetting_no_file_of_the_database_holds_a_word_and_the_cleared_log_neither(
    bakery: Bakery, cluster: Cluster, tmp_path: Path
) -> None:
    plant(bakery, tmp_path)
    cluster.execute("ANALYZE", DATABASE)  # the planner's samples are values, names and words among them
    assert in_tables(cluster) == CANARIES.keys() - {"deleted note"}
    rest = the_rest(bakery.desk)
    report = bakery.desk.person(WHO).forget()
    assert in_tables(cluster) == set()
    assert (report.on_server, report.unfinished) == (True, False)
    assert the_rest(bakery.desk) == rest
    log = cluster.folder / "data" / "pg_wal"
    assert traces(log), "what cannot be promised is in the log: docs/forgetting.md says so"
    clear_the_log(cluster)
    assert traces(log) == {}


def test_a_deleted_note_leaves_no_word_in_any_file_of_the_database(bakery: Bakery, cluster: Cluster) -> None:
    note_ids = plant_notes(bakery)
    cluster.execute("ANALYZE", DATABASE)
    assert {"note", "edited away", "author"} <= in_tables(cluster)
    for note_id in note_ids:
        bakery.desk.delete_note(note_id)
    assert in_tables(cluster) == set()


def test_while_somebody_reads_the_old_state_it_is_told_and_the_next_start_finishes(
    bakery: Bakery, cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rewriting, "LOCK_SECONDS", 1)
    plant(bakery, tmp_path)
    with bakery.house.records.engine.connect() as other:
        old = other.execution_options(isolation_level="REPEATABLE READ")
        old.execute(text("SELECT 1 FROM account"))
        assert bakery.desk.person(WHO).forget().unfinished
    assert "note" in in_tables(cluster)
    assert bakery.house.eraser.complete() == 1
    assert in_tables(cluster) == set()


def test_a_write_that_was_begun_before_and_rests_keeps_the_old_rows_and_is_told_too(
    bakery: Bakery, cluster: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between two statements it looks at no state, and the server keeps for it what it may still ask for."""
    monkeypatch.setattr(rewriting, "LOCK_SECONDS", 1)
    plant(bakery, tmp_path)
    with bakery.house.records.engine.connect() as other:
        other.execute(text("SELECT pg_current_xact_id()"))
        assert bakery.desk.person(WHO).forget().unfinished
    assert bakery.house.eraser.complete() == 1
    assert in_tables(cluster) == set()


def test_others_write_on_while_the_tables_are_written_anew(bakery: Bakery, cluster: Cluster, tmp_path: Path) -> None:
    plant(bakery, tmp_path)
    stop = threading.Event()

    def write_on() -> list[str]:
        written = list[str]()
        while not stop.is_set():
            note = bakery.desk.person("nadia").add_note(f"Loaf number {len(written)}.", day=bakery.desk.today)
            written.append(note.id)
        return written

    with ThreadPoolExecutor(1) as beside:
        writing = beside.submit(write_on)
        report = bakery.desk.person(WHO).forget()
        stop.set()
        written = writing.result()
    assert bakery.house.eraser.complete() == report.unfinished, "where somebody was in the way, the next start finishes"
    assert in_tables(cluster) == set()
    assert {*written} <= {note.id for note in bakery.desk.person("nadia").notes()}
    assert written


def test_forgetting_says_what_the_server_keeps(bakery: Bakery, tmp_path: Path) -> None:
    plant(bakery, tmp_path)
    person = bakery.desk.person(WHO)
    report = person.forget(dry_run=True)
    assert "backups and replicas" in show_leaving._stays(report)
    assert "backups and replicas" in show_leaving.forgotten(person.forget())
    assert "docs/forgetting.md" in tell_out.ON_SERVER

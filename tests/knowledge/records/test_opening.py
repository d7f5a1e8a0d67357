"""Records open fast, grow with the program, and are refused rather than guessed at."""

import os
import re
import shutil
import sqlite3
import stat
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from assistant.errors import HomeError
from knowledge.records import engines
from knowledge.records.engines import read_url, shown
from knowledge.records.open import open_records
from knowledge.records.records import SqlRecords
from knowledge.records.tables import metadata
from knowledge.records.upgrade import SCRIPTS, Migrations, current_revision, is_newer, upgrade
from tests.knowledge.records.conftest import DATABASES, Cluster, clock
from tests.knowledge.records.nouns import DANA, ME, account, fill, note, seen

pytestmark = pytest.mark.usefixtures("nothing_spared")

HEAD = Migrations().head
NEXT = f"{int(HEAD) + 1:04}"


@pytest.fixture(params=DATABASES)
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database with nothing in it."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'flourish.db'}"
        return
    cluster: Cluster = request.getfixturevalue("cluster")
    cluster.execute("CREATE DATABASE fresh")
    yield cluster.address("fresh")
    cluster.execute("DROP DATABASE fresh WITH (FORCE)")


def with_step(folder: Path, name: str, body: str) -> Migrations:
    """The shipped migrations and one more."""
    scripts = folder / "migrations"
    if not scripts.exists():
        shutil.copytree(SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
    number = name[1:5]
    before = f"{int(number) - 1:04}"
    head = '"""A step."""\nimport sqlalchemy as sa\nfrom alembic import op\n\n'
    head += f'revision, down_revision = "{number}", "{before}"\n'
    (scripts / "versions" / f"{name}.py").write_text(
        f"{head}\n\ndef upgrade() -> None:\n{textwrap.indent(textwrap.dedent(body), '    ')}\n"
    )
    return Migrations(scripts)


def filled(place: str) -> None:
    records = open_records(place, clock=clock)
    records.accounts.add(account(ME))
    fill(records, note(), note(id="n2"))
    records.close()


def revision_of(place: str) -> str | None:
    engine = create_engine(read_url(place))
    with engine.connect() as connection:
        found = current_revision(connection)
    engine.dispose()
    return found


def notes_in(place: str, migrations: Migrations | None = None) -> list[str]:
    records = open_records(place, clock=clock, migrations=migrations)
    with seen(records) as shelf:
        found: list[str] = [n.id for n in shelf.notes.of(DANA)]
    records.close()
    return found


def test_an_empty_place_is_set_up_at_the_newest_schema(empty: str) -> None:
    open_records(empty, clock=clock).close()
    assert revision_of(empty) == Migrations().head


def test_the_migrations_make_exactly_the_tables_the_code_knows(empty: str) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    upgrade(empty, clock=clock)
    engine = create_engine(read_url(empty))

    def ours(_object: object, name: str | None, kind: str, _reflected: bool, _other: object) -> bool:
        return not (kind == "table" and name is not None and name.startswith(("note_fts", "note_word")))

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"include_object": ours, "compare_type": True})
        assert compare_metadata(context, metadata) == []
        assert connection.execute(text("SELECT count(*) FROM note_word")).scalar() == 0
    engine.dispose()


def test_every_key_into_a_table_carries_the_account_and_cascades() -> None:
    keys = [key for table in metadata.tables.values() for key in table.foreign_key_constraints]
    assert len(keys) > 15
    for key in keys:
        assert key.column_keys[0] == "account_id"
        assert key.ondelete == "CASCADE"
    for table in metadata.tables.values():
        assert table.name in {"meta", "account"} or "account_id" in table.c


def test_opening_what_is_up_to_date_does_not_load_the_migrations(tmp_path: Path) -> None:
    open_records(tmp_path / "flourish.db", clock=clock).close()
    code = f"""
        import sys, time
        from datetime import UTC, datetime
        from knowledge.records.open import open_records
        started = time.perf_counter()
        open_records({str(tmp_path / "flourish.db")!r}, clock=lambda: datetime(2026, 1, 1, tzinfo=UTC))
        print("alembic" in sys.modules, "sqlalchemy.orm" in sys.modules, time.perf_counter() - started < 0.5)
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False", "True"]


def test_only_the_owner_may_read_the_files(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        records = open_records(tmp_path / "home" / "flourish.db", clock=clock)
        records.accounts.add(account(ME))
        modes = {p.name: stat.S_IMODE(p.stat().st_mode) for p in (tmp_path / "home").iterdir()}
    finally:
        os.umask(old)
    assert set(modes) >= {"flourish.db", "flourish.db-wal"}
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE((tmp_path / "home").stat().st_mode) == 0o700
    records.close()


def test_sqlite_is_set_up_to_lose_nothing_and_to_forget_for_good(sqlite_records: SqlRecords) -> None:
    with sqlite_records._engine.connect() as connection:
        told = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "foreign_keys", "busy_timeout", "synchronous", "secure_delete")
        }
    assert told == {
        "journal_mode": "wal",
        "foreign_keys": 1,
        "busy_timeout": 5000,
        "synchronous": 2,
        "secure_delete": 1,
    }


def test_several_may_open_an_empty_place_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    patient = ("busy_timeout=120000", *engines._PRAGMAS[1:])  # on a busy machine the first may take long
    monkeypatch.setattr(engines, "_PRAGMAS", patient)
    with ThreadPoolExecutor(3) as pool:
        opened = list(pool.map(lambda _: open_records(tmp_path / "flourish.db", clock=clock), range(3)))
    opened[0].accounts.add(account(ME))
    assert [[a.id for a in records.accounts.all()] for records in opened] == [[ME]] * 3
    for records in opened:
        records.close()


def test_an_older_schema_is_upgraded_with_every_row(empty: str, tmp_path: Path) -> None:
    filled(empty)
    newer = with_step(tmp_path, f"v{NEXT}_more", 'op.add_column("person", sa.Column("shoe_size", sa.Integer()))')
    assert notes_in(empty, newer) == ["n1", "n2"]
    assert revision_of(empty) == NEXT


def test_before_an_upgrade_a_copy_is_put_into_the_backups(tmp_path: Path) -> None:
    place = tmp_path / "flourish.db"
    filled(str(place))
    newer = with_step(tmp_path, f"v{NEXT}_more", 'op.add_column("person", sa.Column("shoe_size", sa.Integer()))')
    open_records(place, clock=clock, migrations=newer).close()
    copy = tmp_path / "backups" / f"flourish-{HEAD}-20261124T093000Z.db"
    assert [*copy.parent.iterdir()] == [copy]
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert revision_of(str(copy)) == HEAD
    assert notes_in(str(copy)) == ["n1", "n2"]


@pytest.mark.parametrize(
    "body",
    [
        """
        op.add_column("person", sa.Column("shoe_size", sa.Integer()))
        op.execute("DELETE FROM note WHERE id = 'n1'")
        """,
        """
        op.add_column("person", sa.Column("shoe_size", sa.Integer()))
        op.execute("SELECT * FROM nowhere")
        """,
        'op.drop_table("meeting_note")',
    ],
    ids=["loses a row", "fails half-way", "loses a table"],
)
def test_an_upgrade_that_goes_wrong_leaves_everything_as_it_was(empty: str, tmp_path: Path, body: str) -> None:
    filled(empty)
    newer = with_step(tmp_path, f"v{NEXT}_bad", body)
    with pytest.raises(HomeError):
        open_records(empty, clock=clock, migrations=newer)
    assert revision_of(empty) == HEAD
    assert notes_in(empty) == ["n1", "n2"]


def test_rows_left_hanging_by_an_upgrade_are_not_accepted(tmp_path: Path) -> None:
    place = str(tmp_path / "flourish.db")
    filled(place)
    newer = with_step(tmp_path, f"v{NEXT}_bad", "op.execute(\"UPDATE note SET person_id = 'ghost' WHERE id = 'n1'\")")
    with pytest.raises(HomeError, match="could not be brought to this version"):
        open_records(place, clock=clock, migrations=newer)
    assert notes_in(place) == ["n1", "n2"]


def test_a_newer_schema_is_refused_and_left_alone(empty: str, tmp_path: Path) -> None:
    filled(empty)
    newer = with_step(tmp_path, f"v{NEXT}_more", 'op.add_column("person", sa.Column("shoe_size", sa.Integer()))')
    open_records(empty, clock=clock, migrations=newer).close()
    with pytest.raises(HomeError, match="newer Flourish") as told:
        open_records(empty, clock=clock)
    assert "pip install" in told.value.next
    assert revision_of(empty) == NEXT
    assert is_newer(NEXT, Migrations())
    assert not is_newer(HEAD, Migrations())


@pytest.mark.parametrize("content", [b"This is a letter.\n" * 100, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_file_that_is_no_database_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    place = tmp_path / "flourish.db"
    place.write_bytes(content)
    with pytest.raises(HomeError, match="damaged"):
        open_records(place, clock=clock)
    assert place.read_bytes() == content


def test_somebody_elses_database_is_refused(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / "flourish.db")
    other.execute("CREATE TABLE recipe (name TEXT)")
    other.close()
    with pytest.raises(HomeError, match="not Flourish's"):
        open_records(tmp_path / "flourish.db", clock=clock)


@pytest.mark.parametrize(
    "place", ["mysql://me@host/x", "sqlite://", "sqlite:///:memory:", "://", "postgres nonsense://x", "http://x"]
)
def test_an_address_that_cannot_be_used_is_refused_with_an_example(place: str) -> None:
    with pytest.raises(HomeError, match="address") as told:
        open_records(place, clock=clock)
    assert "sqlite:///" in told.value.next


def test_a_place_that_cannot_be_made_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(HomeError, match="cannot be kept"):
        open_records(tmp_path / "file" / "flourish.db", clock=clock)
    with pytest.raises(HomeError):
        open_records(tmp_path, clock=clock)


def test_a_server_that_is_away_is_told_without_its_password() -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(HomeError) as told:
        open_records("postgresql://me:s3cret@127.0.0.1:1/x?connect_timeout=2", clock=clock)
    assert "s3cret" not in str(told.value)
    assert "127.0.0.1" in str(told.value)


def test_the_place_is_shown_as_a_file_or_without_a_password() -> None:
    assert shown(read_url("/a/b.db")) == "/a/b.db"
    assert re.fullmatch(
        r"postgresql\+psycopg://me:\*\*\*@host/x", shown(read_url("postgresql://me:pw@host/x?sslkey=k"))
    )

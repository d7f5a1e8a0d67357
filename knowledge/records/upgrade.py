"""Bring a database to the schema this version knows. Alembic is imported only when there is something to do.

One transaction holds the whole upgrade, so a failure leaves the old schema with every row; on SQLite a copy is put
into the backups folder first all the same. A schema newer than this version is refused, never guessed at.
"""

import re
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from assistant.errors import HomeError
from assistant.ports.outside import Clock
from knowledge.records.engines import make_engine, make_engine_in_memory, read_url, shown, sqlite_file, writing
from knowledge.records.faults import vendor_errors_as_ours

SCRIPTS = Path(__file__).parent / "migrations"
_VERSION_TABLE = "alembic_version"
_UPGRADE_LOCK = 0x466C6F757269  # one upgrade at a time on PostgreSQL; any number of our own will do
_NUMBERED = re.compile(r"v(\d{4})_\w+\.py")


@dataclass(frozen=True, slots=True)
class Migrations:
    """The schema's revisions, told by the names of their files: `v0001_first.py` brings revision 0001."""

    folder: Path = SCRIPTS

    @property
    def known(self) -> tuple[str, ...]:
        """Every revision, oldest first."""
        names = (_NUMBERED.fullmatch(path.name) for path in (self.folder / "versions").iterdir())
        return tuple(sorted(match.group(1) for match in names if match))

    @property
    def head(self) -> str:
        """The newest revision."""
        return self.known[-1]


def current_revision(connection: Connection) -> str | None:
    """The schema's revision; None for an empty database."""
    if not connection.dialect.has_table(connection, _VERSION_TABLE):
        return None
    found = connection.execute(text(f"SELECT version_num FROM {_VERSION_TABLE}")).scalar()
    return str(found) if found is not None else None


def is_newer(revision: str, migrations: Migrations) -> bool:
    """Whether a newer version than this one wrote the schema."""
    return revision not in migrations.known


def upgrade(place: str | Path, *, clock: Clock, migrations: Migrations | None = None) -> None:
    """Bring the database at a URL or path to the newest schema.

    Raises:
        HomeError: It cannot be opened, is newer than this version, or an upgrade failed.
    """
    engine = make_engine(read_url(place))
    try:
        bring_up(engine, clock, migrations or Migrations())
    finally:
        engine.dispose()


def make_at(revision: str) -> Engine:
    """A fresh database in memory with the schema of an older version, for what was taken out then.

    Raises:
        HomeError: It cannot be made.
    """
    engine = make_engine_in_memory()
    with vendor_errors_as_ours("memory"), writing(engine) as connection, connection.begin():
        _run_to(connection, revision, Migrations())
    return engine


def bring_up(engine: Engine, clock: Clock, migrations: Migrations) -> None:
    """Create or upgrade the schema where needed; one look when it is up to date.

    Raises:
        HomeError: See `upgrade`.
    """
    place = shown(engine.url)
    with vendor_errors_as_ours(place):
        with engine.connect() as connection:
            found = current_revision(connection)
        _refuse_newer(found, place, migrations)
        if found != migrations.head:
            _upgrade(engine, clock, migrations)


def _upgrade(engine: Engine, clock: Clock, migrations: Migrations) -> None:
    place = shown(engine.url)
    with writing(engine) as connection:
        on_sqlite = connection.dialect.name == "sqlite"
        if on_sqlite:  # tables may have to be rebuilt; what refers to what is checked before the commit instead
            _foreign_keys(connection, on=False)
        try:
            with connection.begin():
                if not on_sqlite:
                    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _UPGRADE_LOCK})
                found = current_revision(connection)  # again: another process may just have done it
                _refuse_newer(found, place, migrations)
                if found != migrations.head:
                    _step_up(connection, found, clock, migrations)
        finally:
            if on_sqlite:
                _foreign_keys(connection, on=True)


def _step_up(connection: Connection, found: str | None, clock: Clock, migrations: Migrations) -> None:
    """Run the missing revisions inside the open transaction; what goes wrong rolls all of it back."""
    from alembic.util import CommandError

    place = shown(connection.engine.url)
    if found is None:
        _refuse_foreign(connection, place)
    before = _row_counts(connection)
    copy = _back_up(connection, found, clock) if found is not None else None
    try:
        _run_to(connection, "head", migrations)
    except CommandError as error:
        raise _failed(place, copy) from error
    if found is not None and _has_lost(before, _row_counts(connection)) or _hangs_loose(connection):
        raise _failed(place, copy)


def _run_to(connection: Connection, revision: str, migrations: Migrations) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(migrations.folder).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _failed(place: str, copy: Path | None) -> HomeError:
    kept = f"; a copy lies at {copy}" if copy else ""
    return HomeError(
        f"The records in {place} could not be brought to this version. Nothing was changed{kept}.",
        next="Use the version you had before, and report this.",
    )


def _refuse_newer(found: str | None, place: str, migrations: Migrations) -> None:
    if found is not None and is_newer(found, migrations):
        raise HomeError(
            f"The records in {place} were written by a newer Flourish.",
            next="Update Flourish: pip install --upgrade flourish.",
        )


def _refuse_foreign(connection: Connection, place: str) -> None:
    """A database with tables but no revision is somebody else's."""
    if inspect(connection).get_table_names():
        raise HomeError(
            f"{place} holds a database that is not Flourish's.", next="Give the records a place of their own."
        )


def _row_counts(connection: Connection) -> Mapping[str, int]:
    """How many rows each of our tables has; the word index is derived and may be built anew."""
    quote = connection.dialect.identifier_preparer.quote
    names = (n for n in inspect(connection).get_table_names() if not n.startswith(("note_fts", "note_word", "alembic")))
    return {n: connection.execute(text(f"SELECT count(*) FROM {quote(n)}")).scalar_one() for n in names}


def _has_lost(before: Mapping[str, int], after: Mapping[str, int]) -> bool:
    return any(after.get(name) != count for name, count in before.items())


def _hangs_loose(connection: Connection) -> bool:
    """Whether a row refers to one that is gone; PostgreSQL checks this by itself."""
    if connection.dialect.name != "sqlite":
        return False
    return connection.exec_driver_sql("PRAGMA foreign_key_check").first() is not None


def _foreign_keys(connection: Connection, *, on: bool) -> None:
    driver = connection.connection.driver_connection
    if driver is not None:
        driver.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")


def copies(database: Path) -> Sequence[Path]:
    """What upgrades of this database have put into the backups folder, whatever lies beside each copy included."""
    named = re.compile(rf"{re.escape(database.stem)}-\w+-\d{{8}}T\d{{6}}Z\.db(-wal|-shm|-journal)?")
    folder = database.parent / "backups"
    return sorted(path for path in folder.glob("*.db*") if named.fullmatch(path.name)) if folder.is_dir() else ()


def _back_up(connection: Connection, revision: str, clock: Clock) -> Path | None:
    """A copy of the SQLite file in `backups/` beside it, as it stood before; we hold the write lock meanwhile.

    It gets its name when it is whole: what a power cut leaves half-way is no `.db`, and goes with the next copy.
    """
    path = sqlite_file(connection.engine.url)
    if path is None:
        return None
    folder = path.parent / "backups"
    name = f"{path.stem}-{revision}-{clock().astimezone(UTC):%Y%m%dT%H%M%SZ}.db"
    half = folder / f"{name}.part"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        for left in folder.glob("*.db.part"):
            left.unlink()
        half.touch(mode=0o600)
    except OSError as error:
        raise HomeError(
            f"No copy of the records could be put into {folder} ({error.strerror}), so they were left as they are.",
            next="Make room or give yourself write permission there.",
        ) from error
    source, target = sqlite3.connect(path), sqlite3.connect(half)
    try:
        source.backup(target)
    finally:
        source.close()
        target.close()
    half.replace(folder / name)
    return folder / name

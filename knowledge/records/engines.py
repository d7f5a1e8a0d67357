"""How each database is spoken to: pragmas, locks, isolation. No table and no noun is known here.

SQLite: a reading unit is a snapshot, a writing unit takes the one write lock at its beginning, so it never fails
half-way because somebody else was quicker. PostgreSQL: a reading unit is REPEATABLE READ; writing units of one
account wait for each other on an advisory lock, which gives them the same order as SQLite gives everybody.
"""

import os
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import StaticPool

from assistant.errors import HomeError, NotInstalled

BUSY_MILLISECONDS = 5_000
_WRITES = "flourish_writes"
_PRAGMAS = (
    f"busy_timeout={BUSY_MILLISECONDS}",  # first: switching to WAL may itself have to wait
    "journal_mode=WAL",
    "foreign_keys=ON",
    "synchronous=FULL",  # an acknowledged write survives a power cut
    "secure_delete=ON",  # what is deleted is overwritten
    "temp_store=MEMORY",  # no words in temporary files
    "cache_size=-32768",  # kibibytes: a person with thousands of notes is read from memory the second time
)


def read_url(place: str | Path) -> URL:
    """The address of the records: a SQLAlchemy URL, or the path of a SQLite file.

    Raises:
        HomeError: It is neither SQLite in a file nor PostgreSQL.
    """
    if isinstance(place, Path) or "://" not in place:
        return URL.create("sqlite", database=str(Path(place).expanduser().absolute()))
    try:
        url = make_url(place)
    except (ArgumentError, ValueError):
        url = URL.create("nowhere")
    kind = url.get_backend_name()
    if kind == "postgresql":
        return url.set(drivername="postgresql+psycopg")
    if kind == "sqlite" and url.database and url.database != ":memory:":
        return url.set(drivername="sqlite", database=str(Path(url.database).expanduser().absolute()))
    raise HomeError(
        "The records' address is not one that can be used.",
        next="Write sqlite:///path/to/flourish.db or postgresql+psycopg://user@host/database.",
    )


def sqlite_file(url: URL) -> Path | None:
    """The database file, on SQLite."""
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def shown(url: URL) -> str:
    """The place as a person may read it."""
    return str(sqlite_file(url) or url.set(query={}).render_as_string(hide_password=True))


def make_engine(url: URL) -> Engine:
    """An engine whose connections keep the rules at the head of this file.

    Raises:
        HomeError: The folder of the SQLite file cannot be used.
        NotInstalled: PostgreSQL is named and its driver is missing.
    """
    options: dict[str, Any] = {"hide_parameters": True}  # an error must not carry a note's words into a log
    path = sqlite_file(url)
    if path is None:
        try:
            return create_engine(url, pool_pre_ping=True, **options)
        except ModuleNotFoundError as error:
            raise NotInstalled(
                "Records on PostgreSQL need its driver.", next="pip install 'flourish[postgres]'"
            ) from error
    _touch(path)
    engine = create_engine(url, pool_size=8, max_overflow=24, **options)
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def make_engine_in_memory() -> Engine:
    """An engine over one SQLite database that lives in memory only, as long as the engine does."""
    engine = create_engine("sqlite://", poolclass=StaticPool, hide_parameters=True)
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def reading(engine: Engine) -> Connection:
    """A connection whose transaction sees one state of the records."""
    if engine.dialect.name == "sqlite":
        return engine.connect()
    return engine.connect().execution_options(isolation_level="REPEATABLE READ")


def writing(engine: Engine) -> Connection:
    """A connection whose transaction may write."""
    return engine.connect().execution_options(**{_WRITES: True})


def wait_in_line(connection: Connection, account: str) -> None:
    """Let writing units of one account follow one another; SQLite has done so when the transaction began."""
    if connection.dialect.name == "sqlite":
        return
    key = int.from_bytes(sha256(account.encode("utf-8", "replace")).digest()[:8], "big", signed=True)
    connection.execute(text(f"SET LOCAL lock_timeout = {BUSY_MILLISECONDS}"))
    connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": key})


def _touch(path: Path) -> None:
    """Make the file before SQLite does, for its owner's eyes only; WAL and shared memory take on its mode."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    except OSError as error:
        raise HomeError(
            f"The records cannot be kept at {path} ({error.strerror}).",
            next="Give yourself write permission, or choose another home with --home.",
        ) from error


def _set_pragmas(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # we begin transactions ourselves; the driver's own way is too late
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    if connection.get_execution_options().get(_WRITES):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        return
    driver = connection.connection.driver_connection  # it waits for nothing and cannot fail: the short way will do
    assert driver is not None
    driver.execute("BEGIN")

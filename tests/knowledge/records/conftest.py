"""Empty records on each database. PostgreSQL is a private cluster that these tests start and stop themselves."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from knowledge.records.open import open_records
from knowledge.records.records import SqlRecords
from tests.knowledge.records.nouns import ME, OTHER, account

DATABASES = ["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)]


def clock() -> datetime:
    return datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


class Cluster:
    """A PostgreSQL of our own, on a unix socket in a folder of its own."""

    def __init__(self, programs: Path) -> None:
        self.programs = programs
        self.folder = Path(tempfile.mkdtemp(prefix="flourish-pg-", dir="/tmp"))
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            shutil.chown(self.folder, "postgres")

    def run(self, program: str, *arguments: str) -> None:
        who = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        command = [*who, str(self.programs / program), *arguments]
        with (self.folder.parent / f"{self.folder.name}.log").open("ab") as log:
            subprocess.run(command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd="/", check=True, timeout=120)

    def start(self) -> None:
        data = str(self.folder / "data")
        self.run("initdb", "-D", data, "-U", "flourish", "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8")
        options = f"-c listen_addresses='' -c fsync=off -k {self.folder}"
        self.run("pg_ctl", "-D", data, "-o", options, "-l", str(self.folder / "log"), "-w", "start")

    def stop(self) -> None:
        try:
            self.run("pg_ctl", "-D", str(self.folder / "data"), "-m", "immediate", "-w", "stop")
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)
            (self.folder.parent / f"{self.folder.name}.log").unlink(missing_ok=True)

    def address(self, database: str) -> str:
        return f"postgresql+psycopg://flourish@/{database}?host={self.folder}"

    def execute(self, statement: str, database: str = "postgres") -> None:
        engine = create_engine(self.address(database), isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text(statement))
        engine.dispose()


def postgres_programs() -> Path | None:
    on_path = shutil.which("initdb")
    places = [
        *sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True),
        *([Path(on_path).parent] if on_path else []),
    ]
    return next((p for p in places if (p / "initdb").exists() and (p / "postgres").exists()), None)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    programs = postgres_programs()
    if programs is None:
        if os.environ.get("FLOURISH_REQUIRE_POSTGRES") == "1":
            pytest.fail("FLOURISH_REQUIRE_POSTGRES is set, but initdb and postgres are not installed.")
        pytest.skip("PostgreSQL's programs (initdb, postgres) are not installed: `make postgres` brings them.")
    made = Cluster(programs)
    try:
        made.start()
        yield made
    finally:
        made.stop()


@pytest.fixture(scope="session")
def postgres_ready(cluster: Cluster) -> str:
    """The address of a database at head, emptied before each test."""
    cluster.execute("CREATE DATABASE shared")
    open_records(cluster.address("shared"), clock=clock).close()
    return cluster.address("shared")


@pytest.fixture(scope="session")
def sqlite_ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database file at head, copied for each test."""
    path = tmp_path_factory.mktemp("ready") / "flourish.db"
    open_records(path, clock=clock).close()
    return path


@pytest.fixture(params=DATABASES)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of empty records at head."""
    if request.param == "postgres":
        address: str = request.getfixturevalue("postgres_ready")
        request.getfixturevalue("cluster").execute("TRUNCATE account, meta CASCADE", "shared")
        return address
    shutil.copy(request.getfixturevalue("sqlite_ready"), tmp_path / "flourish.db")
    return f"sqlite:///{tmp_path / 'flourish.db'}"


@pytest.fixture
def records(place: str) -> Iterator[SqlRecords]:
    """Records with two accounts and nobody in them."""
    opened = open_records(place, clock=clock)
    opened.accounts.add(account(ME))
    opened.accounts.add(account(OTHER))
    yield opened
    opened.close()


@pytest.fixture
def sqlite_records(sqlite_ready: Path, tmp_path: Path) -> Iterator[SqlRecords]:
    """The same on SQLite only, at `tmp_path / "flourish.db"`."""
    shutil.copy(sqlite_ready, tmp_path / "flourish.db")
    opened = open_records(tmp_path / "flourish.db", clock=clock)
    opened.accounts.add(account(ME))
    opened.accounts.add(account(OTHER))
    yield opened
    opened.close()

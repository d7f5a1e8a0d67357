"""Open the records. Fast when the schema is up to date: every command line call does it."""

from contextlib import ExitStack
from pathlib import Path

from assistant.errors import HomeError
from assistant.ports.outside import Clock
from knowledge.records.engines import make_engine, read_url, sqlite_file
from knowledge.records.faults import damaged
from knowledge.records.records import SqlRecords
from knowledge.records.upgrade import Migrations, bring_up

_HEADER = 100  # bytes


def open_records(url_or_path: str | Path, *, clock: Clock, migrations: Migrations | None = None) -> SqlRecords:
    """The records at a URL or path. An empty place is set up, an older schema is upgraded.

    Args:
        url_or_path: `sqlite:///…`, `postgresql+psycopg://…`, or the path of a SQLite file.
        clock: For the instants of revisions and the names of backups.
        migrations: Instead of the ones that are shipped, for tests.

    Raises:
        HomeError: The place cannot be used, is damaged, or was written by a newer version.
        NotInstalled: PostgreSQL is named and its driver is missing.
    """
    url = read_url(url_or_path)
    file = sqlite_file(url)
    if file is not None:
        refuse_half(file)
    engine = make_engine(url)
    with ExitStack() as on_failure:
        on_failure.callback(engine.dispose)
        bring_up(engine, clock, migrations or Migrations())
        on_failure.pop_all()
    return SqlRecords(engine, clock)


def refuse_half(file: Path) -> None:
    """Refuse a SQLite database of which a part is missing, before anything is opened, made or written.

    A log without its database, the shared memory of a log that is not there, fewer pages than the first one says, or
    nothing in it while backups lie beside it: that is a home that was copied half. SQLite would quietly go on with what
    there is, or start anew.

    Raises:
        HomeError: It is one.
    """
    log, shared = (file.with_name(file.name + end) for end in ("-wal", "-shm"))
    written = log.exists() and log.stat().st_size > 0
    if (written and not file.exists()) or (shared.exists() and file.exists() and not log.exists()):
        raise HomeError(
            f"A part of the records in {file} is missing, as when a home is copied in use. Nothing was changed.",
            next="Copy the whole folder again with Flourish stopped, or restore a backup: flourish restore FILE.",
        )
    if file.is_file() and not written and not file.stat().st_size and (kept := _backups(file)):
        raise HomeError(
            f"The records in {file} are empty, though backups of them lie in {kept[-1].parent}. Nothing was changed.",
            next=f"Bring them back into a new folder: flourish restore {kept[-1]} --home NEW. "
            "To start anew here, delete the empty file.",
        )
    # The size is asked last: whoever writes meanwhile only makes it larger.
    if not written and file.is_file() and _pages(file) > file.stat().st_size > 0:
        raise damaged(str(file))


def _backups(file: Path) -> list[Path]:
    """The sealed backups in the home, the newest last: their names begin with their instant."""
    return sorted(file.with_name("backups").glob("flourish-*.age"))


def _pages(file: Path) -> int:
    """How many bytes the first page says there are; nought for a file that does not say."""
    try:
        with file.open("rb") as opened:
            head = opened.read(_HEADER)
    except OSError:
        return 0  # whoever opens it for good says why it cannot be read
    if not head.startswith(b"SQLite format 3\x00"):
        return 0
    page = int.from_bytes(head[16:18], "big")
    return (65536 if page == 1 else page) * int.from_bytes(head[28:32], "big")

"""Open the records. Fast when the schema is up to date: every command line call does it."""

from contextlib import ExitStack
from pathlib import Path

from assistant.ports.outside import Clock
from knowledge.records.engines import make_engine, read_url
from knowledge.records.records import SqlRecords
from knowledge.records.upgrade import Migrations, bring_up


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
    engine = make_engine(read_url(url_or_path))
    with ExitStack() as on_failure:
        on_failure.callback(engine.dispose)
        bring_up(engine, clock, migrations or Migrations())
        on_failure.pop_all()
    return SqlRecords(engine, clock)

"""After an erasure on PostgreSQL: every table is written anew, so that no file of the server's holds the removed words.

A plain VACUUM marks the space of removed rows as free and leaves their bytes in the files. VACUUM FULL copies what is
left into new files and drops the old ones; ANALYZE replaces the planner's samples of values, which hold names and words
too. The server's log of changes (WAL), its backups and its replicas are its operator's: docs/forgetting.md.
"""

import time
from collections.abc import Sequence

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

LOCK_SECONDS = 5
_AGAIN_SECONDS = 0.02
_TABLES = text("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename")
_SAMPLES = text(
    "SELECT a.attname, format_type(a.atttypid, a.atttypmod) FROM pg_stats s"
    " JOIN pg_class c ON c.oid = CAST(:quoted AS regclass) AND c.relname = s.tablename"
    " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = s.attname WHERE s.schemaname = current_schema()"
)
_OLDER = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    " AND greatest(age(backend_xmin), age(backend_xid)) > age(CAST(:since AS xid))"
)


def rewrite_tables(engine: Engine) -> bool:
    """Write every table of the records anew; others wait for each table in turn, a second for some fifty megabytes.

    Returns:
        Whether nothing is left in the tables. False when somebody went on reading an older state, whose rows were kept.

    Raises:
        sqlalchemy.exc.DBAPIError: A table could not be had within five seconds; rewrite again later.
    """
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"SET lock_timeout = '{LOCK_SECONDS}s'"))
        try:
            alone = _nobody_reads_older(connection)
            tables = [_quoted(connection, name) for (name,) in connection.execute(_TABLES).all()]
            for table in tables:
                connection.execute(text(f"VACUUM (FULL, ANALYZE) {table}"))
            _drop_samples_of_empty(connection, tables)
            alone = _nobody_reads_older(connection) and alone  # the old samples are rows too, removed just now
            connection.execute(text("VACUUM FULL pg_catalog.pg_statistic"))  # skipped by the server if it is not ours
        finally:
            connection.execute(text("RESET lock_timeout"))
    return alone


def _quoted(connection: Connection, name: str) -> str:
    return connection.dialect.identifier_preparer.quote(name)


def _drop_samples_of_empty(connection: Connection, tables: Sequence[str]) -> None:
    """Of an empty table ANALYZE keeps the old samples; naming a column's type anew drops them.

    That renews the column's foreign keys too, so the tables at their other ends are locked with it. All are taken at
    once or not at all: whoever waits for one lock while it holds another can stand in a ring with a writer.
    """
    if not any(_changes(connection, table) for table in tables):
        return
    until = time.monotonic() + LOCK_SECONDS
    while True:
        connection.execute(text("BEGIN"))
        try:
            connection.execute(text(f"LOCK TABLE {', '.join(tables)} IN ACCESS EXCLUSIVE MODE NOWAIT"))
            for change in filter(None, [_changes(connection, table) for table in tables]):
                connection.execute(text(change))
            connection.execute(text("COMMIT"))
            return
        except DBAPIError:
            connection.execute(text("ROLLBACK"))
            if time.monotonic() > until:
                raise
        time.sleep(_AGAIN_SECONDS)


def _changes(connection: Connection, table: str) -> str:
    """What drops the samples of an empty table; nothing where it has rows or no samples."""
    if connection.execute(text(f"SELECT EXISTS (SELECT 1 FROM {table})")).scalar_one():
        return ""
    found = connection.execute(_SAMPLES, {"quoted": table}).all()
    columns = ", ".join(f"ALTER COLUMN {_quoted(connection, column)} TYPE {kind}" for column, kind in found)
    return f"ALTER TABLE {table} {columns}" if columns else ""


def _nobody_reads_older(connection: Connection) -> bool:
    """Wait a little until nobody's view of the records is older than now; whether it came to that.

    A transaction that has written has a number (`backend_xid`) and, between two statements, no view (`backend_xmin`):
    the server keeps old rows for either. `greatest` passes over the one that is missing.
    """
    since = str(connection.execute(text("SELECT CAST(pg_current_xact_id() AS xid)")).scalar_one())
    until = time.monotonic() + LOCK_SECONDS
    while connection.execute(_OLDER, {"since": since}).scalar_one():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True

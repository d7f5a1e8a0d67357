"""After an erasure on PostgreSQL: every table is written anew, so that no file of the server's holds the removed words.

A plain VACUUM marks the space of removed rows as free and leaves their bytes in the files. VACUUM FULL copies what is
left into new files and drops the old ones; ANALYZE replaces the planner's samples of values, which hold names and words
too. The server's log of changes (WAL), its backups and its replicas are its operator's: docs/forgetting.md.
"""

import time

from sqlalchemy import Connection, Engine, text

LOCK_SECONDS = 5
_TABLES = text("SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename")
_SAMPLES = text(
    "SELECT s.attname, format_type(a.atttypid, a.atttypmod) FROM pg_stats s JOIN pg_attribute a"
    " ON a.attrelid = CAST(:quoted AS regclass) AND a.attname = s.attname"
    " WHERE s.schemaname = current_schema() AND s.tablename = :table"
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
            for (table,) in connection.execute(_TABLES).all():
                _rewrite(connection, table)
            connection.execute(text("VACUUM FULL pg_catalog.pg_statistic"))  # skipped by the server if it is not ours
        finally:
            connection.execute(text("RESET lock_timeout"))
    return alone


def _rewrite(connection: Connection, table: str) -> None:
    quoted = connection.dialect.identifier_preparer.quote(table)
    if not connection.execute(text(f"SELECT EXISTS (SELECT 1 FROM {quoted})")).scalar_one():
        _drop_samples(connection, table, quoted)
    connection.execute(text(f"VACUUM (FULL, ANALYZE) {quoted}"))


def _drop_samples(connection: Connection, table: str, quoted: str) -> None:
    """Of an empty table ANALYZE keeps the old samples; naming a column's type anew drops them."""
    quote = connection.dialect.identifier_preparer.quote
    found = connection.execute(_SAMPLES, {"table": table, "quoted": quoted}).all()
    if found:
        changes = ", ".join(f"ALTER COLUMN {quote(column)} TYPE {kind}" for column, kind in found)
        connection.execute(text(f"ALTER TABLE {quoted} {changes}"))


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

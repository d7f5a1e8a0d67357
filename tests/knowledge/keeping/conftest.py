"""Records on each database, as the tests of the records have them."""

from tests.knowledge.records.conftest import cluster, place, postgres_ready, records, sqlite_ready

__all__ = ["cluster", "place", "postgres_ready", "records", "sqlite_ready"]

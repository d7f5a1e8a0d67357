"""What every table is made of: the names of keys, moments in UTC, ids that sort alike, keys that carry the account."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Column, DateTime, Dialect, ForeignKeyConstraint, MetaData, Text, TypeDecorator

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Ids are compared byte by byte, so that both databases sort alike and a prefix is a range of the index.
Key = Text().with_variant(Text(collation="C"), "postgresql")


class Instant(TypeDecorator[datetime]):
    """A moment, UTC on the way in and on the way out; SQLite would otherwise lose the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment in UTC; one without a zone is refused because nobody knows when it was."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment with its zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def id_column(name: str = "id", *, primary: bool = True) -> Column[Any]:
    """A column that holds an id."""
    return Column(name, Key, primary_key=primary, nullable=False)


def belongs_to(parent: str, *columns: str, key: tuple[str, ...] = ("id",)) -> ForeignKeyConstraint:
    """A key into a table of the same account; what hangs on a row goes with it."""
    return ForeignKeyConstraint(
        ["account_id", *columns], [f"{parent}.account_id", *(f"{parent}.{name}" for name in key)], ondelete="CASCADE"
    )


def of_account() -> ForeignKeyConstraint:
    """A key into the accounts."""
    return ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE")

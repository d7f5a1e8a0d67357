"""The table of who signed in."""

from sqlalchemy import Column, Index, Table, Text

from knowledge.records.columns import Instant, id_column, metadata, of_account

sign_in = Table(
    "sign_in",
    metadata,
    id_column("account_id"),
    id_column(),
    Column("at", Instant, nullable=False),
    Column("came", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("address", Text, nullable=False),
    of_account(),
)
Index(None, sign_in.c.account_id, sign_in.c.at)

"""The table of the questions and thoughts that managers saved."""

from sqlalchemy import Column, Date, ForeignKeyConstraint, Table, Text

from knowledge.records.columns import id_column, metadata

own_card = Table(
    "own_card",
    metadata,
    id_column("account_id"),
    id_column("id"),
    Column("kind", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("pillar", Text, nullable=False),
    Column("day", Date, nullable=False),
    ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE"),
)

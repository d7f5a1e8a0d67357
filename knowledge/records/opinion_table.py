"""The table of what managers thought of questions."""

from sqlalchemy import Boolean, Column, Date, Table, Text

from knowledge.records.columns import belongs_to, id_column, metadata

opinion = Table(
    "opinion",
    metadata,
    id_column("account_id"),
    id_column("person_id"),
    id_column("question_id"),
    Column("text", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("helpful", Boolean, nullable=False),
    Column("instead", Text, nullable=False),
    belongs_to("person", "person_id"),
)

"""The table of conversations, one row a turn."""

from sqlalchemy import JSON, Column, Date, Index, Integer, Table, Text

from knowledge.records.columns import Instant, Key, belongs_to, id_column, metadata, of_account

turn = Table(
    "turn",
    metadata,
    id_column("account_id"),
    id_column(),
    id_column("conversation_id", primary=False),
    Column("place", Integer, nullable=False),
    Column("person_id", Key),  # the one person it is about; none when it is about nobody, or about several
    Column("said_at", Instant, nullable=False),
    Column("day", Date, nullable=False),
    Column("status", Text, nullable=False),
    Column("intent", Text, nullable=False),
    Column("message", Text, nullable=False),
    Column("query", Text, nullable=False),
    Column("title", Text),  # of the conversation, where somebody named it; on its first turn
    Column("body", JSON, nullable=False),  # see turn_body.py
    of_account(),
    belongs_to("person", "person_id"),
)
Index(None, turn.c.account_id, turn.c.conversation_id, turn.c.place)
Index(None, turn.c.account_id, turn.c.person_id)

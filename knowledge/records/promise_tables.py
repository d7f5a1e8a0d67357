"""The tables of promises and of the passages they rest on. A request is a promise of another kind."""

from sqlalchemy import Boolean, Column, Date, Index, Integer, Table, Text

from knowledge.records.columns import Key, belongs_to, id_column, metadata

promise = Table(
    "promise",
    metadata,
    id_column("account_id"),
    id_column(),
    id_column("person_id", primary=False),
    Column("owner", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("made_on", Date, nullable=False),
    Column("due", Date),
    Column("state", Text, nullable=False),
    Column("by_hand", Boolean, nullable=False),
    Column("settled_on", Date),  # the day the manager settled it: on an earlier day it is open
    Column("finder", Text, nullable=False),
    Column("kind", Text, nullable=False, server_default="promise"),
    belongs_to("person", "person_id"),
)
Index(None, promise.c.account_id, promise.c.person_id, promise.c.made_on)

promise_quote = Table(
    "promise_quote",
    metadata,
    id_column("account_id"),
    id_column("promise_id"),
    Column("place", Integer, primary_key=True),  # of the quotes; -1 closed it; below, it tells of it
    id_column("note_id", primary=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("tells", Text),  # what a passage below -1 tells: done in part, moved, ...
    Column("until", Date),
    Column("done", Integer),
    Column("whole", Integer),
    Column("by", Key),  # the promise that took its place
    belongs_to("promise", "promise_id"),
    belongs_to("note", "note_id"),
)
Index(None, promise_quote.c.account_id, promise_quote.c.note_id)

"""The tables. Every key begins with the account, so that no row can hang on another account's row.

Not the place where the schema is made: that is `migrations/`; a test keeps the two equal. The word index is not
here either, because each database has its own (`words_sqlite.py`, `words_postgres.py`).
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

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


def _id(name: str = "id", *, primary: bool = True) -> Column[Any]:
    return Column(name, Key, primary_key=primary, nullable=False)


def _belongs_to(parent: str, *columns: str, key: tuple[str, ...] = ("id",)) -> ForeignKeyConstraint:
    """A key into a table of the same account; what hangs on a row goes with it."""
    return ForeignKeyConstraint(
        ["account_id", *columns], [f"{parent}.account_id", *(f"{parent}.{name}" for name in key)], ondelete="CASCADE"
    )


def _of_account() -> ForeignKeyConstraint:
    return ForeignKeyConstraint(["account_id"], ["account.id"], ondelete="CASCADE")


meta = Table("meta", metadata, Column("key", Key, primary_key=True), Column("value", Text, nullable=False))

account = Table(
    "account",
    metadata,
    _id(),
    Column("name", Text, nullable=False),
    Column("roles", JSON, nullable=False),
    Column("active", Boolean, nullable=False),
)

person = Table(
    "person",
    metadata,
    _id("account_id"),
    _id(),
    Column("name", Text, nullable=False),
    Column("aka", JSON, nullable=False),
    Column("pronouns", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("start", Date),
    Column("customers", Text, nullable=False),
    Column("cadence_days", Integer),
    Column("import_id", Key),  # the import that made this person, so that it can be undone
    _of_account(),
)

note = Table(
    "note",
    metadata,
    _id("account_id"),
    _id(),
    _id("person_id", primary=False),
    Column("day", Date, nullable=False),
    Column("text", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("ai", Text, nullable=False),
    Column("sharing", Text, nullable=False),
    Column("import_id", Key),
    Column("fingerprint", Text, nullable=False),
    _belongs_to("person", "person_id"),
)
# The only one with a day in it: with a second one beside it, SQLite would guess wrong for one person's window.
Index(None, note.c.account_id, note.c.person_id, note.c.day, note.c.id, note.c.revision)

note_revision = Table(
    "note_revision",
    metadata,
    _id("account_id"),
    _id("note_id"),
    Column("revision", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("replaced_at", Instant, nullable=False),
    _belongs_to("note", "note_id"),
)

mention = Table(
    "mention",
    metadata,
    _id("account_id"),
    _id("note_id"),
    Column("start", Integer, primary_key=True),
    Column("end", Integer, primary_key=True),
    _id("person_id"),
    _belongs_to("note", "note_id"),
    _belongs_to("person", "person_id"),
    sqlite_with_rowid=False,
)
Index(None, mention.c.account_id, mention.c.person_id)

screening = Table(
    "screening",
    metadata,
    _id("account_id"),
    _id("note_id"),
    Column("revision", Integer, nullable=False),
    Column("language", Text, nullable=False),
    Column("whole", Boolean, nullable=False),
    Column("partial", Boolean, nullable=False),  # whether there are spans, so that SQL can tell
    Column("spans", JSON, nullable=False),  # [[start, end, topic id], …]
    Column("screen", Text, nullable=False),
    _belongs_to("note", "note_id"),
    sqlite_with_rowid=False,
)

evidence = Table(
    "evidence",
    metadata,
    _id("account_id"),
    _id(),
    _id("note_id", primary=False),
    Column("revision", Integer, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("topic", Text, nullable=False),
    Column("witness", Text, nullable=False),
    Column("strength", Integer, nullable=False),
    Column("tense", Text, nullable=False),
    Column("cue", Text, nullable=False),
    Column("finder", Text, nullable=False),
    Column("by_hand", Boolean, nullable=False),
    _belongs_to("note", "note_id"),
)
Index(None, evidence.c.account_id, evidence.c.note_id)

verdict_on_evidence = Table(
    "verdict_on_evidence",
    metadata,
    _id("account_id"),
    _id("note_id"),
    Column("start", Integer, primary_key=True),
    Column("end", Integer, primary_key=True),
    Column("topic", Text, primary_key=True),
    Column("state", Text, nullable=False),
    _belongs_to("note", "note_id"),
    sqlite_with_rowid=False,
)

promise = Table(
    "promise",
    metadata,
    _id("account_id"),
    _id(),
    _id("person_id", primary=False),
    Column("owner", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("made_on", Date, nullable=False),
    Column("due", Date),
    Column("state", Text, nullable=False),
    Column("by_hand", Boolean, nullable=False),
    Column("settled_on", Date),  # the day the manager settled it: on an earlier day it is open
    Column("finder", Text, nullable=False),
    _belongs_to("person", "person_id"),
)
Index(None, promise.c.account_id, promise.c.person_id, promise.c.made_on)

promise_quote = Table(
    "promise_quote",
    metadata,
    _id("account_id"),
    _id("promise_id"),
    Column("place", Integer, primary_key=True),  # the order of the quotes; -1 is what closed it
    _id("note_id", primary=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    _belongs_to("promise", "promise_id"),
    _belongs_to("note", "note_id"),
)
Index(None, promise_quote.c.account_id, promise_quote.c.note_id)

meeting = Table(
    "meeting",
    metadata,
    _id("account_id"),
    _id(),
    _id("person_id", primary=False),
    Column("day", Date, nullable=False),
    Column("state", Text, nullable=False),
    Column("from_notes", Boolean, nullable=False),  # only notes say so: without them it did not happen
    UniqueConstraint("account_id", "person_id", "day"),
    _belongs_to("person", "person_id"),
)

meeting_note = Table(
    "meeting_note",
    metadata,
    _id("account_id"),
    _id("meeting_id"),
    _id("note_id"),
    Column("place", Integer, nullable=False),
    _belongs_to("meeting", "meeting_id"),
    _belongs_to("note", "note_id"),
)
Index(None, meeting_note.c.account_id, meeting_note.c.note_id)

meeting_question = Table(
    "meeting_question",
    metadata,
    _id("account_id"),
    _id("meeting_id"),
    _id("question_id"),
    Column("place", Integer, nullable=False),
    Column("text", Text, nullable=False),  # as it was put then; a question made of a note is not in the bank
    _belongs_to("meeting", "meeting_id"),
)

meeting_promise = Table(
    "meeting_promise",  # not tied to the promise: found promises are written anew, under the same id, time and again
    metadata,
    _id("account_id"),
    _id("meeting_id"),
    _id("promise_id"),
    Column("place", Integer, nullable=False),
    _belongs_to("meeting", "meeting_id"),
)

note_reading = Table(
    "note_reading",  # which finder read the note's current revision; without a row, none has
    metadata,
    _id("account_id"),
    _id("note_id"),
    Column("reader", Text, nullable=False),
    _belongs_to("note", "note_id"),
)

note_proposal = Table(
    "note_proposal",  # which model looked through the note's current revision for evidence; without a row, none has
    metadata,
    _id("account_id"),
    _id("note_id"),
    Column("reader", Text, nullable=False),
    _belongs_to("note", "note_id"),
)

person_reading = Table(
    "person_reading",  # which finder last found this person's promises over their whole history
    metadata,
    _id("account_id"),
    _id("person_id"),
    Column("reader", Text, nullable=False),
    _belongs_to("person", "person_id"),
)

asked = Table(
    "asked",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),  # entries of one day stay in order
    _id("account_id", primary=False),
    _id("person_id", primary=False),
    Column("question_id", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("answer", Text, nullable=False),
    Column("later", Boolean, nullable=False),
    _belongs_to("person", "person_id"),
)
Index(None, asked.c.account_id, asked.c.person_id, asked.c.day)

plan = Table(
    "plan",
    metadata,
    _id("account_id"),
    _id("person_id"),
    Column("version", Integer, primary_key=True),
    Column("state", Text, nullable=False),
    Column("drafted_on", Date, nullable=False),
    Column("review_on", Date, nullable=False),
    Column("body", JSON, nullable=False),  # see plan_body.py
    Column("made_on", Date),  # the day of this version, when it is not the day of the draft
    _belongs_to("person", "person_id"),
)

plan_state = Table(
    "plan_state",  # every step on from draft, so that the last one can be taken back
    metadata,
    _id("account_id"),
    _id("person_id"),
    Column("version", Integer, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("state", Text, nullable=False),
    Column("day", Date, nullable=False),
    _belongs_to("plan", "person_id", "version", key=("person_id", "version")),
)

plan_check_in = Table(
    "plan_check_in",  # what the manager confirmed that a note says about a part of a plan
    metadata,
    _id("account_id"),
    _id("person_id"),
    Column("version", Integer, primary_key=True),
    Column("thread", Integer, primary_key=True),
    _id("section"),
    _id("note_id"),
    Column("revision", Integer, nullable=False),
    Column("start", Integer, primary_key=True),
    Column("end", Integer, nullable=False),
    Column("speaks", Text, nullable=False),
    _belongs_to("plan", "person_id", "version", key=("person_id", "version")),
    _belongs_to("note", "note_id"),
)
Index(None, plan_check_in.c.account_id, plan_check_in.c.note_id)

pending = Table(
    "pending",  # what was inferred and waits for one yes; it goes after a day, and with its note
    metadata,
    _id("account_id"),
    _id(),
    _id("person_id", primary=False),
    _id("note_id", primary=False),
    Column("made_at", Instant, nullable=False),
    Column("state", Text, nullable=False),
    Column("body", JSON, nullable=False),  # see pending_body.py
    _belongs_to("person", "person_id"),
    _belongs_to("note", "note_id"),
)
Index(None, pending.c.account_id, pending.c.note_id)

import_entry = Table(
    "import_entry",
    metadata,
    _id("account_id"),
    _id(),
    Column("at", Instant, nullable=False),
    Column("what", Text, nullable=False),
    Column("notes", Integer, nullable=False),
    Column("undone", Boolean, nullable=False),
    _of_account(),
)

note_vector = Table(
    "note_vector",
    metadata,
    _id("account_id"),
    _id("note_id"),
    Column("embedder", Text, primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),
    _belongs_to("note", "note_id"),
)

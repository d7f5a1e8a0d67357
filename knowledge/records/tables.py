"""The tables. Every key begins with the account, so that no row can hang on another account's row.

Not the place where the schema is made: that is `migrations/`; a test keeps the two equal. The word index is not
here either, because each database has its own (`words_sqlite.py`, `words_postgres.py`).
"""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
)

from knowledge.records.columns import Instant as Instant
from knowledge.records.columns import Key, belongs_to, id_column, of_account
from knowledge.records.columns import metadata as metadata
from knowledge.records.opinion_table import opinion as opinion
from knowledge.records.own_card_table import own_card as own_card
from knowledge.records.promise_tables import promise as promise
from knowledge.records.promise_tables import promise_quote as promise_quote
from knowledge.records.sign_in_table import sign_in as sign_in
from knowledge.records.turn_table import turn as turn

meta = Table("meta", metadata, Column("key", Key, primary_key=True), Column("value", Text, nullable=False))

account = Table(
    "account",
    metadata,
    id_column(),
    Column("name", Text, nullable=False),
    Column("roles", JSON, nullable=False),
    Column("active", Boolean, nullable=False),
)

credential = Table(
    "credential",
    metadata,
    id_column("account_id"),
    Column("hash", Text, nullable=False),
    Column("stamp", Text, nullable=False),
    Column("set_at", Instant, nullable=False),
    of_account(),
)

person = Table(
    "person",
    metadata,
    id_column("account_id"),
    id_column(),
    Column("name", Text, nullable=False),
    Column("aka", JSON, nullable=False),
    Column("pronouns", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("start", Date),
    Column("customers", Text, nullable=False),
    Column("cadence_days", Integer),
    Column("import_id", Key),  # the import that made this person, so that it can be undone
    of_account(),
)

note = Table(
    "note",
    metadata,
    id_column("account_id"),
    id_column(),
    id_column("person_id", primary=False),
    Column("day", Date, nullable=False),
    Column("text", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("ai", Text, nullable=False),
    Column("sharing", Text, nullable=False),
    Column("import_id", Key),
    Column("fingerprint", Text, nullable=False),
    belongs_to("person", "person_id"),
)
# The only one with a day in it: with a second one beside it, SQLite would guess wrong for one person's window.
Index(None, note.c.account_id, note.c.person_id, note.c.day, note.c.id, note.c.revision)

note_revision = Table(
    "note_revision",
    metadata,
    id_column("account_id"),
    id_column("note_id"),
    Column("revision", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("replaced_at", Instant, nullable=False),
    belongs_to("note", "note_id"),
)

mention = Table(
    "mention",
    metadata,
    id_column("account_id"),
    id_column("note_id"),
    Column("start", Integer, primary_key=True),
    Column("end", Integer, primary_key=True),
    id_column("person_id"),
    belongs_to("note", "note_id"),
    belongs_to("person", "person_id"),
    sqlite_with_rowid=False,
)
Index(None, mention.c.account_id, mention.c.person_id)

screening = Table(
    "screening",
    metadata,
    id_column("account_id"),
    id_column("note_id"),
    Column("revision", Integer, nullable=False),
    Column("language", Text, nullable=False),
    Column("whole", Boolean, nullable=False),
    Column("partial", Boolean, nullable=False),  # whether there are spans, so that SQL can tell
    Column("spans", JSON, nullable=False),  # [[start, end, topic id], …]
    Column("screen", Text, nullable=False),
    belongs_to("note", "note_id"),
    sqlite_with_rowid=False,
)

evidence = Table(
    "evidence",
    metadata,
    id_column("account_id"),
    id_column(),
    id_column("note_id", primary=False),
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
    belongs_to("note", "note_id"),
)
Index(None, evidence.c.account_id, evidence.c.note_id)

verdict_on_evidence = Table(
    "verdict_on_evidence",
    metadata,
    id_column("account_id"),
    id_column("note_id"),
    Column("start", Integer, primary_key=True),
    Column("end", Integer, primary_key=True),
    Column("topic", Text, primary_key=True),
    Column("state", Text, nullable=False),
    belongs_to("note", "note_id"),
    sqlite_with_rowid=False,
)

meeting = Table(
    "meeting",
    metadata,
    id_column("account_id"),
    id_column(),
    id_column("person_id", primary=False),
    Column("day", Date, nullable=False),
    Column("state", Text, nullable=False),
    Column("from_notes", Boolean, nullable=False),  # only notes say so: without them it did not happen
    UniqueConstraint("account_id", "person_id", "day"),
    belongs_to("person", "person_id"),
)

meeting_note = Table(
    "meeting_note",
    metadata,
    id_column("account_id"),
    id_column("meeting_id"),
    id_column("note_id"),
    Column("place", Integer, nullable=False),
    belongs_to("meeting", "meeting_id"),
    belongs_to("note", "note_id"),
)
Index(None, meeting_note.c.account_id, meeting_note.c.note_id)

meeting_question = Table(
    "meeting_question",
    metadata,
    id_column("account_id"),
    id_column("meeting_id"),
    id_column("question_id"),
    Column("place", Integer, nullable=False),
    Column("text", Text, nullable=False),  # as it was put then; a question made of a note is not in the bank
    belongs_to("meeting", "meeting_id"),
)

meeting_promise = Table(
    "meeting_promise",  # not tied to the promise: found promises are written anew, under the same id, time and again
    metadata,
    id_column("account_id"),
    id_column("meeting_id"),
    id_column("promise_id"),
    Column("place", Integer, nullable=False),
    belongs_to("meeting", "meeting_id"),
)

note_reading = Table(
    "note_reading",  # which finder read the note's current revision; without a row, none has
    metadata,
    id_column("account_id"),
    id_column("note_id"),
    Column("reader", Text, nullable=False),
    belongs_to("note", "note_id"),
)

note_proposal = Table(
    "note_proposal",  # which model looked through the note's current revision for evidence; without a row, none has
    metadata,
    id_column("account_id"),
    id_column("note_id"),
    Column("reader", Text, nullable=False),
    belongs_to("note", "note_id"),
)

person_reading = Table(
    "person_reading",  # which finder last found this person's promises over their whole history
    metadata,
    id_column("account_id"),
    id_column("person_id"),
    Column("reader", Text, nullable=False),
    Column("followed", Text),  # of what and by which model the outcome of these promises was last read
    belongs_to("person", "person_id"),
)

asked = Table(
    "asked",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),  # entries of one day stay in order
    id_column("account_id", primary=False),
    id_column("person_id", primary=False),
    Column("question_id", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("answer", Text, nullable=False),
    Column("later", Boolean, nullable=False),
    Column("pillar", Text),
    belongs_to("person", "person_id"),
)
Index(None, asked.c.account_id, asked.c.person_id, asked.c.day)

plan = Table(
    "plan",
    metadata,
    id_column("account_id"),
    id_column("person_id"),
    Column("version", Integer, primary_key=True),
    Column("state", Text, nullable=False),
    Column("drafted_on", Date, nullable=False),
    Column("review_on", Date, nullable=False),
    Column("body", JSON, nullable=False),  # see plan_body.py
    Column("made_on", Date),  # the day of this version, when it is not the day of the draft
    belongs_to("person", "person_id"),
)

plan_state = Table(
    "plan_state",  # every step on from draft, so that the last one can be taken back
    metadata,
    id_column("account_id"),
    id_column("person_id"),
    Column("version", Integer, primary_key=True),
    Column("seq", Integer, primary_key=True),
    Column("state", Text, nullable=False),
    Column("day", Date, nullable=False),
    belongs_to("plan", "person_id", "version", key=("person_id", "version")),
)

plan_check_in = Table(
    "plan_check_in",  # what the manager confirmed that a note says about a part of a plan
    metadata,
    id_column("account_id"),
    id_column("person_id"),
    Column("version", Integer, primary_key=True),
    Column("thread", Integer, primary_key=True),
    id_column("section"),
    id_column("note_id"),
    Column("revision", Integer, nullable=False),
    Column("start", Integer, primary_key=True),
    Column("end", Integer, nullable=False),
    Column("speaks", Text, nullable=False),
    belongs_to("plan", "person_id", "version", key=("person_id", "version")),
    belongs_to("note", "note_id"),
)
Index(None, plan_check_in.c.account_id, plan_check_in.c.note_id)

pending = Table(
    "pending",  # what was inferred and waits for one yes; it goes after a day, and with its note
    metadata,
    id_column("account_id"),
    id_column(),
    id_column("person_id", primary=False),
    id_column("note_id", primary=False),
    Column("made_at", Instant, nullable=False),
    Column("state", Text, nullable=False),
    Column("body", JSON, nullable=False),  # see pending_body.py
    belongs_to("person", "person_id"),
    belongs_to("note", "note_id"),
)
Index(None, pending.c.account_id, pending.c.note_id)

digest = Table(
    "digest",  # what a quarter of one person's older notes comes down to; derived, and gone with any of its notes
    metadata,
    id_column("account_id"),
    id_column("person_id"),
    Column("first", Date, primary_key=True),
    Column("mark", Text, nullable=False),
    Column("body", JSON, nullable=False),  # [{text, quotes: [[note id, revision, start, end], …]}, …]
    belongs_to("person", "person_id"),
)

import_entry = Table(
    "import_entry",
    metadata,
    id_column("account_id"),
    id_column(),
    Column("at", Instant, nullable=False),
    Column("what", Text, nullable=False),
    Column("notes", Integer, nullable=False),
    Column("undone", Boolean, nullable=False),
    of_account(),
)

note_vector = Table(
    "note_vector",
    metadata,
    id_column("account_id"),
    id_column("note_id"),
    Column("embedder", Text, primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("revision", Integer, nullable=False),
    Column("data", LargeBinary, nullable=False),
    belongs_to("note", "note_id"),
)

released = Table(
    "released",  # a masked copy; the person is known here alone, so that it goes with them
    metadata,
    id_column("account_id"),
    id_column(),
    id_column("person_id", primary=False),
    *(Column(name, Text, nullable=False) for name in ("kind", "subject_id", "part", "pillar", "stage")),
    Column("text", Text, nullable=False),
    Column("engine", Text, nullable=False),
    Column("released_on", Date, nullable=False),
    Column("helpful", Boolean),
    Column("instead", Text),
    belongs_to("person", "person_id"),
)

coach_verdict = Table(
    "coach_verdict",  # not tied to the copy: that is another account's, and may be taken back
    metadata,
    id_column("account_id"),
    id_column(),
    id_column("release_id", primary=False),
    *(Column(name, Text, nullable=False) for name in ("kind", "subject_id", "part", "pillar", "stage")),
    *(Column(name, Text, nullable=False) for name in ("decision", "scope", "reason", "words", "text")),
    Column("decided_on", Date, nullable=False),
    Column("rolled_back_on", Date),
    of_account(),
)

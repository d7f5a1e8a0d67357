"""The first schema: accounts, people, notes and all that hangs on them, and a word index for each database."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")

# SQLite: `note_word` holds the folded words, FTS5 indexes them without a second copy. Triggers keep the two in
# step, also when rows go by a cascade.
SQLITE_WORDS = (
    """
    CREATE TABLE note_word (
        seq INTEGER PRIMARY KEY,
        account_id TEXT NOT NULL,
        note_id TEXT NOT NULL,
        owner TEXT NOT NULL,
        body TEXT NOT NULL,
        CONSTRAINT uq_note_word_account_id_note_id UNIQUE (account_id, note_id),
        CONSTRAINT fk_note_word_account_id_note_id_note FOREIGN KEY (account_id, note_id)
            REFERENCES note (account_id, id) ON DELETE CASCADE
    )
    """,
    """
    CREATE VIRTUAL TABLE note_fts USING fts5(
        owner, body, content='note_word', content_rowid='seq', tokenize='unicode61 remove_diacritics 0'
    )
    """,
    """
    CREATE TRIGGER note_word_added AFTER INSERT ON note_word BEGIN
        INSERT INTO note_fts (rowid, owner, body) VALUES (new.seq, new.owner, new.body);
    END
    """,
    """
    CREATE TRIGGER note_word_removed AFTER DELETE ON note_word BEGIN
        INSERT INTO note_fts (note_fts, rowid, owner, body) VALUES ('delete', old.seq, old.owner, old.body);
    END
    """,
    """
    CREATE TRIGGER note_word_changed AFTER UPDATE ON note_word BEGIN
        INSERT INTO note_fts (note_fts, rowid, owner, body) VALUES ('delete', old.seq, old.owner, old.body);
        INSERT INTO note_fts (rowid, owner, body) VALUES (new.seq, new.owner, new.body);
    END
    """,
)
POSTGRES_WORDS = (
    """
    CREATE TABLE note_word (
        account_id TEXT COLLATE "C" NOT NULL,
        note_id TEXT COLLATE "C" NOT NULL,
        words TSVECTOR NOT NULL,
        CONSTRAINT pk_note_word PRIMARY KEY (account_id, note_id),
        CONSTRAINT fk_note_word_account_id_note_id_note FOREIGN KEY (account_id, note_id)
            REFERENCES note (account_id, id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX ix_note_word_words ON note_word USING gin (words)",
)


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", KEY, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("roles", sa.JSON(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
    )
    op.create_table(
        "meta",
        sa.Column("key", KEY, nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_meta")),
    )
    op.create_table(
        "import_entry",
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("notes", sa.Integer(), nullable=False),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_import_entry_account_id_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_import_entry")),
    )
    op.create_table(
        "person",
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("aka", sa.JSON(), nullable=False),
        sa.Column("pronouns", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("start", sa.Date(), nullable=True),
        sa.Column("customers", sa.Text(), nullable=False),
        sa.Column("cadence_days", sa.Integer(), nullable=True),
        sa.Column("import_id", KEY, nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_person_account_id_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_person")),
    )
    op.create_table(
        "asked",
        sa.Column("seq", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("question_id", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("later", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "person_id"],
            ["person.account_id", "person.id"],
            name=op.f("fk_asked_account_id_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_asked")),
    )
    op.create_index(
        op.f("ix_asked_account_id_person_id_day"), "asked", ["account_id", "person_id", "day"], unique=False
    )
    op.create_table(
        "meeting",
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("from_notes", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "person_id"],
            ["person.account_id", "person.id"],
            name=op.f("fk_meeting_account_id_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_meeting")),
        sa.UniqueConstraint("account_id", "person_id", "day", name=op.f("uq_meeting_account_id_person_id_day")),
    )
    op.create_table(
        "note",
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("ai", sa.Text(), nullable=False),
        sa.Column("sharing", sa.Text(), nullable=False),
        sa.Column("import_id", KEY, nullable=True),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "person_id"],
            ["person.account_id", "person.id"],
            name=op.f("fk_note_account_id_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_note")),
    )
    op.create_index(
        op.f("ix_note_account_id_person_id_day_id_revision"),
        "note",
        ["account_id", "person_id", "day", "id", "revision"],
        unique=False,
    )
    op.create_table(
        "plan",
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("drafted_on", sa.Date(), nullable=False),
        sa.Column("review_on", sa.Date(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "person_id"],
            ["person.account_id", "person.id"],
            name=op.f("fk_plan_account_id_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "person_id", "version", name=op.f("pk_plan")),
    )
    op.create_table(
        "promise",
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("finder", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "person_id"],
            ["person.account_id", "person.id"],
            name=op.f("fk_promise_account_id_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_promise")),
    )
    op.create_index(
        op.f("ix_promise_account_id_person_id_made_on"), "promise", ["account_id", "person_id", "made_on"], unique=False
    )
    op.create_table(
        "evidence",
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("id", KEY, nullable=False),
        sa.Column("note_id", KEY, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("witness", sa.Text(), nullable=False),
        sa.Column("strength", sa.Integer(), nullable=False),
        sa.Column("tense", sa.Text(), nullable=False),
        sa.Column("cue", sa.Text(), nullable=False),
        sa.Column("finder", sa.Text(), nullable=False),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "note_id"],
            ["note.account_id", "note.id"],
            name=op.f("fk_evidence_account_id_note_id_note"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_evidence")),
    )
    op.create_index(op.f("ix_evidence_account_id_note_id"), "evidence", ["account_id", "note_id"], unique=False)
    op.create_table(
        "meeting_note",
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("meeting_id", KEY, nullable=False),
        sa.Column("note_id", KEY, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "meeting_id"],
            ["meeting.account_id", "meeting.id"],
            name=op.f("fk_meeting_note_account_id_meeting_id_meeting"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["account_id", "note_id"],
            ["note.account_id", "note.id"],
            name=op.f("fk_meeting_note_account_id_note_id_note"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "meeting_id", "note_id", name=op.f("pk_meeting_note")),
    )
    op.create_index(op.f("ix_meeting_note_account_id_note_id"), "meeting_note", ["account_id", "note_id"], unique=False)
    op.create_table(
        "mention",
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("note_id", KEY, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("person_id", KEY, nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "note_id"],
            ["note.account_id", "note.id"],
            name=op.f("fk_mention_account_id_note_id_note"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["account_id", "person_id"],
            ["person.account_id", "person.id"],
            name=op.f("fk_mention_account_id_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "note_id", "start", "end", "person_id", name=op.f("pk_mention")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_mention_account_id_person_id"), "mention", ["account_id", "person_id"], unique=False)
    op.create_table(
        "note_revision",
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("note_id", KEY, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "note_id"],
            ["note.account_id", "note.id"],
            name=op.f("fk_note_revision_account_id_note_id_note"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "note_id", "revision", name=op.f("pk_note_revision")),
    )
    op.create_table(
        "note_vector",
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("note_id", KEY, nullable=False),
        sa.Column("embedder", sa.Text(), nullable=False),
        sa.Column("part", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "note_id"],
            ["note.account_id", "note.id"],
            name=op.f("fk_note_vector_account_id_note_id_note"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "note_id", "embedder", "part", name=op.f("pk_note_vector")),
    )
    op.create_table(
        "promise_quote",
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("promise_id", KEY, nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("note_id", KEY, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "note_id"],
            ["note.account_id", "note.id"],
            name=op.f("fk_promise_quote_account_id_note_id_note"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["account_id", "promise_id"],
            ["promise.account_id", "promise.id"],
            name=op.f("fk_promise_quote_account_id_promise_id_promise"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "promise_id", "place", name=op.f("pk_promise_quote")),
    )
    op.create_index(
        op.f("ix_promise_quote_account_id_note_id"), "promise_quote", ["account_id", "note_id"], unique=False
    )
    op.create_table(
        "screening",
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("note_id", KEY, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("whole", sa.Boolean(), nullable=False),
        sa.Column("partial", sa.Boolean(), nullable=False),
        sa.Column("spans", sa.JSON(), nullable=False),
        sa.Column("screen", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "note_id"],
            ["note.account_id", "note.id"],
            name=op.f("fk_screening_account_id_note_id_note"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "note_id", name=op.f("pk_screening")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "verdict_on_evidence",
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("note_id", KEY, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "note_id"],
            ["note.account_id", "note.id"],
            name=op.f("fk_verdict_on_evidence_account_id_note_id_note"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "note_id", "start", "end", "topic", name=op.f("pk_verdict_on_evidence")),
        sqlite_with_rowid=False,
    )

    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in SQLITE_WORDS if on_sqlite else POSTGRES_WORDS:
        op.execute(statement)


def downgrade() -> None:
    raise NotImplementedError("Records are not taken back to an older schema; use the copy in the backups folder.")

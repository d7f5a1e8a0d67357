"""Plans that live: the day of each version, the states it went through, what was checked; and what waits for a yes."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    with op.batch_alter_table("plan") as plan:
        plan.add_column(sa.Column("made_on", sa.Date()))
    op.create_table(
        "plan_state",
        *_keys("account_id", "person_id"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        _hangs_on("plan_state", "plan", "person_id", "version"),
        sa.PrimaryKeyConstraint("account_id", "person_id", "version", "seq", name=op.f("pk_plan_state")),
    )
    op.create_table(
        "plan_check_in",
        *_keys("account_id", "person_id"),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("thread", sa.Integer(), nullable=False),
        sa.Column("section", KEY, nullable=False),
        *_keys("note_id"),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("speaks", sa.Text(), nullable=False),
        _hangs_on("plan_check_in", "plan", "person_id", "version"),
        _hangs_on("plan_check_in", "note", "note_id"),
        sa.PrimaryKeyConstraint(
            "account_id", "person_id", "version", "thread", "section", "note_id", "start",
            name=op.f("pk_plan_check_in"),
        ),
    )  # fmt: skip
    op.create_index(op.f("ix_plan_check_in_account_id_note_id"), "plan_check_in", ["account_id", "note_id"])
    op.create_table(
        "pending",
        *_keys("account_id", "id", "person_id", "note_id"),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        _hangs_on("pending", "person", "person_id"),
        _hangs_on("pending", "note", "note_id"),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_pending")),
    )
    op.create_index(op.f("ix_pending_account_id_note_id"), "pending", ["account_id", "note_id"])


def _keys(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, KEY, nullable=False) for name in names]


def _hangs_on(table: str, parent: str, *columns: str) -> sa.ForeignKeyConstraint:
    """A key into a table of the same account; what hangs on a row goes with it."""
    own = ["account_id", *columns]
    there = own if parent == "plan" else ["account_id", "id"]
    return sa.ForeignKeyConstraint(
        own, [f"{parent}.{name}" for name in there],
        name=op.f(f"fk_{table}_{'_'.join(own)}_{parent}"), ondelete="CASCADE",
    )  # fmt: skip


def downgrade() -> None:
    raise NotImplementedError("Records are not taken back to an older schema; use the copy in the backups folder.")

"""Which finder read which note, and what a one-on-one was about: the questions chosen, the promises reviewed."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    _hang_on("meeting_question", "meeting", sa.Column("question_id", KEY, nullable=False), place=True)
    _hang_on("meeting_promise", "meeting", sa.Column("promise_id", KEY, nullable=False), place=True)
    _hang_on("note_reading", "note", None, place=False)
    _hang_on("person_reading", "person", None, place=False)


def _hang_on(name: str, parent: str, item: sa.Column[str] | None, *, place: bool) -> None:
    """A table whose rows go with a row of another one."""
    own = f"{parent}_id"
    keys = ["account_id", own, *([item.name] if item is not None else [])]
    last = sa.Column("place", sa.Integer(), nullable=False) if place else sa.Column("reader", sa.Text(), nullable=False)
    op.create_table(
        name,
        sa.Column("account_id", KEY, nullable=False),
        sa.Column(own, KEY, nullable=False),
        *([item] if item is not None else []),
        last,
        sa.ForeignKeyConstraint(
            ["account_id", own],
            [f"{parent}.account_id", f"{parent}.id"],
            name=op.f(f"fk_{name}_account_id_{own}_{parent}"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint(*keys, name=op.f(f"pk_{name}")),
    )


def downgrade() -> None:
    raise NotImplementedError("Records are not taken back to an older schema; use the copy in the backups folder.")

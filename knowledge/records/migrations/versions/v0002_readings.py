"""Which finder read which note, and what a one-on-one was about: the questions chosen, the promises reviewed."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    _hang_on("meeting", "meeting_question", "question_id", place=sa.Integer(), text=sa.Text())
    _hang_on("meeting", "meeting_promise", "promise_id", place=sa.Integer())
    _hang_on("note", "note_reading", "", reader=sa.Text())
    _hang_on("person", "person_reading", "", reader=sa.Text())


def _hang_on(parent: str, name: str, key: str, **columns: Any) -> None:
    """A table whose rows go with a row of another one."""
    own = f"{parent}_id"
    keys = ["account_id", own, *([key] if key else [])]
    op.create_table(
        name,
        *(sa.Column(each, KEY, nullable=False) for each in keys),
        *(sa.Column(each, kind, nullable=False) for each, kind in columns.items()),
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

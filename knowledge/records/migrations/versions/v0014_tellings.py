"""What later notes tell of a promise: done in part, moved, more time, replaced, late; and what was asked of a manager."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.add_column("promise", sa.Column("kind", sa.Text(), nullable=False, server_default="promise"))
    op.add_column("promise_quote", sa.Column("tells", sa.Text()))
    op.add_column("promise_quote", sa.Column("until", sa.Date()))
    op.add_column("promise_quote", sa.Column("done", sa.Integer()))
    op.add_column("promise_quote", sa.Column("whole", sa.Integer()))
    op.add_column("promise_quote", sa.Column("by", KEY))


def downgrade() -> None:
    raise NotImplementedError("Records are not taken back to an older schema; use the copy in the backups folder.")

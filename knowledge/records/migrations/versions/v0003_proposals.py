"""Which model looked through which note for evidence."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "note_proposal",
        sa.Column("account_id", KEY, nullable=False),
        sa.Column("note_id", KEY, nullable=False),
        sa.Column("reader", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "note_id"],
            ["note.account_id", "note.id"],
            name=op.f("fk_note_proposal_account_id_note_id_note"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "note_id", name=op.f("pk_note_proposal")),
    )


def downgrade() -> None:
    raise NotImplementedError("Records are not taken back to an older schema; use the copy in the backups folder.")

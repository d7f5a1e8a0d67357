"""What managers thought of questions; and, on a released copy, what went along with it."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "opinion",
        *(sa.Column(name, KEY, nullable=False) for name in ("account_id", "person_id", "question_id")),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("helpful", sa.Boolean(), nullable=False),
        sa.Column("instead", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "person_id"],
            ["person.account_id", "person.id"],
            name=op.f("fk_opinion_account_id_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "person_id", "question_id", name=op.f("pk_opinion")),
    )
    with op.batch_alter_table("released") as released:
        released.add_column(sa.Column("helpful", sa.Boolean()))
        released.add_column(sa.Column("instead", sa.Text()))


def downgrade() -> None:
    raise NotImplementedError("Records are not taken back to an older schema; use the copy in the backups folder.")

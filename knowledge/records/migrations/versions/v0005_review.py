"""A coach's review: masked copies that managers released, and the decisions on them."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "released",
        *(sa.Column(name, KEY, nullable=False) for name in ("account_id", "id", "person_id")),
        *(_text(name) for name in ("kind", "subject_id", "part", "pillar", "stage", "text", "engine")),
        sa.Column("released_on", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id", "person_id"],
            ["person.account_id", "person.id"],
            name=op.f("fk_released_account_id_person_id_person"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_released")),
    )
    op.create_table(
        "coach_verdict",
        *(sa.Column(name, KEY, nullable=False) for name in ("account_id", "id", "release_id")),
        *(_text(name) for name in ("kind", "subject_id", "part", "pillar", "stage")),
        *(_text(name) for name in ("decision", "scope", "reason", "words", "text")),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("rolled_back_on", sa.Date()),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_coach_verdict_account_id_account"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "id", name=op.f("pk_coach_verdict")),
    )


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def downgrade() -> None:
    raise NotImplementedError("Records are not taken back to an older schema; use the copy in the backups folder.")

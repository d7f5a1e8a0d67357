"""What an asked question is for."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("asked") as asked:
        asked.add_column(sa.Column("pillar", sa.Text()))


def downgrade() -> None:
    raise NotImplementedError("Records are not taken back to an older schema; use the copy in the backups folder.")

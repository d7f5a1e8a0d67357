"""What Alembic runs for each upgrade. It never opens a database itself: `upgrade.py` hands it the transaction."""

from alembic import context

from knowledge.records.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()

"""The truth: SQLAlchemy on SQLite or PostgreSQL, nouns mapped by hand from rows."""

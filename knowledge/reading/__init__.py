"""Reads what managers already have: case folders, Markdown, tables, journals, Word files. Keeps nothing itself."""

"""Nouns: frozen, valid by construction, with no clock, no input and no output."""

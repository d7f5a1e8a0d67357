"""Promises of both sides: who said they would do what by when, and whether a later note shows it done."""

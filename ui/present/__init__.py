"""Nouns as payloads, and payloads as text for a terminal. It decides how things look, never what is true."""

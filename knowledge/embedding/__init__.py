"""Text into vectors: the encoder that ships with the project."""

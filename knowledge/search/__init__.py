"""Finding passages: exact over one account's notes, Chroma over the public library."""

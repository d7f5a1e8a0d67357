"""How the offline engine reads a message: patterns of three languages, clause by clause."""

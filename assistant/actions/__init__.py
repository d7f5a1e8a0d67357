"""Verbs: one file, one public function, nouns and ports in, nouns out."""

"""How good the answers are: pure measures over nouns, against what an annotator found. It runs nothing."""

"""The sample team: where its data lies and how its home is marked. Its people and firm are invented."""

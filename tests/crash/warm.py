"""Loaded once by the server that processes are forked from: all words and weights are read, and nothing is opened."""

from datetime import date

from assistant.actions.keep_notes import make_ready
from assistant.domain.account import SOLO, Account
from assistant.domain.note import Note, NoteId
from assistant.domain.person import Person, PersonId
from assistant.domain.policy import Readable
from assistant.engines.offline.finder import OfflineFinder
from knowledge.embedding.local import LocalEmbedder
from knowledge.search.notes import ExactNoteSearch
from knowledge.search.words import terms

EMBEDDER = LocalEmbedder()


def _read_everything() -> None:
    """One note through the whole mill, so that every list and profile is read; its text is in no scene."""
    me, who = Account(SOLO, "Me"), Person(SOLO, PersonId("warm"), "Warm Up")
    note = Note(SOLO, NoteId("warm"), who.id, date(2026, 1, 5), 'I will call by Friday. She said: "I love it."')
    finder = OfflineFinder()
    ready = make_ready([note], [who], me, ExactNoteSearch(EMBEDDER), finder)
    finder.promises(who, me, [Readable(n, s) for n, s in zip(ready.notes, ready.screenings, strict=True)])
    terms("what did she love")


_read_everything()

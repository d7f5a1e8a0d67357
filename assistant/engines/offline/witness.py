"""Whose knowledge a passage rests on, by marks of speech and the note's author. Who points at it does not matter."""

from assistant.domain.account import Account
from assistant.domain.evidence import Witness
from assistant.domain.note import Note, Span
from assistant.domain.person import Person
from assistant.engines.offline.sentences import sentences
from assistant.engines.offline.voice import Cast


def witness_of(person: Person, manager: Account, note: Note, span: Span) -> Witness:
    """The witness of the sentence that the passage begins in; of the first quoted one where it holds several."""
    voice = Cast.of(person, manager).voice(note)
    found = sentences(note.text)
    places = [n for n, sentence in enumerate(found) if sentence.span.overlaps(span)]
    spoken = [n for n in places if found[n].quoted]
    place = next(iter(spoken or places), None)
    return voice.told_by if place is None else voice.speaker(found, place)

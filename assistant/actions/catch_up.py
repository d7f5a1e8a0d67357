"""Read again what another finder read, in small steps: each is prepared outside of any write and kept in a short one.

A step that is cut off has kept nothing, and what is left to do is told by the records alone; so the work may stop
anywhere and go on later, beside somebody who reads and writes. A manager's verdicts are not touched by any of it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.actions.find_mentions import find_mentions
from assistant.actions.find_promises import write_with_promises
from assistant.actions.heed_word import evidence_agreed
from assistant.actions.keep_notes import mine
from assistant.domain.account import AccountId
from assistant.domain.note import Note, NoteId
from assistant.ports.engine import Finder
from assistant.ports.outside import NoteSearch
from assistant.ports.records import Records, Shelf

PORTION = 16  # notes in one step: the write stays far below 200 ms, and a page is never kept waiting
EVER = date.max  # notes after the day of the view are read as well


@dataclass(frozen=True, slots=True)
class Behind:
    """How much of one account's records is not as today's finder and embedder would have it.

    Attributes:
        notes: Notes to be read again.
        people: People whose promises are to be found again.
        vectors: Notes without a vector of today's embedder.
    """

    notes: int = 0
    people: int = 0
    vectors: int = 0

    @property
    def steps(self) -> int:
        """Everything together."""
        return self.notes + self.people + self.vectors

    def __add__(self, other: "Behind") -> "Behind":
        return Behind(self.notes + other.notes, self.people + other.people, self.vectors + other.vectors)


def how_far_behind(shelf: Shelf, finder: Finder, search: NoteSearch) -> Behind:
    """How much there is to do in the shelf's account."""
    reader = finder.fingerprint
    return Behind(
        shelf.readings.unread_count(reader),
        len(shelf.readings.unsettled(reader)),
        shelf.vectors.pending_count(search.fingerprint),
    )


def catch_up(
    records: Records,
    account: AccountId,
    *,
    finder: Finder,
    search: NoteSearch,
    done: Callable[[Behind], None] = lambda step: None,
    stop: Callable[[], bool] = lambda: False,
) -> Behind:
    """Read, find and embed what is behind; what was done. `done` hears of each step, `stop` is asked before each.

    Notes come first: what must stay private is known before anything is found in it.
    """
    sum_of = Behind()
    for step in (read_notes_again, find_promises_again, embed_again):
        while not stop():
            made = step(records, account, finder, search)
            if not made.steps:
                break
            sum_of += made
            done(made)
    return sum_of


def read_notes_again(records: Records, account: AccountId, finder: Finder, search: NoteSearch) -> Behind:
    """The next portion of notes: whom they name, what stays out, what speaks for a facet. Promises wait."""
    with records.reading(account, EVER) as shelf:
        notes = shelf.readings.unread(finder.fingerprint, PORTION)
        people, manager = shelf.people.all(), shelf.account
    if not notes:
        return Behind()
    found = mine([find_mentions(note, people) for note in notes], people, manager, finder)
    with records.writing(account, EVER) as shelf:
        same = as_they_were(shelf, notes)
        shelf.mentions.put([note for note in found.notes if note.id in same])
        shelf.screenings.put([s for s in found.screenings if s.note_id in same])
        shelf.evidence.replace([*same], evidence_agreed(shelf, (e for e in found.evidence if e.note.id in same)))
        shelf.readings.mark(same, found.reader)
        for person_id in {note.person_id for note in notes if note.id in same}:
            shelf.readings.mark_person(person_id, "")
    return Behind(notes=len(notes))


def find_promises_again(records: Records, account: AccountId, finder: Finder, search: NoteSearch) -> Behind:
    """The promises of the next person who waits, over their whole history."""
    with records.reading(account, EVER) as shelf:
        waiting = shelf.readings.unsettled(finder.fingerprint)
        people = [person for person in shelf.people.all() if person.id in waiting[:1]]
    if people:
        write_with_promises(records, account, EVER, lambda shelf: None, finder=finder, people=people)
    return Behind(people=len(people))


def embed_again(records: Records, account: AccountId, finder: Finder, search: NoteSearch) -> Behind:
    """Vectors for the next portion of notes that have none of today's embedder."""
    with records.reading(account, EVER) as shelf:
        notes = shelf.vectors.pending(search.fingerprint, PORTION)
        people = shelf.people.all()
    if not notes:
        return Behind()
    vectors = search.prepare(notes, people)
    with records.writing(account, EVER) as shelf:
        same = as_they_were(shelf, notes)
        shelf.vectors.put([vector for vector in vectors if vector.note_id in same])
    return Behind(vectors=len(notes))


def as_they_were(shelf: Shelf, notes: Sequence[Note]) -> set[NoteId]:
    """Ids of the notes nobody has changed or deleted since they were read."""
    revisions = {note.id: note.revision for note in notes}
    return {note.id for note in shelf.notes.known([*revisions]) if note.revision == revisions[note.id]}

"""Notes that carry no claim until the manager has said whose they are: those that look filed under the wrong person."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from assistant.actions.find_misfiled import MOST_CHECKED, find_misfiled, may_be_misfiled
from assistant.domain.account import AccountId
from assistant.domain.evidence import Evidence, EvidenceState
from assistant.domain.misfiled import Misfiled
from assistant.domain.note import Note, NoteId
from assistant.domain.person import Person, PersonId
from assistant.ports.records import Shelf


def set_aside(
    shelf: Shelf, person_id: PersonId, notes: Iterable[Note], evidence: Sequence[Evidence]
) -> dict[NoteId, Misfiled]:
    """Which of a person's notes look as if they were about somebody else.

    A note of which the manager confirmed a passage is in its place. An account with more notes than an import checks
    by itself is not looked at.

    Args:
        shelf: The account's records.
        person_id: Whose notes they are.
        notes: The notes that would be used.
        evidence: What was found in them.
    """
    if shelf.notes.more_than(MOST_CHECKED):
        return {}
    people = tuple(shelf.people.all())
    settled = {item.note.id for item in evidence if item.state is EvidenceState.CONFIRMED}
    own = {note.id: note for note in (*notes, *(i.note for i in evidence)) if note.id not in settled}
    if not may_be_misfiled(own.values(), person_id, people):
        return {}
    found = _found(shelf.account.id, people, shelf.notes.state())
    if person_id not in found:
        found[person_id] = find_misfiled(people, shelf.notes.all(), person_id)
    return {item.note.id: item for item in found[person_id] if item.note.id in own}


@lru_cache(maxsize=256)  # every turn asks, and a hundred managers at once; what is kept holds no note but those found
def _found(account_id: AccountId, people: tuple[Person, ...], state: str) -> dict[PersonId, tuple[Misfiled, ...]]:
    """Where what was found is kept, by person, as long as people and notes are what they are."""
    return {}

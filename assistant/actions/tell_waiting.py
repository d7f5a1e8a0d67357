"""What was found about people and has no verdict yet."""

from collections.abc import Iterable, Sequence

from assistant.domain.agenda import Waiting
from assistant.domain.evidence import EvidenceState
from assistant.domain.note import AiUse
from assistant.domain.person import Person
from assistant.ports.records import Shelf


def tell_waiting(shelf: Shelf, people: Iterable[Person]) -> Sequence[Waiting]:
    """For each of these people what waits for a verdict, newest first; nobody with nothing."""
    found = []
    for person in people:
        items = tuple(
            item
            for item in reversed(shelf.evidence.of(person.id))
            if item.state is EvidenceState.SUGGESTED and item.counts and item.note.ai is AiUse.ALLOWED
        )
        if items:
            found.append(Waiting(person, items))
    return found

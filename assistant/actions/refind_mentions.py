"""Names that have changed are looked for in the notes that are kept already, in the write that changes them."""

from collections.abc import Sequence

from assistant.actions.find_mentions import can_hold, find_mentions
from assistant.domain.person import Person
from assistant.ports.records import Shelf


def refind_mentions(shelf: Shelf, before: Sequence[Person]) -> int:
    """Mentions found anew wherever a name stands that somebody got, lost or now shares; in how many notes they changed.

    Args:
        shelf: Where the people are changed already.
        before: Everybody there was before.
    """
    people = shelf.people.all()
    told = {(p.id, p.names) for p in before} ^ {(p.id, p.names) for p in people}
    notes = shelf.mentions.naming(can_hold({name for _, names in told for name in names})) if told else ()
    found = [find_mentions(note, people) for note in notes]
    changed = [new for old, new in zip(notes, found, strict=True) if new.mentions != old.mentions]
    shelf.mentions.put(changed)
    return len(changed)

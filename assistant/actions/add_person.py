"""Add somebody to lead. A second person of one name is welcome; a second entry for the same person is not."""

from dataclasses import replace

from assistant.actions.refind_mentions import refind_mentions
from assistant.domain.person import Person, PersonId, fold_name
from assistant.errors import Choice, Refused
from assistant.ports.outside import Ids
from assistant.ports.records import Shelf


def add_person(shelf: Shelf, person: Person, ids: Ids) -> Person:
    """Keep a new person; the id "new" is replaced by a fresh one.

    Raises:
        Refused: Somebody with exactly this name and role is there already.
    """
    before = shelf.people.all()
    same = [p for p in before if fold_name(p.name) == fold_name(person.name)]
    if any(p.role.casefold() == person.role.casefold() for p in same):
        raise Refused(
            f"{person.name} is already among your people.",
            next="If this is somebody else, give a role that tells them apart.",
            choices=[Choice(p.id, p.name, p.role) for p in same],
        )
    kept = replace(person, id=PersonId(ids())) if person.id == "new" else person
    shelf.people.add(kept)
    refind_mentions(shelf, before)
    return kept

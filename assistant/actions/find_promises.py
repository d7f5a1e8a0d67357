"""Promises are found over somebody's whole history, outside of any write. Notes that came meanwhile are noticed."""

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date

from assistant.domain.account import AccountId
from assistant.domain.note import NoteId
from assistant.domain.person import Person, PersonId
from assistant.domain.policy import Readable
from assistant.domain.promise import Promise
from assistant.ports.engine import Finder
from assistant.ports.records import Records, Shelf

TRIES = 3  # outside of the write; then inside, where nobody can come between


def find_promises(
    shelf: Shelf,
    finder: Finder,
    person: Person,
    fresh: Sequence[Readable] = (),
    *,
    without: Collection[NoteId] = (),
) -> Sequence[Promise]:
    """One person's promises over the whole history, with notes about to be written, without those about to go."""
    ids = {*without, *(r.note.id for r in fresh)}
    known = [r for r in shelf.screenings.of(shelf.notes.of(person.id)) if r.note.id not in ids]
    return finder.promises(person, shelf.account, sorted([*known, *fresh], key=lambda r: (r.note.day, r.note.id)))


def refind_promises(shelf: Shelf, finder: Finder, people: Sequence[Person]) -> None:
    """Find the promises of these people anew over what the shelf holds now."""
    for person in people:
        _put(shelf, finder, person.id, find_promises(shelf, finder, person))


def write_with_promises(
    records: Records,
    account: AccountId,
    today: date,
    write: Callable[[Shelf], None],
    *,
    finder: Finder,
    people: Sequence[Person],
    fresh: Sequence[Readable] = (),
    without: Collection[NoteId] = (),
) -> None:
    """Write, and with it the promises of these people as they are afterwards, in one short unit of work.

    They are found before the write begins. When somebody else's write came between, they are found again, so that
    neither of the two writes takes the other's promises away.

    Args:
        records: The truth.
        account: Whose.
        today: The day of the view.
        write: What changes the notes; it may be called only once, and raises to leave all as it was.
        finder: What finds promises.
        people: Whose promises may change by it.
        fresh: The notes as they will be, with what of them may be used.
        without: Notes that will no longer count as they are now.
    """
    own = {p.id: [r for r in fresh if r.note.person_id == p.id] for p in people}
    for _ in range(TRIES):
        with records.reading(account, today) as shelf:
            before = {p.id: shelf.notes.digest(p.id) for p in people}
            found = {p.id: find_promises(shelf, finder, p, own[p.id], without=without) for p in people}
        with records.writing(account, today) as shelf:
            if _unchanged(shelf, before):
                write(shelf)
                for person_id, promises in found.items():
                    _put(shelf, finder, person_id, promises)
                return
    with records.writing(account, today) as shelf:
        write(shelf)
        refind_promises(shelf, finder, people)


def _unchanged(shelf: Shelf, before: Mapping[PersonId, str]) -> bool:
    return all(shelf.notes.digest(person_id) == digest for person_id, digest in before.items())


def _put(shelf: Shelf, finder: Finder, person_id: PersonId, found: Sequence[Promise]) -> None:
    shelf.promises.replace_found(person_id, found)
    shelf.readings.mark_person(person_id, finder.fingerprint)

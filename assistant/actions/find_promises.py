"""Promises are found over somebody's whole history, outside of any write. Notes that came meanwhile are noticed."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.actions.heed_word import counting, wanted_promises
from assistant.domain.account import AccountId
from assistant.domain.debrief import DebriefDraft
from assistant.domain.note import NoteId
from assistant.domain.person import Person, PersonId
from assistant.domain.policy import Readable
from assistant.domain.promise import Promise
from assistant.ports.engine import Finder
from assistant.ports.records import Records, Shelf


def find_promises(
    shelf: Shelf,
    finder: Finder,
    person: Person,
    fresh: Sequence[Readable] = (),
    *,
    without: Collection[NoteId] = (),
    answered: Collection[NoteId] = (),
    refused: Sequence[DebriefDraft] = (),
) -> Sequence[Promise]:
    """One person's promises over the whole history, with notes about to be written, without those about to go.

    A debrief that nobody said yes to is not looked through, but for those `answered` just now; what was left out at a
    yes is not found again, nor what is `refused` just now.
    """
    ids = {*without, *(r.note.id for r in fresh)}
    read = [r for r in shelf.screenings.of(shelf.notes.of(person.id)) if r.note.id not in ids] + [*fresh]
    counted = counting(shelf, (r.note.id for r in read), answered)
    told = sorted((r for r in read if r.note.id in counted), key=lambda r: (r.note.day, r.note.id))
    found = finder.promises(person, shelf.account, told)
    return wanted_promises(found, (*shelf.pending.left_out(), *refused))


def refind_promises(shelf: Shelf, finder: Finder, people: Sequence[Person]) -> None:
    """Find the promises of these people anew over what the shelf holds now."""
    for person in people:
        _put(shelf, finder, person.id, find_promises(shelf, finder, person))


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One person's promises as they were found before a write, and what their notes were then."""

    person: Person
    promises: Sequence[Promise]
    digest: str


def foresee(
    shelf: Shelf,
    finder: Finder,
    person: Person,
    fresh: Sequence[Readable] = (),
    *,
    without: Collection[NoteId] = (),
    answered: Collection[NoteId] = (),
    refused: Sequence[DebriefDraft] = (),
) -> Foreseen:
    """What `find_promises` says, with what it takes to see later whether it still holds."""
    found = find_promises(shelf, finder, person, fresh, without=without, answered=answered, refused=refused)
    return Foreseen(person, found, shelf.notes.digest(person.id))


def overtaken(shelf: Shelf, foreseen: Iterable[Foreseen]) -> set[PersonId]:
    """Whose notes somebody else has changed since; to be asked before anything is written."""
    return {each.person.id for each in foreseen if shelf.notes.digest(each.person.id) != each.digest}


def write_promises(shelf: Shelf, finder: Finder, foreseen: Iterable[Foreseen], late: Collection[PersonId]) -> None:
    """Keep the promises that were foreseen; of those who were overtaken, find them over what the shelf holds now."""
    for each in foreseen:
        found = find_promises(shelf, finder, each.person) if each.person.id in late else each.promises
        _put(shelf, finder, each.person.id, found)


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
    last: Callable[[Shelf], None] = lambda shelf: None,
) -> None:
    """Write, and with it the promises of these people as they are afterwards, in one short unit of work.

    They are found before the write begins. When somebody else's write came between, they are found again, so that
    neither of the two writes takes the other's promises away.

    Args:
        records: The truth.
        account: Whose.
        today: The day of the view.
        write: What changes the notes; it raises to leave all as it was.
        finder: What finds promises.
        people: Whose promises may change by it.
        fresh: The notes as they will be, with what of them may be used.
        without: Notes that will no longer count as they are now.
        last: What looks at the records when all of this is written.
    """
    with records.reading(account, today) as shelf:
        own = [(person, [r for r in fresh if r.note.person_id == person.id]) for person in people]
        foreseen = [foresee(shelf, finder, person, told, without=without) for person, told in own]
    with records.writing(account, today) as shelf:
        late = overtaken(shelf, foreseen)
        write(shelf)
        write_promises(shelf, finder, foreseen, late)
        last(shelf)


def _put(shelf: Shelf, finder: Finder, person_id: PersonId, found: Sequence[Promise]) -> None:
    shelf.promises.replace_found(person_id, found)
    shelf.readings.mark_person(person_id, finder.fingerprint)

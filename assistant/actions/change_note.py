"""Edit, move or delete a note. What stood on the old words is found anew, so nothing quotes what is gone."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.actions.erase import erasing_for_good
from assistant.actions.keep_notes import find_promises, held_meetings, make_ready, write_derived
from assistant.domain.account import AccountId
from assistant.domain.note import AiUse, Note, NoteId
from assistant.domain.person import Person
from assistant.domain.policy import Readable
from assistant.domain.promise import Promise
from assistant.errors import Refused
from assistant.ports.engine import Finder
from assistant.ports.keeping import Eraser
from assistant.ports.outside import Ids, NoteSearch
from assistant.ports.records import Records, Shelf


def edit_note(
    records: Records,
    account: AccountId,
    today: date,
    note_id: NoteId,
    *,
    text: str | None,
    ai: AiUse | None,
    search: NoteSearch,
    finder: Finder,
    ids: Ids,
) -> Note:
    """The note with new words or another use as its next revision; the old words stay in its history."""
    with records.reading(account, today) as shelf:
        old = shelf.notes.get(note_id)
        person = shelf.people.get(old.person_id)
    changed = replace(old, text=old.text if text is None else text, ai=ai or old.ai, mentions=())
    if (changed.text, changed.ai) == (old.text, old.ai):
        return old
    return _store(records, account, today, changed, [person], search, finder, ids)


def move_note(
    records: Records,
    account: AccountId,
    today: date,
    note_id: NoteId,
    to: Person,
    *,
    search: NoteSearch,
    finder: Finder,
    ids: Ids,
) -> Note:
    """The note, filed under another person.

    Raises:
        Refused: It is filed there already.
    """
    with records.reading(account, today) as shelf:
        old = shelf.notes.get(note_id)
        before = shelf.people.get(old.person_id)
    if old.person_id == to.id:
        raise Refused(f"This note is already filed under {to.name}.")
    moved = replace(old, person_id=to.id, mentions=())
    return _store(records, account, today, moved, [before, to], search, finder, ids)


def delete_note(
    records: Records, account: AccountId, today: date, note_id: NoteId, *, finder: Finder, eraser: Eraser
) -> None:
    """Remove a note and everything derived from it, for good; promises it bore witness to are found anew."""
    with records.reading(account, today) as shelf:
        person = shelf.people.get(shelf.notes.get(note_id).person_id)
        promises = find_promises(shelf, finder, person, without={note_id})  # slow, so before the write
    with erasing_for_good(eraser, account, notes=[note_id]), records.writing(account, today) as shelf:
        if shelf.notes.get(note_id).person_id != person.id:
            raise Refused("This note has been moved meanwhile.", next="Open it again and repeat your change.")
        shelf.notes.remove([note_id])
        shelf.promises.replace_found(person.id, promises)


def refind_promises(shelf: Shelf, finder: Finder, people: Sequence[Person]) -> None:
    """Find the promises of these people anew over what the shelf holds now."""
    for person in people:
        shelf.promises.replace_found(person.id, find_promises(shelf, finder, person))


def _store(
    records: Records,
    account: AccountId,
    today: date,
    note: Note,
    touched: Sequence[Person],
    search: NoteSearch,
    finder: Finder,
    ids: Ids,
) -> Note:
    """Write the next revision with all that follows from it; the slow part comes first."""
    following = replace(note, revision=note.revision + 1)
    with records.reading(account, today) as shelf:
        ready = make_ready([following], shelf.people.all(), shelf.account, search, finder)
        fresh = [Readable(n, s) for n, s in zip(ready.notes, ready.screenings, strict=True)]
        promises: dict[str, Sequence[Promise]] = {}
        for person in touched:
            own = [r for r in fresh if r.note.person_id == person.id]
            promises[person.id] = find_promises(shelf, finder, person, own, without={note.id})
    with records.writing(account, today) as shelf:
        shelf.notes.save(ready.notes[0])
        write_derived(shelf, ready)
        shelf.meetings.save(held_meetings(shelf, ready.notes, ids))
        for person in touched:
            shelf.promises.replace_found(person.id, promises[person.id])
    return ready.notes[0]

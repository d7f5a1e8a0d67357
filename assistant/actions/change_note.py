"""Edit, move or delete a note. What stood on the old words is found anew, so nothing quotes what is gone."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.actions.erase import erasing_for_good
from assistant.actions.find_promises import write_with_promises
from assistant.actions.keep_notes import held_meetings, make_ready, not_later, write_derived
from assistant.domain.account import AccountId
from assistant.domain.note import AiUse, Note, NoteId, NoteKind, Sharing
from assistant.domain.person import Person
from assistant.domain.removed import Removed, RowChange
from assistant.errors import Refused
from assistant.ports.engine import Finder
from assistant.ports.keeping import Eraser
from assistant.ports.outside import Ids, NoteSearch
from assistant.ports.records import Records, Shelf


@dataclass(frozen=True, slots=True)
class NoteEdit:
    """What is to become of a note; what is left out stays.

    Attributes:
        based_on: The revision somebody had before their eyes; another one by now, and the edit is refused.
    """

    text: str | None = None
    ai: AiUse | None = None
    sharing: Sharing | None = None
    day: date | None = None
    kind: NoteKind | None = None
    based_on: int | None = None

    def applied_to(self, note: Note) -> Note:
        """The note with the changes, at its old revision."""
        said = {name: getattr(self, name) for name in ("text", "ai", "sharing", "day", "kind")}
        told = {name: value for name, value in said.items() if value is not None}
        if told.get("text", note.text) != note.text:
            told["mentions"] = ()  # they are places in the old words; those of the new ones are found when it is stored
        return replace(note, **told)


def edit_note(
    records: Records,
    account: AccountId,
    today: date,
    note_id: NoteId,
    edit: NoteEdit,
    *,
    search: NoteSearch,
    finder: Finder,
    ids: Ids,
) -> Note:
    """The note with new words, day, kind or use as its next revision; the old words stay in its history.

    Raises:
        Unknown: There is no such note.
        Refused: It has changed since the revision that the edit is based on.
        Invalid: It would have no words, or a day to come.
    """
    with records.reading(account, today) as shelf:
        old = shelf.notes.get(note_id)
        person = shelf.people.get(old.person_id)
    if edit.based_on not in (None, old.revision):
        raise Refused(
            f"This note has been changed meanwhile: it is at revision {old.revision}, not {edit.based_on}.",
            next="Open it again and repeat your change.",
        )
    if edit.day is not None:
        not_later(edit.day, today)
    changed = edit.applied_to(old)
    if changed == old:
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
    moved = replace(old, person_id=to.id)
    return _store(records, account, today, moved, [before, to], search, finder, ids)


def delete_note(
    records: Records,
    account: AccountId,
    today: date,
    note_id: NoteId,
    *,
    finder: Finder,
    eraser: Eraser,
    first: Callable[[Shelf], object] = lambda shelf: None,
) -> Removed:
    """Remove a note and everything derived from it; promises it bore witness to are found anew.

    On disk it is gone for good; what is given back is the only way to put it back, for whoever keeps that in memory.
    `first` is done in the same unit of work, before the note goes: both happen or neither.
    """
    with records.reading(account, today) as shelf:
        note = shelf.notes.get(note_id)
        person = shelf.people.get(note.person_id)
    watched: list[Callable[[], tuple[RowChange, ...]]] = []
    gone: list[Removed] = []

    def remove(shelf: Shelf) -> None:
        if shelf.notes.get(note_id).person_id != person.id:  # somebody else may just have deleted or moved it
            raise Refused("This note has been moved meanwhile.", next="Open it again and repeat your change.")
        watched.append(shelf.erasing.watch([note_id]))
        first(shelf)
        shelf.notes.remove([note_id])

    with erasing_for_good(eraser, account, notes=[note_id]) as erasure:

        def look(shelf: Shelf) -> None:
            left = shelf.notes.digest(person.id)
            gone.append(Removed(account, watched[0](), erasure.ids[0], note_id, person.id, left))

        write_with_promises(
            records, account, today, remove, finder=finder, people=[person], without={note_id}, last=look
        )
    return gone[0]


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
    following = replace(note, revision=note.revision + 1, mentions=())
    with records.reading(account, today) as shelf:
        ready = make_ready([following], shelf.people.all(), shelf.account, search, finder)

    def save(shelf: Shelf) -> None:
        shelf.notes.save(ready.notes[0])
        write_derived(shelf, ready)
        shelf.meetings.save(held_meetings(shelf, ready.notes, ids))

    write_with_promises(
        records, account, today, save, finder=finder, people=touched, fresh=ready.readable, without={note.id}
    )
    return ready.notes[0]

"""Two entries that are one person become one. Only ever on the manager's word, never by itself."""

from dataclasses import replace
from datetime import date

from assistant.actions.change_note import move_note
from assistant.actions.find_promises import refind_promises
from assistant.domain.account import AccountId
from assistant.domain.person import Person
from assistant.errors import Refused
from assistant.ports.engine import Finder
from assistant.ports.outside import Ids, NoteSearch
from assistant.ports.records import Records


def merge_people(
    records: Records,
    account: AccountId,
    today: date,
    keep: Person,
    other: Person,
    *,
    search: NoteSearch,
    finder: Finder,
    ids: Ids,
) -> Person:
    """File everything of `other` under `keep` and remember the other's names as aliases.

    Raises:
        Refused: Both are the same entry.
    """
    if keep.id == other.id:
        raise Refused(f"{keep.name} cannot be merged with the same entry.", next="Name two entries.")
    with records.reading(account, today) as shelf:
        notes = [note.id for note in shelf.notes.of(other.id)]
    for note_id in notes:
        move_note(records, account, today, note_id, keep, search=search, finder=finder, ids=ids)
    names = (*keep.aka, other.name, *other.aka)
    merged = replace(
        keep,
        aka=tuple(dict.fromkeys(n for n in names if n != keep.name)),
        role=keep.role or other.role,
        start=keep.start or other.start,
        customers=keep.customers or other.customers,
    )
    with records.writing(account, today) as shelf:
        by_hand = [replace(p, person_id=keep.id) for p in shelf.promises.of(other.id) if p.by_hand]
        meetings = [replace(m, person_id=keep.id, note_ids=()) for m in shelf.meetings.of(other.id)]
        asked = [replace(entry, person_id=keep.id) for entry in shelf.ledger.of(other.id)]
        known = {m.day for m in shelf.meetings.of(keep.id)}
        shelf.people.remove(other.id)
        shelf.people.save(merged)
        shelf.promises.save(by_hand)
        shelf.meetings.save([m for m in meetings if m.day not in known])
        for entry in asked:
            shelf.ledger.add(entry)
        refind_promises(shelf, finder, [merged])
    return merged

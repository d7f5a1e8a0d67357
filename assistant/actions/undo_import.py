"""Take an import back: its notes, and the people it brought who have nothing left. What was edited since stays."""

from datetime import date

from assistant.actions.erase import erasing_for_good
from assistant.actions.find_promises import refind_promises
from assistant.actions.refind_mentions import refind_mentions
from assistant.domain.account import AccountId, Role
from assistant.ports.engine import Finder
from assistant.ports.keeping import Eraser
from assistant.ports.records import Records


def undo_import(
    records: Records, account: AccountId, today: date, import_id: str, *, finder: Finder, eraser: Eraser
) -> int:
    """Remove what an import brought; how many notes went.

    An admin takes it back in every account it touched, a manager in their own only.

    Raises:
        Unknown: This account has no such import.
    """
    with records.reading(account, today) as shelf:
        shelf.imports.get(import_id)
        everywhere = Role.ADMIN in shelf.account.roles
    touched = [account]
    for other in (a.id for a in records.accounts.all() if everywhere and a.id != account):
        with records.reading(other, today) as shelf:
            if any(entry.id == import_id for entry in shelf.imports.all()):
                touched.append(other)
    return sum(_undo_in(records, each, import_id, finder, eraser) for each in touched)


def _undo_in(records: Records, account: AccountId, import_id: str, finder: Finder, eraser: Eraser) -> int:
    """Undo in one account, in one unit of work; promises that rested on these notes are found anew."""
    with erasing_for_good(eraser, account) as erasure, records.writing(account, date.max) as shelf:
        # date.max: an import may hold notes after the day of the view
        notes, people = shelf.notes.all(), shelf.people.all()
        about = dict.fromkeys(note.person_id for note in notes if note.import_id == import_id)
        gone = shelf.imports.undo(import_id)
        staying, stayed = shelf.people.all(), {note.id for note in shelf.notes.all()}
        refind_mentions(shelf, people)
        refind_promises(shelf, finder, [person for person in staying if person.id in about])
        erasure.write_down_inside(
            people={person.id for person in people} - {person.id for person in staying},
            notes=[note.id for note in notes if note.id not in stayed],
        )
    return gone

"""Take an import back: its notes, and the people it brought who have nothing left. What was edited since stays."""

from datetime import date

from assistant.actions.change_note import refind_promises
from assistant.actions.erase import erasing_for_good
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
    with records.reading(account, date.max) as shelf:
        going = [n.id for n in shelf.notes.all() if n.import_id == import_id and n.revision == 1]
    with erasing_for_good(eraser, account, notes=going), records.writing(account, date.max) as shelf:
        # date.max: an import may hold notes after the day of the view
        about = dict.fromkeys(note.person_id for note in shelf.notes.all() if note.import_id == import_id)
        gone = shelf.imports.undo(import_id)
        refind_promises(shelf, finder, [person for person in shelf.people.all() if person.id in about])
    return gone

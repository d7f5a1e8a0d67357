"""Put back what was removed a moment ago, whole: the rows as they were, unless somebody changed them since."""

from datetime import date

from assistant.actions.find_mentions import find_mentions
from assistant.actions.find_promises import refind_promises
from assistant.actions.keep_notes import held_meetings
from assistant.domain.account import AccountId
from assistant.domain.note import Note
from assistant.domain.removed import Removed
from assistant.errors import Refused
from assistant.ports.engine import Finder
from assistant.ports.keeping import Eraser
from assistant.ports.outside import Ids
from assistant.ports.records import Records, Shelf


def put_back(
    records: Records, account: AccountId, today: date, removed: Removed, *, finder: Finder, eraser: Eraser, ids: Ids
) -> None:
    """The removed thing with everything that went along.

    Raises:
        Refused: Somebody was forgotten since, or whom it was about is no longer here: it stays gone.
    """
    if removed.account_id != account or not eraser.may_come_back(removed.erasure):
        raise _stays_gone()
    with records.writing(account, today) as shelf:
        person_id, note_id = removed.person_id, removed.note_id
        alone = person_id is None or shelf.notes.digest(person_id) == removed.left
        shelf.erasing.put_back(removed.changes)
        if note_id and not shelf.notes.known([note_id]):
            raise _stays_gone()
        if note_id and not alone:
            _join(shelf, shelf.notes.get(note_id), finder, ids)
    eraser.came_back(removed.erasure)


def _stays_gone() -> Refused:
    return Refused(
        "Somebody was forgotten or merged since, so what was removed stays gone.",
        next="Write it anew if it should be on record.",
    )


def _join(shelf: Shelf, note: Note, finder: Finder, ids: Ids) -> None:
    """Other notes came, went or changed meanwhile: what rests on several notes is found over all of them."""
    shelf.mentions.put([find_mentions(note, shelf.people.all())])
    shelf.meetings.save(held_meetings(shelf, [note], ids))
    refind_promises(shelf, finder, [shelf.people.get(note.person_id)])

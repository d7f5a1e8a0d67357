"""Forget somebody for good: written down first, then erased, then looked for byte by byte. It resumes after a crash."""

import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date

from assistant.actions.erase import erasing_for_good
from assistant.domain.account import AccountId
from assistant.domain.exported import ForgetReport
from assistant.domain.note import NoteId
from assistant.domain.person import Person
from assistant.errors import HomeError
from assistant.ports.keeping import Eraser
from assistant.ports.outside import NoteSearch
from assistant.ports.records import Records, Shelf

_PASSAGE = 24  # characters that are looked for
_MOST = 24  # passages that are looked for


def forget_person(
    records: Records,
    account: AccountId,
    today: date,
    person: Person,
    *,
    eraser: Eraser,
    search: NoteSearch,
    with_mentions: bool = False,
    dry_run: bool = False,
) -> ForgetReport:
    """Erase a person, their notes and everything that hangs on either; notes about others stay, and are told.

    Files that were sent to the page and wait for a yes go whole, since nobody has read yet whom they are about.
    With `with_mentions` the name is blacked out in those notes. With `dry_run` nothing is written.

    Raises:
        Unknown: This account has no such person.
    """
    with records.reading(account, today) as shelf:
        who = shelf.people.get(person.id)
        erasing = shelf.erasing
        notes, named_in = erasing.notes_of(who.id), tuple(erasing.naming(who))
        report = ForgetReport(
            who.id, who.name, dry_run, erasing.counts(who.id), named_in, with_mentions and bool(named_in)
        )
        if dry_run:
            return replace(report, sealed_backups=eraser.sealed_backups(), on_server=eraser.on_server())
        passages = _passages(shelf, notes)
    with erasing_for_good(eraser, account, people=[who.id], notes=notes, names=with_mentions) as erasure:
        with records.writing(account, today) as shelf:
            if with_mentions:  # also where no note names them: a question or a card may
                shelf.erasing.black_out(who, named_in)
            shelf.erasing.forget(who)
    sent = eraser.drop_sent(account)
    if with_mentions and named_in:
        with suppress(HomeError):  # they are gone; what is missing without room is made by the next reading
            _make_findable(records, account, today, named_in, search)
    searched, left = 0, tuple[str, ...]()
    with suppress(HomeError):  # they are gone; only nobody could look whether they are
        searched, left = eraser.look_for(passages)
    return replace(
        report, searched=(len(passages), searched), left=left, unfinished=not erasure.finished,
        sealed_backups=eraser.sealed_backups(), sent=sent, on_server=eraser.on_server(),
    )  # fmt: skip


def _passages(shelf: Shelf, notes: Sequence[NoteId]) -> list[str]:
    """Pieces of the notes that stand in no note that stays, from as many notes as are worth looking for."""
    going = {*notes}
    staying = shelf.erasing.texts_of([note.id for note in shelf.notes.all() if note.id not in going])
    found: list[str] = []
    step = max(1, len(notes) // _MOST)
    for text in shelf.erasing.texts_of(notes[::step]):
        pieces = [line[at : at + _PASSAGE] for line in re.split(r"[\r\n\"\\]", text) for at in (0, len(line) // 2)]
        own = next((p for p in pieces if len(p) == _PASSAGE and not any(p in other for other in staying)), None)
        if own is not None:
            found.append(own)
    return found[:_MOST]


def _make_findable(
    records: Records, account: AccountId, today: date, note_ids: Sequence[NoteId], search: NoteSearch
) -> None:
    """Vectors for notes whose words have changed; the slow part stays outside of the write."""
    with records.reading(account, date.max) as shelf:
        vectors = search.prepare(shelf.notes.known(note_ids), shelf.people.all())
    with records.writing(account, today) as shelf:
        shelf.vectors.put(vectors)

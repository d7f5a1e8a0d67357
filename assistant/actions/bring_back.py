"""Bring an export back under its own ids: notes, revisions, verdicts, promises, meetings, questions and plans.

Nobody's word is taken on what is derived: what is private in a note is decided here, anew, and a quote that touches
it stays out. An export is put beside what is there, never over it.
"""

from collections.abc import Sequence
from datetime import date

from assistant.actions.refind_mentions import refind_mentions
from assistant.domain.account import AccountId
from assistant.domain.exported import Exported, Taken
from assistant.domain.importing import Fate, FileReport, ImportReport, MatchState, NoteAhead, PersonMatch
from assistant.domain.note import Note
from assistant.ports.engine import Finder
from assistant.ports.outside import Clock, Ids, NoteSearch
from assistant.ports.records import ImportEntry, Records

NAME = "an export"


def bring_back(
    records: Records,
    account: AccountId,
    today: date,
    exported: Exported,
    *,
    search: NoteSearch,
    finder: Finder,
    ids: Ids,
    clock: Clock,
    dry_run: bool,
) -> ImportReport:
    """Everybody an export holds, in one write, or nobody; `import undo` takes notes back that were never edited.

    Raises:
        ImportRefused: Somebody of them is here already, or the export does not hold together.
        Unknown: There is no such account.
    """
    entry = ImportEntry(ids(), clock(), NAME, 0)
    with records.reading(account, date.max) as shelf:  # a rehearsal: nothing written in here is kept
        taken = shelf.archive.take(exported, entry.id)
        notes = [*shelf.notes.known(taken.notes)]
        people = [*shelf.people.all()]
    if not dry_run:
        screenings, vectors = finder.screen(notes), search.prepare(notes, people)
        with records.writing(account, today) as shelf:
            before = shelf.people.all()
            shelf.archive.take(exported, entry.id)
            refind_mentions(shelf, before)
            shelf.screenings.put(screenings)
            shelf.vectors.put(vectors)
            shelf.imports.add(ImportEntry(entry.id, entry.at, NAME, len(notes)))
    return _report(entry.id, taken, exported, notes if dry_run else [], dry_run)


def _report(entry_id: str, taken: Taken, exported: Exported, notes: Sequence[Note], dry_run: bool) -> ImportReport:
    of_person = {who.id: 0 for who in taken.people}
    for row in exported.tables.get("note", ()):
        of_person[row["person_id"]] += 1
    matches = tuple(PersonMatch(who.name, MatchState.NEW, of_person[who.id], who) for who in taken.people)
    remarks = [f"From {exported.account_name}'s records, with everything that was kept beside the notes."]
    if taken.left_out:
        remarks.append(f"{taken.left_out} links to people or notes that are not in this export were left out.")
    files = (FileReport(NAME, added=len(taken.notes)),)
    people = {who.id: who for who in taken.people}
    ahead = tuple(
        NoteAhead(NAME, who.name, note.day, note.text, note.kind, Fate.NEW, who, as_it_was=True)
        for note in notes
        if (who := people.get(note.person_id))
    )
    return ImportReport("" if dry_run else entry_id, dry_run, files, matches, (), tuple(remarks), ahead)

"""Bring an export back under its own ids: notes, revisions, verdicts, promises, meetings, questions and plans.

Nobody's word is taken on what is derived: what is private in a note is decided here, anew, and a quote that touches
it stays out. An export is put beside what is there, never over it.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.actions.find_mentions import find_mentions
from assistant.actions.refind_mentions import refind_mentions
from assistant.domain.account import AccountId
from assistant.domain.exported import Exported, Taken
from assistant.domain.importing import Fate, FileReport, ImportReport, MatchState, NoteAhead, PersonMatch
from assistant.domain.note import Note, NoteId
from assistant.domain.person import Person
from assistant.ports.engine import Finder
from assistant.ports.outside import Clock, Ids, NoteSearch
from assistant.ports.records import ImportEntry, Records, Shelf

NAME = "Export"


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
        before = shelf.people.all()
        taken = shelf.archive.take(exported, entry.id)
        linked = _find_names(shelf, before, taken.notes)
        notes = [*shelf.notes.known(taken.notes)]
        people = [*shelf.people.all()]
    if not dry_run:
        screenings, vectors = finder.screen(notes), search.prepare(notes, people)
        with records.writing(account, today) as shelf:
            before = shelf.people.all()
            shelf.archive.take(exported, entry.id)
            _find_names(shelf, before, taken.notes)
            shelf.screenings.put(screenings)
            shelf.vectors.put(vectors)
            shelf.imports.add(ImportEntry(entry.id, entry.at, NAME, len(notes)))
    report = _report(
        entry.id,
        replace(taken, left_out=max(0, taken.left_out - linked)),
        exported,
        dry_run,
        exported.account_id == account,
    )
    return replace(report, ahead=_ahead(taken, notes)) if dry_run else report


def _find_names(shelf: Shelf, before: Sequence[Person], taken: Sequence[NoteId]) -> int:
    """Whoever came is looked for in the notes here, and whoever was here in those that came; links that made new."""
    old = [*shelf.notes.known(taken)]
    refind_mentions(shelf, before)
    people = shelf.people.all()
    found = [find_mentions(note, people) for note in old]
    shelf.mentions.put([new for was, new in zip(old, found, strict=True) if new.mentions != was.mentions])
    return sum(len({*new.mentions} - {*was.mentions}) for was, new in zip(old, found, strict=True))


def _report(entry_id: str, taken: Taken, exported: Exported, dry_run: bool, own: bool) -> ImportReport:
    of_person = {who.id: 0 for who in taken.people}
    for row in exported.tables.get("note", ()):
        of_person[row["person_id"]] += 1
    matches = tuple(PersonMatch(who.name, MatchState.NEW, of_person[who.id], who) for who in taken.people)
    whose = "your own" if own else f"{exported.account_name}'s"
    remarks = [f"From {whose} records, with everything that was kept beside the notes."]
    if taken.left_out:
        remarks.append(f"{taken.left_out} links to people or notes that are not in this export were left out.")
    files = (FileReport(NAME, added=len(taken.notes)),)
    return ImportReport("" if dry_run else entry_id, dry_run, files, matches, (), tuple(remarks))


def _ahead(taken: Taken, notes: Sequence[Note]) -> tuple[NoteAhead, ...]:
    """The notes as they would be on record again."""
    people = {who.id: who for who in taken.people}
    return tuple(
        NoteAhead(NAME, who.name, note.day, note.text, note.kind, Fate.NEW, who, as_it_was=True)
        for note in notes
        if (who := people.get(note.person_id))
    )

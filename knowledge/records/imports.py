"""What was imported, as rows, and how it is taken back."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, delete, exists, not_, or_, select, update

from assistant.domain.meeting import MeetingState, planned_by
from assistant.errors import Unknown
from assistant.ports.records import ImportEntry
from knowledge.records.bench import forget_copies
from knowledge.records.notes import SqlNotes
from knowledge.records.scope import Scope, is_storable
from knowledge.records.tables import asked, import_entry, meeting, meeting_note, note, person, plan, promise

_COLUMNS = (
    import_entry.c.id, import_entry.c.at, import_entry.c.what, import_entry.c.notes, import_entry.c.undone,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SqlImports:
    """Imports into the scope's account."""

    scope: Scope

    def all(self) -> Sequence[ImportEntry]:
        """Every import, newest first."""
        query = select(*_COLUMNS).where(self.scope.own(import_entry))
        return [_noun(row) for row in self.scope.rows(query.order_by(import_entry.c.at.desc(), import_entry.c.id))]

    def get(self, import_id: str) -> ImportEntry:
        """One import.

        Raises:
            Unknown: This account has none of that id.
        """
        rows: Sequence[Any] = ()
        if is_storable(import_id):
            here = (self.scope.own(import_entry), import_entry.c.id == import_id)
            rows = self.scope.rows(select(*_COLUMNS).where(*here))
        if not rows:
            raise Unknown(f"There is no import {import_id}.", next="The report of an import shows its id.")
        return _noun(rows[0])

    def add(self, entry: ImportEntry) -> None:
        """Write one down. People added before in this unit of work are taken to be its making."""
        names = ("id", "at", "what", "notes", "undone")
        self.scope.insert(import_entry, [{name: getattr(entry, name) for name in names}])
        made = and_(self.scope.own(person), self.scope.among(person.c.id, self.scope.made_people))
        self.scope.run(update(person).where(made).values(import_id=entry.id))

    def grow(self, import_id: str, notes: int) -> None:
        """So many more of its notes have come in."""
        this = and_(self.scope.own(import_entry), import_entry.c.id == import_id)
        self.scope.run(update(import_entry).where(this).values(notes=import_entry.c.notes + notes))

    def undo(self, import_id: str) -> int:
        """Remove its notes that are still as imported, what it planned, and people it made who have nothing left.

        Returns:
            How many notes went.

        Raises:
            Unknown: This account has no such import.
        """
        self.get(import_id)
        as_imported = (self.scope.own(note), note.c.import_id == import_id, note.c.revision == 1)
        going = [row[0] for row in self.scope.rows(select(note.c.id).where(*as_imported))]
        SqlNotes(self.scope).remove(going)
        planned = and_(
            meeting.c.id.startswith(planned_by(import_id), autoescape=True),
            meeting.c.state == MeetingState.PLANNED.value,
        )
        noted = exists(
            select(1).where(
                meeting_note.c.account_id == meeting.c.account_id, meeting_note.c.meeting_id == meeting.c.id
            )
        )
        self.scope.run(delete(meeting).where(self.scope.own(meeting), planned, not_(noted)))
        of_person = (
            and_(table.c.account_id == person.c.account_id, table.c.person_id == person.c.id)
            for table in (note, meeting, asked, plan, promise)
        )
        left = or_(*(exists(select(1).where(condition)) for condition in of_person))
        leaving = and_(self.scope.own(person), person.c.import_id == import_id, not_(left))
        forget_copies(self.scope, [row[0] for row in self.scope.rows(select(person.c.id).where(leaving))])
        self.scope.run(delete(person).where(leaving))
        undone = and_(self.scope.own(import_entry), import_entry.c.id == import_id)
        self.scope.run(update(import_entry).where(undone).values(undone=True))
        return len(going)


def _noun(row: Any) -> ImportEntry:
    return ImportEntry(*row)

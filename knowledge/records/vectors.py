"""Vectors of notes, as rows. Derived: they may be deleted at any time and are made anew."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, and_, bindparam, delete, exists, func, not_, select

from assistant.domain.note import Note, NoteId
from assistant.domain.person import PersonId
from assistant.domain.search import NoteVector
from knowledge.records.note_rows import NOTE_COLUMNS, to_notes
from knowledge.records.scope import VISIBLE, Scope
from knowledge.records.tables import note, note_vector

_COLUMNS = (
    note_vector.c.note_id, note_vector.c.revision, note_vector.c.part, note_vector.c.embedder, note_vector.c.data,
)  # fmt: skip
_CURRENT = and_(
    note_vector.c.account_id == note.c.account_id,
    note_vector.c.note_id == note.c.id,
    note_vector.c.revision == note.c.revision,
)

_BYTES_OF_ONE = (
    select(note_vector.c.note_id, note_vector.c.data)
    .select_from(note)
    .join(note_vector, _CURRENT)
    .where(VISIBLE, note.c.person_id == bindparam("person"), note_vector.c.embedder == bindparam("embedder"))
    .order_by(note.c.day, note.c.id, note_vector.c.part)
)


@dataclass(frozen=True, slots=True)
class SqlVectors:
    """Vectors of the scope's account."""

    scope: Scope

    def put(self, vectors: Sequence[NoteVector]) -> None:
        """Store, replacing every older one of the same notes, whichever embedder made it."""
        ids = {v.note_id for v in vectors}
        here = and_(self.scope.own(note_vector), self.scope.among(note_vector.c.note_id, ids))
        self.scope.run(delete(note_vector).where(here))
        names = ("note_id", "revision", "part", "embedder", "data")
        self.scope.insert(note_vector, ({name: getattr(v, name) for name in names} for v in vectors))

    def of(self, person_ids: Sequence[PersonId] | None, embedder: str) -> Sequence[NoteVector]:
        """Vectors of the current revisions of these people's notes (of everyone for None), by day."""
        return [NoteVector(*row) for row in self.scope.rows(self._of(_COLUMNS, person_ids, embedder))]

    def bytes_of(self, person_ids: Sequence[PersonId] | None, embedder: str) -> Sequence[tuple[NoteId, bytes]]:
        """The same as note and bytes alone: a search reads thousands at once."""
        if person_ids is not None and len(person_ids) == 1:
            return self.scope.rows(_BYTES_OF_ONE, person=person_ids[0], embedder=embedder)
        return self.scope.rows(self._of((note_vector.c.note_id, note_vector.c.data), person_ids, embedder))

    def _of(self, columns: Sequence[Column[Any]], person_ids: Sequence[PersonId] | None, embedder: str) -> Select[Any]:
        query = select(*columns).select_from(note).join(note_vector, _CURRENT)
        query = query.where(self.scope.visible, note_vector.c.embedder == embedder)
        if person_ids is not None:
            query = query.where(self.scope.among(note.c.person_id, person_ids))
        return query.order_by(note.c.day, note.c.id, note_vector.c.part)

    def pending(self, embedder: str, limit: int | None = None) -> Sequence[Note]:
        """Notes without a vector of this embedder for their current words."""
        query = select(*NOTE_COLUMNS).where(self._pending(embedder)).order_by(note.c.day, note.c.id).limit(limit)
        return to_notes(self.scope, self.scope.rows(query))

    def pending_count(self, embedder: str) -> int:
        """How many there are."""
        return int(self.scope.rows(select(func.count()).select_from(note).where(self._pending(embedder)))[0][0])

    def _pending(self, embedder: str) -> ColumnElement[bool]:
        made = exists(select(1).where(_CURRENT, note_vector.c.embedder == embedder))
        return and_(self.scope.visible, not_(made))

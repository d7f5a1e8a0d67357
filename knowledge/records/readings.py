"""Which finder read which note, as rows. A note that changed has been read by none."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Table, and_, delete, exists, func, not_, select, update

from assistant.domain.note import Note, NoteId
from assistant.domain.person import PersonId
from assistant.domain.promise import Outcome
from knowledge.records.note_rows import NOTE_COLUMNS, to_notes
from knowledge.records.offers import keep_offers
from knowledge.records.scope import Scope
from knowledge.records.tables import note, note_proposal, note_reading, person_reading


@dataclass(frozen=True, slots=True)
class SqlReadings:
    """Readings of the scope's account."""

    scope: Scope

    def mark(self, note_ids: Collection[NoteId], reader: str) -> None:
        """These notes, as they are now, were read by a finder of this fingerprint."""
        self._mark(note_reading, note_ids, reader)

    def mark_proposed(self, note_ids: Collection[NoteId], proposer: str) -> None:
        """These notes, as they are now, were looked through by a model of this fingerprint."""
        self._mark(note_proposal, note_ids, proposer)

    def _mark(self, table: Table, note_ids: Collection[NoteId], reader: str) -> None:
        here = and_(self.scope.own(table), self.scope.among(table.c.note_id, note_ids))
        self.scope.run(delete(table).where(here))
        self.scope.insert(table, ({"note_id": i, "reader": reader} for i in dict.fromkeys(note_ids)))

    def mark_person(self, person_id: PersonId, reader: str) -> None:
        """This person's promises were found by it; an empty one says that they wait to be found anew."""
        here = and_(self.scope.own(person_reading), person_reading.c.person_id == person_id)
        self.scope.run(delete(person_reading).where(here))
        self.scope.insert(person_reading, [{"person_id": person_id, "reader": reader}])

    def followed(self, person_id: PersonId) -> str:
        """Of what and by which model the outcome of this person's promises was last read; empty when it was not."""
        query = select(person_reading.c.followed).where(
            self.scope.own(person_reading), person_reading.c.person_id == person_id
        )
        rows = self.scope.rows(query)
        return (rows[0][0] or "") if rows else ""

    def keep_follow_up(self, person_id: PersonId, mark: str, outcomes: Sequence[Outcome]) -> None:
        """What such a reading showed, in place of the one before, and its mark."""
        keep_offers(self.scope, person_id, outcomes)
        here = and_(self.scope.own(person_reading), person_reading.c.person_id == person_id)
        if not self.scope.run(update(person_reading).where(here).values(followed=mark)):
            self.scope.insert(person_reading, [{"person_id": person_id, "reader": "", "followed": mark}])

    def unread(self, reader: str, limit: int) -> Sequence[Note]:
        """Notes that another finder read, or none, one person after the other, oldest first."""
        return self._waiting(self._unread(note_reading, reader), limit)

    def unread_count(self, reader: str) -> int:
        """How many there are."""
        return self._count(self._unread(note_reading, reader))

    def unproposed(self, proposer: str, limit: int) -> Sequence[Note]:
        """Notes that another model looked through, or none, in the same order."""
        return self._waiting(self._unread(note_proposal, proposer), limit)

    def unproposed_count(self, proposer: str) -> int:
        """How many there are."""
        return self._count(self._unread(note_proposal, proposer))

    def _waiting(self, condition: ColumnElement[bool], limit: int) -> Sequence[Note]:
        query = select(*NOTE_COLUMNS).where(condition)
        ordered = query.order_by(note.c.person_id, note.c.day, note.c.id).limit(limit)
        return to_notes(self.scope, self.scope.rows(ordered))

    def _count(self, condition: ColumnElement[bool]) -> int:
        return int(self.scope.rows(select(func.count()).select_from(note).where(condition))[0][0])

    def unsettled(self, reader: str) -> Sequence[PersonId]:
        """People with notes whose promises another finder found, or none."""
        settled = exists(
            select(1).where(
                person_reading.c.account_id == note.c.account_id,
                person_reading.c.person_id == note.c.person_id,
                person_reading.c.reader == reader,
            )
        )
        query = select(note.c.person_id).distinct().where(self.scope.visible, not_(settled))
        return [row[0] for row in self.scope.rows(query.order_by(note.c.person_id))]

    def _unread(self, table: Table, reader: str) -> ColumnElement[bool]:
        read = exists(
            select(1).where(
                table.c.account_id == note.c.account_id,
                table.c.note_id == note.c.id,
                table.c.reader == reader,
            )
        )
        return and_(self.scope.visible, not_(read))

"""Where the notes of one account name people they are not filed under, as rows; the day of the view does not matter."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select

from assistant.domain.note import Note
from knowledge.records.note_rows import NOTE_COLUMNS, to_notes
from knowledge.records.scope import Scope
from knowledge.records.tables import mention, note


@dataclass(frozen=True, slots=True)
class SqlMentions:
    """Mentions in the scope's account."""

    scope: Scope

    def naming(self, holds: Callable[[str], bool]) -> Sequence[Note]:
        """Notes whose words hold what is looked for, by id; the two databases would not fold letters alike."""
        texts = self.scope.rows(select(note.c.id, note.c.text).where(self.scope.own(note)))
        found = [note_id for note_id, text in texts if holds(text)]
        here = (self.scope.own(note), self.scope.among(note.c.id, found))
        return to_notes(self.scope, self.scope.rows(select(*NOTE_COLUMNS).where(*here).order_by(note.c.id)))

    def put(self, notes: Sequence[Note]) -> None:
        """The mentions of these notes, in place of those they had."""
        here = (self.scope.own(mention), self.scope.among(mention.c.note_id, [each.id for each in notes]))
        self.scope.run(delete(mention).where(*here))
        write_mentions(self.scope, notes)


def write_mentions(scope: Scope, notes: Iterable[Note]) -> None:
    """Put the mentions of notes down that have none yet."""
    for each in notes:
        scope.check_own(each.account_id)
    unique = {(n.id, m.span.start, m.span.end, m.person_id) for n in notes for m in n.mentions}
    scope.insert(mention, ({"note_id": i, "start": s, "end": e, "person_id": p} for i, s, e, p in sorted(unique)))

"""What of each note may be used, as rows. A note nobody has screened yet is closed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Select, and_, bindparam, case, delete, func, not_, select

from assistant.domain.note import AiUse, Note, NoteId, Span
from assistant.domain.person import PersonId
from assistant.domain.policy import Readable, Screening, SensitiveSpan
from knowledge.records.derived import drop_what_must_stay_out
from knowledge.records.scope import VISIBLE, Scope, listed, ours
from knowledge.records.tables import note, screening

_SPANS = case((screening.c.partial, screening.c.spans))  # an empty list costs as much to read as a full one
_COLUMNS = (
    screening.c.note_id, screening.c.revision, screening.c.language, screening.c.whole, _SPANS, screening.c.screen,
)  # fmt: skip
_OF_NOTE = and_(
    screening.c.account_id == note.c.account_id,
    screening.c.note_id == note.c.id,
    screening.c.revision == note.c.revision,
)

_USABLE = and_(
    note.c.ai == AiUse.ALLOWED.value,
    screening.c.note_id.is_not(None),
    not_(func.coalesce(screening.c.whole, False)),
    not_(func.coalesce(screening.c.partial, False)),
)
_LEFT_OUT = (
    select(note.c.id)
    .outerjoin(screening, _OF_NOTE)
    .where(VISIBLE, note.c.person_id == bindparam("person"), not_(_USABLE))
    .order_by(note.c.day.desc(), note.c.id.desc())
)


@cache
def _found(on_sqlite: bool) -> Select[Any]:
    return select(*_COLUMNS).where(ours(screening), listed(screening.c.note_id, on_sqlite))


@dataclass(frozen=True, slots=True)
class SqlScreenings:
    """Screenings of the scope's account."""

    scope: Scope

    def put(self, screenings: Sequence[Screening]) -> None:
        """Store, replacing older ones; evidence that touches what is now closed goes."""
        ids = [s.note_id for s in screenings]
        before = self.found(ids)
        changed = [
            s.note_id
            for s in screenings
            if (old := before.get((s.note_id, s.revision))) and (old.whole, old.spans) != (s.whole, s.spans)
        ]
        self.scope.run(delete(screening).where(self.scope.own(screening), self.scope.among(screening.c.note_id, ids)))
        self.scope.insert(screening, map(_row, screenings))
        drop_what_must_stay_out(self.scope, screenings, changed)

    def of(self, notes: Sequence[Note]) -> Sequence[Readable]:
        """Each note with its screening, in order; closed when there is none of this revision."""
        found = self.found(n.id for n in notes)
        return [Readable(n, found.get((n.id, n.revision)) or _closed(n)) for n in notes]

    def found(self, note_ids: Iterable[str]) -> dict[tuple[str, int], Screening]:
        """The stored screenings of some notes, by note and revision; one query for those that were not read yet."""
        wanted, known = [*note_ids], self.scope.screened
        if fresh := [i for i in wanted if i not in known]:
            rows = self.scope.rows(_found(self.scope.on_sqlite), ids=self.scope.ids(fresh))
            known |= dict.fromkeys(fresh) | {row[0]: _noun(row) for row in rows}
        return {(i, screening.revision): screening for i in wanted if (screening := known[i])}

    def left_out(self, person_id: PersonId) -> Sequence[NoteId]:
        """The ids of one person's notes that are left out, wholly or in part, newest first."""
        return [row[0] for row in self.scope.rows(_LEFT_OUT, person=person_id)]


def _closed(unscreened: Note) -> Screening:
    return Screening(unscreened.id, unscreened.revision, "", whole=True)


def _row(noun: Screening) -> dict[str, object]:
    return {
        "note_id": noun.note_id,
        "revision": noun.revision,
        "language": noun.language,
        "whole": noun.whole,
        "partial": bool(noun.spans),
        "spans": [[s.span.start, s.span.end, s.topic_id] for s in noun.spans],
        "screen": noun.screen,
    }


def _noun(row: Any) -> Screening:
    note_id, revision, language, whole, spans, screen = row
    told = tuple(SensitiveSpan(Span(start, end), topic) for start, end, topic in spans) if spans else ()
    return Screening(note_id, revision, language, told, whole, screen)

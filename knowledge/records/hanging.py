"""Quotes that were kept as places, hung on the notes as they are today. Where the words are gone, there is no quote."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import and_, or_, select

from assistant.domain.evidence import Quote
from assistant.domain.note import AiUse, Note, NoteId, Span
from assistant.domain.person import PersonId
from knowledge.records.note_rows import notes_by_id
from knowledge.records.plan_body import Place
from knowledge.records.scope import Scope
from knowledge.records.screenings import SqlScreenings
from knowledge.records.spans import follow
from knowledge.records.tables import note_revision


@dataclass(frozen=True, slots=True)
class Hanging:
    """The notes that plans stand on as they are now, with the older words the quotes were taken from."""

    notes: Mapping[NoteId, Note]
    older: Mapping[tuple[str, int], str]
    private: frozenset[Place]

    @classmethod
    def of(cls, scope: Scope, stood: Sequence[Place]) -> "Hanging":
        """At most three queries, however many quotes and versions."""
        notes = notes_by_id(scope, (place.note_id for place in stood))
        outdated = {(p.note_id, p.revision) for p in stood if _revision(notes, p) not in (None, p.revision)}
        older = _older_texts(scope, outdated)
        known = SqlScreenings(scope).found(notes) if notes else {}
        hanging = cls(notes, older, frozenset())
        private = set()
        for place in stood:
            found = hanging.place(place)
            shut = known.get((place.note_id, notes[NoteId(place.note_id)].revision)) if found else None
            if found and shut and (shut.whole or any(s.span.overlaps(found) for s in shut.spans)):
                private.add(place)
        return cls(notes, older, frozenset(private))

    def place(self, place: Place) -> Span | None:
        """Where the words of a quote stand now."""
        revision = _revision(self.notes, place)
        span = Span(place.start, place.end)
        if revision == place.revision:
            return span
        old = self.older.get((place.note_id, place.revision))
        return None if revision is None or old is None else follow(old, self.notes[NoteId(place.note_id)].text, span)

    def quote(self, place: Place, person_id: PersonId) -> Quote | None:
        """The quote as it stands now; none when its words are gone, private, or filed under somebody else."""
        span = self.place(place)
        if span is None or place in self.private:
            return None
        note = self.notes[NoteId(place.note_id)]
        moved = note.revision != place.revision and note.person_id != person_id
        if moved or note.ai is AiUse.NEVER or span.end > len(note.text):
            return None
        return Quote(note, span)

    def has_changed(self, place: Place, person_id: PersonId) -> bool:
        """Whether a note has other words than when the plan was drafted, or no longer carries it."""
        if self.quote(place, person_id) is None:
            return True
        old = self.older.get((place.note_id, place.revision))
        return old is not None and old != self.notes[NoteId(place.note_id)].text


def _revision(notes: Mapping[NoteId, Note], place: Place) -> int | None:
    note = notes.get(NoteId(place.note_id))
    return note.revision if note else None


def _older_texts(scope: Scope, wanted: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """The words of older note revisions."""
    these = [and_(note_revision.c.note_id == note_id, note_revision.c.revision == n) for note_id, n in wanted]
    if not these:
        return {}
    columns = (note_revision.c.note_id, note_revision.c.revision, note_revision.c.text)
    rows = scope.rows(select(*columns).where(scope.own(note_revision), or_(*these)))
    return {(row[0], row[1]): row[2] for row in rows}

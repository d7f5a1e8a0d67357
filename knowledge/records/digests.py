"""Digests of older notes, as rows. Quotes are kept as places; a line that has lost one of its own is not read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, bindparam, delete, select

from assistant.domain.digest import Digest, DigestLine, Period
from assistant.domain.evidence import Quote
from assistant.domain.note import NoteId, Span
from assistant.domain.person import PersonId
from assistant.domain.policy import Readable, Screening
from knowledge.records.note_rows import notes_by_id
from knowledge.records.scope import Scope, check_storable, ours
from knowledge.records.screenings import SqlScreenings
from knowledge.records.tables import digest

_OF = (
    select(digest)
    .where(ours(digest), digest.c.person_id == bindparam("person"), digest.c.first <= bindparam("today"))
    .order_by(digest.c.first.desc())
)


@dataclass(frozen=True, slots=True)
class SqlDigests:
    """Digests of the scope's account."""

    scope: Scope

    def of(self, person_id: PersonId) -> Sequence[Digest]:
        """One person's digests that have lines whose notes are as they were, the newest period first."""
        rows = self.scope.rows(_OF, person=person_id)
        places = (place for row in rows for line in row.body for place in line["quotes"])
        wanted = {NoteId(place[0]) for place in places}
        notes = notes_by_id(self.scope, wanted) if wanted else {}
        told = {each.note.id: each for each in SqlScreenings(self.scope).of([*notes.values()])} if notes else {}
        found = (_noun(self.scope, row, told) for row in rows)
        return [made for made in found if made.lines]

    def marks(self, person_id: PersonId) -> Mapping[Period, str]:
        """What one person's digests were made of and by."""
        here = and_(self.scope.own(digest), digest.c.person_id == person_id)
        return {
            Period(first): mark for first, mark in self.scope.rows(select(digest.c.first, digest.c.mark).where(here))
        }

    def keep(self, made: Digest) -> None:
        """Store, in place of the older one of that period."""
        self.scope.check_own(made.account_id)
        for line in made.lines:
            check_storable(line.text)
        this = and_(digest.c.person_id == made.person_id, digest.c.first == made.period.first)
        self.scope.run(delete(digest).where(self.scope.own(digest), this))
        body = [{"text": line.text, "quotes": [_place(q) for q in line.quotes]} for line in made.lines]
        row = {"person_id": made.person_id, "first": made.period.first, "mark": made.mark, "body": body}
        self.scope.insert(digest, [row])


def check_digests(scope: Scope, person_id: PersonId) -> None:
    """Read every line back, also what is private in it: rows from outside may hold anything.

    Raises:
        Invalid: One of them is no digest, or quotes what its note does not hold; `ValueError` or `TypeError` where a
            part is missing or of another kind.
    """
    rows = scope.rows(select(digest).where(scope.own(digest), digest.c.person_id == person_id))
    wanted = {NoteId(place[0]) for row in rows for line in row.body for place in line["quotes"]}
    notes = notes_by_id(scope, wanted) if wanted else {}
    told = {note.id: Readable(note, Screening(note.id, note.revision, "")) for note in notes.values()}
    for row in rows:
        _noun(scope, row, told)


def _place(quote: Quote) -> list[Any]:
    return [quote.note.id, quote.note.revision, quote.span.start, quote.span.end]


def _noun(scope: Scope, row: Any, notes: Mapping[NoteId, Readable]) -> Digest:
    lines = (_line(packed, row.person_id, notes) for packed in row.body)
    kept = tuple(line for line in lines if line is not None)
    return Digest(scope.account.id, row.person_id, Period(row.first), row.mark, kept)


def _line(packed: Mapping[str, Any], person_id: str, notes: Mapping[NoteId, Readable]) -> DigestLine | None:
    """The line, unless one of its passages has changed, was filed elsewhere or may not be used."""
    quotes = []
    for note_id, revision, start, end in packed["quotes"]:
        told = notes.get(NoteId(note_id))
        if told is None or (told.note.revision, told.note.person_id) != (revision, person_id):
            return None
        if not told.allows(Span(start, end)):
            return None
        quotes.append(Quote(told.note, Span(start, end)))
    return DigestLine(packed["text"], tuple(quotes))

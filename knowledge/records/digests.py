"""Digests of older notes, as rows. Quotes are kept as places; a line that has lost one of its own is not read."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, delete, select

from assistant.domain.digest import Digest, DigestLine, Period
from assistant.domain.evidence import Quote
from assistant.domain.note import AiUse, Note, NoteId, Span
from assistant.domain.person import PersonId
from knowledge.records.note_rows import notes_by_id
from knowledge.records.scope import Scope, check_storable
from knowledge.records.tables import digest, note


@dataclass(frozen=True, slots=True)
class SqlDigests:
    """Digests of the scope's account."""

    scope: Scope

    def of(self, person_id: PersonId) -> Sequence[Digest]:
        """One person's digests that have lines whose notes are as they were, the newest period first."""
        here = and_(self.scope.own(digest), digest.c.person_id == person_id, digest.c.first <= self.scope.today)
        rows = self.scope.rows(select(digest).where(here).order_by(digest.c.first.desc()))
        places = (place for row in rows for line in row.body for place in line["quotes"])
        notes = notes_by_id(self.scope, {NoteId(place[0]) for place in places}) if rows else {}
        found = (_noun(self.scope, row, notes) for row in rows)
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


def drop_digests(scope: Scope, filed: Iterable[tuple[str, date]]) -> None:
    """Take away what was made of notes of these people and days: its words may hold what is going."""
    for person_id, first in {(person_id, Period.around(day).first) for person_id, day in filed}:
        this = and_(digest.c.person_id == person_id, digest.c.first == first)
        scope.run(delete(digest).where(scope.own(digest), this))


def drop_digests_of(scope: Scope, note_ids: Collection[NoteId]) -> None:
    """The same for notes by id, as they are filed now."""
    here = and_(scope.own(note), scope.among(note.c.id, note_ids))
    drop_digests(scope, ((who, day) for who, day in scope.rows(select(note.c.person_id, note.c.day).where(here))))


def _place(quote: Quote) -> list[Any]:
    return [quote.note.id, quote.note.revision, quote.span.start, quote.span.end]


def _noun(scope: Scope, row: Any, notes: Mapping[NoteId, Note]) -> Digest:
    lines = (_line(packed, row.person_id, notes) for packed in row.body)
    kept = tuple(line for line in lines if line is not None)
    return Digest(scope.account.id, row.person_id, Period(row.first), row.mark, kept)


def _line(packed: Mapping[str, Any], person_id: str, notes: Mapping[NoteId, Note]) -> DigestLine | None:
    quotes = []
    for note_id, revision, start, end in packed["quotes"]:
        found = notes.get(NoteId(note_id))
        if found is None or (found.revision, found.person_id) != (revision, person_id) or found.ai is AiUse.NEVER:
            return None
        quotes.append(Quote(found, Span(start, end)))
    return DigestLine(packed["text"], tuple(quotes))

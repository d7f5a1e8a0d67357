"""Full-text search on PostgreSQL: a tsvector of the folded words with a GIN index, no dictionary of its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import text

from assistant.domain.note import Note, NoteId
from assistant.domain.person import PersonId
from knowledge.records.folding import index_text, query_words
from knowledge.records.scope import Scope

_WRITE = text(
    "INSERT INTO note_word (account_id, note_id, words) VALUES (:account, :note, to_tsvector('simple', :body))"
    " ON CONFLICT (account_id, note_id) DO UPDATE SET words = excluded.words"
)
_MATCH = """
    SELECT note.id, ts_rank(note_word.words, asked) AS score
    FROM to_tsquery('simple', :query) AS asked, note_word
    JOIN note ON note.account_id = note_word.account_id AND note.id = note_word.note_id
    WHERE note_word.words @@ asked AND note.account_id = :account AND note.day <= :today {people}
    ORDER BY score DESC, note.id LIMIT :limit
"""
_IN_ALL = text(_MATCH.format(people=""))
_IN_SOME = text(_MATCH.format(people="AND note.person_id = ANY(:people)"))


@dataclass(frozen=True, slots=True)
class PostgresWords:
    """The words of one account's notes."""

    scope: Scope

    def write(self, notes: Sequence[Note]) -> None:
        """Index notes, new or changed."""
        rows = [{"account": self.scope.account.id, "note": note.id, "body": index_text(note)} for note in notes]
        if rows:
            self.scope.connection.execute(_WRITE, rows)

    def match(self, terms: Sequence[str], person_ids: Sequence[PersonId] | None, limit: int) -> Mapping[NoteId, float]:
        """Notes that hold any of the terms, best first; more is better."""
        words = query_words(terms)
        if not words or person_ids is not None and not person_ids:
            return {}
        given = {
            "query": " | ".join("'" + word.replace("'", "''") + "'" for word in words),
            "account": self.scope.account.id,
            "today": self.scope.today,
            "limit": limit,
        }
        if person_ids is None:
            rows = self.scope.connection.execute(_IN_ALL, given)
        else:
            rows = self.scope.connection.execute(_IN_SOME, {**given, "people": [*person_ids]})
        return {NoteId(note_id): float(score) for note_id, score in rows}

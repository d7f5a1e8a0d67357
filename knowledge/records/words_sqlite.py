"""Full-text search on SQLite: FTS5 with the owner as an indexed token, so that a small scope costs little.

Triggers of the schema keep the index in step with `note_word`, also when rows go by a cascade.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from sqlalchemy import text

from assistant.domain.account import AccountId
from assistant.domain.note import Note, NoteId
from assistant.domain.person import PersonId
from knowledge.records.folding import index_text, query_words
from knowledge.records.scope import Scope

_WRITE = text(
    "INSERT INTO note_word (account_id, note_id, owner, body) VALUES (:account, :note, :owner, :body)"
    " ON CONFLICT (account_id, note_id) DO UPDATE SET owner = excluded.owner, body = excluded.body"
)
# The tokens narrow the search; the joined note decides. bm25 is smaller for the better, and 0 silences the owner.
_MATCH = """
    SELECT note.id, -bm25(note_fts, 0.0, 1.0) AS score
    FROM note_fts
    JOIN note_word ON note_word.seq = note_fts.rowid
    JOIN note ON note.account_id = note_word.account_id AND note.id = note_word.note_id
    WHERE note_fts MATCH :query AND note.account_id = :account AND note.day <= :today {people}
    ORDER BY score DESC, note.id LIMIT :limit
"""
_IN_ALL = text(_MATCH.format(people=""))
_IN_SOME = text(_MATCH.format(people="AND note.person_id IN (SELECT value FROM json_each(:people))"))


@dataclass(frozen=True, slots=True)
class SqliteWords:
    """The words of one account's notes."""

    scope: Scope

    def write(self, notes: Sequence[Note]) -> None:
        """Index notes, new or changed."""
        account = self.scope.account.id
        rows = [
            {
                "account": account,
                "note": note.id,
                "owner": f"{_account_token(account)} {_person_token(account, note.person_id)}",
                "body": index_text(note),
            }
            for note in notes
        ]
        if rows:
            self.scope.connection.execute(_WRITE, rows)

    def match(self, terms: Sequence[str], person_ids: Sequence[PersonId] | None, limit: int) -> Mapping[NoteId, float]:
        """Notes that hold any of the terms, best first; more is better."""
        words, account = query_words(terms), self.scope.account.id
        if not words or person_ids is not None and not person_ids:
            return {}
        owners = [_person_token(account, i) for i in person_ids] if person_ids else [_account_token(account)]
        given = {
            "query": f"owner:({_any_of(owners)}) AND body:({_any_of(words)})",
            "account": account,
            "today": self.scope.today.isoformat(),
            "limit": limit,
        }
        if person_ids is None:
            rows = self.scope.connection.execute(_IN_ALL, given)
        else:
            rows = self.scope.connection.execute(_IN_SOME, {**given, "people": json.dumps([*person_ids])})
        return {NoteId(note_id): float(score) for note_id, score in rows}


def _any_of(words: Sequence[str]) -> str:
    """Words as FTS5 strings: whatever they hold, they are no operators."""
    return " OR ".join('"' + word.replace('"', '""') + '"' for word in words)


def _account_token(account: AccountId) -> str:
    return "a" + sha256(account.encode()).hexdigest()[:16]


def _person_token(account: AccountId, person: PersonId) -> str:
    return "p" + sha256(f"{account}\n{person}".encode("utf-8", "surrogatepass")).hexdigest()[:16]

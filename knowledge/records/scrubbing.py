"""Words of an erased note that live on in plans, asked questions and settled promises, and their removal.

A text carries a note when it holds a word that nothing else on record about the person has and that is no everyday
word of ours, or four words of the note in a row that stand nowhere else. Such a text goes; its neighbours stay.
"""

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import and_, delete, select, update

from assistant.domain.evidence import Tier
from assistant.domain.note import NoteId
from knowledge.records.plan_body import places
from knowledge.records.scope import Scope
from knowledge.records.tables import asked, note, note_revision, plan, promise, promise_quote

REMOVED = "(removed with a deleted note)"
_IN_A_ROW = 4
_LONGEST_PROMISE = 400
_WORD = re.compile(r"[^\W_]+")
NOT_WORDS = {"tier", "owner", "due", "quotes", "origin", "state"}
_OURS = ("prompts", "knowledge/library")


@dataclass(frozen=True, slots=True)
class Carried:
    """What only the erased notes said."""

    words: frozenset[str]
    rows: frozenset[tuple[str, ...]]

    @classmethod
    def by(cls, erased: Iterable[str], kept: Iterable[str]) -> "Carried":
        """What the erased texts have and the kept ones have not."""
        gone = [_words(text) for text in erased]
        rest = [_words(text) for text in kept]
        words = {w for text in gone for w in text} - {w for text in rest for w in text} - everyday_words()
        rows = {row for text in gone for row in _rows(text)} - {row for text in rest for row in _rows(text)}
        return cls(frozenset(words), frozenset(rows))

    def is_in(self, text: str) -> bool:
        """Whether a text carries the notes."""
        spoken = _words(text)
        return not self.words.isdisjoint(spoken) or any(row in self.rows for row in _rows(spoken))


@cache
def everyday_words() -> frozenset[str]:
    """Every word of the shipped questions, cards and phrases: to meet one of them tells nothing about anybody."""
    root = Path(__file__).parents[2]
    files = [p for top in _OURS for p in sorted((root / top).rglob("*")) if p.suffix in {".toml", ".yaml", ".md"}]
    return frozenset(word for path in files for word in _words(path.read_text(encoding="utf-8")))


def scrub(scope: Scope, note_ids: Collection[NoteId]) -> None:
    """Before notes are removed: take their words out of what would outlive them."""
    standing = [row for row in scope.rows(select(plan).where(scope.own(plan))) if _stands_on(row.body, note_ids)]
    about = _people(scope, note_ids) | {row.person_id for row in standing}
    entries = scope.rows(select(asked).where(scope.own(asked), scope.among(asked.c.person_id, about)))
    settled = _settled_promises(scope, note_ids)
    if not (standing or entries or settled):
        return
    carried = Carried.by(_texts(scope, note.c.id, note_ids), _texts_but(scope, about, note_ids))
    for row in standing:
        here = and_(scope.own(plan), plan.c.person_id == row.person_id, plan.c.version == row.version)
        scope.run(update(plan).where(here).values(body=without(row.body, carried, note_ids)))
    for row in entries:
        if carried.is_in(row.text):
            scope.run(update(asked).where(scope.own(asked), asked.c.seq == row.seq).values(text=REMOVED))
    for promise_id, what in settled.items():
        if carried.is_in(what):
            _retell_promise(scope, promise_id, note_ids)


def without(body: Mapping[str, Any], carried: Carried, note_ids: Collection[str]) -> dict[str, Any]:
    """A plan's body with every text that carries the notes gone; a claim that stood on them alone is one no more."""
    said = json.loads(json.dumps(body))
    said["unknown"] = [text for text in said["unknown"] if not carried.is_in(text)]
    for thread in said["threads"]:
        for name, part in thread.items():
            if isinstance(part, str) and carried.is_in(part):
                thread[name] = REMOVED
            elif isinstance(part, dict):
                _clear(part, carried, note_ids)
    return dict(said)


def _clear(part: dict[str, Any], carried: Carried, note_ids: Collection[str]) -> None:
    for key, value in part.items():
        if key not in NOT_WORDS and isinstance(value, str) and carried.is_in(value):
            part[key] = REMOVED
    rests_on = {quote[0] for quote in part.get("quotes", ())}
    if "tier" in part and rests_on and rests_on <= {*note_ids}:
        part["tier"] = Tier.SUGGESTION.value if part["tier"] in _CLAIMS else part["tier"]


_CLAIMS = {Tier.THEIR_WORDS.value, Tier.OBSERVATION.value}


def _stands_on(body: Mapping[str, Any], note_ids: Collection[str]) -> bool:
    return any(place.note_id in note_ids for place in places(body))


def _people(scope: Scope, note_ids: Collection[NoteId]) -> set[str]:
    here = (scope.own(note), scope.among(note.c.id, note_ids))
    return {row[0] for row in scope.rows(select(note.c.person_id).where(*here).distinct())}


def _settled_promises(scope: Scope, note_ids: Collection[NoteId]) -> dict[str, str]:
    """Promises set by hand of which these notes tell; those that are only found are found anew anyway."""
    query = select(promise.c.id, promise.c.what).join(
        promise_quote,
        and_(promise_quote.c.account_id == promise.c.account_id, promise_quote.c.promise_id == promise.c.id),
    )
    here = (scope.own(promise), promise.c.by_hand, scope.among(promise_quote.c.note_id, note_ids))
    return {row[0]: row[1] for row in scope.rows(query.where(*here))}


def _retell_promise(scope: Scope, promise_id: str, note_ids: Collection[NoteId]) -> None:
    """A promise in the words of another note that tells of it; with none it goes."""
    query = (
        select(note.c.id, note.c.text, promise_quote.c.start, promise_quote.c.end)
        .join(
            promise_quote,
            and_(promise_quote.c.account_id == note.c.account_id, promise_quote.c.note_id == note.c.id),
        )
        .where(scope.own(note), promise_quote.c.promise_id == promise_id, promise_quote.c.place >= 0)
        .order_by(promise_quote.c.place)
    )
    told = next((text[start:end].strip() for i, text, start, end in scope.rows(query) if i not in note_ids), "")
    here = and_(scope.own(promise), promise.c.id == promise_id)
    if told:
        scope.run(update(promise).where(here).values(what=told[:_LONGEST_PROMISE]))
    else:
        scope.run(delete(promise).where(here))


def _texts(scope: Scope, key: Any, values: Collection[str]) -> list[str]:
    """Words of some notes, older revisions included."""
    now = select(note.c.text).where(scope.own(note), scope.among(key, values))
    of_note = and_(note_revision.c.account_id == note.c.account_id, note_revision.c.note_id == note.c.id)
    before = select(note_revision.c.text).join(note, of_note).where(scope.own(note), scope.among(key, values))
    return [row[0] for query in (now, before) for row in scope.rows(query)]


def _texts_but(scope: Scope, people: Collection[str], note_ids: Collection[str]) -> list[str]:
    """Words of what stays on record about some people."""
    query = select(note.c.id, note.c.text).where(scope.own(note), scope.among(note.c.person_id, people))
    gone = {*note_ids}
    return [text for note_id, text in scope.rows(query) if note_id not in gone]


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _rows(words: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(words[at : at + _IN_A_ROW]) for at in range(len(words) - _IN_A_ROW + 1)]

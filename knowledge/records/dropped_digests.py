"""Digests that go with the notes they were made of: their words may hold what is going."""

from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import and_, delete, select

from assistant.domain.digest import Period
from assistant.domain.note import NoteId
from knowledge.records.scope import Scope
from knowledge.records.tables import digest, note


def drop_digests(scope: Scope, filed: Iterable[tuple[str, date]]) -> None:
    """Take away what was made of notes of these people and days: its words may hold what is going."""
    for person_id, first in {(person_id, Period.around(day).first) for person_id, day in filed}:
        this = and_(digest.c.person_id == person_id, digest.c.first == first)
        scope.run(delete(digest).where(scope.own(digest), this))


def drop_digests_of(scope: Scope, note_ids: Collection[NoteId]) -> None:
    """The same for notes by id, as they are filed now."""
    here = and_(scope.own(note), scope.among(note.c.id, note_ids))
    drop_digests(scope, ((who, day) for who, day in scope.rows(select(note.c.person_id, note.c.day).where(here))))

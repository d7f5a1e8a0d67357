"""Rows to notes, by hand and in bulk: one query for the notes, one for whom they mention."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, select

from assistant.domain.note import AiUse, Mention, Note, NoteId, NoteKind, Sharing, Span
from knowledge.records.scope import VISIBLE, Scope, listed, ours
from knowledge.records.tables import mention, note

NOTE_COLUMNS = (
    note.c.id, note.c.person_id, note.c.day, note.c.text, note.c.kind, note.c.author, note.c.revision, note.c.ai,
    note.c.sharing, note.c.import_id,
)  # fmt: skip
_KINDS = {kind.value: kind for kind in NoteKind}
_AI = {use.value: use for use in AiUse}
_SHARING = {sharing.value: sharing for sharing in Sharing}


def to_notes(scope: Scope, rows: Sequence[Any]) -> list[Note]:
    """Notes out of rows of `NOTE_COLUMNS`, in order; a note that is read again is the same object."""
    made = scope.notes
    mentions = _mentions(scope, {row[0] for row in rows if row[0] not in made})
    account_id, notes = scope.account.id, []
    for row in rows:
        key = row[0]
        found = made.get(key)
        if found is None:
            _, person_id, day, text, kind, author, revision, ai, sharing, import_id = row
            found = made[key] = Note(
                account_id, key, person_id, day, text, _KINDS[kind], author, revision, _AI[ai], _SHARING[sharing],
                mentions.get(key, ()), import_id,
            )  # fmt: skip
        notes.append(found)
    return notes


def notes_by_id(scope: Scope, ids: Iterable[str]) -> dict[NoteId, Note]:
    """Those of the notes that exist on the day of the view; one query for those that were not read yet."""
    wanted = dict.fromkeys(ids)
    if fresh := [i for i in wanted if i not in scope.notes]:
        to_notes(scope, scope.rows(_by_id(scope.on_sqlite), ids=scope.ids(fresh)))
    known = (scope.notes.get(NoteId(i)) for i in wanted)
    return {found.id: found for found in known if found and found.day <= scope.today}


@cache
def _by_id(on_sqlite: bool) -> Select[Any]:
    return select(*NOTE_COLUMNS).where(VISIBLE, listed(note.c.id, on_sqlite))


@cache
def _mentions_in(on_sqlite: bool) -> Select[Any]:
    columns = (mention.c.note_id, mention.c.start, mention.c.end, mention.c.person_id)
    return select(*columns).where(ours(mention), listed(mention.c.note_id, on_sqlite)).order_by(*columns)


def _mentions(scope: Scope, ids: set[NoteId]) -> dict[NoteId, tuple[Mention, ...]]:
    if not ids:
        return {}
    found = defaultdict(list)
    for note_id, start, end, person_id in scope.rows(_mentions_in(scope.on_sqlite), ids=scope.ids(ids)):
        found[note_id].append(Mention(person_id, Span(start, end)))
    return {note_id: tuple(mentions) for note_id, mentions in found.items()}

"""What stands on a note, and what becomes of it when the note is edited, moved or removed.

What a finder or an embedder derived is dropped and found anew. What the manager said (a confirmed, rejected or
pointed-out quote, a verdict, a promise settled by hand) follows its exact words to their new place, and goes only with
them.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Table, and_, delete, exists, not_, or_, select, update

from assistant.domain.evidence import Evidence, Quote, Strength, Topic, Witness
from assistant.domain.note import Note, NoteId, Span
from assistant.domain.policy import Screening
from knowledge.records.dropped_digests import drop_digests_of
from knowledge.records.scope import Scope
from knowledge.records.spans import follow
from knowledge.records.tables import (
    evidence,
    meeting,
    meeting_note,
    note_proposal,
    note_reading,
    note_vector,
    promise,
    promise_quote,
    screening,
    verdict_on_evidence,
)

_VERDICT_IS_ON = and_(
    verdict_on_evidence.c.account_id == evidence.c.account_id,
    verdict_on_evidence.c.note_id == evidence.c.note_id,
    verdict_on_evidence.c.start == evidence.c.start,
    verdict_on_evidence.c.end == evidence.c.end,
    verdict_on_evidence.c.topic == evidence.c.topic,
)
SAID_BY_MANAGER = or_(
    evidence.c.by_hand,
    exists(select(1).where(_VERDICT_IS_ON)),
)


@dataclass(frozen=True, slots=True)
class Resting:
    """Promises and meetings that rest on some notes."""

    promises: Sequence[str]
    meetings: Sequence[str]


def resting_on(scope: Scope, note_ids: Collection[NoteId]) -> Resting:
    """What rests on these notes, to be asked before they change or go."""
    told = select(promise_quote.c.promise_id).where(
        scope.own(promise_quote), scope.among(promise_quote.c.note_id, note_ids), promise_quote.c.place >= 0
    )
    held = select(meeting_note.c.meeting_id).where(
        scope.own(meeting_note), scope.among(meeting_note.c.note_id, note_ids)
    )
    return Resting([row[0] for row in scope.rows(told)], [row[0] for row in scope.rows(held)])


def drop_left_empty(scope: Scope, resting: Resting) -> None:
    """Remove promises no note tells of any more, and meetings that only notes said were held.

    Also promises the manager settled: their words came out of a note, and go with it.
    """
    told = exists(
        select(1).where(
            promise_quote.c.account_id == promise.c.account_id,
            promise_quote.c.promise_id == promise.c.id,
            promise_quote.c.place >= 0,
        )
    )
    ours = and_(scope.own(promise), scope.among(promise.c.id, resting.promises), not_(told))
    scope.run(delete(promise).where(ours))
    noted = exists(
        select(1).where(meeting_note.c.account_id == meeting.c.account_id, meeting_note.c.meeting_id == meeting.c.id)
    )
    ours = and_(scope.own(meeting), scope.among(meeting.c.id, resting.meetings), meeting.c.from_notes, not_(noted))
    scope.run(delete(meeting).where(ours))


def drop_derived(scope: Scope, note: Note, old_text: str, *, moved: bool) -> None:
    """After a note's next revision is stored: drop what its old revision gave, let the manager's word follow.

    Args:
        scope: The unit of work.
        note: The note as it is now.
        old_text: Its words before.
        moved: Whether it is filed under somebody else, on another day, or as another kind.
    """
    resting = resting_on(scope, [note.id])
    for table in (screening, note_vector, note_reading, note_proposal):
        scope.run(delete(table).where(_on(scope, table, note.id)))
    scope.run(delete(evidence).where(_on(scope, evidence, note.id), not_(SAID_BY_MANAGER)))
    _follow_evidence(scope, note, old_text)
    if old_text != note.text:
        _follow_verdicts(scope, note, old_text)
        _follow_promises(scope, note, old_text)
    if moved:
        scope.run(delete(meeting_note).where(_on(scope, meeting_note, note.id)))
        _move_promises(scope, note, resting.promises)
    drop_left_empty(scope, resting)


def _move_promises(scope: Scope, note: Note, promise_ids: Collection[str]) -> None:
    """What the manager settled goes along when only this note tells of it; else the promise stays without this note."""
    elsewhere = exists(
        select(1).where(
            promise_quote.c.account_id == promise.c.account_id,
            promise_quote.c.promise_id == promise.c.id,
            promise_quote.c.note_id != note.id,
        )
    )
    settled = and_(scope.own(promise), scope.among(promise.c.id, promise_ids), promise.c.by_hand)
    shared = [row[0] for row in scope.rows(select(promise.c.id).where(settled, elsewhere))]
    scope.run(update(promise).where(settled, not_(elsewhere)).values(person_id=note.person_id))
    here = and_(_on(scope, promise_quote, note.id), scope.among(promise_quote.c.promise_id, shared))
    scope.run(delete(promise_quote).where(here))


def drop_what_must_stay_out(scope: Scope, screenings: Sequence[Screening], changed: Collection[NoteId]) -> None:
    """Remove quotes that touch a passage that is now known to be private, and promises that only it told of.

    Digests go where a screening has changed, since they were made of what was open until now; a note that nobody had
    screened was closed until now, and is in none.
    """
    closing = {s.note_id: s for s in screenings if s.whole or s.spans}
    resting = resting_on(scope, [*closing])
    for table, key in (
        (evidence, (evidence.c.id,)),
        (promise_quote, (promise_quote.c.promise_id, promise_quote.c.place)),
    ):
        columns = (table.c.note_id, table.c.start, table.c.end, *key)
        rows = scope.rows(select(*columns).where(scope.own(table), scope.among(table.c.note_id, [*closing])))
        for row in rows:
            quoted, shut = Span(row[1], row[2]), closing[row[0]]
            if shut.whole or any(s.span.overlaps(quoted) for s in shut.spans):
                this = and_(*(column == value for column, value in zip(key, row[3:], strict=True)))
                scope.run(delete(table).where(scope.own(table), this))
    drop_digests_of(scope, [note_id for note_id in changed if note_id in closing])
    drop_left_empty(scope, Resting(resting.promises, ()))


def evidence_row(item: Evidence, *, by_hand: bool) -> dict[str, object]:
    """Evidence as a row; its state lies in the verdicts."""
    return {
        "id": item.id,
        "note_id": item.note.id,
        "revision": item.note.revision,
        "start": item.quote.span.start,
        "end": item.quote.span.end,
        "topic": item.topic.value,
        "witness": item.witness.value,
        "strength": int(item.strength),
        "tense": item.tense.value,
        "cue": item.cue,
        "finder": item.finder,
        "by_hand": by_hand,
    }


def _on(scope: Scope, table: Table, note_id: NoteId) -> Any:
    return and_(scope.own(table), table.c.note_id == note_id)


def _take(scope: Scope, table: Table, note: Note) -> Sequence[Any]:
    """The rows on a note, taken out of their table to be put back at their new places."""
    here = _on(scope, table, note.id)
    rows = scope.rows(select(table).where(here))
    scope.run(delete(table).where(here))
    return rows


def _follow_evidence(scope: Scope, note: Note, old_text: str) -> None:
    kept: dict[str, dict[str, Any]] = {}
    for row in _take(scope, evidence, note):
        span = follow(old_text, note.text, Span(row.start, row.end))
        if span is not None:
            moved = Evidence(
                Quote(note, span), Topic(row.topic), Witness(row.witness), Strength(row.strength), row.cue, row.finder
            )
            place = {"start": span.start, "end": span.end, "revision": note.revision}
            kept[moved.id] = {**row._mapping, **place, "id": moved.id}
    scope.insert(evidence, kept.values())


def _follow_verdicts(scope: Scope, note: Note, old_text: str) -> None:
    kept: dict[tuple[Span, str], dict[str, Any]] = {}
    for row in _take(scope, verdict_on_evidence, note):
        span = follow(old_text, note.text, Span(row.start, row.end))
        if span is not None:
            kept[span, row.topic] = {**row._mapping, "start": span.start, "end": span.end}
    scope.insert(verdict_on_evidence, kept.values())


def _follow_promises(scope: Scope, note: Note, old_text: str) -> None:
    kept = []
    for row in _take(scope, promise_quote, note):
        span = follow(old_text, note.text, Span(row.start, row.end))
        if span is not None:
            kept.append({**row._mapping, "start": span.start, "end": span.end})
    scope.insert(promise_quote, kept)

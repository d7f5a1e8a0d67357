"""Evidence of one account, as rows. The manager's verdict lies in a table of its own, so no re-run can lose it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Executable, Select, and_, bindparam, delete, func, not_, select

from assistant.domain.evidence import (
    BY_MODEL,
    Evidence,
    EvidenceKey,
    EvidenceState,
    Judged,
    Quote,
    Strength,
    Tense,
    Topic,
    Witness,
)
from assistant.domain.lesson import Lesson, lessons
from assistant.domain.note import NoteId, Span, fold_text
from assistant.domain.person import PersonId
from assistant.errors import Unknown
from knowledge.records.derived import SAID_BY_MANAGER, evidence_row
from knowledge.records.note_rows import notes_by_id
from knowledge.records.scope import VISIBLE, Scope, begins, is_storable, listed, only_one, ours
from knowledge.records.tables import evidence, note, verdict_on_evidence

_COLUMNS = (
    evidence.c.start, evidence.c.end, evidence.c.topic, evidence.c.witness, evidence.c.strength, evidence.c.cue,
    evidence.c.finder, verdict_on_evidence.c.state, evidence.c.tense,
)  # fmt: skip
_TOPICS = {topic.value: topic for topic in Topic}
_WITNESSES = {witness.value: witness for witness in Witness}
_STRENGTHS = {strength.value: strength for strength in Strength}
_STATES: dict[str | None, EvidenceState] = {state.value: state for state in EvidenceState}
_STATES[None] = EvidenceState.SUGGESTED
_TENSES = {tense.value: tense for tense in Tense}
_ON_NOTE = and_(
    evidence.c.account_id == note.c.account_id,
    evidence.c.note_id == note.c.id,
    evidence.c.revision == note.c.revision,
)
_PROPOSED = evidence.c.finder.startswith(BY_MODEL, autoescape=True)
_JUDGED_NOTE = and_(verdict_on_evidence.c.account_id == note.c.account_id, verdict_on_evidence.c.note_id == note.c.id)
_VERDICT = and_(
    verdict_on_evidence.c.account_id == evidence.c.account_id,
    verdict_on_evidence.c.note_id == evidence.c.note_id,
    verdict_on_evidence.c.start == evidence.c.start,
    verdict_on_evidence.c.end == evidence.c.end,
    verdict_on_evidence.c.topic == evidence.c.topic,
)

_WITH_NOTE = (
    select(note.c.id, *_COLUMNS)
    .join(evidence, _ON_NOTE)
    .outerjoin(verdict_on_evidence, _VERDICT)
    .where(VISIBLE)
    .order_by(note.c.day, note.c.id, evidence.c.start, evidence.c.end, evidence.c.topic)
)
_THEIRS = (VISIBLE, note.c.person_id == bindparam("person"))
_OF = _WITH_NOTE.where(*_THEIRS)
_JUDGED = [verdict_on_evidence.c[name] for name in ("note_id", "topic", "start", "end", "state")]
_VERDICTS = (
    select(*_JUDGED, note.c.text)
    .join(note, _JUDGED_NOTE)
    .where(VISIBLE)
    .order_by(*_JUDGED[:1], *_JUDGED[2:4], _JUDGED[1])
)
_RULED = _OF.where(verdict_on_evidence.c.state.is_not(None))
_REJECTED = _VERDICTS.where(*_THEIRS, verdict_on_evidence.c.state == EvidenceState.REJECTED.value)


@cache
def _by_id(on_sqlite: bool) -> Select[Any]:
    return _WITH_NOTE.where(listed(evidence.c.id, on_sqlite))


@cache
def _wanted() -> Executable:
    """Ids of the newest of each topic, and of whatever the manager confirmed."""
    newest_first = (note.c.day.desc(), note.c.id.desc(), evidence.c.start.desc())
    place = func.row_number().over(partition_by=evidence.c.topic, order_by=newest_first).label("place")
    ranked = select(evidence.c.id, place).join(note, _ON_NOTE).where(*_THEIRS).subquery()
    confirmed = verdict_on_evidence.c.state == EvidenceState.CONFIRMED.value
    judged = select(verdict_on_evidence.c.note_id).where(ours(verdict_on_evidence), confirmed)
    about = select(evidence.c.id).join(verdict_on_evidence, _VERDICT).join(note, _ON_NOTE)
    ruled = about.where(*_THEIRS, confirmed, evidence.c.note_id.in_(judged))  # few verdicts, much evidence
    return select(ranked.c.id).where(ranked.c.place <= bindparam("most")).union(ruled)


def _judged(rows: Sequence[Any]) -> list[tuple[Span, Judged]]:
    return [
        (Span(start, end), Judged(key, _TOPICS[topic], text[start:end], _STATES[state]))
        for key, topic, start, end, state, text in rows
    ]


@dataclass(frozen=True, slots=True)
class SqlEvidence:
    """Evidence of the scope's account."""

    scope: Scope

    def of(self, person_id: PersonId, most: int | None = None) -> Sequence[Evidence]:
        """All evidence on one person, oldest first, rejected included.

        Words rejected once for a topic count as rejected wherever they stand in this person's notes, and so does what
        is found by a sign that the verdicts taught to drop for this person.
        With `most`, only that many of each topic, the newest, and whatever the manager confirmed.
        """
        if most is None:
            rows = self.scope.rows(_OF, person=person_id)
        else:  # ids first: they are found without reading a note, and then only their notes are read
            ids = [row[0] for row in self.scope.rows(_wanted(), person=person_id, most=most)]
            rows = self.scope.rows(_by_id(self.scope.on_sqlite), ids=self.scope.ids(ids))
        return self._taught(self._nouns(rows), person_id)

    def get(self, evidence_id: str) -> Evidence:
        """One item by id, or by a prefix that fits only one.

        Raises:
            Unknown: None fits, or more than one.
        """
        item = self._get(evidence_id)
        found = self._nouns([item])
        return self._taught(found, found[0].note.person_id)[0]

    def learnt(self, person_id: PersonId) -> Sequence[Lesson]:
        """The signs that the manager's verdicts taught to drop for one person."""
        return lessons(self._nouns(self.scope.rows(_RULED, person=person_id)))

    def judged(self, note_ids: Collection[NoteId]) -> Sequence[Judged]:
        """The verdicts on passages of these notes, found today or not, in the order of the passages."""
        return [item for _, item in self._verdicts(self.scope.among(note.c.id, note_ids))]

    def replace(self, note_ids: Sequence[NoteId], found: Sequence[Evidence]) -> None:
        """What the rules found in these notes, in place of what they found before.

        What the manager pointed out, confirmed or rejected stays, whether it was found again or not; so does what a
        model pointed out.
        """
        self._write_anew(note_ids, found, not_(_PROPOSED))

    def propose(self, note_ids: Sequence[NoteId], found: Sequence[Evidence]) -> None:
        """What a model pointed out in these notes, in place of what one pointed out before; all else stays."""
        self._write_anew(note_ids, found, _PROPOSED)

    def _write_anew(self, note_ids: Sequence[NoteId], found: Sequence[Evidence], whose: ColumnElement[bool]) -> None:
        here = and_(self.scope.own(evidence), self.scope.among(evidence.c.note_id, note_ids))
        self.scope.run(delete(evidence).where(here, whose, not_(SAID_BY_MANAGER)))
        by_hand = {row[0] for row in self.scope.rows(select(evidence.c.id).where(here, evidence.c.by_hand))}
        fresh = {item.id: item for item in found if item.id not in by_hand}
        self._put(list(fresh.values()), by_hand=False)

    def judge(self, evidence_id: str, state: EvidenceState) -> None:
        """The manager's verdict; `suggested` takes it back, a rejection with every one that taught the same.

        Raises:
            Unknown: There is no such evidence.
        """
        item = self.get(evidence_id)
        self._judge(item, state)
        if state is EvidenceState.SUGGESTED:
            for span, told in self._rejected(item.note.person_id):
                if EvidenceKey(told.topic, fold_text(told.words)) == item.key:
                    self._drop_verdict(told.note_id, span, told.topic)
            for lesson in self.learnt(item.note.person_id):
                if lesson.covers(item):
                    for each in lesson.rejected:
                        self._drop_verdict(each.note.id, each.quote.span, each.topic)

    def add(self, item: Evidence) -> None:
        """Evidence the manager pointed out; the finder never removes it."""
        self._put([item], by_hand=True)
        self._judge(item, item.state)

    def _put(self, items: Sequence[Evidence], *, by_hand: bool) -> None:
        for item in items:
            self.scope.check_own(item.note.account_id)
        ids = [item.id for item in items]
        self.scope.run(delete(evidence).where(self.scope.own(evidence), self.scope.among(evidence.c.id, ids)))
        self.scope.insert(evidence, (evidence_row(item, by_hand=by_hand) for item in items))

    def _judge(self, item: Evidence, state: EvidenceState) -> None:
        key = self._drop_verdict(item.note.id, item.quote.span, item.topic)
        if state is not EvidenceState.SUGGESTED:
            self.scope.insert(verdict_on_evidence, [{**key, "state": state.value}])

    def _drop_verdict(self, note_id: NoteId, span: Span, topic: Topic) -> dict[str, object]:
        """Take a verdict away; the key it had."""
        key: dict[str, object] = {"note_id": note_id, "start": span.start, "end": span.end, "topic": topic.value}
        this = and_(*(verdict_on_evidence.c[name] == value for name, value in key.items()))
        self.scope.run(delete(verdict_on_evidence).where(self.scope.own(verdict_on_evidence), this))
        return key

    def _verdicts(self, *conditions: ColumnElement[bool]) -> list[tuple[Span, Judged]]:
        """Verdicts with the words they are on, by note and place."""
        return _judged(self.scope.rows(_VERDICTS.where(*conditions)))

    def _rejected(self, person_id: PersonId) -> list[tuple[Span, Judged]]:
        return _judged(self.scope.rows(_REJECTED, person=person_id))

    def _taught(self, items: Sequence[Evidence], person_id: PersonId) -> list[Evidence]:
        """The items; what was rejected is not suggested again: neither the same words, nor by the same sign."""
        refused = {EvidenceKey(j.topic, fold_text(j.words)) for _, j in self._rejected(person_id)}
        if not refused:
            return list(items)
        taught = self.learnt(person_id)
        return [
            replace(item, state=EvidenceState.REJECTED)
            if item.state is EvidenceState.SUGGESTED
            and (item.key in refused or any(lesson.covers(item) for lesson in taught))
            else item
            for item in items
        ]

    def _get(self, evidence_id: str) -> Any:
        unknown = Unknown(
            f"There is no evidence with the id {evidence_id}, or more than one.", next="See `evidence list PERSON`."
        )
        if not is_storable(evidence_id):
            raise unknown
        fits = (self.scope.own(evidence), begins(evidence.c.id, evidence_id))
        ids = self.scope.rows(
            select(evidence.c.id).join(note, _ON_NOTE).where(self.scope.visible, *fits).order_by(evidence.c.id).limit(2)
        )
        key = only_one(ids, evidence_id, unknown)[0]
        return self.scope.rows(_WITH_NOTE.where(evidence.c.id == key))[0]

    def _nouns(self, rows: Sequence[Any]) -> list[Evidence]:
        found, notes = [], notes_by_id(self.scope, (row[0] for row in rows))
        for key, start, end, topic, witness, strength, cue, finder, state, tense in rows:
            found.append(
                Evidence(
                    Quote(notes[key], Span(start, end)), _TOPICS[topic], _WITNESSES[witness], _STRENGTHS[strength], cue,
                    finder, _STATES[state], _TENSES[tense],
                )
            )  # fmt: skip
        return found

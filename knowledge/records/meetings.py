"""One-on-ones of one account, as rows. Planned and skipped ones may lie after the scope's day, held ones may not."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Select, Table, and_, bindparam, delete, or_, select

from assistant.domain.meeting import Chosen, Meeting, MeetingState
from assistant.domain.note import NoteId
from assistant.domain.person import PersonId
from assistant.domain.question import kept_id
from knowledge.records.scope import Scope, check_storable, listed, ours
from knowledge.records.tables import meeting, meeting_note, meeting_promise, meeting_question

_COLUMNS = (meeting.c.id, meeting.c.person_id, meeting.c.day, meeting.c.state, meeting_note.c.note_id)
_NOTED = and_(meeting_note.c.account_id == meeting.c.account_id, meeting_note.c.meeting_id == meeting.c.id)

_IN_VIEW = or_(meeting.c.day <= bindparam("today"), meeting.c.state != MeetingState.HELD.value)
_ALL = (
    select(*_COLUMNS)
    .outerjoin(meeting_note, _NOTED)
    .where(ours(meeting), _IN_VIEW)
    .order_by(meeting.c.day, meeting.c.id, meeting_note.c.place)
)
_OF = _ALL.where(meeting.c.person_id == bindparam("person"))
_STATES = {state.value: state for state in MeetingState}
_WHAT = {meeting_question: ("question_id", "text"), meeting_promise: ("promise_id",)}


@cache
def _about(table: Table, on_sqlite: bool) -> Select[Any]:
    query = select(table.c.meeting_id, *(table.c[name] for name in _WHAT[table]))
    return query.where(ours(table), listed(table.c.meeting_id, on_sqlite)).order_by(table.c.place)


@dataclass(frozen=True, slots=True)
class SqlMeetings:
    """Meetings of the scope's account."""

    scope: Scope

    def of(self, person_id: PersonId) -> Sequence[Meeting]:
        """One person's meetings by day."""
        return self._nouns(self.scope.rows(_OF, person=person_id))

    def all(self) -> Sequence[Meeting]:
        """Every meeting of the account by day."""
        return self._nouns(self.scope.rows(_ALL))

    def save(self, meetings: Sequence[Meeting]) -> None:
        """New or changed meetings; one a person and day, the last one said wins."""
        wanted = {(m.person_id, m.day): m for m in meetings}
        before = self._stored([m.id for m in wanted.values()])
        for new in wanted.values():
            self.scope.check_own(new.account_id)
            same_day = and_(meeting.c.person_id == new.person_id, meeting.c.day == new.day)
            this = and_(self.scope.own(meeting), or_(meeting.c.id == new.id, same_day))
            self.scope.run(delete(meeting).where(this))
        self.scope.insert(
            meeting,
            (_row(m) | {"from_notes": _only_notes_say_so(m, before.get(m.id))} for m in wanted.values()),
        )
        self.scope.insert(
            meeting_note,
            (
                {"meeting_id": m.id, "note_id": note_id, "place": place}
                for m in wanted.values()
                for place, note_id in enumerate(dict.fromkeys(m.note_ids))
            ),
        )
        for new in wanted.values():
            self._save_what_it_was_about(new)

    def remove(self, meeting_id: str) -> None:
        """Take a meeting out."""
        self.scope.run(delete(meeting).where(and_(self.scope.own(meeting), meeting.c.id == meeting_id)))

    def _save_what_it_was_about(self, new: Meeting) -> None:
        check_storable(*new.promises, *(word for q in new.questions for word in (q.question_id, q.text)))
        questions = {kept_id(new.person_id, q.question_id): q.text for q in new.questions}
        self.scope.insert(
            meeting_question,
            (
                {"meeting_id": new.id, "question_id": key, "text": text, "place": place}
                for place, (key, text) in enumerate(questions.items())
            ),
        )
        self.scope.insert(
            meeting_promise,
            (
                {"meeting_id": new.id, "promise_id": key, "place": place}
                for place, key in enumerate(dict.fromkeys(new.promises))
            ),
        )

    def _stored(self, ids: Sequence[str]) -> dict[str, tuple[str, bool]]:
        """State and whether only notes say so, of the meetings that are there already."""
        here = and_(self.scope.own(meeting), self.scope.among(meeting.c.id, ids))
        rows = self.scope.rows(select(meeting.c.id, meeting.c.state, meeting.c.from_notes).where(here))
        return {row[0]: (row[1], row[2]) for row in rows}

    def _nouns(self, rows: Sequence[Any]) -> list[Meeting]:
        told: dict[str, tuple[Any, list[NoteId]]] = {}
        for row in rows:
            note_ids = told.setdefault(row[0], (row, []))[1]
            if row[4] is not None:
                note_ids.append(row[4])
        questions = self._about(meeting_question, [*told])
        promises = self._about(meeting_promise, [*told])
        account_id = self.scope.account.id
        return [
            Meeting(
                account_id, key, row[1], row[2], _STATES[row[3]], tuple(note_ids),
                tuple(Chosen(kept_id(row[1], named), text) for named, text in questions[key]),
                tuple(each[0] for each in promises[key]),
            )
            for key, (row, note_ids) in told.items()
        ]  # fmt: skip

    def _about(self, table: Table, meeting_ids: Sequence[str]) -> Mapping[str, list[Sequence[Any]]]:
        """What some meetings were about, in order; one query."""
        found: defaultdict[str, list[Sequence[Any]]] = defaultdict(list)
        if meeting_ids:
            for row in self.scope.rows(_about(table, self.scope.on_sqlite), ids=self.scope.ids(meeting_ids)):
                found[row[0]].append(row[1:])
        return found


def _only_notes_say_so(new: Meeting, before: tuple[str, bool] | None) -> bool:
    """Whether a meeting goes when its notes go: not when somebody planned it or set its state by hand."""
    if before is None:
        return bool(new.note_ids)
    state, from_notes = before
    return from_notes and state == new.state.value


def _row(noun: Meeting) -> dict[str, object]:
    return {"id": noun.id, "person_id": noun.person_id, "day": noun.day, "state": noun.state.value}

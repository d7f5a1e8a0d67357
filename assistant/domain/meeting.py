"""A one-on-one: planned, held or skipped. "Last time" is the newest held one."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from assistant.domain.account import AccountId
from assistant.domain.note import NoteId
from assistant.domain.person import PersonId
from assistant.domain.pillar import Pillar

WITHOUT_MEETING = timedelta(days=60)


class MeetingState(StrEnum):
    """Where a meeting stands."""

    PLANNED = "planned"
    HELD = "held"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Chosen:
    """A question that was chosen for a one-on-one, with the words it had then.

    Attributes:
        pillar: What it is for, where that is known; a meeting on record does not keep it.
    """

    question_id: str
    text: str
    pillar: Pillar | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """One one-on-one with one person on one day; at most one a day.

    Attributes:
        questions: Those chosen for it or asked in it, in order.
        promises: Ids of the promises that were settled in it.
    """

    account_id: AccountId
    id: str
    person_id: PersonId
    day: date
    state: MeetingState
    note_ids: tuple[NoteId, ...] = ()
    questions: tuple[Chosen, ...] = ()
    promises: tuple[str, ...] = ()

    def with_question(self, question_id: str, text: str) -> "Meeting":
        """The meeting with one more question; one that is there already keeps its place and takes the new words."""
        words = {each.question_id: each.text for each in self.questions} | {question_id: text}
        return replace(self, questions=tuple(Chosen(*each) for each in words.items()))

    def with_promise(self, promise_id: str) -> "Meeting":
        """The meeting with one more promise reviewed."""
        return replace(self, promises=tuple(dict.fromkeys((*self.promises, promise_id))))

    def joined_with(self, other: "Meeting") -> "Meeting":
        """The meeting with all that another entry of it has besides: held when either says so, its own words first."""
        own = {each.question_id for each in self.questions}
        return replace(
            self,
            state=min(self.state, other.state, key=_FIRST.index),
            questions=(*self.questions, *(each for each in other.questions if each.question_id not in own)),
            promises=tuple(dict.fromkeys((*self.promises, *other.promises))),
        )


_FIRST = (MeetingState.HELD, MeetingState.PLANNED, MeetingState.SKIPPED)


def planned_id(import_id: str, uid: str, day: date) -> str:
    """The id of a one-on-one that an import planned: it tells the import, the calendar's entry and the day."""
    return f"{import_id}.{_mark(uid)}.{day:%Y%m%d}"


def planned_by(import_id: str) -> str:
    """How the ids of all one-on-ones begin that an import planned."""
    return f"{import_id}."


def is_planned_from(meeting: Meeting, uid: str) -> bool:
    """Whether a calendar's entry of this id planned the meeting, and it is still only planned."""
    return meeting.state is MeetingState.PLANNED and meeting.id.split(".")[1:2] == [_mark(uid)]


def _mark(uid: str) -> str:
    return hashlib.sha256(uid.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class LastTime:
    """Since when things count as new: the newest held meeting, or the last sixty days when there was none."""

    day: date
    was_meeting: bool


def last_time(meetings: Iterable[Meeting], today: date) -> LastTime:
    """The newest held meeting before `today`; with none, sixty days back, and it says so."""
    held = [m.day for m in meetings if m.state is MeetingState.HELD and m.day < today]
    return LastTime(max(held), True) if held else LastTime(today - WITHOUT_MEETING, False)


@dataclass(frozen=True, slots=True)
class NextTalk:
    """When the next one-on-one is due by the rhythm that the manager set.

    Attributes:
        due: The newest held one plus the rhythm; today when there was none yet; none without a rhythm.
        overdue_days: How many days ago that was, unless one is planned.
    """

    due: date | None = None
    overdue_days: int = 0


def next_talk(meetings: Iterable[Meeting], cadence_days: int | None, today: date) -> NextTalk:
    """When to meet next. A skipped one-on-one does not count as held: the rhythm runs on."""
    if cadence_days is None:
        return NextTalk()
    known = list(meetings)
    held = [m.day for m in known if m.state is MeetingState.HELD and m.day <= today]
    due = max(held) + timedelta(days=cadence_days) if held else today
    planned = any(m.state is MeetingState.PLANNED and m.day >= today for m in known)
    return NextTalk(due, 0 if planned else max((today - due).days, 0))

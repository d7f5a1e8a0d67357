"""A one-on-one: planned, held or skipped. "Last time" is the newest held one."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from assistant.domain.account import AccountId
from assistant.domain.note import NoteId
from assistant.domain.person import PersonId

WITHOUT_MEETING = timedelta(days=60)


class MeetingState(StrEnum):
    """Where a meeting stands."""

    PLANNED = "planned"
    HELD = "held"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Meeting:
    """One one-on-one with one person on one day; at most one a day."""

    account_id: AccountId
    id: str
    person_id: PersonId
    day: date
    state: MeetingState
    note_ids: tuple[NoteId, ...] = ()


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

"""Which days of a calendar become planned one-on-ones. What has passed was not held just because it was planned."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from assistant.domain.account import AccountId
from assistant.domain.importing import MeetingDraft
from assistant.domain.meeting import Meeting, MeetingState, is_planned_from, planned_id
from assistant.domain.person import Person, PersonId

AHEAD = timedelta(days=92)  # of a series; single ones may lie further off


@dataclass(frozen=True, slots=True)
class Planned:
    """What one file adds to the diary.

    Attributes:
        meetings: New ones, and those that were moved to another day.
        people: Whom they are with.
        known: Days that were there already, planned, held or skipped.
    """

    meetings: tuple[Meeting, ...]
    people: tuple[Person, ...]
    known: int
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Diary:
    """The one-on-ones of an account on a day.

    Attributes:
        import_id: The import that plans; it stands in the ids, so that it can be taken back.
    """

    account: AccountId
    import_id: str
    today: date
    meetings: Sequence[Meeting]

    def plan(self, drafts: Sequence[tuple[Person | None, MeetingDraft]]) -> Planned:
        """The days from today on, one a person and day; a series only for the next three months.

        A single entry that is still planned and now lies on another day is moved there. What is held or skipped on a
        day stays as it is.
        """
        taken = {(m.person_id, m.day): m for m in self.meetings}
        fresh: list[Meeting] = []
        people: dict[PersonId, Person] = {}
        known = past = later = 0
        for person, draft in drafts:
            if draft.day < self.today:
                past += 1
            elif draft.repeats and draft.day > self.today + AHEAD:
                later += 1
            elif person is None:
                continue
            elif (person.id, draft.day) in taken:
                known += 1
            else:
                meeting = self._meeting(person, draft)
                taken[person.id, draft.day] = meeting
                fresh.append(meeting)
                people[person.id] = person
        return Planned(tuple(fresh), tuple(people.values()), known, tuple(_told(past, later)))

    def _meeting(self, person: Person, draft: MeetingDraft) -> Meeting:
        """A new one, or the one of the same single entry moved to its new day."""
        of_entry = [m for m in self.meetings if m.person_id == person.id and is_planned_from(m, draft.uid)]
        if len(of_entry) == 1 and not draft.repeats:
            return replace(of_entry[0], day=draft.day)
        return Meeting(
            self.account, planned_id(self.import_id, draft.uid, draft.day), person.id, draft.day, MeetingState.PLANNED
        )


def _told(past: int, later: int) -> list[str]:
    """Why days were left out, counted."""
    told = []
    if past:
        told.append(f"{_days(past)} passed: left out, since a calendar does not say that you met")
    if later:
        told.append(f"{_days(later)} more than {AHEAD.days} days ahead: left out; import the calendar again then")
    return told


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count:,} days"

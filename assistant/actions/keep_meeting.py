"""Plan a one-on-one, say that it was held or skipped, or take that back. One a person and day."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from assistant.actions.keep_notes import not_later
from assistant.domain.meeting import Meeting, MeetingState
from assistant.domain.person import PersonId
from assistant.errors import Invalid, Unknown
from assistant.ports.outside import Ids
from assistant.ports.records import Shelf


def keep_meeting(
    shelf: Shelf,
    person_id: PersonId,
    day: date,
    state: MeetingState,
    *,
    ids: Ids,
    questions: Mapping[str, str] = MappingProxyType({}),
) -> Meeting:
    """The meeting of that day in its new state, with these questions (id to words) chosen for it besides those it has.

    Raises:
        Unknown: There is no such person.
        Invalid: A held meeting in the future, or a planned one in the past.
    """
    person = shelf.people.get(person_id)
    if state is MeetingState.HELD:
        not_later(day, shelf.today)
    if state is MeetingState.PLANNED and day < shelf.today:
        raise Invalid(f"{day.isoformat()} has passed.", next="Plan a day from today on, or say that it was held.")
    known = next((m for m in shelf.meetings.of(person_id) if m.day == day), None)
    if known is not None and state is MeetingState.PLANNED and known.state is MeetingState.HELD:
        raise Invalid(f"The one-on-one of {day.isoformat()} was held already.", next="Plan another day.")
    meeting = replace(known, state=state) if known else Meeting(person.account_id, ids(), person.id, day, state)
    for question_id, text in questions.items():
        meeting = meeting.with_question(question_id, text)
    shelf.meetings.save([meeting])
    return meeting


def take_meeting_back(shelf: Shelf, person_id: PersonId, day: date, before: MeetingState | None) -> None:
    """Undo a word about a meeting: as it was `before`, or gone when there was none.

    Raises:
        Unknown: There is no meeting on that day.
        Invalid: Notes say that it was held.
    """
    person = shelf.people.get(person_id)
    known = next((m for m in shelf.meetings.of(person.id) if m.day == day), None)
    if known is None:
        raise Unknown(f"There is no one-on-one on {day.isoformat()}.", next="See which there are.")
    if known.note_ids:
        raise Invalid(f"A note tells of the one-on-one of {day.isoformat()}.", next="Delete or move that note first.")
    if before is None:
        shelf.meetings.remove(known.id)
    else:
        shelf.meetings.save([replace(known, state=before)])


def meeting_of_today(shelf: Shelf, person_id: PersonId) -> Meeting | None:
    """Today's one-on-one with somebody, planned or held: what is asked and settled today belongs to it."""
    todays = (m for m in shelf.meetings.of(person_id) if m.day == shelf.today)
    return next((m for m in todays if m.state is not MeetingState.SKIPPED), None)

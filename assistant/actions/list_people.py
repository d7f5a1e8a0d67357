"""Everyone at a glance: when we last met and what is open. Never a score."""

from collections import defaultdict
from collections.abc import Sequence

from assistant.domain.meeting import Meeting, MeetingState, next_talk
from assistant.domain.overview import PersonRow
from assistant.domain.person import PersonId
from assistant.domain.promise import Owner
from assistant.ports.records import Shelf


def list_people(shelf: Shelf) -> Sequence[PersonRow]:
    """One row a person, by name."""
    counts, owed, today = shelf.notes.counts(), shelf.promises.open_counts(), shelf.today
    meetings: defaultdict[PersonId, list[Meeting]] = defaultdict(list)
    for meeting in shelf.meetings.all():
        meetings[meeting.person_id].append(meeting)
    rows = []
    for person in shelf.people.all():
        held = [m.day for m in meetings[person.id] if m.state is MeetingState.HELD and m.day <= today]
        planned = [m.day for m in meetings[person.id] if m.state is MeetingState.PLANNED and m.day >= today]
        rows.append(
            PersonRow(
                person=person,
                notes=counts.get(person.id, 0),
                last_met=max(held, default=None),
                next_planned=min(planned, default=None),
                mine_open=owed.get((person.id, Owner.ME), 0),
                theirs_open=owed.get((person.id, Owner.THEM), 0),
                next_talk=next_talk(meetings[person.id], person.cadence_days, today),
            )
        )
    return rows

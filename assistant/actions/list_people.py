"""Everyone at a glance: when we last met and what is open. Never a score."""

from collections import defaultdict
from collections.abc import Sequence

from assistant.domain.meeting import Meeting, MeetingState, next_talk
from assistant.domain.overview import PersonRow
from assistant.domain.person import PersonId
from assistant.domain.promise import Owner, PromiseState
from assistant.ports.records import Shelf


def list_people(shelf: Shelf) -> Sequence[PersonRow]:
    """One row a person, by name."""
    counts, today = shelf.notes.counts(), shelf.today
    meetings: defaultdict[PersonId, list[Meeting]] = defaultdict(list)
    for meeting in shelf.meetings.all():
        meetings[meeting.person_id].append(meeting)
    rows = []
    for person in shelf.people.all():
        held = [m.day for m in meetings[person.id] if m.state is MeetingState.HELD and m.day <= today]
        planned = [m.day for m in meetings[person.id] if m.state is MeetingState.PLANNED and m.day >= today]
        owed = [p.owner for p in shelf.promises.of(person.id) if p.state is PromiseState.OPEN and not p.is_quiet(today)]
        rows.append(
            PersonRow(
                person=person,
                notes=counts.get(person.id, 0),
                last_met=max(held, default=None),
                next_planned=min(planned, default=None),
                mine_open=owed.count(Owner.ME),
                theirs_open=owed.count(Owner.THEM),
                next_talk=next_talk(meetings[person.id], person.cadence_days, today),
            )
        )
    return rows

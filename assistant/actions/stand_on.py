"""What rests on a note now: told before it is deleted, and compared after it was changed."""

from collections.abc import Iterator

from assistant.domain.evidence import EvidenceState
from assistant.domain.meeting import Meeting, MeetingState
from assistant.domain.note import Note, NoteId
from assistant.domain.plan import Plan
from assistant.domain.standing import Kind, Resting, Standing
from assistant.grounding import set_apart
from assistant.ports.records import Shelf


def standing_on(shelf: Shelf, note_id: NoteId) -> Standing:
    """What rests on a note; nothing for one that is not there, or not this account's."""
    known = shelf.notes.known([note_id])
    if not known:
        return Standing(note_id)
    return Standing(note_id, tuple(_items(shelf, known[0])))


def _items(shelf: Shelf, note: Note) -> Iterator[Resting]:
    note_id, owner = note.id, note.person_id
    for said in shelf.evidence.judged([note_id]):
        kind = Kind.CONFIRMED if said.state is EvidenceState.CONFIRMED else Kind.REJECTED
        yield Resting(kind, owner, said.words)
    for promise in shelf.promises.of(owner):
        if any(quote.note.id == note_id for quote in promise.quotes):
            yield Resting(Kind.PROMISE, owner, promise.what, promise.id)
        if promise.closed_by is not None and promise.closed_by.note.id == note_id:
            yield Resting(Kind.CLOSED, owner, promise.what, promise.id)
    for meeting in shelf.meetings.of(owner):
        if note_id in meeting.note_ids:
            yield Resting(Kind.MEETING, owner, meeting.day.isoformat())
        yield from (Resting(Kind.QUESTION, owner, text, meeting.id) for text in _quoting(meeting, note))
    for person in shelf.people.all():
        plan = shelf.plans.newest(person.id)
        if plan is not None:
            yield from (Resting(Kind.PLAN, person.id, name, version=plan.version) for name in _links(plan, note_id))
            for item in shelf.plans.check_ins(person.id, plan.version):
                if item.quote is not None and item.quote.note.id == note_id:
                    yield Resting(Kind.CHECK_IN, person.id, item.section.words, version=plan.version)


def _quoting(meeting: Meeting, note: Note) -> Iterator[str]:
    """The questions chosen for a one-on-one to come that set a passage of the note apart."""
    if meeting.state is MeetingState.PLANNED:
        for question in meeting.questions:
            if any(part.strip() and part in note.text for part in set_apart(question.text)):
                yield question.text


def _links(plan: Plan, note_id: NoteId) -> Iterator[str]:
    """The links of a plan that quote the note, each once."""
    found = (
        name
        for thread in plan.threads
        for name in ("passion", "talent", "customer", "value")
        if any(quote.note.id == note_id for quote in getattr(thread, name).quotes)
    )
    yield from dict.fromkeys(found)

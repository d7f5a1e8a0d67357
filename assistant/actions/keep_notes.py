"""Keep notes so that they are found, screened and mined at once. The slow part happens before the write begins."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.actions.find_mentions import find_mentions
from assistant.domain.account import Account, AccountId
from assistant.domain.evidence import Evidence
from assistant.domain.meeting import Meeting, MeetingState
from assistant.domain.note import Note, NoteId, NoteKind
from assistant.domain.person import Person, PersonId
from assistant.domain.policy import Readable, Screening
from assistant.domain.promise import Promise
from assistant.domain.search import NoteVector
from assistant.errors import Invalid
from assistant.ports.engine import Finder
from assistant.ports.outside import Ids, NoteSearch
from assistant.ports.records import Records, Shelf

MEETS = {NoteKind.ONE_ON_ONE, NoteKind.DEBRIEF}


@dataclass(frozen=True, slots=True)
class Ready:
    """Notes with everything derived from them, worked out before the write."""

    notes: tuple[Note, ...]
    screenings: tuple[Screening, ...]
    evidence: tuple[Evidence, ...]
    vectors: tuple[NoteVector, ...]


def make_ready(
    notes: Sequence[Note], people: Sequence[Person], manager: Account, search: NoteSearch, finder: Finder
) -> Ready:
    """Mentions, screenings, evidence and vectors for notes of any of these people. Touches no records."""
    told = tuple(find_mentions(note, people) for note in notes)
    screenings = tuple(finder.screen(told))
    readable = [Readable(note, screening) for note, screening in zip(told, screenings, strict=True)]
    by_id = {person.id: person for person in people}
    evidence: list[Evidence] = []
    for person_id in dict.fromkeys(note.person_id for note in told):
        own = [r for r in readable if r.note.person_id == person_id]
        evidence.extend(finder.evidence(by_id[person_id], manager, own))
    return Ready(told, screenings, tuple(evidence), tuple(search.prepare(told, people)))


def find_promises(
    shelf: Shelf,
    finder: Finder,
    person: Person,
    fresh: Sequence[Readable] = (),
    *,
    without: Collection[NoteId] = (),
) -> Sequence[Promise]:
    """One person's promises over the whole history, with notes about to be written, without those about to go."""
    ids = {*without, *(r.note.id for r in fresh)}
    known = [r for r in shelf.screenings.of(shelf.notes.of(person.id)) if r.note.id not in ids]
    return finder.promises(person, shelf.account, sorted([*known, *fresh], key=lambda r: (r.note.day, r.note.id)))


@dataclass(frozen=True, slots=True)
class Foreseen:
    """One person's promises as they were found before a write, and the notes they were found over."""

    person: Person
    promises: Sequence[Promise]
    notes: Mapping[NoteId, int]


def foresee(
    shelf: Shelf,
    finder: Finder,
    person: Person,
    fresh: Sequence[Readable] = (),
    *,
    without: Collection[NoteId] = (),
) -> Foreseen:
    """What `find_promises` says, with what it takes to see later whether it still holds."""
    found = find_promises(shelf, finder, person, fresh, without=without)
    return Foreseen(person, found, shelf.notes.stamps(person.id))


def overtaken(shelf: Shelf, foreseen: Iterable[Foreseen]) -> set[PersonId]:
    """Whose notes somebody else has changed since; to be asked before anything is written."""
    return {each.person.id for each in foreseen if shelf.notes.stamps(each.person.id) != each.notes}


def write_promises(shelf: Shelf, finder: Finder, foreseen: Iterable[Foreseen], late: Collection[PersonId]) -> None:
    """Keep the promises that were foreseen; of those who were overtaken, find them over what the shelf holds now."""
    for each in foreseen:
        found = find_promises(shelf, finder, each.person) if each.person.id in late else each.promises
        shelf.promises.replace_found(each.person.id, found)


def write(shelf: Shelf, ready: Ready, ids: Ids) -> None:
    """Put new notes and what was derived from them on the shelf; a one-on-one note makes a held meeting."""
    shelf.notes.add(ready.notes)
    write_derived(shelf, ready)
    shelf.meetings.save(held_meetings(shelf, ready.notes, ids))


def write_derived(shelf: Shelf, ready: Ready) -> None:
    """Put what was derived from stored notes on the shelf, in place of what was derived before."""
    shelf.screenings.put(ready.screenings)
    shelf.evidence.replace([note.id for note in ready.notes], ready.evidence)
    shelf.vectors.put(ready.vectors)


def held_meetings(shelf: Shelf, notes: Sequence[Note], ids: Ids) -> list[Meeting]:
    """The meetings that one-on-one notes bear witness to, joined with those already known."""
    made: dict[tuple[str, date], Meeting] = {}
    for note in (n for n in notes if n.kind in MEETS):
        key = (note.person_id, note.day)
        known = made.get(key) or next((m for m in shelf.meetings.of(note.person_id) if m.day == note.day), None)
        note_ids = tuple(dict.fromkeys((*(known.note_ids if known else ()), note.id)))
        meeting_id = known.id if known else ids()
        made[key] = Meeting(note.account_id, meeting_id, note.person_id, note.day, MeetingState.HELD, note_ids)
    return list(made.values())


def keep_notes(
    records: Records,
    account: AccountId,
    today: date,
    *,
    notes: Sequence[Note],
    search: NoteSearch,
    finder: Finder,
    ids: Ids,
) -> tuple[Note, ...]:
    """Store new notes of known people in one short write; what was slow is done before it begins.

    Raises:
        Unknown: A note is filed under somebody this account does not have.
    """
    with records.reading(account, today) as shelf:
        people = [*shelf.people.all()]
        owners = [shelf.people.get(i) for i in dict.fromkeys(note.person_id for note in notes)]
        ready = make_ready(notes, people, shelf.account, search, finder)
        fresh = [Readable(n, s) for n, s in zip(ready.notes, ready.screenings, strict=True)]
        promises = [foresee(shelf, finder, p, [r for r in fresh if r.note.person_id == p.id]) for p in owners]
    with records.writing(account, today) as shelf:
        late = overtaken(shelf, promises)
        write(shelf, ready, ids)
        write_promises(shelf, finder, promises, late)
    return ready.notes


def not_later(day: date, today: date) -> date:
    """The day, unless it lies after today: a note tells what has happened."""
    if day > today:
        raise Invalid(
            f"{day.isoformat()} has not come yet.", next="Give the day it happened; plan ahead with `meeting`."
        )
    return day

"""Keep notes so that they are found, screened and mined at once. The slow part happens before the write begins."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import date

from assistant.actions.find_mentions import find_mentions
from assistant.actions.find_promises import write_with_promises
from assistant.actions.heed_word import evidence_agreed
from assistant.domain.account import Account, AccountId
from assistant.domain.evidence import Evidence
from assistant.domain.meeting import Meeting, MeetingState
from assistant.domain.note import Note, NoteKind
from assistant.domain.pending import Pending
from assistant.domain.person import Person
from assistant.domain.policy import Readable, Screening
from assistant.domain.search import NoteVector
from assistant.errors import Invalid
from assistant.ports.engine import Finder
from assistant.ports.outside import Ids, NoteSearch
from assistant.ports.records import Records, Shelf

MEETS = {NoteKind.ONE_ON_ONE, NoteKind.DEBRIEF}


@dataclass(frozen=True, slots=True)
class Mined:
    """Notes with what a finder found in them."""

    notes: tuple[Note, ...]
    screenings: tuple[Screening, ...]
    evidence: tuple[Evidence, ...]
    reader: str

    @property
    def readable(self) -> list[Readable]:
        """Each note with its screening."""
        return [Readable(n, s) for n, s in zip(self.notes, self.screenings, strict=True)]


@dataclass(frozen=True, slots=True)
class Ready(Mined):
    """Notes with everything derived from them, worked out before the write."""

    vectors: tuple[NoteVector, ...]


def mine(notes: Sequence[Note], people: Sequence[Person], manager: Account, finder: Finder) -> Mined:
    """Screenings and evidence for notes of any of these people. Touches no records."""
    screenings = tuple(finder.screen(notes))
    readable = [Readable(note, screening) for note, screening in zip(notes, screenings, strict=True)]
    by_id = {person.id: person for person in people}
    evidence: list[Evidence] = []
    for person_id in dict.fromkeys(note.person_id for note in notes):
        own = [r for r in readable if r.note.person_id == person_id]
        evidence.extend(finder.evidence(by_id[person_id], manager, own))
    return Mined(tuple(notes), screenings, tuple(evidence), finder.fingerprint)


def make_ready(
    notes: Sequence[Note], people: Sequence[Person], manager: Account, search: NoteSearch, finder: Finder
) -> Ready:
    """Mentions, screenings, evidence and vectors for notes of any of these people. Touches no records."""
    told = [find_mentions(note, people) for note in notes]
    with ThreadPoolExecutor(1) as beside:  # an encoder leaves the interpreter free for the rules meanwhile
        vectors = beside.submit(search.prepare, told, people)
        mined = mine(told, people, manager, finder)
        return Ready(mined.notes, mined.screenings, mined.evidence, mined.reader, tuple(vectors.result()))


def write(shelf: Shelf, ready: Ready, ids: Ids, awaiting: Pending | None = None) -> None:
    """Put new notes and what was derived from them on the shelf; a one-on-one note makes a held meeting.

    Nothing that is found in a note counts while something out of it is `awaiting` a yes.
    """
    shelf.notes.add(ready.notes)
    if awaiting is not None:
        shelf.pending.put(awaiting)
    write_derived(shelf, ready)
    shelf.meetings.save(held_meetings(shelf, ready.notes, ids))


def write_derived(shelf: Shelf, ready: Ready) -> None:
    """Put what was derived from stored notes on the shelf, in place of what was derived before."""
    shelf.screenings.put(ready.screenings)
    shelf.evidence.replace([note.id for note in ready.notes], evidence_agreed(shelf, ready.evidence))
    shelf.vectors.put(ready.vectors)
    shelf.readings.mark([note.id for note in ready.notes], ready.reader)


def held_meetings(shelf: Shelf, notes: Sequence[Note], ids: Ids) -> list[Meeting]:
    """The meetings that one-on-one notes bear witness to, joined with those already known."""
    made: dict[tuple[str, date], Meeting] = {}
    for note in (n for n in notes if n.kind in MEETS):
        key = (note.person_id, note.day)
        known = made.get(key) or next((m for m in shelf.meetings.of(note.person_id) if m.day == note.day), None)
        meeting = known or _new_meeting(shelf, note, ids)
        note_ids = tuple(dict.fromkeys((*meeting.note_ids, note.id)))
        made[key] = replace(meeting, state=MeetingState.HELD, note_ids=note_ids)
    return list(made.values())


def _new_meeting(shelf: Shelf, note: Note, ids: Ids) -> Meeting:
    """A held meeting nobody had written down; what was asked on its day was asked in it."""
    todays = note.day == shelf.today
    held = Meeting(note.account_id, ids(), note.person_id, note.day, MeetingState.HELD)
    for entry in shelf.ledger.of(note.person_id) if todays else ():
        held = held.with_question(entry.question_id, entry.text) if entry.day == note.day else held
    return held


def keep_notes(
    records: Records,
    account: AccountId,
    today: date,
    *,
    notes: Sequence[Note],
    search: NoteSearch,
    finder: Finder,
    ids: Ids,
    awaiting: Pending | None = None,
) -> tuple[Note, ...]:
    """Store new notes of known people in one short write; what was slow is done before it begins.

    With `awaiting` nothing found in the one new note counts until that is answered.

    Raises:
        Unknown: A note is filed under somebody this account does not have.
    """
    with records.reading(account, today) as shelf:
        people = [*shelf.people.all()]
        owners = [shelf.people.get(i) for i in dict.fromkeys(note.person_id for note in notes)]
        ready = make_ready(notes, people, shelf.account, search, finder)
    write_with_promises(
        records, account, today, lambda shelf: write(shelf, ready, ids, awaiting), finder=finder, people=owners,
        fresh=() if awaiting else ready.readable,
    )  # fmt: skip
    return ready.notes


def not_later(day: date, today: date) -> date:
    """The day, unless it lies after today: a note tells what has happened."""
    if day > today:
        raise Invalid(
            f"{day.isoformat()} has not come yet.", next="Give the day it happened; plan ahead with `meeting`."
        )
    return day

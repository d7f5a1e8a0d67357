"""Two entries that are one person become one. Only ever on the manager's word, never by itself.

Cut off half-way it has lost nothing: some notes are filed anew already, and doing it again files the rest.
"""

from dataclasses import replace
from datetime import date

from assistant.actions.change_note import move_note
from assistant.actions.find_promises import refind_promises
from assistant.actions.refind_mentions import refind_mentions
from assistant.domain.account import AccountId
from assistant.domain.meeting import Chosen, Meeting
from assistant.domain.person import Person
from assistant.domain.question import id_for
from assistant.errors import Refused
from assistant.ports.engine import Finder
from assistant.ports.outside import Ids, NoteSearch
from assistant.ports.records import Records, Shelf

_EVER = date.max  # what lies after the day of the view belongs to the person as well


def merge_people(
    records: Records,
    account: AccountId,
    keep: Person,
    other: Person,
    *,
    search: NoteSearch,
    finder: Finder,
    ids: Ids,
) -> Person:
    """File everything of `other` under `keep` and remember the other's names as aliases.

    Raises:
        Refused: Both are the same entry, or a note came in for the other one meanwhile.
    """
    if keep.id == other.id:
        raise Refused(f"{keep.name} cannot be merged with the same entry.", next="Name two entries.")
    with records.reading(account, _EVER) as shelf:
        notes = [note.id for note in shelf.notes.of(other.id)]
        talked = any(m.questions or m.promises for m in shelf.meetings.of(other.id))
    if talked:  # a one-on-one goes when its notes are moved away, so what it was about goes before them
        with records.writing(account, _EVER) as shelf:
            shelf.meetings.save([m for m in _joined_meetings(shelf, keep, other) if m.questions or m.promises])
    for note_id in notes:
        move_note(records, account, _EVER, note_id, keep, search=search, finder=finder, ids=ids)
    with records.writing(account, _EVER) as shelf:
        if shelf.notes.count(other.id):
            raise Refused(f"A note about {other.name} came in meanwhile.", next="Merge them again; nothing is lost.")
        before = shelf.people.all()
        merged = _joined(shelf.people.get(keep.id), shelf.people.get(other.id))
        theirs = (*shelf.promises.of(other.id), *shelf.promises.asked_by(other.id))
        by_hand = [replace(p, person_id=keep.id) for p in theirs if p.by_hand]
        meetings = _joined_meetings(shelf, keep, other)
        asked = [
            replace(e, person_id=keep.id, question_id=id_for(keep.id, e.question_id, e.text, before=other.id))
            for e in shelf.ledger.of(other.id)
        ]
        thought = [
            replace(o, person_id=keep.id, question_id=id_for(keep.id, o.question_id, o.text, before=other.id))
            for o in shelf.opinions.of(other.id)
        ]
        shelf.plans.take_over(keep.id, other.id)
        shelf.pending.take_over(keep.id, other.id)
        shelf.releases.refile(other.id, keep.id)
        shelf.turns.take_over(keep.id, other.id)
        shelf.people.remove(other.id)
        shelf.people.save(merged)
        refind_mentions(shelf, before)
        shelf.promises.save(by_hand)
        shelf.meetings.save(meetings)
        for entry in asked:
            shelf.ledger.add(entry)
        known = {o.question_id: o.day for o in shelf.opinions.of(keep.id)}
        for opinion in thought:
            if known.get(opinion.question_id, opinion.day) <= opinion.day:  # the newer word counts
                shelf.opinions.put(opinion)
        refind_promises(shelf, finder, [merged])
    return merged


def _joined(keep: Person, other: Person) -> Person:
    """The kept entry with what only the other one had."""
    names = (*keep.aka, other.name, *other.aka)
    return replace(
        keep,
        aka=tuple(dict.fromkeys(n for n in names if n != keep.name)),
        role=keep.role or other.role,
        start=keep.start or other.start,
        customers=keep.customers or other.customers,
        cadence_days=keep.cadence_days or other.cadence_days,
    )


def _joined_meetings(shelf: Shelf, keep: Person, other: Person) -> list[Meeting]:
    """The other's one-on-ones under the kept entry, those of one day joined; notes find theirs when they are moved."""
    known = {m.day: m for m in shelf.meetings.of(keep.id)}
    joined = []
    for theirs in shelf.meetings.of(other.id):
        asked = (Chosen(id_for(keep.id, q.question_id, q.text, before=other.id), q.text) for q in theirs.questions)
        moved = replace(theirs, person_id=keep.id, note_ids=(), questions=tuple(asked))
        joined.append(known[theirs.day].joined_with(moved) if theirs.day in known else moved)
    return joined

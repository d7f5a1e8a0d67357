"""Let a model look through notes for what the rules did not see. What it points at is added as a suggestion, no more.

Done in small steps like all upkeep: each is asked for outside of any write and kept in a short one, so it may stop
anywhere and go on later. What the rules or the manager have marked already is not marked twice.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.actions.catch_up import EVER, as_they_were
from assistant.actions.heed_word import evidence_agreed
from assistant.domain.account import AccountId
from assistant.domain.evidence import Evidence
from assistant.domain.note import NoteId
from assistant.domain.person import PersonId
from assistant.ports.model import Proposer
from assistant.ports.records import Records, Shelf

PORTION = 8  # notes in one step


@dataclass(frozen=True, slots=True)
class Proposed:
    """What was read and found.

    Attributes:
        notes: Notes that were read.
        finds: Quotes that are suggested now.
    """

    notes: int = 0
    finds: int = 0

    def __add__(self, other: "Proposed") -> "Proposed":
        return Proposed(self.notes + other.notes, self.finds + other.finds)


def unproposed_count(shelf: Shelf, proposer: Proposer) -> int:
    """How many notes of the account this proposer has not read."""
    return shelf.readings.unproposed_count(proposer.fingerprint)


def propose_evidence(
    records: Records,
    account: AccountId,
    *,
    proposer: Proposer,
    done: Callable[[Proposed], None] = lambda step: None,
    stop: Callable[[], bool] = lambda: False,
) -> Proposed:
    """Every note of the account that this proposer has not read yet; what was done.

    Raises:
        EngineUnavailable: The model did not answer; what was found before is kept.
    """
    sum_of = Proposed()
    while not stop():
        step = _next(records, account, proposer)
        if not step.notes:
            return sum_of
        sum_of += step
        done(step)
    return sum_of


def _next(records: Records, account: AccountId, proposer: Proposer) -> Proposed:
    """The next few notes of one person."""
    with records.reading(account, EVER) as shelf:
        waiting = shelf.readings.unproposed(proposer.fingerprint, PORTION)
        notes = [note for note in waiting if note.person_id == waiting[0].person_id]
        if not notes:
            return Proposed()
        person = shelf.people.get(notes[0].person_id)
        readable, manager = shelf.screenings.of(notes), shelf.account
    found = proposer.propose(person, manager, readable, max(note.day for note in notes))
    with records.writing(account, EVER) as shelf:
        same = as_they_were(shelf, notes)
        fresh = _not_marked(shelf, person.id, same, evidence_agreed(shelf, found))
        shelf.evidence.propose([*same], fresh)
        shelf.readings.mark_proposed(same, proposer.fingerprint)
    return Proposed(len(notes), len(fresh))


def _not_marked(
    shelf: Shelf, person_id: PersonId, notes: set[NoteId], found: Sequence[Evidence]
) -> tuple[Evidence, ...]:
    """The finds in notes that are as they were, where no mark of the rules or the manager lies yet."""
    known = [e for e in shelf.evidence.of(person_id) if not e.is_proposed]
    judged = {(j.note_id, j.topic, j.words) for j in shelf.evidence.judged([*notes])}
    kept = []
    for item in (e for e in found if e.note.id in notes):
        twice = any(
            k.note.id == item.note.id and k.topic is item.topic and k.quote.span.overlaps(item.quote.span)
            for k in known
        )
        if not twice and (item.note.id, item.topic, item.quote.text) not in judged:
            kept.append(item)
    return tuple(kept)

"""One yes to what a telling brings, and taking all of it back as one."""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from assistant.actions.change_note import delete_note
from assistant.actions.find_promises import foresee, overtaken, write_promises, write_with_promises
from assistant.actions.heed_word import wanted_evidence
from assistant.actions.judge_evidence import BY_HAND
from assistant.domain.account import AccountId
from assistant.domain.ask_ledger import Asked
from assistant.domain.debrief import DebriefDraft
from assistant.domain.evidence import EvidenceState
from assistant.domain.meeting import MeetingState
from assistant.domain.note import Note, NoteId
from assistant.domain.pending import Pending, PendingState
from assistant.domain.person import PersonId
from assistant.domain.promise import PromiseState
from assistant.errors import Refused, Unknown
from assistant.ports.engine import Finder
from assistant.ports.keeping import Eraser
from assistant.ports.records import Records, Shelf


def confirm_debrief(
    records: Records,
    account: AccountId,
    today: date,
    pending_id: str,
    now: datetime,
    *,
    finder: Finder,
    without: Collection[int] = (),
) -> Pending:
    """Everything of a proposal kept, but for the pieces left out; numbers count from 1 in the order shown.

    From now on the note counts like any other, without what was left out.

    Raises:
        Unknown: There is no such proposal.
        Refused: It was answered already, or its day is over.
        Invalid: There is no piece of that number.
    """
    with records.reading(account, today) as shelf:
        item = shelf.pending.get(pending_id)
        _must_wait(item, now)
        no = item.draft.only(without)
        [readable] = shelf.screenings.of([item.draft.note])
        person, here = shelf.people.get(item.person_id), {item.draft.note.id}
        found = wanted_evidence(finder.evidence(person, shelf.account, [readable]), [no])
        foreseen = foresee(shelf, finder, person, [readable], answered=here, refused=[no])
    with records.writing(account, today) as shelf:
        now_there = shelf.pending.get(pending_id)
        _must_wait(now_there, now)
        late = overtaken(shelf, [foreseen])
        if now_there != item:
            raise Refused("The note has been changed meanwhile.", next="Look at what was found in it once more.")
        shelf.pending.put(replace(item, state=PendingState.CONFIRMED, left_out=no))
        shelf.evidence.replace([*here], found)
        write_promises(shelf, finder, [foreseen], late)
        return _carry_out(shelf, item, no, without)


def _carry_out(shelf: Shelf, item: Pending, no: DebriefDraft, without: Collection[int]) -> Pending:
    """What a yes does beyond letting the note count."""
    draft = item.draft.only([number for number in range(1, item.draft.size + 1) if number not in without])
    _confirm_evidence(shelf, item, draft)
    _keep_promises(shelf, draft)
    settled = _settle_promises(shelf, draft)
    answered = _note_answers(shelf, draft)
    if item.plan_version in {plan.version for plan in shelf.plans.versions(item.person_id)} and draft.check_ins:
        shelf.plans.note_check_ins(item.person_id, item.plan_version or 0, draft.check_ins)
    kept = replace(
        item, draft=draft, state=PendingState.CONFIRMED, settled_by_yes=settled, answered_by_yes=answered, left_out=no
    )  # fmt: skip
    shelf.pending.put(kept)
    return kept


def drop_debrief(shelf: Shelf, pending_id: str) -> Pending:
    """A proposal that nobody wants, however long it has waited; the note stays, and nothing found in it counts.

    Raises:
        Unknown: There is no such proposal.
        Refused: It was answered already.
    """
    item = shelf.pending.get(pending_id)
    _must_be_open(item)
    dropped = replace(item, state=PendingState.DROPPED)
    shelf.pending.put(dropped)
    return dropped


def undo_debrief(
    records: Records, account: AccountId, today: date, pending_id: str, *, finder: Finder, eraser: Eraser
) -> NoteId:
    """Undo what a yes did and delete the note of the telling, with all that hangs on it; the note's id.

    Raises:
        Unknown: There is no such proposal.
    """
    with records.reading(account, today) as shelf:
        note_id = shelf.pending.get(pending_id).draft.note.id
    delete_note(
        records, account, today, note_id, finder=finder, eraser=eraser,
        first=lambda shelf: _take_back(shelf, pending_id),
    )  # fmt: skip
    return note_id


def take_yes_back(
    records: Records, account: AccountId, today: date, about: PersonId, pending_id: str, *, finder: Finder
) -> Note:
    """Undo what a yes did; the note of the telling stays, word for word, and nothing found in it counts.

    Raises:
        Unknown: There is no such proposal about this person.
        Refused: No yes stands.
    """
    with records.reading(account, today) as shelf:
        note = shelf.pending.get(pending_id).draft.note
        person = shelf.people.get(about)

    def take_back(shelf: Shelf) -> None:
        item = shelf.pending.get(pending_id)
        if item.person_id != about:
            raise Unknown(f"Nothing waits under {pending_id}.", next="See what waits: flourish pending list.")
        if item.state is not PendingState.CONFIRMED:
            raise Refused("No yes stands to this any more.", next="See what waits: flourish pending list.")
        _take_back(shelf, pending_id)
        there = {each.id for each in shelf.evidence.of(item.person_id)}
        for evidence in item.draft.evidence:
            if evidence.id in there:
                shelf.evidence.judge(evidence.id, EvidenceState.SUGGESTED)
        shelf.evidence.replace([note.id], [])

    write_with_promises(records, account, today, take_back, finder=finder, people=[person], without={note.id})
    return note


def _take_back(shelf: Shelf, pending_id: str) -> None:
    item = shelf.pending.get(pending_id)
    here = item.draft.note.id
    for question_id in item.answered_by_yes:
        shelf.ledger.remove(item.person_id, question_id)
    promises = {promise.id: promise for promise in shelf.promises.of(item.person_id)}
    opened = [promises[each] for each in item.settled_by_yes if each in promises]
    shelf.promises.save([replace(p, state=PromiseState.OPEN, closed_by=None, by_hand=not p.finder) for p in opened])
    made = [promises[p.id] for p in item.draft.promises if p.id in promises]
    shelf.promises.remove([p.id for p in made if p.by_hand and all(q.note.id == here for q in p.quotes)])
    shelf.pending.put(replace(item, state=PendingState.DROPPED, settled_by_yes=(), answered_by_yes=()))


def _must_be_open(item: Pending) -> None:
    if item.state is not PendingState.WAITING:
        raise Refused(f"This was {item.state} already.", next="See what waits: flourish pending list.")


def _must_wait(item: Pending, now: datetime) -> None:
    _must_be_open(item)
    if item.is_over(now):
        raise Refused(
            "This waited for longer than a day.",
            next=f"Read the note once more: flourish debrief {item.person_id} --note {item.draft.note.id}.",
        )


def _confirm_evidence(shelf: Shelf, item: Pending, draft: DebriefDraft) -> None:
    known = {each.id for each in shelf.evidence.of(item.person_id)}
    for evidence in draft.evidence:
        if evidence.id in known:
            shelf.evidence.judge(evidence.id, EvidenceState.CONFIRMED)
        else:
            shelf.evidence.add(replace(evidence, cue=BY_HAND, finder=BY_HAND, state=EvidenceState.CONFIRMED))


def _keep_promises(shelf: Shelf, draft: DebriefDraft) -> None:
    """Those that the finder found are on record already; what a model found besides is kept as the manager's word."""
    known = {promise.id for promise in shelf.promises.of(draft.note.person_id)}
    shelf.promises.save([replace(p, by_hand=True) for p in draft.promises if p.id not in known])


def _settle_promises(shelf: Shelf, draft: DebriefDraft) -> tuple[str, ...]:
    known = {promise.id: promise for promise in shelf.promises.of(draft.note.person_id)}
    told = [(known[p.id], p) for p in draft.settled if p.id in known and known[p.id].state is PromiseState.OPEN]
    shelf.promises.save([replace(p, state=t.state, closed_by=t.closed_by, by_hand=True) for p, t in told])
    return tuple(p.id for p, _ in told)


def _note_answers(shelf: Shelf, draft: DebriefDraft) -> tuple[str, ...]:
    """Each answered question counts as asked on the day of the telling, in its one-on-one."""
    note = draft.note
    for answer in draft.answers:
        asked = answer.question
        shelf.ledger.add(
            Asked(
                note.account_id,
                note.person_id,
                asked.question_id,
                asked.text,
                note.day,
                answer.quote.text,
                pillar=asked.pillar,
            )
        )
    held = next((m for m in shelf.meetings.of(note.person_id) if m.day == note.day), None)
    if held is not None and held.state is MeetingState.HELD and draft.answers:
        for answer in draft.answers:
            held = held.with_question(answer.question.question_id, answer.question.text)
        shelf.meetings.save([held])
    return tuple(answer.question.question_id for answer in draft.answers)

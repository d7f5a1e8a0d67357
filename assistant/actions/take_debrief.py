"""A telling after a meeting: saved as a note at once, and one proposal of what it brings, for one yes.

The telling is the manager's own words about a person they named, so it is kept without asking: nothing is lost if the
yes never comes. What was inferred from it waits for a day.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from assistant.actions.check_plan import plan_in_force
from assistant.actions.find_promises import find_promises
from assistant.actions.gather_situation import gather_situation
from assistant.actions.keep_notes import Ready, keep_notes, make_ready
from assistant.actions.recheck_plan import recheck
from assistant.domain.account import AccountId
from assistant.domain.debrief import DebriefDraft
from assistant.domain.evidence import EvidenceState
from assistant.domain.meeting import Chosen, MeetingState
from assistant.domain.note import AiUse, Note
from assistant.domain.origin import RULES
from assistant.domain.pending import Debriefed, Pending, PendingState
from assistant.domain.person import PersonId
from assistant.domain.plan import Plan
from assistant.domain.policy import PolicyKind, PolicyTopic, Readable
from assistant.domain.promise import carry_over
from assistant.domain.situation import Situation
from assistant.errors import HomeError
from assistant.grounding import is_grounded
from assistant.policy import stopping_topic
from assistant.ports.engine import Engine, Finder
from assistant.ports.outside import Ids, Library, NoteSearch
from assistant.ports.records import Records, Shelf
from assistant.wording import sentences

ASKED_WITHIN = timedelta(days=60)
BETWEEN_US = "between_us"  # how the screen calls a passage that its writer asks to keep
BRIEF = 3  # questions a brief shows


@dataclass(frozen=True, slots=True)
class Means:
    """What it takes to read a telling."""

    engine: Engine
    search: NoteSearch
    finder: Finder
    library: Library
    ids: Ids


@dataclass(frozen=True, slots=True)
class _Told:
    """A telling that was read, with all that an engine may know when it takes it apart."""

    readable: Readable
    situation: Situation
    asked: tuple[Chosen, ...]
    plan: Plan | None
    crisis: PolicyTopic | None


def take_debrief(
    records: Records, account: AccountId, today: date, note: Note, now: datetime, means: Means, *, dry_run: bool
) -> Debriefed:
    """What a telling brings. Unless it is a dry run, the note is kept and the proposal waits for a yes.

    After a crisis sentence the note is kept closed to the assistant, and nothing is proposed.

    Raises:
        Unknown: There is no such person.
    """
    with records.reading(account, today) as shelf:
        told = _read(shelf, note, means)
    kept = replace(note, ai=AiUse.NEVER) if told.crisis else note
    if not dry_run:
        begun = None if told.crisis else Pending(account, means.ids(), kept.person_id, now, DebriefDraft(kept))
        kept = keep_notes(
            records, account, today, notes=[kept], search=means.search, finder=means.finder, ids=means.ids,
            awaiting=begun,
        )[0]  # fmt: skip
    if told.crisis:
        return Debriefed(DebriefDraft(kept), crisis=told.crisis, kept=not dry_run)
    try:
        return _propose(records, account, today, told, now, means, dry_run=dry_run)
    except HomeError as error:
        if dry_run:
            raise
        raise HomeError(
            f"The note is kept as {kept.id}, but what it brings could not be written down. {error.message}",
            next=f"{error.next} Then read it once more: flourish debrief {kept.person_id} --note {kept.id}.",
        ) from error


def debrief_again(
    records: Records, account: AccountId, today: date, note: Note, now: datetime, means: Means
) -> Debriefed:
    """A fresh proposal out of a note that is kept already."""
    with records.reading(account, today) as shelf:
        told = _read(shelf, note, means)
    if told.crisis:
        return Debriefed(DebriefDraft(note), crisis=told.crisis)
    return _propose(records, account, today, told, now, means, dry_run=False)


def _propose(
    records: Records, account: AccountId, today: date, told: _Told, now: datetime, means: Means, *, dry_run: bool
) -> Debriefed:
    draft = means.engine.debrief(told.readable, told.situation, asked=told.asked, plan=told.plan)
    draft = _held(draft, told)
    held = _silenced(told.readable)
    if dry_run:
        return Debriefed(draft, kept=False, held=held)
    person_id = told.situation.person.id
    item = Pending(account, means.ids(), person_id, now, draft, told.plan.version if told.plan else None)
    with records.writing(account, today) as shelf:
        shelf.pending.remove([each.id for each in shelf.pending.all() if _makes_way(each, item)])
        if not draft.is_empty:
            shelf.pending.put(item)
    return Debriefed(draft, None if draft.is_empty else item, held=held)


def _silenced(readable: Readable) -> int:
    """How many sentences of a telling that asks for silence stay out."""
    if BETWEEN_US not in readable.screening.topics:
        return 0
    return sum(not readable.allows(span) for span in sentences(readable.note.text))


def _makes_way(old: Pending, new: Pending) -> bool:
    """Whether a proposal goes: the same note is read once more, and nobody said yes to what it brought before."""
    return old.draft.note.id == new.draft.note.id and old.state is not PendingState.CONFIRMED


def _read(shelf: Shelf, note: Note, means: Means) -> _Told:
    before = gather_situation(shelf, note.person_id)
    ready = make_ready([note], shelf.people.all(), shelf.account, means.search, means.finder)
    readable = ready.readable[0]
    plan = plan_in_force(shelf.plans.versions(note.person_id))
    return _Told(
        readable,
        _with_note(shelf, before, ready, means.finder),
        tuple(_asked(shelf, note.person_id, note.day, before, means.engine)),
        recheck(shelf, plan) if plan else None,
        _crisis(readable, means.library.topics()),
    )


def _with_note(shelf: Shelf, before: Situation, ready: Ready, finder: Finder) -> Situation:
    """The situation as it is once the note is kept."""
    here = ready.notes[0].id
    rejected = {item.key for item in shelf.evidence.of(before.person.id) if item.state is EvidenceState.REJECTED}
    fresh = (item for item in ready.evidence if item.key not in rejected)
    promises = find_promises(shelf, finder, before.person, ready.readable, answered={here})
    by_hand = [p for p in before.promises if p.by_hand]
    set_by_hand = {p.id for p in by_hand}
    found = [p for p in promises if p.id not in set_by_hand]
    return replace(
        before,
        evidence=(*(i for i in before.evidence if i.note.id != here), *fresh),
        promises=carry_over([*by_hand, *found], shelf.meetings.of(before.person.id), shelf.today),
        recent=(*(r for r in before.recent if r.note.id != here), *ready.readable),
    )


def _asked(shelf: Shelf, person_id: PersonId, day: date, before: Situation, engine: Engine) -> Iterator[Chosen]:
    """Questions that the telling may answer: chosen for the one-on-one, asked without an answer, or today's."""
    ledger = shelf.ledger.of(person_id)
    answered = {entry.question_id for entry in ledger if entry.answer and entry.day == day}
    newest = [m for m in shelf.meetings.of(person_id) if m.day <= day and m.state is not MeetingState.SKIPPED][-1:]
    chosen = [each for meeting in newest for each in meeting.questions]
    chosen += [Chosen(e.question_id, e.text, e.pillar) for e in ledger if not e.answer and day - e.day <= ASKED_WITHIN]
    if engine.name == RULES:  # a model would be asked once more, and say it in other words
        chosen += [Chosen(q.id, q.text, q.pillar) for q in engine.questions(before, BRIEF)]
    by_id = {each.question_id: each for each in reversed(chosen) if each.text and each.question_id not in answered}
    yield from reversed(by_id.values())


def _crisis(readable: Readable, topics: Sequence[PolicyTopic]) -> PolicyTopic | None:
    """The topic that stops everything, when a sentence of the telling raises one."""
    stops = [topic for topic in topics if topic.kind is PolicyKind.CRISIS]
    met = next((topic for topic in stops if topic.id in readable.screening.topics), None)
    return met or stopping_topic(readable.note.text, stops)


def _held(draft: DebriefDraft, told: _Told) -> DebriefDraft:
    """The draft without anything that touches a private passage, or that its passage does not carry."""
    allows, threads = told.readable.allows, len(told.plan.threads) if told.plan else 0
    known = told.situation.person.names
    return replace(
        draft,
        evidence=tuple(i for i in draft.evidence if allows(i.quote.span)),
        promises=tuple(p for p in draft.promises if allows(p.quotes[-1].span) and is_grounded(p.what, p.quotes, known)),
        settled=tuple(p for p in draft.settled if p.closed_by and allows(p.closed_by.span)),
        answers=tuple(a for a in draft.answers if allows(a.quote.span)),
        check_ins=tuple(c for c in draft.check_ins if c.quote and allows(c.quote.span) and c.thread <= threads),
    )

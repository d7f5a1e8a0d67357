"""A small invented kitchen to prepare one-on-ones for; every noun goes through its own checks."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from assistant.actions.build_profile import build_profile
from assistant.actions.find_nearest import Reading
from assistant.actions.find_stage import find_stage
from assistant.domain.account import Account, AccountId
from assistant.domain.evidence import Evidence, Quote, Strength, Tense, Topic, Witness
from assistant.domain.meeting import Meeting, MeetingState, last_time
from assistant.domain.note import Note, NoteId, NoteKind
from assistant.domain.person import Person, PersonId, Pronouns
from assistant.domain.policy import PolicyTopic, Readable, Screening, SensitiveSpan
from assistant.domain.principle import Principle
from assistant.domain.promise import Owner, Promise, promise_id
from assistant.domain.question import BankQuestion
from assistant.domain.situation import Situation
from assistant.domain.stage import Stage, StageGuide
from knowledge.library.load import load_policies, load_principles, load_questions, load_stages

ME = AccountId("me")
MANAGER = Account(ME, "Ona Reiter")
MAJA = Person(ME, PersonId("p1"), "Maja Lindt", ("Maj",), Pronouns.SHE, "Breakfast cook", date(2022, 4, 1))
TODAY = date(2026, 4, 14)


class ShippedLibrary:
    """The library that ships, without a search behind it."""

    def principles(self) -> Sequence[Principle]:
        return load_principles()

    def principle(self, principle_id: str) -> Principle:
        return next(card for card in load_principles() if card.id == principle_id)

    def questions(self) -> Sequence[BankQuestion]:
        return load_questions()

    def guide(self, stage: Stage) -> StageGuide:
        return next(guide for guide in load_stages() if guide.stage is stage)

    def topics(self) -> Sequence[PolicyTopic]:
        return load_policies()

    def nearest_principles(self, words: str, limit: int = 3) -> Sequence[Principle]:
        return load_principles()[:limit]

    def nearest_questions(self, words: str, limit: int = 6) -> Sequence[BankQuestion]:
        return load_questions()[:limit]


def note(
    id: str, day: str, text: str, kind: NoteKind = NoteKind.OBSERVATION, author: str = "", person: Person = MAJA
) -> Note:
    return Note(ME, NoteId(id), person.id, date.fromisoformat(day), text, kind, author)


OVENS = note("n1", "2026-03-03", "Quiet start. She re-timed the ovens before the first bake. First bake now even.")
CALM = note("n2", "2026-03-03", '"I like it when the buffet looks calm at seven," she said.', NoteKind.ONE_ON_ONE)
CARD = note(
    "n3", "2026-03-17", "The lady at the bread table remembered my nut allergy. I ate without asking twice.",
    NoteKind.CUSTOMER_QUOTE, "Vera Holm, guest",
)  # fmt: skip
FLOUR = note("n4", "2026-03-17", "Flour delivery late twice. I promised to talk to purchasing by the end of March.")
TEACH = note(
    "n5", "2026-03-31", 'Good talk. "One day I would like to teach the trainees the morning shift." She will write '
    "the oven times on one card by 10 April.", NoteKind.ONE_ON_ONE,
)  # fmt: skip
SICK = note("n6", "2026-04-02", "Off sick, CANARY-7731 in her knee again.")
NOTES = (OVENS, CALM, CARD, FLOUR, TEACH, SICK)


def evidence(
    where: Note,
    words: str,
    topic: Topic,
    witness: Witness = Witness.MANAGER,
    strength: Strength = Strength.E2,
    tense: Tense = Tense.CURRENT,
) -> Evidence:
    return Evidence(Quote.of(where, words), topic, witness, strength, "T01", "test@1", tense=tense)


EVIDENCE = (
    evidence(OVENS, "She re-timed the ovens before the first bake.", Topic.TALENT, strength=Strength.E3),
    evidence(CALM, "I like it when the buffet looks calm at seven", Topic.PASSION, Witness.SELF),
    evidence(CARD, "The lady at the bread table remembered my nut allergy.", Topic.CUSTOMER_VALUE, Witness.CUSTOMER),
    evidence(FLOUR, "Flour delivery late twice.", Topic.OBSTACLE),
    evidence(TEACH, "One day I would like to teach the trainees the morning shift.", Topic.ASPIRATION, Witness.SELF),
)


def promise(where: Note, words: str, owner: Owner, due: date | None) -> Promise:
    quote = Quote.of(where, words)
    return Promise(ME, promise_id(quote, owner), MAJA.id, owner, words, where.day, due, quotes=(quote,))


PROMISES = (
    promise(FLOUR, "I promised to talk to purchasing by the end of March.", Owner.ME, date(2026, 3, 31)),
    promise(TEACH, "She will write the oven times on one card by 10 April.", Owner.THEM, date(2026, 4, 10)),
)


def readable(one: Note, hidden: str = "", topic: str = "health", *, whole: bool = False) -> Readable:
    quote = Quote.of(one, hidden) if hidden else None
    spans = (SensitiveSpan(quote.span, topic),) if quote else ()
    return Readable(one, Screening(one.id, 1, "en", spans, whole))


def situation(
    notes: Sequence[Note] = NOTES,
    found: Sequence[Evidence] = EVIDENCE,
    promises: Sequence[Promise] = PROMISES,
    *,
    person: Person = MAJA,
    today: date = TODAY,
    manager: Account = MANAGER,
) -> Situation:
    """A situation as the verbs gather it. The note about sickness is closed, whatever else is given."""
    shelf = [readable(n, n.text, whole=True) if n.id == SICK.id else readable(n) for n in notes if n.day <= today]
    shelf.sort(key=lambda r: (r.note.day, r.note.id))
    meetings = [
        Meeting(ME, n.id, person.id, n.day, MeetingState.HELD, (n.id,)) for n in notes if n.kind is NoteKind.ONE_ON_ONE
    ]
    known = tuple(sorted(found, key=lambda i: (i.day, i.id)))
    since = last_time(meetings, today)
    recent = tuple(r for r in shelf if r.note.day >= min(since.day, today - timedelta(days=120)))
    closed = tuple(r for r in reversed(shelf) if r.closed or r.screening.spans)
    reading = Reading.of(shelf, in_all=len(shelf), found=known)
    return Situation(
        person=person,
        manager=manager,
        today=today,
        since=since,
        stage=find_stage(person, recent, meetings, len(shelf), today),
        profile=build_profile(person, manager, today, known, len(closed), recent, reading=reading),
        evidence=known,
        promises=tuple(promises),
        recent=recent,
        notes_in_all=len(shelf),
        first_note_on=shelf[0].note.day if shelf else None,
        left_out=closed,
    )


def resting(base: Situation, ids: Sequence[str], texts: Sequence[str] = ()) -> Situation:
    return replace(base, resting=frozenset(ids), asked_texts=tuple(texts))

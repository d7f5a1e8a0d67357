"""Short ways to make what is put on a shelf; every one goes through the noun's own checks."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from assistant.domain.account import Account, AccountId, Role
from assistant.domain.evidence import Evidence, EvidenceState, Quote, Strength, Tense, Tier, Topic, Witness
from assistant.domain.meeting import Meeting, MeetingState
from assistant.domain.note import AiUse, Mention, Note, NoteId, NoteKind, Span
from assistant.domain.origin import Origin
from assistant.domain.person import Person, PersonId, Pronouns
from assistant.domain.plan import Link, Plan, PlanState, Step, Thread
from assistant.domain.policy import Screening, SensitiveSpan
from assistant.domain.promise import Owner, Promise, PromiseState
from assistant.domain.search import NoteVector
from assistant.ports.records import Records, Shelf

ME, OTHER = AccountId("me"), AccountId("other")
DANA, BO = PersonId("p1"), PersonId("p2")
TODAY = date(2026, 6, 15)
TEXT = "Loves teaching the new nurses. I promised to ask about the night rota."


def day(written: str) -> date:
    return date.fromisoformat(written)


def account(key: AccountId) -> Account:
    return Account(key, f"Manager {key}", frozenset({Role.MANAGER, Role.COACH}))


def person(key: PersonId = DANA, name: str = "Dana Whitlock", *, owner: AccountId = ME) -> Person:
    return Person(owner, key, name, ("Dee",), Pronouns.SHE, "Ward clerk", day("2020-01-31"), "The ward", 14)


def note(
    text: str = TEXT,
    on: str = "2026-03-01",
    *,
    id: str = "n1",
    about: PersonId = DANA,
    owner: AccountId = ME,
    kind: NoteKind = NoteKind.ONE_ON_ONE,
    ai: AiUse = AiUse.ALLOWED,
    mentions: tuple[Mention, ...] = (),
    import_id: str | None = None,
) -> Note:
    return Note(
        owner, NoteId(id), about, day(on), text, kind, "Kim", ai=ai, mentions=mentions, import_id=import_id
    )  # fmt: skip


def evidence(
    noted: Note, words: str = "Loves teaching", topic: Topic = Topic.PASSION, *, finder: str = "rules@1"
) -> Evidence:
    return Evidence(Quote.of(noted, words), topic, Witness.PEER, Strength.E3, "PAS02", finder, tense=Tense.PAST)


def by_hand(item: Evidence, state: EvidenceState = EvidenceState.CONFIRMED) -> Evidence:
    return Evidence(item.quote, item.topic, item.witness, item.strength, "manager", "manager", state, item.tense)


def promise(
    id: str = "pr-0001",
    *quotes: Quote,
    made_on: str = "2026-03-01",
    state: PromiseState = PromiseState.OPEN,
    closed_by: Quote | None = None,
    hand: bool = False,
    about: PersonId = DANA,
    owner: AccountId = ME,
) -> Promise:
    return Promise(
        owner, id, about, Owner.ME, "ask about the night rota", day(made_on), day("2026-03-20"), state, quotes,
        closed_by, hand, "" if hand else "rules@1",
    )  # fmt: skip


def screening(noted: Note, *spans: Span, whole: bool = False) -> Screening:
    private = tuple(SensitiveSpan(span, "health") for span in spans)
    return Screening(noted.id, noted.revision, "en", private, whole, "lists@1")


def meeting(
    id: str = "m1",
    on: str = "2026-03-01",
    state: MeetingState = MeetingState.HELD,
    *notes: Note,
    about: PersonId = DANA,
) -> Meeting:
    return Meeting(ME, id, about, day(on), state, tuple(n.id for n in notes))


def vector(noted: Note, embedder: str = "mini@1", data: bytes = b"\x01\xff\x00") -> NoteVector:
    return NoteVector(noted.id, noted.revision, 0, embedder, data)


def plan(*quotes: Quote, version: int = 1, drafted_on: str = "2026-03-02", owner: AccountId = ME) -> Plan:
    """A plan whose passion and first step rest on the quotes."""
    gap = Link("", Tier.SUGGESTION, (), "Who would miss it?")
    passion = Link("teaching", Tier.OBSERVATION, quotes) if quotes else gap
    step = Step("Sit in on one class", Owner.ME, day(drafted_on), quotes)
    thread = Thread(passion, gap, gap, gap, step, step, "Two classes held", "From teaching …", "time", "not too much")
    return Plan(
        owner, DANA, version, PlanState.DRAFT, day(drafted_on), (thread,), ("What does the ward need?",),
        day("2026-09-01"), Origin("offline", "plan@1"),
    )  # fmt: skip


def fill(records: Records, *notes: Note, owner: AccountId = ME) -> None:
    """Dana and Bo, and some notes, in one account."""
    with records.writing(owner, TODAY) as shelf:
        shelf.people.add(person(DANA, owner=owner))
        shelf.people.add(person(BO, "Bo Kranz", owner=owner))
        shelf.notes.add(notes)


@contextmanager
def seen(records: Records, on: str = "2026-06-15", owner: AccountId = ME) -> Iterator[Shelf]:
    """The shelf as it is on a day."""
    with records.reading(owner, day(on)) as shelf:
        yield shelf


@contextmanager
def written(records: Records, on: str = "2026-06-15", owner: AccountId = ME) -> Iterator[Shelf]:
    """The shelf to write on."""
    with records.writing(owner, day(on)) as shelf:
        yield shelf

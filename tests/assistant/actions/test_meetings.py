"""One-on-ones: the rhythm, what belongs to them, what is carried over, and where a person is named by others."""

from dataclasses import fields, replace
from datetime import date, timedelta

import pytest

from assistant.domain.account import AccountId
from assistant.domain.evidence import Quote
from assistant.domain.meeting import Meeting, MeetingState, NextTalk, last_time, next_talk
from assistant.domain.note import Note, NoteId, NoteKind, Span
from assistant.domain.person import PersonId
from assistant.domain.promise import Owner, Promise, PromiseState, carry_over
from assistant.domain.question import worded_id
from assistant.errors import Unknown
from tests.house import TODAY, Bakery
from tests.knowledge.records.nouns import meeting

HELD, PLANNED, SKIPPED = MeetingState.HELD, MeetingState.PLANNED, MeetingState.SKIPPED


@pytest.mark.parametrize(
    ("known", "cadence", "expected"),
    [
        ([("2026-06-01", HELD)], 14, NextTalk(date(2026, 6, 15), 0)),
        ([("2026-06-01", HELD)], 7, NextTalk(date(2026, 6, 8), 7)),
        ([("2026-06-01", HELD), ("2026-06-08", SKIPPED)], 7, NextTalk(date(2026, 6, 8), 7)),
        ([("2026-06-01", HELD), ("2026-06-18", PLANNED)], 7, NextTalk(date(2026, 6, 8), 0)),
        ([("2026-06-01", HELD), ("2026-06-14", PLANNED)], 7, NextTalk(date(2026, 6, 8), 7)),
        ([], 14, NextTalk(TODAY, 0)),
        ([("2026-06-01", HELD)], None, NextTalk()),
    ],
)
def test_the_rhythm_says_when_the_next_one_is_due(
    known: list[tuple[str, MeetingState]], cadence: int | None, expected: NextTalk
) -> None:
    assert next_talk([meeting(on, on, state) for on, state in known], cadence, TODAY) == expected


def test_last_time_is_the_newest_held_one_and_without_one_sixty_days(bakery: Bakery) -> None:
    jan = bakery.desk.person("jan2")
    bare = [replace(m, state=SKIPPED) for m in jan.meetings()]
    assert last_time(bare, TODAY) == last_time([], TODAY)
    assert last_time([], TODAY).day == TODAY - timedelta(days=60)
    assert not bakery.desk.person("jan2").brief().since.was_meeting or jan.meetings()


def test_a_question_asked_and_a_promise_settled_today_belong_to_todays_one_on_one(bakery: Bakery) -> None:
    nadia = bakery.desk.person("nadia")
    first, second, *_ = (q.id for q in nadia.brief(six=True).questions.questions)
    promise = nadia.add_promise("Order the baskets", owner=Owner.ME)
    nadia.keep_meeting(TODAY, PLANNED, [first])
    nadia.asked(second, answer="The rye.")
    bakery.desk.settle_promise(promise.id, PromiseState.DONE)
    nadia.add_note("We spoke about the rye.", kind=NoteKind.ONE_ON_ONE)
    today = next(m for m in nadia.meetings() if m.day == TODAY)
    assert today.state is HELD
    assert [q.question_id for q in today.questions] == [first, second]
    assert today.promises == (promise.id,)
    assert len(today.note_ids) == 1


def test_what_was_asked_before_the_note_of_the_day_is_kept_belongs_to_its_one_on_one(bakery: Bakery) -> None:
    nadia = bakery.desk.person("nadia")
    question = nadia.brief().questions.questions[0].id
    nadia.asked(question)
    assert all(m.day != TODAY for m in nadia.meetings()), "a question alone makes no one-on-one"
    nadia.add_note("We spoke about the rye.", kind=NoteKind.DEBRIEF)
    today = next(m for m in nadia.meetings() if m.day == TODAY)
    assert [q.question_id for q in today.questions] == [question]


def test_a_question_that_does_not_exist_cannot_be_chosen(bakery: Bakery) -> None:
    nadia = bakery.desk.person("nadia")
    with pytest.raises(Unknown, match="no question q0000"):
        nadia.keep_meeting(TODAY, PLANNED, ["q0000"])
    assert all(m.day != TODAY for m in nadia.meetings())


def test_an_open_promise_is_carried_over_since_the_first_one_on_one_after_it_was_made(bakery: Bakery) -> None:
    nadia = bakery.desk.person("nadia")
    told = {p.made_on: p.carried_since for p in nadia.promises()}
    assert told == {date(2026, 5, 4): date(2026, 6, 1)}
    fresh = nadia.add_promise("Call the mill", owner=Owner.ME)
    assert next(p for p in nadia.promises() if p.id == fresh.id).carried_since is None
    for promise in nadia.promises():
        bakery.desk.settle_promise(promise.id, PromiseState.DROPPED)
    assert all(p.carried_since is None for p in nadia.promises())
    assert nadia.brief().mine == ()


def test_everything_asked_is_listed_for_its_owner_alone(bakery: Bakery) -> None:
    nadia = bakery.desk.person("nadia")
    first, second, *_ = (q.id for q in nadia.brief(six=True).questions.questions)
    nadia.asked(first, answer="The rye.")
    nadia.asked(second, later=True)
    assert [(e.question_id, e.answer, e.later) for e in nadia.ledger()] == [
        (first, "The rye.", False),
        (second, "", True),
    ]
    stolen = replace(nadia, desk=bakery.foreign)
    assert (list(stolen.ledger()), list(stolen.meetings()), list(stolen.mentions())) == ([], [], [])


def test_somebody_is_named_by_the_sentence_alone_and_never_by_a_sensitive_one(bakery: Bakery) -> None:
    nadia, jan = bakery.desk.person("nadia"), bakery.desk.person("jan1")
    jan.add_note("Nadia Okoro showed him the slow dough. He counts every tray. Nadia Okoro is on sick leave.")
    jan.add_note("Between us: Nadia Okoro wants to leave.")
    jan.add_note("Nadia Okoro again.", ai=bakery.desk.note(nadia.notes()[0].id).ai.__class__.NEVER)
    assert [(m.quote.text, m.about) for m in nadia.mentions()] == [("Nadia Okoro showed him the slow dough.", "jan1")]
    assert not any("slow dough" in i.quote.text for i in nadia.evidence())
    assert bakery.desk.person("jan2").mentions() == []


def test_a_question_named_by_its_words_is_kept_under_an_id_and_rests(bakery: Bakery) -> None:
    nadia = bakery.desk.person("nadia")
    words = "What would you  like to hand over?"
    id = worded_id(nadia.person.id, "What would you like to hand over?")
    nadia.keep_meeting(TODAY, PLANNED, [words])
    assert nadia.asked(words).question_id == id
    (today,) = [m for m in nadia.meetings() if m.day == TODAY]
    assert [(q.question_id, q.text) for q in today.questions] == [(id, "What would you like to hand over?")]
    assert id in nadia.situation().resting


def test_a_question_of_the_bank_named_by_its_words_rests_as_the_one_of_the_bank(bakery: Bakery) -> None:
    nadia = bakery.desk.person("nadia")
    bare = next(q for q in bakery.desk.library.questions() if "{" not in q.ask and q.ask.count("?") == 1)
    assert nadia.asked(bare.ask).question_id == bare.id
    assert bare.id in nadia.situation().resting


def test_a_promise_that_is_carried_over_keeps_all_that_is_known_of_it() -> None:
    note = Note(AccountId("me"), NoteId("n1"), PersonId("d"), date(2026, 3, 1), "I will ask Bo. Bo was asked.")
    made, closing = Quote(note, Span(0, 14)), Quote(note, Span(15, 28))
    told = Promise(
        AccountId("me"), "p1", PersonId("d"), Owner.THEM, "ask Bo", note.day, date(2026, 3, 9),
        PromiseState.OPEN, (made,), by_hand=True, finder="rules@1",
    )  # fmt: skip
    settled = replace(told, state=PromiseState.DONE, closed_by=closing)
    met = Meeting(AccountId("me"), "m1", PersonId("d"), date(2026, 3, 8), HELD)
    carried = carry_over([told, settled], [met], date(2026, 6, 1))
    assert carried == (replace(told, carried_since=met.day), settled)
    assert all(getattr(told, f.name) != f.default for f in fields(Promise) if f.name not in _OPEN_ONLY)


# What this open one cannot have, and what it is marked with.
_OPEN_ONLY = {"state", "closed_by", "carried_since", "told", "kind"}

from collections.abc import Sequence
from datetime import date

import pytest

from assistant.conversation import Conversation
from assistant.domain.brief import Brief
from assistant.domain.conversation import standing
from assistant.domain.event import Change, End, Event, EventKind, Notice, Text
from assistant.domain.pillar import Pillar
from assistant.domain.plan import Plan
from assistant.domain.promise import PromiseState
from assistant.domain.question import Question
from assistant.errors import Unknown
from tests.house import Bakery


def bodies(events: Sequence[Event], kind: type) -> list[object]:
    return [e.body for e in standing(events) if isinstance(e.body, kind)]


def codes(events: Sequence[Event]) -> list[str]:
    return [e.body.code for e in events if isinstance(e.body, Notice)]


def test_a_shared_first_name_is_asked_about_and_the_answer_settles_it(bakery: Bakery) -> None:
    talk = Conversation(bakery.desk)
    events = list(talk.say("prep Jan"))
    asked = [n for n in bodies(events, Notice) if isinstance(n, Notice) and n.code == "clarify"]
    assert [c.id for c in asked[0].choices] == ["jan1", "jan2"]
    assert bodies(events, Brief) == []
    events = list(talk.say("Sorry, the young one."))
    briefs = [b for b in bodies(events, Brief) if isinstance(b, Brief)]
    assert [b.person.id for b in briefs] == ["jan2"]


def test_every_turn_ends_with_its_origin_and_whom_it_was_about(bakery: Bakery) -> None:
    events = list(Conversation(bakery.desk).say("prep Nadia"))
    end = events[-1].body
    assert isinstance(end, End)
    assert (end.origin.engine, end.person_id) == ("offline", "nadia")
    assert [e.seq for e in events] == list(range(len(events)))


def test_an_imperative_is_done_at_once_echoed_and_taken_back(bakery: Bakery) -> None:
    talk = Conversation(bakery.desk, bakery.desk.person("nadia"))
    before = len(bakery.desk.person("nadia").notes())
    events = list(talk.say("She wants to try the oven shift with Jan. Note that."))
    change = [b for b in bodies(events, Change) if isinstance(b, Change)][0]
    assert bakery.desk.note(change.id).text == "She wants to try the oven shift with Jan."
    assert talk.person is not None
    assert talk.person.person.id == "nadia"
    assert "undone" in codes(list(talk.say("undo")))
    assert len(bakery.desk.person("nadia").notes()) == before
    assert codes(list(talk.say("undo"))) == ["unknown"]


def test_a_promise_is_ticked_off_by_its_words_and_opened_again(bakery: Bakery) -> None:
    desk = bakery.desk.person("nadia")
    assert [p.state for p in desk.promises()] == [PromiseState.OPEN]
    talk = Conversation(bakery.desk, desk)
    list(talk.say("tick off the proofing baskets"))
    assert [p.state for p in desk.promises()] == [PromiseState.DONE]
    list(talk.say("undo"))
    assert [p.state for p in desk.promises()] == [PromiseState.OPEN]
    assert "unknown" in codes(list(talk.say("tick off the wedding cake")))


def test_plan_question_profile_and_promises_bring_their_cards(bakery: Bakery) -> None:
    talk = Conversation(bakery.desk)
    events = list(talk.say("Draft a plan for Nadia"))
    assert len(bodies(events, Plan)) == 1
    assert codes(events)[0] == "scope"
    assert len(bodies(list(talk.say("One question for her?")), Question)) == 1
    assert [e.kind for e in talk.say("what do I owe her?")][0] is EventKind.PROMISE
    assert any("Passion" in b.text for b in bodies(list(talk.say("what do we know about her")), Text))  # type: ignore[attr-defined]


def test_a_question_with_nobody_in_scope_is_answered_person_by_person(bakery: Bakery) -> None:
    events = list(Conversation(bakery.desk).say("Who loves shaping rye loaves?"))
    quoted = {q.note.person_id for b in bodies(events, Text) for q in b.quotes}  # type: ignore[attr-defined]
    assert quoted <= {"nadia", "jan1", "jan2"}
    assert "nadia" in quoted


def test_what_the_policy_stops_is_declined_with_the_right_human(bakery: Bakery) -> None:
    events = list(Conversation(bakery.desk, bakery.desk.person("nadia")).say("How likely is she to quit this year?"))
    assert codes(events) == ["declined"]
    assert bodies(events, Text) == []


def test_a_private_note_reaches_no_answer_brief_or_plan(bakery: Bakery) -> None:
    talk = Conversation(bakery.desk, bakery.desk.person("nadia"))
    for message in ("What is she worried about?", "prep", "draft a plan", "what do we know about her"):
        told = repr([e.body for e in talk.say(message) if not isinstance(e.body, Notice)])
        quotes = [q for e in talk.say(message) for q in getattr(e.body, "quotes", ())]
        assert "blood test" not in "".join(q.text for q in quotes)
        assert told


def test_another_account_meets_nobody(bakery: Bakery) -> None:
    talk = Conversation(bakery.foreign)
    assert codes(list(talk.say("prep Nadia"))) == ["clarify"]
    assert codes(list(talk.say("people"))) == ["unknown"]
    events = list(talk.say("Who loves shaping rye loaves?"))
    assert bodies(events, Text) == []


def test_the_brief_grows_in_its_place_and_what_needs_no_model_comes_first(bakery: Bakery) -> None:
    events = [e for e in Conversation(bakery.desk).say("prep Nadia") if isinstance(e.body, Brief)]
    sizes = [len(e.body.questions.questions) for e in events if isinstance(e.body, Brief)]
    assert sizes[0] == 0
    assert sizes == sorted(sizes)
    assert sizes[-1] == 3
    assert len({e.id for e in events}) == 1
    assert [e.kind for e in events] == [EventKind.CARD, *[EventKind.REPLACE] * (len(events) - 1)]
    first, last = events[0].body, events[-1].body
    assert isinstance(first, Brief)
    assert isinstance(last, Brief)
    assert (first.mine, first.new) == (last.mine, last.new)
    assert last == bakery.desk.person("nadia").brief()


def test_a_turn_that_is_left_is_kept_as_stopped_with_what_was_shown(bakery: Bakery) -> None:
    talk = Conversation(bakery.desk)
    running = talk.say("prep Nadia")
    seen = [next(running), next(running)]
    running.close()  # type: ignore[attr-defined]
    assert talk.turns[-1].status == "stopped"
    assert [e.id for e in talk.turns[-1].events] == [e.id for e in seen]
    running = talk.say("prep Nadia")
    next(running)
    talk.stop()
    left = list(running)
    assert [e.kind for e in left] == [EventKind.END]
    assert talk.turns[-1].status == "stopped"


def test_an_edited_message_takes_the_place_of_it_and_of_all_after_and_of_what_they_changed(bakery: Bakery) -> None:
    talk = Conversation(bakery.desk, bakery.desk.person("nadia"))
    before = {n.id for n in bakery.desk.person("nadia").notes()}
    list(talk.say("Note that she likes the early shift."))
    list(talk.say("tick off the proofing baskets"))
    list(talk.edit(talk.turns[0].id, "Note that she likes the late shift."))
    assert [t.message for t in talk.turns] == ["Note that she likes the late shift."]
    kept = [n.text for n in bakery.desk.person("nadia").notes() if n.id not in before]
    assert kept == ["She likes the late shift."]
    assert [p.state for p in bakery.desk.person("nadia").promises()] == [PromiseState.OPEN]
    list(talk.regenerate())
    kept = [n.text for n in bakery.desk.person("nadia").notes() if n.id not in before]
    assert kept == ["She likes the late shift."]
    assert len(talk.turns) == 1
    with pytest.raises(Unknown):
        next(talk.edit("no such turn", "x"))
    with pytest.raises(Unknown):
        next(Conversation(bakery.desk).regenerate())


def test_a_note_is_moved_to_whom_it_belongs_and_back(bakery: Bakery) -> None:
    talk = Conversation(bakery.desk, bakery.desk.person("nadia"))
    list(talk.say("Note that the till was short again."))
    [note] = [n for n in bakery.desk.person("nadia").notes() if "till" in n.text]
    events = list(talk.say("move it to Jan Sorel"))
    assert bakery.desk.note(note.id).person_id == "jan2"
    assert [c.kind for c in bodies(events, Change)] == ["note_moved"]  # type: ignore[attr-defined]
    list(talk.say("undo"))
    assert bakery.desk.note(note.id).person_id == "nadia"


def test_drop_that_takes_the_change_just_made_back_and_drops_a_promise_by_its_words(bakery: Bakery) -> None:
    nadia = bakery.desk.person("nadia")
    talk = Conversation(bakery.desk, nadia)
    list(talk.say("remind me to call the hotel by Friday"))
    [mine] = [p for p in nadia.promises() if "hotel" in p.what]
    assert (mine.due, mine.state) == (date(2026, 6, 19), PromiseState.OPEN)
    list(talk.say("drop that"))
    assert [p.state for p in nadia.promises() if p.id == mine.id] == [PromiseState.DROPPED]
    list(talk.say("drop the proofing baskets"))
    assert {p.state for p in nadia.promises()} == {PromiseState.DROPPED}


def test_a_question_is_named_by_its_place_and_comes_back(bakery: Bakery) -> None:
    talk = Conversation(bakery.desk, bakery.desk.person("nadia"))
    [brief] = bodies(list(talk.say("prep")), Brief)
    assert isinstance(brief, Brief)
    list(talk.say("the second question: come back to it"))
    [entry] = bakery.desk.person("nadia").ledger()
    assert (entry.question_id, entry.later) == (brief.questions.questions[1].id, True)
    list(talk.say("I asked the first question"))
    assert [e.later for e in bakery.desk.person("nadia").ledger()] == [True, False]


def test_who_was_not_asked_about_customers_is_told_from_the_ledger(bakery: Bakery) -> None:
    customers = next(q for q in bakery.desk.library.questions() if q.pillar is Pillar.CUSTOMER)
    bakery.desk.person("nadia").asked(customers.id)
    said = list(Conversation(bakery.desk).say("Who haven't I asked about customers?"))
    told = " ".join(b.text for b in bodies(said, Text))  # type: ignore[attr-defined]
    assert "Jan Novak: no question about customers is marked as asked yet." in told
    assert "Jan Sorel" in told
    assert "Nadia" not in told


def test_the_last_answer_comes_again_shorter_or_only_with_its_actions(bakery: Bakery) -> None:
    talk = Conversation(bakery.desk, bakery.desk.person("nadia"))
    list(talk.say("draft a plan"))
    lines = bodies(list(talk.say("shorten it to four lines")), Text)
    assert len(lines) == 4
    steps = bodies(list(talk.say("only the actions again")), Text)
    assert any("you" in step.text for step in steps)  # type: ignore[attr-defined]
    again = list(talk.say("draft a plan"))
    assert bodies(list(talk.say("once more")), Plan) == bodies(again, Plan)


def test_an_answer_that_is_short_already_is_said_again_and_never_nothing(bakery: Bakery) -> None:
    talk = Conversation(bakery.desk, bakery.desk.person("nadia"))
    assert codes(list(talk.say("undo"))) == ["unknown"]
    events = list(talk.say("shorten it to three lines"))
    assert any(isinstance(e.body, Notice | Text) and e.body.text for e in events)


def test_the_other_person_of_that_name_is_brought_in_and_said(bakery: Bakery) -> None:
    talk = Conversation(bakery.desk, bakery.desk.person("jan1"))
    list(talk.say("What does he like?"))
    events = list(talk.say("No, that was the other one."))
    assert codes(events)[0] == "scope"
    assert talk.person is not None
    assert talk.person.person.id == "jan2"


def test_what_is_inferred_waits_for_one_yes(bakery: Bakery) -> None:
    nadia = bakery.desk.person("nadia")
    talk = Conversation(bakery.desk, nadia)
    before = len(nadia.notes())
    long = "She told me how the rye came to be. " * 200
    assert "proposal" in codes(list(talk.say(long)))
    assert len(nadia.notes()) == before
    list(talk.say("yes"))
    assert len(nadia.notes()) == before + 1
    assert codes(list(talk.say("yes"))) == ["unknown"]
    list(talk.say("undo"))
    assert len(nadia.notes()) == before


@pytest.mark.parametrize(
    ("message", "says"),
    [
        ("", "nothing in this message"),
        ("👍🎉", "cannot read words"),
        ("x" * 100_000, "at most 20,000"),
        ("prep Wolfgang", "nobody called Wolfgang"),
        ("prep d07", "nobody called d07"),
        ("What does Bea Lindqvist enjoy most?", "nobody called Bea Lindqvist"),
        ("How is Wolfgang doing?", "nobody called Wolfgang"),
        ("Was mag Bea Lindqvist am liebsten?", "nobody called Bea Lindqvist"),
        ("¿Qué le gusta a Bea Lindqvist?", "nadie llamado Bea Lindqvist"),
    ],
)
def test_a_message_that_cannot_be_answered_gets_a_sentence_and_a_way_on(
    bakery: Bakery, message: str, says: str
) -> None:
    talk = Conversation(bakery.desk)
    list(talk.say("prep Nadia"))  # somebody in scope is no reason to answer about her
    events = list(talk.say(message))
    assert any(says.casefold() in n.text.casefold() for n in bodies(events, Notice))  # type: ignore[attr-defined]
    assert not bodies(events, Text)
    assert isinstance(events[-1].body, End)
    assert len(talk.turns[-1].message) < 1_000


@pytest.mark.parametrize(
    ("message", "says"),
    [("Was schulde ich Nadia?", "Es geht um"), ("¿Qué le debo a Nadia?", "Se trata de"), ("prep Nadia", "This is")],
)
def test_our_own_sentences_follow_the_language_of_the_message(bakery: Bakery, message: str, says: str) -> None:
    events = list(Conversation(bakery.desk).say(message))
    assert any(says in n.text for n in bodies(events, Notice))  # type: ignore[attr-defined]


def test_news_is_kept_and_gossip_is_not(bakery: Bakery) -> None:
    nadia = bakery.desk.person("nadia")
    talk = Conversation(bakery.desk, nadia)
    before = len(nadia.notes())
    list(talk.say("I hear she is leaving for the hotel."))
    assert len(nadia.notes()) == before
    list(talk.say("I phoned the hotel this morning. They asked for more rye."))
    assert len(nadia.notes()) == before + 1


def test_the_sign_of_commands_alone_says_what_can_be_said_here(bakery: Bakery) -> None:
    assert codes(list(Conversation(bakery.desk).say("/"))) == ["help"]
    (said,) = [b for b in bodies(list(Conversation(bakery.desk).say("/")), Notice) if isinstance(b, Notice)]
    assert said.text

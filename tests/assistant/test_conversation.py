from collections.abc import Sequence

import pytest

from assistant.conversation import Conversation, intent_of
from assistant.domain.brief import Brief
from assistant.domain.event import Change, End, Event, EventKind, Notice, Text
from assistant.domain.plan import Plan
from assistant.domain.promise import PromiseState
from assistant.domain.question import Question
from tests.house import Bakery


def bodies(events: Sequence[Event], kind: type) -> list[object]:
    return [e.body for e in events if isinstance(e.body, kind)]


def codes(events: Sequence[Event]) -> list[str]:
    return [e.body.code for e in events if isinstance(e.body, Notice)]


@pytest.mark.parametrize(
    ("message", "intent"),
    [
        ("Help me get ready for my sit-down with Nadia on Thursday.", "prep"),
        ("prep nadia", "prep"),
        ("Draft three lines for the plan.", "plan"),
        ("Note that she moved to the early shift.", "note"),
        ("She moved to the early shift. Keep that.", "note"),
        ("tick off the baskets", "done"),
        ("The baskets came on Friday. Tick it off.", "done"),
        ("undo", "undo"),
        ("help", "help"),
        ("One question for him on that?", "question"),
        ("And me, do I owe him anything?", "promises"),
        ("Who is better off because of her?", "ask"),
    ],
)
def test_a_message_has_one_of_a_closed_set_of_intents(message: str, intent: str) -> None:
    assert intent_of(message)[0] == intent


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
    assert bakery.desk.note(change.id).text == "She wants to try the oven shift with Jan"
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

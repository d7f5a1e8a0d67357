"""A turn of a conversation asks the model at most twice, whatever it is about and however many it is about."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from assistant.conversation import Conversation
from assistant.conversation.context import Context
from assistant.desk import Desk
from assistant.domain.event import Proposal, Text
from assistant.domain.note import AiUse
from assistant.domain.promise import Promise, PromiseState
from assistant.engines.fallback import FallbackEngine
from tests.assistant.engines.llm.conftest import engine_on, talk_to
from tests.house import open_bakery
from tests.model_server import ModelServer, items, obeys, says
from tests.test_recordings import good_for_anything

MESSAGES = (
    "Who is good with the rye?", "Who else helped a customer?", "What does Nadia like about the rye?",
    "and what about her customers?", "prep Nadia", "draft a plan for Nadia", "make it smaller", "only the actions",
    "hm, well", "who haven't I asked about customers?",
)  # fmt: skip


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory, running: ModelServer) -> Desk:
    house = open_bakery(tmp_path_factory.mktemp("turns"))
    engine = replace(engine_on(talk_to(running)), library=house.house.library)
    return replace(house.desk, engine=FallbackEngine(engine, house.desk.engine))


def answers(body: Mapping[str, Any]) -> object:
    return good_for_anything(body)


def test_no_message_costs_more_than_two_calls(desk: Desk, server: ModelServer) -> None:
    talk = Conversation(desk)
    asked = {}
    for message in MESSAGES:
        server.will(obeys(answers))
        assert list(talk.say(message))
        asked[message] = len(server.requests)
    assert max(asked.values()) <= 2, asked
    assert sum(asked.values()) >= 3
    assert asked["Who is good with the rye?"] <= 1


def test_the_last_answer_travels_with_the_next_message_until_its_note_is_closed(
    desk: Desk, server: ModelServer
) -> None:
    talk = Conversation(desk)
    server.will(obeys(answers))
    list(talk.say("What does Nadia like about the rye?"))
    said = talk.turns[-1]
    assert talk.person is not None
    context = Context(desk, "who said that?", talk.turns, desk.clock(), "en", talk.person)
    told = context.answered(said)
    assert told
    note = next(e.body.quotes[0].note for e in said.events if isinstance(e.body, Text))
    desk.edit_note(note.id, ai=AiUse.NEVER)
    assert context.answered(said) == ""
    desk.edit_note(note.id, ai=AiUse.ALLOWED)
    assert replace(context, person=None).answered(said) == "", "another person's talk"


def test_a_promise_the_model_sees_kept_is_ticked_off_by_a_yes_only(desk: Desk, server: ModelServer) -> None:
    made = next(p for each in desk.persons() for p in desk.person(each.id).promises() if p.state is PromiseState.OPEN)
    person = desk.person(made.person_id)
    talk = Conversation(desk, person)
    number = [p.id for p in Context(desk, "", [], desk.clock(), "en", person).open_promises()].index(made.id) + 1
    nothing = {"person": "", "query": "", "words": "", "what": "", "to": "", "owner": "", "number": 0, "count": 0,
               "topic": "", "section": "", "wish": ""}  # fmt: skip
    server.will(says(items({"intent": "done", "about": f"R{number}", **nothing})))
    events = list(talk.say("that thing happened after all"))
    assert any(isinstance(e.body, Proposal) and e.body.id == made.id for e in events)
    assert made.what in server.prompts()[0]
    assert state_of(desk, made) is PromiseState.OPEN
    list(talk.say("yes"))
    assert state_of(desk, made) is PromiseState.DONE
    list(talk.say("undo"))
    assert state_of(desk, made) is PromiseState.OPEN


def state_of(desk: Desk, promise: Promise) -> PromiseState:
    return next(p.state for p in desk.person(promise.person_id).promises() if p.id == promise.id)


def test_what_no_note_told_and_what_was_asked_is_leaned_on(desk: Desk, server: ModelServer) -> None:
    talk = Conversation(desk)
    answer = [{"kind": "not_said", "text": "No note tells of a night shift.", "cites": []},
              {"kind": "ask", "text": "When would a night shift suit you?", "cites": []}]  # fmt: skip
    server.will(says(items(*answer)))
    list(talk.say("What does Nadia say about the night shift?"))
    context = Context(desk, "and then?", talk.turns, desk.clock(), "en", talk.person)
    told = context.answered(talk.turns[-1])
    assert "No note tells of a night shift." in told
    assert "When would a night shift suit you?" in told


def test_two_requests_cost_two_calls_and_the_rules_finish_the_rest(desk: Desk, server: ModelServer) -> None:
    talk = Conversation(desk)
    server.will(obeys(answers))
    events = list(talk.say("prep Nadia, and draft a plan for Nadia, and what does she like about the oven?"))
    assert len(server.requests) <= 2
    assert {e.kind.value for e in events} >= {"card", "text"}

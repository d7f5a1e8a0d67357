"""A turn of a conversation asks the model at most twice, whatever it is about and however many it is about."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from assistant.conversation import Conversation
from assistant.conversation.context import Context
from assistant.desk import Desk
from assistant.domain.event import Text
from assistant.domain.note import AiUse
from assistant.engines.fallback import FallbackEngine
from tests.assistant.engines.llm.conftest import engine_on, talk_to
from tests.house import open_bakery
from tests.model_server import ModelServer, obeys
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
    told = context.last_answer()
    assert told
    note = next(e.body.quotes[0].note for e in said.events if isinstance(e.body, Text))
    desk.edit_note(note.id, ai=AiUse.NEVER)
    assert context.last_answer() == ""
    desk.edit_note(note.id, ai=AiUse.ALLOWED)
    assert replace(context, person=None).last_answer() == "", "another person's talk"


def test_two_requests_cost_two_calls_and_the_rules_finish_the_rest(desk: Desk, server: ModelServer) -> None:
    talk = Conversation(desk)
    server.will(obeys(answers))
    events = list(talk.say("prep Nadia, and draft a plan for Nadia, and what does she like about the oven?"))
    assert len(server.requests) <= 2
    assert {e.kind.value for e in events} >= {"card", "text"}

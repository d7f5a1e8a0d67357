"""A turn of a conversation asks the model at most twice, whatever it is about and however many it is about."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from assistant.conversation import Conversation
from assistant.desk import Desk
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

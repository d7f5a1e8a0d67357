"""Two replies and one deadline a turn, whatever a message asks for and however the server behaves."""

import time
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.conversation import Conversation
from assistant.desk import Desk
from assistant.domain.event import End
from assistant.engines.fallback import FallbackEngine
from assistant.engines.llm.budget import CALLS, Budget
from assistant.engines.llm.engine import LlmEngine
from assistant.errors import EngineUnavailable
from tests.assistant.engines.llm.conftest import engine_on, talk_to
from tests.assistant.engines.offline.situations import situation
from tests.house import open_bakery
from tests.model_server import ModelServer, drips, fails, hangs, items, obeys, says
from tests.test_recordings import good_for_anything

SEVERAL = (
    "What does Nadia like about the rye? And draft a plan for Nadia. And prep Nadia.",
    "prep Nadia and draft a plan for Nadia and what do her guests say?",
    "hm, well. Then give me a plan for Nadia. And three questions for her.",
    "you left out the apprentice, what did Nadia show him in the morning?",
)


def desk_on(server: ModelServer, folder: Path, seconds: float = 60.0) -> Desk:
    house = open_bakery(folder)
    engine = replace(engine_on(talk_to(server, seconds=seconds)), library=house.house.library)
    return replace(house.desk, engine=FallbackEngine(engine, house.desk.engine))


def test_several_requests_in_one_message_share_two_replies(server: ModelServer, tmp_path: Path) -> None:
    talk = Conversation(desk_on(server, tmp_path))
    for message in ("draft a plan for Nadia", *SEVERAL):
        server.will(obeys(good_for_anything))
        events = [*talk.say(message)]
        assert isinstance(events[-1].body, End)
        assert len(server.requests) <= CALLS, message


def test_replies_that_cannot_be_read_are_counted_like_any_other(server: ModelServer, tmp_path: Path) -> None:
    talk = Conversation(desk_on(server, tmp_path))
    for message in SEVERAL:
        server.will(says("no JSON at all"))
        events = [*talk.say(message)]
        assert len(events) > 1
        assert len(server.requests) <= CALLS, message


def test_the_next_turn_begins_with_a_full_budget(server: ModelServer, tmp_path: Path) -> None:
    talk = Conversation(desk_on(server, tmp_path))
    for message in ("prep Nadia", "What do the guests of Nadia say?", "and what did she show the apprentice?"):
        server.will(obeys(good_for_anything))
        assert [*talk.say(message)]
        assert len(server.requests) >= 1, message


def test_a_spent_budget_asks_nothing(server: ModelServer, engine: LlmEngine) -> None:
    server.will(says(items()))
    for budget in (Budget(time.monotonic() + 60, calls=0), Budget(time.monotonic() - 1)):
        with pytest.raises(EngineUnavailable):
            list(replace(engine, budget=budget).questions(situation(), 3))
    assert server.requests == []


@pytest.mark.parametrize("act", [hangs(20.0), drips("x" * 4000, 0.05), fails(503)], ids=["hangs", "drips", "fails"])
def test_one_deadline_holds_for_all_calls_of_a_turn(server: ModelServer, tmp_path: Path, act: object) -> None:
    talk = Conversation(desk_on(server, tmp_path, seconds=2.0))
    server.will(act)  # type: ignore[arg-type]
    begun = time.monotonic()
    events = [*talk.say(SEVERAL[0])]
    assert time.monotonic() - begun < 2.0 + 3.0
    assert isinstance(events[-1].body, End)
    assert len(events) > 2

"""Whatever a server does, a job ends within its time, with a plain sentence, and the rules finish it."""

import json
import time
from collections.abc import Callable

import pytest

from assistant.domain.question import Question
from assistant.engines.fallback import FallbackEngine
from assistant.engines.llm.engine import LlmEngine
from assistant.errors import EngineUnavailable
from tests.assistant.engines.llm.conftest import engine_on, talk_to
from tests.assistant.engines.llm.replies import QUESTIONS, cite, spoiled
from tests.assistant.engines.offline.situations import MAJA, situation
from tests.model_server import (
    Act,
    ModelServer,
    drips,
    fails,
    floods,
    hangs,
    is_over,
    items,
    says,
    sends,
    stalls,
    streamed,
)

SECONDS = 1.5  # a job's deadline where the server hangs, which it would do for half a minute

GOOD = items(*QUESTIONS)
ONE_LETTER = spoiled(QUESTIONS[3], cites=[cite("N1", "She re-timed the owens before the first bake.")])
INVENTED = spoiled(QUESTIONS[3], cites=[cite("N77", "She re-timed the ovens before the first bake.")])
GERMAN = spoiled(
    QUESTIONS[3], text="Als du die Zeiten der Öfen geändert hast, was hat dir gezeigt, dass sie falsch waren?"
)
TAGS = "".join(chr(0xE0000 + ord(c)) for c in "ignore")
HIDDEN = spoiled(
    QUESTIONS[3], text=f"When you re-timed\u200b the ovens,\u0000 what told you{TAGS} the old timing was off?"
)

FAULTS: dict[str, Act] = {
    "429 with Retry-After": fails(429, retry_after="90"),
    "429 without Retry-After": fails(429),
    "500": fails(500),
    "read timeout": hangs(),
    "stall in the middle": stalls(GOOD, 700),
    "one byte a second": drips(json.dumps(GOOD), 0.3),
    "cut stream": says(json.dumps(GOOD)[:900], finish=None),
    "malformed JSON": says('{"items": [{"pillar": "talent", "text": "What'),
    "wrong schema": says({"answer": 42}),
    "empty": says(""),
    "10 MB": floods(10_000_000),
    "invented ids": says(items(INVENTED)),
    "quotes changed by one letter": says(items(ONE_LETTER)),
    "wrong language": says(items(GERMAN)),
    "401": fails(401, "wrong key sk-secret"),
    "404": fails(404),
    "not a server of this kind": sends(b"<html>hello</html>", "text/html"),
    "an error in the stream": sends(b'data: {"error": {"message": "overloaded"}}\n\n'),
    "no choices": sends(b"data: {}\n\ndata: [DONE]\n\n"),
    "length": says(json.dumps(GOOD)[:900], finish="length"),
}
assert len(FAULTS) >= 15


HANGING = {"read timeout", "stall in the middle", "one byte a second"}


@pytest.fixture
def impatient(server: ModelServer, request: pytest.FixtureRequest) -> LlmEngine:
    """Short of patience only where the server hangs: a slow machine is no fault of the server."""
    called = getattr(request.node, "callspec", None)
    hangs_here = called is not None and called.params.get("fault") in HANGING
    return engine_on(talk_to(server, seconds=SECONDS if hangs_here else 60.0))


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_ends_in_time_and_the_brief_is_there_all_the_same(
    fault: str, server: ModelServer, impatient: LlmEngine, finished: FallbackEngine
) -> None:
    server.will(FAULTS[fault])
    whole = FallbackEngine(impatient, finished.rules)
    given = list(whole.questions(situation(), 3))
    assert not is_over(FAULTS[fault]), "it waited for the server's end instead of its own deadline"
    assert len(given) == 3
    assert len({q.pillar for q in given}) == 3
    assert all(q.quotes or not q.note_ids for q in given)
    by_rules = [q for q in given if q.origin.engine == "offline"]
    assert by_rules
    assert all("without the model" in q.origin.says for q in by_rules)
    assert "sk-secret" not in " ".join(q.origin.says for q in given)


@pytest.mark.parametrize("fault", ["cut stream", "stall in the middle", "length"])
def test_what_was_whole_before_the_fault_stays(fault: str, server: ModelServer, impatient: LlmEngine) -> None:
    server.will(FAULTS[fault])
    given: list[Question] = []
    with pytest.raises(EngineUnavailable):
        given.extend(impatient.questions(situation(), 3))
    assert [q.text for q in given] == [QUESTIONS[0]["text"]]


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        ("401", "did not accept the key"),
        ("404", "knows no model 'scripted'"),
        ("429 with Retry-After", "too busy"),
        ("500", "fault of its own"),
        ("read timeout", "took too long"),
        ("one byte a second", "took too long"),
        ("cut stream", "broke off"),
        ("10 MB", "more than fits"),
        ("malformed JSON", "in a form that cannot be read"),
        ("empty", "in a form that cannot be read"),
    ],
)
def test_the_sentence_says_which_server_and_what_happened(
    fault: str, told: str, server: ModelServer, impatient: LlmEngine
) -> None:
    server.will(FAULTS[fault])
    with pytest.raises(EngineUnavailable) as caught:
        list(impatient.questions(situation(), 7))
    assert told in caught.value.message
    assert server.url.removeprefix("http://").removesuffix("/v1") in caught.value.message
    assert caught.value.next
    assert "sk-secret" not in str(caught.value)


def test_an_address_where_nobody_is_ends_at_once(impatient: LlmEngine) -> None:
    nobody = engine_on(talk_to(ModelServer("http://127.0.0.1:9/v1")))
    with pytest.raises(EngineUnavailable, match=r"No answer from 127\.0\.0\.1:9"):
        list(nobody.questions(situation(), 3))


def test_a_server_that_asks_for_ninety_seconds_gets_a_fraction(server: ModelServer, impatient: LlmEngine) -> None:
    server.will(fails(429, retry_after="90"), says(GOOD))
    given = list(impatient.questions(situation(), 3))
    assert [q.origin.engine for q in given] == ["llm"] * 3
    assert len(server.requests) == 2


def test_a_failing_moment_is_tried_again_and_a_wrong_key_is_not(server: ModelServer, impatient: LlmEngine) -> None:
    server.will(fails(500), fails(503), says(GOOD))
    assert len(list(impatient.questions(situation(), 3))) == 3
    server.will(fails(401))
    impatient.memory.clear()
    with pytest.raises(EngineUnavailable):
        list(impatient.questions(situation(), 3))
    assert len(server.requests) == 1


def test_characters_that_nobody_sees_are_taken_out_of_what_is_shown(server: ModelServer, impatient: LlmEngine) -> None:
    server.will(says(items(HIDDEN)))
    (question,) = impatient.questions(situation(), 3)
    assert question.text == QUESTIONS[3]["text"]


def test_leaving_in_the_middle_closes_the_line(server: ModelServer, impatient: LlmEngine) -> None:
    left = []

    async def act(body: object) -> object:
        from tests.model_server import events

        async def chunks():  # type: ignore[no-untyped-def]
            import asyncio

            try:
                for chunk in events(body, json.dumps(GOOD)):  # type: ignore[arg-type]
                    yield chunk
                    await asyncio.sleep(0.005)
                await asyncio.sleep(20)
            except (asyncio.CancelledError, GeneratorExit):
                left.append(True)
                raise

        return streamed(chunks())

    server.will(act)  # type: ignore[arg-type]
    reading = impatient.questions(situation(), 3)
    next(reading)
    reading.close()  # type: ignore[attr-defined]
    until(lambda: bool(left))
    assert left


def until(done: Callable[[], bool]) -> None:
    """Wait for another thread, at most five seconds."""
    for _ in range(500):
        if done():
            return
        time.sleep(0.01)


def test_one_users_hanging_turn_does_not_hold_up_another(server: ModelServer) -> None:
    import threading
    from dataclasses import replace

    slow_act = hangs(20)
    server.will(slow_act, says(GOOD))
    impatient = engine_on(talk_to(server, seconds=15))
    slow = threading.Thread(target=_swallow, args=(impatient,))
    slow.start()
    until(lambda: len(server.requests) == 1)
    other = replace(situation(), person=replace(MAJA, name="Marta Lindt"))
    assert len(list(impatient.questions(other, 3))) == 3
    assert slow.is_alive(), "the other one was served only after it"
    assert not is_over(slow_act)
    slow.join()


def _swallow(engine: LlmEngine) -> None:
    try:
        list(engine.questions(situation(), 3))
    except EngineUnavailable:
        return

"""How a server is asked: from the strictest form down, once more when a reply cannot be read, and not for ever."""

from pathlib import Path

import pytest

from assistant.engines.llm.breaker import Breaker
from assistant.engines.llm.call import Call, Step
from assistant.engines.llm.habits import Habit, Habits
from assistant.engines.llm.items import ItemReader
from assistant.engines.llm.meter import Meter, tallies_since
from assistant.engines.llm.probe import probe
from assistant.engines.llm.shapes import ProbeItem, ThreadItem, schema_of
from assistant.engines.llm.talk import Talk
from assistant.errors import EngineUnavailable
from tests.assistant.engines.llm.conftest import talk_to
from tests.model_server import ModelServer, fails, items, obeys, says

CALL = Call("probe", "probe@1", "Say ready.", "Now.", schema_of(ProbeItem), "v")
READY = items({"word": "ready"})


def said(talk: Talk) -> list[str]:
    return [item.word for item in talk.items(CALL, ProbeItem)]


def test_a_server_that_knows_schemas_is_given_one_and_no_tools(server: ModelServer, talk: Talk) -> None:
    server.will(says(READY))
    assert said(talk) == ["ready"]
    (request,) = server.requests
    assert request["response_format"]["type"] == "json_schema"
    assert "tools" not in request


def test_without_schemas_the_reply_comes_in_an_envelope_and_without_that_in_words(
    server: ModelServer, talk: Talk
) -> None:
    server.will(fails(400, "response_format is not supported"), says(READY))
    assert said(talk) == ["ready"]
    envelope = server.requests[1]
    assert [tool["function"]["name"] for tool in envelope["tools"]] == ["reply"]
    server.will(fails(500, "tools are not implemented"), says(f"Sure!\n```json\n{_json(READY)}\n```"))
    assert said(talk) == ["ready"]
    words = server.requests[1]
    assert "tools" not in words
    assert "response_format" not in words
    assert '"required": ["items"]' in words["messages"][0]["content"]


def test_the_step_that_works_is_remembered_by_server_and_model(server: ModelServer, tmp_path: Path) -> None:
    file = tmp_path / "model.json"
    server.will(fails(400, "json_schema unsupported"), says(READY))
    assert said(talk_to(server, habits=Habits(file))) == ["ready"]
    server.will(says(READY))
    assert said(talk_to(server, habits=Habits(file))) == ["ready"]
    assert len(server.requests) == 1
    assert "tools" in server.requests[0]
    assert Habits(file).of("elsewhere", "scripted") == Habit()


def test_one_reply_that_had_to_be_mended_does_not_lower_what_a_server_is_asked_for_two_in_a_row_do(
    server: ModelServer, talk: Talk
) -> None:
    server.will(says("I would rather chat."), says(READY), says(READY))
    assert said(talk) == said(talk) == ["ready"]
    assert ["response_format" in request for request in server.requests] == [True, False, True]
    server.will(says("Chat."), says(READY), says("Chat."), says(READY), says(READY))
    assert said(talk) == said(talk) == said(talk) == ["ready"]
    assert ["response_format" in request for request in server.requests] == [True, False, True, False, False]


def test_a_habits_file_that_is_damaged_is_as_if_it_were_not_there(tmp_path: Path) -> None:
    file = tmp_path / "model.json"
    file.write_text('{"x y": {"step": "by carrier pigeon"}}')
    assert Habits(file).of("x", "y") == Habit()


def test_a_server_that_cannot_count_tokens_is_not_asked_to(server: ModelServer, talk: Talk) -> None:
    server.will(fails(400, "unknown field stream_options"), says(READY), says(READY))
    assert said(talk) == ["ready"]
    assert said(talk) == ["ready"]
    assert ["stream_options" in request for request in server.requests] == [True, False, False]
    (tally,) = talk.meter.tallies()
    assert tally.sent > 0


def test_a_reply_that_cannot_be_read_is_asked_for_once_more_and_never_a_third_time(
    server: ModelServer, talk: Talk
) -> None:
    server.will(says("I would rather chat."), says(READY))
    assert said(talk) == ["ready"]
    assert "could not be read" in server.prompts()[1]
    assert "I would rather chat" not in server.sent
    server.will(says("no"))
    with pytest.raises(EngineUnavailable):
        said(talk)
    assert len(server.requests) == 2


def test_no_job_ever_has_more_than_two_replies(server: ModelServer, talk: Talk) -> None:
    server.will(fails(400, "json_schema"), fails(400, "tools"), says("words"), says("words"), says(READY))
    with pytest.raises(EngineUnavailable):
        said(talk)
    assert len(server.requests) == 4  # two were turned down by their form, two were answered


def test_after_five_faults_in_a_row_the_server_rests_and_is_then_tried_by_one(server: ModelServer) -> None:
    now = [0.0]
    talk = talk_to(server, breaker=Breaker(lambda: now[0]))
    server.will(fails(401))
    for _ in range(5):
        with pytest.raises(EngineUnavailable, match="did not accept"):
            said(talk)
    with pytest.raises(EngineUnavailable, match="left alone for half a minute"):
        said(talk)
    assert len(server.requests) == 5
    now[0] = 31.0
    server.will(says(READY))
    assert said(talk) == ["ready"]
    assert said(talk) == ["ready"]


def test_the_meter_counts_by_job_and_outlives_the_process_without_a_word_of_content(
    server: ModelServer, tmp_path: Path
) -> None:
    from datetime import UTC, date, datetime

    file = tmp_path / "model.jsonl"
    meter = Meter(lambda: datetime(2026, 6, 15, tzinfo=UTC), file)
    talk = talk_to(server, meter=meter)
    server.will(says(READY, usage={"prompt_tokens": 120, "completion_tokens": 7, "total_tokens": 127}), fails(401))
    said(talk)
    with pytest.raises(EngineUnavailable):
        said(talk)
    meter.leave_out("probe", "ground")
    (tally,) = tallies_since(file, date(2026, 6, 1))
    assert (tally.calls, tally.failed, tally.left_out) == (2, 1, 1)
    assert tally.sent >= 120
    assert tally.received == 7
    assert tally.cost((1.0, 2.0)) == pytest.approx((tally.sent + 14) / 1_000_000)
    assert tallies_since(file, date(2026, 6, 16)) == ()
    assert "ready" not in file.read_text()
    assert "Say" not in file.read_text()


@pytest.mark.parametrize(
    ("acts", "step"),
    [
        ((says(READY),), Step.SCHEMA),
        ((fails(400, "response_format"), says(READY)), Step.TOOL),
        ((fails(400, "response_format"), fails(400, "tools"), says(READY)), Step.TEXT),
    ],
)
def test_a_probe_tells_what_a_server_can_do_and_sends_nothing_about_anybody(
    acts: tuple, step: Step, server: ModelServer, talk: Talk
) -> None:
    server.will(*acts)
    assert probe(talk).step is step
    assert len(server.prompts()[-1]) < 1500


def test_the_key_goes_to_the_server_and_into_no_text(server: ModelServer, talk: Talk) -> None:
    server.will(says(READY))
    said(talk)
    assert server.headers[0]["authorization"] == "Bearer sk-secret"
    assert not [name for name in server.headers[0] if "flourish" in name]
    assert "sk-secret" not in repr(talk)
    assert "sk-secret" not in server.sent


def test_a_model_cannot_reach_anything_through_what_it_calls(server: ModelServer, talk: Talk) -> None:
    server.will(fails(400, "response_format"), obeys(lambda body: {"items": [], "call": "delete_all_notes"}))
    assert said(talk) == []
    assert len(server.requests) == 2  # no further turn follows on a tool call


@pytest.mark.parametrize("size", [1, 3, 1000])
@pytest.mark.parametrize(
    "text",
    [
        '{"items": [{"a": "x]}"}, {"b": {"c": [{"d": 1}]}}]}',
        '<think>{"items": [{"no": 1}]}</think> Here [is]: {"items": [{"a": "x]}"}, {"b": {"c": [{"d": 1}]}}]} {}',
        '```json\n[{"a": "x]}"}, {"b": {"c": [{"d": 1}]}}]\n```',
    ],
)
def test_items_are_found_however_the_reply_is_cut_and_wrapped(text: str, size: int) -> None:
    reader = ItemReader()
    found = [item for at in range(0, len(text), size) for item in reader.feed(text[at : at + size])]
    assert found == ['{"a": "x]}"}', '{"b": {"c": [{"d": 1}]}}']
    assert reader.ended


def test_a_schema_asks_for_every_field_and_for_no_limit_that_servers_do_not_know() -> None:
    schema = schema_of(ThreadItem)
    text = _json(schema)
    assert "$ref" not in text
    assert "maxLength" not in text
    link = schema["properties"]["items"]["items"]["properties"]["passion"]
    assert link["required"] == ["text", "cites", "question"]
    assert link["additionalProperties"] is False


def _json(thing: object) -> str:
    import json

    return json.dumps(thing)

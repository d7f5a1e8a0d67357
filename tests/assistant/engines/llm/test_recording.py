"""A recording plays back through the very same client, and never stands in for words it does not belong to."""

import json
import stat
from pathlib import Path

import pytest

from assistant.engines.fallback import FallbackEngine
from assistant.engines.llm.call import Call
from assistant.engines.llm.door import Address, ChatWire
from assistant.engines.llm.habits import Habits
from assistant.engines.llm.shapes import ProbeItem, schema_of
from assistant.engines.llm.talk import Limits, Talk
from assistant.engines.offline.engine import OfflineEngine
from assistant.errors import PromptError, Refused
from knowledge.embedding.local import count_tokens
from tests.assistant.engines.llm.conftest import engine_on
from tests.assistant.engines.llm.replies import QUESTIONS, THREAD
from tests.assistant.engines.offline.situations import NOTES, ShippedLibrary, situation
from tests.model_server import ModelServer, fails, items, says

CALL = Call("probe", "probe@1", "Say ready.", "Now.", schema_of(ProbeItem), "v1")


def recorded(server: ModelServer, file: Path) -> Talk:
    wire = ChatWire(Address("openai", "scripted", server.url, "k"), record=file)
    return Talk(wire, count_tokens, Limits(60.0), habits=Habits(weighs=False))


def replayed(file: Path) -> Talk:
    wire = ChatWire(Address("openai", "scripted", "https://nowhere.example/v1"), replay=file)
    return Talk(wire, count_tokens, Limits(60.0), habits=Habits(weighs=False))


def test_a_recording_gives_the_same_words_without_a_server(server: ModelServer, tmp_path: Path) -> None:
    file = tmp_path / "kitchen.jsonl"
    engine = engine_on(recorded(server, file))
    server.will(says(items(*QUESTIONS), usage={"prompt_tokens": 9, "completion_tokens": 5, "total_tokens": 14}))
    asked = list(engine.questions(situation(), 7))
    server.will(says(items(THREAD)))
    planned = list(engine.threads(situation()))
    server.will(fails(500))
    again = engine_on(replayed(file))
    assert list(again.questions(situation(), 7)) == asked
    assert list(again.threads(situation())) == planned
    assert server.requests == []
    assert again.talk.meter.tallies()[0].received == 5


def test_a_recording_holds_what_was_answered_and_for_which_prompt_and_nothing_that_was_sent(
    server: ModelServer, tmp_path: Path
) -> None:
    file = tmp_path / "kitchen.jsonl"
    engine = engine_on(recorded(server, file))
    server.will(says(items(*QUESTIONS)))
    list(engine.questions(situation(), 7))
    (line,) = [json.loads(text) for text in file.read_text().splitlines()]
    assert (line["job"], line["prompt"], line["step"]) == ("questions", "ask_questions@10", "json_schema")
    assert len(line["variables"]) == 16
    assert "You help a manager" not in file.read_text()
    assert "Flour delivery late twice. I promised" not in file.read_text()
    assert not stat.S_IMODE(file.stat().st_mode) & 0o077


def test_a_reply_that_broke_off_is_not_recorded(server: ModelServer, tmp_path: Path) -> None:
    file = tmp_path / "kitchen.jsonl"
    engine = FallbackEngine(engine_on(recorded(server, file)), OfflineEngine(ShippedLibrary()))
    server.will(says(json.dumps(items(*QUESTIONS))[:500], finish=None))
    list(engine.questions(situation(), 3))
    assert not file.exists()


def test_another_prompt_version_says_record_again_instead_of_answering(server: ModelServer, tmp_path: Path) -> None:
    from dataclasses import replace

    file = tmp_path / "probe.jsonl"
    server.will(says(items({"word": "ready"})))
    assert [i.word for i in recorded(server, file).items(CALL, ProbeItem)] == ["ready"]
    assert [i.word for i in replayed(file).items(CALL, ProbeItem)] == ["ready"]
    with pytest.raises(PromptError, match=r"holds probe@1, and this is probe@2\. Record again\."):
        list(replayed(file).items(replace(CALL, prompt="probe@2"), ProbeItem))


def test_other_notes_say_record_again_and_are_not_finished_by_the_rules(server: ModelServer, tmp_path: Path) -> None:
    file = tmp_path / "kitchen.jsonl"
    server.will(says(items(*QUESTIONS)))
    list(engine_on(recorded(server, file)).questions(situation(), 7))
    whole = FallbackEngine(engine_on(replayed(file)), OfflineEngine(ShippedLibrary()))
    with pytest.raises(PromptError, match="what was sent has changed"):
        list(whole.questions(situation(NOTES[1:], ()), 3))


def test_a_file_that_is_no_recording_is_said_so(tmp_path: Path) -> None:
    file = tmp_path / "other.jsonl"
    file.write_text("hello\n")
    with pytest.raises(Refused, match="is no recording"):
        list(replayed(file).items(CALL, ProbeItem))


def test_what_is_recorded_is_not_asked_for_again_and_a_stopped_run_goes_on(server: ModelServer, tmp_path: Path) -> None:
    file = tmp_path / "kitchen.jsonl"
    server.will(says(items(*QUESTIONS)))
    first = list(engine_on(recorded(server, file)).questions(situation(), 7))
    server.will(says(items(THREAD)))
    again = engine_on(recorded(server, file))
    assert list(again.questions(situation(), 7)) == first
    assert server.requests == []
    assert list(again.threads(situation()))
    assert len(server.requests) == 1
    assert len(file.read_text().splitlines()) == 2

"""Recorded replies go through the very same client as a server's, and a whole run with a model can be played again."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from assistant.engines.llm import shapes
from assistant.engines.llm.call import Call, Step
from assistant.engines.llm.door import Address, ChatWire
from assistant.engines.llm.habits import Habit, Habits
from assistant.engines.llm.shapes import schema_of
from assistant.engines.llm.talk import Limits, Talk
from assistant.prompting import llm_prompt
from knowledge.embedding.local import count_tokens
from tests.model_server import items, model_server, obeys
from tests.recorder import RECORDINGS, TODAY, lines_of, recording, replaying, shown_by
from tests.tiny_case import write_case

SHAPES = {
    "questions": shapes.BriefItem, "threads": shapes.ThreadItem, "answer": shapes.SentenceItem,
    "revise": shapes.SectionItem, "debrief": shapes.ToldItem, "understand": shapes.UnderstoodItem,
    "find": shapes.FindItem, "rank": shapes.RankItem, "judge_questions": shapes.JudgedItem,
    "judge_plan": shapes.JudgedItem, "follow": shapes.FollowItem,
}  # fmt: skip
MAY_BE_EMPTY = {"find", "rank", "debrief"}
FILES = sorted(RECORDINGS.glob("*.jsonl"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_recorded_reply_is_read_by_the_client_under_the_prompt_it_was_made_for(file: Path) -> None:
    wire = ChatWire(Address("openai", "recorded", "https://nowhere.example/v1"), replay=file)
    told = lines_of(file)
    assert told
    for line in told:
        name = line["prompt"].partition("@")[0]
        assert line["prompt"] == str(llm_prompt(name)), f"{name} has other words now: record {file.stem} again"
        habits = Habits(weighs=False)
        habits.learn(wire.server, wire.model, Habit(Step(line["step"])))
        shape = SHAPES[line["job"]]
        call = Call(line["job"], line["prompt"], "s", "u", schema_of(shape), line["variables"].removesuffix("+repair"))
        if line["variables"].endswith("+repair"):
            continue  # the second reply to one that could not be read
        found = list(Talk(wire, count_tokens, Limits(60.0), habits=habits).items(call, shape))
        assert found or line["job"] in MAY_BE_EMPTY


def test_there_are_recordings_and_each_says_how_it_was_made() -> None:
    assert sum(len(lines_of(file)) for file in FILES) >= 30
    assert all(file.with_suffix(".run").exists() for file in FILES)


def good_for_anything(body: Mapping[str, Any]) -> object:
    """A model that answers every job in its shape, out of the first note it is shown."""
    sent = "\n".join(m["content"] for m in body["messages"])
    notes = [line for line in sent.splitlines() if line.startswith("[N1]") or line.startswith("[P1]")]
    words = sent.split(notes[0] + "\n")[1].splitlines()[0].split(". ")[0] if notes else ""
    cites = [{"note": "N1", "quote": words}]
    link = {"text": f"It says: “{words}”.", "cites": cites, "question": "What would you show somebody first?"}
    step = {"text": "Take half an hour for it after work.", "in_days": 5, "cites": []}
    told = sent.split("THE TELLING\n")[-1].splitlines()[0]
    replies: dict[str, dict[str, Any]] = {
        "questions": {"pillar": "talent", "text": "What would you show somebody first?", "why": "", "cites": cites},
        "threads": dict.fromkeys(("passion", "talent", "customer", "value"), link) | {
            "first_step": step, "support": step},
        "revise": {"section": "measure", "text": "Both can say what is different."},
        "debrief": {"kind": "evidence", "words": told.split(". ")[0], "topic": "aspiration"},
        "answer": {"kind": "notes", "text": f"It says: “{words}”.", "cites": cites},
        "understand": {"intent": "ask", "query": "What is planned next?"},
        "follow": {"promise": "P1", "shows": "happened", "note": "N1", "quote": words},
    }  # fmt: skip
    return items(replies[body["response_format"]["json_schema"]["name"]])


def test_a_whole_run_is_recorded_and_played_again_byte_for_byte(tmp_path: Path) -> None:
    case, file = write_case(tmp_path / "tiny"), tmp_path / "run.jsonl"
    to = ["--as", "m1", "--today", TODAY]
    person = json.loads((case / "people.json").read_text())["people"][0]
    to[1] = person.get("manager") or person.get("manager_id") or "me"
    who = person["id"]
    run = [
        {"args": ["prep", who, "--six", "--json", *to]},
        {"args": ["plan", who, "draft", "--json", *to]},
        {"args": ["plan", who, "revise", "measure", "something with the door", "--json", *to]},
        {"args": ["debrief", who, "Kim hopes to hang the next door alone. I will ask the joiner on Monday.", *to]},
        {"args": ["chat", "--person", who, "--json", *to], "stdin": '"How did the door go?"\n"and then?"\n'},
        {"args": ["prep", who, "--json", *to]},
    ]
    with model_server() as server:
        server.will(obeys(good_for_anything))
        first = shown_by(run, recording(file, server.url, "openai:scripted", "60"), case)
        asked = len(server.requests)
        assert asked >= 5
        assert {line["job"] for line in lines_of(file)} >= {"questions", "threads", "revise", "debrief", "answer"}
        assert "llm" in first
        again = shown_by(run, replaying(file), case)
        assert len(server.requests) == asked
    assert again == first
    assert "Record again" not in again


def test_a_run_under_other_words_says_record_again(tmp_path: Path) -> None:
    case, file = write_case(tmp_path / "tiny"), tmp_path / "run.jsonl"
    person = json.loads((case / "people.json").read_text())["people"][0]
    line = {"job": "follow", "prompt": "follow_up@0", "step": "json_schema", "variables": "0" * 16,
            "model": "m", "content": "", "envelope": "", "finish": "stop", "usage": {}}  # fmt: skip
    file.write_text(json.dumps(line))
    to = ["--as", person.get("manager") or "me", "--today", TODAY]
    said = shown_by([{"args": ["prep", person["id"], *to]}], replaying(file), case)
    assert "The recording holds follow_up@0" in said
    assert "Record again." in said

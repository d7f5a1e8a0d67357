"""The commands with a model: it writes, doctor asks it, and whatever is wrong with it is one sentence and no stop."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.model_server import Act, ModelServer, fails, hangs, items, model_server, says
from tests.ui.conftest import TODAY, Flourish

AS = ("--as", "dm1", "--today", TODAY)
READY = items({"word": "ready"})


@pytest.fixture(scope="module")
def running() -> Iterator[ModelServer]:
    with model_server() as server:
        yield server


@pytest.fixture
def server(running: ModelServer, monkeypatch: pytest.MonkeyPatch) -> ModelServer:
    monkeypatch.setenv("FLOURISH_MODEL", "openai:scripted")
    monkeypatch.setenv("OPENAI_BASE_URL", running.url)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    monkeypatch.setenv("FLOURISH_MODEL_SECONDS", "60")
    return running.will()


def writes(server: ModelServer) -> None:
    """A model that asks one good question of everybody, drafts gaps, and answers that the notes do not say."""
    asked = {
        "pillar": "connection", "text": "What have I not asked you about your work that you would like me to know?",
        "why": "What draws them is not in the notes yet.", "cites": [], "follow_up": "", "listen_for": "",
        "principle": "",
    }  # fmt: skip
    server.will(says(items(asked)))


def test_prep_is_written_by_the_model_and_says_so(flourish: Flourish, team: Path, server: ModelServer) -> None:
    writes(server)
    said = flourish("prep", "d04", *AS, "--json", home=team).json
    asked = next(q for q in said["questions"] if q["written_by"]["engine"] == "llm")
    assert asked["text"].startswith("What have I not asked you")
    assert said["origin"] == "fallback ask_questions@10 scripted"
    assert said["written_by"]["note_ids"]
    assert len(said["questions"]) == 3
    assert len(server.requests) == 2, "what became of the open promises, once, and the questions"
    text = flourish("prep", "d04", *AS, home=team).out
    assert "Partly written without the model" in text
    assert len(server.requests) == 3


def test_what_a_model_asked_is_marked_by_its_words_in_another_run(
    flourish: Flourish, team: Path, server: ModelServer
) -> None:
    writes(server)
    words = "What have I not asked you about your work that you would like me to know?"
    asked = flourish("asked", "d04", words, *AS, "--json", home=team).json
    assert asked["text"] == words
    shown = flourish("prep", "d04", *AS, "--six", "--json", home=team).json
    assert words not in [q["text"] for q in shown["questions"]]
    assert asked["question_id"] not in [q["id"] for q in shown["questions"]]


@pytest.mark.parametrize(
    ("act", "told"),
    [
        (fails(401), "did not accept the key"),
        (fails(404), "knows no model"),
        (fails(500), "fault of its own"),
        (hangs(20), "took too long"),
        (says("Gern! Wie kann ich helfen?"), "in a form that cannot be read"),
    ],
)
def test_prep_is_whole_whatever_is_wrong_with_the_model(
    act: Act, told: str, flourish: Flourish, team: Path, server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.will(act)
    if told == "took too long":
        monkeypatch.setenv("FLOURISH_MODEL_SECONDS", "2")
    said = flourish("prep", "d04", *AS, "--json", home=team)
    assert said.code == 0
    assert len(said.json["questions"]) == 3
    assert said.json["written_by"]["says"].startswith("Written without the model.")
    assert told in said.json["written_by"]["says"]
    assert "sk-secret" not in said.out + said.err


def test_a_plan_that_the_model_failed_at_is_kept_once_and_whole(
    flourish: Flourish, team: Path, server: ModelServer
) -> None:
    server.will(fails(500))
    drafted = flourish("plan", "d04", "draft", *AS, "--json", home=team).json
    shown = flourish("plan", "d04", "show", *AS, "--json", home=team).json
    assert shown["version"] == drafted["version"] == 1
    assert shown["threads"] == drafted["threads"]
    assert shown["written_by"] == drafted["written_by"]
    assert "fault of its own" in shown["written_by"]["says"]


def test_chat_says_at_the_end_who_wrote(flourish: Flourish, team: Path, server: ModelServer) -> None:
    server.will(says(items({"kind": "not_said", "text": "", "cites": []})))
    (line,) = flourish("chat", "--person", "d04", *AS, "--json", home=team, stdin='"Does he like ferries?"\n').lines
    assert line["written_by"]["engine"] == "llm"
    assert "The notes do not say." in line["text"]


def test_a_brief_in_a_talk_says_once_why_no_model_wrote_it_and_what_to_do(
    flourish: Flourish, team: Path, server: ModelServer
) -> None:
    server.will(fails(401))
    told = " ".join(flourish("chat", "--person", "d04", *AS, home=team, stdin="prep\n").out.split())
    assert told.count("Written without the model.") == 1
    assert "did not accept the key. Set OPENAI_API_KEY" in told


@pytest.mark.parametrize(
    "message", ["🙂", "x" * 100_000, "What does Ole's team say about Kurt?", "Wie geht es ihm mit den Pumpen?"]
)
def test_odd_messages_get_a_plain_answer_with_a_model_too(
    message: str, flourish: Flourish, team: Path, server: ModelServer
) -> None:
    import json

    writes(server)
    said = flourish("chat", "--person", "d04", *AS, "--json", home=team, stdin=json.dumps(message) + "\n")
    assert said.code == 0
    assert "error" not in said.lines[0]
    assert said.lines[0]["text"]
    assert all(len(prompt) < 60_000 for prompt in server.prompts())


def test_doctor_says_which_model_answers_and_how_strictly(flourish: Flourish, team: Path, server: ModelServer) -> None:
    server.will(fails(400, "response_format"), says(READY))
    said = flourish("doctor", "--json", home=team)
    (check,) = [c for c in said.json["checks"] if c["name"] == "model"]
    assert check["ok"]
    assert "scripted at 127.0.0.1" in check["says"]
    assert "knows tools but no JSON schema" in check["says"]


@pytest.mark.parametrize(
    ("settings", "told", "way"),
    [
        ({"OPENAI_API_KEY": "", "OPENAI_BASE_URL": ""}, "No key is set for api.openai.com", "Set OPENAI_API_KEY"),
        ({"OPENAI_BASE_URL": "http://127.0.0.1:9/v1"}, "No answer from 127.0.0.1:9", "Is it running"),
        ({"OPENAI_BASE_URL": "http://127.0.0.1:9/v2"}, "No answer from", "doctor"),
        ({"FLOURISH_MODEL": "anthropic:claude"}, "need a package of their own", "pip install langchain-anthropic"),
    ],
)
def test_doctor_tells_what_is_wrong_with_a_model_and_that_the_rules_go_on(
    settings: dict[str, str], told: str, way: str, flourish: Flourish, team: Path, server: ModelServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    said = flourish("doctor", "--json", home=team)
    assert said.code == 1
    (check,) = [c for c in said.json["checks"] if not c["ok"]]
    assert check["name"] == "model"
    assert told in check["says"]
    assert way in check["next"]
    assert "Until then the rules write alone." in check["next"]
    assert "sk-secret" not in said.out


def test_an_address_that_cannot_be_is_told_before_anything_is_sent(
    flourish: Flourish, team: Path, server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_BASE_URL", "http://models.example.org/v1")
    said = flourish("prep", "d04", *AS, home=team)
    assert said.code == 1
    assert "unencrypted" in said.err
    assert server.requests == []


def test_another_manager_reaches_nobody_through_a_model(flourish: Flourish, team: Path, server: ModelServer) -> None:
    writes(server)
    said = flourish("prep", "d04", "--as", "dm2", "--today", TODAY, home=team)
    assert said.code == 1
    assert server.requests == []


def test_search_is_put_in_order_by_the_model_when_asked_to(flourish: Flourish, team: Path, server: ModelServer) -> None:
    asked = ("search", "what does he work on", "--person", "d04", *AS, "--json")
    plain = flourish(*asked, home=team).json
    assert server.requests == []
    server.will(says(items({"passage": "P3", "grade": 3})))
    ordered = flourish(*asked, "--with-model", home=team).json
    assert ordered["origin"] == "llm rank_passages@1 scripted"
    assert ordered["hits"][0]["note_id"] != plain["hits"][0]["note_id"]
    assert len(server.requests) == 1
    server.will(fails(500))
    without = flourish(*asked, "--with-model", home=team).json
    assert [h["note_id"] for h in without["hits"]] == [h["note_id"] for h in plain["hits"]]
    assert without["says"].startswith("Put in order without the model.")


def test_reindex_lets_the_model_look_through_the_notes_once(
    flourish: Flourish, team: Path, server: ModelServer
) -> None:
    server.will(says(items()))
    said = flourish("reindex", "--with-model", "--as", "dm1", "--json", home=team).json
    assert said["by_model"] > 50
    assert said["finds"] == 0
    assert flourish("reindex", "--with-model", "--as", "dm1", "--json", home=team).json["by_model"] == 0
    assert "points at" not in flourish("reindex", "--as", "dm1", home=team).out


@pytest.mark.parametrize("command", [("reindex",), ("search", "pumps", "--person", "d04", "--as", "dm1")])
def test_what_needs_a_model_says_so_when_none_is_named(
    command: tuple[str, ...], flourish: Flourish, team: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("FLOURISH_MODEL", "OPENAI_BASE_URL", "OPENAI_API_KEY"):
        monkeypatch.delenv(name, raising=False)
    said = flourish(*command, "--with-model", home=team)
    assert said.code == 1
    assert "Set FLOURISH_MODEL" in said.err

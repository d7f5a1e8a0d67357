"""flourish eval with a model: a judge by the rubrics, what the model cost, and the slow jobs where they are wanted."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import pytest

from assistant.domain.rating import Rubric
from assistant.evaluation.judging import CRITERIA
from tests.model_server import ModelServer, fails, items, model_server, obeys, says
from tests.tiny_case import write_case
from tests.ui.conftest import Flourish


@pytest.fixture(scope="module")
def running() -> Iterator[ModelServer]:
    with model_server() as server:
        yield server


@pytest.fixture
def server(running: ModelServer, monkeypatch: pytest.MonkeyPatch) -> ModelServer:
    monkeypatch.setenv("OPENAI_BASE_URL", running.url)
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    monkeypatch.setenv("FLOURISH_MODEL_PRICE", "1/2")
    return running.will()


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    return write_case(tmp_path / "tiny")


def rates(body: Mapping[str, Any]) -> object:
    """A judge that gives threes, quoting the head of what it is shown."""
    sent = body["messages"][1]["content"]
    rubric = Rubric.PLAN if "D11" in sent else Rubric.QUESTIONS
    head = sent.split("OUTPUT TO RATE\n")[1][:20]
    scores = [{"id": n, "quote": head, "note": "", "level": 3, "reason": "fits"} for n in CRITERIA[rubric]]
    return items({"injection": False, "scores": scores, "one_change": "Offer to skip one."})


def test_a_judge_rates_questions_and_plans_of_everybody_twice(
    flourish: Flourish, tiny: Path, server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLOURISH_JUDGE", "openai:strict")
    server.will(obeys(rates))
    said = flourish("eval", str(tiny), "--only", "form", "--judge", "--json").json
    judged = said["judged"]
    assert {j["rubric"] for j in judged} == {"Q", "D"}
    plans = [j for j in judged if j["rubric"] == "D"]
    assert {(j["sum"], j["verdict"], j["spread"]) for j in plans} == {(33.0, "usable", 0)}
    assert len([r for r in server.requests if r["model"] == "strict"]) == 2 * len(judged)
    part = next(p for p in said["parts"] if p["name"] == "judge")
    assert next(f for f in part["figures"] if f["name"] == "D4")["value"] == 0.75
    told = flourish("eval", str(tiny), "--only", "form", "--judge")
    assert "JUDGED TEXTS" in told.out
    assert "Offer to skip one." in told.out


def of_one_text(first: int, second: int) -> Callable[[Mapping[str, Any]], object]:
    """A judge whose two orders get two different levels on the first criterion."""

    def wish(body: Mapping[str, Any]) -> object:
        sent, reply = body["messages"][1]["content"], cast("dict[str, Any]", rates(body))
        score = reply["items"][0]["scores"][0]
        turned = sent.index(f"{score['id']} ") > sent.index("D11 " if "D11 " in sent else "Q10 ")
        score["level"] = second if turned else first
        return reply

    return wish


def test_a_judge_may_be_kept_to_some_people_and_what_it_cost_is_told(
    flourish: Flourish, tiny: Path, server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLOURISH_JUDGE", "openai:strict")
    server.will(obeys(rates))
    said = flourish("eval", str(tiny), "--only", "judge", "--person", "k2", "--json").json
    assert {j["case"] for j in said["judged"]} == {"k2-0615-questions", "k2-0615-plan"}
    assert [p["name"] for p in said["parts"]] == ["judge"]
    assert {r["model"] for r in server.requests} == {"strict"}  # the rules wrote: an address alone names no writer
    assert {s["job"]: s["calls"] for s in said["spent"]} == {"judge_questions": 2, "judge_plan": 2}
    assert all(s["cost"] > 0 for s in said["spent"])


def test_a_person_for_the_judge_who_is_not_there_or_without_a_judge_is_a_sentence(
    flourish: Flourish, tiny: Path, server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLOURISH_JUDGE", "openai:strict")
    assert "Add --judge" in flourish("eval", str(tiny), "--person", "k1").err
    said = flourish("eval", str(tiny), "--judge", "--person", "Nobody")
    assert (said.code, server.requests) == (1, [])
    assert "nobody called 'Nobody'" in said.err
    assert "k1, k2" in said.err


def test_two_readings_that_lie_apart_are_followed_by_a_third(
    flourish: Flourish, tiny: Path, server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLOURISH_JUDGE", "openai:strict")
    server.will(obeys(of_one_text(4, 2)))
    said = flourish("eval", str(tiny), "--only", "judge", "--person", "k1", "--json").json
    assert {j["spread"] for j in said["judged"]} == {2}
    assert len(server.requests) == 6
    server.will(obeys(of_one_text(4, 3)))
    assert len(flourish("eval", str(tiny), "--only", "judge", "--person", "k1", "--json").json["judged"]) == 2
    assert len(server.requests) == 4


def test_a_judge_that_goes_away_leaves_what_it_judged_and_a_recording_goes_on_from_there(
    flourish: Flourish, tiny: Path, tmp_path: Path, server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLOURISH_JUDGE", "openai:strict")
    monkeypatch.setenv("FLOURISH_MODEL_RECORD", str(tmp_path / "judged.jsonl"))
    server.will(obeys(rates), obeys(rates), fails(401))
    said = flourish("eval", str(tiny), "--only", "judge")
    assert said.code == 1
    assert "k1-0615-questions: 30.0 of 40" in said.out
    assert "Not rated whole, and left out: k1-0615-plan, k2-0615-questions." in said.out
    assert "stopped after 1 of 4 texts" in said.err
    assert "did not accept the key" in said.err
    server.will(obeys(rates))
    again = flourish("eval", str(tiny), "--only", "judge", "--json")
    assert again.code == 0
    assert len(again.json["judged"]) == 4
    assert len(server.requests) == 6


def test_what_the_model_took_is_told_by_job_with_its_cost(
    flourish: Flourish, tiny: Path, server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLOURISH_MODEL", "openai:scripted")
    server.will(says(items(), usage={"prompt_tokens": 1000, "completion_tokens": 10, "total_tokens": 1010}))
    said = flourish("eval", str(tiny), "--only", "support", "--json").json
    jobs = {s["job"]: s for s in said["spent"]}
    assert {"questions", "threads"} <= set(jobs)
    assert jobs["threads"]["cost"] == pytest.approx(jobs["threads"]["calls"] * (1000 + 2 * 10) / 1e6, abs=1e-5)
    figures = {(f["name"], f["group"]): f["value"] for p in said["parts"] for f in p["figures"]}
    assert set(figures.values()) == {0}
    assert ("unsupported claims", "chat") in figures
    assert "threads: " in flourish("eval", str(tiny), "--only", "support").out


def test_the_slow_jobs_run_only_where_they_are_wanted(
    flourish: Flourish, tiny: Path, server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLOURISH_MODEL", "openai:scripted")
    server.will(says(items()))
    flourish("eval", str(tiny), "--only", "retrieval", "--json")
    assert server.requests == []
    said = flourish("eval", str(tiny), "--only", "retrieval", "--with-model", "--json").json
    assert {s["job"] for s in said["spent"]} == {"find", "rank"}


@pytest.mark.parametrize("option", ["--judge", "--with-model"])
def test_what_needs_a_model_says_so(
    option: str, flourish: Flourish, tiny: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("FLOURISH_MODEL", "FLOURISH_JUDGE", "OPENAI_BASE_URL"):
        monkeypatch.delenv(name, raising=False)
    said = flourish("eval", str(tiny), "--only", "retrieval", option)
    assert said.code == 1
    assert "Set FLOURISH_MODEL" in said.err


def test_a_judge_that_is_away_ends_the_measurement_in_a_sentence(
    flourish: Flourish, tiny: Path, server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLOURISH_JUDGE", "openai:strict")
    server.will(fails(401))
    said = flourish("eval", str(tiny), "--only", "form", "--judge")
    assert said.code == 1
    assert "did not accept the key" in said.err

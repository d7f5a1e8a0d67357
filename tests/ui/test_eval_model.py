"""flourish eval with a model: a judge by the rubrics, what the model cost, and the slow jobs where they are wanted."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

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

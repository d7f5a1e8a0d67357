"""Many searches at once: in order, each as if asked alone, nothing written before everything was checked."""

import json
from pathlib import Path

import pytest

from tests.ui.conftest import CASE, TODAY, Flourish
from ui.contract.finds import BatchLine


def queries(limit: int) -> list[dict[str, object]]:
    lines = (CASE / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    asked = [json.loads(line) for line in lines]
    return [
        {"id": q["id"], "query": q["query"], "person_id": q["person_id"], "as": q["manager_id"], "today": q["asked_on"]}
        for q in asked[:: max(1, len(asked) // limit)]
    ][:limit]


def write(path: Path, lines: list[dict[str, object]]) -> str:
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return str(path)


def test_answers_come_in_the_order_of_the_queries(flourish: Flourish, imported: Path, tmp_path: Path) -> None:
    asked = queries(30)
    assert len({q["as"] for q in asked}) == 3
    said = flourish("search", "--batch", write(tmp_path / "q.jsonl", asked), home=imported)
    assert said.code == 0
    answers = [BatchLine.model_validate(line) for line in said.lines]
    assert [a.id for a in answers] == [q["id"] for q in asked]
    assert all(1 <= len(a.hits) <= 10 for a in answers)
    for query, answer in zip(asked, answers, strict=True):
        if query["person_id"]:
            assert {hit.person_id for hit in answer.hits} == {query["person_id"]}


def test_a_batch_answers_like_single_searches(flourish: Flourish, imported: Path, tmp_path: Path) -> None:
    asked = queries(4)
    lines = flourish("search", "--batch", write(tmp_path / "q.jsonl", asked), home=imported).lines
    for query, line in zip(asked, lines, strict=True):
        words = ["search", str(query["query"]), "--as", str(query["as"]), "--today", str(query["today"]), "--json"]
        if query["person_id"]:
            words += ["--person", str(query["person_id"])]
        alone = flourish(*words, home=imported).json
        assert (alone["weak"], alone["hits"]) == (line["weak"], line["hits"])


def test_each_line_has_its_own_day(flourish: Flourish, imported: Path) -> None:
    line = {"id": "q", "query": "what gives energy", "person_id": "d01", "as": "dm1"}
    early = {**line, "id": "early", "today": "2025-06-30"}
    late = {**line, "id": "late", "today": TODAY}
    text = json.dumps(early) + "\n\n" + json.dumps(late) + "\n"
    first, second = flourish("search", "--batch", "-", "--k", "20", home=imported, stdin=text).lines
    assert {hit["date"] for hit in first["hits"]} == {"2025-05-06", "2025-06-10"}
    assert len(second["hits"]) > len(first["hits"])


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('{"id": "b", "query": "x", ', "Line 2"),
        ('{"id": "b"}', "query"),
        ('{"id": "b", "query": " "}', "asks nothing"),
        ('{"id": "b", "query": "x", "today": "soon"}', "today"),
        ('{"id": "b", "query": "x", "as": "dm9"}', "dm9"),
        ('{"id": "b", "query": "x", "as": "dm1", "person_id": "d06"}', "d06"),
        ('{"id": "b", "query": "x"}', "--as"),
    ],
)
def test_a_bad_line_is_told_before_anything_is_answered(
    line: str, told: str, flourish: Flourish, imported: Path
) -> None:
    good = json.dumps({"id": "a", "query": "x", "as": "dm1", "person_id": "d01"})
    said = flourish("search", "--batch", "-", home=imported, stdin=f"{good}\n{line}\n")
    assert (said.code, said.out) == (1, "")
    assert told in said.err


def test_a_batch_file_that_is_not_there_is_one_sentence(flourish: Flourish, imported: Path) -> None:
    said = flourish("search", "--batch", "/nowhere.jsonl", home=imported)
    assert said.code == 1
    assert "/nowhere.jsonl" in said.err

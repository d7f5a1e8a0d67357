"""A note in the wrong person's file, from the command line, in an import's report and as a measured figure."""

import json
from pathlib import Path
from typing import Any

from assistant.domain.person import PersonId
from assistant.evaluation.misfiled import score_misfiled
from knowledge.reading.gold import read_gold
from tests.ui.conftest import CASE, TODAY, Flourish


def test_it_is_offered_until_it_is_moved_and_to_its_owner_alone(flourish: Flourish, team: Path) -> None:
    def check(who: str) -> list[dict[str, Any]]:
        said = flourish("people", "check", "--as", who, "--today", TODAY, "--json", home=team)
        return list(said.json["misfiled"])

    assert [(m["note_id"], m["about"]["id"], m["words"]) for m in check("dm1")] == [("d02-08", "d01", ["Pell", "Lake"])]
    assert check("dm2") == check("dm3") == []
    told = flourish("people", "check", "--as", "dm1", "--today", TODAY, home=team).out
    assert "Move it: flourish note move d02-08 d01" in told
    assert flourish("note", "move", "d02-08", "d01", "--as", "dm1", "--today", TODAY, home=team).code == 0
    assert check("dm1") == []
    assert "where it belongs" in flourish("people", "check", "--as", "dm1", "--today", TODAY, home=team).out


def test_an_import_says_that_a_note_of_it_seems_misfiled(flourish: Flourish, tmp_path: Path) -> None:
    case = tmp_path / "case"
    case.mkdir()
    people = json.loads((CASE / "people.json").read_text())
    kept = [p for p in people["people"] if p["id"] in {"d01", "d02"}]
    (case / "people.json").write_text(json.dumps({**people, "people": kept}))
    lines = (CASE / "notes.jsonl").read_text().splitlines()
    notes = [line for line in lines if json.loads(line)["person_id"] in {"d01", "d02"}]
    (case / "notes.jsonl").write_text("\n".join(notes))
    said = flourish("import", str(case), "--today", TODAY, "--json", home=tmp_path / "home").json
    assert any("flourish people check" in remark for remark in said["remarks"])


def test_the_figure_counts_what_was_noticed_and_what_was_suspected_without_cause() -> None:
    case = read_gold(CASE)
    right = score_misfiled(case, {"d02-08": PersonId("d01")})
    assert [figure.value for figure in right.figures] == [1, 0]
    wrong = score_misfiled(case, {"d02-08": PersonId("d03"), "d01-01": PersonId("d02")})
    assert [figure.value for figure in wrong.figures] == [0, 1]

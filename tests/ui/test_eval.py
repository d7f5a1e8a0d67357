"""flourish eval on a tiny case: real desk, throw-away homes, saved figures that may not get worse."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.tiny_case import GOLD, write_case, write_csv
from tests.ui.conftest import Flourish, Said
from ui.contract.measures import EvalPayload, EvalSavedPayload
from ui.evaluation.run import PARTS
from ui.settings import read_settings


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    folder = write_case(tmp_path / "tiny")
    write_csv(folder)
    return folder


def figures(said: Said, system: str = "ours") -> dict[tuple[str, str, str], Any]:
    payload = EvalPayload.model_validate_json(said.out)
    return {(p.name, f.name, f.group): f.value for p in payload.parts for f in p.figures if f.system == system}


def test_every_part_is_measured_and_the_figures_are_what_the_case_must_give(flourish: Flourish, tiny: Path) -> None:
    said = flourish("eval", str(tiny), "--json")
    assert said.code == 0
    payload = EvalPayload.model_validate_json(said.out)
    assert [p.name for p in payload.parts] == list(PARTS)
    assert not [p.name for p in payload.parts if p.skipped]
    ours, plain = figures(said), figures(said, "BM25 alone")
    assert ours["import", "notes recovered", "case folder"] == ours["import", "notes recovered", "csv"] == 1.0
    assert ours["retrieval", "nDCG@10", "person scope"] == 1.0
    assert ours["quotes", "grounded", ""] == 1.0
    assert ours["evidence", "recall", ""] > 0.6
    assert ours["promises", "F1", "open"] == 1.0
    assert ours["gaps", "fabrications", ""] == 0
    assert ours["must-touch", "touched", "whole brief"] == 1.0
    assert {v for (p, name, _), v in ours.items() if p == "safety" and name == "sensitive leaks"} == {0}
    assert ours["chats", "checks passed", "resolves"] == ours["chats", "checks passed", "stores"] == 1.0
    assert plain["retrieval", "nDCG@10", ""] is not None
    assert figures(said, "label everything")["evidence", "recall", ""] == 1.0


def test_two_runs_give_the_same_and_leave_the_home_alone(flourish: Flourish, tiny: Path, tmp_path: Path) -> None:
    one, two = (flourish("eval", str(tiny), "--json", "--why", home=tmp_path / "mine").out for _ in range(2))
    assert one == two
    assert not (tmp_path / "mine").exists()


def test_another_managers_notes_are_never_ranked_or_cited(flourish: Flourish, tiny: Path) -> None:
    told = flourish("eval", str(tiny), "--json", "--why", "q2").json["why"]
    assert [f["id"] for f in told] == ["q2"]
    assert "n5" in told[0]["came"]
    assert not any(foreign in told[0]["came"] for foreign in ("n1", "n2", "n3", "n4"))
    chat = flourish("eval", str(tiny), "--json", "--only", "chats", "--why", "c1/1").json["why"]
    assert len(chat) == 5
    assert not any(foreign in f["came"] for f in chat for foreign in ("n5", "n6"))


def test_only_some_parts_are_measured_and_an_unknown_part_is_told(flourish: Flourish, tiny: Path) -> None:
    said = flourish("eval", str(tiny), "--json", "--only", "gaps", "--only", "promises")
    assert [p["name"] for p in said.json["parts"]] == ["gaps", "promises"]
    wrong = flourish("eval", str(tiny), "--only", "luck")
    assert wrong.code == 1
    assert "There is no part 'luck'." in wrong.err
    assert "must-touch" in wrong.err


def test_a_part_without_labels_is_skipped_and_says_so(flourish: Flourish, tmp_path: Path) -> None:
    folder = write_case(tmp_path / "bare", gold=None, queries=None, chats=None)
    said = flourish("eval", str(folder))
    assert said.code == 0
    assert "Skipped: the folder has no queries.jsonl." in said.out
    assert "Skipped: the folder has no gold.jsonl." in said.out
    assert "import/expected.json: only its own notes were measured." in said.out
    assert "grounded" in said.out, "quotes need no labels"


def test_why_tells_one_thing_in_full_or_all_reasons_counted(flourish: Flourish, tiny: Path) -> None:
    one = flourish("eval", str(tiny), "--only", "promises", "--why", "k1-a1").out
    assert "promises, k1-a1, open: ok" in one
    assert "Order new chisels" in one
    every = flourish("eval", str(tiny), "--only", "gaps", "--only", "evidence", "--why").out
    assert "WHY NOT: " in every
    assert "--why ID" in every
    nothing = flourish("eval", str(tiny), "--only", "promises", "--why", "k7")
    assert nothing.code == 1
    assert "Nothing called 'k7' was measured." in nothing.err


def test_the_markdown_table_sets_ours_beside_the_plain_alternatives(flourish: Flourish, tiny: Path) -> None:
    lines = flourish("eval", str(tiny), "--only", "retrieval", "--markdown").out.splitlines()
    rows = [line for line in lines if line.startswith("| retrieval | nDCG@10 |")]
    assert len(rows) == 1
    assert rows[0].count("|") == 6
    assert "BM25 alone" in rows[0]
    assert "encoder alone" in rows[0]


def test_what_was_saved_is_compared_and_a_fall_fails_loudly(flourish: Flourish, tiny: Path, tmp_path: Path) -> None:
    file = tmp_path / "saved.json"
    run = ("eval", str(tiny), "--only", "promises", "--only", "safety")
    assert flourish(*run, "--save", str(file)).code == 0
    same = flourish(*run, "--against", str(file))
    assert same.code == 0
    assert "Nothing is worse" in same.out
    saved = json.loads(file.read_text(encoding="utf-8"))
    EvalSavedPayload.model_validate(saved)
    for figure in saved["figures"]:
        if (figure["name"], figure["group"]) == ("sensitive leaks", "plan"):
            figure["value"] = -1
        if figure["name"] == "F1":
            figure["value"] = 0.5
    saved["figures"].append({"part": "safety", "name": "old measure", "group": "", "value": 1.0, "n": 1})
    saved["finder"] = "offline@0"
    file.write_text(json.dumps(saved), encoding="utf-8")
    worse = flourish(*run, "--against", str(file))
    assert worse.code == 1
    assert "WORSE  safety sensitive leaks plan: -1.000 -> 0.000" in worse.out
    assert "GONE   safety old measure: 1.000 -> -" in worse.out
    assert "better promises F1 open: 0.500 -> 1.000" in worse.out
    assert "The saved figures are by finder offline@0; these are by offline@" in worse.out
    assert "FAILED" in worse.out
    told = flourish(*run, "--against", str(file), "--json")
    assert told.code == 1
    assert told.json["against"]["failed"] is True


def test_figures_of_another_case_are_not_compared_and_that_fails_too(
    flourish: Flourish, tiny: Path, tmp_path: Path
) -> None:
    file = tmp_path / "saved.json"
    flourish("eval", str(tiny), "--only", "gaps", "--save", str(file))
    other = write_case(tmp_path / "other")
    said = flourish("eval", str(other), "--only", "gaps", "--against", str(file))
    assert said.code == 1
    assert "of another case (tiny): nothing was compared" in said.out
    write_case(tiny, gold=GOLD[:1])
    said = flourish("eval", str(tiny), "--only", "gaps", "--against", str(file))
    assert "an earlier version of the case tiny: nothing was compared" in said.out


def test_a_broken_file_of_figures_and_a_place_that_cannot_be_written_are_told(
    flourish: Flourish, tiny: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("{}", encoding="utf-8")
    said = flourish("eval", str(tiny), "--against", str(broken))
    assert (said.code, said.err.count("\n")) == (1, 1)
    assert "is no saved measurement. Make one with --save FILE." in said.err
    missing = flourish("eval", str(tiny), "--against", str(tmp_path / "none.json"))
    assert "cannot be read" in missing.err
    unsaved = flourish("eval", str(tiny), "--only", "gaps", "--save", str(tmp_path / "no" / "where.json"))
    assert unsaved.code == 1
    assert "cannot be written" in unsaved.err


def test_labels_that_do_not_fit_are_refused_before_anything_is_measured(flourish: Flourish, tmp_path: Path) -> None:
    folder = write_case(tmp_path / "wrong", gold=[{"person_id": "k9"}])
    said = flourish("eval", str(folder), "--json")
    assert said.code == 1
    assert "gold.jsonl, line 1: there is no person 'k9'." in said.json["error"]["message"]


def test_a_leak_that_the_house_would_make_is_seen(tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The measure must not be blind: an engine whose screen is switched off is caught."""
    from assistant.domain.policy import Screening
    from assistant.engines.offline.finder import OfflineFinder
    from ui.evaluation.run import evaluate

    def blind(self: OfflineFinder, notes: Any) -> list[Screening]:
        return [Screening(n.id, n.revision, "en", screen="blind@1") for n in notes]

    monkeypatch.setattr(OfflineFinder, "screen", blind)
    folder = write_case(tmp_path / "leaky", notes=[
        {"id": "n4", "person_id": "k1", "date": "2026-06-01", "kind": "one_on_one", "author": "Mara Lind",
         "text": "I promised to drive her to the hospital for her blood test by 30 June."}],
        gold=[{"person_id": "k1", "sensitive": [{"note_id": "n4", "category": "health", "whole_note": True}]}],
        queries=None, chats=None)  # fmt: skip
    found = evaluate(folder, read_settings(str(tmp_path / "home"), environment={}), only=["safety"])
    leaks = {f.group: f.value for f in found.parts[0].figures if f.name == "sensitive leaks"}
    assert leaks["brief"] == 1

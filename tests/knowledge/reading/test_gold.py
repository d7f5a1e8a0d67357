import json
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.domain.evidence import Facet
from assistant.errors import Invalid
from assistant.evaluation.case import GoldStatus, Known
from knowledge.reading.gold import read_gold
from tests.tiny_case import CHATS, GOLD, QUERIES, write_case, write_csv

CASES = Path(__file__).resolve().parents[2] / "cases"


@pytest.mark.parametrize("name", ["dev", "wharf"])
def test_the_cases_of_the_project_are_read_whole(name: str) -> None:
    case = read_gold(CASES / name)
    gold = [json.loads(line) for line in (CASES / name / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [g.person_id for g in case.gold] == [g["person_id"] for g in gold]
    keys = ("passions", "talents", "customer_value")
    assert [len(g.statements) for g in case.gold] == [sum(len(g[k]) for k in keys) for g in gold]
    for part in ("actions", "sensitive", "misfiled", "false_friends", "must_touch", "must_not"):
        assert [len(getattr(g, part)) for g in case.gold] == [len(g[part]) for g in gold], part
    assert sum(len(g.planted) for g in case.gold) == sum(len(g["injections"]) for g in gold)
    assert case.today == date(2026, 6, 15)


def test_labels_become_nouns(tmp_path: Path) -> None:
    case = read_gold(write_case(tmp_path / "tiny"))
    k1, k2 = case.gold
    assert [(s.facet, s.status) for s in k1.statements] == [(facet, GoldStatus.CURRENT) for facet in Facet]
    assert k2.known == dict.fromkeys(Facet, Known.UNKNOWN)
    assert (k1.actions[0].id, k1.actions[0].due) == ("k1-a1", date(2026, 5, 31))
    assert case.queries[1].unit == "team of mb"
    assert case.scripts[0].turns[1].checks[0].kind == "stores"


def test_a_file_that_is_missing_leaves_its_part_empty_and_is_named(tmp_path: Path) -> None:
    case = read_gold(write_case(tmp_path / "tiny", gold=None, queries=None, chats=None))
    assert (case.gold, case.queries, case.scripts, case.renderings) == ((), (), (), ())
    assert case.lacks == {"gold.jsonl", "queries.jsonl", "chats.jsonl", "import/expected.json"}


def test_fields_that_are_missing_are_nothing_rather_than_an_error(tmp_path: Path) -> None:
    queries = [{"id": "q", "query": "What?", "person_id": "k1", "relevant": {"n1": 3}}]
    chats = [{"id": "c", "turns": [{"manager": "hello"}]}]
    case = read_gold(write_case(tmp_path / "tiny", gold=[{"person_id": "k2"}], queries=queries, chats=chats))
    assert (case.queries[0].account, case.queries[0].today) == ("ma", case.today)
    assert (case.scripts[0].account, case.scripts[0].turns[0].number) == (None, 1)
    assert case.gold[0].known == {}


def test_the_fingerprint_changes_with_any_label(tmp_path: Path) -> None:
    one, same = read_gold(write_case(tmp_path / "a")), read_gold(write_case(tmp_path / "b"))
    other = read_gold(write_case(tmp_path / "c", queries=QUERIES[:2]))
    assert one.fingerprint == same.fingerprint != other.fingerprint


def wrong(part: str, change: Any) -> list[dict[str, Any]]:
    """The rows of a file with one thing in the first changed."""
    rows = deepcopy({"gold": GOLD, "queries": QUERIES, "chats": CHATS}[part])
    change(rows[0])
    return rows


@pytest.mark.parametrize(
    ("part", "change", "told"),
    [
        ("gold", lambda g: g["passions"][0]["evidence"][0].update(quote="I adore windows"), "is not in note n1"),
        ("gold", lambda g: g["passions"][0]["evidence"][0].update(note_id="n9"), "there is no note 'n9'"),
        ("gold", lambda g: g["passions"][0].update(status="perhaps"), "'perhaps' is not a valid"),
        ("gold", lambda g: g["sensitive"][0].update(whole_note=False), "has no spans and is not whole"),
        ("gold", lambda g: g["pillar_status"].update(passion="maybe"), "'maybe' is not a valid"),
        ("gold", lambda g: g.update(person_id="k9"), "there is no person 'k9'"),
        ("gold", lambda g: g.update(person_id="k2"), "k2 stands twice"),
        ("queries", lambda q: q.update(relevant={"n1": 4}), "the grade 4 is not 1, 2 or 3"),
        ("queries", lambda q: q.update(relevant={}), "is answerable and names no note"),
        ("queries", lambda q: q.pop("query"), "'query' is missing"),
        ("queries", lambda q: q.update(asked_on="soon"), "Invalid isoformat"),
        ("chats", lambda c: c["turns"][0]["expect"][0].update(ids=["k9"]), "there is no person 'k9'"),
        ("chats", lambda c: c["turns"][0]["expect"][1].update(ids=[]), "names nothing"),
    ],
)
def test_a_label_that_does_not_fit_is_refused_with_file_and_line(
    tmp_path: Path, part: str, change: Any, told: str
) -> None:
    with pytest.raises(Invalid) as refused:
        read_gold(write_case(tmp_path / "tiny", **{part: wrong(part, change)}))
    assert told in str(refused.value)
    assert f"{part}.jsonl" in str(refused.value)


def test_everything_that_is_wrong_is_told_at_once_but_not_without_end(tmp_path: Path) -> None:
    queries = [{"id": str(n)} for n in range(9)]
    with pytest.raises(Invalid, match=r"line 1: .* line 5: .* And 4 more\."):
        read_gold(write_case(tmp_path / "tiny", queries=queries))


def test_a_rendering_whose_file_is_missing_or_outside_is_refused(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "tiny")
    write_csv(folder)
    (folder / "import" / "team.csv").rename(tmp_path / "team.csv")
    with pytest.raises(Invalid, match=r"there is no file team\.csv"):
        read_gold(folder)
    told = (folder / "import" / "expected.json").read_text(encoding="utf-8").replace("team.csv", "../../team.csv")
    (folder / "import" / "expected.json").write_text(told, encoding="utf-8")
    with pytest.raises(Invalid, match="there is no file"):
        read_gold(folder)


def test_a_folder_without_notes_is_no_case(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match=r"is no case folder: it has no notes\.jsonl"):
        read_gold(tmp_path)


def test_text_that_is_not_utf8_or_not_json_is_refused_in_a_sentence(tmp_path: Path) -> None:
    folder = write_case(tmp_path / "tiny")
    (folder / "gold.jsonl").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(Invalid, match=r"gold\.jsonl is not UTF-8"):
        read_gold(folder)
    (folder / "people.json").write_text("{", encoding="utf-8")
    with pytest.raises(Invalid, match=r"people\.json is not JSON"):
        read_gold(folder)

"""Whose notes are meant, and that nobody reaches another's."""

import json
from pathlib import Path

import pytest

from assistant.errors import NotAllowed
from tests.ui.conftest import CASE, TODAY, Flourish
from ui.settings import read_settings
from ui.wiring import open_house


def write_case(folder: Path, **people_file: object) -> Path:
    folder.mkdir()
    (folder / "people.json").write_text(json.dumps(people_file))
    note = {"id": "n1", "person_id": "p1", "date": "2026-05-01", "text": "She said the night shift suits her."}
    (folder / "notes.jsonl").write_text(json.dumps(note) + "\n")
    return folder


def test_a_home_of_ones_own_has_one_account_and_needs_no_name(flourish: Flourish) -> None:
    assert flourish("people", "list", "--json").json["account"] == "me"
    assert flourish("people", "list", "--json", "--as", "me").code == 0


def test_a_case_brings_its_managers_into_a_fresh_home(flourish: Flourish, imported: Path) -> None:
    said = flourish("people", "list", "--json", home=imported)
    assert said.code == 1
    error = said.json["error"]
    assert "--as" in error["next"]
    assert [c["id"] for c in error["choices"]] == ["dm1", "dm2", "dm3"]
    sizes = {
        a: len(flourish("people", "list", "--json", "--as", a, home=imported).json["people"]) for a in ("dm1", "dm3")
    }
    assert sizes == {"dm1": 5, "dm3": 4}


def test_an_import_of_several_managers_says_for_each_how_to_take_it_back(flourish: Flourish, tmp_path: Path) -> None:
    case = write_case(
        tmp_path / "case",
        managers=[{"id": "lead", "name": "Ada Moe"}, {"id": "other", "name": "Bo Lind"}],
        people=[{"id": "p1", "name": "Sol Ray", "manager": "lead"}, {"id": "p2", "name": "Ann Ek", "manager": "other"}],
    )
    report = flourish("import", str(case), "--today", TODAY).out
    told = [line.strip() for line in report.splitlines() if "import undo" in line]
    assert [line.rpartition("--as ")[2] for line in told] == ["lead", "other"]
    assert flourish(*told[0].split()[1:]).code == 0


def test_the_only_account_is_used_whatever_its_name(flourish: Flourish, tmp_path: Path) -> None:
    case = write_case(
        tmp_path / "case",
        managers=[{"id": "lead", "name": "Ada Moe"}],
        people=[{"id": "p1", "name": "Sol Ray", "manager": "lead"}],
    )
    assert flourish("import", str(case), "--today", TODAY).code == 0
    found = flourish("people", "list", "--json").json
    assert (found["account"], [p["id"] for p in found["people"]]) == ("lead", ["p1"])


def test_somebodys_own_home_stays_theirs_when_a_case_comes_in(flourish: Flourish, tmp_path: Path) -> None:
    assert flourish("people", "add", "Uma Berg").code == 0
    case = write_case(
        tmp_path / "case",
        managers=[{"id": "lead", "name": "Ada Moe"}],
        people=[{"id": "p1", "name": "Sol Ray", "manager": "lead"}],
    )
    said = flourish("import", str(case), "--today", TODAY, "--json").json
    assert said["accounts"] == []
    assert said["remarks"]
    assert {p["name"] for p in flourish("people", "list", "--json").json["people"]} == {"Uma Berg", "Sol Ray"}


def test_me_is_meant_beside_accounts_that_a_case_brought(flourish: Flourish, tmp_path: Path) -> None:
    flourish("people", "list")
    assert flourish("import", str(CASE), "--today", TODAY).code == 0
    said = flourish("people", "list")
    assert said.code == 0
    assert "--as" in said.out
    assert "dm2" in said.out
    assert len(flourish("people", "list", "--json", "--as", "dm2").json["people"]) == 5


def test_an_account_that_is_not_there_lists_those_that_are(flourish: Flourish, imported: Path) -> None:
    error = flourish("people", "list", "--json", "--as", "dm9", home=imported).json["error"]
    assert error["code"] == "unknown"
    assert [c["id"] for c in error["choices"]] == ["dm1", "dm2", "dm3"]


def test_a_foreign_id_reads_exactly_like_one_that_does_not_exist(flourish: Flourish, team: Path) -> None:
    theirs = ("--as", "dm2", "--today", TODAY, "--json")
    promise = flourish("promise", "add", "d06", "Order vials", "--owner", "me", *theirs, home=team).json["promise"][
        "id"
    ]
    quote = flourish("evidence", "list", "d06", *theirs, home=team).json["evidence"][0]["id"]
    for command, foreign, nobody in (
        (("note", "show"), "d06-01", "d99-01"),
        (("note", "edit", "--text", "x"), "d06-01", "d99-01"),
        (("note", "delete", "--yes"), "d06-01", "d99-01"),
        (("promise", "done"), promise, "p000000000000"),
        (("evidence", "confirm"), quote, "e000000000000"),
        (("prep",), "d06", "d99"),
        (("prep",), "Hollis Embry", "Nobody Atall"),
        (("search", "work", "--person"), "d06", "d99"),
    ):
        answers = []
        for wanted in (foreign, nobody):
            said = flourish(*command, wanted, "--json", "--as", "dm1", "--today", TODAY, home=team)
            assert said.code == 1, (command, wanted)
            answers.append(said.out.replace(wanted, "ID"))
        assert answers[0] == answers[1], command
    assert flourish("note", "show", "d06-01", *theirs, home=team).code == 0


def test_a_dry_run_in_a_fresh_home_leaves_no_account_behind(flourish: Flourish, tmp_path: Path) -> None:
    said = flourish("import", str(CASE), "--today", TODAY, "--dry-run", "--json").json
    assert (said["dry_run"], said["added"], said["accounts"]) == (True, 212, ["dm1", "dm2", "dm3"])
    assert list((tmp_path / "home" / "tmp").iterdir()) == []
    assert flourish("import", str(CASE), "--today", TODAY, "--json").json["accounts"] != []
    assert flourish("people", "list", "--json").json["error"]["choices"][0]["id"] == "dm1"


def test_a_password_comes_through_the_pipe_and_is_never_shown_or_kept_in_clear(
    flourish: Flourish, tmp_path: Path
) -> None:
    words = "plain apples rolling"
    assert flourish("account", "add", "ana", "--name", "Ana Moe").code == 0
    said = flourish("account", "password", "ana", "--json", stdin=f"{words}\n")
    assert said.code == 0
    assert said.json["account"]["has_password"] is True
    assert words not in said.out + said.err
    assert all(words.encode() not in file.read_bytes() for file in (tmp_path / "home").rglob("*") if file.is_file())
    assert [a["has_password"] for a in flourish("account", "list", "--json").json["accounts"]] == [True]


def test_a_poor_password_or_no_such_account_changes_nothing_and_says_why(flourish: Flourish) -> None:
    flourish("account", "add", "ana", "--name", "Ana Moe")
    assert "ten" in (said := flourish("account", "password", "ana", stdin="short\n")).err or "10" in said.err
    assert said.code == 1
    assert flourish("account", "password", "bo", stdin="plain apples rolling\n").code == 1
    assert "no password" in flourish("account", "list").out


def test_an_account_is_disabled_and_enabled_again(flourish: Flourish) -> None:
    flourish("account", "add", "ana", "--name", "Ana Moe")
    assert flourish("account", "disable", "ana", "--json").json["account"]["active"] is False
    assert "disabled" in flourish("account", "list").out
    assert flourish("account", "enable", "ana", "--json").json["account"]["active"] is True
    assert flourish("account", "disable", "bo").code == 1


def test_the_log_lists_who_signed_in_and_who_tried_and_can_show_the_tries_alone(
    flourish: Flourish, tmp_path: Path
) -> None:
    home = tmp_path / "log"
    flourish("account", "add", "ana", "--name", "Ana Moe", home=home)
    assert "Nobody has signed in" in flourish("account", "log", home=home).out
    flourish("account", "password", "ana", home=home, stdin="plain apples rolling\n")
    house = open_house(read_settings(str(home), environment={}))
    gate = house.gate()
    with pytest.raises(NotAllowed):
        gate.enter("ana", "wrong", "10.0.0.9", "Firefox on Linux")
    gate.enter("ana", "plain apples rolling", "10.0.0.7", "Chrome on Mac")
    house.records.close()
    told = flourish("account", "log", "ana", home=home).out
    assert "WRONG PASSWORD (Firefox on Linux, 10.0.0.9)" in told
    assert "signed in (Chrome on Mac, 10.0.0.7)" in told
    tries = flourish("account", "log", "--failed", "--json", home=home).json["sign_ins"]
    assert [(each["account_id"], each["came"], each["address"]) for each in tries] == [("ana", "failed", "10.0.0.9")]
    assert flourish("account", "log", "nobody", home=home).code == 1

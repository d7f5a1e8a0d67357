"""doctor tries each part, says what is wrong and what to do, and changes nothing."""

import shutil
from pathlib import Path

import pytest

from tests.ui.conftest import Flourish


def test_a_healthy_home_passes_every_check(flourish: Flourish, imported: Path) -> None:
    said = flourish("doctor", "--json", home=imported)
    assert said.code == 0
    checks = {check["name"]: check for check in said.json["checks"]}
    parts = "home permissions disk database schema embedder library engine reading backup"
    assert set(checks) == set(parts.split())
    assert all(check["ok"] for check in checks.values())
    assert "212 notes" in checks["database"]["says"]
    assert "offline" in checks["engine"]["says"]


def test_a_home_that_is_not_there_is_not_made(flourish: Flourish, tmp_path: Path) -> None:
    said = flourish("doctor", home=tmp_path / "nowhere")
    assert said.code == 0
    assert "not there yet" in said.out
    assert not (tmp_path / "nowhere").exists()


def test_a_home_that_others_can_read_is_exit_1_with_the_cure(flourish: Flourish, team: Path) -> None:
    team.chmod(0o755)
    said = flourish("doctor", home=team)
    assert said.code == 1
    assert "!!  permissions" in said.out
    assert "chmod 700" in said.out


def test_a_damaged_database_is_told_and_left_alone(flourish: Flourish, team: Path) -> None:
    for old in team.glob("flourish.db*"):
        old.unlink()
    (team / "flourish.db").write_bytes(b"this is no database " * 500)
    said = flourish("doctor", "--json", home=team)
    assert said.code == 1
    bad = next(check for check in said.json["checks"] if not check["ok"])
    assert bad["name"] == "database"
    assert bad["next"]
    assert (team / "flourish.db").read_bytes().startswith(b"this is no database")


def test_little_room_on_the_disk_is_told(flourish: Flourish, imported: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage(imported)
    monkeypatch.setattr(shutil, "disk_usage", lambda place: usage._replace(free=1024))
    said = flourish("doctor", "--json", home=imported)
    assert said.code == 1
    assert [check["name"] for check in said.json["checks"] if not check["ok"]] == ["disk"]


def test_model_settings_without_a_model_are_named_and_said_to_be_unused(
    flourish: Flourish, imported: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    said = flourish("doctor", home=imported)
    assert "OPENAI_API_KEY is set and not used" in " ".join(said.out.split())
    assert "sk-secret" not in said.out

"""The command line itself: how it helps, how it fails, how light it is."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.ui.conftest import Flourish
from ui.cli import build_parser, main

HEAVY = "sqlalchemy numpy onnxruntime tokenizers chromadb gradio fastapi pydantic langchain_core rich yaml docx".split()


def test_help_lists_every_command_and_loads_nothing_heavy() -> None:
    code = (
        "import sys\nfrom ui.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass\n"
        f"print([m for m in {HEAVY} if m in sys.modules])"
    )
    started = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    assert "prep" in done.stdout
    assert "--today DATE" in done.stdout
    assert time.perf_counter() - started < 3, "0.13 s on an idle machine"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "flourish --help"),
        (["perp"], "Did you mean 'prep'?"),
        (["people", "lst"], "Did you mean 'list'?"),
        (["prep"], "Usage: flourish prep [--six | --short] PERSON"),
        (["prep", "a", "--sixx"], "--sixx"),
        (["promise", "add", "a", "b", "--owner", "she"], "'me', 'them'"),
        (["chat", "What did I promise Dana?"], "| flourish chat"),
        (["note", "add", "a", "caf\udce9"], "UTF-8"),
    ],
)
def test_a_wrong_command_line_is_exit_2_with_how_it_goes(
    words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("flourish: ")
    assert told in err
    assert main([*words, "--json"]) == 2
    out, err = capsys.readouterr()
    assert err == ""
    error = json.loads(out)["error"]
    assert error["code"] == "usage"
    assert error["message"].endswith((".", "?"))
    assert told in f"{error['message']} {error['next']}"


def test_the_four_options_stand_before_or_after_the_command() -> None:
    before = build_parser().parse_args(["--json", "--today", "2026-06-01", "people", "list"])
    after = build_parser().parse_args(["people", "list", "--today", "2026-06-01", "--json"])
    assert (before.json, before.today) == (after.json, after.today) == (True, "2026-06-01")


def test_an_error_is_one_sentence_with_the_next_step(flourish: Flourish) -> None:
    said = flourish("path", "--today", "soon")
    assert said.code == 1
    assert said.out == ""
    assert said.err == "flourish: 'soon' is not a day. Write it as YYYY-MM-DD, for example 2026-06-15.\n"


def test_an_error_for_a_program_is_json_on_standard_output(flourish: Flourish) -> None:
    said = flourish("path", "--today", "soon", "--json")
    assert (said.code, said.err) == (1, "")
    assert said.json == {
        "schema": 1,
        "error": {
            "code": "invalid",
            "message": "'soon' is not a day.",
            "next": "Write it as YYYY-MM-DD, for example 2026-06-15.",
        },
    }


def test_a_misspelt_setting_stops_every_command(flourish: Flourish, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLOURISH_DATABSE", "sqlite://")
    said = flourish("path")
    assert said.code == 1
    assert "FLOURISH_DATABSE" in said.err
    assert "FLOURISH_DATABASE" in said.err


def test_a_home_that_cannot_be_used_is_one_sentence(flourish: Flourish, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    said = flourish("people", "list", home=tmp_path / "file")
    assert said.code == 1
    assert said.err.count("\n") == 1
    assert "--home" in said.err


def test_path_makes_nothing(flourish: Flourish, tmp_path: Path) -> None:
    said = flourish("path", "--json", home=tmp_path / "nowhere")
    assert said.json["home"] == str(tmp_path / "nowhere")
    assert said.json["database"] == str(tmp_path / "nowhere" / "flourish.db")
    assert not (tmp_path / "nowhere").exists()


def test_path_hides_the_password_of_a_database(flourish: Flourish, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLOURISH_DATABASE", "postgresql+psycopg://ann:s3cret@db/notes")
    said = flourish("path")
    assert "ann:***@db/notes" in said.out
    assert "s3cret" not in said.out


def test_whoever_stops_reading_causes_no_complaint(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    env = {**os.environ, "FLOURISH_HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-m", "ui.cli", "path"], stdout=writing, stderr=subprocess.PIPE, env=env)
    os.close(writing)
    assert done.stderr == b""
    assert done.returncode == 141


def test_stopping_a_command_is_exit_130_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def stopped(*args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("ui.settings.read_settings", stopped)
    assert main(["path", "--home", str(tmp_path)]) == 130
    assert capsys.readouterr().err == "\nflourish: Stopped. What was saved stays saved.\n"

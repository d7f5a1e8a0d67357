"""Runs commands with a model, keeps its replies and what was shown, and shows that a replay gives the same bytes.

`python -m tests.recorder NAME` records `tests/recordings/NAME.run` against the model that the environment names and
writes NAME.jsonl (the replies, as the door records them) and NAME.txt (what was shown). Replies that are recorded
already are not asked for again, so a run that was stopped goes on. `--check` replays and compares; so does the suite.

A run is a file with one JSON object a line: `args`, a command of `flourish`, and `stdin` where it reads some. All
commands of a run share one home with the notes of `tests/cases/dev`.
"""

import argparse
import contextlib
import io
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from ui.cli import main

ROOT = Path(__file__).resolve().parents[1]
RECORDINGS = Path(__file__).with_name("recordings")
CASE = ROOT / "tests" / "cases" / "dev"
TODAY = "2026-06-15"
_SET = ("FLOURISH_MODEL", "FLOURISH_MODEL_RECORD", "FLOURISH_MODEL_REPLAY", "FLOURISH_MODEL_SECONDS",
        "FLOURISH_HOME", "FLOURISH_DATABASE", "FLOURISH_TODAY", "OPENAI_BASE_URL")  # fmt: skip


def names() -> list[str]:
    """Every run that was recorded."""
    return sorted(path.stem for path in RECORDINGS.glob("*.jsonl"))


def commands(name: str) -> list[dict[str, object]]:
    """The commands of a run."""
    lines = (RECORDINGS / f"{name}.run").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def shown_by(name: str, environment: Mapping[str, str]) -> str:
    """What all commands of a run show, in a fresh home with the case in it."""
    with tempfile.TemporaryDirectory(prefix="flourish-run-") as place, _environment(environment):
        home = str(Path(place) / "home")
        _told(["import", str(CASE), "--home", home, "--today", TODAY], "")
        told = []
        for command in commands(name):
            args = [str(arg) for arg in command["args"]]  # type: ignore[attr-defined]
            said = _told([*args, "--home", home], str(command.get("stdin", "")))
            told.append(f"$ flourish {' '.join(args)}\n{said.replace(place, 'PLACE')}")
    return "\n".join(told)


def _told(args: list[str], stdin: str) -> str:
    out, before = io.StringIO(), sys.stdin
    sys.stdin = io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8")
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            main(args)
    finally:
        sys.stdin = before
    return out.getvalue()


@contextlib.contextmanager
def _environment(values: Mapping[str, str]) -> Iterator[None]:
    before = {key: os.environ.pop(key) for key in _SET if key in os.environ}
    os.environ.update(values)
    try:
        yield
    finally:
        for key in values:
            os.environ.pop(key, None)
        os.environ.update(before)


def replayed(name: str) -> str:
    """What a run shows when its model's replies come from the recording."""
    model = next(json.loads(line)["model"] for line in _lines(name))
    environment = {
        "FLOURISH_MODEL": f"openai:{model}", "OPENAI_BASE_URL": "https://nowhere.example/v1",
        "FLOURISH_MODEL_REPLAY": str(RECORDINGS / f"{name}.jsonl"),
    }  # fmt: skip
    return shown_by(name, environment)


def _lines(name: str) -> list[str]:
    return [line for line in (RECORDINGS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines() if line.strip()]


def record(name: str) -> str:
    """Ask the model that the environment names, and keep what it replied and what was shown."""
    environment = {
        "FLOURISH_MODEL": os.environ.get("FLOURISH_MODEL", "openai:operator"),
        "FLOURISH_MODEL_SECONDS": os.environ.get("FLOURISH_MODEL_SECONDS", "600"),
        "FLOURISH_MODEL_RECORD": str(RECORDINGS / f"{name}.jsonl"),
        "OPENAI_BASE_URL": os.environ["OPENAI_BASE_URL"],
    }
    said = shown_by(name, environment)
    (RECORDINGS / f"{name}.txt").write_text(said, encoding="utf-8")
    return said


def run() -> int:
    """Record or check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name")
    parser.add_argument("--check", action="store_true", help="replay and compare")
    arguments = parser.parse_args()
    if not arguments.check:
        print(record(arguments.name))
        return 0
    same = replayed(arguments.name) == (RECORDINGS / f"{arguments.name}.txt").read_text(encoding="utf-8")
    print("the same" if same else "NOT the same: record again")
    return 0 if same else 1


if __name__ == "__main__":
    raise SystemExit(run())

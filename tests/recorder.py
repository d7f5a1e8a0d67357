"""Runs commands with a model, keeps its replies and what was shown, and shows that a replay gives the same bytes.

`python -m tests.recorder NAME` records the run `tests/recordings/NAME.run` against the model that the environment names
and writes NAME.jsonl (the replies, as the door records them) and NAME.txt (what was shown). Replies that are recorded
already are not asked for again, so a run that was stopped goes on. `--check` replays and compares; `--rewrite` replays
and keeps what is shown now, for when only our own words around the model's have changed.

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
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ui.cli import main

RECORDINGS = Path(__file__).with_name("recordings")
CASE = Path(__file__).with_name("cases") / "dev"
TODAY = "2026-06-15"
_SET = ("FLOURISH_MODEL", "FLOURISH_MODEL_RECORD", "FLOURISH_MODEL_REPLAY", "FLOURISH_MODEL_SECONDS",
        "FLOURISH_HOME", "FLOURISH_DATABASE", "FLOURISH_TODAY", "OPENAI_BASE_URL")  # fmt: skip
Command = Mapping[str, Any]


def commands(name: str) -> list[Command]:
    """The commands of a run."""
    return lines_of(RECORDINGS / f"{name}.run")


def lines_of(file: Path) -> list[dict[str, Any]]:
    """The objects of a file with one a line."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def shown_by(run: Sequence[Command], environment: Mapping[str, str], case: Path = CASE) -> str:
    """What all commands of a run show, in a fresh home with the case in it."""
    with tempfile.TemporaryDirectory(prefix="flourish-run-") as place, _environment(environment):
        home = str(Path(place) / "home")
        _told(["import", str(case), "--home", home, "--today", TODAY], "")
        told = []
        for command in run:
            args = [str(arg) for arg in command["args"]]
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


def replaying(file: Path) -> dict[str, str]:
    """The environment in which a recording answers."""
    return {
        "FLOURISH_MODEL": f"openai:{lines_of(file)[0]['model']}",
        "OPENAI_BASE_URL": "https://nowhere.example/v1",
        "FLOURISH_MODEL_REPLAY": str(file),
    }


def recording(file: Path, url: str, model: str = "openai:operator", seconds: str = "600") -> dict[str, str]:
    """The environment in which a model is asked and recorded."""
    return {
        "FLOURISH_MODEL": model,
        "FLOURISH_MODEL_SECONDS": seconds,
        "FLOURISH_MODEL_RECORD": str(file),
        "OPENAI_BASE_URL": url,
    }


def work() -> int:
    """Record, check, or write anew what is shown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="+", metavar="NAME")
    how = parser.add_mutually_exclusive_group()
    how.add_argument("--check", action="store_true", help="replay and compare")
    how.add_argument("--rewrite", action="store_true", help="replay and keep what is shown")
    asked = parser.parse_args()
    failed = 0
    for name in asked.names:
        replies, kept = RECORDINGS / f"{name}.jsonl", RECORDINGS / f"{name}.txt"
        if asked.check or asked.rewrite:
            said = shown_by(commands(name), replaying(replies))
        else:
            model = os.environ.get("FLOURISH_MODEL", "openai:operator")
            environment = recording(replies, os.environ["OPENAI_BASE_URL"], model)
            said = shown_by(commands(name), environment)
        if asked.check:
            same = kept.read_text(encoding="utf-8") == said
            failed += not same
            print(f"{name}: {'the same' if same else 'NOT the same'}")
        else:
            kept.write_text(said, encoding="utf-8")
        if "Record again." in said:
            failed += 1
            print(f"{name}: record again; what is sent has changed")
    return 1 if failed else 0


if __name__ == "__main__":
    raise SystemExit(work())

"""The command line as a person uses it: real parts, a home of its own, the sample case imported once."""

import io
import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.once import made_once
from ui.cli import main
from ui.settings import read_settings
from ui.wiring import open_demo

CASE = Path(__file__).resolve().parents[1] / "cases" / "dev"
TODAY = "2026-06-15"


@dataclass(frozen=True)
class Said:
    """What a command said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        return [json.loads(line) for line in self.out.splitlines()]


Flourish = Callable[..., Said]


class Keyboard(io.TextIOWrapper):
    """Standard input with somebody at it."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def flourish(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Flourish:
    """Runs one command in a fresh home, or in the one that is given."""

    def run(*words: str, home: Path | None = None, stdin: str = "", watched: bool = False) -> Said:
        typed = Keyboard if watched else io.TextIOWrapper
        monkeypatch.setattr(sys, "stdin", typed(io.BytesIO(stdin.encode()), encoding="utf-8"))
        capsys.readouterr()
        try:
            code = main([*words, "--home", str(home or tmp_path / "home")])
        except SystemExit as left:
            code = int(left.code or 0)
        out, err = capsys.readouterr()
        return Said(code, out, err)

    return run


@pytest.fixture(scope="session")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the three managers of the sample case; nobody may write to it."""

    def make(home: Path) -> None:
        assert main(["import", str(CASE), "--today", TODAY, "--json", "--home", str(home)]) == 0

    return made_once(tmp_path_factory, "imported-home", make)


@pytest.fixture(scope="session")
def sample_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample team's home as it is made on the first day, its library indexed; nobody may write to it."""

    def make(home: Path) -> None:
        told: list[tuple[int, int]] = []
        house = open_demo(read_settings(str(home), environment={}), lambda done, total: told.append((done, total)))
        assert told[-1] == (212, 212)
        assert house.library.nearest_questions("ready", 1)
        house.library.close()  # type: ignore[attr-defined]
        house.records.close()

    return made_once(tmp_path_factory, "sample-home", make)


@pytest.fixture
def team(imported: Path, tmp_path: Path) -> Path:
    """A copy of that home which a test may change."""
    return Path(shutil.copytree(imported, tmp_path / "team"))

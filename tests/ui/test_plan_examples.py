"""The plans in docs/examples are what the program makes of the sample team today, and hold what they promise."""

import re
import shutil
from pathlib import Path

import pytest

from tests.brief_examples import opened_again
from tests.plan_examples import EXAMPLES, FOLDER, examples

CASE = Path(__file__).resolve().parents[1] / "cases" / "dev"


@pytest.fixture(scope="module")
def made(imported: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return dict(examples(opened_again(Path(shutil.copytree(imported, tmp_path_factory.mktemp("examples") / "home")))))


def test_the_plans_in_the_documentation_are_the_ones_the_program_makes(made: dict[str, str]) -> None:
    kept = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("plan-*.md")}
    assert len(made) == 2 * len(EXAMPLES) == 6
    assert kept == made, "run `make examples` and read them"


def test_every_quote_of_a_plan_stands_in_the_note_it_names(made: dict[str, str]) -> None:
    notes = (CASE / "notes.jsonl").read_text(encoding="utf-8")
    quotes = [q for name, text in made.items() if "shared" not in name for q in re.findall(r"“([^”]+)”", text)]
    assert len(quotes) > 8
    assert [q for q in quotes if q.replace('"', '\\"') not in notes] == []


def test_no_shared_plan_names_a_witness_or_a_source(made: dict[str, str]) -> None:
    shared = {name: text for name, text in made.items() if "shared" in name}
    assert len(shared) == 3
    for text in shared.values():
        assert not re.search(r"Leticia|Dahlke|Darlene|Director|facilities|\bd\d\d-\d\d\b", text)
        assert len(text.split()) < 230 * text.count("What draws you")

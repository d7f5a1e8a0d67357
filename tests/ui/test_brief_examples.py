"""The briefs in docs/examples are what the program makes of the sample team; the short form fits a phone."""

import re
import shutil
from pathlib import Path

import pytest

from assistant.domain.account import AccountId
from tests.brief_examples import DAY, EXAMPLES, FOLDER, README, examples, in_readme, opened_again
from ui.present import paper, talks, tell_short
from ui.wiring import House

CASE = Path(__file__).resolve().parents[1] / "cases" / "dev"
PHONE = 44  # columns


@pytest.fixture(scope="module")
def house(imported: Path, tmp_path_factory: pytest.TempPathFactory) -> House:
    return opened_again(Path(shutil.copytree(imported, tmp_path_factory.mktemp("briefs") / "home")))


@pytest.fixture(autouse=True)
def a_wide_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "80")


def test_the_briefs_in_the_documentation_are_the_ones_the_program_makes(house: House) -> None:
    kept = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("brief-*.md")}
    made = dict(examples(house))
    assert len(made) == len(EXAMPLES) == 3
    assert kept == made, "run `make examples` and read them"


def test_the_brief_that_the_readme_shows_is_the_one_the_program_makes(house: House) -> None:
    assert README.read_text(encoding="utf-8") == in_readme(house), "run `make examples` and read it"


def test_every_quote_of_a_brief_stands_in_a_note(house: House) -> None:
    notes = " ".join((CASE / "notes.jsonl").read_text(encoding="utf-8").split())
    told = " ".join(" ".join(examples(house).values()).split())
    quotes = re.findall(r"“([^”]+)”", told)
    assert len(quotes) > 30
    assert [q for q in quotes if q.replace('"', '\\"') not in notes and "★" not in q] == []


def test_the_short_form_fits_a_phone_for_everybody(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paper, "width", lambda: PHONE)
    seen = 0
    for account in ("dm1", "dm2", "dm3"):
        desk = house.desk(AccountId(account), DAY)
        for row in desk.people():
            brief = talks.prep(desk.person(row.person.id).brief())
            lines = tell_short.short(brief).splitlines()
            assert len(lines) <= 42, row.person.name
            assert max(map(len, lines)) <= PHONE
            assert sum(line.startswith(("★", "1 ", "2 ", "3 ")) for line in lines) == 3
            seen += 1
    assert seen == 14

"""The sample team's home: beside one's own, never mixed with it, never growing old."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from assistant.domain.account import AccountId
from assistant.errors import HomeError
from tests.ui.conftest import CASE, Flourish
from ui.demo.home import COACH, TODAY, Mark, data_fingerprint, read_mark, sample_folder
from ui.settings import Settings, read_settings
from ui.wiring import only_server, open_demo, open_house


@pytest.fixture
def sample(sample_home: Path, tmp_path: Path) -> Settings:
    """A copy of the sample's home which a test may change."""
    shutil.copytree(sample_home, tmp_path / "mine-demo")
    return read_settings(str(tmp_path / "mine"), environment={}).demo


def test_the_sample_has_its_own_today_and_its_own_account(sample: Settings, flourish: Flourish) -> None:
    said = flourish("people", "list", "--json", home=sample.home).json
    assert (said["account"], said["today"], len(said["people"])) == ("dm1", "2026-06-15", 5)
    assert len(flourish("people", "list", "--json", "--as", "dm3", home=sample.home).json["people"]) == 4
    shown = flourish("prep", "d04", home=sample.home).out
    assert shown.endswith("(sample team, 15 June 2026)\n")


def test_one_masked_question_waits_for_the_samples_coach_and_comes_once(sample: Settings) -> None:
    for _ in range(2):
        house = open_demo(sample)
        (waiting,) = house.bench(COACH.id, TODAY).queue()
        assert waiting.released.text.endswith("?")
        names = {word for row in house.desk(AccountId("dm1")).people() for word in row.person.name.split()}
        assert not [name for name in names if name in waiting.released.text]
        house.records.close()


def test_the_sample_takes_no_notes_from_files(sample: Settings, flourish: Flourish) -> None:
    said = flourish("import", str(CASE / "import" / "markdown"), home=sample.home)
    assert said.code == 1
    assert said.err.count("\n") == 1
    assert "sample" in said.err


def test_opening_it_again_keeps_what_was_tried_out(sample: Settings) -> None:
    desk = open_house(sample).desk(AccountId("dm1"))
    note = desk.person("d04").add_note("A note to try things out.")
    again = open_demo(sample)
    assert again.desk(AccountId("dm1")).note(note.id).text == "A note to try things out."
    assert again.today == date(2026, 6, 15)


@pytest.mark.parametrize("data", ["another edition", ""])
def test_changed_data_or_a_build_that_was_cut_short_is_built_anew(data: str, sample: Settings) -> None:
    open_house(sample).desk(AccountId("dm1")).person("d04").add_note("Soon gone.")
    mark = {"today": "2026-06-15", "account": "dm1", "data": data}
    (sample.home / "demo.json").write_text(json.dumps(mark))
    house = open_demo(sample)
    assert len(house.desk(house.account()).person("d04").notes()) == 13
    assert read_mark(sample.home) == Mark(date(2026, 6, 15), "dm1", data_fingerprint(sample_folder()))


def test_somebodys_own_home_is_never_turned_into_the_sample(tmp_path: Path, flourish: Flourish) -> None:
    flourish("people", "add", "Uma Berg", home=tmp_path / "mine-demo")
    with pytest.raises(HomeError, match="own notes"):
        open_demo(read_settings(str(tmp_path / "mine"), environment={}).demo)
    assert flourish("people", "list", "--json", home=tmp_path / "mine-demo").json["people"][0]["name"] == "Uma Berg"


def test_the_command_makes_it_ready_beside_the_home(flourish: Flourish, tmp_path: Path) -> None:
    said = flourish("demo", "--no-serve", "--json", home=tmp_path / "mine")
    assert said.json["home"] == str(tmp_path / "mine-demo")
    assert (said.json["today"], said.json["account"], said.json["people"]) == ("2026-06-15", "dm1", 5)
    assert not (tmp_path / "mine").exists()


def test_a_damaged_mark_is_told(tmp_path: Path) -> None:
    (tmp_path / "demo.json").write_text("{")
    with pytest.raises(HomeError, match="damaged"):
        read_mark(tmp_path)


def test_one_home_has_one_server(tmp_path: Path, flourish: Flourish) -> None:
    settings = read_settings(str(tmp_path / "home"), environment={})
    with only_server(settings):
        said = flourish("serve", "--no-open", home=settings.home)
        assert said.code == 1
        assert "already serves" in said.err
        assert "--home" in said.err
        assert flourish("people", "list", home=settings.home).code == 0, "other commands work beside it"
    with only_server(settings):
        pass

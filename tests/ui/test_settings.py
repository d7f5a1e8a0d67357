"""Settings: read once, misspelt ones refused, the home private."""

from datetime import date
from pathlib import Path

import pytest

from assistant.errors import HomeError, Invalid
from ui.settings import day_of, is_private, make_home, read_settings, without_password


def test_a_misspelt_setting_is_an_error_that_names_the_known_ones() -> None:
    with pytest.raises(Invalid) as caught:
        read_settings(environment={"FLOURISH_HOEM": "/x"})
    assert "FLOURISH_HOEM" in caught.value.message
    assert all(name in caught.value.next for name in ("FLOURISH_HOME", "FLOURISH_DATABASE", "FLOURISH_PORT"))


def test_the_flag_wins_over_the_environment_and_that_over_the_file(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('port = 9001\nhost = "localhost"\n')
    env = {"FLOURISH_HOME": str(tmp_path), "FLOURISH_PORT": "9002"}
    found = read_settings(environment=env)
    assert (found.home, found.port, found.host) == (tmp_path, 9002, "localhost")
    other = read_settings(str(tmp_path / "other"), environment=env)
    assert (other.home, other.host) == (tmp_path / "other", "127.0.0.1")


def test_without_settings_the_records_are_sqlite_in_the_home(tmp_path: Path) -> None:
    found = read_settings(str(tmp_path), environment={})
    assert found.database == f"sqlite:///{tmp_path}/flourish.db"
    assert found.on_sqlite == tmp_path / "flourish.db"
    assert found.today is None


def test_the_sample_never_goes_to_somebodys_own_database(tmp_path: Path) -> None:
    env = {"FLOURISH_HOME": str(tmp_path / "mine"), "FLOURISH_DATABASE": "postgresql+psycopg://u:secret@db/notes"}
    found = read_settings(environment=env)
    assert found.on_sqlite is None
    assert found.demo.home == tmp_path / "mine-demo"
    assert found.demo.database == f"sqlite:///{tmp_path}/mine-demo/flourish.db"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FLOURISH_PORT", "many"),
        ("FLOURISH_PORT", "70000"),
        ("FLOURISH_TODAY", "June"),
        ("FLOURISH_TODAY", "2026-02-30"),
        ("FLOURISH_MODEL_SECONDS", "soon"),
        ("FLOURISH_MODEL_SECONDS", "0"),
        ("FLOURISH_MODEL_PRICE", "cheap"),
    ],
)
def test_a_value_that_cannot_be_is_refused_with_an_example(name: str, value: str, tmp_path: Path) -> None:
    with pytest.raises(Invalid) as caught:
        read_settings(str(tmp_path), environment={name: value, "FLOURISH_MODEL": "openai:x"})
    assert value in caught.value.message
    assert "for example" in caught.value.next


@pytest.mark.parametrize(("text", "told"), [("prot = 1", "prot"), ("port = = 1", "not TOML")])
def test_a_mistake_in_the_settings_file_is_told(text: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text(text)
    with pytest.raises(Invalid, match=told):
        read_settings(str(tmp_path), environment={})


def test_without_a_model_its_settings_are_known_by_name_and_never_by_value(tmp_path: Path) -> None:
    found = read_settings(str(tmp_path), environment={"OPENAI_API_KEY": "sk-secret", "OPENAI_MODEL": "m"})
    assert found.model is None
    assert found.hints == ("OPENAI_API_KEY", "OPENAI_MODEL")
    assert "sk-secret" not in repr(found)


def test_a_model_is_read_with_its_key_and_the_key_is_shown_nowhere(tmp_path: Path) -> None:
    env = {"FLOURISH_MODEL": "openai:gpt-5-mini", "OPENAI_API_KEY": "sk-secret", "FLOURISH_MODEL_PRICE": "0.25/2"}
    found = read_settings(str(tmp_path), environment=env)
    assert found.model is not None
    assert (found.model.name, found.model.key, found.model.price) == ("openai:gpt-5-mini", "sk-secret", (0.25, 2.0))
    assert found.demo.model == found.model
    assert "sk-secret" not in repr(found)


def test_a_model_may_stand_in_the_settings_file_and_its_key_may_not(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text('model = "ollama:llama3.2"\nmodel_seconds = 20\n')
    found = read_settings(str(tmp_path), environment={})
    assert found.model is not None
    assert (found.model.name, found.model.seconds) == ("ollama:llama3.2", 20.0)
    (tmp_path / "settings.toml").write_text('openai_api_key = "sk-secret"\n')
    with pytest.raises(Invalid, match="sets openai_api_key") as caught:
        read_settings(str(tmp_path), environment={})
    assert "sk-secret" not in str(caught.value)


def test_a_server_on_this_machine_counts_as_named_by_its_address_and_one_elsewhere_does_not(tmp_path: Path) -> None:
    here = read_settings(str(tmp_path), environment={"OPENAI_BASE_URL": "http://127.0.0.1:8099/v1"})
    assert here.model is not None
    assert here.model.name == "openai:default"
    there = read_settings(str(tmp_path), environment={"OPENAI_BASE_URL": "https://127.example.org/v1"})
    assert there.model is None
    assert there.hints == ("OPENAI_BASE_URL",)


def test_a_new_home_is_for_its_owner_only(tmp_path: Path) -> None:
    settings = read_settings(str(tmp_path / "new" / "home"), environment={})
    make_home(settings)
    assert is_private(settings.home)
    assert {p.name for p in settings.home.iterdir()} == {"library", "tmp", "backups", "log"}
    assert all(is_private(p) for p in settings.home.iterdir())


def test_a_home_that_is_there_keeps_its_mode(tmp_path: Path) -> None:
    home = tmp_path / "shared"
    home.mkdir(mode=0o755)
    (home / "mine.txt").write_text("here before")
    home.chmod(0o755)
    make_home(read_settings(str(home), environment={}))
    assert not is_private(home)


def test_a_home_that_cannot_be_written_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    for place in (tmp_path / "file", tmp_path / "file" / "home", Path("/proc/nobody/home")):
        with pytest.raises(HomeError) as caught:
            make_home(read_settings(str(place), environment={}))
        assert "--home" in caught.value.next


def test_today_can_be_said_where_it_is_known() -> None:
    assert day_of("today", today=date(2026, 6, 15)) == date(2026, 6, 15)
    with pytest.raises(Invalid):
        day_of("today")


def test_a_password_is_never_shown() -> None:
    assert without_password("postgresql://ann:s3cret@db:5432/n") == "postgresql://ann:***@db:5432/n"
    assert without_password("sqlite:////home/a/flourish.db") == "sqlite:////home/a/flourish.db"

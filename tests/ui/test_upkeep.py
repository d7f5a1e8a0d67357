"""A home that another finder read is brought up to this version: by reindex at once, beside a server by itself."""

import sqlite3
from pathlib import Path
from threading import Event

import pytest

from tests.house import Bakery
from tests.ui.conftest import TODAY, Flourish
from ui.upkeep import accounts_of, behind, catch_up, catching_up


def outdated(home: Path) -> None:
    """As if another version had read every note of the home."""
    with sqlite3.connect(home / "flourish.db") as connection:
        connection.execute("UPDATE note_reading SET reader = 'offline@0'")
    connection.close()


def test_reindex_reads_every_account_again_says_so_and_finds_the_same(flourish: Flourish, team: Path) -> None:
    def found() -> object:
        return [flourish("evidence", "list", p, "--as", "dm1", "--today", TODAY, "--json", home=team).json for p in
                ("d01", "d04")]  # fmt: skip

    before = found()
    outdated(team)
    told = flourish("doctor", home=team)
    assert told.code == 0
    assert "212 notes to be read again" in " ".join(told.out.split())
    said = flourish("reindex", "--json", home=team).json
    assert (said["accounts"], said["notes"], said["people"]) == (["dm1", "dm2", "dm3"], 212, 14)
    assert found() == before
    assert "Nothing to do" in flourish("reindex", home=team).out
    assert "every note has been read" in " ".join(flourish("doctor", home=team).out.split())


def test_reindex_of_one_account_leaves_the_others(flourish: Flourish, team: Path) -> None:
    outdated(team)
    said = flourish("reindex", "--as", "dm1", "--json", home=team).json
    assert said["accounts"] == ["dm1"]
    assert 0 < said["notes"] < 212
    assert flourish("reindex", "--as", "dm1", "--json", home=team).json["notes"] == 0
    assert "notes to be read again" in " ".join(flourish("doctor", home=team).out.split())
    assert flourish("reindex", "--as", "nobody", home=team).code == 1


def test_progress_counts_to_the_end(bakery: Bakery) -> None:
    outdated(bakery.house.settings.home)
    heard: list[tuple[int, int]] = []
    catch_up(bakery.house, accounts_of(bakery.house), lambda done, total: heard.append((done, total)))
    assert heard[0][0] > 0
    assert heard[-1][0] == heard[-1][1]
    assert [done for done, _ in heard] == sorted(done for done, _ in heard)


def test_beside_a_server_it_catches_up_by_itself(bakery: Bakery, monkeypatch: pytest.MonkeyPatch) -> None:
    from assistant.actions import catch_up as verb

    house, ready = bakery.house, Event()
    real = verb.catch_up

    def heard(*args: object, **options: object) -> object:
        done = real(*args, **options)  # type: ignore[arg-type]
        ready.set()
        return done

    monkeypatch.setattr(verb, "catch_up", heard)
    outdated(house.settings.home)
    assert behind(house, ["anna"]).notes == 6  # type: ignore[list-item]
    with catching_up(house, accounts_of(house, bakery.desk.account), print):
        assert ready.wait(60)
    assert behind(house, accounts_of(house)).steps == 0


def test_it_stops_with_the_server_and_goes_on_with_the_next_one(bakery: Bakery) -> None:
    house = bakery.house
    outdated(house.settings.home)
    over = catch_up(house, accounts_of(house), stop=lambda: True)
    assert over.steps == 0
    assert behind(house, accounts_of(house)).notes == 6
    catch_up(house, accounts_of(house))
    assert behind(house, accounts_of(house)).steps == 0


def test_records_that_cannot_be_written_are_told_and_the_server_lives_on(
    bakery: Bakery, monkeypatch: pytest.MonkeyPatch
) -> None:
    from assistant.errors import HomeError
    from knowledge.records.records import SqlRecords

    def busy(*_: object) -> None:
        raise HomeError("The records are busy with another change.")

    outdated(bakery.house.settings.home)
    told: list[str] = []
    heard = Event()

    def say(text: str) -> None:
        told.append(text)
        heard.set()

    with monkeypatch.context() as patched:
        patched.setattr(SqlRecords, "writing", busy)
        with catching_up(bakery.house, accounts_of(bakery.house), say):
            assert heard.wait(60)
    assert "flourish reindex" in told[0]
    assert behind(bakery.house, accounts_of(bakery.house)).notes == 6

"""Forgotten stays forgotten: after a restore, after a kill at any step, after an erasure that failed."""

import shutil
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from assistant.domain.person import Person, PersonId
from assistant.errors import Unknown
from knowledge.keeping.journal import NAME
from tests.house import ANNA, Bakery, open_bakery
from tests.ui.canaries import CANARIES, DAY, PASSPHRASE, WHO, plant, settings, the_rest, traces
from ui.wiring import open_house


@pytest.fixture
def bakery(tmp_path: Path) -> Bakery:
    return open_bakery(tmp_path)


@pytest.fixture
def planted(bakery: Bakery, tmp_path: Path) -> Bakery:
    plant(bakery, tmp_path)
    return bakery


def test_a_restored_backup_brings_nobody_back(planted: Bakery, tmp_path: Path) -> None:
    home = planted.house.settings.home
    done = planted.house.office().back_up(tmp_path / "kept.age", PASSPHRASE)
    assert traces(tmp_path).keys() == {f"home/{n}" for n in traces(home)} | {
        name for name in traces(tmp_path) if name.startswith(CANARIES["file"])
    }, "the sealed file holds no canary to be read"
    note = planted.desk.person("nadia").notes()[0]
    planted.desk.person(WHO).forget()
    planted.desk.delete_note(note.id)
    rest = the_rest(planted.desk)
    empty = tmp_path / "second"
    empty.mkdir()
    shutil.copy(home / NAME, empty / NAME)
    again = open_house(settings(empty))
    report = again.office().restore(Path(done.file), PASSPHRASE)
    assert report.forgotten == 2
    assert report.counts["note"] == len(again.desk(ANNA).export().tables["note"]) < done.counts["note"]
    assert traces(empty) == {}
    assert the_rest(again.desk(ANNA)) == rest


def test_a_restored_backup_brings_nobody_back_whom_an_undone_import_had_brought(bakery: Bakery, tmp_path: Path) -> None:
    (tmp_path / "new.csv").write_text("date,person,text\n2026-05-20,Wilma Quist,Tuned the oven.\n")
    brought = bakery.desk.import_notes([tmp_path / "new.csv"])
    done = bakery.house.office().back_up(tmp_path / "kept.age", PASSPHRASE)
    bakery.desk.undo_import(brought.id)
    left = {row.person.id for row in bakery.desk.people()}
    empty = tmp_path / "second"
    empty.mkdir()
    shutil.copy(bakery.house.settings.home / NAME, empty / NAME)
    again = open_house(settings(empty))
    report = again.office().restore(Path(done.file), PASSPHRASE)
    assert report.forgotten == 1
    assert report.up_to_date
    assert {row.person.id for row in again.desk(ANNA).people()} == left


def test_a_restored_backup_has_a_blacked_out_name_blacked_out_again(bakery: Bakery, tmp_path: Path) -> None:
    desk = bakery.desk
    named = desk.person("nadia").add_note("Jan Sorel helped her with the rye.", day=DAY)
    done = bakery.house.office().back_up(tmp_path / "kept.age", PASSPHRASE)
    desk.person("jan2").forget(with_mentions=True)
    empty = tmp_path / "second"
    empty.mkdir()
    shutil.copy(bakery.house.settings.home / NAME, empty / NAME)
    again = open_house(settings(empty))
    assert again.office().restore(Path(done.file), PASSPHRASE).forgotten == 1
    assert again.desk(ANNA).note(named.id).text == desk.note(named.id).text == "█████████ helped her with the rye."
    assert not any(b"sorel" in p.read_bytes().lower() for p in empty.rglob("*") if p.is_file())


def test_who_was_forgotten_and_is_added_again_is_in_later_backups(planted: Bakery, tmp_path: Path) -> None:
    planted.desk.person(WHO).forget()
    planted.desk.add_person(Person(ANNA, WHO, "Somebody Else"))
    done = planted.house.office().back_up(tmp_path / "kept.age", PASSPHRASE)
    shutil.copytree(planted.house.settings.home, tmp_path / "moved")
    empty = tmp_path / "second"
    empty.mkdir()
    shutil.copy(planted.house.settings.home / NAME, empty / NAME)
    again = open_house(settings(empty))
    assert again.office().restore(Path(done.file), PASSPHRASE).forgotten == 0
    assert again.desk(ANNA).person(WHO).person.name == "Somebody Else"


STEPS = {
    "the journal is written": "knowledge.keeping.journal.Journal.begin",
    "the rows are gone, nothing is committed": "knowledge.records.people.SqlPeople.remove",
    "the rows are committed": "assistant.actions.forget_person.forget_person.after write",
    "the index and the log are swept": "knowledge.records.records.SqlRecords.sweep",
    "passing files are gone": "knowledge.keeping.eraser.clear",
}
CHILD = """
import importlib, os, signal
from datetime import date
from pathlib import Path
from ui.settings import Settings, sqlite_in
from ui.wiring import open_house

home, step = Path({home!r}), {step!r}
house = open_house(Settings(home=home, database=sqlite_in(home), today=date(2026, 6, 15)))
if step.endswith("after write"):
    import knowledge.keeping.eraser as eraser
    eraser.HomeEraser.finish = lambda self, erasure: os.kill(os.getpid(), signal.SIGKILL)
else:
    module, *names = step.rsplit(".", 2) if step.split(".")[-2][0].isupper() else step.rsplit(".", 1)
    place = importlib.import_module(module)
    for name in names[:-1]:
        place = getattr(place, name)
    real = getattr(place, names[-1])
    def killed(*given, **named):
        real(*given, **named)
        os.kill(os.getpid(), signal.SIGKILL)
    setattr(place, names[-1], killed)
house.desk("anna").person({who!r}).forget()
"""


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_any_step_the_next_start_finishes_it(planted: Bakery, step: str) -> None:
    home = planted.house.settings.home
    rest = the_rest(planted.desk)
    planted.house.records.close()
    code = CHILD.format(home=str(home), step=STEPS[step], who=str(WHO))
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(code)], capture_output=True, text=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    again = open_house(settings(home))
    assert traces(home) == {}
    assert the_rest(again.desk(ANNA)) == rest
    assert again.eraser.journal.unfinished() == []


def test_an_erasure_that_failed_is_not_carried_out_later(planted: Bakery, monkeypatch: pytest.MonkeyPatch) -> None:
    from knowledge.records.people import SqlPeople

    def stop(self: SqlPeople, person_id: PersonId) -> None:
        raise Unknown("There is no person here.")

    with monkeypatch.context() as patched:
        patched.setattr(SqlPeople, "remove", stop)
        with pytest.raises(Unknown):
            planted.desk.person(WHO).forget()
    again = open_house(planted.house.settings)
    assert again.desk(ANNA).person(WHO).person.name == CANARIES["name"]


def test_a_reader_that_holds_the_old_state_leaves_it_unfinished_until_the_next_start(planted: Bakery) -> None:
    engine = planted.house.records.engine
    with engine.connect() as reader:
        reader.exec_driver_sql("PRAGMA busy_timeout=1")
        reader.exec_driver_sql("SELECT count(*) FROM note").scalar()
        with planted.house.records.engine.connect() as other:
            other.exec_driver_sql("PRAGMA busy_timeout=1")
        report = planted.desk.person(WHO).forget()
    assert report.unfinished
    open_house(planted.house.settings)
    assert traces(planted.house.settings.home) == {}

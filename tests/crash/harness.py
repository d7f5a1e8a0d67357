"""Kills a process at a step of a scene, opens what it left in a fresh one, and says what is wrong.

Every process is forked from a server that has the program loaded but nothing opened, so that it is as fresh as one
that was just started, only quicker. Ids, clock and hashing are the same in each of them: what an undisturbed run
leaves after each of its commits is what a killed one may leave, row by row.
"""

import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from typing import Any
from uuid import uuid4

from tests.crash.bakery import Scene
from tests.crash.inside import act, look, prepare, run
from tests.crash.played import Course, Outcome, Place, Task
from tests.crash.scenes import migration
from tests.crash.state import rows_of
from tests.crash.steps import Told, read_log

PATIENCE = 120  # seconds until a process counts as hanging
LOADED = [
    "tests.crash.warm", "tests.crash.harness", "ui.wiring", "assistant.desk", "alembic.command", "alembic.autogenerate",
    "knowledge.search.library", "assistant.engines.offline.engine", "knowledge.reading.reader", "chromadb", "filelock",
    "psycopg", "sqlalchemy.dialects.sqlite", "sqlalchemy.dialects.postgresql.psycopg", "ulid",
]  # fmt: skip


@dataclass
class Stage:
    """Where scenes are played: one database, one folder; homes are prepared once and copied for every kill.

    Attributes:
        copy_database: Makes the database of a copy from that of its original, and gives its address.
        drop_database: Takes it away again.
        cold_every: After how many kills a whole command line is started and timed.
        before_looking: A statement that spoils what a kill left, to prove that it is found.
    """

    folder: Path
    copy_database: Callable[[Place, Path], str]
    drop_database: Callable[[str], None]
    cold_every: int = 1_000_000
    before_looking: str = ""
    on_postgres: bool = False
    _looks: Iterator[int] = field(default_factory=lambda: iter(range(1, 1_000_000)))
    _ready: dict[str, tuple[Place, Course]] = field(default_factory=dict)
    _numbers: Iterator[int] = field(default_factory=lambda: iter(range(1, 1_000_000)))

    def __post_init__(self) -> None:
        os.environ["PYTHONHASHSEED"] = "0"  # read by the server of processes when it starts
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(LOADED)

    def course(self, scene: Scene) -> Course:
        """The undisturbed run of a scene; played once."""
        return self._prepared(scene)[1]

    def kill(self, scene: Scene, step: int) -> Outcome:
        """Play a scene up to a step, kill it there, and look."""
        start, course = self._prepared(scene)
        place = self._copy(start)
        task = Task(scene.name, place, kill_at=step)
        process, answer = self._start(act, task)
        said = self._end(process, answer)
        told = read_log(task.log)
        name = f"{step}. {course.steps[step]}"
        if process.exitcode != -signal.SIGKILL or len(told.steps) != step + 1 or told.steps[-1] != course.steps[step]:
            return Outcome(scene.name, name, other=(f"the step was not reached: {process.exitcode} {said}",))
        return self._look(scene, name, task, told)

    def kill_after(self, scene: Scene, seconds: float) -> Outcome:
        """Play a scene and kill it from outside after so long, wherever it is then."""
        start, _ = self._prepared(scene)
        task = Task(scene.name, self._copy(start))
        process, answer = self._start(act, task)
        answer.recv()
        time.sleep(seconds)
        process.kill()
        self._end(process, answer)
        told = read_log(task.log)
        return self._look(scene, f"at any moment, after {told.steps[-1] if told.steps else 'nothing'}", task, told)

    def _look(self, scene: Scene, step: str, task: Task, told: Told) -> Outcome:
        _, course = self._ready[scene.name]
        cold = None if scene.newer or next(self._looks) % self.cold_every else _doctor(task.place)
        if self.before_looking:
            _tamper(task.place.database, self.before_looking)
        process, answer = self._start(look, replace(task, ids="r", kill_at=None))
        said = self._end(process, answer)
        self._clear(task.place)
        if not said or not isinstance(said[-1], tuple):
            return Outcome(scene.name, step, other=(f"a fresh process failed: {process.exitcode} {said}",))
        seconds, rows, wrong, again, end = said[-1]
        lost: list[str] = []
        half = [fault for fault in wrong]
        places = [number for number, state in enumerate(course.states) if state == rows]
        if not places:
            near = min(course.states, key=lambda state: sum(state.get(k) != v for k, v in rows.items()), default={})
            half.append(f"stopped between two commits: {sorted(k for k in rows if near.get(k) != rows[k])}")
        elif places[-1] < told.safe:
            lost.append(f"{told.acknowledged[-1]!r} was acknowledged after commit {told.safe}; {places[-1]} are there")
        missing, surplus = course.end - end, end - course.end
        other = [*again, *(f"missing after doing it again: {thing}" for thing in missing)]
        return Outcome(scene.name, step, tuple(lost), tuple(half), tuple(surplus), tuple(other), seconds, cold)

    def _prepared(self, scene: Scene) -> tuple[Place, Course]:
        if scene.name not in self._ready:
            work = self._fresh_folder()
            start = Place(work / "home", self.copy_database(Place(work, ""), work / "home"))
            if scene.files is not None:
                scene.files(work)
            if scene.prepare is not None:
                self._must(prepare, Task(scene.name, start, ids="s"))
            if scene.newer:
                _add_migration(work / "migrations")
            self._ready[scene.name] = (start, self._play(scene, start))
        return self._ready[scene.name]

    def _play(self, scene: Scene, start: Place) -> Course:
        """The undisturbed run."""
        task = Task(scene.name, self._copy(start), remember=True)
        before = rows_of(task.place.database) if scene.prepare is not None else {}
        states, end = self._must(act, task)
        steps = read_log(task.log).steps
        self._clear(task.place)
        return Course(steps, (before, *states), end)

    def seconds(self, scene: Scene) -> float:
        """How long an undisturbed run takes that remembers nothing."""
        task = Task(scene.name, self.fresh_copy(scene))
        started = time.perf_counter()
        self._must(act, task)
        seconds = time.perf_counter() - started
        self._clear(task.place)
        return seconds

    def _clear(self, place: Place) -> None:
        self.drop_database(place.database)
        shutil.rmtree(place.work, ignore_errors=True)

    def _copy(self, start: Place) -> Place:
        work = self._fresh_folder()
        shutil.copytree(start.work, work, dirs_exist_ok=True, ignore=shutil.ignore_patterns("steps.jsonl"))
        return Place(work / "home", self.copy_database(start, work / "home"))

    def _fresh_folder(self) -> Path:
        work = self.folder / f"{next(self._numbers):05d}"
        work.mkdir(parents=True)
        return work

    def _start(self, work: Callable[[Task, Connection], None], task: Task) -> tuple[ForkServerProcess, Connection]:
        ours, theirs = self._context.Pipe(duplex=False)
        process = self._context.Process(target=run, args=(work, task, theirs))
        process.start()
        theirs.close()
        return process, ours

    @staticmethod
    def _end(process: ForkServerProcess, answer: Connection) -> list[Any]:
        """Everything a process said until it ended."""
        said: list[Any] = []
        until = time.monotonic() + PATIENCE
        try:
            while answer.poll(max(0.0, until - time.monotonic())):
                said.append(answer.recv())
        except EOFError:
            pass
        process.join(5)
        if process.exitcode is None:
            process.kill()
            process.join()
            said.append("it hung")
        answer.close()
        return said

    def _must(self, work: Callable[[Task, Connection], None], task: Task) -> Any:
        return self.together((work, task))[0]

    def together(self, *jobs: tuple[Callable[[Task, Connection], None], Task]) -> list[Any]:
        """Processes side by side, each with its own home's opening; the last thing each of them said.

        Raises:
            AssertionError: One of them failed.
        """
        running = [(self._start(work, task), task) for work, task in jobs]
        last = []
        for (process, answer), task in running:
            said = self._end(process, answer)
            if process.exitcode != 0:
                raise AssertionError(f"{task.scene} failed undisturbed: {process.exitcode} {said}")
            last.append(said[-1] if said else None)
        return last

    def fresh_copy(self, scene: Scene) -> Place:
        """A home as the scene begins with."""
        return self._copy(self._prepared(scene)[0])


def _add_migration(folder: Path) -> None:
    from knowledge.records.upgrade import SCRIPTS, Migrations

    shutil.copytree(SCRIPTS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    name, text = migration(Migrations().head)
    (folder / "versions" / name).write_text(text, encoding="utf-8")


def _tamper(database: str, statement: str) -> None:
    from sqlalchemy import create_engine, text

    from knowledge.records.engines import read_url

    engine = create_engine(read_url(database))
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def _doctor(place: Place) -> float:
    """Seconds that a whole `flourish doctor` takes in a home, from nothing to its last line."""
    environment = {**os.environ, "FLOURISH_DATABASE": place.database}
    words = [sys.executable, "-m", "ui.cli", "--home", str(place.home), "doctor", "--json"]
    started = time.perf_counter()
    subprocess.run(words, env=environment, capture_output=True, timeout=PATIENCE)
    return time.perf_counter() - started


def sqlite_stage(folder: Path) -> Stage:
    """Scenes on SQLite: the database is a file of the home and is copied with it."""
    from ui.settings import sqlite_in

    return Stage(folder, lambda _start, home: sqlite_in(home), lambda _address: None)


def postgres_stage(folder: Path, address: Callable[[str], str], execute: Callable[[str], None]) -> Stage:
    """Scenes on a PostgreSQL that lives on while our processes die: each copy is a database of its own."""

    def copy(start: Place, home: Path) -> str:
        name = f"crash_{home.parent.name}_{uuid4().hex[:12]}"  # several stages share one server
        template = f" TEMPLATE {_named(start.database)}" if start.database else ""
        execute(f"CREATE DATABASE {name}{template}")
        return address(name)

    drop = "DROP DATABASE {} WITH (FORCE)"
    return Stage(folder, copy, lambda database: execute(drop.format(_named(database))), on_postgres=True)


def _named(database: str) -> str:
    return database.split("?")[0].rsplit("/", 1)[1]


def chosen(steps: Sequence[str], most: int) -> list[int]:
    """Steps to die at: one of each name first, the last of each next, spread evenly when there are too many."""
    first = {name: number for number, name in reversed([*enumerate(steps)])}
    last = {name: number for number, name in enumerate(steps)}
    wanted = list(dict.fromkeys([*first.values(), *last.values(), *range(len(steps))]))
    if len(first) > most:
        every = sorted(first.values())
        return [every[round(i * (len(every) - 1) / max(1, most - 1))] for i in range(most)]
    return sorted(wanted[:most])

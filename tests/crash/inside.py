"""What happens inside of the processes that are forked to be killed, and of those that look afterwards."""

import os
import pickle
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from tests.crash.bakery import TODAY, Scene
from tests.crash.played import Task
from tests.crash.scenes import SCENES, halves
from tests.crash.state import Rows, damage_in, faults_in, half_copies, meaning_of, rows_of
from tests.crash.steps import CHROMA, Steps

CLOCK = datetime(2026, 6, 15, 9, tzinfo=UTC)


def open_like_now(task: Task) -> Any:
    """The house of a place, as a process of the product opens it; only clock and ids are ours."""
    import assistant.actions.catch_up as catching
    import assistant.actions.import_notes as importing
    import ui.wiring as wiring
    from knowledge.records import open as opening
    from knowledge.records.records import SqlRecords
    from knowledge.records.upgrade import Migrations
    from tests.crash.warm import EMBEDDER
    from ui.settings import Settings

    numbers = iter(range(1, 1_000_000))
    wiring.now = lambda: CLOCK
    wiring.fresh_id = lambda: f"{task.ids}{next(numbers):05d}"
    importing.BATCH, importing.COMMIT, catching.PORTION = 3, 6, 2  # a few notes make many commits
    identify = SqlRecords.identify
    SqlRecords.identify = lambda self, ids: identify(self, lambda: "one home")  # type: ignore[method-assign]
    if scene_named(task.scene).newer and task.ids != "s":
        opening.Migrations = lambda: Migrations(task.place.work / "migrations")  # type: ignore[assignment, misc]
    house = wiring.open_house(Settings(home=task.place.home, database=task.place.database, today=TODAY))
    house.embedder.__dict__.update(EMBEDDER.__dict__)  # weights that are read once for all processes
    _remember(house.embedder, task.memory)
    return house


def _remember(embedder: Any, memory: Path) -> None:
    """What an undisturbed run embedded, read or unsealed is not worked out again: most of the time would go there."""
    import knowledge.embedding.reading as reading
    import knowledge.keeping.seal as seals

    known, readings, unsealed = pickle.loads(memory.read_bytes()) if memory.exists() else ({}, {}, {})
    decrypted = seals._decrypted
    embed, read, opened = embedder.embed, reading._read, reading.LocalSentenceReader._model

    def embedded(texts: Sequence[str]) -> Sequence[Sequence[float]]:
        missing = [text for text in texts if text not in known]
        known.update(zip(missing, embed(missing), strict=True))
        return [known[text] for text in texts]

    def read_before(run: Any, note: Any) -> Any:
        if note not in readings:
            readings[note] = read(run, note)
        return readings[note]

    def unsealed_before(age: Any, raw: bytes, passphrase: str) -> bytes:
        if (raw, passphrase) not in unsealed:
            unsealed[raw, passphrase] = decrypted(age, raw, passphrase)
        content: bytes = unsealed[raw, passphrase]
        return content

    embedder.embed, embedder.known = embedded, (known, readings, unsealed)
    seals._decrypted = unsealed_before
    reading._read = read_before
    reading.LocalSentenceReader._model = lambda self: lambda told: opened(self)(told)  # opened where it has to read


def prepare(task: Task, _answer: Connection) -> None:
    """Fill a home before anything is cut off."""
    scene = scene_named(task.scene)
    house = open_like_now(task)
    if scene.prepare is not None:
        scene.prepare(house, task.place.work)
    house.library.close()
    house.records.close()


def act(task: Task, answer: Connection) -> None:
    """Do the scene, dying at the step that is meant."""
    scene = scene_named(task.scene)
    states: list[Rows] = []
    steps = Steps(
        task.log, task.kill_at, (lambda: states.append(rows_of(task.place.database))) if task.remember else None
    )
    steps.watch(CHROMA if scene.library else ())
    answer.send("started")
    house = open_like_now(task)
    scene.act(house, task.place.work, steps.acknowledge)
    steps.end()
    if task.remember:
        list(_wrong(house, scene, task))
        task.memory.write_bytes(pickle.dumps(house.embedder.known))
        answer.send((states, meaning_of(house)))


def look(task: Task, answer: Connection) -> None:
    """Open what is there, say what is wrong with it, do the scene again, and look once more."""
    scene = scene_named(task.scene)
    started = time.perf_counter()
    house = open_like_now(task)
    house.records.accounts.all()
    seconds = time.perf_counter() - started
    rows = rows_of(task.place.database)
    wrong = list(_wrong(house, scene, task, at_the_end=False))
    scene.act(house, task.place.work, lambda _: None)
    again = [f"after doing it again: {fault}" for fault in _wrong(house, scene, task)]
    if scene.library:
        again.extend(_library_faults(house))
    answer.send((seconds, rows, wrong, again, meaning_of(house)))
    house.library.close()


def _wrong(house: Any, scene: Scene, task: Task, *, at_the_end: bool = True) -> Iterator[str]:
    if at_the_end or not scene.behind:
        yield from faults_in(house)
    yield from damage_in(task.place.database)
    yield from half_copies(task.place.home)
    if scene.files is not None:
        yield from halves(house, scene.files(task.place.work))
    if scene.check is not None:
        yield from scene.check(house, task.place.work)


def _library_faults(house: Any) -> Iterator[str]:
    """Whether the index in the home ranks as exact arithmetic does."""
    from knowledge.search.library import open_library

    exact = open_library(None, house.embedder)
    for words in ("praise somebody", "a promise I did not keep", "who is better off through his work"):
        if house.library.nearest_questions(words, 8) != exact.nearest_questions(words, 8):
            yield f"the library ranks wrongly: {words}"


def run(work: Callable[[Task, Connection], None], task: Task, answer: Connection) -> None:
    try:
        work(task, answer)
    except BaseException:
        answer.send(traceback.format_exc())
        os._exit(1)
    os._exit(0)  # nothing is tidied up on the way out, as after a kill


def scene_named(name: str) -> Scene:
    """The scene of a name."""
    return next(scene for scene in SCENES if scene.name == name)

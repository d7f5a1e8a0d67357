"""Two processes and the command line write into one home at once: nobody is told of a lock, and nothing is lost."""

import json
import os
import subprocess
import sys
import time
from collections import Counter
from datetime import date
from multiprocessing.connection import Connection

from assistant.errors import FlourishError, Refused
from tests.crash.bakery import mine, note_id
from tests.crash.harness import Stage
from tests.crash.inside import open_like_now
from tests.crash.played import Place, Task
from tests.crash.scenes import SCENES
from tests.crash.state import damage_in, faults_in

WRITES, PACE = 16, 0.1  # each; a tenth of a second between two of them
SHARED = "Confidential: her blood test"


def write_quickly(task: Task, answer: Connection) -> None:
    """Notes, edits of one common note, details of one common person, promises; what a user would have read."""
    desk = mine(open_like_now(task))
    kept, told = [], []
    started = time.monotonic()
    for number in range(WRITES):
        mark = f"{task.ids}{number:02}"
        time.sleep(max(0.0, started + number * PACE - time.monotonic()))
        try:
            who = desk.person(("nadia", "jan")[number % 2])
            who.add_note(f"Wrote {mark}. I will bring book {mark} by Friday.", day=date(2026, 6, 12))
            if number % 4 == 0:
                _edit_until_kept(desk, mark)
                kept.append(mark)
        except FlourishError as error:
            told.append(str(error))
    field = {"a": {"role": "Head baker"}, "b": {"customers": "Hotel Linde"}}[task.ids]
    desk.person("nadia").edit(**field)
    answer.send((kept, told))


def _edit_until_kept(desk: object, mark: str) -> None:
    """As a person does who is told that somebody else was quicker: look again, and write again."""
    while True:
        key = note_id(desk, "nadia", SHARED)  # type: ignore[arg-type]
        old = desk.note(key)  # type: ignore[attr-defined]
        try:
            desk.edit_note(key, text=f"{old.text} {mark}.")  # type: ignore[attr-defined]
            return
        except Refused:
            continue


def look_whole(task: Task, answer: Connection) -> None:
    """Everything that is there afterwards."""
    house = open_like_now(task)
    desk = mine(house)
    texts = [note.text for who in ("nadia", "jan") for note in desk.person(who).notes()]
    wrong = [*faults_in(house), *damage_in(task.place.database)]
    answer.send((texts, wrong, desk.person("nadia").person))


def test_two_processes_and_the_command_line_lose_nothing_of_each_other(stage: Stage) -> None:
    place = stage.fresh_copy(next(scene for scene in SCENES if scene.name == "note write"))
    one, other = Task("note write", place, ids="a"), Task("note write", place, ids="b")
    beside = [command_line(place, f"c{number}") for number in range(2)]
    told = stage.together((write_quickly, one), (write_quickly, other))
    for process in beside:
        out, error = process.communicate(timeout=120)
        assert process.returncode == 0, error
        assert json.loads(out)["schema"] == 1
    texts, wrong, nadia = stage.together((look_whole, Task("note write", place, ids="r")))[0]
    assert [said for _, errors in told for said in errors] == []
    written = Counter(text.split(".")[0] for text in texts)
    for ids in ("a", "b"):
        assert all(written[f"Wrote {ids}{number:02}"] == 1 for number in range(WRITES))
    assert [written[f"Typed c{number}"] for number in range(2)] == [1, 1]
    (shared,) = (text for text in texts if text.startswith(SHARED))
    marks = [mark for kept, _ in told for mark in kept]
    assert len(marks) == 2 * WRITES // 4
    assert [shared.count(f"{mark}.") for mark in marks] == [1] * len(marks)
    assert (nadia.role, nadia.customers) == ("Head baker", "Hotel Linde")
    assert wrong == []


def command_line(place: Place, mark: str) -> "subprocess.Popen[str]":
    """A note from a command line that was started at the same time."""
    words = ["--home", str(place.home), "note", "add", "nadia", f"Typed {mark}.", "--date", "2026-06-12", "--json"]
    environment = {**os.environ, "FLOURISH_DATABASE": place.database, "FLOURISH_TODAY": "2026-06-15"}
    return subprocess.Popen(
        [sys.executable, "-m", "ui.cli", *words], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True,
    )  # fmt: skip

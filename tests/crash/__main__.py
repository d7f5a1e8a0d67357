"""The long run: `python -m tests.crash [--database sqlite|postgres] [--kills N] [--write FILE]`.

Every scene is killed at its named steps and at moments of chance, on SQLite and on PostgreSQL; the library's folder is
damaged byte by byte. It ends with 1 when anything was lost, half, there twice, or not ready within five seconds.
"""

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from tests.crash.bakery import Scene
from tests.crash.harness import Stage, chosen, postgres_stage, sqlite_stage
from tests.crash.played import Outcome
from tests.crash.scenes import SCENES
from tests.knowledge.records.conftest import Cluster, postgres_programs

READY_WITHIN = 5.0  # seconds


@dataclass
class Row:
    """What all kills at one step of one scene came to."""

    outcomes: list[Outcome] = field(default_factory=list)

    def cells(self) -> list[str]:
        """Kills, lost, half, duplicates, other, seconds to ready."""
        counts = [sum(len(getattr(o, kind)) for o in self.outcomes) for kind in ("lost", "half", "doubled", "other")]
        slowest = max(o.seconds for o in self.outcomes)
        return [str(len(self.outcomes)), *map(str, counts), f"{slowest:.2f}"]


HEAD = ["kills", "lost", "half", "duplicates", "other", "seconds to ready"]


def play(stage: Stage, scene: Scene, kills: int, chance: random.Random) -> Iterator[Outcome]:
    """One scene: at named steps first, then at any moment."""
    for step in chosen(stage.course(scene).steps, kills):
        yield stage.kill(scene, step)
    seconds = stage.seconds(scene)
    for _ in range(max(2, kills // 6)):
        yield stage.kill_after(scene, chance.uniform(0, seconds))


@contextmanager
def stage_on(database: str) -> Iterator[Stage]:
    """Somewhere to play on, taken away at the end."""
    with tempfile.TemporaryDirectory(prefix="flourish-crash-") as folder:
        if database == "sqlite":
            yield sqlite_stage(Path(folder))
            return
        programs = postgres_programs()
        if programs is None:
            sys.exit("PostgreSQL's programs are not installed: `make postgres` brings them.")
        cluster = Cluster(programs)
        try:
            cluster.start()
            yield postgres_stage(Path(folder), cluster.address, cluster.execute)
        finally:
            cluster.stop()


def run(database: str, kills: int, chance: random.Random, only: Sequence[str]) -> list[Outcome]:
    """Every scene on one database; a line for each step as it comes."""
    found: list[Outcome] = []
    with stage_on(database) as stage:
        stage.cold_every = 20
        for scene in SCENES:
            if only and scene.name not in only:
                continue
            rows: dict[str, Row] = {}
            for outcome in play(stage, scene, kills, chance):
                step = outcome.step.split(". ", 1)[-1].split(",")[0]
                rows.setdefault(step, Row()).outcomes.append(outcome)
                found.append(outcome)
                print(f"  {database}: {scene.name}, {outcome.step}", flush=True)
                for wrong in outcome.wrong:
                    print(f"    WRONG: {wrong}", flush=True)
            for step, row in rows.items():
                print(f"{database:9}{scene.name:24}{step:40}" + "".join(f"{c:>8}" for c in row.cells()), flush=True)
    return found


def table(found: Sequence[tuple[str, Outcome]]) -> str:
    """One Markdown line a scene and database."""
    rows: dict[tuple[str, str], Row] = {}
    for database, outcome in found:
        rows.setdefault((outcome.scene, database), Row()).outcomes.append(outcome)
    lines = ["| scene | database | steps | " + " | ".join(HEAD) + " |", "|---|---|" + "--:|" * (len(HEAD) + 1)]
    for (scene, database), row in rows.items():
        steps = {o.step for o in row.outcomes if not o.step.startswith("at any moment")}
        lines.append(f"| {scene} | {database} | {len(steps)} | " + " | ".join(row.cells()) + " |")
    every = Row([outcome for _, outcome in found])
    return "\n".join([*lines, "| **all** | | | " + " | ".join(f"**{cell}**" for cell in every.cells()) + " |"])


def steps_of(found: Sequence[tuple[str, Outcome]]) -> str:
    """The names of all steps at which a process died, by scene."""
    names: dict[str, dict[str, int]] = {}
    for _, outcome in found:
        step = outcome.step.split(". ", 1)[-1]
        if not step.startswith("at any moment"):
            counted = names.setdefault(outcome.scene, {})
            counted[step] = counted.get(step, 0) + 1
    return "\n".join(
        f"- **{scene}**: " + ", ".join(f"{step} ({count})" for step, count in counted.items()) + "."
        for scene, counted in names.items()
    )


def main() -> int:
    """Read the arguments, kill, and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=["sqlite", "postgres"], action="append")
    parser.add_argument("--kills", type=int, default=18, help="named steps of a scene")
    parser.add_argument("--scene", action="append", default=[], help="only this one")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--write", type=Path, help="put the table between the marks of this file")
    arguments = parser.parse_args()
    started = time.perf_counter()
    found: list[tuple[str, Outcome]] = []
    for database in arguments.database or ["sqlite", "postgres"]:
        outcomes = run(database, arguments.kills, random.Random(arguments.seed), arguments.scene)
        found += [(database, outcome) for outcome in outcomes]
    cold = sorted(outcome.cold for _, outcome in found if outcome.cold is not None)
    slow = [o for _, o in found if max(o.seconds, o.cold or 0) > READY_WITHIN]
    bad = [outcome for _, outcome in found if outcome.wrong]
    text = (
        f"{datetime.now(UTC):%d %B %Y}, one run: {len(found)} kills in {(time.perf_counter() - started) / 60:.0f} "
        f"minutes (`--kills {arguments.kills}`, load {os.getloadavg()[0]:.0f} on {os.cpu_count()} cores), "
        f"{len(bad)} with anything wrong, {len(slow)} not ready within {READY_WITHIN:.0f} s. "
    )
    if cold:
        text += f"A whole `flourish doctor` after a kill: {cold[len(cold) // 2]:.1f} s at the median, at most "
        text += f"{cold[-1]:.1f} s ({len(cold)} times measured)."
    text += f"\n\n{table(found)}\n\nWhere the processes died (how often):\n\n{steps_of(found)}\n"
    print(text)
    if arguments.write:
        before, _, rest = arguments.write.read_text(encoding="utf-8").partition("<!-- run -->\n")
        after = rest.partition("<!-- end -->\n")[2]
        arguments.write.write_text(f"{before}<!-- run -->\n{text}<!-- end -->\n{after}", encoding="utf-8")
    return 1 if bad or slow else 0


if __name__ == "__main__":
    sys.exit(main())

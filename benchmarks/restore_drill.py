"""The restore drill at size, timed: `python -m benchmarks.restore_drill [--people N] [--heavy N]`.

Every step is the command line, its start included: seconds on the clock and, in brackets, of the processor. It ends
with 1 when a step fails, when the rows of what was restored differ from those that stood there before, or when somebody
who was forgotten after the backup came back.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path
from typing import Any

from benchmarks import fixture
from benchmarks.speed import fill, settings_of
from ui.settings import Settings, sqlite_in
from ui.wiring import open_desk, open_house

PASSPHRASE = "four words are enough"
FORGOTTEN = "p050"


class Drill:
    """Runs commands against homes and keeps what they took."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.failed = list[str]()

    def command(self, what: str, *words: str, home: str) -> Any:
        """One command with --json; its answer."""
        environment = {**os.environ, "FLOURISH_BACKUP_PASSPHRASE": PASSPHRASE, "FLOURISH_TODAY": str(fixture.TODAY)}
        before, start = _processor(), time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", "ui.cli", "--home", str(self.folder / home), *words, "--json"],
            env=environment, capture_output=True, text=True,
        )  # fmt: skip
        seconds = time.perf_counter() - start
        print(f"| {what} | {seconds:.1f} s ({_processor() - before:.1f}) |", flush=True)
        if done.returncode and words[0] != "doctor":  # it also says that nobody serves the home
            self.failed.append(f"{what}: {done.stdout}{done.stderr}")
        return json.loads(done.stdout)

    def must(self, what: str, holds: bool) -> None:
        """Something that has to be so."""
        if not holds:
            self.failed.append(what)


def main() -> int:
    """Fill a home, back it up, forget somebody, restore, compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100)
    parser.add_argument("--heavy", type=int, default=3_000)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="flourish-drill-") as name:
        drill = Drill(Path(name))
        count, _ = fill(
            open_desk(settings_of(drill.folder), today=fixture.TODAY), arguments.people, heavy=arguments.heavy
        )
        load = f"load {os.getloadavg()[0]:.0f} on {os.cpu_count()} cores"
        print(f"{arguments.people} people, {count:,} notes; {load}\n\n| step | time |\n|---|---|", flush=True)
        walk(drill)
    print("\nworse than it should be:\n" + "\n".join(drill.failed) if drill.failed else "\nwell: counts and rows equal")
    return 1 if drill.failed else 0


def walk(drill: Drill) -> None:
    """The steps of docs/restore-drill.md, and what has to hold after them."""
    kept = drill.folder / "kept"
    kept.mkdir()
    told = drill.command("`flourish backup`", "backup", "--to", str(kept), home="home")
    (file,) = kept.glob("*.age")
    print(f"| the sealed file | {file.stat().st_size / 1e6:.1f} MB |", flush=True)
    start = time.perf_counter()
    drill.must("the checksum", sha256(file.read_bytes()).hexdigest() == told["sha256"])
    print(f"| `sha256sum -c` | {time.perf_counter() - start:.1f} s |", flush=True)
    drill.command("forget one person after it", "forget", FORGOTTEN, "--yes", home="home")
    wanted = rows_of(drill.folder / "home")
    new = drill.folder / "new"
    new.mkdir(mode=0o700)
    (new / "erasures.jsonl").write_bytes((drill.folder / "home" / "erasures.jsonl").read_bytes())
    back = drill.command("`flourish restore` into a new home", "restore", str(file), home="new")
    drill.must("one was forgotten since", back["forgotten"] == 1)
    checked = drill.command("`flourish doctor` on it", "doctor", home="new")
    drill.must("the database is well", all(c["ok"] for c in checked["checks"] if c["name"] == "database"))
    people = drill.command("`flourish people list` on it", "people", "list", home="new")["people"]
    drill.must("who was forgotten stays away", FORGOTTEN not in json.dumps(people))
    drill.command("`flourish prep` of the one with most notes", "prep", str(fixture.HEAVY), home="new")
    drill.command("`flourish export --all`", "export", "--all", "--to", str(drill.folder / "out"), home="new")
    drill.must("every row is as it was", rows_of(new) == wanted)


def rows_of(home: Path) -> str:
    """A hash of everything on record in the account, row by row."""
    house = open_house(Settings(home=home, database=sqlite_in(home)))
    exported = house.desk(fixture.ACCOUNT).export()
    return sha256(repr(sorted((name, [*rows]) for name, rows in exported.tables.items())).encode()).hexdigest()


def _processor() -> float:
    """Seconds of the processor that the processes which have ended took."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    sys.exit(main())

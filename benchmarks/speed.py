"""How quick the main job is: import, prep, search, help. `python -m benchmarks.speed [--people N]`.

Beside each figure stands the plain alternative measured in the same run: reading the person's notes and nothing else
for a prep, the encoder alone for an import, a bare Python start for `--help`.
"""

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from assistant.desk import Desk
from assistant.domain.importing import Document, NoteDraft
from benchmarks import fixture
from ui.settings import Settings, sqlite_in
from ui.wiring import open_desk, settle


def milliseconds(call: Callable[[], object], times: int) -> tuple[float, float]:
    """Median and 95th percentile of a call, after one warm run."""
    call()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        taken.append((time.perf_counter() - start) * 1000)
    taken.sort()
    return taken[len(taken) // 2], taken[int(len(taken) * 0.95)]


def fill(desk: Desk, count: int, *, heavy: int = 3_000) -> tuple[int, float]:
    """Import the fixture, one file a person; how many notes, in how many seconds."""
    from assistant.actions.import_notes import import_notes

    folk = fixture.people(count)
    names = {person.id: person.name for person in folk}
    told: dict[str, list[NoteDraft]] = {person.id: [] for person in folk}
    for note in fixture.notes(folk, heavy=heavy):
        told[note.person_id].append(
            NoteDraft(note.id, names[note.person_id], note.day, note.text, note.kind, id=note.id)
        )
    documents = [Document(f"{person_id}.csv", tuple(drafts)) for person_id, drafts in told.items()]
    start = time.perf_counter()
    with desk.records.writing(desk.account, desk.today) as shelf:
        for person in folk:
            shelf.people.add(person)
    report = import_notes(
        desk.records, desk.account, desk.today, documents=documents, search=desk.search_notes, finder=desk.finder,
        ids=desk.ids, clock=desk.clock, dry_run=False, answers={}, may_create_accounts=False, progress=None,
    )  # fmt: skip
    return sum(file.added for file in report.files), time.perf_counter() - start


def show(name: str, ours: str, plain: str) -> None:
    """One line of the table."""
    print(f"{name:<44}{ours:>22}{plain:>26}", flush=True)


def measure(desk: Desk, count: int) -> None:
    """Fill the home and print the table."""
    show("", "ours", "plain alternative")
    notes, seconds = fill(desk, count)
    sample = [fixture.text(__import__("random").Random(i)) for i in range(512)]
    embedder = desk.search_notes.embedder  # type: ignore[attr-defined]
    start = time.perf_counter()
    embedder.embed(sample)
    alone = len(sample) / (time.perf_counter() - start)
    show(f"import of {notes:,} notes with embedding", f"{notes / seconds:.0f} notes/s", f"encoder {alone:.0f} notes/s")
    settle()  # as the server does once it is warm
    for name, who in (("100 notes", "p001"), ("3,000 notes", str(fixture.HEAVY))):
        person = desk.person(who)
        half, most = milliseconds(person.brief, 40)
        plain, plain_most = milliseconds(person.notes, 40)
        show(f"prep, {name}: p50/p95", f"{half:.0f}/{most:.0f} ms", f"reading {plain:.0f}/{plain_most:.0f} ms")
        asks = iter(fixture.queries(81))
        half, most = milliseconds(lambda who=who, asks=asks: desk.search(next(asks), person=who), 80)  # type: ignore[misc]
        asks = iter(fixture.queries(81))
        plain, plain_most = milliseconds(lambda asks=asks: embedder.embed([next(asks)]), 80)  # type: ignore[misc]
        show(f"person search, {name}: p50/p95", f"{half:.1f}/{most:.1f} ms", f"encoder {plain:.1f}/{plain_most:.1f} ms")


def settings_of(folder: Path) -> Settings:
    """A home that nobody else uses."""
    return Settings(home=folder / "home", database=sqlite_in(folder / "home"))


def start_time(words: Sequence[str], times: int = 10) -> float:
    """Median seconds of a whole process."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        subprocess.run(words, check=True, capture_output=True)
        taken.append(time.perf_counter() - start)
    return sorted(taken)[times // 2]


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=100)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = settings_of(Path(folder))
        measure(open_desk(settings, today=fixture.TODAY), arguments.people)
    ours = start_time([str(Path(sys.executable).parent / "flourish"), "--help"])
    show("flourish --help", f"{ours:.3f} s", f"python -c '' {start_time([sys.executable, '-c', '']):.3f} s")


if __name__ == "__main__":
    main()

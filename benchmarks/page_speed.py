"""How quick the page is in a real chromium: first paint, "Prepare" to first content, page to page, long lists.

Every figure is beside its goal and the machine's load, since a shared machine is slower than a quiet one.

    python -m benchmarks.page_speed [--rounds 10] [--json]

Goals: first contentful paint < 1.5 s, usable < 3 s, "Prepare" to first content < 300 ms p50, page to page < 500 ms
p50; with 500 people and with 2,000 notes no long task over 200 ms and at most 50 rows in the page.
"""

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking".split()
PEOPLE, NOTES = 500, 2_000
BUSY = "document.querySelector('.fl-step, .fl-bone, .fl-waiting')"
WATCH = """window.longest = 0; new PerformanceObserver(list => { for (const task of list.getEntries())
    window.longest = Math.max(window.longest, task.duration); }).observe({ type: 'longtask', buffered: true });"""


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure and its goal; milliseconds, or rows."""

    name: str
    value: float
    goal: float

    @property
    def good(self) -> bool:
        """Whether it reached its goal."""
        return self.value <= self.goal


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--serve", metavar="HOME", help=argparse.SUPPRESS)
    said = parser.parse_args()
    if said.serve:
        serve(Path(said.serve))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        figures = [*sample(Path(folder) / "sample", said.rounds), *many(Path(folder) / "many")]
    if said.json:
        print(json.dumps({"load": os.getloadavg()[0], "figures": [asdict(f) for f in figures]}))
    else:
        print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        for figure in figures:
            print(f"{'ok ' if figure.good else 'SLOW'} {figure.name:46} {figure.value:8.0f}  goal {figure.goal:.0f}")
    return 0 if all(f.good for f in figures) else 1


def sample(home: Path, rounds: int) -> Iterator[Figure]:
    """The sample team, as a manager uses it."""
    with opened(home) as (page, base):
        paints, ready = [], []
        for _ in range(min(rounds, 5)):
            begun = time.perf_counter()
            page.goto(f"{base}/app/?a=dm1")
            page.wait_for_selector("[data-place]", state="attached")
            ready.append((time.perf_counter() - begun) * 1000)
            paints.append(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
        yield Figure("first contentful paint, ms", statistics.median(paints), 1500)
        yield Figure("usable, ms", statistics.median(ready), 3000)
        prepared, turned = [], []
        for _ in range(rounds):
            page.wait_for_function(f"!{BUSY}")
            prepared.append(press(page, "#fl-talks + ul a.fl-button, .fl-list a.fl-button", ".fl-headline"))
            page.wait_for_function(f"!{BUSY}")
            turned.append(press(page, ".fl-nav a[href*='g=people']", ".fl-table"))
            page.wait_for_function(f"!{BUSY}")
            turned.append(press(page, ".fl-nav a[href*='g=today']", "#fl-talks"))
        yield Figure("Prepare to first content, ms p50", statistics.median(prepared), 300)
        yield Figure("page to page, ms p50", statistics.median(turned), 500)


def press(page: Any, what: str, until: str) -> float:
    """Milliseconds in the browser from a click to the first sight of something."""
    script = """([what, until]) => new Promise((done, fail) => {
        const pressed = document.querySelector(what), begun = performance.now();
        const seen = new MutationObserver(look);
        function look() { if (document.querySelector(until)) { seen.disconnect(); requestAnimationFrame(() =>
            done(performance.now() - begun)); } }
        seen.observe(document.body, { subtree: true, childList: true });
        setTimeout(() => fail(new Error('nothing came: ' + until)), 20000);
        pressed.click(); })"""
    return float(page.evaluate(script, [what, until]))


def many(home: Path) -> Iterator[Figure]:
    """Five hundred people, and somebody with two thousand notes."""
    fill(home)
    with opened(home) as (page, base):
        page.add_init_script(WATCH)
        for name, place, rows in (
            ("500 people", "?a=me&g=people", "tbody tr"),
            ("2,000 notes", "?a=me&p=p000&v=notes", ".fl-timeline > li"),
        ):
            page.goto(f"{base}/app/{place}")
            page.wait_for_selector(rows)
            page.wait_for_function(f"!{BUSY}")
            page.evaluate("window.longest = 0")
            page.click(".fl-nav a[href*='g=today']")
            page.wait_for_function("location.search.includes('g=today')")
            page.wait_for_function(f"!{BUSY}")
            page.go_back()
            page.wait_for_selector(rows)
            page.wait_for_function(f"!{BUSY}")
            yield Figure(f"{name}: longest task, ms", page.evaluate("window.longest"), 200)
            yield Figure(f"{name}: rows in the page", page.locator(rows).count(), 50)


def fill(home: Path) -> None:
    """A home with many people and many notes, written past the finder: only the page is measured."""
    from assistant.domain.account import SOLO
    from assistant.domain.note import Note, NoteId
    from assistant.domain.person import Person, PersonId
    from ui.settings import read_settings
    from ui.wiring import open_house

    house = open_house(read_settings(str(home), environment={}))
    house.add_solo()
    today = date(2026, 6, 15)
    people = [Person(SOLO, PersonId(f"p{n:03}"), f"Person{n:03} Surname", role="Clerk") for n in range(PEOPLE)]
    notes = [
        Note(SOLO, NoteId(f"n{n:04}"), people[0].id, today - timedelta(days=n % 900), f"Note {n}: the till was mended.")
        for n in range(NOTES)
    ]
    with house.records.writing(SOLO, today) as shelf:
        for person in people:
            shelf.people.add(person)
        shelf.notes.add(notes)


@contextmanager
def opened(home: Path) -> Iterator[tuple[Any, str]]:
    """A page of a server of its own over a home."""
    from playwright.sync_api import sync_playwright

    command = [sys.executable, "-u", "-m", "benchmarks.page_speed", "--serve", str(home)]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert server.stdout is not None
    link = next(found[0] for line in server.stdout if (found := re.search(r"http://\S+/start\?key=\S+", line)))
    try:
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
            page = browser.new_page(viewport={"width": 1280, "height": 800})
            page.goto(link)
            page.wait_for_selector("[data-place]", state="attached", timeout=120_000)
            yield page, link.split("/start")[0]
            browser.close()
    finally:
        server.terminate()
        server.wait(timeout=20)


def serve(home: Path) -> None:
    """The sample, or the home as it is."""
    from ui.settings import read_settings
    from ui.web.listening import Wish
    from ui.web.server import serve as serve_page
    from ui.wiring import open_demo, open_house, openers

    settings = read_settings(str(home), environment={})
    filled = (home / "flourish.db").exists()
    house = open_house(settings) if filled else open_demo(settings)
    serve_page(openers(house), Wish(port=0), open_browser=False, demo=not filled)


if __name__ == "__main__":
    sys.exit(main())

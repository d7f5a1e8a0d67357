"""The sample team in a real chromium: a server of its own, and visits that note all that goes wrong in them."""

import os
import queue
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.ui.web.stable import Stable

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (  # no-opt: a page that lives for seconds does not earn back what it costs to optimise its scripts
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --js-flags=--no-opt"
).split()
ROOT = Path(__file__).resolve().parents[3]
SHOTS = ROOT / "artefacts"
PATIENCE = 120_000.0  # milliseconds until a page counts as hanging, on a machine that has other work too
SERVE = """
import sys
from ui.settings import read_settings
from ui.web.listening import Wish
from ui.web.server import serve
from ui.wiring import open_demo, openers
house = open_demo(read_settings(sys.argv[1], environment={}))
serve(openers(house), Wish(port=0), open_browser=False, demo=True)
"""
SERVE_OWN = """
import sys
from ui.settings import read_settings
from ui.web.listening import Wish
from ui.web.server import serve
from ui.wiring import open_house, openers
house = open_house(read_settings(sys.argv[1], environment={"FLOURISH_TODAY": "2026-06-15"}))
house.account()
serve(openers(house), Wish(port=0), open_browser=False)
"""
SERVE_SLOW = """
import sys, time
from dataclasses import replace
from ui.settings import read_settings
from ui.web.listening import Wish
from ui.web.server import serve
from ui.wiring import open_demo, openers
house = open_demo(read_settings(sys.argv[1], environment={}))
class Slow:
    def __init__(self, engine): self.engine = engine
    def __getattr__(self, name): return getattr(self.engine, name)
    def for_turn(self): return Slow(self.engine.for_turn())
    def answer(self, *told):
        for text in self.engine.answer(*told):
            yield text
            time.sleep(1.5)
serve(openers(replace(house, engine=Slow(house.engine))), Wish(port=0), open_browser=False, demo=True)
"""
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}


@dataclass
class Server:
    """A running server, and the newest link it printed."""

    home: Path
    lines: "queue.Queue[str]" = field(default_factory=queue.Queue)

    def link(self) -> str:
        """The next one-time link."""
        for line in iter(lambda: self.lines.get(timeout=120), ""):
            found = re.search(r"http://\S+/start\?key=\S+", line)
            if found:
                return found[0]
        pytest.fail("the server ended before it said where it is")


@dataclass
class Visit:
    """One browser context with everything that went wrong in it."""

    page: Any
    base: str
    outside: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def choose(self, person: str) -> None:
        """Open somebody's brief from wherever one is."""
        self.page.click(f".fl-quick a[href*='p={person}']")
        self.page.wait_for_selector(".fl-scope")
        self.whole()

    def view(self, name: str) -> None:
        """Look at another view of the same person."""
        self.page.click(f".fl-tabs a[href*='v={name}']")
        self.page.wait_for_selector(f".fl-tabs a[href*='v={name}'][aria-current]")
        self.whole()

    def go(self, name: str) -> None:
        """Go to another page."""
        self.page.click(f".fl-nav a[href*='g={name}']:visible")
        self.page.wait_for_function(f"location.search.includes('g={name}')")
        self.whole()

    def whole(self) -> None:
        """Wait until everything of the page is there."""
        self.page.wait_for_function("!document.querySelector('.fl-step, .fl-bone, .fl-waiting')")

    def is_clean(self) -> None:
        """Nothing was loaded from elsewhere, nothing failed, the console is empty."""
        assert self.outside == [], self.outside
        assert self.failed == [], self.failed
        assert self.said == [], self.said


def _needs_chromium() -> None:
    if CHROMIUM.exists():
        return
    if os.environ.get("FLOURISH_REQUIRE_BROWSER") == "1":
        pytest.fail(f"{CHROMIUM} is missing and FLOURISH_REQUIRE_BROWSER=1")
    pytest.skip(f"{CHROMIUM} is missing: apt-get install chromium")


@contextmanager
def running(stable: Stable, script: str, home: Path) -> Iterator[Server]:
    reads, says = os.pipe()
    process = stable.start(script, home, says)
    os.close(says)
    server = Server(home)

    def listen() -> None:
        with os.fdopen(reads, encoding="utf-8") as told:
            for line in told:
                server.lines.put(line)
        server.lines.put("")

    ear = threading.Thread(target=listen, daemon=True)
    ear.start()
    yield server
    stable.stop(process)
    ear.join(timeout=5)


@pytest.fixture(scope="session")
def stable() -> Iterator[Stable]:
    _needs_chromium()
    made = Stable()
    yield made
    made.close()


def _serving(script: str, name: str, *, sample: bool) -> Callable[..., Iterator[Server]]:
    """A server of its own for each file that asks for it, with a home that nobody else writes to."""

    @pytest.fixture(scope="module", name=name)
    def running_server(
        request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, stable: Stable
    ) -> Iterator[Server]:
        home, ready = tmp_path_factory.mktemp(name) / "home", request.getfixturevalue("sample_home")
        if sample:
            shutil.copytree(ready, home)
        else:  # the library is the same in every home; to index it takes seconds
            home.mkdir(mode=0o700)
            shutil.copytree(ready / "library", home / "library")
        with running(stable, script, home) as started:
            yield started

    return running_server


server = _serving(SERVE, "server", sample=True)  # the sample team's
own_server = _serving(SERVE_OWN, "own_server", sample=False)  # a home of one's own with nobody in it
slow_server = _serving(SERVE_SLOW, "slow_server", sample=True)  # and slow: 1.5 s a sentence


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    _needs_chromium()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def signed_in(server: Server, browser: Any) -> tuple[str, Any]:
    """Address and cookies of somebody who followed the printed link and whose page has loaded once."""
    return follow_link(server, browser)


@pytest.fixture(scope="module")
def own_signed_in(own_server: Server, browser: Any) -> tuple[str, Any]:
    """The same in a home of one's own."""
    return follow_link(own_server, browser)


@pytest.fixture(scope="module")
def slow_signed_in(slow_server: Server, browser: Any) -> tuple[str, Any]:
    """The same where answers take their time."""
    return follow_link(slow_server, browser)


def follow_link(server: Server, browser: Any) -> tuple[str, Any]:
    """Let in by the printed link: the server's address, and what a browser holds from then on."""
    context = browser.new_context()
    page = context.new_page()
    link = server.link()
    page.goto(link)
    page.wait_for_selector(".fl-head", timeout=120_000)
    state = context.storage_state()
    context.close()
    return link.split("/start")[0], state


class Windows:
    """One browser context for each server and kind of screen: what it has read once of the program it need not again.

    A visit has a tab of its own in it, whose storage nobody shares, and the cookies as they were after signing in.
    """

    def __init__(self, browser: Any) -> None:
        self._browser = browser
        self._free: dict[str, list[Any]] = {}

    @contextmanager
    def opening(self, base: str, state: Any = None) -> Iterator[Callable[..., Any]]:
        """What opens a tab at a server, with the cookies of a state or with none; all are closed at the end."""
        taken = []

        def new_page(**kind: Any) -> Any:
            kind = {"viewport": {"width": 1280, "height": 900}} | kind
            free = self._free.setdefault(repr((base, sorted(kind.items()))), [])
            context = free.pop() if free else self._browser.new_context(**kind)
            context.set_default_timeout(PATIENCE)
            taken.append((free, context))
            context.clear_cookies()
            context.add_cookies(state["cookies"] if state else [])
            return context.new_page()

        yield new_page
        for free, context in taken:
            for page in context.pages:
                page.close()
            context.set_offline(False)
            free.append(context)

    def close(self) -> None:
        for context in (one for free in self._free.values() for one in free):
            context.close()


@pytest.fixture(scope="module")
def windows(browser: Any) -> Iterator[Windows]:
    """The browser contexts of a file."""
    kept = Windows(browser)
    yield kept
    kept.close()


@pytest.fixture
def visit(windows: Windows, signed_in: tuple[str, Any]) -> Iterator[Callable[..., Visit]]:
    yield from _visiting(windows, *signed_in)


@pytest.fixture
def own_visit(windows: Windows, own_signed_in: tuple[str, Any]) -> Iterator[Callable[..., Visit]]:
    yield from _visiting(windows, *own_signed_in)


@pytest.fixture
def slow_visit(windows: Windows, slow_signed_in: tuple[str, Any]) -> Iterator[Callable[..., Visit]]:
    yield from _visiting(windows, *slow_signed_in)


def _visiting(windows: Windows, base: str, state: Any) -> Iterator[Callable[..., Visit]]:
    with windows.opening(base, state) as new_page:

        def open_page(place: str = "", **kind: Any) -> Visit:
            page = new_page(**kind)
            seen = Visit(page, base)

            def went_out(request: Any) -> None:
                if not request.url.startswith((base, "data:", "blob:")):
                    seen.outside.append(request.url)

            def asked(dialog: Any) -> None:
                seen.said.append(dialog.message)
                dialog.dismiss()

            page.on("request", went_out)
            page.on("dialog", asked)
            page.on("response", lambda r: seen.failed.append(f"{r.status} {r.url}") if r.status >= 400 else None)
            page.on("console", lambda m: seen.said.append(m.text) if m.type in ("error", "warning") else None)
            page.on("pageerror", lambda e: seen.said.append(str(e)))
            page.goto(f"{base}/app/{place}")
            page.wait_for_selector("[data-place]", state="attached", timeout=60_000)
            seen.whole()
            return seen

        yield open_page


def wide(page: Any) -> bool:
    """Whether the page has to be scrolled sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))

"""The sample team in a real chromium, as a manager uses it. Writes screenshots to artefacts/ for people to look at."""

import os
import queue
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from assistant.domain.account import AccountId
from assistant.domain.promise import Owner, PromiseState
from ui.settings import read_settings
from ui.wiring import open_house

pytestmark = pytest.mark.browser
CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
ROOT = Path(__file__).resolve().parents[3]
SHOTS = ROOT / "artefacts"
SERVE = """
import sys
from ui.settings import read_settings
from ui.web.server import serve
from ui.wiring import open_demo, openers
house = open_demo(read_settings(sys.argv[1], environment={}))
serve(openers(house), port=0, open_browser=False, demo=True)
"""
VIEWS = ("plan", "ask", "note", "profile", "timeline", "prep")


@dataclass
class Server:
    """The running sample, and the newest link it printed."""

    process: "subprocess.Popen[str]"
    home: Path
    lines: "queue.Queue[str]" = field(default_factory=queue.Queue)

    def link(self) -> str:
        """The next one-time link."""
        for line in iter(lambda: self.lines.get(timeout=120), ""):
            found = re.search(r"http://\S+/start\?key=\S+", line)
            if found:
                return found[0]
        pytest.fail(f"the server ended with {self.process.wait()} before it said where it is")


@dataclass
class Visit:
    """One browser context with everything that went wrong in it."""

    page: Any
    base: str
    outside: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def choose(self, person: str) -> None:
        self.page.click(f".fl-person[data-id={person}]")
        self.page.wait_for_selector(".fl-origin")

    def view(self, name: str) -> None:
        self.page.click(f".fl-tabs button[data-to={name}]")
        self.page.wait_for_selector(f".fl-tabs button[data-to={name}][aria-current]")

    def is_clean(self) -> None:
        """Nothing was loaded from elsewhere, nothing failed, the console is empty."""
        assert self.outside == []
        assert self.failed == []
        assert self.said == []


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    if not CHROMIUM.exists():
        if os.environ.get("FLOURISH_REQUIRE_BROWSER") == "1":
            pytest.fail(f"{CHROMIUM} is missing and FLOURISH_REQUIRE_BROWSER=1")
        pytest.skip(f"{CHROMIUM} is missing: apt-get install chromium")
    home = tmp_path_factory.mktemp("sample") / "home"
    process = subprocess.Popen(
        [sys.executable, "-u", "-c", SERVE, str(home)], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )
    running = Server(process, home)

    def listen() -> None:
        assert process.stdout is not None
        for line in process.stdout:
            running.lines.put(line)
        running.lines.put("")

    ear = threading.Thread(target=listen, daemon=True)
    ear.start()
    yield running
    process.terminate()
    process.wait(timeout=20)
    ear.join(timeout=5)
    assert process.stdout is not None
    process.stdout.close()


@pytest.fixture(scope="module")
def browser(server: Server) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def signed_in(server: Server, browser: Any) -> tuple[str, Any]:
    """Address and cookies of somebody who followed the printed link and whose page has loaded once."""
    context = browser.new_context()
    page = context.new_page()
    link = server.link()
    page.goto(link)
    page.wait_for_selector(".fl-person", timeout=120_000)
    state = context.storage_state()
    context.close()
    return link.split("/start")[0], state


@pytest.fixture
def visit(browser: Any, signed_in: tuple[str, Any]) -> Iterator[Callable[..., Visit]]:
    base, state = signed_in
    contexts = []

    def open_page(place: str = "", **kind: Any) -> Visit:
        context = browser.new_context(storage_state=state, **({"viewport": {"width": 1280, "height": 900}} | kind))
        contexts.append(context)
        page = context.new_page()
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
        page.wait_for_selector(".fl-person", state="attached", timeout=60_000)
        page.wait_for_selector(".fl-step", state="detached")
        return seen

    yield open_page
    for context in contexts:
        context.close()


def wide(page: Any) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


def test_the_session_cookie_is_kept_from_scripts_and_other_sites(signed_in: tuple[str, Any]) -> None:
    cookie = next(c for c in signed_in[1]["cookies"] if c["name"].startswith("flourish_"))
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Strict"
    assert signed_in[1]["origins"] == [], "nothing may be left in the browser's own storage"


def test_without_the_link_the_page_says_how_to_get_in(browser: Any, signed_in: tuple[str, Any]) -> None:
    context = browser.new_context()
    page = context.new_page()
    answer = page.goto(f"{signed_in[0]}/app/")
    assert answer.status == 401
    assert "Look at the terminal window" in page.inner_text("body")
    context.close()


def test_a_manager_preps_and_opens_the_note_behind_a_question(visit: Callable[..., Visit]) -> None:
    seen = visit()
    page = seen.page
    seen.choose("d01")
    assert "Tom Brandvold" in page.inner_text(".fl-scope")
    assert "15 June 2026" in page.inner_text(".fl-scope")
    assert page.locator(".fl-question").count() == 3
    citation = page.locator(".fl-cite").first
    assert not citation.locator("mark").is_visible()
    citation.locator("summary").click()
    marked = citation.locator("mark").first.inner_text()
    assert citation.locator("mark").first.is_visible()
    assert marked in citation.locator("blockquote").inner_text()
    assert re.search(r"\d{4} · .+", citation.locator("figcaption").inner_text())
    page.screenshot(path=SHOTS / "desktop.png")
    page.screenshot(path=SHOTS / "desktop-whole.png", full_page=True)
    seen.is_clean()


def test_a_manager_asks_the_notes(visit: Callable[..., Visit]) -> None:
    seen = visit("?a=dm1&p=d01&v=ask")
    seen.page.fill("#fl-question textarea", "What does he say about teaching the young ones?")
    seen.page.press("#fl-question textarea", "Enter")
    seen.page.wait_for_selector(".fl-answer .fl-origin")
    assert "You asked about Tom Brandvold" in seen.page.inner_text(".fl-answer")
    assert seen.page.locator(".fl-answer .fl-cite").count() >= 1
    assert seen.page.input_value("#fl-question textarea") == ""
    seen.page.screenshot(path=SHOTS / "ask.png")
    seen.is_clean()


def test_a_manager_adds_a_note_sees_it_and_takes_it_back(visit: Callable[..., Visit]) -> None:
    seen = visit("?a=dm1&p=d01&v=note")
    page = seen.page
    hostile = '<img src=x onerror="window.caught=1"> ${window.caught=1} <script>window.caught=1</script> was seen.'
    page.fill("#fl-note-text textarea", hostile)
    page.click("#fl-save")
    page.wait_for_selector(".fl-notice")
    assert "Noted for Tom Brandvold" in page.inner_text(".fl-notice")
    assert hostile in page.inner_text("#fl-out")
    assert page.input_value("#fl-note-text textarea") == ""
    page.screenshot(path=SHOTS / "note.png")
    page.click(".fl-notice button")
    page.wait_for_selector("text=Taken back")
    assert hostile not in page.inner_text("#fl-out")
    assert page.evaluate("window.caught") is None
    seen.is_clean()


def test_a_note_from_tomorrow_is_refused_and_stays_in_the_editor(visit: Callable[..., Visit]) -> None:
    seen = visit("?a=dm1&p=d01&v=note")
    seen.page.fill("#fl-note-text textarea", "It has not happened yet.")
    seen.page.fill("#fl-day input, #fl-day textarea", "2026-06-16")
    seen.page.click("#fl-save")
    seen.page.wait_for_selector(".fl-trouble")
    assert seen.page.input_value("#fl-note-text textarea") == "It has not happened yet."
    seen.is_clean()


def test_a_manager_drafts_a_plan_and_finds_it_again(visit: Callable[..., Visit]) -> None:
    seen = visit("?a=dm1&p=d01&v=plan")
    seen.page.click("[data-do=draft]")
    seen.page.wait_for_selector(".fl-thread")
    assert seen.page.locator(".fl-link").count() >= 4
    seen.page.screenshot(path=SHOTS / "plan.png", full_page=True)
    seen.page.reload()
    seen.page.wait_for_selector(".fl-thread")
    assert "version 1" in seen.page.inner_text("#fl-out")
    seen.is_clean()


def test_a_manager_ticks_a_promise_off_and_undoes_it(visit: Callable[..., Visit], server: Server) -> None:
    what = "Bring the summer rota"
    beside = open_house(read_settings(str(server.home), environment={})).desk(AccountId("dm1"))
    promised = beside.person("d02").add_promise(what, owner=Owner.ME)
    seen = visit("?a=dm1")
    page = seen.page
    assert "you owe" in page.inner_text(".fl-person[data-id=d02]")
    seen.choose("d02")
    before = page.locator("[data-do=promise][data-to=done]").count()
    page.get_by_label(f"Tick off: {what}").click()
    page.wait_for_selector(".fl-notice")
    assert what in page.inner_text(".fl-notice")
    page.wait_for_selector(".fl-origin")
    assert page.locator("[data-do=promise][data-to=done]").count() == before - 1
    page.click(".fl-notice button")
    page.wait_for_selector("text=Open again")
    page.wait_for_selector(".fl-origin")
    assert page.locator("[data-do=promise][data-to=done]").count() == before
    beside.settle_promise(promised.id, PromiseState.DROPPED)
    seen.is_clean()


def test_the_person_and_the_day_stay_in_view_however_far_one_reads(visit: Callable[..., Visit]) -> None:
    seen = visit("?a=dm1&p=d01")
    seen.page.mouse.wheel(0, 900)
    seen.page.wait_for_timeout(300)
    box = seen.page.locator(".fl-who").bounding_box()
    assert 0 <= box["y"] < 120
    seen.page.screenshot(path=SHOTS / "scrolled.png")


def test_evidence_is_confirmed_on_the_profile(visit: Callable[..., Visit]) -> None:
    seen = visit("?a=dm1&p=d01&v=profile")
    page = seen.page
    page.locator("[data-do=evidence][data-to=confirmed]").first.click()
    page.wait_for_selector(".fl-judged")
    page.screenshot(path=SHOTS / "profile.png", full_page=True)
    page.click(".fl-notice button")
    page.wait_for_selector(".fl-judged", state="detached")
    seen.is_clean()


def test_another_manager_sees_other_people_and_nothing_of_the_first(visit: Callable[..., Visit]) -> None:
    seen = visit("?a=dm1&p=d01")
    page = seen.page
    page.click("#fl-account input")
    page.get_by_role("option", name="Glenn Pruitt").click()
    page.wait_for_selector(".fl-welcome")
    assert "Tom Brandvold" not in page.inner_text("body")
    assert page.locator(".fl-person").count() == 5
    assert "p=d01" not in page.url
    seen.is_clean()


def test_a_phone_shows_one_thing_at_a_time_and_never_scrolls_sideways(visit: Callable[..., Visit]) -> None:
    phone = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
    seen = visit("?a=dm1", **phone)
    page = seen.page
    assert not wide(page)
    seen.choose("d01")
    assert not page.locator(".fl-person").first.is_visible()
    page.screenshot(path=SHOTS / "phone.png")
    for view in VIEWS:
        seen.view(view)
        page.wait_for_selector(".fl-step", state="detached")
        assert not wide(page), view
    for citation in page.locator(".fl-cite summary").all()[:6]:
        citation.click()
    assert not wide(page)
    page.screenshot(path=SHOTS / "phone-whole.png", full_page=True)
    page.click(".fl-back")
    page.wait_for_selector(".fl-welcome")
    assert page.locator(".fl-person").first.is_visible()
    seen.is_clean()


def test_the_dark_page_is_dark_and_its_words_stand_out(visit: Callable[..., Visit]) -> None:
    seen = visit("?a=dm1", color_scheme="dark")
    seen.choose("d01")
    seen.page.screenshot(path=SHOTS / "dark.png")
    for where in (".fl-card .fl-text", ".fl-card .fl-meta", ".fl-cite summary", ".fl-tick"):
        assert contrast(seen.page, where) >= 4.5, where
    seen.is_clean()


def test_the_light_page_has_enough_contrast(visit: Callable[..., Visit]) -> None:
    seen = visit("?a=dm1&p=d01")
    for where in (".fl-card .fl-text", ".fl-card .fl-meta", ".fl-cite summary", ".fl-tick", ".fl-banner", ".fl-role"):
        assert contrast(seen.page, where) >= 4.5, where


def contrast(page: Any, where: str) -> float:
    """WCAG contrast of an element's words to what lies behind them."""
    return float(
        page.evaluate(
            """where => {
            const light = c => { const [r, g, b] = c.match(/[\\d.]+/g).map(Number).map(v => v / 255)
                .map(v => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
                return .2126 * r + .7152 * g + .0722 * b; };
            const one = document.querySelector(where); let at = one, back = 'rgba(0, 0, 0, 0)';
            while (at && /(, 0\\)|transparent)$/.test(back)) { back = getComputedStyle(at).backgroundColor;
                at = at.parentElement; }
            const pair = [light(getComputedStyle(one).color), light(back)].sort((a, b) => b - a);
            return (pair[0] + .05) / (pair[1] + .05); }""",
            where,
        )
    )


def test_everything_can_be_reached_and_named_without_a_mouse(visit: Callable[..., Visit]) -> None:
    seen = visit("?a=dm1")
    page = seen.page
    page.locator(".fl-person[data-id=d01]").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".fl-origin")
    page.locator(".fl-cite summary").first.focus()
    page.keyboard.press("Enter")
    assert page.locator(".fl-cite mark").first.is_visible()
    for view in VIEWS:
        seen.view(view)
        tree = page.locator("body").aria_snapshot()
        assert not re.search(r"- (button|textbox|combobox|checkbox|link)(:| *$)", tree, re.MULTILINE), view
    seen.is_clean()


def test_the_page_carries_no_trace_of_the_framework_s_own_advertising(visit: Callable[..., Visit]) -> None:
    seen = visit()
    assert "gradio" not in seen.page.inner_text("body").lower()
    assert seen.page.title() == "Flourish"

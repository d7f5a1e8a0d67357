"""The pictures of README and docs, taken anew from the sample team: `make screenshots`. Look at each afterwards."""

import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.ui.web.browsing import CHROMIUM, FLAGS, ROOT, SERVE, SERVE_OWN, follow_link, running
from tests.ui.web.stable import Stable
from ui.settings import read_settings
from ui.wiring import open_demo

FOLDER = ROOT / "docs" / "screenshots"
DESK = {"viewport": {"width": 1280, "height": 800}}
DARK = {**DESK, "color_scheme": "dark"}
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 1.5, "is_mobile": True, "has_touch": True}
NIGHT = {**PHONE, "color_scheme": "dark"}
TOLD = (
    "Showed me the seal he turned for the Ostby pump and lit up. He promised to film the packing by the end of June, I "
    "promised to ask Glenn for two hours on Fridays. Gail rang: the one page for the clerks saves her the morning."
)
JOURNAL = """Tuesday, 5 May 2026

Ana Ruiz: "I love the till at five, when the whole street comes in," she said. I promised her the summer rota by Friday.

Tom: He mended the label printer for the bakery, and they told the owner so.

Thursday, 7 May 2026

Ana Ruiz: The baker called: since Ana checks the boxes nothing has come back broken.
"""
Steps = Callable[[Any], None]


def _stay(page: Any) -> None:
    """Nothing has to be pressed."""


def _chat(page: Any) -> None:
    page.fill(".fl-composer textarea", "What does he say about teaching the young ones?")
    page.press(".fl-composer textarea", "Enter")
    page.wait_for_selector(".fl-turn .fl-cite")
    _whole(page)
    page.locator(".fl-turn .fl-cite summary").first.click()
    page.locator(".fl-turn").first.scroll_into_view_if_needed()


def _plan(page: Any) -> None:
    if page.locator("[data-do=draft].fl-main-act").count():
        page.click("[data-do=draft]")
        page.wait_for_selector(".fl-thread")
        page.reload()


def _debrief(page: Any) -> None:
    page.fill("form[data-do=debrief] textarea", TOLD)
    page.click("form[data-do=debrief] >> text=Keep it and see")
    page.wait_for_selector("#fl-proposal")


def _shared(page: Any) -> None:
    """What a coach sees once a manager has shared a question."""
    page.locator(".fl-question").nth(1).get_by_text("Share with a coach").click()
    page.wait_for_selector(".fl-front")
    page.click("text=Hand it over")
    page.wait_for_selector(".fl-notice >> text=Handed over")
    _whole(page)
    coach = page.locator(".fl-desk option", has_text="Noor").get_attribute("value")
    page.goto(page.url.split("?")[0] + str(coach))
    page.wait_for_selector(".fl-review")


def _first(page: Any) -> None:
    page.fill("[name=name]", "Wade Ohlin")
    page.click("text=That is me")
    page.wait_for_selector(".fl-notice")
    _whole(page)
    page.fill("[name=people]", "Ana Ruiz, market stall\nTom Brandt, repairs")
    page.click("text=Add them")
    page.wait_for_selector("#fl-first-people ~ .fl-hint >> text=Tom Brandt")
    page.reload()
    page.wait_for_selector("[name=people]")


def _bring(page: Any) -> None:
    page.fill("[data-paste] textarea", JOURNAL)
    page.click("text=Read what I pasted")
    page.wait_for_function("location.search.includes('i=tray')")


@dataclass(frozen=True)
class Shot:
    """One picture: where, on what, and what is done first."""

    name: str
    place: str
    kind: Mapping[str, Any] = field(default_factory=lambda: DESK)
    steps: Steps = _stay
    whole: bool = False


SAMPLE = (
    Shot("today", "?a=dm1"),
    Shot("desktop", "?a=dm1&p=d01"),
    Shot("dark", "?a=dm1&p=d01", DARK),
    Shot("phone", "?a=dm1&p=d01", PHONE),
    Shot("phone-card", "?a=dm1&p=d01&i=card", PHONE),
    Shot("people", "?a=dm1&g=people"),
    Shot("profile", "?a=dm1&p=d01&v=profile"),
    Shot("team", "?a=dm1&g=team"),
    Shot("chat", "?a=dm1&g=chat&p=d01", DESK, _chat),
    Shot("phone-dark", "?a=dm1&g=chat&p=d01", NIGHT, _chat),
    Shot("plan", "?a=dm1&p=d01&v=plan", DESK, _plan),
    Shot("debrief", "?a=dm1&g=write&p=d01&i=debrief", DESK, _debrief),
    Shot("coach", "?a=dm1&p=d03", DESK, _shared),
)
OWN = (
    Shot("first", "?a=me", DESK, _first, whole=True),
    Shot("bring", "?a=me&g=write&i=bring", DESK, _bring, whole=True),
)


def main(only: list[str]) -> None:
    """Take every picture, or those that are named."""
    from playwright.sync_api import sync_playwright

    FOLDER.mkdir(exist_ok=True)
    stable = Stable()
    try:
        with tempfile.TemporaryDirectory() as made, sync_playwright() as play:
            browser = play.chromium.launch(executable_path=str(CHROMIUM), args=FLAGS)
            sample, own = Path(made) / "sample", Path(made) / "own"
            open_demo(read_settings(str(sample), environment={})).records.close()
            own.mkdir(mode=0o700)
            shutil.copytree(sample / "library", own / "library")
            for script, home, shots in ((SERVE, sample, SAMPLE), (SERVE_OWN, own, OWN)):
                wanted = [shot for shot in shots if not only or shot.name in only]
                if wanted:
                    with running(stable, script, home) as server:
                        base, state = follow_link(server, browser)
                        for shot in wanted:
                            _take(browser, base, state, shot)
            browser.close()
    finally:
        stable.close()


def _take(browser: Any, base: str, state: Any, shot: Shot) -> None:
    context = browser.new_context(storage_state=state, reduced_motion="reduce", **shot.kind)
    page = context.new_page()
    page.goto(f"{base}/app/{shot.place}")
    _whole(page)
    shot.steps(page)
    _whole(page)
    page.evaluate("document.fonts.ready")
    page.evaluate("document.activeElement?.blur()")
    page.screenshot(path=FOLDER / f"{shot.name}.png", full_page=shot.whole)
    context.close()
    print(shot.name)


def _whole(page: Any) -> None:
    page.wait_for_selector("[data-place]", state="attached", timeout=60_000)
    page.wait_for_function("!document.querySelector('.fl-step, .fl-bone, .fl-waiting')")


if __name__ == "__main__":
    main(sys.argv[1:])

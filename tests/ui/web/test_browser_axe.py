"""WCAG 2.2 AA by axe-core on every page, light and dark: nothing serious."""

from collections.abc import Callable

import pytest

from tests.ui.web.browsing import PHONE, Visit

pytestmark = pytest.mark.browser
PLACES = ("?a=dm1", "?a=dm1&g=people", "?a=dm1&g=chat&p=d01", "?a=dm1&g=write", "?a=dm1&g=plans", "?a=dm1&g=team",
          "?a=dm1&g=library", "?a=dm1&g=settings", *(f"?a=dm1&p=d01&v={v}" for v in
          ("prep", "profile", "notes", "promises", "asked", "plan", "about", "prep&i=card")))  # fmt: skip
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def faults_of(seen: Visit, place: str) -> list[tuple[str, str, str]]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(seen.page, options={"runOnly": RULES})
    return [
        (place, fault["id"], fault["nodes"][0]["html"][:120])
        for fault in found.response["violations"]
        if fault["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("how", ["light", "dark", "phone"])
def test_no_page_has_a_serious_fault_of_accessibility(visit: Callable[..., Visit], how: str) -> None:
    kind = {"light": {}, "dark": {"color_scheme": "dark"}, "phone": PHONE}[how]
    seen = visit(PLACES[0], **kind)
    faults = []
    for place in PLACES:
        seen.page.goto(f"{seen.base}/app/{place}")
        seen.page.wait_for_selector("[data-place]", state="attached")
        seen.whole()
        faults += faults_of(seen, place)
    assert faults == []
    assert seen.outside == []


@pytest.mark.parametrize("how", ["light", "dark", "phone"])
def test_the_first_run_and_files_looked_through_have_no_serious_fault_either(
    own_visit: Callable[..., Visit], how: str
) -> None:
    kind = {"light": {}, "dark": {"color_scheme": "dark"}, "phone": PHONE}[how]
    seen = own_visit("?a=me", **kind)
    faults = faults_of(seen, "first run")
    seen.page.goto(f"{seen.base}/app/?a=me&g=write&i=bring")
    seen.page.wait_for_selector("[data-paste]")
    faults += faults_of(seen, "bring")
    seen.page.fill("[data-paste] textarea", "12 May 2026\nLena Holm: mended the till.\nLena: sang.\n")
    seen.page.click("text=Look through it")
    seen.page.wait_for_function("location.search.includes('i=tray')")
    seen.whole()
    faults += faults_of(seen, "looked through")
    assert faults == []

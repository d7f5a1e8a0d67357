"""WCAG 2.2 AA by axe-core on every page, light and dark, desk and phone, folds opened: nothing serious."""

from collections.abc import Callable

import pytest

from tests.ui.web.browsing import PHONE, Visit

pytestmark = pytest.mark.browser
PLACES = (
    *(f"?a=dm1&g={page}" for page in ("today", "people", "people&i=owed", "chat", "chat&p=d01", "write",
                                      "write&i=debrief", "plans", "team", "library", "settings")),
    *(f"?a=dm1&p=d01&v={view}" for view in ("prep", "profile", "notes", "promises", "asked", "plan", "about",
                                            "prep&i=card", "about&i=forget", "about&i=merge-d02")),
)  # fmt: skip
KINDS = {"light": {}, "dark": {"color_scheme": "dark"}, "phone": PHONE, "phone-dark": {**PHONE, "color_scheme": "dark"}}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def faults_of(seen: Visit, place: str) -> list[tuple[str, str, str]]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(seen.page, options={"runOnly": RULES})
    return [
        (place, fault["id"], fault["nodes"][0]["html"][:120])
        for fault in found.response["violations"]
        if fault["impact"] in ("serious", "critical")
    ]


@pytest.mark.parametrize("how", KINDS)
def test_no_page_has_a_serious_fault_of_accessibility(visit: Callable[..., Visit], how: str) -> None:
    seen = visit(PLACES[0], **KINDS[how])
    page, faults = seen.page, []
    for place in PLACES:
        page.goto(f"{seen.base}/app/{place}")
        page.wait_for_selector("[data-place]", state="attached")
        seen.whole()
        if place.endswith("v=plan") and page.locator("[data-do=draft]").count():
            page.locator("[data-do=draft]").first.click()
            page.wait_for_selector(".fl-thread")
        if place.endswith("chat&p=d01"):
            page.click("text=Prepare the one-on-one")
            page.wait_for_selector(".fl-turn .fl-question")
        seen.whole()
        page.evaluate("document.querySelectorAll('#fl-out details').forEach(one => { one.open = true; })")
        faults += faults_of(seen, place)
    assert faults == []
    assert seen.outside == []


@pytest.mark.parametrize("how", KINDS)
def test_the_first_run_and_files_looked_through_have_no_serious_fault_either(
    own_visit: Callable[..., Visit], how: str
) -> None:
    seen = own_visit("?a=me", **KINDS[how])
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

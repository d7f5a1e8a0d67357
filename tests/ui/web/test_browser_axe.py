"""WCAG 2.2 AA by axe-core on every page, light and dark, desk and phone, folds opened: nothing serious."""

from collections.abc import Callable

import pytest

from tests.ui.web.axe import KINDS, serious
from tests.ui.web.browsing import Visit

pytestmark = pytest.mark.browser
PLACES = (
    *(f"?a=dm1&g={page}" for page in ("today", "people", "people&i=owed", "chat", "chat&p=d01",
                                      "chat&p=d02&v=plan", "write",
                                      "write&i=debrief", "plans", "team", "library", "settings")),
    *(f"?a=dm1&p=d01&v={view}" for view in ("prep", "profile", "notes", "promises", "asked", "plan", "about",
                                            "prep&i=card", "about&i=forget", "about&i=merge-d02")),
)  # fmt: skip


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
        faults += [(place, *fault) for fault in serious(page)]
    assert faults == []
    assert seen.outside == []


@pytest.mark.parametrize("how", KINDS)
def test_the_first_run_and_files_looked_through_have_no_serious_fault_either(
    own_visit: Callable[..., Visit], how: str
) -> None:
    seen = own_visit("?a=me", **KINDS[how])
    faults = serious(seen.page)
    seen.page.goto(f"{seen.base}/app/?a=me&g=write&i=bring")
    seen.page.wait_for_selector("[data-paste]")
    faults += serious(seen.page)
    seen.page.fill("[data-paste] textarea", "12 May 2026\nLena Holm: mended the till.\nLena: sang.\n")
    seen.page.click("text=Read what I pasted")
    seen.page.wait_for_function("location.search.includes('i=tray')")
    seen.whole()
    faults += serious(seen.page)
    assert faults == []

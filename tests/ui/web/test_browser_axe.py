"""WCAG 2.2 AA by axe-core on every page, light and dark: nothing serious."""

from collections.abc import Callable

import pytest

from tests.ui.web.browsing import PHONE, Visit

pytestmark = pytest.mark.browser
PLACES = ("?a=dm1", "?a=dm1&g=people", "?a=dm1&g=chat&p=d01", "?a=dm1&g=write", "?a=dm1&g=plans", "?a=dm1&g=team",
          "?a=dm1&g=library", "?a=dm1&g=settings", *(f"?a=dm1&p=d01&v={v}" for v in
          ("prep", "profile", "notes", "promises", "asked", "plan")))  # fmt: skip
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


@pytest.mark.parametrize("how", ["light", "dark", "phone"])
def test_no_page_has_a_serious_fault_of_accessibility(visit: Callable[..., Visit], how: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    kind = {"light": {}, "dark": {"color_scheme": "dark"}, "phone": PHONE}[how]
    seen = visit(PLACES[0], **kind)
    faults = []
    for place in PLACES:
        seen.page.goto(f"{seen.base}/app/{place}")
        seen.page.wait_for_selector("[data-place]", state="attached")
        seen.whole()
        found = Axe().run(seen.page, options={"runOnly": RULES})
        faults += [
            (place, fault["id"], fault["nodes"][0]["html"][:120])
            for fault in found.response["violations"]
            if fault["impact"] in ("serious", "critical")
        ]
    assert faults == []
    assert seen.outside == []

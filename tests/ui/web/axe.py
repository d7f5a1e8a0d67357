"""What axe-core finds against WCAG 2.2 AA and good practice, in light and in dark without loading again."""

from typing import Any

from tests.ui.web.browsing import PHONE

KINDS: dict[str, dict[str, Any]] = {"desk": {}, "phone": PHONE}
_BAD = frozenset({"serious", "critical"})
_DARK = "dark => document.body?.classList.toggle('dark', dark)"  # as the page does where a system is set to dark


def serious(page: Any) -> list[tuple[str, str, str]]:
    """What is serious or worse: light or dark, the rule, and where. The page is left in light."""
    from axe_playwright_python.sync_playwright import Axe

    found = []
    for scheme in ("dark", "light"):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.evaluate(_DARK, scheme == "dark")
        violations = Axe().run(page).response["violations"]
        found += [(scheme, v["id"], v["nodes"][0]["html"][:120]) for v in violations if v["impact"] in _BAD]
    return found

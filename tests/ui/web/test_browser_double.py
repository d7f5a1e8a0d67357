"""A double click on every kind of button of every page: each does its work once, and nothing goes wrong."""

from collections.abc import Callable

import pytest

from tests.ui.web.browsing import Visit
from ui.web.place import PAGES, VIEWS

pytestmark = pytest.mark.browser
ELSEWHERE = {"person"}
PLACES = [*(f"g={page}" for page in PAGES if page not in ELSEWHERE), *(f"p=d01&v={view}" for view in VIEWS)]
BUTTONS = "#fl-out button[data-do]:visible, #fl-out form[data-do] button[type=submit]:visible, #fl-scope button:visible"
FAULT = "Something in Flourish itself went wrong"
LEFT = ("AbortError: signal is aborted", "Connection errored out")  # a page was left while its second press ran


def kind_of(seen: Visit, number: int) -> str:
    """What a button does, whichever row it stands in."""
    says = "one => [one.dataset.do ?? one.form.dataset.do, (one.dataset.to ?? '').slice(0, 12)].join(' ')"
    return str(seen.page.locator(BUTTONS).nth(number).evaluate(says))


def test_a_double_click_on_anything_does_no_harm(visit: Callable[..., Visit]) -> None:
    seen = visit("?a=dm1")
    page, pressed, wrong = seen.page, set[str](), list[str]()
    for place in PLACES:
        while True:
            page.goto(f"{seen.base}/app/?a=dm1&{place}")
            page.wait_for_selector("[data-place]", state="attached")
            seen.whole()
            kinds = [kind_of(seen, number) for number in range(min(page.locator(BUTTONS).count(), 40))]
            number = next((n for n, kind in enumerate(kinds) if f"{place} {kind}" not in pressed), None)
            if number is None:
                break
            pressed.add(f"{place} {kinds[number]}")
            page.locator(BUTTONS).nth(number).dblclick()
            seen.whole()
            if FAULT in page.inner_text("body") or page.locator("h1").count() != 1:
                wrong.append(f"{place} {kinds[number]}")
    assert wrong == []
    assert len(pressed) > 20, pressed
    seen.said = [line for line in seen.said if not any(noise in line for noise in LEFT)]
    seen.is_clean()

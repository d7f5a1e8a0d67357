"""The first five minutes in a real chromium: an empty home, three questions, a brief; then people and one-on-ones."""

from collections.abc import Callable

import pytest

from tests.ui.web.browsing import PHONE, SHOTS, Server, Visit, wide
from ui.settings import read_settings
from ui.wiring import open_house

pytestmark = pytest.mark.browser
Visits = Callable[..., Visit]
NOTE = (
    'Ana said: "I love the till at five, when the whole street comes in." I promised her the summer rota by Friday. '
    "The baker called: since Ana checks the boxes, nothing has come back broken."
)


def test_an_empty_home_comes_to_a_brief_and_then_to_a_planned_talk(own_visit: Visits, own_server: Server) -> None:
    seen = own_visit("?a=me", color_scheme="dark")
    page = seen.page
    assert "Who can read what" in page.inner_text("#fl-out")
    page.screenshot(path=SHOTS / "first-dark.png", full_page=True)
    page.fill("[name=name]", "Wade Ohlin")
    page.click("text=That is me")
    page.wait_for_selector(".fl-notice >> text=Welcome, Wade Ohlin")
    seen.whole()
    assert "Wade Ohlin" in page.inner_text(".fl-foot")
    page.fill("[name=people]", "Ana Ruiz, market stall\nTom Brandt")
    page.locator("text=Add them").dblclick()
    page.wait_for_selector("#fl-first-people ~ .fl-hint >> text=Tom Brandt")
    seen.whole()
    assert page.input_value("[name=people]") == ""
    page.screenshot(path=SHOTS / "first.png", full_page=True)
    page.fill("[name=text]", NOTE)
    wide_window = page.viewport_size
    page.set_viewport_size(PHONE["viewport"])
    page.click("text=Keep it and show the brief")
    page.wait_for_selector(".fl-scope >> text=Ana Ruiz")
    page.wait_for_selector(".fl-question .fl-cite")
    seen.whole()
    assert page.evaluate("scrollY") < 100, "a brief that a deed leads to begins at its beginning"
    page.screenshot(path=SHOTS / "phone-first-brief.png")
    page.set_viewport_size(wide_window)
    assert "I love the till at five" in page.inner_text(".fl-question"), "her own words are where a first talk begins"
    assert "summer rota" in page.inner_text("section[aria-labelledby=fl-promises]")
    assert page.locator("section[aria-labelledby=fl-promises] .fl-cite").count() == 1, "with the note it comes from"
    page.screenshot(path=SHOTS / "first-brief.png", full_page=True)
    seen.view("about")
    page.fill("[name=day]", "2026-06-18")
    page.click("text=Plan it")
    page.wait_for_selector(".fl-notice >> text=Planned for Thu 18 June")
    seen.whole()
    page.fill("[name=role]", "Stall lead")
    page.select_option("[name=cadence]", "14")
    page.click("#fl-out >> text=Save")
    page.wait_for_selector(".fl-role >> text=Stall lead")
    seen.whole()
    page.screenshot(path=SHOTS / "details.png", full_page=True)
    beside = open_house(read_settings(str(own_server.home), environment={"FLOURISH_TODAY": "2026-06-15"}))
    ana = beside.desk(beside.account()).person("Ana Ruiz")
    assert (ana.person.role, ana.person.cadence_days) == ("Stall lead", 14)
    page.click(".fl-notice button")
    page.wait_for_selector("text=as they were before")
    seen.whole()
    assert page.input_value("[name=role]") == "market stall"
    seen.go("today")
    assert "next Thu 18 June" in page.inner_text("section[aria-labelledby=fl-talks]")
    seen.is_clean()


def test_somebody_is_added_on_a_phone_and_what_was_typed_survives_a_look_elsewhere(own_visit: Visits) -> None:
    seen = own_visit("?a=me&g=people", **PHONE)
    page = seen.page
    page.click("text=Add somebody")
    page.fill(".fl-add-person [name=name]", "Lena Holm")
    assert not wide(page)
    seen.go("chat")
    seen.go("people")
    page.click("text=Add somebody")
    assert page.input_value(".fl-add-person [name=name]") == "Lena Holm"
    page.screenshot(path=SHOTS / "phone-add.png", full_page=True)
    page.click(".fl-add-person >> text=Add >> nth=-1")
    page.wait_for_selector(".fl-scope >> text=Lena Holm")
    seen.whole()
    seen.view("about")
    assert not wide(page)
    page.screenshot(path=SHOTS / "phone-details.png", full_page=True)
    seen.is_clean()

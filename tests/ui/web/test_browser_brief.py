"""A brief in a real chromium: a question swapped, the whole on one sheet of paper, the card on one phone screen."""

from collections.abc import Callable
from io import BytesIO

import pytest

from assistant.domain.account import AccountId
from assistant.domain.person import Person, PersonId
from tests.ui.web.browsing import PHONE, SHOTS, Server, Visit, wide
from ui.settings import read_settings
from ui.wiring import open_house

pytestmark = pytest.mark.browser
Visits = Callable[..., Visit]
ASKED = ".fl-question .fl-ask"
WIDE = {"color_scheme": "dark"}


def test_a_question_is_swapped_for_another_and_the_first_set_comes_back(visit: Visits) -> None:
    seen = visit("?a=dm1&p=d01")
    page = seen.page
    before = page.locator(ASKED).all_inner_texts()
    page.locator(".fl-question >> text=Another one").nth(1).click()
    page.wait_for_function("location.search.includes('without')")
    seen.whole()
    after = page.locator(ASKED).all_inner_texts()
    assert len(after) == len(before) == 3
    assert before[1] not in after
    assert len({*page.locator(".fl-question > .fl-meta > span:last-child").all_inner_texts()}) == 3, "three pillars"
    page.reload()
    page.wait_for_selector(".fl-question")
    seen.whole()
    assert page.locator(ASKED).all_inner_texts() == after
    page.go_back()
    page.wait_for_function("!location.search.includes('without')")
    seen.whole()
    assert page.locator(ASKED).all_inner_texts() == before
    seen.is_clean()


def test_a_question_is_said_to_be_no_help_in_one_click_seen_where_one_looks_and_taken_back(visit: Visits) -> None:
    seen = visit("?a=dm1&p=d01")
    page = seen.page
    before = page.locator(ASKED).all_inner_texts()
    page.locator("button[data-do=unhelpful]").nth(1).click()
    page.wait_for_selector("form[data-do=instead]")
    seen.whole()
    assert before[1] not in page.locator(ASKED).all_inner_texts()
    notice = page.locator(".fl-notice").bounding_box()
    assert 0 <= notice["y"] < 500, "in view, however far down the page one is"
    page.fill("form[data-do=instead] textarea", "Ask what the farm would miss.")
    page.click("text=Keep this")
    page.wait_for_selector("text=A coach reads it only if you share it")
    page.locator(".fl-notice button[data-do=unrate]").click()
    page.wait_for_selector("text=It may be suggested again")
    seen.whole()
    assert page.locator(ASKED).all_inner_texts() == before
    seen.is_clean()


def test_every_brief_of_the_sample_fits_one_sheet_of_paper(visit: Visits, server: Server) -> None:
    from pypdf import PdfReader

    people = open_house(read_settings(str(server.home), environment={})).desk(AccountId("dm1")).people()
    seen = visit("?a=dm1", color_scheme="dark")
    for row in people:
        seen.page.goto(f"{seen.base}/app/?a=dm1&p={row.person.id}")
        seen.page.wait_for_selector(".fl-question")
        seen.whole()
        sheet = seen.page.pdf(prefer_css_page_size=True, print_background=True)
        (SHOTS / f"brief-{row.person.id}.pdf").write_bytes(sheet)
        pages = PdfReader(BytesIO(sheet)).pages
        words = " ".join(pages[0].extract_text().split())
        assert row.person.name in words
        assert "15 June 2026" in words
        assert "questions worth asking" in words
        assert len(pages) == 1, row.person.name


def test_the_card_fits_one_phone_screen_and_is_copied_as_text(visit: Visits) -> None:
    seen = visit("?a=dm1&p=d01", **PHONE, permissions=["clipboard-read", "clipboard-write"])
    page = seen.page
    page.click("text=Phone card")
    page.wait_for_selector(".fl-phone-card")
    seen.whole()
    box = page.locator(".fl-phone-card").bounding_box()
    assert box["y"] + box["height"] < page.locator(".fl-nav").bounding_box()["y"], "all of it without scrolling"
    assert not wide(page)
    page.screenshot(path=SHOTS / "phone-card.png")
    page.click("text=Copy as text")
    page.wait_for_selector("text=Copied.")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "Tom Brandvold" in copied
    assert "Tom owes" in copied
    assert copied.count("?") >= 3
    page.click('#fl-out a:has-text("Whole brief")')
    page.wait_for_selector(".fl-question")
    seen.is_clean()


def test_after_an_edit_the_word_about_it_covers_no_heading_and_there_is_one_undo(visit: Visits) -> None:
    seen = visit("?a=dm1&p=d02&v=plan")
    page = seen.page
    page.click("[data-do=draft].fl-main-act")
    page.wait_for_selector(".fl-thread")
    seen.whole()
    page.reload()
    page.wait_for_selector(".fl-thread")
    page.locator(".fl-link .fl-edit summary").first.click()
    page.locator(".fl-link .fl-edit textarea").first.fill("He loves the long bench.")
    page.evaluate("window.scrollBy(0, 90)")
    page.locator(".fl-link .fl-edit button[type=submit]").first.click()
    page.wait_for_selector(".fl-notice >> text=Your words stand in version 2")
    seen.whole()
    page.wait_for_timeout(200)
    said, head = page.locator(".fl-notice").bounding_box(), page.locator(".fl-headline").bounding_box()
    assert head["y"] >= said["y"] + said["height"]
    assert [b.inner_text() for b in page.locator("[data-do=plan_undo]:visible").all()] == ["Undo"]
    page.screenshot(path=SHOTS / "plan-edited.png")
    seen.is_clean()


def test_on_a_phone_the_row_of_tabs_shows_that_it_goes_on_and_where_one_is(visit: Visits) -> None:
    seen = visit("?a=dm1&p=d01", **{**PHONE, "viewport": {"width": 360, "height": 740}})
    page = seen.page
    row = page.locator(".fl-tabs")
    assert row.evaluate("e => e.scrollWidth > e.clientWidth"), "seven names are more than fit"
    assert row.get_attribute("data-after") is not None
    assert row.get_attribute("data-before") is None
    seen.view("about")
    box = page.locator(".fl-tabs [aria-current]").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 360
    page.wait_for_selector(".fl-tabs[data-before]:not([data-after])")
    assert not wide(page)
    seen.is_clean()


def test_a_passage_that_goes_over_line_ends_opens_marked_word_for_word(visit: Visits, server: Server) -> None:
    words = "I love sorting out\na messy invoice, I lose\ntrack of time."
    desk = open_house(read_settings(str(server.home), environment={})).desk(AccountId("dm2"))
    who = desk.add_person(Person(desk.account, PersonId("wrapped"), "Dana Reyes"))
    desk.person(who.id).add_note(f'Met Dana at the counter. She said: "{words}" It was late.')
    desk.person(who.id).draft_plan()
    for kind in (WIDE, PHONE):
        page = visit("?a=dm2&p=wrapped&v=plan", **kind).page
        chip = page.locator("[data-link=passion] .fl-cite").first
        chip.locator("summary").click()
        mark = chip.locator("mark")
        assert mark.text_content() == words
        assert mark.is_visible()
        lines = mark.evaluate("(it) => new Set([...it.getClientRects()].map((box) => Math.round(box.top))).size")
        assert lines >= 3
        page.screenshot(path=SHOTS / f"wrapped-{'phone' if kind is PHONE else 'wide'}.png")

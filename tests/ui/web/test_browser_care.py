"""What a finished product owes its user in a real chromium: words kept, hostile ones harmless, all in reach."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.ui.web.browsing import PHONE, SHOTS, Visit
from ui.web.place import VIEWS

pytestmark = pytest.mark.browser
Visits = Callable[..., Visit]
HOSTILE = '<img src=x onerror="window.caught=1"> ${window.caught=1} <script>window.caught=1</script> was seen.'
NOTE = "form[data-do=add_note] textarea"


def test_a_note_with_a_script_in_it_is_kept_shown_as_text_and_taken_back(visit: Visits) -> None:
    seen = visit("?a=dm1&p=d01&v=notes")
    page = seen.page
    page.fill(NOTE, HOSTILE)
    page.get_by_role("button", name="Keep this note").dblclick()
    page.wait_for_selector(".fl-notice")
    seen.whole()
    assert "Noted for Tom Brandvold" in page.inner_text(".fl-notice")
    assert page.inner_text("#fl-out").count(HOSTILE) == 1, "a double click keeps one note, not two"
    assert page.input_value(NOTE) == ""
    page.screenshot(path=SHOTS / "notes.png")
    page.click(".fl-notice button")
    page.wait_for_selector("text=Taken back")
    seen.whole()
    assert HOSTILE not in page.inner_text("#fl-out")
    assert page.evaluate("window.caught") is None
    seen.is_clean()


def test_a_note_from_tomorrow_is_refused_and_stays_in_the_editor(visit: Visits) -> None:
    seen = visit("?a=dm1&p=d01&v=notes")
    page = seen.page
    page.fill(NOTE, "It has not happened yet.")
    page.evaluate("document.querySelector('form[data-do=add_note] [name=day]').removeAttribute('max')")
    page.fill("form[data-do=add_note] [name=day]", "2026-06-16")
    page.get_by_role("button", name="Keep this note").click()
    page.wait_for_selector(".fl-trouble")
    assert page.input_value(NOTE) == "It has not happened yet."
    seen.is_clean()


def test_words_not_sent_yet_stay_with_their_person_while_one_looks_elsewhere(visit: Visits) -> None:
    seen = visit("?a=dm1&p=d01&v=notes")
    page = seen.page
    page.fill(NOTE, "Half a thought about Tom")
    page.click(".fl-quick a[href*='p=d02']")
    page.wait_for_selector("h1 >> text=Tom Szymanski")
    seen.whole()
    assert page.input_value(NOTE) == "", "words about one person never stand in the form of another"
    page.go_back()
    page.wait_for_selector("h1 >> text=Tom Brandvold")
    seen.whole()
    assert page.input_value(NOTE) == "Half a thought about Tom"
    seen.is_clean()


def test_a_note_is_changed_removed_and_brought_back_on_its_page(visit: Visits) -> None:
    seen = visit("?a=dm1&p=d03&v=notes")
    page = seen.page
    before = page.locator(".fl-timeline > li").count()
    words = page.locator(".fl-timeline .fl-text").first.inner_text()
    page.locator(".fl-timeline a >> text=Edit").first.click()
    page.wait_for_selector("form[data-do=edit_note]")
    page.check("form[data-do=edit_note] [name=closed]")
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_selector(".fl-notice")
    seen.whole()
    assert "kept out of briefs and plans" in page.locator(".fl-timeline > li").first.inner_text()
    page.click(".fl-notice button")
    page.wait_for_selector("text=as it was before")
    seen.whole()
    page.locator(".fl-timeline [data-do=remove_note]").first.click()
    page.wait_for_selector("text=Removed: the note of")
    seen.whole()
    page.screenshot(path=SHOTS / "note-removed.png")
    assert page.locator(".fl-timeline > li").count() == before - 1
    page.click(".fl-notice button")
    page.wait_for_selector("text=The note is back")
    seen.whole()
    assert page.locator(".fl-timeline .fl-text").first.inner_text() == words
    seen.is_clean()


def test_two_tabs_of_one_manager_do_not_disturb_each_other(visit: Visits) -> None:
    seen = visit("?a=dm1&p=d01")
    other = seen.page.context.new_page()
    other.goto(f"{seen.base}/app/?a=dm1&p=d02")
    other.wait_for_selector(".fl-question")
    seen.page.click(".fl-quick a >> text=Wade Kinnunen")
    seen.page.wait_for_selector("h1 >> text=Wade Kinnunen")
    seen.whole()
    assert "Tom Szymanski" in other.inner_text("h1")
    other.click(".fl-tabs a[href*='v=notes']")
    other.wait_for_selector(NOTE)
    assert "Tom Szymanski" in other.inner_text("h1")
    seen.is_clean()


def test_when_the_session_has_ended_the_page_says_so_and_keeps_what_was_typed(visit: Visits) -> None:
    seen = visit("?a=dm1&p=d01&v=notes")
    page = seen.page
    page.fill(NOTE, "Typed before the session ended.")
    page.context.clear_cookies()
    page.get_by_role("button", name="Keep this note").click()
    page.wait_for_selector("#fl-late:has-text('no longer signed in')", timeout=60_000)
    assert page.input_value(NOTE) == "Typed before the session ended."


@pytest.mark.parametrize("place", ["?a=dm1", "?a=dm1&g=people", "?a=dm1&p=d01"])
def test_the_dark_page_is_dark_and_its_words_stand_out(visit: Visits, place: str) -> None:
    seen = visit(place, color_scheme="dark")
    if "p=d01" in place:
        seen.page.screenshot(path=SHOTS / "dark.png")
    for where in (".fl-card .fl-meta", ".fl-cite summary", ".fl-tick", ".fl-card .fl-known"):
        if seen.page.locator(where).count():
            assert contrast(seen.page, where) >= 4.5, where
    seen.is_clean()


def test_the_light_page_has_enough_contrast(visit: Visits) -> None:
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


def test_everything_can_be_reached_and_named_without_a_mouse(visit: Visits) -> None:
    seen = visit("?a=dm1")
    page = seen.page
    page.locator(".fl-quick a[href*='p=d01']").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".fl-scope")
    seen.whole()
    page.locator(".fl-cite summary").first.focus()
    page.keyboard.press("Enter")
    assert page.locator(".fl-cite mark").first.is_visible()
    for view in VIEWS:
        seen.view(view)
        tree = page.locator("body").aria_snapshot()
        assert not re.search(r"- (button|textbox|combobox|checkbox|link)(:| *$)", tree, re.MULTILINE), view
    seen.is_clean()


def test_a_server_that_is_gone_is_told_and_nothing_typed_is_lost(visit: Visits) -> None:
    seen = visit("?a=dm1&p=d01&v=notes", **PHONE)
    page = seen.page
    page.fill(NOTE, "Typed in the corridor.")
    page.context.set_offline(True)
    page.get_by_role("button", name="Keep this note").click()
    page.wait_for_selector("#fl-late:has-text('cannot be reached')", timeout=60_000)
    assert page.input_value(NOTE) == "Typed in the corridor."


def test_the_page_carries_no_trace_of_the_framework_s_own_advertising(visit: Visits) -> None:
    seen = visit()
    assert "gradio" not in seen.page.inner_text("body").lower()
    assert seen.page.title() == "Today · Flourish"

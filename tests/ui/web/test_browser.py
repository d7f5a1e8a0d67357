"""The sample team in a real chromium, as a manager uses it. Writes screenshots to artefacts/ for people to look at."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from assistant.domain.account import AccountId
from assistant.domain.evidence import EvidenceState
from assistant.domain.promise import Owner, PromiseState
from tests.ui.web.browsing import PHONE, SHOTS, Server, Visit, wide
from ui.settings import read_settings
from ui.web.place import VIEWS
from ui.wiring import open_house

pytestmark = pytest.mark.browser
Visits = Callable[..., Visit]


def test_the_session_cookie_is_kept_from_scripts_and_other_sites(signed_in: tuple[str, Any]) -> None:
    cookie = next(c for c in signed_in[1]["cookies"] if c["name"].startswith("flourish_"))
    assert cookie["httpOnly"]
    assert cookie["sameSite"] == "Strict"
    assert signed_in[1]["origins"] == [], "nothing may be left in the browser's own storage"


def test_without_the_link_the_page_says_how_to_get_in(browser: Any, signed_in: tuple[str, Any]) -> None:
    context = browser.new_context()
    page = context.new_page()
    answer = page.goto(f"{signed_in[0]}/app/")
    assert answer.status == 401
    assert "Look at the terminal window" in page.inner_text("body")
    context.close()


def test_a_day_begins_with_whom_to_meet_and_what_is_owed_and_a_promise_is_ticked_off_there(
    visit: Visits, server: Server
) -> None:
    what = "Bring the summer rota"
    beside = open_house(read_settings(str(server.home), environment={})).desk(AccountId("dm1"))
    promised = beside.person("d02").add_promise(what, owner=Owner.ME)
    seen = visit("?a=dm1")
    page = seen.page
    assert page.title() == "Today · Flourish"
    page.screenshot(path=SHOTS / "today.png")
    before = page.locator("[data-do=promise][data-to=done]").count()
    page.get_by_label(f"Done: {what}").dblclick()
    page.wait_for_selector(".fl-notice")
    seen.whole()
    assert what in page.inner_text(".fl-notice")
    assert page.get_by_label(f"Done: {what}").count() == 0
    states = {p.id: p.state for p in beside.person("d02").promises()}
    assert states[promised.id] is PromiseState.DONE
    assert page.locator("[data-do=promise][data-to=done]").count() == before - 1, "one is ticked off, not two"
    page.click(".fl-notice button")
    page.wait_for_selector("text=Open again")
    seen.whole()
    assert page.get_by_label(f"Done: {what}").count() == 1
    beside.settle_promise(promised.id, PromiseState.DROPPED)
    seen.is_clean()


def test_the_list_of_people_says_how_well_each_is_known_and_finds_by_name(visit: Visits) -> None:
    seen = visit("?a=dm1&g=people")
    page = seen.page
    assert page.locator("tbody tr").count() == 5
    assert page.locator("tbody .fl-known").count() == 15
    page.screenshot(path=SHOTS / "people.png")
    page.locator("[data-find]").press_sequentially("szy", delay=30)
    page.wait_for_function("document.querySelectorAll('tbody tr').length === 1")
    seen.whole()
    assert "Tom Szymanski" in page.inner_text("tbody")
    assert page.input_value("[data-find]") == "szy"
    page.click("tbody a")
    page.wait_for_selector(".fl-scope")
    seen.whole()
    page.go_back()
    page.wait_for_function("location.search.includes('g=people')")
    page.wait_for_function("document.querySelectorAll('tbody tr').length === 5")
    seen.whole()
    page.go_forward()
    page.wait_for_selector(".fl-scope")
    seen.is_clean()


def test_a_manager_preps_and_opens_the_note_behind_a_question(visit: Visits) -> None:
    seen = visit("?a=dm1")
    page = seen.page
    seen.choose("d01")
    assert "Tom Brandvold" in page.inner_text(".fl-scope")
    assert "15 June 2026" in page.inner_text(".fl-scope")
    assert page.evaluate("document.activeElement.tagName") == "H1", "a screen reader is told where one is now"
    assert page.locator(".fl-question").count() == 3
    citation = page.locator(".fl-cite").first
    assert not citation.locator("mark").is_visible()
    citation.locator("summary").click()
    marked = citation.locator("mark").first.inner_text()
    assert citation.locator("mark").first.is_visible()
    assert marked in citation.locator("blockquote").inner_text()
    assert re.search(r"\d{4} · .+", citation.locator("figcaption").inner_text())
    page.screenshot(path=SHOTS / "desktop.png")
    page.screenshot(path=SHOTS / "desktop-whole.png", full_page=True)
    seen.is_clean()


def test_a_manager_chats_about_somebody_and_goes_on_after_a_reload(visit: Visits) -> None:
    seen = visit("?a=dm1&g=chat&p=d01")
    page, box = seen.page, ".fl-composer textarea"
    page.click("text=Prepare the one-on-one")
    page.wait_for_selector(".fl-turn .fl-question")
    seen.whole()
    page.wait_for_url("**i=talk.**")
    page.fill(box, "What does he say about teaching the young ones?")
    page.press(box, "Enter")
    page.wait_for_selector(".fl-turn:nth-child(2) .fl-cite")
    seen.whole()
    assert page.input_value(box) == ""
    assert page.locator(".fl-turn:nth-child(2) .fl-mine-said").is_visible()
    page.screenshot(path=SHOTS / "chat.png")
    page.reload()
    page.wait_for_selector(".fl-turn:nth-child(2) .fl-cite")
    page.fill(box, "note that he showed the young one the seal")
    page.press(box, "Enter")
    page.wait_for_selector(".fl-turn:nth-child(3) .fl-after")
    seen.whole()
    page.locator(".fl-turn:nth-child(3) [data-id=undo]").click()
    page.wait_for_selector("text=Taken back")
    seen.whole()
    page.click(".fl-talk-scope >> text=New")
    page.wait_for_selector(".fl-welcome")
    assert page.locator("#fl-talks").is_visible()
    seen.is_clean()


def test_evidence_is_rejected_with_its_undo_and_confirmed(visit: Visits, server: Server) -> None:
    beside = open_house(read_settings(str(server.home), environment={})).desk(AccountId("dm1"))
    seen = visit("?a=dm1&p=d01&v=profile")
    page = seen.page
    reject = page.locator("[data-do=evidence][data-to=rejected]").first
    id = reject.get_attribute("data-id")
    reject.click()
    page.wait_for_selector("text=Rejected; it will not be used")
    seen.whole()
    assert beside.evidence(id).state is EvidenceState.REJECTED
    assert page.locator(f".fl-card [data-id={id}]").count() == 0
    assert page.locator(f"#fl-rejected [data-id={id}]").count() == 1
    page.screenshot(path=SHOTS / "rejected.png")
    page.click(".fl-notice button")
    page.wait_for_selector("text=Back to how it was found")
    seen.whole()
    assert beside.evidence(id).state is EvidenceState.SUGGESTED
    assert page.locator("#fl-rejected").count() == 0
    page.locator(f"[data-do=evidence][data-to=confirmed][data-id={id}]").click()
    page.wait_for_selector(".fl-judged")
    page.screenshot(path=SHOTS / "profile.png", full_page=True)
    page.click(".fl-notice button")
    page.wait_for_selector(".fl-judged", state="detached")
    seen.is_clean()


def test_a_manager_drafts_a_plan_and_finds_it_again(visit: Visits) -> None:
    seen = visit("?a=dm1&p=d01&v=plan")
    seen.page.click("[data-do=draft]")
    seen.page.wait_for_selector(".fl-thread")
    assert seen.page.locator(".fl-link").count() >= 4
    seen.page.screenshot(path=SHOTS / "plan.png", full_page=True)
    first, last = (seen.page.locator(f".fl-link[data-link={key}] .fl-cite") for key in ("passion", "step"))
    first.locator("summary").first.click()
    assert first.locator("mark").first.is_visible()
    seen.page.screenshot(path=SHOTS / "plan-note.png")
    last.locator("summary").first.click()
    assert last.locator("mark").first.is_visible()
    first.locator("mark").first.wait_for(state="hidden")  # one note at a time lies above the picture
    seen.page.keyboard.press("Escape")
    seen.page.wait_for_selector(".fl-thread details[open]", state="detached")
    seen.page.reload()
    seen.page.wait_for_selector(".fl-thread")
    assert "version 1" in seen.page.inner_text("#fl-out")
    seen.is_clean()


def test_the_person_and_the_day_stay_in_view_however_far_one_reads(visit: Visits) -> None:
    seen = visit("?a=dm1&p=d01")
    seen.page.mouse.wheel(0, 900)
    seen.page.wait_for_function("window.scrollY > 600")
    box = seen.page.locator(".fl-who").bounding_box()
    assert 0 <= box["y"] < 120


def test_another_manager_sees_other_people_and_nothing_of_the_first(visit: Visits) -> None:
    seen = visit("?a=dm1&p=d01")
    page = seen.page
    page.locator(".fl-desk select").select_option(label="Glenn Pruitt")
    page.wait_for_function("location.search.includes('a=dm2')")
    seen.whole()
    assert "Tom Brandvold" not in page.inner_text("body")
    assert page.locator(".fl-quick li").count() == 5
    assert "p=d01" not in page.url
    seen.is_clean()


def test_a_phone_shows_one_thing_at_a_time_and_never_scrolls_sideways(visit: Visits) -> None:
    seen = visit("?a=dm1", **PHONE)
    page = seen.page
    assert not wide(page)
    page.screenshot(path=SHOTS / "phone-today.png")
    seen.go("people")
    assert not wide(page)
    page.click("tbody a >> text=Tom Brandvold")
    page.wait_for_selector(".fl-scope")
    seen.whole()
    page.screenshot(path=SHOTS / "phone.png")
    for view in VIEWS:
        seen.view(view)
        assert not wide(page), view
    seen.view("prep")
    for citation in page.locator(".fl-cite summary").all()[:6]:
        citation.click()
    assert not wide(page)
    page.screenshot(path=SHOTS / "phone-whole.png", full_page=True)
    page.click(".fl-back")
    page.wait_for_function("location.search.includes('g=people')")
    seen.is_clean()


@pytest.mark.parametrize(
    ("link", "said", "page_title"),
    [
        ("?p=nobody", "This person is not among yours", "People"),
        ("?a=dm1&p=d06", "This person is not among yours", "People"),  # another manager's
        ("?a=dm1&g=chat&p=nobody", "This person is not among yours", "People"),
        ("?a=dm1&g=chat&i=talk.gone", "This conversation is not among yours", "Chat"),
        ("?a=dm1&p=d01&v=notes&i=note.gone", "not among yours, or not with this person", "Tom Brandvold"),
    ],
)
def test_a_link_to_what_is_not_among_yours_says_so_and_shows_where_to_go_on(
    visit: Visits, link: str, said: str, page_title: str
) -> None:
    seen = visit(link)
    assert said in seen.page.inner_text("#fl-main")
    assert seen.page.inner_text("h1") == page_title
    assert "flourish people" not in seen.page.inner_text("#fl-main"), "the next step is on the page, not in a terminal"
    seen.is_clean()


def test_a_part_of_a_plan_is_put_in_own_words_where_it_stands_and_taken_back(visit: Visits, server: Server) -> None:
    desk = open_house(read_settings(str(server.home), environment={})).desk(AccountId("dm1"))
    planning = desk.person("d03").planning
    before = desk.person("d03").draft_plan()
    seen = visit("?a=dm1&p=d03&v=plan")
    page, value = seen.page, seen.page.locator(".fl-link[data-link=value]")
    value.locator(".fl-edit summary").click()
    assert value.locator("textarea").input_value() == before.threads[0].value.text
    value.locator("textarea").fill("The town reads one page instead of six.")
    page.screenshot(path=SHOTS / "plan-edit.png")
    value.get_by_role("button", name="Put my words in").click()
    page.wait_for_selector(f".fl-notice >> text=Your words stand in version {before.version + 1}")
    seen.whole()
    after = planning.newest()
    assert after.threads[0].value.text == "The town reads one page instead of six."
    assert after.threads[0].value.quotes == (), "own words are no quote of a note"
    assert after.threads[0].first_step == before.threads[0].first_step, "only the one part"
    assert "The town reads one page" in value.inner_text()
    assert "The town reads" not in page.evaluate("JSON.stringify({...sessionStorage})")
    page.click(".fl-notice button")
    page.wait_for_selector("text=Taken back")
    seen.whole()
    assert value.locator(".fl-text").first.inner_text() == before.threads[0].value.text
    seen.is_clean()

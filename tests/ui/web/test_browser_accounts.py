"""Managers and a coach at one server in a real chromium: in, out, two at once, too many guesses, an ended session."""

from collections.abc import Callable
from typing import Any

import pytest

from assistant.domain.account import AccountId
from tests.ui.web.axe import serious
from tests.ui.web.browsing import PHONE, SHOTS, Server, wide
from tests.ui.web.signing import WORDS, arrived, sign_in, until, whole
from ui.settings import read_settings
from ui.wiring import open_house

pytestmark = pytest.mark.browser
Guests = Callable[..., Any]


def test_a_wrong_password_says_so_keeps_the_name_and_the_right_one_opens_the_page(guest: Guests) -> None:
    page = guest()
    page.screenshot(path=SHOTS / "sign-in.png")
    sign_in(page, "mia", "not this one")
    assert "do not fit together" in page.inner_text("[role=alert]")
    assert page.input_value("[name=name]") == "mia"
    page.screenshot(path=SHOTS / "sign-in-wrong.png")
    sign_in(page, "Mia")
    arrived(page)
    assert "Dana Reyes" in page.inner_text(".fl-side")
    assert "Mia Okafor" in page.inner_text(".fl-foot")
    page.screenshot(path=SHOTS / "signed-in.png")


def test_two_managers_at_once_see_their_own_people_only_and_signing_out_ends_it(guest: Guests) -> None:
    one, two = guest(), guest(**PHONE)
    assert not wide(two)
    two.screenshot(path=SHOTS / "phone-sign-in.png")
    sign_in(one, "mia")
    sign_in(two, "ole")
    for page, own, other in ((one, "Dana Reyes", "Kurt Vale"), (two, "Kurt Vale", "Dana Reyes")):
        arrived(page)
        assert own in page.content()
        assert other not in page.content()
    base = one.url.split("/app")[0]
    one.goto(f"{base}/app/?a=ole&p=ole1&v=notes")
    arrived(one)
    assert "CANARY-ole" not in one.content()
    one.click(".fl-leave")
    one.wait_for_selector("[name=password]")
    one.go_back()
    one.wait_for_selector("[name=password]")
    two.reload()
    arrived(two)
    assert "Kurt Vale" in two.content()


def test_an_ended_session_keeps_what_was_typed_and_goes_on_after_signing_in_beside_it(
    guest: Guests, shared: tuple[Server, str]
) -> None:
    page = guest(color_scheme="dark")
    page.screenshot(path=SHOTS / "sign-in-dark.png")
    sign_in(page, "mia")
    arrived(page)
    page.click(".fl-nav a[href*='g=write']:visible")
    page.wait_for_function("location.search.includes('g=write')")
    page.wait_for_function("!document.querySelector('.fl-step, .fl-bone, .fl-waiting')")
    page.fill("#fl-out textarea >> nth=0", "Dana asked for the early shift.")
    beside = open_house(read_settings(str(shared[0].home), environment={})).gate()
    beside.end_sessions(AccountId("mia"))
    door = page.url.split("/app")[0] + "/app/gradio_api/startup-events"
    until(lambda: page.context.request.get(door).status == 401)
    page.click(".fl-nav a[href*='g=people']:visible")
    page.wait_for_selector("#fl-late >> text=Sign in again", timeout=60_000)
    assert "newest link that Flourish shows in its terminal" in page.inner_text("#fl-late")
    assert page.input_value("#fl-out textarea >> nth=0") == "Dana asked for the early shift."
    page.screenshot(path=SHOTS / "signed-out-dark.png")
    with page.context.expect_page() as opened:
        page.click("#fl-late a")
    sign_in(opened.value, "mia")
    arrived(opened.value)
    page.bring_to_front()
    page.click(".fl-nav a[href*='g=people']:visible")
    page.wait_for_function("location.search.includes('g=people')")
    page.click(".fl-nav a[href*='g=write']:visible")
    page.wait_for_function("location.search.includes('g=write')")
    page.wait_for_function("!document.querySelector('.fl-step, .fl-bone, .fl-waiting')")
    assert page.input_value("#fl-out textarea >> nth=0") == "Dana asked for the early shift."


def test_a_manager_changes_the_password_on_the_page(guest: Guests) -> None:
    page = guest()
    sign_in(page, "ole")
    arrived(page)
    page.click(".fl-nav a[href*='g=settings']:visible")
    page.click("text=Change password")
    page.fill("[name=now]", WORDS)
    page.fill("[name=new]", "seven quiet ovens hum")
    page.fill("[name=again]", "seven quiet ovens")
    page.click("text=Change it")
    assert "not the same" in page.inner_text("[role=alert]")
    page.screenshot(path=SHOTS / "password.png")
    for name, words in (("now", WORDS), ("new", "seven quiet ovens hum"), ("again", "seven quiet ovens hum")):
        page.fill(f"[name={name}]", words)
    page.click("text=Change it")
    arrived(page)
    page.click(".fl-leave")
    page.wait_for_selector("[name=password]")
    sign_in(page, "ole", "seven quiet ovens hum")
    arrived(page)
    assert "Kurt Vale" in page.content()


def test_too_many_guesses_are_told_to_wait(guest: Guests) -> None:
    page = guest()
    for _ in range(5):
        sign_in(page, "somebody", "guess after guess")
        page.wait_for_selector("[role=alert]")
    sign_in(page, "somebody", "guess after guess")
    page.wait_for_selector("[role=alert] >> text=Try again in")
    assert page.input_value("[name=password]") == ""
    assert page.locator("#fl-shell").count() == 0, "nobody is let in"
    page.screenshot(path=SHOTS / "sign-in-wait.png")


def test_the_sign_in_page_has_no_fault_for_a_screen_reader_and_works_by_keyboard(guest: Guests) -> None:
    page = guest()
    assert serious(page) == []
    page.keyboard.type("mia")
    page.keyboard.press("Tab")
    page.keyboard.type(WORDS)
    page.keyboard.press("Enter")
    arrived(page)


def hand_over(page: Any, number: int) -> str:
    """Show the coaches one of Dana's questions."""
    page.click(".fl-quick a[href*='p=mia1']")
    page.wait_for_selector(".fl-scope")
    whole(page)
    page.click(".fl-tabs a[href*='v=prep']")
    page.wait_for_selector(".fl-questions")
    whole(page)
    page.click(f".fl-question:nth-child({number}) >> text=Share with a coach")
    page.wait_for_selector(".fl-front")
    whole(page)
    text = str(page.input_value(".fl-front [name=text]"))
    if number == 1:
        page.screenshot(path=SHOTS / "coach-mask.png", full_page=True)
    page.click("text=Hand it over")
    page.wait_for_selector(".fl-notice >> text=Handed over")
    whole(page)
    return text


def test_the_coachs_week_approve_reword_retire_and_take_back(guest: Guests) -> None:
    mia, carla = guest(), guest(**PHONE, color_scheme="dark")
    sign_in(mia, "mia")
    arrived(mia)
    assert mia.locator(".fl-nav a[href*='g=coach']").count() == 0
    sign_in(carla, "carla")
    arrived(carla)
    assert "Nothing waits" in carla.inner_text("#fl-out")
    assert carla.locator(".fl-nav a").count() == 2, "a coach has this page, and settings"
    carla.screenshot(path=SHOTS / "phone-coach-empty-dark.png", full_page=True)
    texts = [hand_over(mia, number) for number in (1, 2, 3)]
    mia.screenshot(path=SHOTS / "coach-handed.png", full_page=True)
    carla.reload()
    arrived(carla)
    assert carla.locator(".fl-review").count() == 3
    assert not wide(carla)
    assert "Dana" not in carla.content()
    carla.screenshot(path=SHOTS / "phone-coach-dark.png", full_page=True)
    base = carla.url.split("/app")[0]
    for place in ("?a=mia&p=mia1&v=notes", "?a=carla&g=today", "?a=carla&p=mia1&v=prep", "?a=carla&g=people"):
        carla.goto(f"{base}/app/{place}")
        carla.wait_for_selector(".fl-trouble")
        assert "CANARY" not in carla.content()
        assert "Dana" not in carla.content()
    carla.goto(f"{base}/app/")
    arrived(carla)
    for decision, label in (("approve", "Approved"), ("reword", "Reworded"), ("retire", "Retired")):
        card = carla.locator(".fl-review").first
        card.locator("[name=reason]").fill(f"Because of {decision}.")
        if decision == "reword":
            card.locator("summary").click()
            card.locator("[name=words]").fill("What would make the coming week lighter?")
        card.locator(f"button[value={decision}]").click()
        carla.wait_for_selector(f".fl-notice >> text={label}")
        whole(carla)
    assert "Nothing waits" in carla.inner_text("#fl-out")
    mia.click(".fl-tabs a[href*='v=prep']")
    mia.wait_for_selector(".fl-questions >> text=What would make the coming week lighter?")
    carla.click(".fl-pills a[href*='decided']")
    carla.wait_for_selector("#fl-held")
    whole(carla)
    assert carla.locator(".fl-nav a[aria-current]").count() == 1
    assert texts[0].split("[")[0].strip() in carla.inner_text("#fl-out")
    carla.screenshot(path=SHOTS / "phone-coach-decided-dark.png", full_page=True)
    carla.click("li:has-text('What would make the coming week') >> text=Take it back")
    carla.wait_for_selector(".fl-notice >> text=Taken back")
    mia.reload()
    arrived(mia)
    mia.wait_for_selector(".fl-question")
    whole(mia)
    assert "What would make the coming week lighter?" not in mia.inner_text("#fl-out")


def test_the_coachs_page_has_no_serious_fault_and_looks_right_on_a_desk(guest: Guests) -> None:
    mia = guest()
    sign_in(mia, "mia")
    arrived(mia)
    hand_over(mia, 1)
    page = guest()
    sign_in(page, "carla")
    arrived(page)
    page.wait_for_selector(".fl-review")
    page.screenshot(path=SHOTS / "coach.png", full_page=True)
    assert serious(page) == []


def test_a_coach_sees_who_signed_in_and_changes_the_password_on_the_page(guest: Guests) -> None:
    page, stranger = guest(), guest()
    sign_in(stranger, "carla", "not this one")
    stranger.wait_for_selector("[role=alert]")
    sign_in(page, "carla")
    arrived(page)
    page.click(".fl-nav a[href*='g=settings']:visible")
    page.wait_for_selector("#fl-came")
    whole(page)
    told = page.inner_text("section[aria-labelledby=fl-came]")
    assert "Wrong password" in told
    assert "Signed in with the password" in told
    page.screenshot(path=SHOTS / "coach-settings.png", full_page=True)
    for before, after in ((WORDS, "seven quiet ovens hum"), ("seven quiet ovens hum", WORDS)):
        page.goto(page.url.split("/app")[0] + "/password")
        for name, words in (("now", before), ("new", after), ("again", after)):
            page.fill(f"[name={name}]", words)
        page.click("text=Change it")
        arrived(page)
    assert page.locator(".fl-pills").count() == 1, "back on the coach's page"

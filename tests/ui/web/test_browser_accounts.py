"""Managers and a coach at one server in a real chromium: in, out, two at once, too many guesses, an ended session."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from assistant.domain.account import Account, AccountId, Role
from assistant.domain.person import Person, PersonId
from tests.ui.web.browsing import PHONE, SHOTS, Server, _needs_chromium, _running, wide
from ui.settings import read_settings
from ui.wiring import open_house

pytestmark = pytest.mark.browser
WORDS = "plain apples rolling"
SERVE = """
import sys
from ui.settings import read_settings
from ui.web.server import serve
from ui.wiring import open_house, openers
house = open_house(read_settings(sys.argv[1], environment={"FLOURISH_TODAY": "2026-06-15"}))
serve(openers(house), port=0, open_browser=False)
"""
Guests = Callable[..., Any]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, str]]:
    """A server of two managers and a coach with passwords, and its address."""
    _needs_chromium()
    home = tmp_path_factory.mktemp("shared") / "home"
    house = open_house(read_settings(str(home), environment={"FLOURISH_TODAY": "2026-06-15"}))
    gate = house.gate()
    for id, name, role, person in (
        ("mia", "Mia Okafor", Role.MANAGER, "Dana Reyes"),
        ("ole", "Ole Brandt", Role.MANAGER, "Kurt Vale"),
        ("carla", "Carla Moe", Role.COACH, ""),
    ):
        account = Account(AccountId(id), name, frozenset({role}))
        house.records.accounts.add(account)
        gate.set_password(account.id, WORDS)
        if person:
            desk = house.desk(account.id)
            desk.add_person(Person(account.id, PersonId(id + "1"), person))
            desk.person(id + "1").add_note(f"CANARY-{id}: she loves the night shift.", day=date(2026, 6, 1))
    with _running(SERVE, home) as server:
        line = server.lines.get(timeout=120)
        yield server, line.split(" is at ")[1].split(". ")[0]


@pytest.fixture
def guest(browser: Any, shared: tuple[Server, str]) -> Iterator[Guests]:
    contexts = []

    def open_page(**kind: Any) -> Any:
        context = browser.new_context(**({"viewport": {"width": 1280, "height": 900}} | kind))
        contexts.append(context)
        page = context.new_page()
        page.goto(f"{shared[1]}/app/")
        return page

    yield open_page
    for context in contexts:
        context.close()


def sign_in(page: Any, name: str, password: str = WORDS) -> None:
    page.fill("[name=name]", name)
    page.fill("[name=password]", password)
    page.click("text=Sign in >> nth=-1")


def arrived(page: Any) -> None:
    page.wait_for_selector(".fl-head", timeout=120_000)
    page.wait_for_function("!document.querySelector('.fl-step, .fl-bone, .fl-waiting')")


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
    page.wait_for_timeout(700)
    page.click(".fl-nav a[href*='g=people']:visible")
    page.wait_for_selector("#fl-late >> text=Sign in again", timeout=15_000)
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


def test_too_many_guesses_are_told_to_wait(guest: Guests) -> None:
    page = guest()
    for _ in range(5):
        sign_in(page, "somebody", "guess after guess")
        page.wait_for_selector("[role=alert]")
    sign_in(page, "somebody", "guess after guess")
    page.wait_for_selector("[role=alert] >> text=Try again in")
    page.screenshot(path=SHOTS / "sign-in-wait.png")


def test_the_sign_in_page_has_no_fault_for_a_screen_reader_and_works_by_keyboard(guest: Guests) -> None:
    from axe_playwright_python.sync_playwright import Axe

    for scheme in ("light", "dark"):
        page = guest(color_scheme=scheme)
        found = [v for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")]
        assert found == []
        page.keyboard.type("mia")
        page.keyboard.press("Tab")
        page.keyboard.type(WORDS)
        page.keyboard.press("Enter")
        arrived(page)

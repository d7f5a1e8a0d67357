"""Managers and a coach at one server in a real chromium: in, out, two at once, too many guesses, an ended session."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.domain.account import Account, AccountId, Role
from assistant.domain.person import Person, PersonId
from tests.ui.web.browsing import PHONE, SHOTS, Server, _running, wide
from tests.ui.web.stable import Stable
from tests.ui.web.test_listening import certificate
from ui.settings import read_settings
from ui.wiring import open_house

pytestmark = pytest.mark.browser
WORDS = "plain apples rolling"
SERVE = """
import sys
from ui.settings import read_settings
from ui.web.listening import Wish
from ui.web.server import serve
from ui.wiring import open_house, openers
house = open_house(read_settings(sys.argv[1], environment={"FLOURISH_TODAY": "2026-06-15"}))
serve(openers(house), Wish(port=0), open_browser=False)
"""
Guests = Callable[..., Any]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory, stable: Stable) -> Iterator[tuple[Server, str]]:
    """A server of two managers and a coach with passwords, and its address."""
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
    with _running(stable, SERVE, home) as server:
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
    page.wait_for_selector("[data-place]", state="attached", timeout=60_000)
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


def whole(page: Any) -> None:
    page.wait_for_function("!document.querySelector('.fl-step, .fl-bone, .fl-waiting')")


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
    from axe_playwright_python.sync_playwright import Axe

    mia = guest()
    sign_in(mia, "mia")
    arrived(mia)
    hand_over(mia, 1)
    page = guest()
    sign_in(page, "carla")
    arrived(page)
    page.wait_for_selector(".fl-review")
    page.screenshot(path=SHOTS / "coach.png", full_page=True)
    found = [v for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")]
    assert found == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_password_pairing_and_every_page_of_a_coach_have_no_serious_fault(guest: Guests, scheme: str) -> None:
    page = guest(color_scheme=scheme)
    sign_in(page, "carla")
    arrived(page)
    base = page.url.split("/app")[0]
    faults = []
    for place in ("/app/", "/app/?a=carla&g=coach&i=decided", "/app/?a=carla&g=settings", "/password", "/pair?key=abc"):
        page.goto(base + place)
        if place.startswith("/app"):
            arrived(page)
        page.screenshot(path=SHOTS / f"axe-{scheme}-{place.strip('/').split('?')[0].replace('/', '') or 'app'}.png")
        faults += [(place, *fault) for fault in serious(page)]
    assert faults == []


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


def serious(page: Any) -> list[tuple[str, str]]:
    """What axe-core finds that is serious or worse: the rule, and where."""
    from axe_playwright_python.sync_playwright import Axe

    found = [v for v in Axe().run(page).response["violations"] if v["impact"] in ("serious", "critical")]
    return [(v["id"], v["nodes"][0]["html"][:120]) for v in found]


def test_a_phone_comes_in_with_a_code_over_tls_and_is_signed_out_from_the_desk(
    browser: Any, shared: tuple[Server, str], stable: Stable, tmp_path: Path
) -> None:
    pair = certificate(tmp_path)
    home = shutil.copytree(shared[0].home, tmp_path / "home", ignore=shutil.ignore_patterns("server.lock"))
    wish = f"Wish('0.0.0.0', 0, tls=Tls(Path({str(pair.cert)!r}), Path({str(pair.key)!r})))"
    script = SERVE.replace("Wish(port=0)", wish)
    script = script.replace("import Wish", "import Tls, Wish\nfrom pathlib import Path")
    with _running(stable, script, home) as server:
        line = server.lines.get(timeout=120)
        base = line.split(" is at ")[1].split(" or ")[0].split(". ")[0]
        assert base.startswith("https://")
        assert "127.0.0.1" not in base
        desk_context = browser.new_context(ignore_https_errors=True, viewport={"width": 1280, "height": 900})
        phone_context = browser.new_context(ignore_https_errors=True, **PHONE)
        desk, phone = desk_context.new_page(), phone_context.new_page()
        desk.goto(f"{base}/app/?g=settings")
        sign_in(desk, "mia")
        arrived(desk)
        assert all(c["name"].startswith("__Host-flourish") and c["secure"] for c in desk_context.cookies())
        desk.wait_for_selector("#fl-devices")
        whole(desk)
        desk.click("text=Show a code for my phone")
        desk.wait_for_selector(".fl-qr")
        whole(desk)
        desk.screenshot(path=SHOTS / "pairing.png")
        desk.click("text=Show the link instead")
        link = desk.inner_text(".fl-front code")
        assert link.startswith(f"{base}/pair?key=")
        phone.goto(link)
        phone.screenshot(path=SHOTS / "phone-pairing.png")
        phone.click("text=Sign in on this phone")
        arrived(phone)
        assert "Dana Reyes" in phone.content()
        assert not wide(phone)
        desk.reload()
        arrived(desk)
        desk.wait_for_selector("#fl-devices")
        assert "in as a phone" in desk.inner_text("section[aria-labelledby=fl-devices]")
        desk.screenshot(path=SHOTS / "devices.png", full_page=True)
        desk.click("section[aria-labelledby=fl-devices] li:has-text('in as a phone') >> text=Sign out")
        desk.wait_for_selector(".fl-notice >> text=Signed out there")
        phone.reload()
        phone.wait_for_selector("[name=password]")
        desk.click("text=Sign out everywhere")
        desk.wait_for_selector("[name=password]")
        desk_context.close()
        phone_context.close()

"""What each role has of its own, in a real chromium: an admin's page, a coach's phone, nothing left on the way out."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assistant.domain.account import AccountId
from tests.ui.web.axe import KINDS, serious
from tests.ui.web.browsing import PHONE, SHOTS, Server, running, wide
from tests.ui.web.signing import SERVE, arrived, sign_in, whole
from tests.ui.web.stable import Stable
from tests.ui.web.test_listening import certificate
from ui.settings import read_settings
from ui.wiring import open_house

pytestmark = pytest.mark.browser
Guests = Callable[..., Any]
PASSPHRASE = "four words are enough"
NOTE = "form[data-do=add_note] textarea"
STORED = "JSON.stringify([{...sessionStorage}, {...localStorage}])"


def test_an_admin_locks_an_account_lets_it_in_again_and_backs_up_without_seeing_anybodys_people(
    guest: Guests, shared: tuple[Server, str]
) -> None:
    ole, page = guest(**PHONE), guest()
    sign_in(ole, "ole")
    arrived(ole)
    sign_in(page, "ada")
    arrived(page)
    assert page.inner_text("h1") == "Accounts"
    assert page.locator(".fl-nav a:visible").count() == 2, "accounts, and settings"
    house = open_house(read_settings(str(shared[0].home), environment={}))
    told = page.inner_text("#fl-out")
    assert all(name in told for name in ("Mia Okafor", "Ole Brandt", "Carla Moe", "Ada Quist"))
    for word in ("Dana", "Kurt", "CANARY"):
        assert word not in page.content()
    page.screenshot(path=SHOTS / "accounts.png", full_page=True)
    page.get_by_role("button", name="Sign out and lock Ole Brandt").dblclick()
    page.wait_for_selector(".fl-notice >> text=Ole Brandt is signed out everywhere")
    whole(page)
    assert not house.records.accounts.get(AccountId("ole")).active
    ole.reload()
    ole.wait_for_selector("[name=password]")
    sign_in(ole, "ole")
    assert "do not fit together" in ole.inner_text("[role=alert]")
    page.get_by_role("button", name="Let Ole Brandt in again").click()
    page.wait_for_selector(".fl-notice >> text=Ole Brandt can sign in again")
    whole(page)
    assert house.records.accounts.get(AccountId("ole")).active
    sign_in(ole, "ole")
    arrived(ole)
    page.click("text=Back up now")
    for name in ("passphrase", "again"):
        page.fill(f"[name={name}]", PASSPHRASE)
    page.get_by_role("button", name="Write a backup").click()
    page.wait_for_selector(".fl-notice >> text=Backed up 2 notes")
    whole(page)
    assert len(list(shared[0].home.rglob("*.age"))) == 1
    base = page.url.split("/app")[0]
    for place in ("?a=ada&g=today", "?a=ada&g=people", "?a=mia&p=mia1&v=notes", "?a=ada&p=mia1"):
        page.goto(f"{base}/app/{place}")
        page.wait_for_selector(".fl-trouble")
        assert "CANARY" not in page.content()
    house.records.close()


@pytest.mark.parametrize("how", KINDS)
def test_no_page_of_a_coach_or_an_admin_has_a_serious_fault_or_scrolls_sideways(guest: Guests, how: str) -> None:
    faults = []
    for who, places in (
        ("carla", ("g=coach", "g=coach&i=decided", "g=settings")), ("ada", ("g=accounts", "g=settings")),
    ):  # fmt: skip
        page = guest(**KINDS[how])
        faults += [("sign in", *fault) for fault in serious(page)]
        sign_in(page, who)
        arrived(page)
        base = page.url.split("/app")[0]
        for place in (*(f"/app/?a={who}&{place}" for place in places), "/password", "/pair?key=abc"):
            page.goto(base + place)
            if place.startswith("/app"):
                arrived(page)
            for folded in page.locator("#fl-out details:visible > summary").all():
                folded.click()
            assert not wide(page), place
            page.screenshot(path=SHOTS / f"{how}-{who}-{place.strip('/').split('=')[-1].split('?')[0]}.png")
            faults += [(place, *fault) for fault in serious(page)]
        page.context.clear_cookies()
    assert faults == []


def test_signing_out_erases_what_was_typed_in_every_tab_and_the_next_one_finds_nothing(guest: Guests) -> None:
    page = guest()
    sign_in(page, "mia")
    arrived(page)
    base = page.url.split("/app")[0]
    other = page.context.new_page()
    for tab, words in ((page, "CANARY-typed-here"), (other, "CANARY-typed-there")):
        typed(tab, base, words)
    page.click(".fl-leave")
    for tab in (page, other):
        tab.wait_for_selector("[name=password]")
        assert "CANARY" not in tab.evaluate(STORED)
    sign_in(page, "mia")
    arrived(page)
    page.goto(f"{base}/app/?a=mia&g=write")
    arrived(page)
    assert page.input_value(NOTE) == ""
    typed(page, base, "CANARY-of-mia")
    page.context.clear_cookies()  # the session ends without a word, and somebody else sits down
    page.goto(f"{base}/app/")
    sign_in(page, "ole")
    arrived(page)
    page.wait_for_function(f"!{STORED}.includes('CANARY-of-mia')")


def typed(page: Any, base: str, words: str) -> None:
    """Half a note under Write, which the browser holds on to."""
    page.goto(f"{base}/app/?a=mia&g=write")
    arrived(page)
    page.fill(NOTE, words)
    page.wait_for_function(f"{STORED}.includes('{words}')")


@pytest.mark.parametrize(("who", "sees"), [("mia", "Dana Reyes"), ("carla", "Suggestions that managers handed over")])
def test_a_phone_comes_in_with_a_code_over_tls_and_is_signed_out_from_the_desk(
    browser: Any, shared: tuple[Server, str], stable: Stable, tmp_path: Path, who: str, sees: str
) -> None:
    pair = certificate(tmp_path)
    home = shutil.copytree(shared[0].home, tmp_path / "home", ignore=shutil.ignore_patterns("server.lock"))
    wish = f"Wish('0.0.0.0', 0, tls=Tls(Path({str(pair.cert)!r}), Path({str(pair.key)!r})))"
    script = SERVE.replace("Wish(port=0)", wish)
    script = script.replace("import Wish", "import Tls, Wish\nfrom pathlib import Path")
    with running(stable, script, home) as server:
        line = server.lines.get(timeout=120)
        base = line.split(" is at ")[1].split(" or ")[0].split(". ")[0]
        assert base.startswith("https://")
        assert "127.0.0.1" not in base
        desk_context = browser.new_context(ignore_https_errors=True, viewport={"width": 1280, "height": 900})
        phone_context = browser.new_context(ignore_https_errors=True, **PHONE)
        desk, phone = desk_context.new_page(), phone_context.new_page()
        desk.goto(f"{base}/app/?g=settings")
        sign_in(desk, who)
        arrived(desk)
        assert all(c["name"].startswith("__Host-flourish") and c["secure"] for c in desk_context.cookies())
        desk.wait_for_selector("#fl-devices")
        whole(desk)
        desk.click("text=Show a code for my phone")
        desk.wait_for_selector(".fl-qr")
        whole(desk)
        desk.screenshot(path=SHOTS / f"pairing-{who}.png")
        desk.click("text=Show the link instead")
        link = desk.inner_text(".fl-front code")
        assert link.startswith(f"{base}/pair?key=")
        phone.goto(link)
        phone.screenshot(path=SHOTS / "phone-pairing.png")
        phone.click("text=Sign in on this phone")
        arrived(phone)
        assert sees in phone.content()
        assert ("Dana" in phone.content()) is (who == "mia")
        phone.screenshot(path=SHOTS / f"phone-paired-{who}.png")
        assert not wide(phone)
        desk.reload()
        arrived(desk)
        desk.wait_for_selector("#fl-devices")
        assert "in as a phone" in desk.inner_text("section[aria-labelledby=fl-devices]")
        desk.screenshot(path=SHOTS / f"devices-{who}.png", full_page=True)
        desk.click("section[aria-labelledby=fl-devices] li:has-text('in as a phone') >> text=Sign out")
        desk.wait_for_selector(".fl-notice >> text=Signed out there")
        phone.reload()
        phone.wait_for_selector("[name=password]")
        desk.click("text=Sign out everywhere")
        desk.wait_for_selector("[name=password]")
        desk_context.close()
        phone_context.close()

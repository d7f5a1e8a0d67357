"""A server where people sign in with passwords, for the browser tests, and what a signed-in visitor does first."""

import time
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest

from assistant.domain.account import Account, AccountId, Role
from assistant.domain.person import Person, PersonId
from tests.ui.web.browsing import Server, Windows, running
from tests.ui.web.stable import Stable
from ui.settings import read_settings
from ui.wiring import open_house

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
    """A server of two managers, a coach and an admin with passwords, and its address."""
    home = tmp_path_factory.mktemp("shared") / "home"
    house = open_house(read_settings(str(home), environment={"FLOURISH_TODAY": "2026-06-15"}))
    gate = house.gate()
    for id, name, role, person in (
        ("mia", "Mia Okafor", Role.MANAGER, "Dana Reyes"),
        ("ole", "Ole Brandt", Role.MANAGER, "Kurt Vale"),
        ("carla", "Carla Moe", Role.COACH, ""),
        ("ada", "Ada Quist", Role.ADMIN, ""),
    ):
        account = Account(AccountId(id), name, frozenset({role}))
        house.records.accounts.add(account)
        gate.set_password(account.id, WORDS)
        if person:
            desk = house.desk(account.id)
            desk.add_person(Person(account.id, PersonId(id + "1"), person))
            desk.person(id + "1").add_note(f"CANARY-{id}: she loves the night shift.", day=date(2026, 6, 1))
    with running(stable, SERVE, home) as server:
        line = server.lines.get(timeout=120)
        yield server, line.split(" is at ")[1].split(". ")[0]


@pytest.fixture
def guest(windows: Windows, shared: tuple[Server, str]) -> Iterator[Guests]:
    with windows.opening(shared[1]) as new_page:

        def open_page(**kind: Any) -> Any:
            page = new_page(**kind)
            page.goto(f"{shared[1]}/app/")
            return page

        yield open_page


def sign_in(page: Any, name: str, password: str = WORDS) -> None:
    page.fill("[name=name]", name)
    page.fill("[name=password]", password)
    page.click("text=Sign in >> nth=-1")


def arrived(page: Any) -> None:
    page.wait_for_selector("[data-place]", state="attached", timeout=60_000)
    page.wait_for_function("!document.querySelector('.fl-step, .fl-bone, .fl-waiting')")


def until(holds: Callable[[], bool], seconds: float = 120.0) -> None:
    """Wait for something that no page shows."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come to pass"
        time.sleep(0.05)


def whole(page: Any) -> None:
    page.wait_for_function("!document.querySelector('.fl-step, .fl-bone, .fl-waiting')")

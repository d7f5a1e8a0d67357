"""Every page and every deed, asked for by a coach, an admin, another manager, and somebody who is disabled: nothing."""

import asyncio
import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from assistant.domain.account import Account, AccountId, Role
from assistant.domain.person import Person, PersonId
from assistant.domain.promise import Owner
from assistant.domain.sign_in import By
from assistant.gate import Gate
from tests.ui.web.conftest import MIA, OLE, Office
from ui.web.place import PAGES, VIEWS, Place
from ui.web.server import keep_gradio_quiet
from ui.web.sessions import Sessions

if TYPE_CHECKING:
    from ui.web.page import Page

CARLA, ROOT = AccountId("carla"), AccountId("root")
PRIVATE = ("CANARY-OF-MIA", "Zyra Quill", "Petra Holm")
WEB = Path(__file__).resolve().parents[3] / "ui" / "web"


@pytest.fixture(scope="module")
def sessions(office: Office) -> Sessions:
    for id, role in ((CARLA, Role.COACH), (ROOT, Role.ADMIN)):
        office.house.records.accounts.add(Account(id, id.title(), frozenset({role})))
    desk = office.desk(MIA)
    desk.add_person(Person(MIA, PersonId("zyra"), "Zyra Quill"))
    for person in ("zyra", "dana"):
        desk.person(person).add_note("She loves CANARY-OF-MIA and said so twice.", day=date(2026, 6, 10))
        desk.person(person).add_promise("Bring CANARY-OF-MIA", owner=Owner.ME, due=None)
    return Sessions(frozenset(), stands=office.house.gate().stands)


@pytest.fixture(scope="module")
def page(office: Office, sessions: Sessions) -> "Page":
    keep_gradio_quiet()
    from dataclasses import replace

    from ui.web.page import Page

    bench = lambda account: office.house.bench(account, office.openers.today())  # noqa: E731
    made = Page(replace(office.openers, bench=bench, gate=office.house.gate()), sessions)

    async def build() -> None:
        made.build()

    asyncio.run(build())
    return made


def request(sessions: Sessions, account: AccountId, query: dict[str, str] | None = None) -> Any:
    session = sessions.of_cookie(sessions.open(account, ""))
    assert session is not None
    return SimpleNamespace(username=session.id, query_params=query or {}, session_hash="tab" + session.id)


def seen(updates: Iterator[dict[Any, Any]]) -> str:
    return json.dumps([[str(value) for value in update.values()] for update in updates], ensure_ascii=False)


def deeds() -> list[str]:
    """Every name of a deed in the sources of the page, so that a new one is asked for without a word here."""
    found: set[str] = set()
    for file in WEB.glob("*.py"):
        text = file.read_text(encoding="utf-8")
        found |= set(re.findall(r'data-do="([a-z_]+)"', text)) | set(
            re.findall(r'(?:button|form)\(\s*"([a-z_]+)"', text)
        )
        found |= set(re.findall(r'^\s+"([a-z_]+)": (?:_|changes|see_)', text, re.MULTILINE))
    assert {"add_note", "remove_note", "say", "release", "decide", "pair", "draft"} <= found
    return sorted(found)


def places(account: AccountId) -> list[Place]:
    return [
        *(Place(account, name, "dana") for name in PAGES if name != "person"),
        *(Place(account, "person", "dana", view) for view in VIEWS),
    ]


def is_empty_of_people(said: str) -> bool:
    return not any(word in said for word in PRIVATE)


@pytest.mark.parametrize("who", [CARLA, ROOT, OLE])
@pytest.mark.parametrize("whose", ["their own", "Mia's"])
def test_no_page_shows_a_managers_people_to_anybody_else(
    page: "Page", sessions: Sessions, who: AccountId, whose: str
) -> None:
    for place in places(MIA if whose == "Mia's" else who):
        query = dict(part.split("=", 1) for part in place.query.lstrip("?").split("&"))
        said = seen(page.on_load(request(sessions, who, query)))
        assert is_empty_of_people(said), place


@pytest.mark.parametrize("who", [CARLA, ROOT, OLE])
def test_no_deed_of_anybody_else_reaches_a_managers_people_or_changes_anything(
    page: "Page", sessions: Sessions, office: Office, who: AccountId
) -> None:
    before = office.desk(MIA).person("dana")
    was = ([n.id for n in before.notes()], [p.state for p in before.promises()], office.desk(MIA).released())
    one = request(sessions, who)
    note = before.notes()[0].id
    for do in deeds():
        for at in (
            Place(MIA, "person", "dana"),
            *(Place(who, page, "dana") for page in ("person", "coach", "accounts")),
        ):
            event = SimpleNamespace(_data={
                "do": do, "id": note, "to": "dana", "at": at.query, "text": "x", "words": "dana", "day": "2026-06-15",
                "kind": "misc", "decision": "approve", "scope": "this", "reason": "x", "person": "dana",
            })  # fmt: skip
            said = seen(page.on_press(event, one))
            assert is_empty_of_people(said), (do, at)
    after = office.desk(MIA).person("dana")
    assert was == ([n.id for n in after.notes()], [p.state for p in after.promises()], office.desk(MIA).released())


def test_the_manager_sees_what_the_others_must_not(page: "Page", sessions: Sessions) -> None:
    said = seen(page.on_load(request(sessions, MIA, {"a": MIA, "p": "dana", "v": "notes"})))
    assert not is_empty_of_people(said)


def test_a_coach_may_use_the_coachs_page_and_a_manager_may_not(page: "Page", sessions: Sessions) -> None:
    assert "Nothing waits for you" in seen(page.on_load(request(sessions, CARLA)))
    said = seen(page.on_load(request(sessions, MIA, {"a": MIA, "g": "coach"})))
    assert "nothing to review" in said
    assert "Nothing waits for you" not in said


def test_an_admin_sees_every_account_and_who_signed_in_and_no_people(
    page: "Page", sessions: Sessions, office: Office
) -> None:
    office.house.gate().note(OLE, By.PHONE, "Safari on iPhone", "10.0.0.7")
    said = seen(page.on_load(request(sessions, ROOT)))
    for word in ("Mia Okafor", "Ole Brandt", "Carla", "flourish account add", "Safari on iPhone", "10.0.0.7"):
        assert word in said, word
    assert is_empty_of_people(said)
    assert "Kurt" not in said
    assert "nobody’s notes" in said.casefold()
    assert "reads nobody" in seen(page.on_load(request(sessions, ROOT, {"a": ROOT, "g": "settings"})))
    for other in (CARLA, MIA):
        shut = seen(page.on_load(request(sessions, other, {"a": other, "g": "accounts"})))
        assert "no accounts to look after" in shut
        assert "10.0.0.7" not in shut


def test_an_admin_locks_an_account_and_lets_it_in_again_and_cannot_lock_themself_out(
    page: "Page", sessions: Sessions, office: Office
) -> None:
    def press(who: AccountId, do: str, id: AccountId) -> str:
        event = SimpleNamespace(_data={"do": do, "id": id, "at": Place(who, "accounts").query})
        return seen(page.on_press(event, request(sessions, who)))

    def active() -> dict[AccountId, bool]:
        return {a.id: a.active for a in office.house.records.accounts.all()}

    assert "signed out everywhere" in press(ROOT, "rest", OLE)
    assert not active()[OLE]
    assert "can sign in again" in press(ROOT, "wake", OLE)
    assert active()[OLE]
    assert "shut yourself out" in press(ROOT, "rest", ROOT)
    for other in (CARLA, MIA):
        assert "no accounts to look after" in press(other, "rest", OLE)
    assert all(active().values())


def test_who_is_disabled_while_the_page_is_open_gets_nothing_more(
    page: "Page", sessions: Sessions, office: Office
) -> None:
    gate: Gate = office.house.gate()
    one = request(sessions, OLE)
    gate.set_active(OLE, False)
    try:
        event = SimpleNamespace(_data={"do": "go", "to": Place(OLE, "people").query})
        said = seen(page.on_press(event, one))
    finally:
        gate.set_active(OLE, True)
    assert "Kurt" not in said
    assert "no such account" in said or "no longer signed in" in said

"""What was typed and not sent, in a real chromium: it survives a reload and goes once it is kept."""

from collections.abc import Callable
from typing import Any

import pytest

from assistant.domain.account import AccountId
from assistant.domain.note import NoteKind
from tests.ui.web.browsing import PHONE, Server, Visit
from ui.settings import read_settings
from ui.wiring import open_house

pytestmark = pytest.mark.browser
Visits = Callable[..., Visit]
WORDS = "Leticia drew the valve on the back of an invoice until the farmer nodded."
NOTE, ABOUT = "form[data-do=add_note] [name=text]", "form[data-do=add_note] [name=person]"


def stored(page: Any) -> str:
    """All that the browser keeps of the page: its storage of the tab, and the lasting one."""
    return str(page.evaluate("JSON.stringify([{...sessionStorage}, {...localStorage}])"))


def again(seen: Visit) -> None:
    seen.page.reload()
    seen.page.wait_for_selector(NOTE)
    seen.whole()


def test_a_half_written_note_survives_a_reload_with_its_day_and_kind_and_goes_once_it_is_kept(
    visit: Visits, server: Server
) -> None:
    seen = visit("?a=dm1&g=write", **PHONE)
    page = seen.page
    page.fill("form[data-do=add_note] [name=day]", "2026-06-12")
    page.select_option("form[data-do=add_note] [name=kind]", NoteKind.PEER_FEEDBACK.value)
    page.fill(NOTE, WORDS)
    page.wait_for_selector("text=Found in your words: Leticia Amaral")
    again(seen)
    page.wait_for_selector("text=Found in your words: Leticia Amaral")
    seen.whole()
    assert page.input_value(NOTE) == WORDS
    assert page.input_value("form[data-do=add_note] [name=day]") == "2026-06-12", "not quietly filed under today"
    page.get_by_role("button", name="Keep this note").click()
    page.wait_for_selector(".fl-notice >> text=Noted for Leticia Amaral")
    seen.whole()
    assert WORDS not in stored(page)
    desk = open_house(read_settings(str(server.home), environment={})).desk(AccountId("dm1"))
    (note,) = (n for n in desk.person("Leticia").notes() if n.text == WORDS)
    assert (note.day.isoformat(), note.kind) == ("2026-06-12", NoteKind.PEER_FEEDBACK)
    again(seen)
    assert page.input_value(NOTE) == ""
    desk.delete_note(note.id)
    seen.is_clean()


def test_a_draft_stays_with_its_account_its_person_and_its_form(visit: Visits) -> None:
    seen = visit("?a=dm1&g=write&p=d01")
    page = seen.page
    page.fill(NOTE, WORDS)
    for elsewhere in ("?a=dm1&g=write&p=d02", "?a=dm1&p=d01&v=notes", "?a=dm2&g=write&p=d01"):
        page.goto(f"{seen.base}/app/{elsewhere}")
        page.wait_for_selector(NOTE)
        seen.whole()
        assert page.input_value(NOTE) == "", elsewhere
    page.goto(f"{seen.base}/app/?a=dm1&g=write&p=d01")
    page.wait_for_selector(NOTE)
    seen.whole()
    assert page.input_value(NOTE) == WORDS
    other = page.context.new_page()
    other.goto(f"{seen.base}/app/?a=dm1&g=write&p=d01")
    other.wait_for_selector(NOTE)
    assert other.input_value(NOTE) == "", "it waits in its own tab alone"
    assert WORDS not in str(page.context.storage_state()), "and not in what the browser keeps for good"


def test_a_change_to_a_note_and_a_message_survive_a_reload_until_they_are_sent(visit: Visits) -> None:
    seen = visit("?a=dm1&p=d03&v=notes")
    page, box = seen.page, "form[data-do=edit_note] [name=text]"
    page.locator(".fl-timeline a >> text=Edit").first.click()
    page.wait_for_selector(box)
    seen.whole()
    before = page.input_value(box)
    page.fill(box, before + " She said so herself.")
    page.reload()
    page.wait_for_selector(box)
    seen.whole()
    assert page.input_value(box) == before + " She said so herself."
    page.get_by_role("button", name="Save", exact=True).click()
    page.wait_for_selector(".fl-notice >> text=Saved")
    seen.whole()
    assert "She said so herself." not in stored(page)
    page.click(".fl-notice button")
    page.wait_for_selector("text=as it was before")
    seen.go("chat")
    page.fill(".fl-composer textarea", "What did I promise")
    page.reload()
    page.wait_for_selector(".fl-composer")
    seen.whole()
    assert page.input_value(".fl-composer textarea") == "What did I promise"
    page.click(".fl-tries button")
    page.wait_for_selector(".fl-turn .fl-after")
    seen.whole()
    assert page.input_value(".fl-composer textarea") == "What did I promise", "another button does not send or clear it"
    seen.is_clean()

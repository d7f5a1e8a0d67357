"""The conversation in a real chromium when things go otherwise: slow answers, reloads, hostile or huge words."""

from collections.abc import Callable

import pytest

from assistant.desk import Desk
from assistant.domain.account import AccountId
from assistant.domain.brief import Brief
from assistant.domain.conversation import TurnStatus
from assistant.domain.question import Question
from tests.ui.web.browsing import PHONE, SHOTS, Server, Visit, wide
from ui.settings import read_settings
from ui.wiring import open_house

pytestmark = pytest.mark.browser
Visits = Callable[..., Visit]
BOX = ".fl-composer textarea"
ASKED = ".fl-turn .fl-ask"
QUESTION = "What does he say about teaching the young ones?"


def test_a_reload_in_the_middle_of_an_answer_shows_the_message_and_the_whole_answer(
    slow_visit: Visits, slow_server: Server
) -> None:
    seen = slow_visit("?a=dm1&g=chat&p=d01")
    page = seen.page
    page.fill(BOX, QUESTION)
    page.press(BOX, "Enter")
    page.wait_for_selector(".fl-turn .fl-unit .fl-cite")
    page.wait_for_url("**i=talk.**")
    first = page.locator(".fl-turn .fl-text").nth(1).inner_text()
    page.screenshot(path=SHOTS / "chat-growing.png")
    shown = page.locator(".fl-turn .fl-cite").count()
    page.reload()
    page.wait_for_selector(".fl-turn .fl-unit")
    seen.whole()
    assert page.locator(".fl-mine-said").inner_text().startswith(QUESTION)
    assert first in page.inner_text(".fl-turns")
    assert "Stopped" not in page.inner_text(".fl-turns")
    assert page.locator(".fl-turn .fl-cite").count() >= shown
    desk = open_house(read_settings(str(slow_server.home), environment={})).desk(AccountId("dm1"))
    (talk,) = desk.conversations()
    assert desk.conversation(talk.id)[1][0].status is TurnStatus.OK
    page.click("[data-do=again]")
    page.wait_for_selector(".fl-composer[data-running]")
    page.wait_for_selector(".fl-composer:not([data-running])", timeout=60_000)
    seen.whole()
    assert page.locator(".fl-turn").count() == 1
    page.goto(f"{seen.base}/app/?a=dm1&g=chat")
    page.wait_for_selector("#fl-talks")
    page.fill("[data-find=talks]", "teaching")
    page.wait_for_selector(f"#fl-talks ~ ul >> text={QUESTION}")


def test_an_answer_is_stopped_and_what_stood_there_stays(slow_visit: Visits) -> None:
    seen = slow_visit("?a=dm1&g=chat&p=d01")
    page = seen.page
    page.fill(BOX, "What gave Tom energy lately?")
    page.press(BOX, "Enter")
    page.wait_for_selector(".fl-turn .fl-unit .fl-cite")
    page.click(".fl-composer >> text=Stop")
    page.wait_for_selector("text=Stopped here")
    seen.whole()
    assert page.locator(".fl-turn .fl-unit").count() >= 1
    assert page.locator(".fl-composer >> text=Send").is_visible()
    seen.is_clean()


def test_commands_are_offered_and_do_the_job(visit: Visits) -> None:
    seen = visit("?a=dm1&g=chat&p=d01", **PHONE)
    page = seen.page
    page.locator(BOX).press_sequentially("/")
    page.wait_for_selector(".fl-slash")
    assert page.locator(".fl-slash button:visible").count() == 5
    page.screenshot(path=SHOTS / "phone-commands.png")
    assert not wide(page)
    page.locator(BOX).press_sequentially("pl")
    assert page.locator(".fl-slash button:visible").count() == 1
    page.fill(BOX, "/note")
    page.press(BOX, "Enter")
    page.wait_for_selector(".fl-trouble >> text=What is it to note?")
    seen.whole()
    assert page.input_value(BOX) == "/note"
    page.fill(BOX, "/note he showed the young one the seal")
    page.press(BOX, "Enter")
    page.wait_for_selector(".fl-turn .fl-after")
    seen.whole()
    assert "Note that he showed the young one the seal" in page.inner_text(".fl-mine-said")
    page.locator(".fl-turn [data-id=undo]").click()
    page.wait_for_selector(".fl-turn:nth-child(2) .fl-after")
    seen.is_clean()


def test_a_question_in_an_answer_is_swapped_kept_with_the_talk_and_put_back(visit: Visits, server: Server) -> None:
    desk = open_house(read_settings(str(server.home), environment={})).desk(AccountId("dm1"))
    known = {row.id for row in desk.conversations()}
    seen = visit("?a=dm1&g=chat&p=d01")
    page = seen.page
    page.click("text=Prepare the one-on-one")
    page.wait_for_selector(".fl-turn .fl-question")
    page.wait_for_url("**i=talk.**")
    seen.whole()
    (talk,) = (row.id for row in desk.conversations() if row.id not in known)
    before = page.locator(ASKED).all_inner_texts()
    assert asked_in(desk, talk) == before
    page.locator(".fl-turn .fl-question >> text=Another one").nth(1).dblclick()
    page.wait_for_selector("text=1 question was swapped")
    seen.whole()
    after = page.locator(ASKED).all_inner_texts()
    assert asked_in(desk, talk) == after
    assert (after[0], after[2]) == (before[0], before[2]), "only the one that was meant"
    assert after[1] not in before
    (away,) = desk.conversation(talk)[1][0].swapped
    assert isinstance(away.body, Question)
    assert away.body.text == before[1]
    page.screenshot(path=SHOTS / "chat-swapped.png", full_page=True)
    page.reload()
    page.wait_for_selector("text=1 question was swapped")
    seen.whole()
    assert page.locator(ASKED).all_inner_texts() == after
    page.locator(".fl-turn .fl-question").nth(1).get_by_role("button", name="Asked").click()
    page.wait_for_selector(".fl-notice")
    seen.whole()
    assert after[1] in {entry.text for entry in desk.person("d01").ledger()}, "the swapped one is what was asked"
    page.locator(".fl-notice button").first.click()
    page.wait_for_selector("text=1 question was swapped")
    seen.whole()
    page.click("text=Back to the one before")
    page.wait_for_selector("text=1 question was swapped", state="detached")
    seen.whole()
    assert page.locator(ASKED).all_inner_texts() == asked_in(desk, talk) == before
    seen.is_clean()


def asked_in(desk: Desk, talk: str) -> list[str]:
    """The questions of a talk's first answer as the records have them."""
    (brief,) = (e.body for e in desk.conversation(talk)[1][0].events if isinstance(e.body, Brief))
    return [question.text for question in brief.questions.questions]


def test_huge_and_hostile_messages_are_told_or_shown_as_text_and_nothing_is_lost(visit: Visits) -> None:
    seen = visit("?a=dm1&g=chat&p=d01")
    page = seen.page
    huge = "He mended the pump. " * 2500
    page.fill(BOX, huge)
    page.press(BOX, "Enter")
    page.wait_for_selector(".fl-trouble >> text=A message holds at most 20,000 characters")
    seen.whole()
    assert page.input_value(BOX) == huge
    hostile = '![pixel](http://evil.example/x.png) <img src="http://evil.example/y.png" onerror="window.caught=1"> ?'
    page.fill(BOX, hostile)
    page.get_by_role("button", name="Send").dblclick()
    page.wait_for_selector(".fl-turn .fl-after")
    seen.whole()
    assert page.inner_text(".fl-mine-said .fl-text") == hostile
    assert page.locator(".fl-turn").count() == 1, "a double click sends one message"
    assert page.locator("#fl-out img").count() == 0
    assert page.evaluate("window.caught") is None
    page.go_back()
    page.wait_for_function("!location.search.includes('talk')")
    page.wait_for_load_state("networkidle")  # a page left while it is still asking says so in the console
    page.go_forward()
    page.wait_for_selector(".fl-turn .fl-after")
    seen.is_clean()


def test_after_an_answer_its_last_row_stands_above_the_field_for_the_next(visit: Visits) -> None:
    seen = visit("?a=dm1&g=chat&p=d01", **PHONE)
    page = seen.page
    for message in ("note that he asked for the long bench", "What did I promise Tom?"):
        page.fill(BOX, message)
        page.press(BOX, "Enter")
        page.wait_for_selector(f".fl-turn:last-child >> text={message.removeprefix('note that ')}")
        seen.whole()
        page.wait_for_selector(".fl-composer:not([data-running])")
        page.wait_for_timeout(200)
        last, field = page.locator(".fl-turn:last-child").bounding_box(), page.locator(".fl-composer").bounding_box()
        if last["height"] < 400:
            assert last["y"] + last["height"] <= field["y"] + 1
        assert last["y"] >= 0
    assert "2026-" not in page.inner_text(".fl-turns")
    page.screenshot(path=SHOTS / "phone-chat-end.png")
    seen.is_clean()

"""The coach's page and the manager's side of it: masked words only, decisions that reach the next brief, a way back."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.bench import Bench
from assistant.desk import Desk
from assistant.domain.account import Account, AccountId, Role
from assistant.domain.person import Person, PersonId
from assistant.errors import Invalid, NotAllowed, Refused, Unknown
from tests.ui.web.conftest import NOTES
from tests.ui.web.pressing import buttons, last, words
from tests.ui.web.test_show import Elements
from ui.settings import read_settings
from ui.web import see_coach, views
from ui.web.place import Deed, Place
from ui.web.show_shell import pages_of
from ui.web.views import Screen
from ui.wiring import House, open_house

TODAY = date(2026, 6, 15)
MIA, OLE, CARLA = AccountId("mia"), AccountId("ole"), AccountId("carla")
PREP, BENCH = Place(MIA, "person", "dana"), Place(CARLA, "coach")


@pytest.fixture
def house(tmp_path: Path) -> House:
    house = open_house(read_settings(str(tmp_path / "home"), environment={}))
    for account, role in ((MIA, Role.MANAGER), (OLE, Role.MANAGER), (CARLA, Role.COACH)):
        house.records.accounts.add(Account(account, account.title(), frozenset({role})))
    house.desk(MIA, TODAY).add_person(Person(MIA, PersonId("dana"), "Dana Reyes", role="Clerk"))
    for day, kind, text in NOTES:
        house.desk(MIA, TODAY).person("dana").add_note(text, day=day, kind=kind)
    return house


@pytest.fixture
def desk(house: House) -> Desk:
    return house.desk(MIA, TODAY)


@pytest.fixture
def bench(house: House) -> Bench:
    return house.bench(CARLA, TODAY)


def press(desk: Desk, at: Place, do: str, id: str = "", to: str = "", **said: str) -> Screen:
    return last(views.screens(desk, at, Deed(do, id, to, at.query, said)))


def judge(bench: Bench, id: str, decision: str, *, do: str = "decide", **said: str) -> Screen:
    form = {"decision": decision, "scope": "this", "reason": "It opens more.", **said}
    return last(see_coach.screens(bench, BENCH, Deed(do, id, "", BENCH.query, form)))


def first_question(desk: Desk) -> str:
    return str(buttons(last(views.look(desk, PREP)).out, "mask")[0]["data-id"])


def handed_over(desk: Desk, bench: Bench) -> str:
    press(desk, PREP, "release", first_question(desk))
    return bench.queue()[0].released.id


def test_a_question_is_shown_masked_first_and_handed_over_with_one_yes(desk: Desk, bench: Bench) -> None:
    question = first_question(desk)
    shown = press(desk, PREP, "mask", question)
    assert bench.queue() == [], "looking hands nothing over"
    masked = words(shown.notice)
    assert "Share with a coach" in masked
    text = desk.person("dana").releasing.masked(question).text
    assert text in masked
    done = press(desk, shown.place, "release", question, text=text)
    assert [c.released.text for c in bench.queue()] == [text]
    assert "waiting" in words(done.out)
    back = buttons(done.notice, "take_back")[0]
    press(desk, done.place, "take_back", str(back["data-id"]))
    assert bench.copies() == []


def test_a_mask_that_names_somebody_is_refused_and_nothing_is_handed_over(desk: Desk, bench: Bench) -> None:
    with pytest.raises(Refused):
        press(desk, PREP, "release", first_question(desk), text="What does Dana Reyes enjoy about invoices?")
    assert bench.queue() == []


def test_a_coach_reads_the_masked_words_and_no_name_note_or_account(desk: Desk, bench: Bench) -> None:
    handed_over(desk, bench)
    html = see_coach.look(bench, BENCH).out
    assert bench.queue()[0].released.text in words(html)
    for private in ("Dana", "Reyes", "mia", "Mia", "2026"):
        assert private not in words(html)


@pytest.mark.parametrize(
    ("decision", "words_of_coach", "said"),
    [
        ("approve", "", "Approved"),
        ("reword", "What would make this week lighter?", "Reworded"),
        ("retire", "", "Retired"),
    ],
)
def test_a_decision_says_what_it_changes_stands_with_its_reason_and_is_taken_back(
    desk: Desk, bench: Bench, decision: str, words_of_coach: str, said: str
) -> None:
    copy = handed_over(desk, bench)
    before = words(last(views.look(desk, PREP)).out)
    done = judge(bench, copy, decision, words=words_of_coach)
    assert said in words(done.notice)
    assert "Nothing waits" in words(done.out)
    told = see_coach.look(bench, replace(BENCH, item="decided")).out
    assert "It opens more." in words(told)
    assert words_of_coach in words(told)
    after = words(last(views.look(desk, PREP)).out)
    if decision == "reword":
        assert words_of_coach in after
    handed = words(last(views.look(desk, replace(PREP, view="asked"))).out)
    assert said in handed
    assert "It opens more." in handed
    judge(bench, str(buttons(told, "roll_back")[0]["data-id"]), "", do="roll_back")
    assert "Taken back" in words(see_coach.look(bench, replace(BENCH, item="decided")).out)
    assert words(last(views.look(desk, PREP)).out) == before


def test_approve_with_the_wording_as_it_came_approves_it(desk: Desk, bench: Bench) -> None:
    copy = handed_over(desk, bench)
    done = judge(bench, copy, "approve", words=bench.queue()[0].released.text)
    assert "Approved" in words(done.notice)
    judge(bench, str(buttons(done.notice, "roll_back")[0]["data-id"]), "", do="roll_back")


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"decision": ""}, Invalid), ({"decision": "approve", "scope": "planet"}, Invalid),
        ({"decision": "approve", "reason": " "}, Invalid), ({"decision": "reword", "words": ""}, Invalid),
        ({"decision": "reword", "words": "Why did you fail?"}, Refused),
        ({"decision": "reword", "words": "What does [name 9] need?"}, Refused),
        ({"decision": "approve", "words": "What would make this week lighter?"}, Invalid),
    ],
)  # fmt: skip
def test_an_unfinished_decision_changes_nothing(
    desk: Desk, bench: Bench, said: dict[str, str], error: type[Exception]
) -> None:
    copy = handed_over(desk, bench)
    with pytest.raises(error):
        judge(bench, copy, said.pop("decision"), **said)
    assert bench.verdicts() == []


def test_a_copy_that_is_not_there_and_a_button_that_is_not_ours_are_refused(bench: Bench) -> None:
    with pytest.raises(Unknown):
        judge(bench, "r000", "approve")
    with pytest.raises(Invalid):
        judge(bench, "", "approve", do="delete_note")


def test_a_manager_and_another_manager_get_nothing_from_the_bench_or_the_copies(
    house: House, desk: Desk, bench: Bench
) -> None:
    copy = handed_over(desk, bench)
    for account in (MIA, OLE):
        with pytest.raises(NotAllowed):
            see_coach.look(house.bench(account, TODAY), Place(account, "coach"))
    other = house.desk(OLE, TODAY)
    assert other.released() == []
    with pytest.raises(Unknown):
        press(other, Place(OLE), "take_back", copy)
    with pytest.raises(Unknown):
        press(other, Place(OLE, "person", "dana"), "mask", "CUS-REG-1")


def test_empty_pages_say_what_will_stand_there(bench: Bench) -> None:
    assert "Share with a coach" in words(see_coach.look(bench, BENCH).out)
    assert "stands here" in words(see_coach.look(bench, replace(BENCH, item="decided")).out)


def test_every_field_and_button_of_the_queue_has_a_name(desk: Desk, bench: Bench) -> None:
    handed_over(desk, bench)
    html = see_coach.look(bench, BENCH).out
    assert html.count("<textarea") == html.count("<label") - html.count("<select")
    assert Elements(html).text


def test_who_has_which_pages() -> None:
    assert pages_of({Role.COACH}) == ("coach", "settings")
    assert "coach" not in pages_of({Role.MANAGER})
    both = {Role.MANAGER, Role.COACH}
    assert "coach" not in pages_of(both, alone=True, shared=False), "nothing to do there yet"
    assert "coach" in pages_of(both, alone=True, shared=True)
    assert "coach" in pages_of(both, alone=False, shared=False)
    assert {"coach", "today", "people"} <= set(pages_of({Role.MANAGER, Role.COACH}))
    assert pages_of({Role.ADMIN}) == ("accounts", "settings"), "and nobody's notes"


def test_a_coach_has_settings_with_devices_the_log_and_no_desk(house: House) -> None:
    from assistant.domain.sign_in import By
    from ui.web import see_account
    from ui.web.about import About
    from ui.web.around import Around

    gate = house.gate()
    gate.note(CARLA, By.LINK, "Firefox <b>on</b> Linux", "10.0.0.1")
    account = gate.account(CARLA)
    assert pages_of(account.roles) == ("coach", "settings")
    assert pages_of({Role.MANAGER})[-1] == "settings"
    assert pages_of({Role.ADMIN}) == ("accounts", "settings"), "and nobody's notes"
    at = Place(CARLA, "settings")
    around = Around(lambda: About(version="1"), came=gate.came(CARLA))
    screen = see_account.look(account, at, TODAY, around)
    assert "Signed in by the printed link" in words(screen.out)
    assert "<b>" not in screen.out
    assert "Your data" not in words(screen.out)
    assert screen.rows == ()
    with pytest.raises(Invalid):
        see_account.screen(account, at, Deed("back_up", at=at.query), TODAY, around)

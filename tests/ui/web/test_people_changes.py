"""People and one-on-ones on the page: added, renamed, planned, taken back; and nobody else's."""

from datetime import date
from pathlib import Path

import pytest

from assistant.desk import Desk
from assistant.domain.account import Account, AccountId
from assistant.domain.meeting import MeetingState
from assistant.errors import FlourishError, Invalid, Refused, Unknown
from tests.ui.web.conftest import MIA, OLE, TODAY, Office
from tests.ui.web.pressing import buttons, last, press, words
from tests.ui.web.test_show import PAYLOADS, harmless
from ui.web import views
from ui.web.place import Deed, Place

PEOPLE = Place(MIA, "people")
DETAILS = Place(MIA, "person", "dana", "about")


def undo(office: Office, screen: views.Screen) -> views.Screen:
    do = next(do for do in ("unadd_people", "unmet") if buttons(screen.notice, do))
    pressed = buttons(screen.notice, do)[0]
    return press(office, screen.place, do, str(pressed["data-id"]), str(pressed.get("data-to") or ""))


def test_somebody_is_added_with_all_that_can_be_said_and_taken_back(office: Office) -> None:
    said = {"name": "  Nils   Aas ", "role": "Fitter", "aka": "Nisse, Nisse, N.", "customers": "the ferry",
            "start": "2026-01-05", "cadence": "14", "pronouns": "he"}  # fmt: skip
    added = press(office, PEOPLE, "add_person", **said)
    nils = office.desk().person("Nils Aas").person
    assert (nils.role, nils.aka, nils.customers) == ("Fitter", ("Nisse", "N."), "the ferry")
    assert (nils.start, nils.cadence_days, nils.pronouns) == (date(2026, 1, 5), 14, "he")
    assert added.place.person == nils.id
    undo(office, added)
    with pytest.raises(Unknown):
        office.desk().person("Nils Aas")


def test_a_list_of_names_is_a_list_of_people_and_a_second_entry_is_told(office: Office) -> None:
    added = press(office, PEOPLE, "add_people", people="- Ana Gil, night shift\nBo Lie\tdriver\n\nDana Reyes, Clerk\n")
    assert "Added: Ana Gil, Bo Lie" in words(added.notice)
    assert "Dana Reyes is already among your people" in words(added.notice)
    assert office.desk().person("Bo Lie").person.role == "driver"
    undo(office, added)
    assert {row.person.name for row in office.desk().people()} == {"Dana Reyes", "Petra Holm"}
    for none in ("", " \n - \n"):
        with pytest.raises(Invalid):
            press(office, PEOPLE, "add_people", people=none)
    with pytest.raises(Refused):
        press(office, PEOPLE, "unadd_people", "dana")


def test_a_new_name_is_used_everywhere_and_the_old_one_comes_back(office: Office) -> None:
    before = office.desk().person("dana").person
    said = {"name": "Dana Reyes-Holt", "role": "Lead clerk", "cadence": "7", "pronouns": "she"}
    saved = press(office, DETAILS, "edit_person", "dana", **said)
    assert "Dana Reyes-Holt" in words(saved.scope)
    fields = saved.notice.split("<form")[1]
    old = {name: value for name, value in _hidden(fields)}
    back = press(office, DETAILS, "edit_person", "dana", "undo", **old)
    assert "as they were before" in words(back.notice)
    assert office.desk().person("dana").person == before
    for wrong in ({"name": ""}, {"name": "x" * 121}, {"name": "Dana", "cadence": "0"}, {"name": "D", "cadence": "x"},
                  {"name": "Dana", "pronouns": "it"}, {"name": "Dana", "start": "soon"}):  # fmt: skip
        with pytest.raises(FlourishError):
            press(office, DETAILS, "edit_person", "dana", **wrong)
    assert office.desk().person("dana").person == before


def _hidden(html: str) -> list[tuple[str, str]]:
    parts = html.split('type="hidden" name="')[1:]
    return [(part.split('"')[0], part.split('value="')[1].split('"')[0]) for part in parts]


def test_a_one_on_one_is_planned_called_off_and_each_word_taken_back(office: Office) -> None:
    dana = office.desk().person("dana")
    day = date(2026, 6, 23)

    def state() -> MeetingState | None:
        return next((m.state for m in dana.meetings() if m.day == day), None)

    planned = press(office, DETAILS, "plan_meeting", "dana", day=day.isoformat())
    assert "Planned for Tue 23 June" in words(planned.notice)
    assert state() is MeetingState.PLANNED
    off = press(office, DETAILS, "met", day.isoformat(), "skipped")
    assert state() is MeetingState.SKIPPED
    undo(office, off)
    assert state() is MeetingState.PLANNED
    undo(office, planned)
    assert state() is None
    with pytest.raises(Invalid):
        press(office, DETAILS, "plan_meeting", "dana", day="2026-06-01")
    with pytest.raises(Invalid, match="A note tells of"):
        press(office, DETAILS, "unmet", "2026-06-02", "none")


@pytest.mark.parametrize("do", ["edit_person", "plan_meeting", "met", "unmet", "unadd_people", "first_note"])
def test_nobody_changes_the_people_of_another(office: Office, do: str) -> None:
    there = Place(OLE, "person", "dana", "about")
    deed = Deed(do, "2026-06-23" if do in ("met", "unmet") else "dana", "skipped", there.query,
                {"name": "X", "day": "2026-06-23", "text": "x", "kind": "misc", "person": "dana"})  # fmt: skip
    before = office.desk().person("dana")
    with pytest.raises(Unknown):
        last(views.screens(office.desk(OLE), there, deed))
    assert office.desk().person("dana") == before


def test_whatever_a_person_is_called_is_text(office: Office) -> None:
    payload = PAYLOADS[0].replace("\x00", "")[:100]
    added = press(office, PEOPLE, "add_person", name=payload, role=payload, aka=payload, customers=payload)
    harmless(added.scope + added.out + added.notice)
    shown = last(views.look(office.desk(), Place(MIA, "person", added.place.person, "about")))
    harmless(shown.scope + shown.out)
    undo(office, added)


@pytest.fixture
def empty(office: Office, tmp_path: Path) -> Desk:
    new = AccountId(f"new{abs(hash(tmp_path)) % 10**6}")
    office.house.records.accounts.add(Account(new, "Me"))
    return office.desk(new)


def test_an_empty_home_asks_three_things_and_comes_to_a_brief(empty: Desk) -> None:
    place = Place(empty.account)
    first = last(views.look(empty, place))
    for asked in ("1. You", "2. Your people", "3. Your notes", "Who can read what"):
        assert asked in words(first.out)

    def pressed(do: str, **said: str) -> views.Screen:
        return last(views.screens(empty, place, Deed(do, at=place.query, said=said)))

    named = pressed("call_me", name=" Wade  Ohlin ")
    assert "Welcome, Wade Ohlin" in words(named.notice)
    assert empty.who().name == "Wade Ohlin"
    peopled = pressed("add_people", people="Aaron Best, clerk\nAna Ruiz, harbour master")
    assert "Aaron Best, Ana Ruiz" in words(peopled.out)
    assert '<option value="" selected>named in it' in peopled.out
    ana = empty.person("Ana Ruiz").person
    said = {"text": 'Ana said: "I love the ferry list." I promised her the tide table by Friday.', "person": "",
            "day": TODAY.isoformat(), "kind": "observation"}  # fmt: skip
    with pytest.raises(Invalid, match="Whom"):
        pressed("first_note", **{**said, "text": "Somebody mended the till."})
    brief = pressed("first_note", **said)
    assert (brief.place.page, brief.place.person, brief.place.view) == ("person", ana.id, "prep")
    assert "tide table" in words(brief.out)
    assert "What you owe" in words(last(views.look(empty, place)).out), "the first run is over"
    with pytest.raises(Invalid):
        pressed("call_me", name="  ")


@pytest.mark.parametrize(
    "line",
    ["Lo Rey; trainee maker", "Lo Rey - trainee maker", "Lo Rey – trainee maker", "Lo Rey (trainee maker)",
     "Lo Rey, trainee maker", "Lo Rey\ttrainee maker"],
)  # fmt: skip
def test_a_role_stands_behind_any_mark_that_people_write_there(office: Office, line: str) -> None:
    added = press(office, PEOPLE, "add_people", people=line)
    lo = office.desk().person("Lo Rey").person
    assert (lo.name, lo.role) == ("Lo Rey", "trainee maker")
    undo(office, added)


def test_a_double_name_and_brackets_in_a_role_stay_whole(office: Office) -> None:
    added = press(office, PEOPLE, "add_people", people="Ann-Marie Lo-Rey, lead (night)\nO’Neil Ray")
    assert office.desk().person("Ann-Marie Lo-Rey").person.role == "lead (night)"
    assert office.desk().person("O’Neil Ray").person.role == ""
    undo(office, added)

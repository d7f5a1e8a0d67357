"""Plans on the page: drawn with their gaps, changed in one part, moved on, taken back, and copied for the person."""

import html
import re
from dataclasses import replace

import pytest

from assistant.domain.note import Sharing
from assistant.errors import FlourishError, Invalid, Unknown
from tests.ui.web.conftest import MIA, OLE, Office
from tests.ui.web.pressing import buttons, last, press, words
from tests.ui.web.test_show import harmless
from ui.web import views
from ui.web.place import Deed, Place

PLAN = Place(MIA, "person", "dana", "plan")


@pytest.fixture(autouse=True)
def _no_plan(office: Office) -> None:
    planning = office.desk().person("dana").planning
    while office.desk().person("dana").plan() is not None:
        planning.undo()


def test_a_plan_is_a_picture_of_links_and_gaps_and_stands_among_all_plans(office: Office) -> None:
    assert "No plan yet" in last(views.look(office.desk(), PLAN)).out
    drafted = press(office, PLAN, "draft")
    for link in ("passion", "talent", "customer", "value", "step"):
        assert f'data-link="{link}"' in drafted.out
    listed = last(views.look(office.desk(), Place(MIA, "plans")))
    assert "first step by" in words(listed.out)
    assert "fl-beads" in listed.out
    assert "no plan yet" in words(listed.out), "Petra has none"
    assert "Kurt" not in words(listed.out)


def test_one_part_is_proposed_anew_and_taken_back(office: Office) -> None:
    press(office, PLAN, "draft")
    smaller = press(office, PLAN, "revise", section="first_step", wish="smaller", words="")
    assert "version 2" in words(smaller.notice)
    changed = press(office, PLAN, "plan_versions")
    assert "From version 1 to 2" in words(changed.out)
    undo = buttons(smaller.notice, "plan_undo")
    assert undo
    assert "version 1" in words(press(office, PLAN, "plan_undo").notice)
    assert "first version" in words(press(office, PLAN, "plan_versions").out)


def test_a_later_step_is_drawn_below_and_put_in_ones_own_words_in_place(office: Office) -> None:
    drafted = press(office, PLAN, "draft")
    assert "third step" not in words(drafted.out).casefold().split("change one part")[0]
    for part, text in (("second_step", "If it held, show Petra once."), ("third_step", "If not, ask her why.")):
        shown = press(office, PLAN, "reword", section=part, text=text)
        assert text in words(shown.out)
    assert shown.out.count('data-link="then"') == 2
    assert "depends on the step before" in words(shown.out)
    assert 'value="second_step"' in shown.out


def test_own_words_stand_as_a_suggestion_and_hostile_ones_stay_words(office: Office) -> None:
    press(office, PLAN, "draft")
    hostile = "<img src=x onerror=alert(1)> She teaches the refund desk once."
    worded = press(office, PLAN, "reword", section="goal", text=hostile)
    assert "version 2" in words(worded.notice)
    harmless(worded.out + worded.notice)
    harmless(press(office, PLAN, "plan_versions").out)
    harmless(press(office, PLAN, "plan_copy").out)
    for said in ({"section": "goal", "text": " "}, {"section": "mood", "text": "Fine."}):
        with pytest.raises(Invalid):
            press(office, PLAN, "reword", **said)


def test_a_plan_is_agreed_begun_and_closed_and_each_is_undone(office: Office) -> None:
    press(office, PLAN, "draft")
    agreed = press(office, PLAN, "plan_state", to="agreed")
    assert "agreed" in words(agreed.notice)
    assert "It has begun" in words(agreed.out)
    press(office, PLAN, "plan_undo")
    with pytest.raises(FlourishError):
        press(office, PLAN, "plan_state", to="active")
    with pytest.raises(Invalid):
        press(office, PLAN, "plan_state", to="burnt")


def test_the_copy_for_the_person_holds_no_private_note(office: Office) -> None:
    press(office, PLAN, "draft")
    copy = words(press(office, PLAN, "plan_copy").out.split("fl-copy-text")[1].split("</pre>")[0])
    assert "plan for Dana" in copy
    assert "messy invoice" not in copy, "no note was marked as shareable"
    assert "fl-copy-text" not in press(office, PLAN, "plan_close").out


def test_a_copy_without_their_words_says_so_and_lets_each_in_at_one_press_and_out_again(office: Office) -> None:
    press(office, PLAN, "draft")
    before = press(office, PLAN, "plan_copy")
    assert "Nothing Dana said and nothing you saw is in it yet" in words(before.out)
    lend = buttons(before.out, "lend")
    assert len(lend) > 1
    id = str(lend[0]["data-id"])
    assert "messy invoice" in office.desk().note(id).text, "their own words come first"
    after = press(office, before.place, "lend", id)
    assert "“I love sorting out a messy invoice" in words(after.out.split("fl-copy-text")[1].split("</pre>")[0])
    assert "Nothing Dana said" not in words(after.out)
    assert id not in [each["data-id"] for each in buttons(after.out, "lend")]
    back = press(office, after.place, "unlend", str(buttons(after.notice, "unlend")[0]["data-id"]))
    assert "Nothing Dana said and nothing you saw" in words(back.out)
    assert office.desk().note(id).sharing is Sharing.PRIVATE


@pytest.mark.parametrize("do", ["draft", "revise", "reword", "plan_state", "plan_undo", "plan_copy", "plan_versions"])
def test_nobody_else_s_plan_can_be_seen_or_changed(office: Office, do: str) -> None:
    press(office, PLAN, "draft")
    there = Place(OLE, "person", "dana", "plan")
    said = {"section": "goal", "text": "x", "wish": "smaller"}
    with pytest.raises(Unknown):
        last(views.screens(office.desk(OLE), there, Deed(do, "", "agreed", there.query, said)))
    plan = office.desk().person("dana").plan()
    assert plan is not None
    assert (plan.version, plan.state) == (1, "draft")


def test_the_plan_stands_beside_the_conversation_and_follows_what_is_said(office: Office) -> None:
    press(office, PLAN, "draft")
    beside = Place(MIA, "chat", "dana", "plan")
    assert Place.read(beside.query) == beside
    assert beside.query in html.unescape(last(views.look(office.desk(), PLAN)).out), "the plan's page leads there"
    page = last(views.look(office.desk(), beside)).out
    assert "Plan, version 1" in words(page)
    begun = next(b for b in re.findall(r'data-fill="([^"]+)"', page) if "sign that it works" in b)
    told = press(office, beside, "say", message=html.unescape(begun) + "the owner <b>rings</b> no more")
    assert "Plan, version 2" in words(told.out)
    assert "Nowthe owner <b>rings</b> no more" in words(told.out), "what is new is told where it was said"
    harmless(told.out)
    assert office.desk().person("dana").planning.newest().threads[0].measure == "the owner <b>rings</b> no more"
    assert told.place.has_plan_beside
    away = last(views.look(office.desk(), replace(told.place, view="prep"))).out
    assert "Plan, version" not in words(away)


def test_beside_a_conversation_nobody_sees_the_plan_of_another_desk(office: Office) -> None:
    press(office, PLAN, "draft")
    with pytest.raises(Unknown):
        last(views.look(office.desk(OLE), Place(OLE, "chat", "dana", "plan")))
    assert "No plan yet" in last(views.look(office.desk(OLE), Place(OLE, "chat", "kurt", "plan"))).out


def test_no_two_buttons_of_a_plan_and_its_copy_sound_alike(office: Office) -> None:
    press(office, PLAN, "draft")
    out = press(office, PLAN, "plan_copy").out
    labels = [re.sub(r"<[^>]+>", "", b).strip() for b in re.findall(r"<button[^>]*data-do=[^>]*>(.*?)</button>", out)]
    assert {"End this plan", "Hide the copy", "Undo last change"} <= set(labels)
    assert not [(one, two) for one in labels for two in labels if one != two and two.startswith(f"{one} ")]
    loud = re.findall(r'class="fl-button fl-tick[^"]*"[^>]*>([^<]+)<', out.split("fl-thread")[0])
    assert loud[-1] == "Revise in chat", "a draft is there to be worked on"

"""The steps after the first in a plan's life: put in, moved, compared, checked, guided and shared like the others."""

from dataclasses import replace
from datetime import timedelta

import pytest

from assistant.actions.check_plan import why_stale
from assistant.desk.plan_desk import PlanDesk
from assistant.domain.check_in import CheckIn, Speaks, StaleFor
from assistant.domain.plan import PlanState, Section
from assistant.domain.promise import Owner
from assistant.errors import Invalid, NotAllowed, Refused
from tests.house import TODAY, Bakery

SHOW = "If the loaf holds, you two could show the market stall how it is scored."


@pytest.fixture
def nadia(bakery: Bakery) -> PlanDesk:
    bakery.desk.person("nadia").draft_plan()
    planning = bakery.desk.person("nadia").planning
    plan = planning.newest()
    return planning if not plan.threads[0].then else pytest.fail("the bakery's plan goes on by itself")


def test_a_later_step_in_own_words_comes_after_the_first_and_before_the_review(nadia: PlanDesk) -> None:
    first = nadia.newest().threads[0].first_step
    plan = nadia.reword("second step", SHOW)
    (second,) = plan.threads[0].then
    assert (second.text, second.owner, second.quotes, second.who) == (SHOW, Owner.THEM, (), "")
    assert first.due < second.due < plan.review_on
    assert second.due.weekday() < 5
    assert plan.threads[0].own_words == (Section.SECOND_STEP,)
    third = nadia.reword("third step", "If not, ask what was missing.", due=plan.review_on).threads[0].then[1]
    assert third.due == plan.review_on


def test_a_later_step_out_of_reach_is_refused_with_the_days_there_are(nadia: PlanDesk) -> None:
    with pytest.raises(Invalid, match="no second step"):
        nadia.reword("third step", SHOW)
    with pytest.raises(Invalid, match="no second step"):
        nadia.reword("second step", due=TODAY + timedelta(days=30))
    plan = nadia.reword("second step", SHOW)
    for day in (plan.threads[0].first_step.due, plan.review_on + timedelta(days=1)):
        with pytest.raises(Invalid, match="out of reach") as told:
            nadia.reword("second step", due=day)
        assert plan.review_on.isoformat() in told.value.next
    with pytest.raises(NotAllowed):
        nadia.reword("second step", "Rate her from 1 to 5 against the others")


def test_a_later_step_gives_way_to_the_one_before_it(nadia: PlanDesk) -> None:
    first = nadia.newest().threads[0].first_step
    nadia.reword("second step", SHOW, due=first.due + timedelta(days=1))
    plan = nadia.reword("first step", due=first.due + timedelta(days=3))
    assert plan.threads[0].then[0].due > plan.threads[0].first_step.due
    assert plan.threads[0].then[0].text == SHOW


def test_it_is_moved_by_a_wish_within_its_days(nadia: PlanDesk) -> None:
    before = nadia.reword("second step", SHOW).threads[0].then[0]
    after = nadia.revise("second step", "later").threads[0].then[0]
    assert (after.text, after.due > before.due) == (SHOW, True)
    sooner = nadia.revise("second step", "sooner")
    assert sooner.threads[0].first_step.due < sooner.threads[0].then[0].due < after.due
    nadia.reword("second step", due=sooner.review_on)
    with pytest.raises(Refused) as told:
        nadia.revise("second step", "later")
    assert told.value.next


def test_a_diff_says_what_came_after(nadia: PlanDesk) -> None:
    nadia.reword("second step", SHOW)
    (changed,) = [c for c in nadia.diff().changes if c.section is Section.SECOND_STEP]
    assert (changed.before, changed.after.startswith(SHOW), changed.what) == ("", True, "second step")


def test_it_is_asked_about_like_the_first_and_called_late_after_it(bakery: Bakery, nadia: PlanDesk) -> None:
    asked = {each.section for each in nadia.check().check_ins}
    assert Section.SECOND_STEP not in asked
    second = nadia.reword("second step", SHOW).threads[0].then[0]
    silent = {each.section for each in nadia.check().check_ins if each.speaks is Speaks.SILENT}
    assert Section.SECOND_STEP in silent
    assert Section.THIRD_STEP not in silent
    plan = nadia.move_on(PlanState.AGREED)
    late = replace(bakery.desk, today=second.due + timedelta(days=1)).person("nadia")
    (stale,) = [s.text for s in late.planning.check().stale if s.reason is StaleFor.STEP]
    assert "first step" in stale  # while the first passed in silence, the next is no matter yet
    quote = next(q for link in plan.threads[0].steps.values() for q in (*link.quotes, *plan.threads[0].talent.quotes))
    done = CheckIn(1, Section.FIRST_STEP, Speaks.FOR, quote)
    ins = [done if each.section is Section.FIRST_STEP else each for each in late.planning.check().check_ins]
    with late.desk.records.reading(late.desk.account, late.desk.today) as shelf:
        told = [s.text for s in why_stale(late.planning.newest(), ins, shelf) if s.reason is StaleFor.STEP]
    assert [("second step" in text, "first step" in text) for text in told] == [(True, False)]


def test_the_copy_for_the_person_has_what_comes_next_without_the_basis(nadia: PlanDesk) -> None:
    nadia.reword("second step", "If it holds, show somebody how it is done.")
    lines = [line for thread in nadia.share().threads for line in thread]
    (line,) = [line for line in lines if line.section is Section.SECOND_STEP]
    assert "If it holds, show somebody how it is done." in line.text
    assert not line.open


def test_what_a_note_or_somebody_else_is_behind_stays_an_open_line_in_the_copy(bakery: Bakery) -> None:
    nadia = bakery.desk.person("nadia")
    nadia.add_note("Nadia will show Jan Novak the rye loaves by 26 June.", day=TODAY)
    nadia.draft_plan()
    (second,) = nadia.planning.newest().threads[0].then
    assert second.who == "Jan Novak"
    copy = nadia.planning.share()
    assert "Jan" not in "".join(line.text for thread in copy.threads for line in thread)
    (line,) = [line for thread in copy.threads for line in thread if line.section is Section.SECOND_STEP]
    assert line.open
    assert not copy.findings

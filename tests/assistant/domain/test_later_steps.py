"""What comes after the first step is in order, before the review, and names nobody whom no note names."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.actions.space_steps import space_steps
from assistant.domain.calendar import Ahead, AheadKind, free_between
from assistant.domain.evidence import Quote
from assistant.domain.plan import Plan, Section, Step, Thread
from assistant.domain.promise import Owner
from assistant.errors import Invalid
from tests.knowledge.records.nouns import day as on
from tests.knowledge.records.nouns import note, plan

FRIDAY = date(2026, 5, 8)
NOTED = note("Loves teaching. Bo Kranz asked her for the list.", id="n9")


def step(text: str, due: str, owner: Owner = Owner.THEM) -> Step:
    return Step(text, owner, on(due))


def going_on(*then: Step) -> Plan:
    made = plan()
    return replace(made, threads=(replace(made.threads[0], then=then),))


def thread(*then: Step) -> Thread:
    return going_on(*then).threads[0]


def test_a_thread_may_go_on_for_two_steps_each_found_by_its_name() -> None:
    second, third = step("Show Bo", "2026-04-01"), step("Let Bo try", "2026-05-01", Owner.ME)
    made = thread(second, third)
    assert made.part(Section.SECOND_STEP) == second
    assert made.part(Section.THIRD_STEP) == third
    assert [*made.steps] == [Section.FIRST_STEP, Section.SECOND_STEP, Section.THIRD_STEP, Section.SUPPORT]
    assert thread().part(Section.SECOND_STEP) == ""
    with pytest.raises(Invalid, match="at most two"):
        thread(second, third, step("Once more", "2026-06-01"))


@pytest.mark.parametrize(
    ("days", "why"),
    [
        (("2026-03-02",), "after the one before"),  # the day of the first step
        (("2026-04-01", "2026-04-01"), "after the one before"),
        (("2026-05-01", "2026-04-01"), "after the one before"),
        (("2026-09-02",), "before the review"),
    ],
)
def test_steps_out_of_their_order_are_no_plan(days: tuple[str, ...], why: str) -> None:
    with pytest.raises(Invalid, match=why):
        going_on(*(step("Show Bo", due) for due in days))
    assert going_on(step("Show Bo", "2026-09-01")).threads[0].then


def test_whoever_else_a_step_takes_is_named_by_a_note_it_cites() -> None:
    cited = Quote.of(NOTED, "asked her for the list")
    assert Step("Show Bo", Owner.THEM, FRIDAY, (cited,), "Bo Kranz").who == "Bo Kranz"
    for quotes, who in (((), "Bo Kranz"), ((cited,), "Jo")):
        with pytest.raises(Invalid, match="named by a note"):
            Step("Show Bo", Owner.THEM, FRIDAY, quotes, who)


def test_a_step_that_goes_leaves_its_place_to_the_next_and_words_stay_whose_they_are() -> None:
    made = thread(step("Show Bo", "2026-04-01"), step("Let Bo try", "2026-05-01"))
    made = replace(made, own_words=(Section.MEASURE, Section.THIRD_STEP))
    left = made.without(Section.SECOND_STEP)
    assert [each.text for each in left.then] == ["Let Bo try"]
    assert left.own_words == (Section.MEASURE, Section.SECOND_STEP)
    assert left.without(Section.SECOND_STEP).own_words == (Section.MEASURE,)


def test_a_third_step_needs_a_second_one() -> None:
    with pytest.raises(Invalid, match="no second step") as told:
        thread().with_part(Section.THIRD_STEP, step("Let Bo try", "2026-05-01"))
    assert told.value.next
    put = thread().with_part(Section.SECOND_STEP, step("Show Bo", "2026-04-01"), own=True)
    assert put.then[0].text == "Show Bo"
    assert put.own_words == (Section.SECOND_STEP,)


def test_the_day_of_a_later_step_is_free() -> None:
    away = Ahead(AheadKind.AWAY, date(2026, 5, 4), date(2026, 5, 15), Quote.of(NOTED, "Loves teaching"))
    found = [
        free_between(FRIDAY, date(2026, 4, 1), date(2026, 6, 1), gone) for gone in ((), (away,))
    ]  # fmt: skip
    assert found == [FRIDAY, date(2026, 5, 1)]
    assert free_between(FRIDAY, date(2026, 5, 4), date(2026, 5, 15), (away,)) is None
    assert free_between(FRIDAY, date(2026, 5, 8), date(2026, 5, 10), ()) is None  # a weekend alone


def test_steps_move_on_with_the_one_before_and_fall_where_no_day_is_left() -> None:
    made = thread(step("Show Bo", "2026-04-01"), step("Let Bo try", "2026-05-01"))
    made = replace(made, own_words=(Section.THIRD_STEP,))
    moved = replace(made, first_step=replace(made.first_step, due=on("2026-04-10")))
    assert [each.due for each in space_steps(moved, on("2026-09-01"), ()).then] == [on("2026-04-13"), on("2026-05-01")]
    short = space_steps(made, on("2026-04-01"), ())
    assert ([each.text for each in short.then], short.own_words) == (["Show Bo"], ())
    assert space_steps(made, made.first_step.due, ()).then == ()

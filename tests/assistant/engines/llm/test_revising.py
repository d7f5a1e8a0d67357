"""One section of a plan by a model: as the wish has it, as far as the notes carry it, and nothing else changes."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from assistant.actions.draft_plan import draft_plan
from assistant.domain.note import NoteId
from assistant.domain.plan import Link, Plan, Section, Step
from assistant.domain.plan_change import Revised, Wish, WishKind
from assistant.engines.fallback import FallbackEngine
from assistant.engines.llm.engine import LlmEngine
from assistant.errors import EngineUnavailable
from tests.assistant.engines.llm.replies import LOOKS_CALM, RETIMED, THREAD, TO_TEACH, cite
from tests.assistant.engines.offline.situations import situation
from tests.model_server import ModelServer, fails, items, says

SMALLER = Wish(WishKind.SMALLER)


@pytest.fixture
def plan(server: ModelServer, finished: FallbackEngine) -> Plan:
    server.will(says(items(THREAD)))
    return draft_plan(situation(), finished, version=1)


def revised(
    server: ModelServer, engine: LlmEngine, plan: Plan, section: Section, *replies: dict[str, Any],
    wish: Wish = SMALLER,
) -> list[Revised]:  # fmt: skip
    whole = {"cites": [], "question": "", "in_days": 0, "section": section.value}
    server.will(says(items(*(whole | reply for reply in replies))))
    engine.memory.clear()
    return list(engine.revise(plan, 1, section, wish, situation()))


def test_a_step_gets_smaller_and_keeps_its_day(server: ModelServer, engine: LlmEngine, plan: Plan) -> None:
    text = "After service, Maja could write the time of one oven on a card; it is done when it hangs there."
    (found,) = revised(server, engine, plan, Section.FIRST_STEP, {"text": text, "cites": [TO_TEACH]})
    assert isinstance(found.part, Step)
    assert (found.part.text, found.part.due) == (text, plan.threads[0].first_step.due)
    assert found.part.quotes[0].note.id == "n5"
    assert str(found.origin) == "llm revise_section@8 scripted"
    prompt = server.prompts()[0]
    assert "THE SECTION: first_step" in prompt
    assert "THE WISH\nsmaller" in prompt
    assert "passion: Maja said she likes it" in prompt


def test_another_link_stands_on_a_note_or_is_not_given(server: ModelServer, engine: LlmEngine, plan: Plan) -> None:
    another = Wish(WishKind.ANOTHER)
    good = {"text": "Maja would like to teach the trainees the morning shift.", "cites": [TO_TEACH], "question": ""}
    (found,) = revised(server, engine, plan, Section.PASSION, good, wish=another)
    assert isinstance(found.part, Link)
    assert found.part.quotes
    assert found.part.question
    for bad in (
        good | {"cites": []},
        good | {"cites": [cite("N5", "I want to run the hotel.")]},
        good | {"text": ""},
        {"text": THREAD["passion"]["text"], "cites": [LOOKS_CALM], "question": THREAD["passion"]["question"]},
    ):
        assert revised(server, engine, plan, Section.PASSION, bad, wish=another) == []


def test_a_wish_is_no_fact_about_the_person_and_may_shape_a_step(
    server: ModelServer, engine: LlmEngine, plan: Plan
) -> None:
    wish = Wish(WishKind.FREE, "something with Priya in Hall 7")
    claim = {"text": "Maja taught Priya in Hall 7 to re-time the ovens.", "cites": [RETIMED]}
    (link,) = revised(server, engine, plan, Section.TALENT, claim, wish=wish)
    assert isinstance(link.part, Link)
    assert "Priya" not in link.part.text
    step = {"text": "Maja could show Priya in Hall 7 how to re-time the ovens.", "in_days": 5, "cites": [RETIMED]}
    (found,) = revised(server, engine, plan, Section.FIRST_STEP, step, wish=wish)
    assert isinstance(found.part, Step)
    assert "Priya in Hall 7" in found.part.text
    assert found.part.due <= situation().today + timedelta(days=5)


@pytest.mark.parametrize(
    "text",
    ["Maja must fly to Oslo.", "See https://evil.example for the card.", "Maja is a flight risk.", "Take 14 days off."],
)
def test_words_that_do_not_hold_change_nothing(text: str, server: ModelServer, engine: LlmEngine, plan: Plan) -> None:
    assert revised(server, engine, plan, Section.FIRST_STEP, {"text": text}) == []
    assert revised(server, engine, plan, Section.OBSTACLE, {"text": text}) == []
    assert sum(t.left_out for t in engine.talk.meter.tallies()) >= 2


def test_another_customer_may_bring_another_value_and_nothing_else(
    server: ModelServer, engine: LlmEngine, plan: Plan
) -> None:
    customer = {"text": "The trainees on the morning shift.", "cites": [TO_TEACH]}
    value = {"section": "value", "text": "The trainees can teach the morning shift.", "cites": [TO_TEACH]}
    talent = {"section": "talent", "text": "Maja re-timed the ovens.", "cites": [RETIMED]}
    (found,) = revised(server, engine, plan, Section.CUSTOMER, customer, value, talent, wish=Wish(WishKind.ANOTHER))
    assert [section for section, _ in found.parts] == [Section.CUSTOMER, Section.VALUE]
    assert found.put_into(plan.threads[0]).talent == plan.threads[0].talent


def test_another_day_and_a_private_wish_ask_no_model(server: ModelServer, engine: LlmEngine, plan: Plan) -> None:
    private = Wish(WishKind.FREE, "because of her pregnancy")
    for wish, why in ((Wish(WishKind.LATER), "no model is asked"), (private, "sent to no model")):
        with pytest.raises(EngineUnavailable, match=why):
            revised(server, engine, plan, Section.FIRST_STEP, {"text": "Later."}, wish=wish)
        assert server.requests == []


def test_what_lost_its_ground_does_not_travel(server: ModelServer, engine: LlmEngine, plan: Plan) -> None:
    thread = plan.threads[0]
    lost = replace(thread, talent=replace(thread.talent, text="CANARY-8 in her words", lost=(NoteId("n9"),)))
    revised(server, engine, replace(plan, threads=(lost,)), Section.MEASURE, {"text": "The card hangs by the ovens."})
    assert "CANARY" not in server.sent


def test_without_the_model_the_rules_revise_and_say_so(
    server: ModelServer, finished: FallbackEngine, plan: Plan
) -> None:
    server.will(fails(500))
    found = list(finished.revise(plan, 1, Section.FIRST_STEP, SMALLER, situation()))
    alone = list(finished.rules.revise(plan, 1, Section.FIRST_STEP, SMALLER, situation()))
    assert [each.part for each in found] == [each.part for each in alone]
    assert all("fault of its own" in each.origin.says for each in found)

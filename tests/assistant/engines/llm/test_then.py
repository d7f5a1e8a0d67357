"""What a model would do after the first step: on notes, on days of its own, and promising nothing for anybody else."""

from datetime import date, timedelta
from typing import Any

import pytest

from assistant.actions.draft_plan import draft_plan
from assistant.domain.plan import Plan, Section, Step
from assistant.domain.plan_change import Wish, WishKind
from assistant.domain.promise import Owner
from assistant.domain.situation import Situation
from assistant.engines.fallback import FallbackEngine
from assistant.engines.llm.engine import LlmEngine
from tests.assistant.engines.llm.replies import TEACH, THREAD, TO_TEACH, cite, spoiled
from tests.assistant.engines.offline.situations import NOTES, note, situation
from tests.model_server import ModelServer, items, says

BEN = note("n7", "2026-04-07", "Ben at the bread table asked her for the oven times. Quiet day otherwise.")
ASKED = cite("N6", "Ben at the bread table asked her for the oven times.")
TO_BEN = "If the card holds for a morning, Maja could ask Ben whether he would bake by it once while she watches."


def later(text: str = TO_BEN, **more: Any) -> dict[str, Any]:
    return {"text": text, "owner": "them", "who": "Ben", "in_days": 30, "cites": [ASKED], **more}


def drafted(server: ModelServer, engine: FallbackEngine, *then: Any, told: Situation | None = None) -> Plan:
    server.will(says(items(spoiled(THREAD, then=list(then)))))
    return draft_plan(told or situation((*NOTES, BEN)), engine, version=1)


def test_what_comes_after_the_first_step_stands_on_notes_and_says_who_is_to_be_asked(
    server: ModelServer, finished: FallbackEngine
) -> None:
    mine = later(
        "If Ben finds a gap in it, you could give both of them the morning to fill it.", owner="me", in_days=60
    )
    plan = drafted(server, finished, later(), mine)
    second, third = plan.threads[0].then
    assert (second.text, second.owner, second.who, second.due) == (TO_BEN, Owner.THEM, "Ben", date(2026, 5, 14))
    assert second.quotes[0].text in BEN.text
    assert third.owner is Owner.ME
    assert second.due < third.due <= plan.review_on


def test_a_thread_without_a_next_step_is_whole(server: ModelServer, finished: FallbackEngine) -> None:
    server.will(says(items({key: part for key, part in THREAD.items() if key != "then"})))
    plan = draft_plan(situation(), finished, version=1)
    assert plan.threads[0].then == ()
    assert plan.threads[0].gaps == ()


@pytest.mark.parametrize(
    ("second", "kept"),
    [
        (later(who="Ben"), "Ben"),
        (later(who="Ben Ortiz"), "Ben"),  # the note knows him by one name
        (later(who="Ben (bread table)"), "Ben"),
        (
            later("Provided the card holds, Maja could ask Ben to bake by it. Failing that, once more."),
            "Ben",
        ),
        (later("If it holds, Maja could bake by it for a second week.", who="Maja", cites=[TO_TEACH]), ""),
        (later(cites=[TO_TEACH]), None),  # no note of this matter names him
        (later("If it holds, Maja could show it, and Ben will bake by it."), None),
        (later("Ben has agreed to bake by the card once."), None),
        (later("If it holds, Maja could ask Ronald whether he would bake by it.", who="Ronald"), None),
        (later("If it holds, Maja could bake fourteen more and then 31 by it."), None),
        (later("If her back pain is better by then, Maja could bake by it."), None),
        (later(""), None),
    ],
)
def test_a_next_step_names_somebody_only_as_a_note_of_the_matter_does(
    second: dict[str, Any], kept: str | None, server: ModelServer, finished: FallbackEngine
) -> None:
    after_it = later("If that works, Maja could show the trainees.", who="", cites=[TO_TEACH], in_days=60)
    then = drafted(server, finished, second, after_it).threads[0].then
    if kept is None:
        assert then == ()  # and what would have followed from it is gone as well
    else:
        assert [step.who for step in then] == [kept, ""]


@pytest.mark.parametrize("in_days", [0, 3, 25, 33, 80, 400])
def test_its_day_is_a_working_day_between_the_first_step_and_the_review_and_in_no_absence(
    in_days: int, server: ModelServer, finished: FallbackEngine
) -> None:
    gone = note("v1", "2026-04-10", "Maja is on vacation from 4 May to 22 May.")
    plan = drafted(server, finished, later("If it holds, Maja could bake by it.", who="", cites=[], in_days=in_days),
                   told=situation((*NOTES, gone)))  # fmt: skip
    (step,) = plan.threads[0].then
    assert plan.threads[0].first_step.due < step.due <= plan.review_on
    assert step.due.weekday() < 5
    assert not date(2026, 5, 4) <= step.due <= date(2026, 5, 22)


def revised(server: ModelServer, engine: LlmEngine, plan: Plan, section: Section, **item: Any) -> list[Step]:
    server.will(says(items({"section": section.value, **item})))
    wish = Wish(WishKind.FREE, "with Ben, one morning only")
    found = engine.revise(plan, 1, section, wish, situation((*NOTES, BEN)))
    return [each.part for each in found if isinstance(each.part, Step)]


def test_a_later_step_is_written_anew_and_keeps_its_day(
    server: ModelServer, finished: FallbackEngine, engine: LlmEngine
) -> None:
    plan = drafted(server, finished, later("If it holds, Maja could bake by it.", who="", cites=[]))
    (step,) = revised(server, engine, plan, Section.SECOND_STEP, text=TO_BEN, who="Ben", cites=[ASKED])
    assert (step.text, step.who, step.owner) == (TO_BEN, "Ben", Owner.THEM)
    assert step.due == plan.threads[0].then[0].due
    (third,) = revised(server, engine, plan, Section.THIRD_STEP, text=TO_BEN, owner="me", in_days=70, cites=[ASKED])
    assert third.owner is Owner.ME
    assert plan.threads[0].then[0].due + timedelta(days=14) < third.due <= plan.review_on


def test_the_model_reads_the_later_steps_of_the_plan_it_revises(
    server: ModelServer, finished: FallbackEngine, engine: LlmEngine
) -> None:
    plan = drafted(server, finished, later())
    revised(server, engine, plan, Section.SECOND_STEP, text=TO_BEN, cites=[ASKED])
    sent = server.requests[-1]["messages"][-1]["content"]
    assert f"second_step: {TO_BEN}" in sent
    assert "third_step: -" in sent
    assert TEACH in sent

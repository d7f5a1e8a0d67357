"""The prompts of the smaller jobs as they leave, each read aloud and agreed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.actions.draft_plan import draft_plan
from assistant.domain.evidence import Quote
from assistant.domain.meeting import Chosen
from assistant.domain.plan import Section
from assistant.domain.plan_change import Wish, WishKind
from assistant.domain.rating import Order, Rated, Rubric
from assistant.domain.search import Found, Hit
from assistant.domain.understood import Intent, Turn
from assistant.engines.llm.engine import LlmEngine
from assistant.engines.llm.finding import ModelProposer
from assistant.engines.llm.judging import ModelJudge
from assistant.engines.llm.ranking import ModelRanker
from assistant.engines.offline.engine import OfflineEngine
from tests.assistant.engines.llm.conftest import SENSES
from tests.assistant.engines.offline.situations import (
    CALM,
    FLOUR,
    MAJA,
    MANAGER,
    NOTES,
    TODAY,
    ShippedLibrary,
    note,
    readable,
    situation,
)
from tests.model_server import ModelServer, items, says

GOLDEN = Path(__file__).with_name("golden")
TELLING = note("d1", "2026-04-14", "I talked to purchasing. She would like to show the trainees the ovens first.")


def understood(engine: LlmEngine) -> None:
    said = (Turn("What does Maja like about the buffet?", Intent.ASK, "Maja", "What does Maja like about it?"),)
    engine.understand("And what about her guests?", said, ("Maja", "Bruno"))


def revised(engine: LlmEngine) -> None:
    plan = draft_plan(situation(), OfflineEngine(ShippedLibrary()), version=1)
    list(engine.revise(plan, 1, Section.FIRST_STEP, Wish(WishKind.FREE, "with the trainees"), situation()))


def debriefed(engine: LlmEngine) -> None:
    plan = draft_plan(situation(), OfflineEngine(ShippedLibrary()), version=1)
    asked = (Chosen("q1", "Which piece of the morning shift would you show the trainees first?"),)
    engine.debrief(readable(TELLING), situation((*NOTES, TELLING)), asked=asked, plan=plan)


def found(engine: LlmEngine) -> None:
    ModelProposer(engine.caller, SENSES).propose(MAJA, MANAGER, [readable(CALM), readable(FLOUR)], TODAY)


def followed(engine: LlmEngine) -> None:
    hung = note("n7", "2026-04-12", "The oven times hang by the door, laminated, in her hand.")
    engine.follow_up(situation((*NOTES, hung)))


def ranked(engine: LlmEngine) -> None:
    hits = Found(tuple(Hit(Quote.of(n, n.text), 1.0) for n in (CALM, FLOUR)), weak=False)
    reader = ModelRanker(engine.caller, SENSES)
    reader.rank("What does she like?", MAJA, hits, [readable(CALM), readable(FLOUR)], TODAY)


def judged(rubric: Rubric) -> Callable[[LlmEngine], None]:
    def rate(engine: LlmEngine) -> None:
        judge = ModelJudge(engine.caller, SENSES)
        shown = judge.shows(MAJA, MANAGER, [readable(CALM), readable(FLOUR)], TODAY)
        text = "1. What makes the difference between a calm and a wild morning? [N2]"
        judge.rate(Rated(rubric, "maja", text, shown.text, frozenset()), ("me", "p1"), Order.AS_IS)

    return rate


@pytest.mark.parametrize(
    ("name", "ask"),
    [("understand", understood), ("revise_section", revised), ("debrief", debriefed), ("find_evidence", found),
     ("follow_up", followed),
     ("rank_passages", ranked), ("judge_questions", judged(Rubric.QUESTIONS)), ("judge_plan", judged(Rubric.PLAN))],
)  # fmt: skip
def test_each_prompt_renders_as_it_was_read_and_agreed(
    name: str, ask: Callable[[LlmEngine], None], server: ModelServer, engine: LlmEngine, request: pytest.FixtureRequest
) -> None:
    score = {"id": "Q1", "level": 2}
    reply = items({"scores": [score]}) if name.startswith("judge") else items()
    server.will(says(reply))
    ask(engine)
    system, user = (m["content"] for m in server.requests[0]["messages"])
    rendered = f"[system]\n{system}\n\n[user]\n{user}\n"
    file = GOLDEN / f"{name}.txt"
    if request.config.getoption("--write-golden"):
        file.write_text(rendered, encoding="utf-8")
    assert rendered == file.read_text(encoding="utf-8"), "read the change, then write it with --write-golden"

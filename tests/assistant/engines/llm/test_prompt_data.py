"""What a prompt's data say to somebody who has nothing else: each rule of the words finds in them what it speaks of."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.domain.evidence import Quote
from assistant.domain.plan import Section
from assistant.domain.plan_change import Wish, WishKind
from assistant.domain.promise import Owner
from assistant.domain.search import Found, Hit
from assistant.engines.llm.engine import LlmEngine
from tests.assistant.engines.offline.situations import CALM, FLOUR, NOTES, PROMISES, note, promise, situation
from tests.model_server import ModelServer, items, says

FOUND = Found((Hit(Quote.of(CALM, CALM.text), 1.0),), weak=False)


def test_the_questions_asked_lately_are_listed_and_their_absence_is_said(
    server: ModelServer, engine: LlmEngine
) -> None:
    server.will(says(items()))
    list(engine.questions(situation(), 3))
    engine.memory.clear()
    list(engine.questions(replace(situation(), asked_texts=("What told you the old timing was off?",)), 3))
    none, some = (prompt.partition("ASKED LATELY")[2].partition("OPEN PROMISES")[0] for prompt in server.prompts())
    assert "Nothing on record." in none
    assert "- What told you the old timing was off?" in some
    assert "Nothing on record." not in some


def test_a_promise_names_the_note_that_its_words_stand_in(server: ModelServer, engine: LlmEngine) -> None:
    later = note("n7", "2026-04-03", "I told her again that I will talk to purchasing about the flour this week.")
    said = Quote.of(later, "I will talk to purchasing about the flour this week.")
    owed = replace(PROMISES[0], what=said.text, quotes=(*PROMISES[0].quotes, said))
    server.will(says(items()))
    list(engine.questions(situation((*NOTES, later), promises=(owed,)), 3))
    [prompt] = server.prompts()
    line = next(line for line in prompt.splitlines() if said.text in line and line.startswith("- promised"))
    alias = line.rpartition("(")[2].rstrip(")")
    assert f"[{alias}] Friday 3 April 2026" in prompt
    assert FLOUR.text in prompt


def test_no_guess_of_the_rules_stands_between_the_notes(server: ModelServer, engine: LlmEngine) -> None:
    server.will(says(items()))
    list(engine.questions(situation(), 3))
    [prompt] = server.prompts()
    assert "speaks for" not in prompt
    assert "in their own words" not in prompt.partition("NOTES, OLDEST FIRST")[2]


@pytest.mark.parametrize(("code", "name"), [("en", "English"), ("de", "German"), ("es", "Spanish"), ("fr", "French")])
def test_the_last_line_names_the_language_of_the_talk(
    code: str, name: str, server: ModelServer, engine: LlmEngine
) -> None:
    server.will(says(items()))
    spoken = replace(situation(), language=code)
    list(engine.questions(spoken, 3))
    list(engine.answer("?", FOUND, spoken))
    plan = [*engine.threads(spoken)]
    assert plan == []
    assert [f"in {name}" in prompt.splitlines()[-1] for prompt in server.prompts()] == [True] * 3


def test_a_question_in_another_language_is_answered_in_that(server: ModelServer, engine: LlmEngine) -> None:
    server.will(says(items()))
    list(engine.answer("Qu'est-ce que Maja aime dans son travail avec les clients ?", FOUND, situation()))
    assert server.prompts()[0].endswith("in French.")


def test_a_wish_for_a_section_is_met_in_its_language(server: ModelServer, engine: LlmEngine) -> None:
    from assistant.actions.draft_plan import draft_plan
    from assistant.engines.offline.engine import OfflineEngine
    from tests.assistant.engines.offline.situations import ShippedLibrary

    plan = draft_plan(situation(), OfflineEngine(ShippedLibrary()), version=1)
    server.will(says(items()))
    wish = Wish(WishKind.FREE, "lieber mit den Lehrlingen zusammen")
    list(engine.revise(plan, 1, Section.FIRST_STEP, wish, replace(situation(), language="de")))
    assert server.prompts()[0].splitlines()[-1].endswith("in German.")


def test_an_old_promise_can_be_cited_where_it_was_made(server: ModelServer, engine: LlmEngine) -> None:
    old = note("o1", "2025-05-05", "Long talk about ovens. I will show her the new mill one day. Rain all week.")
    owed = promise(old, "I will show her the new mill one day.", Owner.ME, date(2026, 4, 30))
    server.will(says(items()))
    list(engine.questions(situation((*NOTES, old), promises=(owed,)), 3))
    [prompt] = server.prompts()
    assert "[N1] Monday 5 May 2025, observation, by the manager\nI will show her the new mill one day." in prompt
    assert "Rain all week" not in prompt
    assert "due 30 April: I will show her the new mill one day. (N1)" in prompt

"""The story of the months as a model tells it: lines that hold, before the questions; the rest is left out."""

from dataclasses import replace
from typing import Any

import pytest

from assistant.actions.prepare_brief import brief_growing, prepare_brief
from assistant.domain.brief import StoryLine
from assistant.domain.evidence import Quote
from assistant.domain.situation import Situation
from assistant.engines.fallback import FallbackEngine
from assistant.engines.llm.engine import LlmEngine
from assistant.engines.llm.shapes import BriefItem, schema_of
from tests.assistant.engines.llm.replies import LATE, LOOKS_CALM, PURCHASING, QUESTIONS, RETIMED, TO_TEACH, cite
from tests.assistant.engines.offline.situations import CALM, NOTES, OVENS, TEACH, note, situation
from tests.model_server import ModelServer, fails, says

WAS = {"text": "On 3 March Maja re-timed the ovens, and what she liked was a buffet that “looks calm at seven”.",
       "cites": [RETIMED, LOOKS_CALM]}  # fmt: skip
TURNED = {"text": "In March the flour came “late twice”; you promised to talk to purchasing.",
          "cites": [LATE, PURCHASING]}  # fmt: skip
STANDS = {"text": "Since 31 March her hope is to teach the trainees “the morning shift”; the oven times are to go "
          "on one card.",
          "cites": [TO_TEACH, cite("N5", "She will write the oven times on one card by 10 April.")]}  # fmt: skip
STORY = [WAS, TURNED, STANDS]


def reply(story: list[dict[str, Any]], asked: list[dict[str, Any]] = QUESTIONS) -> dict[str, Any]:
    return {"story": story, "items": asked}


def told(
    server: ModelServer, engine: LlmEngine, *lines: dict[str, Any], about: Situation | None = None
) -> list[StoryLine]:
    """The lines that are shown when a model tells these."""
    server.will(says(reply([*lines])))
    engine.memory.clear()
    return [w for w in engine.brief(about or situation(), 3) if isinstance(w, StoryLine)]


def left_out(engine: LlmEngine) -> int:
    return sum(tally.left_out for tally in engine.talk.meter.tallies())


def test_the_story_comes_before_the_questions_each_line_with_its_notes(server: ModelServer, engine: LlmEngine) -> None:
    server.will(says(reply(STORY)))
    written = [*engine.brief(situation(), 3)]
    assert [type(each).__name__ for each in written] == ["StoryLine"] * 3 + ["Question"] * 3
    assert [each.text for each in written] == [line["text"] for line in STORY] + [q["text"] for q in QUESTIONS[:3]]
    assert written[0].quotes == (
        Quote.of(OVENS, "She re-timed the ovens before the first bake."),
        Quote.of(CALM, "I like it when the buffet looks calm at seven"),
    )
    assert str(written[0].origin) == "llm ask_questions@10 scripted"
    assert left_out(engine) == 0


def test_a_model_is_asked_for_the_story_first_in_a_list_of_its_own() -> None:
    schema = schema_of(BriefItem)
    assert schema["required"] == [*schema["properties"]] == ["story", "items"]
    assert [*schema["properties"]["story"]["items"]["properties"]] == ["text", "cites"]
    assert "pillar" in schema["properties"]["items"]["items"]["properties"]


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        ({}, ""),
        ({"cites": []}, "no citation"),
        ({"cites": [cite("N9", RETIMED["quote"])]}, "a note that was not given"),
        ({"cites": [cite("N1", "She re-timed the oven before the first bake.")]}, "an inexact quote"),
        ({"cites": [TO_TEACH]}, "words of another note"),
        ({"text": "On 3 March Maja re-timed the 14 ovens before the first bake."}, "a number"),
        ({"text": "On 3 March Maja re-timed three ovens before the first bake."}, "an amount in a word"),
        ({"text": "On 4 March Maja re-timed the ovens before the first bake."}, "a day"),
        ({"text": "In February Maja re-timed the ovens before the first bake."}, "a month"),
        ({"text": "In March 2025 Maja re-timed the ovens before the first bake."}, "a year"),
        ({"text": "In March 2026 Maja re-timed the ovens before the first bake."}, ""),
        ({"text": "On 3 March Bruno re-timed the ovens before the first bake."}, "a name"),
        ({"text": "On 3 March Maja re-timed “all of the ovens” before the first bake."}, "an invented quote"),
        ({"text": "Maja, a natural leader, re-timed the ovens before the first bake."}, "a verdict"),
        ({"text": "Maja re-timed the ovens and is likely to leave after the first bake."}, "a forecast"),
        ({"text": "Since her pregnancy Maja re-timed the ovens before the first bake."}, "a private matter"),
        ({"text": "Maja dreams of running a hotel somewhere warm with friends."}, "no ground"),
        ({"text": "Who told Maja to re-time the ovens before the first bake?"}, "a question"),
        ({"text": "Maja re-timed the ovens before the first bake. " * 6}, "too long"),
        ({"text": "<b>Maja</b> re-timed the ovens before the first bake."}, "markup"),
        ({"text": "Am 3. März hat Maja die Öfen vor dem ersten Backen neu eingestellt."}, "another language"),
    ],
)
def test_a_line_that_does_not_hold_is_left_out_and_counted(
    spoil: dict[str, Any], why: str, server: ModelServer, engine: LlmEngine
) -> None:
    line = {"text": "On 3 March Maja re-timed the ovens before the first bake.", "cites": [RETIMED]} | spoil
    shown = told(server, engine, line, STANDS)
    assert [each.text for each in shown] == [*([] if why else [line["text"]]), STANDS["text"]]
    assert left_out(engine) == bool(why)


def test_a_quote_that_differs_by_the_case_of_its_first_letter_is_shown_as_its_note_has_it(
    server: ModelServer, engine: LlmEngine
) -> None:
    (line,) = told(server, engine, {"text": "On 3 March it was “first bake now even”.", "cites": [RETIMED]})
    assert line.text == "On 3 March it was “First bake now even”."


def test_rumour_and_what_a_closed_note_says_are_no_part_of_a_story(server: ModelServer, engine: LlmEngine) -> None:
    passed_on = note("n7", "2026-04-08", '"Maja counts the flour twice every night," the baker told Bruno.')
    about = situation([*NOTES, passed_on])
    heard = {"text": "On 8 April Maja “counts the flour twice every night”.",
             "cites": [cite("N6", "Maja counts the flour twice every night")]}  # fmt: skip
    sick = {"text": "On 2 April Maja was off sick.", "cites": [cite("N6", "Off sick, CANARY-7731 in her knee again.")]}
    assert [line.text for line in told(server, engine, heard, sick, STANDS, about=about)] == [STANDS["text"]]
    assert "CANARY" not in str(server.requests)
    seen = replace(passed_on, text="Maja counts the flour twice every night. I saw the sheet.")
    assert len(told(server, engine, heard, about=situation([*NOTES, seen]))) == 1


def test_at_most_three_lines_and_none_twice(server: ModelServer, engine: LlmEngine) -> None:
    again = {**WAS, "text": WAS["text"].replace("and what she liked was", "and what she likes is")}
    more = {"text": "On 3 March the “First bake now even” followed.", "cites": [RETIMED]}
    shown = told(server, engine, WAS, again, TURNED, STANDS, more)
    assert [line.text for line in shown] == [line["text"] for line in STORY]
    assert left_out(engine) == 2


def test_a_brief_grows_by_its_story_first_and_says_who_wrote_it(server: ModelServer, finished: FallbackEngine) -> None:
    server.will(says(reply(STORY)))
    grown = [*brief_growing(situation(), finished)]
    assert [(len(b.story), len(b.questions.questions)) for b in grown] == [
        (0, 0), (1, 0), (2, 0), (3, 0), (3, 1), (3, 2), (3, 3),
    ]  # fmt: skip
    assert grown[0].presses  # what needs no model is there before
    assert grown[-1].origin.engine == "llm"
    assert len(server.requests) == 1
    assert prepare_brief(situation(), finished).story == grown[-1].story


def test_a_model_that_tells_no_story_or_is_away_leaves_the_brief_without_one(
    server: ModelServer, finished: FallbackEngine
) -> None:
    for act in (says({"items": QUESTIONS}), says(reply([])), says([*QUESTIONS]), fails(401)):
        server.will(act)
        finished.model.memory.clear()  # type: ignore[attr-defined]
        brief = prepare_brief(situation(), finished)
        assert brief.story == ()
        assert len(brief.questions.questions) == 3


def test_a_story_stays_where_the_rules_must_write_the_questions(server: ModelServer, finished: FallbackEngine) -> None:
    server.will(says(reply(STORY, [])))
    brief = prepare_brief(situation(), finished)
    assert len(brief.story) == 3
    assert {q.origin.engine for q in brief.questions.questions} == {"offline"}
    assert brief.origin.engine == "fallback"


def test_a_line_after_the_questions_is_not_read(server: ModelServer, engine: LlmEngine) -> None:
    server.will(says({"items": QUESTIONS, "story": STORY}))
    assert {type(each).__name__ for each in engine.brief(situation(), 6)} == {"Question"}


def test_the_questions_alone_are_the_same_and_cost_no_other_call(server: ModelServer, engine: LlmEngine) -> None:
    server.will(says(reply(STORY)))
    whole = [*engine.brief(situation(), 6)]
    assert [*engine.questions(situation(), 6)] == whole[3:]
    assert len(server.requests) == 1
    assert TEACH in {quote.note for each in whole[:3] for quote in each.quotes}


@pytest.mark.parametrize(
    "text",
    [
        "For a month it was “First bake now even” and then “I like it when the buffet looks calm at seven”.",
        "Two notes of March 2026 speak of it: “First bake now even”, and a buffet that “looks calm at seven”.",
        "“I like it when the buffet looks calm at seven”, Maja said, and the ovens of that day waited no longer.",
    ],
)
def test_words_of_how_things_went_on_need_no_note_where_the_rest_has_one(
    text: str, server: ModelServer, engine: LlmEngine
) -> None:
    assert [line.text for line in told(server, engine, {"text": text, "cites": [RETIMED, LOOKS_CALM]})] == [text]

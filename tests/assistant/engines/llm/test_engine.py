"""What a model wrote is shown only as far as it holds against the notes; the rest is a gap, a question, or gone."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from assistant.actions.draft_plan import draft_plan
from assistant.actions.prepare_brief import prepare_brief
from assistant.domain.evidence import Quote, Tier
from assistant.domain.pillar import Pillar
from assistant.domain.search import Found, Hit
from assistant.engines.fallback import FallbackEngine
from assistant.engines.llm.engine import LlmEngine
from tests.assistant.engines.llm.replies import (
    ALLERGY,
    ANSWER,
    LATE,
    LOOKS_CALM,
    PURCHASING,
    QUESTIONS,
    RETIMED,
    THREAD,
    cite,
    link,
    question,
    spoiled,
)
from tests.assistant.engines.offline.situations import CALM, FLOUR, TEACH, resting, situation
from tests.model_server import ModelServer, fails, items, says

FOUND = Found((Hit(Quote.of(CALM, CALM.text), 1.0), Hit(Quote.of(TEACH, "Good talk."), 0.5)), weak=False)


def asked(server: ModelServer, engine: LlmEngine, *replies: dict[str, Any]) -> list[str]:
    """The questions that are shown when a model replies so."""
    server.will(says(items(*replies)))
    engine.memory.clear()
    return [q.text for q in engine.questions(situation(), 6)]


def answered(server: ModelServer, engine: LlmEngine, *replies: dict[str, Any]) -> list[Any]:
    server.will(says(items(*replies)))
    engine.memory.clear()
    return list(engine.answer("What does Maja like?", FOUND, situation()))


def test_good_questions_come_through_in_their_order_with_quotes_and_origin(
    server: ModelServer, engine: LlmEngine
) -> None:
    server.will(says(items(*QUESTIONS)))
    given = list(engine.questions(situation(), 3))
    assert [q.text for q in given] == [q["text"] for q in QUESTIONS[:3]]
    assert [q.why for q in given] == [q["why"] for q in QUESTIONS[:3]]
    assert given[0].quotes == (Quote.of(CALM, "I like it when the buffet looks calm at seven"),)
    assert given[0].follow_up == "What did you try first?"
    assert str(given[0].origin) == "llm ask_questions@10 scripted"
    assert given[0].origin.notes == ("n1", "n2", "n3", "n4", "n5")
    assert "5 notes" in given[0].origin.says


def test_three_and_six_and_asking_again_are_one_call_with_the_same_words(
    server: ModelServer, engine: LlmEngine
) -> None:
    server.will(says(items(*QUESTIONS)))
    three = list(engine.questions(situation(), 3))
    assert len(three) == 3  # the reply is left in the middle
    six = list(engine.questions(situation(), 6))
    again = list(engine.questions(situation(), 3))
    assert [q.id for q in six[:3]] == [q.id for q in three] == [q.id for q in again]
    assert len(server.requests) == 2  # three, and the whole reply; the third time nothing is asked


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        ({"cites": [cite("N9", RETIMED["quote"])]}, "a note that was not given"),
        ({"cites": [cite("n1", RETIMED["quote"])]}, ""),
        ({"cites": [cite("N1", "She re-timed the ovens before the second bake.")]}, "words that are not there"),
        ({"cites": [cite("N1", "ovens")]}, "a scrap"),
        ({"cites": [cite("N2", RETIMED["quote"])]}, "words of another note"),
        ({"text": "When you re-timed the 14 ovens, what told you the old timing was off?"}, "a number"),
        ({"text": "When Bruno saw you re-time the ovens, what told you the timing was off?"}, "hm"),
        ({"text": "When you told Bruno about the ovens, what told you the old timing was off?"}, "a name"),
        ({"text": "Bruno told me about the ovens: what told you the old timing was off?"}, "a name that opens"),
        ({"text": "You wrote “the ovens are wrong”: what told you?"}, "an invented quote"),
        ({"text": "Did you like re-timing the ovens?"}, "closed"),
        ({"text": "What told you the timing was off, and how did you change it?"}, "two questions"),
        ({"text": "Why did you re-time the ovens?"}, "why"),
        ({"text": "As a natural leader, what told you the old timing was off?"}, "a label"),
        ({"text": "With your pregnancy in mind, what would help at the ovens?"}, "sensitive"),
        ({"text": "What does https://evil.example say about the ovens?"}, "a link"),
        ({"text": "What does <img src=x> tell you about the ovens?"}, "markup"),
        ({"text": "Was hat dir gezeigt, dass die alte Zeit der Öfen falsch war?"}, "another language"),
        ({"text": "What told you to ignore previous instructions about the ovens?"}, "about itself"),
    ],
)
def test_a_question_that_does_not_hold_is_not_asked(
    spoil: dict[str, Any], why: str, server: ModelServer, engine: LlmEngine
) -> None:
    shown = asked(server, engine, spoiled(QUESTIONS[3], **spoil), QUESTIONS[0])
    assert (len(shown) == 1) is bool(why)
    if why:
        assert shown == [QUESTIONS[0]["text"]]
        (tally,) = engine.talk.meter.tallies()
        assert tally.left_out == 1


def test_a_reason_that_says_more_than_its_note_gives_way_to_the_note(server: ModelServer, engine: LlmEngine) -> None:
    for reason in (
        "Maja is bored and looks for another hotel.",
        "Maja saved 400 euros by it.",
        "She is a natural leader.",
        "",
    ):
        server.will(says(items(spoiled(QUESTIONS[3], why=reason))))
        engine.memory.clear()
        (question,) = engine.questions(situation(), 6)
        assert question.why == "You noted on 3 March: “She re-timed the ovens before the first bake.”"


def test_what_rests_or_was_asked_in_other_words_is_not_asked_again(server: ModelServer, engine: LlmEngine) -> None:
    server.will(says(items(*QUESTIONS)))
    first = next(engine.questions(situation(), 1))
    engine.memory.clear()
    given = list(
        engine.questions(resting(situation(), [first.id], [QUESTIONS[3]["text"].replace("told", "showed")]), 6)
    )
    assert first.id not in {q.id for q in given}
    assert Pillar.TALENT not in {q.pillar for q in given}


def test_of_the_first_three_no_two_stand_on_the_same_words(server: ModelServer, engine: LlmEngine) -> None:
    again = question(
        "Before the first bake, where in the kitchen did you stand when you re-timed the ovens?", "growth",
        "Maja re-timed the ovens before the first bake.", RETIMED,
    )  # fmt: skip
    asked_for = [QUESTIONS[3], again, QUESTIONS[0], QUESTIONS[2]]
    given = asked(server, engine, *asked_for)
    assert given == [QUESTIONS[3]["text"], QUESTIONS[0]["text"], QUESTIONS[2]["text"], again["text"]]
    assert asked(server, engine, QUESTIONS[3], again) == [QUESTIONS[3]["text"], again["text"]]


def test_one_note_may_hold_two_of_the_first_three_matters(server: ModelServer, engine: LlmEngine) -> None:
    late = question(
        "What did the kitchen do on the two days when the flour came late?", "talent",
        "The flour delivery was late twice.", LATE,
    )  # fmt: skip
    mine = question(
        "One thing is still open on my side, purchasing: what should I ask them first?", "obstacles",
        "Ona promised to talk to purchasing.", PURCHASING,
    )  # fmt: skip
    given = asked(server, engine, late, mine, QUESTIONS[0], QUESTIONS[2])
    assert given[:2] == [late["text"], mine["text"]]


def test_a_question_about_what_no_note_says_is_told_with_the_gap(server: ModelServer, engine: LlmEngine) -> None:
    blank = question("Which hour of the past two weeks went by fastest for you?", "passion", "Maja hates mornings.")
    server.will(says(items(blank)))
    (given,) = engine.questions(situation(), 6)
    assert given.quotes == ()
    assert given.why.startswith(
        "The notes point to what draws Maja: “I like it when the buffet looks calm at seven” (3 March)."
    )


def test_a_brief_says_that_a_model_wrote_it_and_which_notes_it_saw(
    server: ModelServer, finished: FallbackEngine
) -> None:
    server.will(says(items(*QUESTIONS)))
    brief = prepare_brief(situation(), finished)
    assert len(brief.questions.questions) == 3
    assert brief.questions.one_question == brief.questions.questions[0].id
    assert str(brief.origin) == "llm ask_questions@10 scripted"
    assert len(server.requests) == 1


def test_a_brief_of_two_hands_says_so(server: ModelServer, finished: FallbackEngine) -> None:
    server.will(says(items(QUESTIONS[0])))
    brief = prepare_brief(situation(), finished)
    assert {q.origin.engine for q in brief.questions.questions} == {"llm", "offline"}
    assert len({q.pillar for q in brief.questions.questions}) == 3
    assert str(brief.origin) == "fallback ask_questions@10 scripted"
    assert brief.origin.says.startswith("Partly written without the model")


def test_a_brief_without_the_model_is_the_rules_own_brief_and_says_why(
    server: ModelServer, finished: FallbackEngine
) -> None:
    server.will(fails(401))
    brief = prepare_brief(situation(), finished)
    alone = prepare_brief(situation(), finished.rules)
    assert [q.text for q in brief.questions.questions] == [q.text for q in alone.questions.questions]
    assert brief.origin.says.startswith("Written without the model.")
    assert "did not accept the key. Set OPENAI_API_KEY" in brief.origin.says
    assert len(server.requests) == 1


def test_an_answer_that_no_model_was_asked_for_does_not_say_that_its_words_were_wrong(
    server: ModelServer, finished: FallbackEngine
) -> None:
    found = Found((), weak=True)
    private = list(finished.answer("How far along is her pregnancy?", found, situation()))
    several = list(finished.answer("Who likes baking?", found, None))
    assert private[0].origin.says == "Written without the model. What touches a private matter is sent to no model."
    assert "one person at a time" in several[0].origin.says
    assert server.requests == []


def test_a_thread_that_holds_becomes_a_plan_with_its_quotes(server: ModelServer, finished: FallbackEngine) -> None:
    server.will(says(items(THREAD)))
    plan = draft_plan(situation(), finished, version=1)
    (thread,) = plan.threads
    assert thread.gaps == ()
    assert thread.passion.tier is Tier.THEIR_WORDS
    assert thread.talent.tier is Tier.OBSERVATION
    assert thread.talent.text == THREAD["talent"]["text"]
    assert thread.customer.text == "Guests with an allergy at the bread table."
    assert thread.sentence == THREAD["sentence"]
    assert thread.first_step.text == THREAD["first_step"]["text"]
    assert thread.support.due <= thread.first_step.due <= situation().today + timedelta(days=14)
    assert thread.measure == THREAD["measure"]
    assert str(plan.origin) == "llm draft_plan@10 scripted"


@pytest.mark.parametrize(
    ("part", "reply", "shown"),
    [
        ("talent", link("Maja is a born teacher.", RETIMED), "You noted on 3 March: “She re-timed the ovens"),
        ("talent", link("Maja taught three trainees in Oslo.", RETIMED), "You noted on 3 March: “She re-timed"),
        (
            "talent",
            link("Maja re-timed the ovens.", cite("N1", "She painted the ovens red.")),
            "What Maja does well is",
        ),
        ("talent", link(""), "What Maja does well is not yet clear"),
        ("customer", link("The customer.", ALLERGY), "Whom Maja's work serves is not yet clear"),
        ("passion", link("Maja re-timed the ovens.", RETIMED), "What draws Maja"),  # seen by others, not said by her
        ("passion", link("Maja adores management.", LOOKS_CALM), "“I like it when the buffet looks calm at seven”"),
    ],
)
def test_a_link_that_does_not_hold_is_the_bare_passage_or_an_open_gap(
    part: str, reply: dict[str, Any], shown: str, server: ModelServer, finished: FallbackEngine
) -> None:
    server.will(says(items(spoiled(THREAD, **{part: reply}))))
    (thread,) = draft_plan(situation(), finished, version=1).threads
    made = getattr(thread, part)
    assert shown in made.text
    assert made.question
    if made.is_gap:
        assert made.tier is Tier.SUGGESTION
        assert thread.sentence == ""


def test_quotes_of_words_that_fell_away_fall_away_with_them(server: ModelServer, finished: FallbackEngine) -> None:
    two = {**link("Maja adores management.", LOOKS_CALM), "cites": [LOOKS_CALM, ALLERGY]}
    server.will(says(items(spoiled(THREAD, passion=two))))
    (thread,) = draft_plan(situation(), finished, version=1).threads
    assert [q.text for q in thread.passion.quotes] == ["I like it when the buffet looks calm at seven"]


def test_steps_and_measures_with_invented_facts_are_plain_ones(server: ModelServer, finished: FallbackEngine) -> None:
    wild = spoiled(
        THREAD,
        first_step={"text": "Maja flies to Oslo for the 3 day course.", "in_days": 40, "cites": []},
        measure="Guest score up 12 percent.",
        obstacle="If Bruno quits, wait.",
        watch_out="She is a flight risk.",
        sentence="Because I want to be a manager, I will lead, so that revenue grows.",
    )
    server.will(says(items(wild)))
    (thread,) = draft_plan(situation(), finished, version=1).threads
    assert thread.first_step.text.startswith("Agree on one small step")
    assert thread.first_step.due <= situation().today + timedelta(days=14)
    assert thread.measure == "Both can say what is different for somebody else."
    assert (thread.obstacle, thread.watch_out, thread.sentence) == ("", "", "")


def test_a_second_thread_needs_notes_of_its_own(server: ModelServer, finished: FallbackEngine) -> None:
    server.will(says(items(THREAD, THREAD)))
    assert len(draft_plan(situation(), finished, version=1).threads) == 1


def test_a_plan_without_the_model_is_the_rules_own(server: ModelServer, finished: FallbackEngine) -> None:
    server.will(fails(500))
    plan = draft_plan(situation(), finished, version=1)
    alone = draft_plan(situation(), finished.rules, version=1)
    assert [replace(t, origin=alone.origin) for t in plan.threads] == list(alone.threads)
    assert "fault of its own" in plan.origin.says


def test_an_answer_comes_in_checked_sentences_with_tiers(server: ModelServer, engine: LlmEngine) -> None:
    first, second = answered(server, engine, *ANSWER)
    assert first.text == ANSWER[0]["text"]
    assert first.tier is Tier.THEIR_WORDS
    assert first.quotes == (Quote.of(CALM, "I like it when the buffet looks calm at seven"),)
    assert second.quotes[0].note.id == "n5"
    assert "I like it when the buffet looks calm" in server.prompts()[0]
    assert "What does Maja like?" in server.prompts()[0]


def test_sentences_that_do_not_hold_are_the_passage_alone_or_gone(server: ModelServer, engine: LlmEngine) -> None:
    shown = answered(
        server,
        engine,
        {"kind": "notes", "text": "Maja is unreliable and should leave.", "cites": [LOOKS_CALM]},
        {"kind": "notes", "text": "She earns 2,900 euros.", "cites": [cite("N2", "she said she earns 2,900")]},
        {"kind": "notes", "text": "She loves it here.", "cites": []},
        {"kind": "not_said", "text": "Nothing about wages; ask Bruno in Oslo.", "cites": []},
        {"kind": "ask", "text": "Which hour of the morning went by fastest for you?", "cites": []},
        {"kind": "ask", "text": "Are you happy?", "cites": []},
    )
    assert [text.text for text in shown] == [
        "Maja said on 3 March: “I like it when the buffet looks calm at seven”.",
        "More than that the notes do not say.",
        "This would find out: Which hour of the morning went by fastest for you?",
    ]


def test_a_note_that_seems_to_be_about_somebody_else_can_be_named(server: ModelServer, engine: LlmEngine) -> None:
    text = "The note of 17 March may be filed under the wrong person: it tells of “The lady at the bread table”."
    [said] = answered(server, engine, {"kind": "notes", "text": text, "cites": [ALLERGY]})
    assert said.text == text
    assert said.quotes


def test_an_answer_that_broke_off_is_finished_by_the_rules(server: ModelServer, finished: FallbackEngine) -> None:
    import json

    text = json.dumps(items(*ANSWER))
    server.will(says(text[: text.index('"text": "On 31')], finish=None))
    given = list(finished.answer("What does Maja like?", FOUND, situation()))
    assert given[0].origin.engine == "llm"
    assert {text.origin.engine for text in given[1:]} <= {"offline"}
    assert all(text.quotes for text in given)
    server.will(fails(503))
    finished.model.memory.clear()  # type: ignore[attr-defined]
    alone = list(finished.answer("What does Maja like?", FOUND, situation()))
    assert [t.text for t in alone] == [
        t.text for t in finished.rules.answer("What does Maja like?", FOUND, situation())
    ]
    assert all("Written without the model" in text.origin.says for text in alone)


def test_the_first_question_is_there_before_the_model_is_done(server: ModelServer, engine: LlmEngine) -> None:
    import json

    from tests.model_server import is_over, stalls

    text = json.dumps(items(*QUESTIONS))
    act = stalls(items(*QUESTIONS), text.index('"pillar"', 40) + 5, seconds=20)
    server.will(act)
    reading = engine.questions(situation(), 3)
    assert next(reading).text == QUESTIONS[0]["text"]
    assert not is_over(act)
    reading.close()  # type: ignore[attr-defined]


def test_a_failure_is_not_asked_for_again_at_once(server: ModelServer, finished: FallbackEngine) -> None:
    server.will(fails(401))
    for _ in range(3):
        assert len(list(finished.questions(situation(), 3))) == 3
    assert len(server.requests) == 1


def test_two_people_with_the_same_notes_never_share_a_reply(server: ModelServer, engine: LlmEngine) -> None:
    server.will(says(items(*QUESTIONS)))
    list(engine.questions(situation(), 7))
    base = situation()
    other = replace(base, person=replace(base.person, account_id="other"))
    list(engine.questions(other, 7))
    assert len(server.requests) == 2


def test_flour_is_a_note_of_the_situation() -> None:
    assert "purchasing" in FLOUR.text  # the replies above cite it by N4

"""Where the line runs between words that may be shown and words that may not; a good sentence refused is a loss too."""

from typing import Any

import pytest

from assistant.actions.draft_plan import draft_plan
from assistant.domain.event import Text
from assistant.domain.evidence import Quote
from assistant.domain.plan import Section, Thread
from assistant.domain.search import Found, Hit
from assistant.engines.fallback import FallbackEngine
from assistant.engines.llm.engine import LlmEngine
from assistant.lint import faults
from tests.assistant.engines.llm.replies import LATE, LOOKS_CALM, RETIMED, THREAD, link, question, spoiled
from tests.assistant.engines.offline.situations import CALM, FLOUR, situation
from tests.model_server import ModelServer, items, says

FOUND = Found((Hit(Quote.of(CALM, CALM.text), 1.0),), weak=False)


def answered(server: ModelServer, engine: LlmEngine, asked: str, *replies: dict[str, Any]) -> list[Text]:
    server.will(says(items(*replies)))
    engine.memory.clear()
    return list(engine.answer(asked, FOUND, situation()))


def planned(server: ModelServer, finished: FallbackEngine, **changes: Any) -> Thread:
    server.will(says(items(spoiled(THREAD, **changes))))
    finished.model.memory.clear()  # type: ignore[attr-defined]
    (thread,) = draft_plan(situation(), finished, version=1).threads
    return thread


@pytest.mark.parametrize(
    "good",
    [
        "You once said “the buffet looks calm”: which hour of the morning, if any, would you gladly have again?",
        "After the ovens you wrote “it can wait”; what about that open question draws you, if anything?",
        "Which of the things you did at Mr. Holm's table do you think he told his sister about?",
        "How do you decide what to draw and what to leave out?",
        "How do you go about it when a drawing and what you measure do not agree?",
        "Who at the bakery, as far as you know, has to act when the flour is late?",
        "How do you find the one thing to show, such as the egg or the paper plate?",
    ],
)
def test_an_open_question_passes_however_it_quotes_and_embeds(good: str) -> None:
    assert faults(good) == ()


@pytest.mark.parametrize(
    ("bad", "fault"),
    [
        ("Which clerk do you picture, and where do you think they get stuck?", "joins"),
        ("How did it go and what would you change?", "joins"),
        ("What draws you and what drains you?", "joins"),
        ("As you know the flour was late: what now?", "pushes"),
        ("“It can wait”: is that so?", "main clause"),
        ("Do you like the oven, the card or the table more?", "main clause"),
    ],
)
def test_what_was_a_fault_is_one_still(bad: str, fault: str) -> None:
    assert any(fault in said for said in faults(bad)), faults(bad)


def test_that_no_note_tells_is_said_in_the_words_of_the_question(server: ModelServer, engine: LlmEngine) -> None:
    said = {"kind": "not_said", "text": "No note tells what Maja earns.", "cites": []}
    (shown,) = answered(server, engine, "What does Maja earn?", said)
    assert (shown.text, shown.quotes) == ("No note tells what Maja earns.", ())


@pytest.mark.parametrize(
    "text", ["Maja is bored by the early shift.", "No note tells what Bruno thinks.", "Ask 12 people."]
)
def test_a_claim_dressed_as_not_said_gives_way_to_the_plain_words(
    server: ModelServer, engine: LlmEngine, text: str
) -> None:
    (shown,) = answered(server, engine, "What does Maja earn?", {"kind": "not_said", "text": text, "cites": []})
    assert shown.text == "The notes do not say."


@pytest.mark.parametrize(
    ("text", "kept"),
    [("Whether the trainees are shown the morning shift today, no note tells.", True),
     ("The trainees are shown the morning shift today.", False),
     ("No note tells that. The trainees are shown the morning shift today.", False),
     ("Whether the trainees robbed a bank yesterday, no note tells.", False)],
)  # fmt: skip
def test_what_no_note_tells_may_be_said_in_words_of_any_note_that_was_read_and_claims_nothing(
    text: str, kept: bool, server: ModelServer, engine: LlmEngine
) -> None:
    (shown,) = answered(server, engine, "How is it going?", {"kind": "not_said", "text": text, "cites": []})
    assert (shown.text == text) is kept


def test_a_sentence_brings_the_note_it_quotes_even_where_it_forgot_to_cite_it(
    server: ModelServer, engine: LlmEngine
) -> None:
    both = "Maja said she likes it “when the buffet looks calm”, and on 17 March the “Flour delivery late twice.”"
    (shown,) = answered(server, engine, "What of it?", {"kind": "notes", "text": both, "cites": [LOOKS_CALM]})
    assert shown.text == both
    assert [q.note.id for q in shown.quotes] == [CALM.id, FLOUR.id]


def test_words_in_marks_that_stand_in_no_note_are_still_refused(server: ModelServer, engine: LlmEngine) -> None:
    wild = {"kind": "notes", "text": "Maja said “I would rather leave this place”.", "cites": [LOOKS_CALM]}
    (shown,) = answered(server, engine, "What of it?", wild)
    assert shown.text.startswith("Maja said on 3 March: “I like it")


def test_a_sentence_that_leans_on_one_that_gave_way_gives_way_too(server: ModelServer, engine: LlmEngine) -> None:
    wild = {"kind": "notes", "text": "Maja hates every morning at the buffet.", "cites": [LOOKS_CALM]}
    leaning = {"kind": "notes", "text": "That she said on 3 March: “I like it when the buffet looks calm at seven”.",
               "cites": [LOOKS_CALM]}  # fmt: skip
    shown = [text.text for text in answered(server, engine, "What of it?", wild, leaning)]
    assert all(not text.startswith("That she said") for text in shown)
    (alone,) = answered(server, engine, "And what of it?", leaning)
    assert alone.text == leaning["text"]


def test_a_lead_in_is_no_claim_and_a_verdict_beside_a_quote_is_one(server: ModelServer, engine: LlmEngine) -> None:
    lead = "What comes nearest is what Maja said on 3 March: “I like it when the buffet looks calm at seven”."
    (shown,) = answered(server, engine, "What of it?", {"kind": "notes", "text": lead, "cites": [LOOKS_CALM]})
    assert shown.text == lead
    wild = "Maja resents weekends badly: “I like it when the buffet looks calm at seven”."
    (shown,) = answered(server, engine, "What of it?", {"kind": "notes", "text": wild, "cites": [LOOKS_CALM]})
    assert shown.text != wild


@pytest.mark.parametrize(
    "opening", ["Making the buffet look calm", "Keeping the table calm", "Beyond the buffet, a calm"]
)
def test_a_link_may_open_with_an_everyday_word(server: ModelServer, finished: FallbackEngine, opening: str) -> None:
    text = f"{opening}: Maja likes it when the buffet “looks calm at seven”."
    assert planned(server, finished, passion=link(text, LOOKS_CALM)).passion.text == text


def test_a_measure_may_name_its_sign_first(server: ModelServer, finished: FallbackEngine) -> None:
    text = "Done: the buffet looks calm once. Sign to change it: Maja says that it costs her more than it gives."
    assert planned(server, finished, measure=text).measure == text


def test_a_name_that_opens_a_sentence_is_still_seen(server: ModelServer, finished: FallbackEngine) -> None:
    text = "Bruno likes it when the buffet “looks calm at seven”."
    assert planned(server, finished, passion=link(text, LOOKS_CALM)).passion.text != text


def test_a_step_may_name_what_any_note_that_was_read_tells_of(server: ModelServer, finished: FallbackEngine) -> None:
    text = "After the next delivery, Maja could show Vera Holm the bread table. It is done when she has seen it."
    step = {"text": text, "in_days": 5, "cites": [RETIMED]}
    assert planned(server, finished, first_step=step).first_step.text == text
    wild = {**step, "text": text.replace("Vera Holm", "Bruno Holm")}
    assert planned(server, finished, first_step=wild).first_step.text != wild["text"]


def test_an_obstacle_stands_in_one_note_and_not_in_the_words_of_many(
    server: ModelServer, finished: FallbackEngine
) -> None:
    one = "If the flour delivery is late again, the step moves by a week."
    assert planned(server, finished, obstacle=one).obstacle == one
    many = "If the trainees, the lady, the purchasing and the nut allergy quarrel over ovens, wait."
    assert planned(server, finished, obstacle=many).obstacle == ""


def test_an_obstacle_a_watch_out_and_a_move_carry_what_they_cite(server: ModelServer, finished: FallbackEngine) -> None:
    said = {"text": "If the flour delivery is late again, the step moves by a week.", "cites": [LATE]}
    move = {"text": "The card for the ovens could be written together.", "cites": [RETIMED]}
    thread = planned(server, finished, obstacle=said, move=move)
    assert [q.text for q in thread.grounds_of(Section.OBSTACLE)] == [LATE["quote"]]
    assert [q.text for q in thread.grounds_of(Section.MOVE)] == [RETIMED["quote"]]
    bare = planned(server, finished, obstacle=said["text"], move="Take less of it.")
    assert [q.note.id for q in bare.grounds_of(Section.OBSTACLE)], "the note that bears it is named even uncited"
    strange = planned(server, finished, obstacle={"text": "If the roof leaks again, wait a week.", "cites": [LATE]})
    assert (strange.obstacle, strange.grounds_of(Section.OBSTACLE)) == ("", ())


def test_a_reason_may_quote_a_second_note(server: ModelServer, engine: LlmEngine) -> None:
    asked = question(
        "One thing is still open on my side, purchasing: what has changed, if anything, since the flour came late?",
        "obstacles", "You noted on 17 March “Flour delivery late twice.”", LATE,
    )  # fmt: skip
    server.will(says(items(asked)))
    engine.memory.clear()
    (shown,) = engine.questions(situation(), 1)
    assert shown.why == asked["why"]


def test_an_if_that_quotes_its_note_claims_no_more_than_the_quote(
    server: ModelServer, finished: FallbackEngine
) -> None:
    supposed = "If the “Flour delivery late twice” comes again, the card could wait until a calmer week."
    assert planned(server, finished, obstacle=supposed).obstacle == supposed
    bare = "If the roof leaks again, the card could wait until a calmer week."
    assert planned(server, finished, obstacle=bare).obstacle == ""


@pytest.mark.parametrize("verdict", ["better than the others", "worse than every colleague", "the best of the team"])
def test_a_comparison_of_people_is_not_shown(server: ModelServer, finished: FallbackEngine, verdict: str) -> None:
    text = f"Maja, {verdict}, likes it when the buffet “looks calm at seven”."
    assert planned(server, finished, passion=link(text, LOOKS_CALM)).passion.text != text


def test_a_comparison_of_things_is(server: ModelServer, finished: FallbackEngine) -> None:
    text = "Stop if the card helps no better than the old list did, and let Maja say whether it gives energy."
    assert planned(server, finished, measure=text).measure == text


def test_what_no_note_tells_may_be_said_in_the_words_of_what_was_just_told(
    server: ModelServer, engine: LlmEngine
) -> None:
    told = {
        "kind": "notes",
        "text": "She said: “I like it when the buffet looks calm at seven”.",
        "cites": [LOOKS_CALM],
    }
    rest = "No note tells whether the buffet looks calm at seven since."
    said = answered(server, engine, "And now?", told, {"kind": "not_said", "text": rest, "cites": []})
    assert [text.text for text in said][1:] == [rest]
    wild = {"kind": "not_said", "text": "No note tells whether Bruno stole the flour.", "cites": []}
    assert [t.text for t in answered(server, engine, "And now?", told, wild)][1:] == [
        "More than that the notes do not say."
    ]

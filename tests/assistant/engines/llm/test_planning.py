"""A model's plan says how sure it is: a hint is called one, no step lies in an absence, an "if" needs one note."""

from datetime import date
from typing import Any

import pytest

from assistant.actions.draft_plan import draft_plan
from assistant.domain.evidence import Evidence, Strength, Tier, Topic, Witness
from assistant.domain.plan import Plan
from assistant.domain.situation import Situation
from assistant.engines.fallback import FallbackEngine
from tests.assistant.engines.llm.replies import FLOUR, LATE, LOOKS_CALM, RETIMED, THREAD, cite, link, spoiled
from tests.assistant.engines.offline.situations import EVIDENCE, NOTES, evidence, note, situation
from tests.model_server import ModelServer, items, says

EYES = note("n7", "2026-04-07", "She sang while she set the bread table, and stayed an hour to do it again.")
SANG = cite("N6", "She sang while she set the bread table")
POINTS = link("Maja sang while she set the bread table, you noted on 7 April.", SANG)
IF = "If it is setting the bread table that draws me, I re-time the ovens, so that a guest could eat."
BECAUSE = THREAD["sentence"]


def hinted(*, seen: Topic = Topic.PASSION) -> Situation:
    """Nobody has heard her say what draws her; the manager saw something."""
    kept: list[Evidence] = [i for i in EVIDENCE if i.topic is not Topic.PASSION]
    saw = evidence(EYES, "She sang while she set the bread table", seen, Witness.MANAGER, Strength.E1)
    return situation((*NOTES, EYES), (*kept, saw))


def drafted(server: ModelServer, engine: FallbackEngine, told: Situation, **parts: Any) -> Plan:
    server.will(says(items(spoiled(THREAD, **parts))))
    return draft_plan(told, engine, version=1)


@pytest.mark.parametrize(("sentence", "shown"), [(IF, IF), (BECAUSE, "")])
def test_a_passion_that_others_saw_is_called_a_hint_and_claims_no_because(
    sentence: str, shown: str, server: ModelServer, finished: FallbackEngine
) -> None:
    thread = drafted(server, finished, hinted(), passion=POINTS, sentence=sentence).threads[0]
    assert thread.passion.text == f"Only a hint so far: {POINTS['text']}"
    assert thread.passion.tier is Tier.SUGGESTION
    assert thread.passion.quotes
    assert thread.passion.question
    assert thread.gaps == ()
    assert thread.sentence == shown


SAID = "Maja said she likes it “when the buffet looks calm at seven”"


@pytest.mark.parametrize(
    ("text", "cites", "tier"),
    [(f"{SAID}.", (LOOKS_CALM,), Tier.THEIR_WORDS),
     (f"{SAID}, and you noted “Flour delivery late twice.”", (LOOKS_CALM, LATE), Tier.OBSERVATION),
     (f"{SAID}, and you noted “Flour delivery late twice.”", (LATE, LOOKS_CALM), Tier.OBSERVATION)],
)  # fmt: skip
def test_a_link_on_words_of_hers_and_on_what_you_saw_is_not_called_her_words(
    text: str, cites: tuple[dict[str, str], ...], tier: Tier, server: ModelServer, finished: FallbackEngine
) -> None:
    passion = drafted(server, finished, situation(), passion=link(text, *cites)).threads[0].passion
    assert (passion.text, passion.tier) == (text, tier)


def test_what_no_rule_takes_for_a_sign_of_passion_is_an_open_gap(server: ModelServer, finished: FallbackEngine) -> None:
    thread = drafted(server, finished, hinted(seen=Topic.TALENT), passion=POINTS, sentence=IF).threads[0]
    assert thread.gaps == ("passion",)
    assert thread.sentence == ""


def test_no_step_lies_in_an_absence_and_the_review_is_when_they_are_back(
    server: ModelServer, finished: FallbackEngine
) -> None:
    gone = note("v1", "2026-04-10", "Maja is on vacation from 20 April to 24 July.")
    plan = drafted(server, finished, situation((*NOTES, gone)), first_step={**THREAD["first_step"], "in_days": 10})
    assert plan.threads[0].first_step.due == date(2026, 4, 17)
    assert plan.threads[0].support.due <= plan.threads[0].first_step.due
    assert plan.review_on == date(2026, 7, 27)


@pytest.mark.parametrize(
    ("text", "cited", "kept"),
    [("If the flour is late again that morning, the two of you could move the try to another day.", True, True),
     ("If the crane breaks down, the two of you could rent another for the week.", True, False),
     ("The flour stops everybody in the kitchen from working in peace most of the time.", True, False)],
)  # fmt: skip
def test_an_if_needs_its_case_from_the_note_it_cites_and_no_more(
    text: str, cited: bool, kept: bool, server: ModelServer, finished: FallbackEngine
) -> None:
    late = [cite(FLOUR, "Flour delivery late twice.")] if cited else []
    thread = drafted(server, finished, situation(), obstacle={"text": text, "cites": late}).threads[0]
    assert (thread.obstacle == text) is kept


def test_a_word_that_a_note_writes_small_may_open_a_sentence(server: ModelServer, finished: FallbackEngine) -> None:
    flour = "Delivery was late twice and she re-timed the ovens before the first bake."
    known = link(flour, RETIMED, cite(FLOUR, "Flour delivery late twice."))
    assert drafted(server, finished, situation(), talent=known).threads[0].talent.text == flour
    named = link(flour.replace("Delivery", "Brandon"), RETIMED)
    assert drafted(server, finished, situation(), talent=named).threads[0].talent.text != named["text"]


@pytest.mark.parametrize(
    ("text", "cited", "kept"),
    [("Showing the trainees comes on top of a morning with “Flour delivery late twice” to make up.", True, True),
     ("Showing the trainees comes on top of a morning with late flour to make up.", True, False),
     ("Everybody in town is fed up and angry with management, “Flour delivery late twice”.", True, False),
     ("Showing the trainees comes on top of “flour that never comes on time”.", True, False)],
)  # fmt: skip
def test_what_it_could_cost_begins_with_the_words_of_a_note_and_stays_near_the_notes(
    text: str, cited: bool, kept: bool, server: ModelServer, finished: FallbackEngine
) -> None:
    late = [cite(FLOUR, "Flour delivery late twice.")] if cited else []
    thread = drafted(server, finished, situation(), watch_out={"text": text, "cites": late}).threads[0]
    assert (thread.watch_out == text) is kept

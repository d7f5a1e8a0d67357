"""A model answers in the language of the talk; what it writes is held against the notes in that language too."""

from dataclasses import replace

import pytest

from assistant.actions.draft_plan import draft_plan
from assistant.domain.evidence import Quote
from assistant.domain.search import Found, Hit
from assistant.engines.fallback import FallbackEngine
from assistant.engines.llm.engine import LlmEngine
from tests.assistant.engines.llm.replies import THREAD, spoiled
from tests.assistant.engines.offline.situations import CALM, NOTES, OVENS, note, readable, situation
from tests.model_server import ModelServer, items, says

BREAD = note("g1", "2026-04-07", "Sie hat die Brote am Morgen neu geformt, und die Gäste haben nachgefragt. "
             "„Ich mag die Stunde vor dem Öffnen“, sagte sie.")  # fmt: skip
FOUND = Found((Hit(Quote.of(BREAD, BREAD.text), 1.0), Hit(Quote.of(CALM, CALM.text), 0.9)), weak=False)
GERMAN = replace(situation((*NOTES, BREAD)), language="de")
CITED = [{"note": "N6", "quote": "Sie hat die Brote am Morgen neu geformt"}]


def answered(server: ModelServer, engine: LlmEngine, text: str, cites: list[dict[str, str]] = CITED) -> list[str]:
    server.will(says(items({"kind": "notes", "text": text, "cites": cites})))
    engine.memory.clear()
    return [t.text for t in engine.answer("Was hat sie mit den Broten gemacht?", FOUND, GERMAN)]


def test_a_german_question_gets_a_german_answer_out_of_german_notes(server: ModelServer, engine: LlmEngine) -> None:
    text = "Am 7. April hast du notiert, dass Maja die Brote am Morgen neu geformt hat und die Gäste nachgefragt haben."
    assert answered(server, engine, text) == [text]
    assert "[N6] Tuesday 7 April 2026" in server.prompts()[0]


@pytest.mark.parametrize(
    ("language", "text"),
    [("de", "Hilft der Zettel, könnte Maja ihn weitergeben. Andernfalls bleibt er liegen."),
     ("de", "Sag Maja, was aus dem Mehl wird, bevor sie fragt."),
     ("es", "Dile a Maja qué pasa con la harina, antes de que pregunte."),
     ("es", "Funciona mejor si Maja lo cuenta. Pídele a Maja una sola mañana.")],
)  # fmt: skip
def test_what_a_step_may_begin_with_is_no_name(
    language: str, text: str, server: ModelServer, finished: FallbackEngine
) -> None:
    told = replace(situation(), language=language)

    def support(words: str) -> str:
        server.will(says(items(spoiled(THREAD, support={**THREAD["support"], "text": words}))))
        return draft_plan(told, finished, version=1).threads[0].support.text

    assert support(text) == text
    assert support(text.replace("Maja", "Renate")) != text.replace("Maja", "Renate")


def test_over_english_notes_the_quote_carries_it(server: ModelServer, engine: LlmEngine) -> None:
    text = "Am 3. März sagte Maja dazu: “I like it when the buffet looks calm at seven”."
    assert answered(
        server, engine, text, [{"note": "N2", "quote": "I like it when the buffet looks calm at seven"}]
    ) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "Laut deiner Notiz hat sie die Brote am Morgen neu geformt, und in der Schicht fragten die Gäste nach.",
        "Zuletzt hat Maja die Brote am Morgen neu geformt, und in dieser Woche haben die Gäste nachgefragt.",
    ],
)
def test_german_nouns_and_openings_do_not_cost_a_sentence(text: str, server: ModelServer, engine: LlmEngine) -> None:
    assert answered(server, engine, text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "Am 9. April hat Maja die Brote am Morgen neu geformt.",  # another day
        "Am 7. Mai hat Maja die Brote am Morgen neu geformt.",  # another month
        "Maja hat mit Bruno die Brote am Morgen neu geformt.",  # somebody of whom no note tells
        "Maja hat am Morgen 14 Brote neu geformt.",  # a number of its own
        "Maja reformed the loaves in the morning, and the guests asked about it again.",  # another language
        "Maja träumt davon, einmal mit ihrer Freundin ein kleines Hotel am Meer zu führen.",  # of which no note tells
    ],
)
def test_what_does_not_hold_in_german_gives_way_to_the_passage(
    text: str, server: ModelServer, engine: LlmEngine
) -> None:
    said = answered(server, engine, text)
    assert text not in said
    assert all("Sie hat die Brote am Morgen neu geformt" in each for each in said)


def asked(server: ModelServer, engine: LlmEngine, text: str, language: str = "de") -> list[str]:
    ask = {"pillar": "talent", "text": text, "why": "", "cites": CITED}
    server.will(says(items(ask)))
    engine.memory.clear()
    return [q.text for q in engine.questions(replace(GERMAN, language=language), 1)]


def test_questions_are_asked_in_german_and_spanish(server: ModelServer, engine: LlmEngine) -> None:
    for text in (
        "Als du die Brote am Morgen neu geformt hast, was hat dir gezeigt, dass die alte Form nicht gut war?",
        "Woran merkst du am Morgen, dass die Brote für die Gäste gut werden?",
    ):
        assert asked(server, engine, text) == [text]
    spanish = "¿Qué te mostró que la forma de antes no era buena para los clientes?"
    assert asked(server, engine, spanish, "es") == [spanish]


@pytest.mark.parametrize(
    "text",
    [
        "Warum hast du die Brote am Morgen neu geformt?",
        "Hast du die Brote am Morgen neu geformt und was sagen die Gäste?  Und wie?",
        "Gefällt dir die Arbeit mit den Broten am Morgen?",
        "When you shaped the loaves in the morning, what told you the old shape was off?",
    ],
)
def test_a_question_that_presses_or_is_in_another_language_is_left_out(
    text: str, server: ModelServer, engine: LlmEngine
) -> None:
    assert asked(server, engine, text) == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Woran merkst du am Morgen, dass du für die Brote zu jung bist?", "de"),
        ("Woran merkst du am Morgen, dass du mit den Broten unzuverlässig bist?", "de"),
        ("¿Qué te mostró que la forma de antes era de alguien tonto para los clientes?", "es"),
    ],
)
def test_no_verdict_on_somebody_passes_in_another_language(
    text: str, language: str, server: ModelServer, engine: LlmEngine
) -> None:
    assert asked(server, engine, text, language) == []


def test_english_stays_english(server: ModelServer, engine: LlmEngine) -> None:
    assert readable(OVENS).note is OVENS
    server.will(says(items({"kind": "notes", "text": "Sie hat die Brote am Morgen neu geformt.", "cites": CITED})))
    said = [t.text for t in engine.answer("What did she do?", FOUND, replace(GERMAN, language="en"))]
    assert said == [] or all(each.startswith(("On", "You")) for each in said)

"""What is cut of an answer, and that the newest word on a matter is never what goes."""

from typing import Any

from assistant.domain.evidence import Quote
from assistant.domain.search import Found, Hit
from assistant.engines.llm.answering import LONGEST, MOST
from assistant.engines.llm.engine import LlmEngine
from assistant.engines.offline.answering.answer import FROM_HITS, answer_from
from tests.assistant.engines.llm.replies import ALLERGY, CALM, LATE, LOOKS_CALM, RETIMED, TEACH, TO_TEACH, cite
from tests.assistant.engines.llm.test_checks import answered
from tests.assistant.engines.offline.situations import note, situation
from tests.model_server import ModelServer


def told(text: str, *cites: dict[str, str]) -> dict[str, Any]:
    return {"kind": "notes", "text": text, "cites": list(cites)}


def test_a_sentence_on_two_notes_gives_way_to_the_older_and_the_newer(server: ModelServer, engine: LlmEngine) -> None:
    wild = told("Maja hates every morning and would resign tomorrow.", LOOKS_CALM, TO_TEACH)
    older, newer = answered(server, engine, "What does she want?", wild)
    assert LOOKS_CALM["quote"] in older.text
    assert TO_TEACH["quote"] in newer.text


def test_of_many_passages_that_gave_way_the_newest_is_there(server: ModelServer, engine: LlmEngine) -> None:
    wild = told("Maja hates every morning and would resign.", RETIMED, LOOKS_CALM, LATE, TO_TEACH)
    shown = answered(server, engine, "What does she want?", wild)
    assert TO_TEACH["quote"] in shown[-1].text


def test_a_newer_passage_that_was_miscopied_comes_in_its_true_words(server: ModelServer, engine: LlmEngine) -> None:
    older = told("Maja said on 3 March “I like it when the buffet looks calm at seven”.", LOOKS_CALM)
    newer = told(
        "On 31 March she said “One day I'd like to teach all trainees the morning shift”.",
        cite(TEACH, "One day I'd like to teach all trainees the morning shift"),
    )
    shown = answered(server, engine, "What does she want?", older, newer)
    assert [shown[0].text, len(shown)] == [older["text"], 2]
    assert TO_TEACH["quote"] in shown[1].text


def test_invented_words_bring_no_passage(server: ModelServer, engine: LlmEngine) -> None:
    invented = told("She steals from the till.", cite(CALM, "She steals from the till every other night"))
    assert all("till" not in text.text and not text.quotes for text in answered(server, engine, "And?", invented))


def test_a_sentence_that_is_too_long_gives_way_to_its_passage(server: ModelServer, engine: LlmEngine) -> None:
    (shown,) = answered(server, engine, "And?", told("The buffet looks calm, " * (LONGEST // 20), LOOKS_CALM))
    assert LOOKS_CALM["quote"] in shown.text


def test_an_answer_that_is_too_long_ends_with_the_newest_word(server: ModelServer, engine: LlmEngine) -> None:
    old = [
        RETIMED,
        LOOKS_CALM,
        cite("N2", "the buffet looks calm"),
        ALLERGY,
        LATE,
        cite("N1", "Quiet start. She re-timed"),
    ]
    said = [told(f"The note says “{each['quote']}”", each) for each in old]
    assert len(said) == MOST
    last = told(f"Then she said “{TO_TEACH['quote']}”", TO_TEACH)
    shown = answered(server, engine, "What has she done?", *said, last)
    assert len(shown) == MOST
    assert shown[-1].text == last["text"]
    assert [text.text for text in shown[:-1]] == [each["text"] for each in said[:-1]]


def test_by_rules_too_the_newest_of_the_passages_that_answer_is_among_them() -> None:
    days = [f"2026-0{n}-02" for n in (1, 2, 3, 4)]
    older = [note(f"s{n}", day, f"She is strong in spreadsheets, part {n}.") for n, day in enumerate(days)]
    newer = note("s9", "2026-05-20", "The spreadsheets: she is not strong there, she says.")
    aside = note("s8", "2026-05-30", "The flour was late again.")
    hits = [Hit(Quote.of(n, n.text), 1.0 - 0.05 * place) for place, n in enumerate([*older, newer, aside])]
    assert len(older) == FROM_HITS
    said = list(answer_from("Is she strong in spreadsheets?", Found(tuple(hits), weak=False), situation()))
    assert any(newer.text in text.text for text in said)
    assert not any(aside.text in text.text for text in said)

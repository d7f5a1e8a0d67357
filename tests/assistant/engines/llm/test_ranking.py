"""A model puts found passages in order: it adds none, hides none, and sees nothing that must stay out."""

from typing import Any

from assistant.domain.evidence import Quote
from assistant.domain.search import Found, Hit
from assistant.engines.llm.engine import LlmEngine
from assistant.engines.llm.ranking import ModelRanker
from tests.assistant.engines.llm.conftest import SENSES
from tests.assistant.engines.offline.situations import CALM, FLOUR, MAJA, OVENS, SICK, TEACH, TODAY, readable
from tests.model_server import ModelServer, items, says

NOTES = (OVENS, SICK, CALM, FLOUR, TEACH)
FOUND = Found(tuple(Hit(Quote.of(n, n.text), 1.0 - place / 10) for place, n in enumerate(NOTES)), weak=False)
READ = tuple(readable(n, n.text, whole=True) if n is SICK else readable(n) for n in NOTES)


def ranked(server: ModelServer, engine: LlmEngine, *replies: Any, question: str = "What does she hope for?") -> Found:
    server.will(says(items(*({"passage": name, "grade": grade} for name, grade in replies))))
    engine.memory.clear()
    return ModelRanker(engine.caller, SENSES).rank(question, MAJA, FOUND, READ, TODAY)


def ids(found: Found) -> list[str]:
    return [hit.note.id for hit in found.hits]


def test_what_answers_comes_first_and_nothing_is_lost(server: ModelServer, engine: LlmEngine) -> None:
    found = ranked(server, engine, ("P2", 1), ("P4", 3))
    assert ids(found) == ["n5", "n6", "n2", "n1", "n4"]  # the closed one keeps its place and was not sent
    assert [hit.score for hit in found.hits] == sorted((hit.score for hit in FOUND.hits), reverse=True)
    assert not found.weak
    assert str(found.origin) == "llm rank_passages@1 scripted"
    assert "CANARY" not in server.sent
    assert len(server.requests) == 1


def test_an_order_of_unknown_passages_changes_nothing_and_no_answer_is_weak(
    server: ModelServer, engine: LlmEngine
) -> None:
    assert ids(ranked(server, engine, ("P9", 3), ("N1", 3))) == ids(FOUND)
    assert ranked(server, engine, ("P1", 1)).weak
    assert ranked(server, engine).weak


def test_a_private_question_is_not_sent(server: ModelServer, engine: LlmEngine) -> None:
    assert ranked(server, engine, ("P4", 3), question="Is she pregnant?") == FOUND
    assert server.requests == []

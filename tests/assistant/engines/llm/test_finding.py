"""A model points at words in notes: they stand there, they are this person's, and the rules say whose voice it is."""

from dataclasses import replace
from typing import Any

import pytest

from assistant.domain.evidence import EvidenceState, Tense, Topic, Witness
from assistant.domain.note import AiUse, NoteKind
from assistant.domain.person import PersonId
from assistant.engines.llm.engine import LlmEngine
from assistant.engines.llm.finding import ModelProposer
from tests.assistant.engines.llm.conftest import SENSES
from tests.assistant.engines.offline.situations import (
    CALM,
    CARD,
    MAJA,
    MANAGER,
    OVENS,
    SICK,
    TODAY,
    note,
    readable,
)
from tests.model_server import ModelServer, items, says

READ = tuple(readable(n) for n in (OVENS, CALM, CARD))
FOUND = {"note": "N1", "quote": "She re-timed the ovens before the first bake.", "topic": "talent",
         "witness": "manager", "tense": "current", "doer": "Maja"}  # fmt: skip


def found(server: ModelServer, engine: LlmEngine, *replies: dict[str, Any], notes: Any = READ) -> list[Any]:
    server.will(says(items(*(FOUND | reply for reply in replies))))
    engine.memory.clear()
    return list(ModelProposer(engine.caller, SENSES).propose(MAJA, MANAGER, notes, TODAY))


def test_a_find_is_a_suggestion_with_its_words_and_who_found_it(server: ModelServer, engine: LlmEngine) -> None:
    (item,) = found(server, engine, {})
    assert (item.quote.text, item.topic, item.state) == (FOUND["quote"], Topic.TALENT, EvidenceState.SUGGESTED)
    assert item.finder == "llm find_evidence@2 scripted"
    assert item.is_proposed
    assert "[N1] Tuesday 3 March 2026, observation, by the manager\nQuiet start." in server.prompts()[0]


@pytest.mark.parametrize(
    "spoil",
    [
        {"note": "N9"},
        {"quote": "She re-timed the ovens after the first bake."},
        {"quote": "ovens"},
        {"doer": "Bruno"},
        {"note": "N2"},
    ],
)
def test_what_does_not_hold_is_no_find(spoil: dict[str, Any], server: ModelServer, engine: LlmEngine) -> None:
    assert found(server, engine, spoil) == []
    (tally,) = engine.talk.meter.tallies()
    assert (tally.job, tally.left_out) == ("find", 1)


def test_the_voice_is_read_by_rules_and_only_doubt_is_taken_from_the_model(
    server: ModelServer, engine: LlmEngine
) -> None:
    (claimed,) = found(server, engine, {"witness": "self"})
    assert claimed.witness is Witness.MANAGER
    (heard,) = found(server, engine, {"witness": "hearsay"})
    assert heard.witness is Witness.HEARSAY
    assert not heard.counts
    (jest,) = found(server, engine, {"tense": "doubted"})
    assert jest.tense is Tense.DOUBTED
    (own,) = found(
        server, engine, {"note": "N2", "quote": "I like it when the buffet looks calm", "witness": "manager"}
    )
    assert own.witness is Witness.SELF


def test_what_is_closed_or_private_or_about_another_is_neither_sent_nor_found(
    server: ModelServer, engine: LlmEngine
) -> None:
    mixed = note("n7", "2026-04-03", "She mended the slicer. Her CANARY-1 migraine is back.")
    shut = replace(note("n8", "2026-04-04", "CANARY-2: she mended the mixer."), ai=AiUse.NEVER)
    theirs = replace(note("n9", "2026-04-05", "CANARY-3 Bruno burnt the rolls."), person_id=PersonId("p2"))
    notes = (
        readable(mixed, "Her CANARY-1 migraine is back."), readable(shut), readable(theirs),
        readable(SICK, SICK.text, whole=True),
    )  # fmt: skip
    assert found(server, engine, {"quote": "Her CANARY-1 migraine is back."}, notes=notes) == []
    assert len(server.requests) == 1
    assert "CANARY" not in server.sent
    assert found(server, engine, {}, notes=notes[1:]) == []
    assert len(server.requests) == 0


def test_many_long_notes_go_in_several_prompts_each_within_the_limit(server: ModelServer, engine: LlmEngine) -> None:
    long = [readable(note(f"h{n}", "2026-04-01", f"Shelf {n}. " + "She rolled the dough. " * 300)) for n in range(40)]
    assert found(server, engine, {"quote": "She rolled the dough."}, notes=long)
    assert len(server.requests) > 1
    assert all(engine.talk.count(prompt) <= 6_000 for prompt in server.prompts())


def test_a_customers_word_that_the_manager_quotes_may_be_the_customers(server: ModelServer, engine: LlmEngine) -> None:
    told = note("n7", "2026-04-03", 'Vera Holm said, "The lady at the table saved my breakfast."', NoteKind.ONE_ON_ONE)
    reply = {"quote": "The lady at the table saved my breakfast.", "topic": "customer_value", "witness": "customer"}
    (item,) = found(server, engine, reply, notes=(readable(told),))
    assert item.witness is Witness.CUSTOMER
    (gossip,) = found(server, engine, reply | {"witness": "self"}, notes=(readable(told),))
    assert gossip.witness is Witness.HEARSAY

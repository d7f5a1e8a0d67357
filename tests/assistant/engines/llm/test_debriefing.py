"""A telling after a meeting by a model: every piece stands in it word for word, for this person, by the right voice."""

from dataclasses import replace
from typing import Any

import pytest

from assistant.domain.check_in import Speaks
from assistant.domain.debrief import DebriefDraft
from assistant.domain.evidence import Tense, Topic, Witness
from assistant.domain.meeting import Chosen
from assistant.domain.note import NoteKind
from assistant.domain.plan import Plan, Section
from assistant.domain.policy import Readable
from assistant.domain.promise import Owner, PromiseState
from assistant.domain.situation import Situation
from assistant.engines.fallback import FallbackEngine
from assistant.engines.llm.engine import LlmEngine
from tests.assistant.engines.llm.test_revising import plan as plan
from tests.assistant.engines.offline.situations import NOTES, note, readable, situation
from tests.model_server import ModelServer, fails, items, says

TEXT = (
    'She had a good week. "Teaching the trainees the early bake is the best hour I have," she said. '
    "I talked to purchasing and the flour comes on Tuesdays now. The oven card hangs by oven two. "
    "I will ask the hotel for a second timer by Friday. CANARY-6 her migraine is back. Bruno burnt the rolls."
)
TELLING = note("d1", "2026-04-14", TEXT, NoteKind.DEBRIEF)
ASKED = (Chosen("q1", "Which piece of the morning shift would you show the trainees first?"),)
NOTHING = {"topic": "", "doubted": False, "owner": "", "what": "", "about": "", "outcome": ""}
BEST = "Teaching the trainees the early bake is the best hour I have"


def told() -> tuple[Readable, Situation]:
    one = readable(TELLING, "CANARY-6 her migraine is back.")
    base = situation((*NOTES, TELLING))
    return one, replace(base, recent=(*base.recent[:-1], one))


def taken(server: ModelServer, engine: LlmEngine, *replies: dict[str, Any], plan: Plan | None = None) -> DebriefDraft:
    server.will(says(items(*(NOTHING | reply for reply in replies))))
    engine.memory.clear()
    one, about = told()
    return engine.debrief(one, about, asked=ASKED, plan=plan)


def test_each_piece_comes_with_the_words_it_stands_on(server: ModelServer, engine: LlmEngine, plan: Plan) -> None:
    found = taken(
        server, engine,
        {"kind": "evidence", "words": BEST, "topic": "passion"},
        {"kind": "promise", "words": "I will ask the hotel for a second timer by Friday.", "owner": "me",
         "what": "ask the hotel for a second timer"},
        {"kind": "settled", "words": "I talked to purchasing", "about": "R1", "outcome": "kept"},
        {"kind": "answer", "words": BEST, "about": "Q1"},
        {"kind": "check_in", "words": "The oven card hangs by oven two.", "about": "T1", "outcome": "for"},
        plan=plan,
    )  # fmt: skip
    (evidence,), (promise,), (settled,), (answer,), (check_in,) = (
        found.evidence, found.promises, found.settled, found.answers, found.check_ins
    )  # fmt: skip
    assert (evidence.topic, evidence.witness, evidence.quote.text) == (Topic.PASSION, Witness.SELF, BEST)
    assert (promise.owner, promise.what) == (Owner.ME, "ask the hotel for a second timer")
    assert (settled.state, settled.closed_by and settled.closed_by.text) == (
        PromiseState.DONE,
        "I talked to purchasing",
    )
    assert (answer.question, answer.quote.text) == (ASKED[0], BEST)
    assert (check_in.section, check_in.speaks) == (Section.FIRST_STEP, Speaks.FOR)
    assert str(found.origin) == "llm debrief@2 scripted"


def test_private_words_do_not_travel_and_cannot_be_pointed_at(server: ModelServer, engine: LlmEngine) -> None:
    found = taken(server, engine, {"kind": "evidence", "words": "CANARY-6 her migraine is back.", "topic": "obstacle"})
    assert found.is_empty
    assert "CANARY" not in server.sent
    assert "R1 (the manager's): I promised to talk to purchasing" in server.prompts()[0]


@pytest.mark.parametrize(
    "item",
    [
        {"kind": "evidence", "words": "She wants to run the hotel.", "topic": "aspiration"},
        {"kind": "evidence", "words": BEST},
        {"kind": "evidence", "words": "oven", "topic": "talent"},
        {"kind": "promise", "words": "I will ask the hotel for a second timer by Friday."},
        {"kind": "settled", "words": "I talked to purchasing", "about": "R9", "outcome": "kept"},
        {"kind": "settled", "words": "I talked to purchasing", "about": "R1", "outcome": "for"},
        {"kind": "answer", "words": BEST, "about": "Q7"},
        {"kind": "check_in", "words": "The oven card hangs by oven two.", "about": "T1", "outcome": "for"},
    ],
)
def test_what_points_nowhere_is_nothing_and_is_counted(
    item: dict[str, Any], server: ModelServer, engine: LlmEngine
) -> None:
    assert taken(server, engine, item).is_empty
    (tally,) = engine.talk.meter.tallies()
    assert tally.left_out == 1


def test_the_voice_is_read_by_rules_and_doubt_makes_it_no_claim(server: ModelServer, engine: LlmEngine) -> None:
    words = "The oven card hangs by oven two."
    (found,) = taken(server, engine, {"kind": "evidence", "words": words, "topic": "talent"}).evidence
    assert found.witness is Witness.MANAGER
    (doubted,) = taken(
        server, engine, {"kind": "evidence", "words": words, "topic": "talent", "doubted": True}
    ).evidence
    assert doubted.tense is Tense.DOUBTED
    assert not doubted.counts


def test_a_promise_is_told_in_the_words_of_the_telling(server: ModelServer, engine: LlmEngine) -> None:
    words = "I will ask the hotel for a second timer by Friday."
    (found,) = taken(
        server, engine, {"kind": "promise", "words": words, "owner": "me", "what": "raise her pay"}
    ).promises
    assert found.what == words


def test_a_telling_that_is_closed_is_not_sent(server: ModelServer, engine: LlmEngine) -> None:
    server.will(says(items()))
    shut = readable(TELLING, TEXT, whole=True)
    assert engine.debrief(shut, situation(), asked=ASKED, plan=None).is_empty
    assert server.requests == []


def test_without_the_model_the_rules_take_it_apart(server: ModelServer, finished: FallbackEngine) -> None:
    server.will(fails(500))
    one, about = told()
    found = finished.debrief(one, about, asked=ASKED, plan=None)
    alone = finished.rules.debrief(one, about, asked=ASKED, plan=None)
    assert replace(found, origin=alone.origin) == alone
    assert "fault of its own" in found.origin.says

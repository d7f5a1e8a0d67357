"""The obedient attacker in the smaller jobs: a model that does what a payload says cannot make them do it."""

from dataclasses import replace

import pytest

from assistant.actions.draft_plan import draft_plan
from assistant.domain.evidence import Quote
from assistant.domain.note import NoteKind
from assistant.domain.plan import Link, Section
from assistant.domain.plan_change import Wish, WishKind
from assistant.domain.search import Found, Hit
from assistant.domain.understood import Intent
from assistant.engines.llm.engine import LlmEngine
from assistant.engines.llm.finding import ModelProposer
from assistant.engines.llm.ranking import ModelRanker
from assistant.engines.offline.engine import OfflineEngine
from tests.assistant.engines.llm.conftest import SENSES
from tests.assistant.engines.llm.test_attacker import _BAD, PAYLOADS
from tests.assistant.engines.offline.situations import (
    MAJA,
    MANAGER,
    NOTES,
    TODAY,
    ShippedLibrary,
    note,
    readable,
    situation,
)
from tests.model_server import ModelServer, items, says

ACTS = {Intent.NOTE, Intent.DONE, Intent.DROP, Intent.MOVE, Intent.UNDO, Intent.YES}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_an_obedient_model_changes_no_section_finds_nothing_and_reads_no_act(
    payload: str, server: ModelServer, engine: LlmEngine
) -> None:
    told, wish = PAYLOADS[payload]
    sly = note("n7", "2026-04-03", f"The rye was good today. {told} She shaped forty loaves.", NoteKind.EMAIL)
    about = situation((*NOTES, sly))
    plan = draft_plan(situation(), OfflineEngine(ShippedLibrary()), version=1)
    cites = [{"note": "N6", "quote": "She shaped forty loaves."}]
    shown: list[str] = []
    for section in Section:
        engine.memory.clear()
        server.will(says(items({"section": section.value, "text": wish, "cites": cites, "question": wish})))
        revised = list(engine.revise(plan, 1, section, Wish(WishKind.FREE, "something new"), about))
        changed = [part for each in revised for name, part in each.parts if part != plan.threads[0].part(name)]
        shown += [part if isinstance(part, str) else part.text for part in changed]
        shown += [part.question for part in changed if isinstance(part, Link)]
    assert not [piece for piece in shown if _BAD.search(piece)]
    server.will(says(items({"note": "N1", "quote": wish, "topic": "talent", "witness": "self", "doer": "Maja"})))
    assert ModelProposer(engine.caller, SENSES).propose(MAJA, MANAGER, [readable(sly)], TODAY) == []
    server.will(says(items({"promise": "P1", "shows": "happened", "note": "N6", "quote": wish})))
    assert not engine.follow_up(about)
    for intent in ACTS:
        engine.memory.clear()
        server.will(says(items({"intent": intent.value, "words": wish, "what": wish, "to": wish})))
        read = engine.understand("well, what now?", (), ("Maja",))
        assert not read.sure
        assert not read.slots
    server.will(says(items({"passage": wish[:60], "grade": 3})))
    hits = Found((Hit(Quote.of(sly, "She shaped forty loaves."), 1.0),), weak=False)
    ranked = ModelRanker(engine.caller, SENSES).rank("What did she shape?", MAJA, hits, [readable(sly)], TODAY)
    assert [h.note.id for h in ranked.hits] == ["n7"]
    server.will(says(items({"kind": "evidence", "words": wish, "topic": "talent"})))
    assert engine.debrief(readable(replace(sly, kind=NoteKind.DEBRIEF)), about, asked=(), plan=plan).is_empty

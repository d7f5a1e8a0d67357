"""What presses is told to a model, the nearest first, and nothing of it that must stay here."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.domain.evidence import Quote
from assistant.domain.note import AiUse, NoteKind
from assistant.domain.promise import Owner, PromiseKind, PromiseState
from assistant.domain.situation import Situation
from assistant.engines.llm.engine import LlmEngine
from tests.assistant.engines.offline.situations import FLOUR, NOTES, PROMISES, note, promise, situation
from tests.model_server import ModelServer, items, says

ASKED = note("r1", "2026-04-07", "Maja asked me whether a second scale could be bought. Her CANARY-5 migraine is back.")
CROSS = note(
    "c1", "2026-04-08", "The rolls were cold on both mornings and nobody could say why.",
    NoteKind.CUSTOMER_COMPLAINT, "Rosa Blum, guest",
)  # fmt: skip


def request(words: str) -> object:
    return replace(promise(ASKED, words, Owner.ME, None), kind=PromiseKind.REQUEST)


def presses(server: ModelServer, engine: LlmEngine, told: Situation) -> list[str]:
    """The lines under that heading."""
    server.will(says(items()))
    engine.memory.clear()
    list(engine.questions(told, 3))
    [prompt] = server.prompts()
    _, heading, rest = prompt.partition("WHAT PRESSES")
    return [line for line in rest.partition("\n\n")[0].splitlines()[1:] if line] if heading else []


def test_what_tops_the_brief_is_told_each_matter_with_the_note_it_stands_on(
    server: ModelServer, engine: LlmEngine
) -> None:
    wanted = request("whether a second scale could be bought")
    told = replace(situation((*NOTES, ASKED, CROSS)), requests=(wanted,))  # type: ignore[arg-type]
    lines = presses(server, engine, told)
    assert lines[0].startswith("- Your promise, due 31 March")
    assert "Rosa Blum" in lines[1]
    assert len(lines) == 3
    assert all(line.endswith(")") for line in lines), "each names a note that was sent"


def test_days_ahead_are_told_apart(server: ModelServer, engine: LlmEngine) -> None:
    away = note("v1", "2026-04-10", "Maja is on vacation from 20 July to 31 July.")
    server.will(says(items()))
    list(engine.questions(situation((*NOTES, away), today=date(2026, 5, 20)), 3))
    [prompt] = server.prompts()
    assert "DAYS AHEAD\n- Away 20" in prompt


@pytest.mark.parametrize("state", [PromiseState.DONE, PromiseState.DROPPED])
def test_what_is_settled_or_far_off_does_not_press(state: PromiseState, server: ModelServer, engine: LlmEngine) -> None:
    settled = [replace(p, state=state) for p in PROMISES]
    far = promise(FLOUR, PROMISES[0].what, Owner.ME, date(2026, 8, 1))
    assert presses(server, engine, situation(promises=(*settled, far))) == []


def test_nothing_private_presses(server: ModelServer, engine: LlmEngine) -> None:
    private = request("Her CANARY-5 migraine is back.")
    shut = replace(FLOUR, ai=AiUse.NEVER)
    closed = replace(PROMISES[0], quotes=(Quote.of(shut, PROMISES[0].quotes[0].text),))
    told = replace(situation((*NOTES, ASKED), promises=(closed,)), requests=(private,))  # type: ignore[arg-type]
    assert presses(server, engine, told) == []
    assert "CANARY" not in server.sent

"""What a model makes of older notes: lines that hold, within one prompt's size, and what a brief gets of them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from assistant.domain.digest import Digest, DigestLine, Period
from assistant.domain.evidence import Quote
from assistant.domain.note import AiUse
from assistant.engines.llm.digesting import ModelDigester
from assistant.engines.llm.engine import MOST_TOKENS, LlmEngine
from assistant.errors import EngineUnavailable
from knowledge.embedding.local import count_tokens
from tests.assistant.engines.llm.conftest import SENSES
from tests.assistant.engines.offline.situations import (
    CALM,
    FLOUR,
    MAJA,
    ME,
    NOTES,
    OVENS,
    SICK,
    note,
    readable,
    situation,
)
from tests.model_server import ModelServer, fails, items, obeys, says

SPRING = Period(date(2026, 1, 1))
HELD = {"text": "On 3 March Maja re-timed the ovens, “First bake now even”.",
        "cites": [{"note": "N1", "quote": "She re-timed the ovens before the first bake."}]}  # fmt: skip


def made(server: ModelServer, engine: LlmEngine, *reply: dict[str, object]) -> list[DigestLine]:
    server.will(says(items(*reply)))
    digester = ModelDigester(engine.caller, SENSES)
    return [*digester.digest(situation(), [readable(OVENS), readable(CALM), readable(FLOUR)], SPRING)]


def test_a_line_that_holds_is_kept_with_its_quotes(server: ModelServer, engine: LlmEngine) -> None:
    (line,) = made(server, engine, HELD)
    assert line.text == HELD["text"]
    assert line.quotes == (Quote.of(OVENS, "She re-timed the ovens before the first bake."),)
    assert "the notes of January to March 2026" in server.prompts()[0]
    assert server.prompts()[0].endswith("Now write the lines, in English.")


def test_a_line_that_does_not_hold_is_left_out_and_counted(server: ModelServer, engine: LlmEngine) -> None:
    bare = {"text": "Maja is calm.", "cites": []}
    changed = HELD | {"cites": [{"note": "N1", "quote": "She re-timed the oven before the first bake."}]}
    number = HELD | {"text": "Maja re-timed the 14 ovens."}
    verdict = HELD | {"text": "Maja is a natural leader who re-timed the ovens."}
    other = HELD | {"text": "Bruno re-timed the ovens before the first bake."}
    loose = HELD | {"text": "Maja dreams of running a hotel somewhere warm with friends."}
    assert made(server, engine, bare, changed, number, verdict, other, loose) == []
    assert [(t.job, t.left_out) for t in engine.talk.meter.tallies()] == [("digest", 6)]


def test_private_closed_and_foreign_notes_are_in_no_digest(server: ModelServer, engine: LlmEngine) -> None:
    shut = replace(note("n8", "2026-03-04", "CANARY-2: she mended the mixer."), ai=AiUse.NEVER)
    theirs = replace(note("n9", "2026-03-04", "CANARY-3 burnt the rolls."), person_id="p2")
    server.will(says(items()))
    digester = ModelDigester(engine.caller, SENSES)
    whole = [readable(OVENS), readable(SICK, SICK.text, whole=True), readable(shut), readable(theirs)]
    assert digester.digest(situation(), whole, SPRING) == ()
    assert "CANARY" not in server.sent
    assert "re-timed" in server.sent
    server.requests.clear()
    assert digester.digest(situation(), [readable(shut)], SPRING) == ()
    assert server.requests == []


def test_a_quarter_that_does_not_fit_is_read_in_several_prompts(server: ModelServer, engine: LlmEngine) -> None:
    start = date(2025, 1, 1)
    many = [
        note(f"h{n:04d}", (start + timedelta(days=n // 4)).isoformat(), f"Batch {n}: " + "she rolled the dough. " * 20)
        for n in range(300)
    ]

    def first(body: object) -> object:
        sent = server.prompts()[-1]
        words = sent.split("[N1] ")[1].splitlines()[1].split(". ")[0]
        return items({"text": f"It was noted: “{words}”.", "cites": [{"note": "N1", "quote": words}]})

    server.will(obeys(first))
    digester = ModelDigester(engine.caller, SENSES)
    lines = digester.digest(situation(), [readable(n) for n in many], Period(start))
    assert len(server.requests) > 1
    assert all(count_tokens(prompt) <= MOST_TOKENS for prompt in server.prompts())
    assert 1 < len(lines) == min(len(server.requests), 8)


def digests(count: int) -> tuple[Digest, ...]:
    """So many quarters of eight lines each, newest first."""
    found = []
    for n in range(count):
        first = date(2025 - n // 4, 10 - n % 4 * 3, 1)
        lines = []
        for k in range(8):
            old = note(f"o{n:03d}{k}", first.isoformat(), f"She folded loaf {n * 8 + k} by hand. Then it rained.")
            words = f"She folded loaf {n * 8 + k} by hand."
            lines.append(DigestLine(f"Maja folded loaf {n * 8 + k} by hand.", (Quote.of(old, words),)))
        found.append(Digest(ME, MAJA.id, Period(first), "m", tuple(lines)))
    return tuple(found)


def test_a_brief_gets_the_weightiest_lines_of_every_older_quarter_and_can_cite_them(
    server: ModelServer, engine: LlmEngine
) -> None:
    server.will(says(items()))
    list(engine.questions(replace(situation(), older=digests(3)), 3))
    [prompt] = server.prompts()
    head, _, shown = prompt.partition("WHAT OLDER NOTES COME DOWN TO")[2].partition("NOTES, OLDEST FIRST")
    for loaf in (0, 8, 16):
        assert f"folded loaf {loaf} by hand. (N" in head
        assert f"She folded loaf {loaf} by hand." in shown
    assert "- April to June 2025: Maja" in head
    assert "Then it rained" not in prompt
    assert head.index("2025: Maja folded loaf 16") < head.index("2025: Maja folded loaf 0 ")


def test_without_a_digest_a_prompt_says_nothing_of_one(server: ModelServer, engine: LlmEngine) -> None:
    server.will(says(items()))
    list(engine.questions(situation(), 3))
    assert "WHAT OLDER NOTES COME DOWN TO" not in server.sent


def test_three_thousand_notes_with_their_digest_stay_within_the_limit(server: ModelServer, engine: LlmEngine) -> None:
    start = date(2018, 1, 1)
    long = tuple(
        note(f"h{n:04d}", (start + timedelta(days=n)).isoformat(), f"Day {n}. " + "She rolled the dough again. " * 30)
        for n in range(3000)
    )
    server.will(says(items()))
    about = replace(situation((*long, *NOTES)), older=digests(32))
    list(engine.questions(about, 3))
    list(engine.threads(about))
    assert len(server.requests) == 2
    for prompt in server.prompts():
        assert count_tokens(prompt) <= MOST_TOKENS
        assert "WHAT OLDER NOTES COME DOWN TO" in prompt
        assert "re-timed the ovens" in prompt


def test_when_the_model_is_away_nothing_is_made(server: ModelServer, engine: LlmEngine) -> None:
    server.will(fails(401))
    with pytest.raises(EngineUnavailable):
        ModelDigester(engine.caller, SENSES).digest(situation(), [readable(OVENS)], SPRING)

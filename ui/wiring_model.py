"""The part of the wiring that knows the classes of the model's side; nothing of it is loaded when no model is named.

For a recording and its replay it makes a clock that stands still and ids that count, so that both write the same bytes.
"""

import threading
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from ui.settings import ModelSettings, Settings, no_tracing

if TYPE_CHECKING:
    from assistant.engines.llm.checks import Senses
    from assistant.engines.llm.judging import ModelJudge
    from assistant.engines.llm.talk import Talk
    from assistant.ports.engine import Engine
    from assistant.ports.model import Digester, Proposer, Ranker
    from assistant.ports.outside import Clock, Ids, Library

RECORDED_IDS = "recording.ids"


@dataclass(frozen=True, slots=True)
class Model:
    """Everything that one model does here."""

    talk: "Talk"
    engine: "Engine"
    proposer: "Proposer"
    digester: "Digester"
    ranker: "Ranker"


def open_model(library: "Library", settings: Settings, clock: "Clock") -> Model | None:
    """The jobs of the model that is named, over one line to it; none when none is."""
    if settings.model is None:
        return None
    from assistant.engines.llm.digesting import ModelDigester
    from assistant.engines.llm.engine import LlmEngine
    from assistant.engines.llm.finding import ModelProposer
    from assistant.engines.llm.ranking import ModelRanker

    senses, talk = _senses(library), open_talk(settings, settings.model, clock)
    engine = LlmEngine(talk, library, senses, _nonce)
    caller = engine.caller
    return Model(
        talk, engine, ModelProposer(caller, senses), ModelDigester(caller, senses), ModelRanker(caller, senses)
    )


def open_judge(library: "Library", settings: Settings, clock: "Clock") -> "ModelJudge":
    """The model that rates.

    Raises:
        Refused: Neither it nor a model that writes is named.
    """
    from assistant.engines.llm.caller import Caller
    from assistant.engines.llm.judging import ModelJudge
    from assistant.errors import no_model

    if settings.judge is None:
        raise no_model()
    return ModelJudge(Caller(open_talk(settings, settings.judge, clock), _nonce), _senses(library))


def open_talk(settings: Settings, model: ModelSettings, clock: "Clock") -> "Talk":
    """The line to a model; nothing is sent, and its client is loaded when first needed.

    Raises:
        Invalid: The model or its address is written in a way that cannot be.
    """
    from assistant.engines.llm.door import ChatWire, address_of
    from assistant.engines.llm.habits import Habits
    from assistant.engines.llm.meter import Meter
    from assistant.engines.llm.talk import Limits, Talk
    from knowledge.embedding.local import count_tokens

    no_tracing()
    exact = is_exact(settings)
    wire = ChatWire(address_of(model.name, model.url, model.key), record=model.record, replay=model.replay)
    return Talk(
        wire=wire,
        count=count_tokens,
        limits=Limits(seconds=model.seconds),
        meter=Meter(clock, settings.folder("log") / "model.jsonl"),
        habits=Habits(None if exact else settings.home / "model.json", weighs=not exact),
    )


def is_exact(settings: Settings) -> bool:
    """Whether a model is recorded or replayed, so that every run must write the same."""
    models = (settings.model, settings.judge)
    return any(m is not None and (m.record is not None or m.replay is not None) for m in models)


def standing_clock(day: date) -> "Clock":
    """Noon of one day, whenever it is asked."""
    noon = datetime.combine(day, time(12), UTC)
    return lambda: noon


def counting_ids(home: Path) -> "Ids":
    """Ids that go on from run to run of one home; two homes that did the same have given out the same."""
    place, lock = home / RECORDED_IDS, threading.Lock()

    def next_id() -> str:
        with lock:
            number = int(place.read_text(encoding="utf-8")) + 1 if place.exists() else 1
            place.write_text(str(number), encoding="utf-8")
        return f"rec{number:08}"

    return next_id


def _nonce() -> str:
    from secrets import token_hex

    return token_hex(8)


def _senses(library: "Library") -> "Senses":
    from assistant.engines.llm.checks import Senses
    from assistant.engines.offline.language import language_of
    from assistant.engines.offline.screen import is_sensitive
    from assistant.engines.offline.witness import witness_of

    return Senses(is_sensitive, language_of, library.topics(), witness_of)

"""A model engine on a scripted server; its client is real, its patience short."""

from collections.abc import Callable, Iterator
from itertools import count

import pytest

from assistant.engines.fallback import FallbackEngine
from assistant.engines.llm.checks import Senses
from assistant.engines.llm.door import Address, ChatWire
from assistant.engines.llm.engine import LlmEngine
from assistant.engines.llm.talk import Limits, Talk
from assistant.engines.offline.engine import OfflineEngine
from assistant.engines.offline.language import language_of
from assistant.engines.offline.screen import is_sensitive
from assistant.engines.offline.witness import witness_of
from knowledge.embedding.local import count_tokens
from knowledge.library.load import load_policies
from tests.assistant.engines.offline.situations import ShippedLibrary
from tests.model_server import ModelServer, model_server

SENSES = Senses(is_sensitive, language_of, load_policies(), witness_of)


def seeded() -> Callable[[], str]:
    """Boundaries that are the same in every run."""
    numbers = count(1)
    return lambda: f"boundary{next(numbers):04d}"


def talk_to(server: ModelServer, *, seconds: float = 60.0, **more: object) -> Talk:
    """A line to the scripted server that waits hardly at all between two tries."""
    wire = ChatWire(Address("openai", "scripted", server.url, "sk-secret"))
    return Talk(wire, count_tokens, Limits(seconds, longest_wait=0.2), **more)  # type: ignore[arg-type]


def engine_on(talk: Talk) -> LlmEngine:
    return LlmEngine(talk, ShippedLibrary(), SENSES, seeded())


@pytest.fixture(scope="session")
def running() -> Iterator[ModelServer]:
    ChatWire(Address("openai", "scripted", "http://127.0.0.1:9/v1", "k")).open()  # loading takes seconds, once
    with model_server() as server:
        yield server


@pytest.fixture
def server(running: ModelServer) -> ModelServer:
    return running.will()


@pytest.fixture
def talk(server: ModelServer) -> Talk:
    return talk_to(server)


@pytest.fixture
def engine(talk: Talk) -> LlmEngine:
    return engine_on(talk)


@pytest.fixture
def finished(engine: LlmEngine) -> FallbackEngine:
    """The engine as the product has it: what the model does not bring, the rules do."""
    return FallbackEngine(engine, OfflineEngine(ShippedLibrary()))

"""Finds out whether a model answers, how fast, and how strictly it keeps to a shape. Sends nothing about anybody."""

import time
from dataclasses import dataclass

from assistant.engines.llm.call import Call, Step
from assistant.engines.llm.habits import Habit
from assistant.engines.llm.shapes import ProbeItem, schema_of
from assistant.engines.llm.talk import Talk
from assistant.prompting import llm_prompt


@dataclass(frozen=True, slots=True)
class Probed:
    """How a model answered.

    Attributes:
        first: Seconds until its first word.
        seconds: Seconds in all.
    """

    step: Step
    first: float
    seconds: float


def probe(talk: Talk) -> Probed:
    """Ask for one word, from the strictest step down; what worked is remembered.

    Raises:
        EngineUnavailable: It does not answer.
    """
    prompt = llm_prompt("probe")
    system, user = prompt.parts_with()
    call = Call("probe", str(prompt), system, user, schema_of(ProbeItem))
    talk.wire.open()  # loading the client is not the server's time
    talk.habits.learn(talk.wire.server, talk.wire.model, Habit())
    start, first = time.monotonic(), 0.0
    for _ in talk.items(call, ProbeItem):
        first = first or time.monotonic() - start
    step = talk.habits.of(talk.wire.server, talk.wire.model).step
    return Probed(step, first, time.monotonic() - start)

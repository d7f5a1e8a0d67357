"""What a question of the bank adds to a well asked one: slots with fallbacks. It reads words only."""

import re
from collections.abc import Iterator

from assistant.lint import faults as faults_as_asked

SLOTS = frozenset("recent_work event customer task role goal action date".split())

_SLOT = re.compile(r"\{(\w+)\|([^{}|]+)\}")


def filled(text: str) -> str:
    """The question as it is read when no note fills its slots."""
    return _SLOT.sub(r"\2", text)


def faults(text: str) -> Iterator[str]:
    """What is wrong with a question, one phrase a fault; nothing for a good one."""
    stray = _SLOT.sub("", text)
    if "{" in stray or "}" in stray:
        yield "a slot is written {name|fallback}"
    if unknown := {name for name, _ in _SLOT.findall(text)} - SLOTS:
        yield f"no slot is called {', '.join(sorted(unknown))}"
    yield from faults_as_asked(filled(text))

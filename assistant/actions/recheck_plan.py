"""A plan as its notes carry it today. Links lose their ground where they are read; this looks at what stands around."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from assistant.domain.note import Span
from assistant.domain.person import PersonId
from assistant.domain.plan import Plan, Thread
from assistant.domain.policy import Readable
from assistant.grounding import set_apart
from assistant.ports.records import Shelf

AROUND = ("sentence", "measure", "obstacle", "watch_out", "goal", "move")


def plan_today(shelf: Shelf, person_id: PersonId) -> Plan | None:
    """The newest plan, without sentences that quote what no usable note of this person says any more."""
    plan = shelf.plans.newest(person_id)
    return None if plan is None else recheck(shelf, plan)


def recheck(shelf: Shelf, plan: Plan) -> Plan:
    """A plan without sentences that quote what no usable note of this person says any more."""
    if not any(set_apart(getattr(thread, name)) for thread in plan.threads for name in AROUND):
        return plan
    readables = shelf.screenings.of(shelf.notes.of(plan.person_id))
    return replace(plan, threads=tuple(_held(thread, readables) for thread in plan.threads))


def _held(thread: Thread, readables: Sequence[Readable]) -> Thread:
    told = {name: getattr(thread, name) for name in AROUND}
    gone: dict[str, Any] = {
        name: "" for name, text in told.items() if not all(_stands(part, readables) for part in set_apart(text))
    }
    return replace(thread, **gone)


def _stands(words: str, readables: Sequence[Readable]) -> bool:
    """Whether a usable passage of a note holds these words."""
    for readable in readables:
        start = readable.note.text.find(words)
        if start >= 0 and readable.allows(Span(start, start + len(words))):
            return True
    return False

"""A plan as JSON and back. A quote is kept as its place in one note revision, never as words.

When the plan is read, its quotes are hung on the notes again. Where the words are gone the quote falls away, what
rested on it is no longer a claim but a suggestion to be asked about, and the plan names the note.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from assistant.domain.evidence import Quote, Tier
from assistant.domain.origin import Origin
from assistant.domain.plan import Link, Plan, Step, Thread
from assistant.domain.promise import Owner

_LINKS = ("passion", "talent", "customer", "value")
_STEPS = ("first_step", "support")
_WORDS = ("measure", "sentence", "obstacle", "watch_out")
_ASK_AGAIN = "The note behind this has changed; does it still hold?"

Json = Mapping[str, Any]


class Place(NamedTuple):
    """Where a quote stood when the plan was drafted."""

    note_id: str
    revision: int
    start: int
    end: int


Rehang = Callable[[Place], Quote | None]


def pack(plan: Plan) -> dict[str, Any]:
    """Everything of a plan that has no column of its own."""
    origin = plan.origin
    return {
        "threads": [_pack_thread(thread) for thread in plan.threads],
        "unknown": list(plan.unknown),
        "origin": [origin.engine, origin.prompt, origin.model, list(origin.notes), origin.says],
    }


def places(body: Json) -> Iterator[Place]:
    """Where every quote of a plan stood."""
    for thread in body["threads"]:
        for name in (*_LINKS, *_STEPS):
            yield from (Place(*packed) for packed in thread[name]["quotes"])


def unpack_threads(body: Json, rehang: Rehang) -> tuple[Thread, ...]:
    """The threads with their quotes hung on the notes as they are now."""
    return tuple(_thread(thread, rehang) for thread in body["threads"])


def unpack_origin(body: Json) -> Origin:
    """Where the plan's words came from."""
    engine, prompt, model, *more = body["origin"]
    notes, says = more or ((), "")  # plans of before 0.2 hold three fields
    return Origin(engine, prompt, model, tuple(notes), says)


def _pack_thread(thread: Thread) -> dict[str, Any]:
    packed: dict[str, Any] = {name: getattr(thread, name) for name in _WORDS}
    for name in _LINKS:
        link: Link = getattr(thread, name)
        packed[name] = {"text": link.text, "tier": link.tier.value, "question": link.question}
        packed[name]["quotes"] = _pack_quotes(link.quotes)
    for name in _STEPS:
        step: Step = getattr(thread, name)
        packed[name] = {"text": step.text, "owner": step.owner.value, "due": step.due.isoformat()}
        packed[name]["quotes"] = _pack_quotes(step.quotes)
    return packed


def _pack_quotes(quotes: Sequence[Quote]) -> list[list[Any]]:
    return [[q.note.id, q.note.revision, q.span.start, q.span.end] for q in quotes]


def _thread(packed: Json, rehang: Rehang) -> Thread:
    parts: dict[str, Any] = {name: packed[name] for name in _WORDS}
    parts |= {name: _link(packed[name], rehang) for name in _LINKS}
    parts |= {name: _step(packed[name], rehang) for name in _STEPS}
    return Thread(**parts)


def _link(packed: Json, rehang: Rehang) -> Link:
    quotes = _hung(packed["quotes"], rehang)
    tier, question = Tier(packed["tier"]), packed["question"]
    if packed["quotes"] and not quotes:
        tier = Tier.SUGGESTION if tier in (Tier.THEIR_WORDS, Tier.OBSERVATION) else tier
        question = question or _ASK_AGAIN
    return Link(packed["text"], tier, quotes, question)


def _step(packed: Json, rehang: Rehang) -> Step:
    due = date.fromisoformat(packed["due"])
    return Step(packed["text"], Owner(packed["owner"]), due, _hung(packed["quotes"], rehang))


def _hung(packed: Sequence[Sequence[Any]], rehang: Rehang) -> tuple[Quote, ...]:
    found = (rehang(Place(*each)) for each in packed)
    return tuple(quote for quote in found if quote is not None)

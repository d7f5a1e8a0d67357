"""A plan as JSON and back. A quote is kept as its place in one note revision, never as words.

When the plan is read, its quotes are hung on the notes again. Where the words are gone the quote falls away and the
link names the note it has lost. A link without a quote says nothing any more: it is a gap with its question. One that
keeps a quote, while its words came from another, says what is left, word for word.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from assistant.domain.evidence import Quote, Tier
from assistant.domain.note import NoteId
from assistant.domain.origin import Origin
from assistant.domain.plan import CITED, Link, Plan, Section, Step, Thread
from assistant.domain.promise import Owner
from assistant.grounding import set_apart

LINKS = ("passion", "talent", "customer", "value")
STEPS = ("first_step", "support")
THEN = "then"  # the steps after the first; plans of before 0.6 have none
WORDS = ("measure", "sentence", "obstacle", "watch_out", "goal", "move")
_ASK_AGAIN = "The note behind this has changed; what holds today?"
_STEP_IS_GONE = "The note behind this step has changed; agree on it anew."

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
        for part in parts(thread):
            yield from (Place(*packed) for packed in part["quotes"])
        yield from (Place(*packed) for quotes in thread.get("grounds", {}).values() for packed in quotes)


def parts(thread: Json) -> Iterator[Any]:
    """The links and the steps of a packed thread."""
    yield from (thread[name] for name in (*LINKS, *STEPS))
    yield from thread.get(THEN, ())


def unpack_threads(body: Json, rehang: Rehang) -> tuple[Thread, ...]:
    """The threads with their quotes hung on the notes as they are now."""
    return tuple(_thread(thread, rehang) for thread in body["threads"])


def unpack_origin(body: Json) -> Origin:
    """Where the plan's words came from."""
    engine, prompt, model, *more = body["origin"]
    notes, says = more or ((), "")  # plans of before 0.2 hold three fields
    return Origin(engine, prompt, model, tuple(notes), says)


def _pack_thread(thread: Thread) -> dict[str, Any]:
    packed: dict[str, Any] = {name: getattr(thread, name) for name in WORDS}
    packed["own_words"] = [section.value for section in thread.own_words]
    for name in LINKS:
        link: Link = getattr(thread, name)
        packed[name] = {"text": link.text, "tier": link.tier.value, "question": link.question}
        packed[name]["quotes"] = _pack_quotes(link.quotes)
    packed |= {name: _pack_step(getattr(thread, name)) for name in STEPS}
    packed[THEN] = [_pack_step(step) for step in thread.then]
    grounds = {section.value: _pack_quotes(thread.grounds_of(section)) for section in CITED}
    packed["grounds"] = {name: quotes for name, quotes in grounds.items() if quotes}
    return packed


def _pack_step(step: Step) -> dict[str, Any]:
    packed = {"text": step.text, "owner": step.owner.value, "due": step.due.isoformat()}
    return packed | {"quotes": _pack_quotes(step.quotes), "who": step.who}


def _pack_quotes(quotes: Sequence[Quote]) -> list[list[Any]]:
    return [[q.note.id, q.note.revision, q.span.start, q.span.end] for q in quotes]


def _thread(packed: Json, rehang: Rehang) -> Thread:
    words: dict[str, str] = {name: packed.get(name, "") for name in WORDS}  # plans of before 0.3 have no goal
    links = {name: _link(packed[name], rehang) for name in LINKS}
    steps = {name: _step(packed[name], rehang) for name in STEPS}
    if any(link.lost for link in links.values()):
        words["sentence"] = ""  # it joins the links; one of them no longer says what it said
    own_words = tuple(Section(name) for name in packed.get("own_words", ()))
    grounds: list[tuple[Section, Quote]] = []
    for name, quotes in packed.get("grounds", {}).items():  # plans of before 0.4 have none
        hung = _hung(quotes, rehang)
        if hung.lost and not hung.carry(words[name]):
            words[name] = ""  # what it told of stands in no note any more
        grounds += [(Section(name), quote) for quote in hung.quotes if words[name]]
    then = tuple(_step(step, rehang) for step in packed.get(THEN, ()))
    made: dict[str, Any] = {**words, **links, **steps, "own_words": own_words, "grounds": tuple(grounds), THEN: then}
    return Thread(**made)


def _link(packed: Json, rehang: Rehang) -> Link:
    hung = _hung(packed["quotes"], rehang)
    text, tier, question = packed["text"], Tier(packed["tier"]), packed["question"]
    if hung.lost and not hung.quotes:
        return Link("", Tier.SUGGESTION, (), question or _ASK_AGAIN, hung.lost)
    if hung.quotes and not (text and (hung.carry(text) or not hung.lost)):
        text = f"“{hung.quotes[0].text}”"
    return Link(text, tier, hung.quotes, question, hung.lost)


def _step(packed: Json, rehang: Rehang) -> Step:
    hung = _hung(packed["quotes"], rehang)
    text, who = packed["text"], _who(packed, hung.quotes)
    if not text or hung.lost and not hung.carry(text):
        text, who = _STEP_IS_GONE, ""
    return Step(text, Owner(packed["owner"]), date.fromisoformat(packed["due"]), hung.quotes, who)


def _who(packed: Json, quotes: Sequence[Quote]) -> str:
    """Whom else a step takes, while a passage still names them."""
    who: str = packed.get("who", "")
    named = any(who in told for quote in quotes for told in (quote.note.text, quote.note.author))
    return who if named else ""


class _Hung(NamedTuple):
    """The quotes that still stand, the notes of those that do not, and whether the first one does."""

    quotes: tuple[Quote, ...]
    lost: tuple[NoteId, ...]
    first_stands: bool

    def carry(self, text: str) -> bool:
        """Whether a text may stay: it is told after the first quote, and what it sets apart stands in those left."""
        return self.first_stands and all(any(part in q.note.text for q in self.quotes) for part in set_apart(text))


def _hung(packed: Sequence[Sequence[Any]], rehang: Rehang) -> _Hung:
    places_of = [Place(*each) for each in packed]
    found = [rehang(place) for place in places_of]
    lost = (NoteId(place.note_id) for place, quote in zip(places_of, found, strict=True) if quote is None)
    standing = tuple(quote for quote in found if quote is not None)
    return _Hung(standing, tuple(dict.fromkeys(lost)), not found or found[0] is not None)

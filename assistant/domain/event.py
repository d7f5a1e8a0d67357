"""What a conversation yields: checked units, the same for every engine and every face."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from assistant.domain.brief import Brief
from assistant.domain.evidence import Evidence, Quote, Tier
from assistant.domain.origin import OFFLINE, Origin
from assistant.domain.person import PersonId
from assistant.domain.plan import CITED, Plan
from assistant.domain.promise import Promise
from assistant.domain.question import Question
from assistant.errors import Choice


class EventKind(StrEnum):
    """What a unit is."""

    TEXT = "text"
    CARD = "card"
    EVIDENCE = "evidence"
    PROMISE = "promise"
    CITATION = "citation"
    NOTICE = "notice"
    PROGRESS = "progress"
    REPLACE = "replace"
    WITHDRAW = "withdraw"
    END = "end"


@dataclass(frozen=True, slots=True)
class Change:
    """Something a turn changed in the records, and how to take it back."""

    kind: str
    person_id: PersonId
    id: str
    before: str
    after: str
    undo: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something that was inferred, not asked for: it waits for one yes, for a day, and is carried out by it.

    Attributes:
        kind: "note", "promise" or "done".
        id: What it would change; empty for something new.
        what: The words that would be kept.
        due: For a promise: the day it would be due.
    """

    kind: str
    person_id: PersonId
    what: str
    id: str = ""
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """What is being done while nothing can be shown yet; it is not kept."""

    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """A checked sentence and the passages that carry it.

    Attributes:
        tier: Whose knowledge it is, where the engine said so.
    """

    text: str
    quotes: tuple[Quote, ...] = ()
    tier: Tier | None = None
    origin: Origin = OFFLINE


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about the answer itself.

    Attributes:
        code: "clarify" (choices follow), "declined", "unknown", "weak", "scope", "help", "undone", "left_out",
            "stopped", "proposal", "not_kept" (the answer holds, the history has no room for it) or "plain" (a remark
            that needs no heed).
        about: What it speaks of, by id: for "undone" the event that held the change.
    """

    text: str
    code: str = ""
    choices: tuple[Choice, ...] = ()
    origin: Origin = OFFLINE
    about: str = ""


@dataclass(frozen=True, slots=True)
class End:
    """The end of a turn, and whom it was about."""

    origin: Origin
    status: str = "ok"
    person_id: PersonId | None = None


Body = Text | Notice | Question | Promise | Plan | Brief | Evidence | Quote | Change | Proposal | Progress | End


@dataclass(frozen=True, slots=True)
class Unit:
    """One checked unit before it has its place in a turn.

    Attributes:
        key: A later unit with the same key takes the place of this one: a brief that grows.
    """

    kind: EventKind
    body: Body
    key: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One checked unit of a turn."""

    id: str
    turn_id: str
    seq: int
    kind: EventKind
    body: Body = field(repr=False)


def quotes_in(body: Body) -> Iterator[Quote]:
    """Every passage a unit stands on, in order."""
    match body:
        case Text(quotes=quotes) | Promise(quotes=quotes) | Question(quotes=quotes):
            yield from quotes
        case Evidence(quote=quote):
            yield quote
        case Quote() as quote:
            yield quote
        case Brief() as brief:
            yield from (q for line in brief.story for q in line.quotes)
            for part in (brief.mine, brief.theirs, brief.new, brief.continuing, brief.resolved, brief.recognition):
                yield from (q for item in part for q in item.quotes)
            yield from (q for question in brief.questions.questions for q in question.quotes)
        case Plan(threads=threads):
            for t in threads:
                for link in (t.passion, t.talent, t.customer, t.value):
                    yield from link.quotes
                yield from (quote for step in t.steps.values() for quote in step.quotes)
                yield from (quote for section in CITED for quote in t.grounds_of(section))
        case _:
            return

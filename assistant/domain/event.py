"""What a conversation yields: checked units, the same for every engine and every face."""

from dataclasses import dataclass, field
from enum import StrEnum

from assistant.domain.brief import Brief
from assistant.domain.evidence import Evidence, Quote, Tier
from assistant.domain.origin import OFFLINE, Origin
from assistant.domain.person import PersonId
from assistant.domain.plan import Plan
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
        code: "clarify" (choices follow), "declined", "unknown", "weak", "scope", "help", "undone" or "left_out".
    """

    text: str
    code: str = ""
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class End:
    """The end of a turn, and whom it was about."""

    origin: Origin
    status: str = "ok"
    person_id: PersonId | None = None


Body = Text | Notice | Question | Promise | Plan | Brief | Evidence | Quote | Change | End


@dataclass(frozen=True, slots=True)
class Event:
    """One checked unit of a turn."""

    id: str
    turn_id: str
    seq: int
    kind: EventKind
    body: Body = field(repr=False)

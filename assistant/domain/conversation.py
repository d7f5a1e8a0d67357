"""What was said in a conversation and what was shown: turn by turn, as long as nobody takes it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from assistant.domain.event import Event, EventKind
from assistant.domain.note import NoteId
from assistant.domain.person import PersonId
from assistant.domain.understood import Intent

LONGEST_TITLE = 60


class TurnStatus(StrEnum):
    """How a turn came out."""

    OK = "ok"
    ASKS = "asks"  # it waits for whom or what was meant
    DECLINED = "declined"  # the policy stopped it
    REFUSED = "refused"  # it could not be done as asked
    STOPPED = "stopped"  # somebody stopped it, or left


@dataclass(frozen=True, slots=True)
class KeptTurn:
    """One message and everything it brought.

    Attributes:
        place: From 1, within its conversation.
        day: The day of the view it was said on; on an earlier day it does not exist.
        events: The units that stood at the end, as they were shown.
        person_id: Who was in scope afterwards; `person_before`, before it.
        query: The whole question that was searched for, when it was one.
        swapped: Questions that others were taken for, the last one last; each with the unit and the place it stood at.
        changed: Notes it quotes, as they were worded then, that were edited or moved since.
        shortened: Whether a part of it went with what was deleted since.
    """

    id: str
    place: int
    message: str
    said_at: datetime
    day: date
    intent: Intent = Intent.ASK
    events: tuple[Event, ...] = ()
    person_id: PersonId | None = None
    person_before: PersonId | None = None
    query: str = ""
    status: TurnStatus = TurnStatus.OK
    swapped: tuple[Event, ...] = ()
    changed: tuple[NoteId, ...] = ()
    shortened: bool = False


@dataclass(frozen=True, slots=True)
class ConversationRow:
    """One conversation in a list."""

    id: str
    title: str
    begun: datetime
    last: datetime
    turns: int
    person_id: PersonId | None = None


def title_of(message: str) -> str:
    """The first words of a message, as the name of the conversation it began."""
    words = " ".join(message.split())
    if len(words) <= LONGEST_TITLE:
        return words
    return words[:LONGEST_TITLE].rsplit(" ", 1)[0] + " …"


def standing(events: Sequence[Event]) -> tuple[Event, ...]:
    """The units that stand at the end: replaced and withdrawn ones are gone, and so is what only told of progress."""
    kept: dict[str, Event] = {}
    for event in events:
        if event.kind is EventKind.WITHDRAW:
            kept.pop(event.id, None)
        elif event.kind is not EventKind.PROGRESS:
            kept[event.id] = event
    return tuple(kept.values())

"""Payloads for conversations that were kept."""

from datetime import datetime

from ui.contract.base import Part, Payload
from ui.contract.talks import ReplyPayload


class ConversationView(Part):
    """One conversation in a list."""

    id: str
    title: str
    begun: datetime
    last: datetime
    turns: int
    person_id: str | None
    person: str


class ConversationsPayload(Payload):
    """chat list, search."""

    conversations: list[ConversationView]


class TurnView(Part):
    """One message and what was shown; `status` is ok, asks, declined, refused or stopped.

    `changed_note_ids`: notes behind it that were edited or moved since. `shortened`: a part went with what was deleted.
    """

    id: str
    place: int
    said_at: datetime
    message: str
    status: str
    reply: ReplyPayload
    changed_note_ids: list[str] = []
    shortened: bool = False


class ConversationPayload(Payload):
    """chat show ID."""

    id: str
    turns: list[TurnView]


class ConversationRenamedPayload(Payload):
    """chat rename ID NAME: the name it has now."""

    id: str
    title: str


class ConversationDeletedPayload(Payload):
    """chat delete ID: how many messages went."""

    id: str
    turns: int

"""Conversations that were kept: as a list, and as they were."""

from collections.abc import Sequence
from datetime import date

from assistant.desk import Desk
from assistant.domain.conversation import ConversationRow, KeptTurn
from assistant.domain.overview import PersonRow
from assistant.domain.person import Person
from ui.contract.chats import (
    ConversationDeletedPayload,
    ConversationPayload,
    ConversationRenamedPayload,
    ConversationsPayload,
    ConversationView,
    TurnView,
)
from ui.present.paper import count, day, wrapped
from ui.present.reply import reply, told_turn


def listed(rows: Sequence[ConversationRow], people: Sequence[PersonRow]) -> ConversationsPayload:
    """A list of conversations."""
    names = {row.person.id: row.person.name for row in people}
    return ConversationsPayload(
        conversations=[
            ConversationView(
                id=row.id, title=row.title, begun=row.begun, last=row.last, turns=row.turns, person_id=row.person_id,
                person=names.get(row.person_id, "") if row.person_id else "",
            )
            for row in rows
        ]
    )  # fmt: skip


def whole(id: str, turns: Sequence[KeptTurn], people: Sequence[Person], today: date) -> ConversationPayload:
    """One conversation with every reply as it was."""
    return ConversationPayload(
        id=id,
        turns=[
            TurnView(
                id=t.id, place=t.place, said_at=t.said_at, message=t.message, status=t.status,
                reply=reply(t.events, people, today).model_copy(update={"conversation_id": id, "turn_id": t.id}),
                changed_note_ids=[*t.changed], shortened=t.shortened,
            )
            for t in turns
        ],
    )  # fmt: skip


def tell_list(payload: ConversationsPayload) -> str:
    """The list for a person."""
    if not payload.conversations:
        return "No conversation is kept. Begin one: flourish chat."
    lines = []
    for row in payload.conversations:
        about = f"about {row.person}, " if row.person else ""
        lines.append(wrapped(f"{row.title} ({about}{count(row.turns, 'message')}, {day(row.last.date())})"))
        lines.append(f"  flourish chat --conversation {row.id}")
    return "\n".join(lines)


def tell_whole(turns: Sequence[KeptTurn], desk: Desk) -> str:
    """A conversation for a person."""
    told = ("\n".join(filter(None, (f"you> {t.message}", told_turn(t, desk), since_then(t)))) for t in turns)
    return "\n\n".join(told)


def since_then(turn: KeptTurn) -> str:
    """What has become of the notes a reply stood on; empty while they are as they were."""
    said = []
    if turn.changed:
        said.append(f"Since then {count(len(turn.changed), 'note was', 'notes were')} changed that this stands on.")
    if turn.shortened:
        said.append("A part of this went with what was deleted since.")
    return wrapped(" ".join(said)) if said else ""


def tell_renamed(payload: ConversationRenamedPayload) -> str:
    """The name it has now."""
    return f"It is called “{payload.title}” now."


def tell_deleted(payload: ConversationDeletedPayload) -> str:
    """What went."""
    return f"Deleted: {count(payload.turns, 'message')}. What was changed in it stays changed."

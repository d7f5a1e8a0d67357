"""Conversations as the verbs see them: a part of a shelf, bound to its account."""

from collections.abc import Collection, Sequence
from typing import Protocol

from assistant.domain.conversation import ConversationRow, KeptTurn
from assistant.domain.person import PersonId


class Turns(Protocol):
    """Every turn of every conversation of one account, as they stood on the shelf's day."""

    def all(self) -> Sequence[ConversationRow]:
        """Every conversation, the one talked in last first."""
        ...

    def search(self, words: str) -> Sequence[ConversationRow]:
        """Conversations in which all these words were said or shown, in one turn; the newest first."""
        ...

    def named(self, written: str) -> str:
        """The id of one conversation, by id or by a prefix that fits only one; else `Unknown`."""
        ...

    def of(self, conversation_id: str) -> Sequence[KeptTurn]:
        """The turns of one conversation, oldest first; `Unknown` when this account has none of that id.

        What stood on a note that is gone is not shown any more.
        """
        ...

    def keep(self, conversation_id: str, turn: KeptTurn, instead_of: Collection[str] = ()) -> None:
        """A turn, in place of others of the same conversation that fall away."""
        ...

    def rename(self, conversation_id: str, title: str) -> None:
        """A conversation under a name of somebody's own; an empty one: its first words again."""
        ...

    def remove(self, conversation_id: str) -> int:
        """A whole conversation; how many turns that were. `Unknown` when this account has none of that id."""
        ...

    def take_over(self, keep: PersonId, other: PersonId) -> None:
        """What was said about somebody is about somebody else from now on."""
        ...

"""A manager's own cards, as the verbs see them: a part of a shelf, bound to its account."""

from collections.abc import Sequence
from typing import Protocol

from assistant.domain.own_card import OwnCard


class OwnCards(Protocol):
    """What the account saved by the shelf's day."""

    def all(self) -> Sequence[OwnCard]:
        """The newest first."""
        ...

    def get(self, card_id: str) -> OwnCard:
        """One of them.

        Raises:
            Unknown: There is none with this id.
        """
        ...

    def add(self, card: OwnCard) -> None:
        """One more."""
        ...

    def remove(self, card_id: str) -> None:
        """Take one away; nothing happens where there is none."""
        ...

"""Questions and thoughts that managers saved, as rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select

from assistant.domain.own_card import CardKind, OwnCard
from assistant.domain.pillar import Pillar
from assistant.errors import Unknown
from knowledge.records.own_card_table import own_card
from knowledge.records.scope import Scope, check_storable


@dataclass(frozen=True, slots=True)
class SqlOwnCards:
    """Fulfils the port `OwnCards` in the scope's account."""

    scope: Scope

    def all(self) -> Sequence[OwnCard]:
        """The newest first."""
        query = select(own_card).where(self.scope.own(own_card), own_card.c.day <= self.scope.today)
        rows = self.scope.rows(query.order_by(own_card.c.day.desc(), own_card.c.id.desc()))
        return [
            OwnCard(owner, id, CardKind(kind), text, Pillar(pillar), day) for owner, id, kind, text, pillar, day in rows
        ]

    def get(self, card_id: str) -> OwnCard:
        """One of them."""
        found = next((card for card in self.all() if card.id == card_id), None)
        if found is None:
            raise Unknown("There is no such card in your library.", next="See which there are under Library.")
        return found

    def add(self, card: OwnCard) -> None:
        """One more."""
        self.scope.check_own(card.account_id)
        check_storable(card.id, card.text)
        row = {name: getattr(card, name) for name in ("id", "kind", "text", "pillar", "day")}
        self.scope.insert(own_card, [row])

    def remove(self, card_id: str) -> None:
        """Take one away."""
        self.scope.run(delete(own_card).where(self.scope.own(own_card), own_card.c.id == card_id))

"""All that a face may call for the questions and thoughts that a manager saved in the library."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.actions.keep_own_card import drop_own_card, keep_own_card
from assistant.desk.desk import Desk
from assistant.domain.own_card import CardKind, OwnCard
from assistant.domain.pillar import Pillar
from assistant.lint import faults
from assistant.wording import stems


@dataclass(frozen=True, slots=True)
class OwnDesk:
    """The own cards of one desk."""

    desk: Desk

    def all(self) -> Sequence[OwnCard]:
        """The newest first."""
        with self.desk.records.reading(self.desk.account, self.desk.today) as shelf:
            return shelf.own_cards.all()

    def about(self, words: str, pillar: str = "") -> Sequence[OwnCard]:
        """Those that share a word with these, the most words first; all of a pillar, or all, without words."""
        cards = [card for card in self.all() if not pillar or card.pillar == pillar]
        if not words.strip():
            return cards
        asked = stems(words)
        shared = [(len(asked & (stems(card.text) | stems(card.pillar.words))), card) for card in cards]
        return [card for number, card in sorted(shared, key=lambda each: -each[0]) if number]

    def keep(self, text: str, *, kind: CardKind, pillar: Pillar, again: tuple[str, date] | None = None) -> OwnCard:
        """Save one; `again` is the id and the day of one that was taken out a moment ago."""
        with self.desk.records.writing(self.desk.account, self.desk.today) as shelf:
            return keep_own_card(shelf, kind, text, pillar, ids=self.desk.ids, again=again)

    def drop(self, card_id: str) -> OwnCard:
        """Take one out."""
        with self.desk.records.writing(self.desk.account, self.desk.today) as shelf:
            return drop_own_card(shelf, card_id)


def faults_of(card: OwnCard) -> tuple[str, ...]:
    """What a careful reader would say about a question; nothing about a thought."""
    return faults(card.text) if card.kind is CardKind.QUESTION else ()

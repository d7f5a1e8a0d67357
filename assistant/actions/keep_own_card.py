"""Save a question or a thought of one's own in the library, or take it out again."""

from datetime import date

from assistant.actions.keep_notes import not_later
from assistant.domain.own_card import CardKind, OwnCard
from assistant.domain.pillar import Pillar
from assistant.ports.outside import Ids
from assistant.ports.records import Shelf


def keep_own_card(
    shelf: Shelf, kind: CardKind, text: str, pillar: Pillar, *, ids: Ids, again: tuple[str, date] | None = None
) -> OwnCard:
    """The card; the same words are not saved twice.

    With `again`, the id and day of one that was taken out, it is that one: whom it was asked of is still known.

    Raises:
        Invalid: No words, or too many.
    """
    words = " ".join(text.split())
    known = next((card for card in shelf.own_cards.all() if (card.kind, card.text) == (kind, words)), None)
    if known is not None:
        return known
    id, day = again or (ids(), shelf.today)
    card = OwnCard(shelf.account.id, id, kind, words, pillar, not_later(day, shelf.today))
    shelf.own_cards.add(card)
    return card


def drop_own_card(shelf: Shelf, card_id: str) -> OwnCard:
    """Take one out; it is given back, so that it can be saved again.

    Raises:
        Unknown: There is none with this id.
    """
    card = shelf.own_cards.get(card_id)
    shelf.own_cards.remove(card.id)
    return card

"""A conversation gets a name of the manager's own, or its first words back."""

from datetime import date

from assistant.domain.account import AccountId
from assistant.domain.conversation import LONGEST_TITLE
from assistant.errors import Invalid
from assistant.ports.records import Records


def rename_talk(records: Records, account: AccountId, today: date, conversation_id: str, title: str) -> str:
    """Give it a name; an empty one leaves it to its first words. The name it has now.

    Raises:
        Unknown: This account has no such conversation.
        Invalid: The name is too long.
    """
    said = " ".join(title.split())
    if len(said) > LONGEST_TITLE:
        raise Invalid(f"A name holds at most {LONGEST_TITLE} characters; this one has {len(said)}.", next="Shorten it.")
    with records.writing(account, today) as shelf:
        id = shelf.turns.named(conversation_id)
        shelf.turns.rename(id, said)
        return next(row.title for row in shelf.turns.all() if row.id == id)

"""Remove a conversation for good, with what this process remembers of it. What it changed stays changed."""

from datetime import date

from assistant.actions.erase import drop_texts
from assistant.domain.account import AccountId
from assistant.ports.keeping import Eraser
from assistant.ports.records import Records


def erase_talk(records: Records, account: AccountId, today: date, conversation_id: str, *, eraser: Eraser) -> int:
    """Take it away; how many turns went.

    Raises:
        Unknown: This account has no such conversation.
    """
    erasure = eraser.begin(account)
    gone = 0
    try:
        with records.writing(account, today) as shelf:
            gone = shelf.turns.remove(conversation_id)
    finally:
        if not gone:
            eraser.withdraw(erasure)
    eraser.finish(erasure)
    drop_texts()
    return gone

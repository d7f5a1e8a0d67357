"""Remove a conversation, with what this process remembers of it. What it changed stays changed."""

from datetime import date

from assistant.actions.erase import erasing_for_good
from assistant.domain.account import AccountId
from assistant.domain.removed import Removed
from assistant.ports.keeping import Eraser
from assistant.ports.records import Records


def erase_talk(records: Records, account: AccountId, today: date, conversation_id: str, *, eraser: Eraser) -> Removed:
    """Take it away, one change a turn; for good on disk, and what is given back is the only way to put it back.

    Raises:
        Unknown: This account has no such conversation.
    """
    with erasing_for_good(eraser, account) as erasure:
        erasure.write_down_talk()
        with records.writing(account, today) as shelf:
            changed = shelf.erasing.watch(())
            shelf.turns.remove(conversation_id)
            changes = changed()
    return Removed(account, changes, erasure.ids[0])

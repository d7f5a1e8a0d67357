"""The way back of what a desk removed a moment ago."""

from assistant.actions.put_back import put_back as put_back_rows
from assistant.desk.desk import Desk
from assistant.domain.removed import Removed


def put_back(desk: Desk, removed: Removed) -> None:
    """A note or a conversation as it was, with everything that went along.

    Raises:
        Refused: Somebody was forgotten or merged since: it stays gone.
    """
    put_back_rows(desk.records, desk.account, desk.today, removed, finder=desk.finder, eraser=desk.eraser, ids=desk.ids)

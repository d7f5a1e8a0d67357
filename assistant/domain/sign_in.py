"""One time somebody came in, or tried to. Who, when, from which device; no password, and no name that is nobody's."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from assistant.domain.account import AccountId
from assistant.errors import Invalid

KEPT = timedelta(days=90)
MOST = 200  # of one account


class Came(StrEnum):
    """What happened."""

    IN = "in"
    FAILED = "failed"
    NEW_PASSWORD = "new_password"  # noqa: S105


class By(StrEnum):
    """How."""

    PASSWORD = "password"  # noqa: S105
    PHONE = "phone"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class SignIn:
    """One line of an account's log.

    Attributes:
        device: What the browser said it is, in words of ours ("Chrome on Android").
        address: Where it came from, as the server saw it.
    """

    account_id: AccountId
    id: str
    at: datetime
    came: Came
    by: By
    device: str = ""
    address: str = ""

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise Invalid("A moment needs a time zone.", next="Give it in UTC.")

"""Who uses Flourish. An account owns notes; nobody else reads them, the admin included."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import NewType

from assistant.errors import Invalid

AccountId = NewType("AccountId", str)
SOLO = AccountId("me")


class Role(StrEnum):
    """What an account may do. A solo account holds all three."""

    MANAGER = "manager"
    COACH = "coach"
    ADMIN = "admin"


ALL_ROLES = frozenset(Role)


@dataclass(frozen=True, slots=True)
class Account:
    """A manager, coach or admin; `name` is how notes name them as author."""

    id: AccountId
    name: str
    roles: frozenset[Role] = frozenset({Role.MANAGER})
    active: bool = True

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[\w.@-]{1,64}", self.id):
            raise Invalid(f"{self.id!r} cannot be an account id.", next="Use letters, digits, dot, dash.")
        if not self.name.strip():
            raise Invalid("An account needs a name.", next="Give the name the notes use for the manager.")

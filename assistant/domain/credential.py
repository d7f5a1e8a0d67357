"""What proves that somebody is an account's owner. It holds no password, only what a password can be compared with."""

import unicodedata
from dataclasses import dataclass, field
from datetime import datetime

from assistant.domain.account import AccountId
from assistant.errors import Invalid

SHORTEST, LONGEST = 10, 1_000  # characters of a password


@dataclass(frozen=True, slots=True)
class Credential:
    """One account's password, as a hash.

    Attributes:
        hash: Of the password; it tells its own method and cost.
        stamp: Sessions are opened under it and end when it changes: with a new password, or by signing out everywhere.
        set_at: When the password was chosen.
    """

    account_id: AccountId
    hash: str = field(repr=False)
    stamp: str = field(repr=False)
    set_at: datetime

    def __post_init__(self) -> None:
        if not self.hash or not self.stamp:
            raise Invalid("A password is kept as a hash with a stamp.", next="Set the password again.")
        if self.set_at.tzinfo is None:
            raise Invalid("A moment needs a time zone.", next="Set the password again.")


def as_typed(password: str) -> str:
    """A password in one spelling: keyboards and systems write the same letters in different ways."""
    return unicodedata.normalize("NFKC", password)


def new_password(typed: str, *, names: tuple[str, ...] = ()) -> str:
    """A password that may be used from now on.

    Args:
        typed: What somebody chose.
        names: Of the account; what is nearly one of them protects nothing.

    Raises:
        Invalid: It is too short, too long, one letter over and over, or the name itself.
    """
    password = as_typed(typed)
    if len(password) < SHORTEST:
        raise Invalid(
            f"That password has {len(password)} characters, and {SHORTEST} is the least.",
            next="Take a few words that only you would put together.",
        )
    if len(password) > LONGEST or any(ord(letter) < 32 for letter in password):
        raise Invalid(
            f"A password is one line of at most {LONGEST} characters.", next="Take a few words and no line break."
        )
    folded = "".join(password.casefold().split())
    plain = {"".join(name.casefold().split()) for name in names if name}
    if len(set(folded)) < 4 or any(folded.strip("0123456789!.?") == name for name in plain):
        raise Invalid("That password is easy to guess.", next="Take a few words that only you would put together.")
    return password

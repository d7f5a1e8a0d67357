"""Who there is, and how somebody proves to be it. No content is reachable through these."""

from collections.abc import Sequence
from typing import Protocol

from assistant.domain.account import Account, AccountId
from assistant.domain.credential import Credential
from assistant.domain.sign_in import MOST, SignIn


class Accounts(Protocol):
    """Who there is. No content is reachable from here."""

    def all(self) -> Sequence[Account]:
        """Every account, by id."""
        ...

    def get(self, account_id: AccountId) -> Account:
        """One account; `Unknown` when there is none of that id."""

    def add(self, account: Account) -> None:
        """A new account; `Invalid` when the id is taken."""
        ...

    def rename(self, account: Account) -> None:
        """An account under its new name, all else as it was; `Unknown` when there is none of that id."""
        ...

    def set_active(self, account_id: AccountId, active: bool) -> None:
        """Let an account rest, or wake it; `Unknown` when there is none of that id."""
        ...


class Credentials(Protocol):
    """The passwords of a home, as hashes."""

    def of(self, account_id: AccountId) -> Credential | None:
        """An account's; None when it has no password, or there is no such account."""
        ...

    def put(self, credential: Credential) -> None:
        """In place of the one before; `Unknown` when there is no such account."""
        ...


class SignIns(Protocol):
    """Who signed in, who tried, and when a password was changed; only accounts that there are."""

    def of(self, account_id: AccountId, most: int = MOST) -> Sequence[SignIn]:
        """An account's, the newest first, none older than ninety days."""
        ...

    def add(self, entry: SignIn | None) -> None:
        """One more; None takes as long and keeps nothing, so that a wrong name is not told apart by time."""
        ...


class Hasher(Protocol):
    """Turns passwords into hashes that are slow to guess from."""

    def hash(self, password: str) -> str:
        """A new hash, each time another."""
        ...

    def matches(self, hash: str, password: str) -> bool:
        """Whether the hash was made from this password; it takes as long for a wrong one as for the right one."""
        ...

    def is_outdated(self, hash: str) -> bool:
        """Whether hashes are made at a higher cost by now."""
        ...

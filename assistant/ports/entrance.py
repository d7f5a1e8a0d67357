"""How somebody proves who they are. No content is reachable through these."""

from typing import Protocol

from assistant.domain.account import AccountId
from assistant.domain.credential import Credential


class Credentials(Protocol):
    """The passwords of a home, as hashes."""

    def of(self, account_id: AccountId) -> Credential | None:
        """An account's; None when it has no password, or there is no such account."""
        ...

    def put(self, credential: Credential) -> None:
        """In place of the one before; `Unknown` when there is no such account."""
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

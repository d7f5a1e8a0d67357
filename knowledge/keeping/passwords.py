"""The one place that knows how passwords are hashed: argon2id, at the cost that the library recommends or more."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argon2 import PasswordHasher

MEMORY, ROUNDS, LANES = 64 * 1024, 3, 2  # KiB, passes, threads: about a tenth of a second


@dataclass(frozen=True, slots=True)
class Argon2:
    """Fulfils the port `Hasher`."""

    _hasher: "PasswordHasher" = field(init=False, repr=False)

    def __post_init__(self) -> None:
        from argon2 import PasswordHasher

        object.__setattr__(self, "_hasher", PasswordHasher(time_cost=ROUNDS, memory_cost=MEMORY, parallelism=LANES))

    def hash(self, password: str) -> str:
        """A new hash, each time with another salt."""
        return self._hasher.hash(password)

    def matches(self, hash: str, password: str) -> bool:
        """Whether the hash was made from this password; one that cannot be read was made from none."""
        from argon2.exceptions import InvalidHashError, VerificationError

        try:
            return self._hasher.verify(hash, password)
        except (VerificationError, InvalidHashError):
            return False

    def is_outdated(self, hash: str) -> bool:
        """Whether hashes are made at another cost by now."""
        return self._hasher.check_needs_rehash(hash)

"""Which conversations are being answered at this moment. Ids only; it forgets each as soon as its answer has ended."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock


class Answering:
    """The conversations of one server that are being answered.

    Attributes:
        is_closing: Whether the server ends: what nobody looks at any more is stopped then.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._on: list[tuple[str, str]] = []
        self.is_closing = False

    @contextmanager
    def of(self, account: str, id: str) -> Iterator[None]:
        """While the block lasts, this conversation is being answered."""
        with self._lock:
            self._on.append((account, id))
        try:
            yield
        finally:
            with self._lock:
                self._on.remove((account, id))

    def is_on(self, account: str, id: str) -> bool:
        """Whether an answer is under way in it."""
        with self._lock:
            return (account, id) in self._on

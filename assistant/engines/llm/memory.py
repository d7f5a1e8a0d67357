"""Whole replies of the last minutes, so that one brief is one call and asking again gives the same words.

Kept in this process only, a few minutes long, by account, person and everything that was sent: when a note changes or
goes, the old reply can no longer be found.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

from assistant.errors import EngineUnavailable

KEEPS_SECONDS = 600.0
KEEPS_FAULTS_SECONDS = 20.0
MOST = 64

T = TypeVar("T")


class Memory(Generic[T]):
    """Remembers finished replies, and for a moment that there was none; safe between threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, tuple[float, tuple[T, ...], EngineUnavailable | None]] = OrderedDict()

    def through(self, key: str, ask: Callable[[], Iterator[T]]) -> Iterator[T]:
        """The remembered reply, else the one that `ask` brings, as it comes in.

        Raises:
            EngineUnavailable: `ask` did, now or a moment ago; what came before it is given first.
        """
        known = self._known(key)
        if known is not None:
            items, fault = known
            yield from items
            if fault is not None:
                raise EngineUnavailable(fault.message, next=fault.next)
            return
        got: list[T] = []
        try:
            for item in ask():
                got.append(item)
                yield item
        except EngineUnavailable as error:
            self._keep(key, KEEPS_FAULTS_SECONDS, tuple(got), error)
            raise
        self._keep(key, KEEPS_SECONDS, tuple(got), None)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._kept.clear()

    def _known(self, key: str) -> tuple[tuple[T, ...], EngineUnavailable | None] | None:
        with self._lock:
            self._drop_old()
            found = self._kept.get(key)
            return found[1:] if found else None

    def _keep(self, key: str, seconds: float, items: tuple[T, ...], fault: EngineUnavailable | None) -> None:
        with self._lock:
            self._drop_old()
            self._kept[key] = (self._clock() + seconds, items, fault)
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)

    def _drop_old(self) -> None:
        now = self._clock()
        for key in [k for k, (until, _, _) in self._kept.items() if until <= now]:
            del self._kept[key]

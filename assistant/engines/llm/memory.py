"""Whole replies of the last minutes, so that one brief is one call and asking again gives the same words.

Kept in this process only, a few minutes long, by account, person and everything that was sent: when a note changes, the
old reply can no longer be found; when anything is erased, all of them are forgotten.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from assistant.actions.erase import forgets_too
from assistant.errors import EngineUnavailable

KEEPS_SECONDS = 600.0
KEEPS_FAULTS_SECONDS = 20.0
MOST = 64

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Kept(Generic[T]):
    """A reply as far as it was read.

    Attributes:
        until: When it is forgotten.
        fault: Why it ended early, when the model did not answer.
        whole: Whether it was read to its end; else a reader who wants more asks again.
    """

    until: float
    items: tuple[T, ...]
    fault: EngineUnavailable | None
    whole: bool


class Memory(Generic[T]):
    """Remembers finished replies, and for a moment that there was none; safe between threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, _Kept[T]] = OrderedDict()
        self._cleared = 0
        forgets_too(self)

    def through(self, key: str, ask: Callable[[], Iterator[T]]) -> Iterator[T]:
        """The remembered reply, else the one that `ask` brings, as it comes in.

        Raises:
            EngineUnavailable: `ask` did, now or a moment ago; what came before it is given first.
        """
        known, cleared = self._known(key), self._cleared
        got = list(known.items) if known else []
        yield from tuple(got)
        if known and known.fault is not None:
            raise EngineUnavailable(known.fault.message, next=known.fault.next)
        if known and known.whole:
            return
        fault: EngineUnavailable | None = None
        whole = False
        try:
            for item in ask():
                got.append(item)
                yield item
            whole = True
        except EngineUnavailable as error:
            fault = error
            raise
        finally:  # a reader that left early keeps what it has read
            until = self._clock() + (KEEPS_FAULTS_SECONDS if fault else KEEPS_SECONDS)
            self._keep(key, _Kept(until, tuple(got), fault, whole), cleared)

    def clear(self) -> None:
        """Forget everything, replies that are only half read included: they are not kept when they end."""
        with self._lock:
            self._cleared += 1
            self._kept.clear()

    def _known(self, key: str) -> "_Kept[T] | None":
        with self._lock:
            self._drop_old()
            return self._kept.get(key)

    def _keep(self, key: str, kept: "_Kept[T]", cleared: int) -> None:
        with self._lock:
            self._drop_old()
            if cleared != self._cleared:
                return
            self._kept[key] = kept
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)

    def _drop_old(self) -> None:
        now = self._clock()
        for key in [k for k, kept in self._kept.items() if kept.until <= now]:
            del self._kept[key]

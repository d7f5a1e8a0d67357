"""Turns compute a few at a time, so that what is quick finds the interpreter free; whoever waits for a model is aside.

Python runs one thread at a time. Thirty turns that compute at once would each have as much of it as somebody who only
opens a page, and all thirty would end late; two that compute, one after the other's end, leave a third of it to whoever
comes. A place is a courtesy, never a lock: who has waited for one long enough goes on without.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, local
from typing import TypeVar

from assistant.streaming import ending

T = TypeVar("T")
PATIENCE = 1.0  # seconds


class Lane:
    """Places for those who compute.

    Args:
        places: How many may compute at once.
        patience: How many seconds somebody waits for one.
    """

    def __init__(self, places: int, patience: float = PATIENCE) -> None:
        self._places = BoundedSemaphore(places)
        self._patience = patience

    def paced(self, items: Iterator[T]) -> Iterator[T]:
        """The same items; each is made in a place of this lane, but for what happens inside of `aside`."""
        stay = Stay(self._places, self._patience)
        with ending(items) as coming:
            while True:
                with stay.working():
                    try:
                        item = next(coming)
                    except StopIteration:
                        return
                yield item


class Stay:
    """One turn in a lane; it may go on in another thread after each item.

    Args:
        places: The places of the lane.
        patience: How many seconds to wait for one.
    """

    def __init__(self, places: BoundedSemaphore, patience: float) -> None:
        self._places = places
        self._patience = patience
        self._has_place = False
        self._aside = 0

    @contextmanager
    def working(self) -> Iterator[None]:
        """While an item is made."""
        before, _here.stay = _here.stay, self
        self._enter()
        try:
            yield
        finally:
            self._leave()
            _here.stay = before

    @contextmanager
    def away(self) -> Iterator[None]:
        """While the turn mostly waits for somebody else."""
        self._aside += 1
        self._leave()
        try:
            yield
        finally:
            self._aside -= 1
            if _here.stay is self:  # else it ends between two items, where nothing is made
                self._enter()

    def _enter(self) -> None:
        if not self._aside and not self._has_place:
            self._has_place = self._places.acquire(timeout=self._patience)

    def _leave(self) -> None:
        if self._has_place:
            self._has_place = False
            self._places.release()


class _Here(local):
    """The turn that this thread is making an item of."""

    stay: Stay | None = None


_here = _Here()


@contextmanager
def aside() -> Iterator[None]:
    """While this thread waits for a model and only hands on what comes; outside of any lane it changes nothing."""
    stay = _here.stay
    if stay is None:
        yield
        return
    with stay.away():
        yield

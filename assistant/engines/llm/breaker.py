"""Leaves a server alone for a while after it failed several times in a row, then tries it once."""

import threading
import time
from collections.abc import Callable

FAULTS = 5
RESTS_SECONDS = 30.0


class Breaker:
    """Counts faults in a row; shared by every turn that uses one server, safe between threads.

    Args:
        clock: Seconds that only grow.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._faults = 0
        self._opened_at = 0.0

    def may_try(self) -> bool:
        """Whether to try now; while the server rests, one turn in thirty seconds may."""
        with self._lock:
            if self._faults < FAULTS:
                return True
            if self._clock() - self._opened_at < RESTS_SECONDS:
                return False
            self._opened_at = self._clock()
            return True

    def well(self) -> None:
        """It answered."""
        with self._lock:
            self._faults = 0

    def failed(self) -> None:
        """It did not."""
        with self._lock:
            self._faults += 1
            if self._faults >= FAULTS:
                self._opened_at = self._clock()

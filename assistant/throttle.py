"""How often somebody may try. It counts attempts in memory and keeps no password and no word of a note."""

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from threading import Lock

WINDOW = 900.0  # seconds for which an attempt counts
PER_NAME, PER_ADDRESS = 5, 20  # attempts before the waiting begins
FIRST_WAIT, LONGEST_WAIT = 60.0, 900.0  # seconds; every attempt after that doubles the wait
MOST_KEYS = 4_096


@dataclass
class Throttle:
    """Attempts that failed, by name and by address. One counts from its beginning, so that many at once count."""

    _lock: Lock = field(default_factory=Lock, repr=False)
    _tried: OrderedDict[tuple[str, str], deque[float]] = field(default_factory=OrderedDict, repr=False)

    def begin(self, name: str, address: str, now: float) -> float:
        """Count an attempt, if it may be made now.

        Args:
            name: Whom somebody says to be; folded, whether or not there is such an account.
            address: From where.
            now: Seconds that only run forward.

        Returns:
            Nought when it was counted and may go on, else for how many seconds to wait.
        """
        keys = (("name", name, PER_NAME), ("address", address, PER_ADDRESS))
        with self._lock:
            wait = max(_wait(self._recent(kind, key, now), most, now) for kind, key, most in keys)
            if wait <= 0:
                for kind, key, _ in keys:
                    self._tried.setdefault((kind, key), deque()).append(now)
                while len(self._tried) > MOST_KEYS:
                    self._tried.popitem(last=False)
        return wait

    def succeeded(self, name: str, address: str) -> None:
        """The attempt that was begun last was right: the name starts anew, the address has one attempt less."""
        with self._lock:
            self._tried.pop(("name", name), None)
            tries = self._tried.get(("address", address))
            if tries:
                tries.pop()

    def _recent(self, kind: str, key: str, now: float) -> deque[float]:
        tries = self._tried.get((kind, key))
        if tries is None:
            return deque()
        while tries and now - tries[0] > WINDOW:
            tries.popleft()
        if not tries:
            del self._tried[kind, key]
        else:
            self._tried.move_to_end((kind, key))
        return tries


def _wait(tries: deque[float], most: int, now: float) -> float:
    if len(tries) < most:
        return 0.0
    pause: float = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(len(tries) - most, 10))
    return max(tries[-1] + pause - now, 0.0)

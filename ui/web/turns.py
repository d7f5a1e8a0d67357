"""Which press of a tab is its newest: an older one that is still being answered stops showing. Numbers only."""

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock

MOST_TABS = 4096


class Turns:
    """Counts the presses of every open tab."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._newest: OrderedDict[str, int] = OrderedDict()
        self._stopped: dict[str, int] = {}

    def begin(self, tab: str | None) -> "Turn":
        """A new press in a tab."""
        key = tab or ""
        with self._lock:
            number = self._newest.get(key, 0) + 1
            self._newest[key] = number
            self._newest.move_to_end(key)
            while len(self._newest) > MOST_TABS:
                self._stopped.pop(self._newest.popitem(last=False)[0], None)
        return Turn(self, key, number)

    def stop(self, tab: str | None) -> None:
        """Whatever is being answered in a tab is to end."""
        with self._lock:
            self._stopped[tab or ""] = self._newest.get(tab or "", 0)

    def stopped(self, tab: str) -> int:
        """The press up to which a tab was stopped."""
        with self._lock:
            return self._stopped.get(tab, 0)

    def newest(self, tab: str) -> int:
        """The number of a tab's newest press; 0 when the tab was forgotten."""
        with self._lock:
            return self._newest.get(tab, 0)


@dataclass(frozen=True, slots=True)
class Turn:
    """One press in one tab."""

    turns: Turns = field(repr=False)
    tab: str
    number: int

    @property
    def is_newest(self) -> bool:
        """Whether nothing was pressed in the tab since."""
        return self.turns.newest(self.tab) <= self.number

    @property
    def is_stopped(self) -> bool:
        """Whether somebody wants the answer to this press to end."""
        return self.turns.stopped(self.tab) >= self.number

    @property
    def mark(self) -> str:
        """Tells the browser that this press was answered, even when the answer looks as before."""
        return f'<i hidden data-turn="{self.number}"></i>'

"""What a server turned out to be able to do, so that nobody finds it out twice. Derived; may be thrown away."""

import json
import threading
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.engines.llm.call import Step

MOST_OVER = 2.0
SLIPS = 2  # replies in a row that had to be mended before a server is asked in plain text for good
WEIGHED_EVERY = 16  # calls; counting a whole prompt ourselves takes milliseconds


@dataclass(frozen=True, slots=True)
class Habit:
    """How one model on one server is best asked.

    Attributes:
        step: The strictest step that worked.
        usage: Whether it counts tokens when asked to.
    """

    step: Step = Step.SCHEMA
    usage: bool = True


class Habits:
    """Habits by server and model, kept in a file when there is one.

    Args:
        path: The file.
        weighs: Whether to learn how a server counts tokens; off where every run must send the same.
    """

    def __init__(self, path: Path | None = None, *, weighs: bool = True) -> None:
        self._path = path
        self._weighs = weighs
        self._lock = threading.Lock()
        self._known: dict[str, Habit] = self._read()
        self._weights: dict[str, float] = {}
        self._calls: dict[str, int] = {}
        self._slips: dict[str, int] = {}

    def of(self, server: str, model: str) -> Habit:
        """What is known; for a stranger, the best that there is."""
        return self._known.get(f"{server} {model}", Habit())

    def learn(self, server: str, model: str, habit: Habit) -> None:
        """Remember; a file that cannot be written costs no more than another try next time."""
        with self._lock:
            self._known[f"{server} {model}"] = habit
            if self._path is None:
                return
            draft = self._path.with_suffix(".part")
            try:
                draft.write_text(json.dumps({k: asdict(h) for k, h in self._known.items()}), encoding="utf-8")
                draft.replace(self._path)
            except OSError:
                self._path = None

    def is_a_slip(self, server: str, model: str, *, mended: bool) -> bool:
        """Whether a reply had to be mended, the first in a row: it says nothing yet of what a server can do."""
        key = f"{server} {model}"
        self._slips[key] = self._slips.get(key, 0) + 1 if mended else 0
        return 0 < self._slips[key] < SLIPS

    def weighs_now(self, server: str, model: str) -> bool:
        """Whether this call is one to count tokens by: the first, and then one in sixteen."""
        key = f"{server} {model}"
        self._calls[key] = self._calls.get(key, -1) + 1
        return self._weighs and self._calls[key] % WEIGHED_EVERY == 0

    def weigh(self, server: str, model: str, ratio: float) -> None:
        """What the server counted for one token of ours; nothing when it did not count."""
        if self._weighs and 0.5 <= ratio <= MOST_OVER:
            self._weights[f"{server} {model}"] = ratio

    def runs_over(self, server: str, model: str) -> float:
        """The server's tokens for one of ours, never less than one: a limit is only ever kept more strictly."""
        return max(1.0, self._weights.get(f"{server} {model}", 1.0))

    def _read(self) -> dict[str, Habit]:
        try:
            told = json.loads(self._path.read_text(encoding="utf-8")) if self._path else {}
            return {str(k): Habit(Step(h["step"]), bool(h["usage"])) for k, h in told.items()}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return {}

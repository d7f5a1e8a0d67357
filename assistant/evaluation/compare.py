"""A run against a saved one: what is worse beyond the tolerance, what is better, what is gone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.evaluation.output import OURS
from assistant.evaluation.report import Figure

TOLERANCE = 0.01  # of a share; a count that should be zero may not grow at all
Key = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Change:
    """One figure then and now; none where there was nothing to measure."""

    part: str
    name: str
    group: str
    before: float | None
    after: float | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Ours, then and now.

    Attributes:
        gone: Figures that were saved and are not measured any more.
        fresh: How many figures are new.
    """

    worse: tuple[Change, ...]
    better: tuple[Change, ...]
    gone: tuple[Change, ...]
    fresh: int

    @property
    def failed(self) -> bool:
        """Whether something is worse, or not measured any more."""
        return bool(self.worse or self.gone)


def compare(figures: Sequence[Figure], saved: Mapping[Key, float | None], parts: frozenset[str]) -> Comparison:
    """Compare ours with what was saved, in the parts that were measured now.

    Args:
        figures: This run's.
        saved: The saved values by part, name, group and system.
        parts: The parts of this run; saved figures of other parts are left alone.
    """
    now = {f.key: f for f in figures if f.system == OURS}
    worse: list[Change] = []
    better: list[Change] = []
    gone: list[Change] = []
    for key, before in saved.items():
        part, name, group, system = key
        if system != OURS or part not in parts or before is None:
            continue
        figure = now.get(key)
        if figure is None or figure.value is None:
            gone.append(Change(part, name, group, before, None))
            continue
        change = Change(part, name, group, before, figure.value)
        step = figure.value - before
        gain = -step if figure.less_is_better else step
        tolerance = 0.0 if figure.is_count else TOLERANCE
        if gain < -tolerance - 1e-9:
            worse.append(change)
        elif gain > tolerance + 1e-9:
            better.append(change)
    fresh = sum(key not in saved for key in now)
    return Comparison(tuple(worse), tuple(better), tuple(gone), fresh)

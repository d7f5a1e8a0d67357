"""A figure with its interval, and a finding that says what was behind it.

Every share here is a ratio of two sums over units (persons, scripts), so one rule draws all intervals: draw as many
units anew as there are, a thousand times, and take the middle 90 %. Persons are drawn, not queries or notes, since what
belongs to one person hangs together.
"""

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from assistant.evaluation.output import OURS

DRAWS = 1_000
CURVE_DRAWS = 200  # a curve is dear to measure
SEED = 5
_OUTSIDE = DRAWS // 20


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value.

    Attributes:
        part: What was measured: "retrieval", "evidence" …
        name: The measure: "nDCG@10", "F1" …
        group: Of what: a facet, a tag, a check; empty for all.
        system: "ours", or the plain alternative.
        value: A share 0 to 1, or a count; None when there was nothing to measure.
        low: Lower end of the 90 % interval; None for a count or with fewer than two units.
        n: How many things were measured.
        units: How many persons (or scripts) they belong to.
        drawn: What the interval was drawn over.
        is_count: Whether it is a count, better when smaller, best at zero.
        less_is_better: Whether smaller is better.
        main: Whether it belongs into a short table.
    """

    part: str
    name: str
    group: str
    system: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    units: int
    drawn: str = "person"
    is_count: bool = False
    less_is_better: bool = False
    main: bool = False

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What stays the same from one run to the next."""
        return (self.part, self.name, self.group, self.system)

    def rounded(self, places: int) -> "Figure":
        """The same with so many decimal places in its value, as it is saved."""
        return self if self.value is None else replace(self, value=round(self.value, places))


@dataclass(frozen=True, slots=True)
class Finding:
    """What one gold item, query or check came to.

    Attributes:
        id: What it is asked for by: a query, "chat/turn", a person's promise …
        person: Whom it is about; empty for a team or a chat.
        measure: The figure it counts in.
        why: The reason of a failure, in one sentence; the same words for the same cause, so causes can be counted.
    """

    part: str
    id: str
    person: str
    measure: str
    ok: bool
    expected: str
    came: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Scored:
    """One part measured, or the reason why it was not."""

    part: str
    figures: tuple[Figure, ...] = ()
    findings: tuple[Finding, ...] = ()
    skipped: str = ""
    remarks: tuple[str, ...] = ()


@dataclass(slots=True)
class Tally:
    """Sums by unit while a part is being measured; not a noun.

    Attributes:
        drawn: What a unit is.
    """

    drawn: str = "person"
    _units: dict[str, list[float]] = field(default_factory=dict)
    _n: int = 0

    def add(self, unit: str, hit: float, of: float, n: int | None = None) -> None:
        """`hit` of `of`; `n` things were measured, as many as `of` unless told otherwise."""
        sums = self._units.setdefault(unit, [0.0, 0.0])
        sums[0] += hit
        sums[1] += of
        self._n += int(of) if n is None else n

    def share(
        self, part: str, name: str, group: str = "", system: str = OURS, *, less: bool = False, main: bool = False
    ) -> Figure:
        """The ratio of the two sums with its interval."""
        sums = [*self._units.values()]
        value = _ratio(sums)
        low, high = _interval(sums) if value is not None else (None, None)
        return Figure(
            part, name, group, system, value, low, high, self._n, len(sums), self.drawn, less_is_better=less, main=main
        )

    def count(self, part: str, name: str, group: str = "", system: str = OURS, *, main: bool = False) -> Figure:
        """The sum of the hits, which should be zero."""
        total = sum(hit for hit, _ in self._units.values())
        return Figure(
            part, name, group, system, total if self._n else None, None, None, self._n, len(self._units), self.drawn,
            is_count=True, less_is_better=True, main=main,
        )  # fmt: skip


def curve(
    part: str,
    name: str,
    group: str,
    told: Mapping[str, Sequence[tuple[float, bool]]],
    measure: Callable[[Sequence[tuple[float, bool]]], float | None],
    *,
    main: bool = False,
) -> Figure:
    """A measure over scored yes and no, which is no ratio of sums, with its interval over the units."""
    units = [*told.values()]
    every = [pair for unit in units for pair in unit]
    drawn = ([pair for i in indices for pair in units[i]] for indices in _draws(len(units))[:CURVE_DRAWS])
    values = sorted(value for pairs in drawn if (value := measure(pairs)) is not None)
    cut = len(values) // 20
    low, high = (values[cut], values[-cut - 1]) if len(units) > 1 and values else (None, None)
    return Figure(part, name, group, OURS, measure(every), low, high, len(every), len(units), main=main)


def _ratio(sums: Iterable[list[float]]) -> float | None:
    hit = of = 0.0
    for one, all_of_it in sums:
        hit += one
        of += all_of_it
    return hit / of if of else None


def _interval(sums: list[list[float]]) -> tuple[float | None, float | None]:
    if len(sums) < 2:
        return None, None
    drawn = [_ratio(sums[i] for i in indices) for indices in _draws(len(sums))]
    values = sorted(value for value in drawn if value is not None)
    cut = len(values) * _OUTSIDE // DRAWS
    return values[cut], values[-cut - 1]


@lru_cache(maxsize=64)
def _draws(units: int) -> tuple[tuple[int, ...], ...]:
    draw = random.Random(SEED)
    return tuple(tuple(draw.choices(range(units), k=units)) for _ in range(DRAWS))


@dataclass(slots=True)
class Pairs:
    """Hits, found and wanted by unit, for precision, recall and F1; not a noun."""

    drawn: str = "person"
    _counts: dict[str, list[int]] = field(default_factory=dict)

    def add(self, unit: str, hits: int, found: int, wanted: int) -> None:
        """`hits` of what was `found` are among what was `wanted`."""
        sums = self._counts.setdefault(unit, [0, 0, 0])
        for place, number in enumerate((hits, found, wanted)):
            sums[place] += number

    def figures(self, part: str, group: str = "", system: str = OURS, *, main: bool = False) -> Iterable[Figure]:
        """Precision, recall and F1; nothing found is F1 0 and no precision."""
        precision, recalled, f1 = (Tally(self.drawn) for _ in range(3))
        for unit, (hits, found, wanted) in self._counts.items():
            precision.add(unit, hits, found)
            recalled.add(unit, hits, wanted)
            f1.add(unit, 2 * hits, found + wanted, wanted)
        yield precision.share(part, "precision", group, system, main=main)
        yield recalled.share(part, "recall", group, system, main=main)
        yield f1.share(part, "F1", group, system, main=main)

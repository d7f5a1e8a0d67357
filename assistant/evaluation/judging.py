"""What a judge's ratings come to: quotations looked up, machine checks kept, gates and sums worked out in code.

A judge reads and chooses levels. It does not add up, and it cannot overrule a check: without words of the text, or with
a note that is not there, no level above 2 counts, and a criterion a machine found wrong is held to 2 as well.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Literal

from assistant.domain.note import fold_text
from assistant.domain.rating import LEVELS, Rated, Rating, Rubric, Score
from assistant.evaluation.report import Figure, Finding, Scored, Tally

PART = "judge"
UNPROVEN = 2
APART = 2  # levels between two readings of one criterion from which on a third is asked for
_NAME = re.compile(r"\b(?!AND\b)[^\s,;/&]+")  # "N1, N4" names two notes, and each has to be there
CRITERIA: Mapping[Rubric, tuple[str, ...]] = {
    Rubric.QUESTIONS: tuple(f"Q{n}" for n in range(1, 11)),
    Rubric.PLAN: tuple(f"D{n}" for n in range(1, 12)),
}
Verdict = Literal["excellent", "usable", "rewrite", "fail"]
Levels = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class _Bar:
    """Where the verdicts of a rubric lie.

    Attributes:
        gates: Criteria whose level 0 ends it, and to what sum.
        capped: What caps the sum: the highest level at which it does, by criterion, and the sum.
        best: The least level of some criteria that an excellent one has.
    """

    gates: tuple[str, ...]
    gated: int
    capped: tuple[tuple[str, float, int], ...]
    usable: int
    excellent: int
    best: Mapping[str, float]


_BARS = {
    Rubric.QUESTIONS: _Bar(("Q1", "Q7"), 10, (("Q6", 1, 24),), 28, 35, {"Q1": 4, "Q4": 4, "Q7": 3}),
    Rubric.PLAN: _Bar(("D9", "D11"), 11, (("D4", 1, 28), ("D5", 1, 28)), 30, 38, {"D4": 3, "D5": 3, "D9": 3, "D10": 3}),
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """One text after both readings, as the report carries it.

    Attributes:
        scores: The levels that counted, averaged over the readings, with the reasons of the first.
        spread: The largest difference between the readings on one criterion.
        readings: How many counted.
        total: The sum after caps.
    """

    rubric: Rubric
    case: str
    injection: bool
    lint_failed: tuple[str, ...]
    scores: tuple[Score, ...]
    levels: Levels
    gates: tuple[str, ...]
    total: float
    verdict: Verdict
    one_change: str
    spread: int
    readings: int = 2


def judged(rated: Rated, ratings: Sequence[Rating]) -> Judgement | None:
    """What the ratings of one text come to; None when no reading rated every criterion."""
    whole = [r for r in ratings if all(r.level(name) is not None for name in CRITERIA[rated.rubric])]
    if not whole:
        return None
    readings = [dict(_counted(rated, rating)) for rating in whole]
    levels = {name: fmean(reading[name] for reading in readings) for name in CRITERIA[rated.rubric]}
    bar = _BARS[rated.rubric]
    gates = tuple(name for name in bar.gates if 2 * sum(r[name] == 0 for r in readings) >= len(readings))
    total = sum(levels.values())
    total = min([total, *(cap for name, level, cap in bar.capped if levels[name] <= level)])
    total = min(total, bar.gated) if gates else total
    first = {score.id: score for score in whole[0].scores}
    return Judgement(
        rubric=rated.rubric,
        case=rated.case,
        injection=any(r.injection for r in whole),
        lint_failed=tuple(f"{name}: {fault}" for name, fault in rated.lint),
        scores=tuple(first[name] for name in CRITERIA[rated.rubric]),
        levels=levels,
        gates=gates,
        total=total,
        verdict=_verdict(bar, levels, total, gates),
        one_change=whole[0].one_change,
        spread=_spread(readings),
        readings=len(readings),
    )


def differ(rated: Rated, ratings: Sequence[Rating]) -> bool:
    """Whether two readings lie so far apart on a criterion that a third has to be heard."""
    whole = [r for r in ratings if all(r.level(name) is not None for name in CRITERIA[rated.rubric])]
    return _spread([dict(_counted(rated, rating)) for rating in whole]) >= APART


def _spread(readings: Sequence[Mapping[str, int]]) -> int:
    names = readings[0] if readings else ()
    return max((max(r[n] for r in readings) - min(r[n] for r in readings) for n in names), default=0)


def _counted(rated: Rated, rating: Rating) -> Iterator[tuple[str, int]]:
    """The levels that count: quoted, on a note that is there, and not beyond a failed check."""
    text = fold_text(rated.text)
    failed = {name for name, _ in rated.lint}
    for name in CRITERIA[rated.rubric]:
        score = next(s for s in rating.scores if s.id == name)
        proven = fold_text(score.quote) in text if score.quote else False
        proven = proven and rated.names.issuperset(_NAME.findall(score.note))
        yield name, score.level if proven and name not in failed else min(score.level, UNPROVEN)


def _verdict(bar: _Bar, levels: Levels, total: float, gates: Sequence[str]) -> Verdict:
    if gates:
        return "fail"
    if total < bar.usable or min(levels.values()) < 2:
        return "rewrite"
    excellent = total >= bar.excellent and all(levels[name] >= least for name, least in bar.best.items())
    return "excellent" if excellent else "usable"


def score_judged(found: Mapping[str, Judgement], unrated: Sequence[str], judge: str, stopped: str = "") -> Scored:
    """Figures over all judged texts, each by rubric, and one finding a criterion below usable.

    Args:
        found: Judgements by person and rubric ("d01 plan").
        unrated: What no reading rated whole.
        judge: Which model rated.
        stopped: Why it ended before all was judged; empty where it did not.
    """
    figures: list[Figure] = []
    for rubric in Rubric:
        own = {key.split()[0]: j for key, j in found.items() if j.rubric is rubric}
        if own:
            figures += _figures(rubric, own)
    again = sum(j.readings > 2 for j in found.values())
    thrice = f"; {again} of {len(found)} a third time, where two readings lay {APART} levels apart" if again else ""
    remarks = [f"Rated by {judge}, twice each, the criteria in both orders{thrice}."]
    if unrated:
        remarks.append(f"Not rated whole, and left out: {', '.join(unrated)}.")
    if stopped:
        remarks.append(stopped)
    return Scored(PART, tuple(figures), tuple(_findings(found)), remarks=tuple(remarks))


def _figures(rubric: Rubric, own: Mapping[str, Judgement]) -> Iterator[Figure]:
    names, group = CRITERIA[rubric], rubric.value
    yield _tally(own, lambda j: j.total, LEVELS * len(names)).share(PART, "sum of the rubric", group, main=True)
    good = {"usable", "excellent"}
    yield _tally(own, lambda j: j.verdict in good, 1).share(PART, "usable or better", group, main=True)
    yield _tally(own, lambda j: j.verdict == "excellent", 1).share(PART, "excellent", group, main=True)
    yield _tally(own, lambda j: bool(j.gates), 1).count(PART, "gates failed", group, main=True)
    yield _tally(own, lambda j: j.spread, LEVELS).share(PART, "largest spread between readings", group, less=True)
    for name in names:
        yield _tally(own, lambda j, name=name: j.levels[name], LEVELS).share(PART, name, group)  # type: ignore[misc]


def _tally(own: Mapping[str, Judgement], value: Callable[[Judgement], float], of: float) -> Tally:
    tally = Tally()
    for who, judgement in own.items():
        tally.add(who, value(judgement), of, 1)
    return tally


def _findings(found: Mapping[str, Judgement]) -> Iterator[Finding]:
    for key, judgement in found.items():
        who = key.split()[0]
        for score in judgement.scores:
            level = judgement.levels[score.id]
            why = "" if level > UNPROVEN else f"{score.id} at {level:g}"
            came = f"“{score.quote}” {score.note}: {score.reason}"
            yield Finding(
                PART, f"{judgement.case}-{score.id}", who, judgement.rubric.value, not why, "3 or 4", came, why
            )

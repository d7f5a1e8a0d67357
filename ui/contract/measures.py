"""Payloads of a measurement: figures with their intervals, causes of failures, and a comparison with a saved one."""

from datetime import date as Day
from typing import Literal

from ui.contract.base import Part, Payload


class MeasuredCase(Part):
    """What was measured. `fingerprint` changes when any file of the case does."""

    name: str
    fingerprint: str
    today: Day
    people: int
    notes: int
    queries: int
    turns: int


class SavedFigure(Part):
    """A value of ours, kept for comparison: a share 0 to 1 or a count; null when there was nothing to measure."""

    part: str
    name: str
    group: str
    value: float | None
    n: int


class FigureView(SavedFigure):
    """One measured value.

    `group` is of what (a facet, a tag, a check), empty for all; `low` and `high` are the 90 % interval; `units` is how
    many persons or scripts the `n` things belong to, which is what was drawn.
    """

    system: str
    low: float | None
    high: float | None
    units: int
    drawn: Literal["person", "script"]
    is_count: bool
    less_is_better: bool
    main: bool


class PartView(Part):
    """One part; `skipped` says why there are no figures."""

    name: str
    skipped: str
    remarks: list[str]
    figures: list[FigureView]


class FindingView(Part):
    """What one gold item, query or check came to; `why` is empty when it is as it should be."""

    part: str
    id: str
    person_id: str
    measure: str
    ok: bool
    expected: str
    came: str
    why: str


class CauseView(Part):
    """One reason of failures, how often it was the reason, and where."""

    part: str
    measure: str
    why: str
    times: int
    ids: list[str]


class ChangeInFigure(Part):
    """One value then and now."""

    part: str
    name: str
    group: str
    before: float | None
    after: float | None


class ComparisonView(Part):
    """This run against a saved one; `failed` when something is worse beyond the tolerance, gone, or not comparable."""

    file: str
    tolerance: float
    failed: bool
    remarks: list[str]
    worse: list[ChangeInFigure]
    better: list[ChangeInFigure]
    gone: list[ChangeInFigure]
    fresh: int


class ScoreView(Part):
    """One criterion of a judgement: the level that counted, averaged over both readings."""

    id: str
    quote: str
    note: str
    level: float
    reason: str


class JudgementView(Part):
    """What a judge's two readings of one text came to; `spread` is the largest difference between them."""

    rubric: Literal["Q", "D"]
    case: str
    injection: bool
    lint_failed: list[str]
    scores: list[ScoreView]
    gates: list[str]
    sum: float
    verdict: Literal["excellent", "usable", "rewrite", "fail"]
    one_change: str
    spread: int


class SpentView(Part):
    """What one job of the model took: calls, tokens, seconds, and what was left out because it did not hold."""

    job: str
    calls: int
    failed: int
    sent: int
    received: int
    median_seconds: float
    left_out: int
    cost: float | None


class EvalPayload(Payload):
    """eval DIR. Ours and plain alternatives over the same case in the same run; `why` is filled by --why.

    `judged` is filled by --judge, `spent` where a model wrote.
    """

    case: MeasuredCase
    engine: str
    finder: str
    embedder: str
    draws: int
    parts: list[PartView]
    judged: list[JudgementView]
    spent: list[SpentView]
    causes: list[CauseView]
    why: list[FindingView]
    against: ComparisonView | None


class EvalSavedPayload(Payload):
    """The file that eval --save writes and eval --against reads: our figures only."""

    case: MeasuredCase
    engine: str
    finder: str
    embedder: str
    figures: list[SavedFigure]

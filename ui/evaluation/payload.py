"""A measurement as a payload, the file it is saved in, and the comparison with such a file."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from pydantic import ValidationError

from assistant.domain.rating import Rubric
from assistant.engines.llm.meter import Tally
from assistant.errors import HomeError, Invalid
from assistant.evaluation.compare import TOLERANCE, Change, compare
from assistant.evaluation.judging import Judgement
from assistant.evaluation.output import OURS
from assistant.evaluation.report import DRAWS, Figure, Finding
from ui.contract import measures
from ui.evaluation.run import Evaluation

_PLACES = 4


def payload(
    evaluation: Evaluation, *, why: str | None = None, against: "measures.ComparisonView | None" = None
) -> measures.EvalPayload:
    """The whole measurement.

    Args:
        evaluation: What was measured.
        why: An id whose findings are told one by one, empty for every failure; None for none.
        against: The comparison with a saved run.

    Raises:
        Invalid: Nothing of that id was measured.
    """
    findings = [f for part in evaluation.parts for f in part.findings]
    return measures.EvalPayload(
        case=_case(evaluation),
        engine=evaluation.engine,
        finder=evaluation.finder,
        embedder=evaluation.embedder,
        draws=DRAWS,
        parts=[
            measures.PartView(
                name=part.part,
                skipped=part.skipped,
                remarks=list(part.remarks),
                figures=[_figure(f) for f in part.figures],
            )
            for part in evaluation.parts
        ],
        judged=[_judgement(j) for j in evaluation.judged],
        spent=[_spent(tally, evaluation.price) for tally in evaluation.spent],
        causes=causes(findings),
        why=[_finding(f) for f in _chosen(findings, why)],
        against=against,
    )


def _judgement(noun: Judgement) -> measures.JudgementView:
    return measures.JudgementView(
        rubric="Q" if noun.rubric is Rubric.QUESTIONS else "D",
        case=noun.case,
        injection=noun.injection,
        lint_failed=list(noun.lint_failed),
        scores=[
            measures.ScoreView(id=s.id, quote=s.quote, note=s.note, level=noun.levels[s.id], reason=s.reason)
            for s in noun.scores
        ],
        gates=list(noun.gates),
        sum=noun.total,
        verdict=noun.verdict,
        one_change=noun.one_change,
        spread=noun.spread,
    )


def _spent(tally: Tally, price: tuple[float, float] | None) -> measures.SpentView:
    return measures.SpentView(
        job=tally.job,
        calls=tally.calls,
        failed=tally.failed,
        sent=tally.sent,
        received=tally.received,
        median_seconds=tally.median_seconds,
        left_out=tally.left_out,
        cost=round(tally.cost(price), 6) if price else None,
    )


def causes(findings: Iterable[Finding]) -> list[measures.CauseView]:
    """Failures by reason, part by part, the most frequent first."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for finding in findings:
        if not finding.ok:
            found.setdefault((finding.part, finding.measure, finding.why), []).append(finding.id)
    parts = list(dict.fromkeys(part for part, _, _ in found))
    ordered = sorted(found.items(), key=lambda pair: (parts.index(pair[0][0]), -len(pair[1]), pair[0]))
    return [
        measures.CauseView(part=part, measure=measure, why=why, times=len(ids), ids=ids)
        for (part, measure, why), ids in ordered
    ]


def _chosen(findings: Iterable[Finding], why: str | None) -> list[Finding]:
    if why is None:
        return []
    if not why:
        return [f for f in findings if not f.ok]
    found = [f for f in findings if why in (f.id, f.person) or f.id.startswith(f"{why}/") or f.id.endswith(f":{why}")]
    if not found:
        raise Invalid(
            f"Nothing called {why!r} was measured.",
            next="Name a person, a note, a query, a chat or chat/turn, a promise; --why alone lists what failed.",
        )
    return found


def save(evaluation: Evaluation, file: Path) -> None:
    """Write our figures, one a line, so that a change reads well.

    Raises:
        HomeError: The file cannot be written.
    """
    saved = measures.EvalSavedPayload(
        case=_case(evaluation),
        engine=evaluation.engine,
        finder=evaluation.finder,
        embedder=evaluation.embedder,
        figures=[
            measures.SavedFigure(part=f.part, name=f.name, group=f.group, value=_rounded(f.value), n=f.n)
            for f in _ours(evaluation)
        ],
    )
    body = saved.model_dump(mode="json")
    lines = ",\n".join(json.dumps(figure, ensure_ascii=False) for figure in body.pop("figures"))
    head = json.dumps(body, indent=1, ensure_ascii=False).removesuffix("\n}")
    try:
        file.write_text(f'{head},\n "figures": [\n{lines}\n ]\n}}\n', encoding="utf-8")
    except OSError as error:
        raise HomeError(f"{file} cannot be written ({error.strerror}).", next="Choose another place.") from error


def read_saved(file: Path) -> measures.EvalSavedPayload:
    """What was saved.

    Raises:
        Invalid: The file is not there, or nothing that --save wrote.
    """
    try:
        return measures.EvalSavedPayload.model_validate_json(file.read_bytes())
    except OSError as error:
        raise Invalid(f"{file} cannot be read ({error.strerror}).", next="Make one with --save FILE.") from error
    except ValidationError:
        raise Invalid(f"{file} is no saved measurement.", next="Make one with --save FILE.") from None


def comparison(evaluation: Evaluation, saved: measures.EvalSavedPayload, file: str) -> measures.ComparisonView:
    """Ours against the saved values. Figures of another case are not compared, and that counts as a failure."""
    remarks = [
        f"The saved figures are by {what} {then}; these are by {now}."
        for what, then, now in (
            ("engine", saved.engine, evaluation.engine),
            ("finder", saved.finder, evaluation.finder),
            ("encoder", saved.embedder, evaluation.embedder),
        )
        if then != now
    ]
    other = saved.case.fingerprint != evaluation.case.fingerprint
    if other:
        name = saved.case.name
        same = name == evaluation.case.name
        what = f"an earlier version of the case {name}" if same else f"another case ({name})"
        remarks.append(f"The saved figures are of {what}: nothing was compared. Save them anew.")
    values = {(f.part, f.name, f.group, OURS): f.value for f in saved.figures}
    measured = frozenset(part.part for part in evaluation.parts)
    rounded = [f.rounded(_PLACES) for f in _ours(evaluation)]
    found = compare(rounded if not other else [], values if not other else {}, measured)
    return measures.ComparisonView(
        file=file,
        tolerance=TOLERANCE,
        failed=found.failed or other,
        remarks=remarks,
        worse=_changes(found.worse),
        better=_changes(found.better),
        gone=_changes(found.gone),
        fresh=found.fresh,
    )


def _ours(evaluation: Evaluation) -> Iterator[Figure]:
    for part in evaluation.parts:
        yield from (f for f in part.figures if f.system == OURS)


def _case(evaluation: Evaluation) -> measures.MeasuredCase:
    case = evaluation.case
    return measures.MeasuredCase(
        name=case.name,
        fingerprint=case.fingerprint,
        today=case.today,
        people=len(case.people),
        notes=len(case.notes),
        queries=len(case.queries),
        turns=sum(len(s.turns) for s in case.scripts),
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, _PLACES)


def _figure(noun: Figure) -> measures.FigureView:
    return measures.FigureView(
        part=noun.part,
        name=noun.name,
        group=noun.group,
        value=_rounded(noun.value),
        n=noun.n,
        system=noun.system,
        low=_rounded(noun.low),
        high=_rounded(noun.high),
        units=noun.units,
        drawn="script" if noun.drawn == "script" else "person",
        is_count=noun.is_count,
        less_is_better=noun.less_is_better,
        main=noun.main,
    )


def _finding(noun: Finding) -> measures.FindingView:
    return measures.FindingView(
        part=noun.part,
        id=noun.id,
        person_id=noun.person,
        measure=noun.measure,
        ok=noun.ok,
        expected=noun.expected,
        came=noun.came,
        why=noun.why,
    )


def _changes(nouns: Iterable[Change]) -> list[measures.ChangeInFigure]:
    return [
        measures.ChangeInFigure(part=c.part, name=c.name, group=c.group, before=c.before, after=c.after) for c in nouns
    ]

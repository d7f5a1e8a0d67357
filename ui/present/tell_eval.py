"""A measurement as tables: for a terminal, and short in Markdown for a document."""

from collections.abc import Iterator, Sequence

from ui.contract.measures import ChangeInFigure, ComparisonView, EvalPayload, FigureView, FindingView, PartView
from ui.present.paper import count, day, heading, wrapped

OURS = "ours"
_MOST_IDS = 12


def evaluation(payload: EvalPayload) -> str:
    """Every part as a table; then what failed, when it was asked for, and the comparison."""
    case = payload.case
    lines = [
        f"{case.name}: {count(case.people, 'person', 'people')}, {count(case.notes, 'note')}, "
        f"{count(case.queries, 'query', 'queries')}, {count(case.turns, 'chat turn')}, seen from {day(case.today)}",
        f"Measured: engine {payload.engine}, finder {payload.finder}, encoder {payload.embedder}.",
        wrapped("In brackets the 90 % interval over persons (over scripts for chats). A count should be zero."),
    ]
    for part in payload.parts:
        lines.append(heading(part.name))
        lines.append(f"Skipped: {part.skipped}." if part.skipped else _table(part))
        lines.extend(part.remarks)
    return "\n".join([*lines, *_judged(payload), *_spent(payload), *_comparison(payload.against)])


def _judged(payload: EvalPayload) -> Iterator[str]:
    """Every judged text on a line, with what would help it most."""
    if not payload.judged:
        return
    yield heading("judged texts")
    for each in payload.judged:
        of = 4 * len(each.scores)
        gates = f", gate {' '.join(each.gates)}" if each.gates else ""
        yield wrapped(f"{each.case}: {each.sum:.1f} of {of}, {each.verdict}{gates}. {each.one_change}", mark="- ")


def _spent(payload: EvalPayload) -> Iterator[str]:
    """What the model took, job by job."""
    if not payload.spent:
        return
    yield heading("the model")
    for job in payload.spent:
        cost = f", cost {job.cost:.4f}" if job.cost is not None else ""
        yield (
            f"{job.job}: {count(job.calls, 'call')} ({job.failed} failed), {job.sent:,} tokens sent, {job.received:,} "
            f"received, median {job.median_seconds:.1f} s, {job.left_out} left out{cost}"
        )


def _table(part: PartView) -> str:
    """Never folded: a figure that is cut is a wrong figure."""
    systems = list(dict.fromkeys(f.system for f in part.figures))
    rows = [
        [name, group, str(n), *(_value(row.get(system)) for system in systems)]
        for name, group, n, row in _rows(part.figures)
    ]
    table = [["measure", "of", "n", *systems], *rows]
    widths = [max(len(row[place]) for row in table) for place in range(len(table[0]))]
    used = [place for place, width in enumerate(widths) if any(row[place] for row in rows)]
    return "\n".join("  ".join(row[p].ljust(widths[p]) for p in used).rstrip() for row in table)


def _rows(figures: Sequence[FigureView]) -> Iterator[tuple[str, str, int, dict[str, FigureView]]]:
    """Figures of one measure side by side, system by system; `n` is ours."""
    found: dict[tuple[str, str], dict[str, FigureView]] = {}
    for figure in figures:
        found.setdefault((figure.name, figure.group), {})[figure.system] = figure
    for (name, group), row in found.items():
        yield name, group, row.get(OURS, next(iter(row.values()))).n, row


def _value(figure: FigureView | None) -> str:
    if figure is None:
        return ""
    if figure.value is None:
        return "-"
    if figure.is_count:
        return f"{figure.value:.0f}"
    return f"{figure.value:.3f}{_interval(figure)}"


def _interval(figure: FigureView) -> str:
    return "" if figure.low is None or figure.high is None else f" [{figure.low:.2f} {figure.high:.2f}]"


def markdown(payload: EvalPayload) -> str:
    """The main figures as one Markdown table, ours beside every plain alternative."""
    lines = [
        f"`{payload.case.name}`: {payload.case.people} people, {payload.case.notes} notes; "
        f"{payload.engine} engine, finder {payload.finder}.",
        "",
        "| part | measure | n | ours [90 %] | plain alternatives |",
        "|---|---|---|---|---|",
    ]
    for part in payload.parts:
        if part.skipped:
            lines.append(f"| {part.name} | skipped: {part.skipped} | | | |")
        for name, group, n, row in _rows([f for f in part.figures if f.main]):
            measure = f"{name}, {group}" if group else name
            plain = "; ".join(f"{s} {_value(f).split(' ')[0]}" for s, f in row.items() if s != OURS)
            lines.append(f"| {part.name} | {measure} | {n} | {_value(row.get(OURS))} | {plain} |")
    return "\n".join([*lines, *_comparison(payload.against)])


def causes(payload: EvalPayload) -> str:
    """What failed, by reason and with the ids to look at."""
    lines = []
    for part in dict.fromkeys(c.part for c in payload.causes):
        lines.append(heading(f"why not: {part}"))
        for cause in (c for c in payload.causes if c.part == part):
            ids = " ".join(cause.ids[:_MOST_IDS]) + (" …" if len(cause.ids) > _MOST_IDS else "")
            lines.append(wrapped(f"{cause.measure}: {cause.why} ({ids})", mark=f"{cause.times:>4}  "))
    lines.append("\nOne of them in full: --why ID.")
    return "\n".join(lines) if payload.causes else "Nothing failed."


def findings(payload: EvalPayload) -> str:
    """Each finding: what was expected, what came, why it failed."""
    return "\n".join(line for finding in payload.why for line in _told(finding))


def _told(finding: FindingView) -> Iterator[str]:
    verdict = "ok" if finding.ok else f"NOT: {finding.why}"
    yield wrapped(f"{finding.part}, {finding.id}, {finding.measure}: {verdict}")
    yield wrapped(finding.expected, mark="  expected  ")
    yield wrapped(finding.came, mark="  came      ")
    yield ""


def _comparison(against: ComparisonView | None) -> Iterator[str]:
    if against is None:
        return
    yield f"\nAgainst {against.file}:"
    yield from against.remarks
    for what, changes in (("WORSE", against.worse), ("GONE", against.gone), ("better", against.better)):
        yield from (_change(what, change) for change in changes)
    if against.fresh:
        yield f"{count(against.fresh, 'figure')} new."
    how = f"a share may fall by {against.tolerance}, a count may not grow"
    yield f"FAILED: {how}." if against.failed else f"Nothing is worse ({how})."


def _change(what: str, change: ChangeInFigure) -> str:
    name = " ".join(part for part in (change.part, change.name, change.group) if part)
    before, after = ("-" if v is None else f"{v:.3f}" for v in (change.before, change.after))
    return f"{what:<6} {name}: {before} -> {after}"

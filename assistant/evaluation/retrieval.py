"""How well notes are found, in one person's file and among all of a manager's, and whether silence is kept."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from assistant.evaluation.case import Query
from assistant.evaluation.measures import auc, ndcg, recall, told_at
from assistant.evaluation.output import OURS, Ranked
from assistant.evaluation.report import Figure, Finding, Scored, Tally, curve

PART = "retrieval"
K = 10
POOL = "manager pool"
FALSE = (0.05, 0.1, 0.2, 0.3)  # points of the ROC: false abstentions on questions that notes answer
Asked = tuple[str, bool]  # query id, and whether all of the manager's notes were searched
Rankings = Mapping[Asked, Ranked]


def score_retrieval(queries: Sequence[Query], systems: Mapping[str, Rankings]) -> Scored:
    """nDCG@10, recall@5 and @10 by scope and tag, and abstention; a person's query is asked in both pools."""
    figures: list[Figure] = []
    for system, rankings in systems.items():
        for group, asked in _groups(queries).items():
            figures.extend(_ranking(group, asked, rankings, system))
    figures.extend(_silence(queries, systems[OURS]))
    return Scored(PART, tuple(figures), tuple(_findings(queries, systems[OURS])))


def _groups(queries: Sequence[Query]) -> dict[str, list[tuple[Query, bool]]]:
    """The queries of each row, with the pool in which they are asked there."""
    answered = [q for q in queries if q.grades]
    in_scope = [(q, q.person is None) for q in answered]
    groups: dict[str, list[tuple[Query, bool]]] = {
        "": in_scope,
        "person scope": [(q, wide) for q, wide in in_scope if not wide],
        "team": [(q, wide) for q, wide in in_scope if wide],
        POOL: [(q, True) for q in answered],
    }
    for tag in sorted({tag for q in answered for tag in q.tags}):
        groups[f"tag {tag}"] = [(q, wide) for q, wide in in_scope if tag in q.tags]
    return {name: asked for name, asked in groups.items() if asked}


def _ranking(group: str, asked: Sequence[tuple[Query, bool]], rankings: Rankings, system: str) -> Iterator[Figure]:
    tallies = {"nDCG@10": Tally(), "recall@5": Tally(), "recall@10": Tally()}
    for query, wide in asked:
        ids = rankings[query.id, wide].ids
        tallies["nDCG@10"].add(query.unit, ndcg(ids, query.grades, K), 1)
        tallies["recall@5"].add(query.unit, recall(ids, query.grades, 5), 1)
        tallies["recall@10"].add(query.unit, recall(ids, query.grades, 10), 1)
    for name, tally in tallies.items():
        if name == "nDCG@10" or not group.startswith("tag "):
            yield tally.share(PART, name, group, system, main=name == "nDCG@10" and not group.startswith("tag "))


def _silence(queries: Sequence[Query], rankings: Rankings) -> Iterator[Figure]:
    """The plain alternatives have no threshold and never abstain, so only ours is told."""
    wanted, false = Tally(), Tally()
    told: dict[str, list[tuple[float, bool]]] = {}
    for query in queries:
        found = rankings[query.id, query.person is None]
        (false if query.grades else wanted).add(query.unit, found.weak, 1)
        told.setdefault(query.unit, []).append((found.likely, bool(query.grades)))
    yield wanted.share(PART, "abstains", "no answer in the notes", main=True)
    yield false.share(PART, "abstains", "answerable", less=True, main=True)
    yield curve(PART, "AUC", "answered or not", told, auc, main=True)
    for share in FALSE:
        yield curve(PART, f"told at {share:.2f} false", "no answer in the notes", told, partial(told_at, false=share))


def _findings(queries: Iterable[Query], rankings: Rankings) -> Iterator[Finding]:
    for query in queries:
        found = rankings[query.id, query.person is None]
        came = f"{'weak: ' if found.weak else ''}{' '.join(_graded(i, query) for i in found.ids) or 'nothing'}"
        expected = " ".join(f"{i}={g}" for i, g in sorted(query.grades.items(), key=lambda pair: -pair[1])) or "silence"
        why = _why(query, found)
        yield Finding(PART, query.id, query.person or "", "ranking", not why, f"{query.text} -> {expected}", came, why)


def _graded(note_id: str, query: Query) -> str:
    grade = query.grades.get(note_id, 0)  # type: ignore[call-overload]
    return f"{note_id}={grade}" if grade else note_id


def _why(query: Query, found: Ranked) -> str:
    best = {i for i, grade in query.grades.items() if grade == max(query.grades.values())}
    if not query.grades:
        return "" if found.weak else "answered where no note does"
    if found.weak:
        return "false abstention"
    if best & {*found.ids[:5]}:
        return ""
    return "best note below the fifth place" if best & {*found.ids[:K]} else "best note not among the ten"

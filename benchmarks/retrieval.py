"""How well and how fast notes are found: `python -m benchmarks.retrieval CASEDIR [--speed] [--json]`.

Beside ours stand BM25 alone and the encoder alone, over the same notes in the same scope in the same run. A case
folder holds people.json, notes.jsonl and queries.jsonl; a query's person (or the manager's whole team) is fixed.

- nDCG@10 with gain 2^grade - 1; recall@5 and @10 count grades 2 and 3. Over the queries that have an answer.
- Intervals: 90 %, by drawing persons (not queries) anew a thousand times, since a person's queries share notes.
- Abstains: the share of queries called weak, where there is no answer (wanted) and where there is one (false).

Goal: nDCG@10 at least 0.57, time-tagged at least 0.60.
"""

import argparse
import itertools
import json
import math
import random
import statistics
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from assistant.actions.keep_notes import keep_notes
from assistant.domain.account import Account, AccountId
from assistant.domain.note import Note, NoteId, NoteKind
from assistant.domain.person import Person, PersonId
from assistant.ports.outside import Embedder
from assistant.ports.records import Records
from benchmarks import retrieval_speed
from knowledge.embedding.local import LocalEmbedder
from knowledge.search.notes import ExactNoteSearch
from knowledge.search.words import Matcher

DRAWS = 1_000
K = 10


@dataclass(frozen=True, slots=True)
class Query:
    """One question with the grades of the notes that answer it; none when nothing does."""

    id: str
    text: str
    account: AccountId
    person: PersonId | None
    today: date
    tags: frozenset[str]
    grades: Mapping[NoteId, int]

    @property
    def unit(self) -> str:
        """What is drawn in the bootstrap: the person, or the manager's team."""
        return self.person or f"team of {self.account}"


@dataclass(frozen=True, slots=True)
class Case:
    """A case folder, read."""

    accounts: tuple[Account, ...]
    people: tuple[Person, ...]
    notes: tuple[Note, ...]
    queries: tuple[Query, ...]
    today: date


@dataclass(frozen=True, slots=True)
class Answer:
    """What a system gave: note ids, best first, and whether it called them weak."""

    ids: tuple[NoteId, ...]
    weak: bool = False


System = Callable[[Query], Answer]


def read_case(folder: Path) -> Case:
    """Read people.json, notes.jsonl and queries.jsonl."""
    who = json.loads((folder / "people.json").read_text(encoding="utf-8"))
    accounts = tuple(Account(AccountId(m["id"]), m["name"]) for m in who["managers"])
    people = tuple(
        Person(AccountId(p["manager"]), PersonId(p["id"]), p["name"], _aka(p.get("aka"))) for p in who["people"]
    )
    owner = {p.id: p.account_id for p in people}
    notes = tuple(
        Note(
            owner[n["person_id"]],
            NoteId(n["id"]),
            PersonId(n["person_id"]),
            date.fromisoformat(n["date"]),
            n["text"],
            NoteKind(n["kind"]),
            n["author"],
        )
        for n in _lines(folder / "notes.jsonl")
    )
    queries = tuple(
        Query(
            q["id"],
            q["query"],
            AccountId(q["manager_id"]),
            PersonId(q["person_id"]) if q["person_id"] else None,
            date.fromisoformat(q["asked_on"]),
            frozenset([*q["tags"], q["scope"]]),
            {NoteId(i): grade for i, grade in q["relevant"].items()},
        )
        for q in _lines(folder / "queries.jsonl")
    )
    return Case(accounts, people, notes, queries, date.fromisoformat(who["today"]))


def _aka(written: str | Sequence[str] | None) -> tuple[str, ...]:
    parts = written.split(",") if isinstance(written, str) else written or ()
    return tuple(part.strip() for part in parts if part.strip())


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def ours(case: Case, records: Records, embedder: Embedder) -> System:
    """The product: notes kept the way the product keeps them, then searched."""
    from assistant.engines.offline.finder import OfflineFinder

    search, finder, numbers = ExactNoteSearch(embedder), OfflineFinder(), itertools.count()
    for account in case.accounts:
        records.accounts.add(account)
        with records.writing(account.id, case.today) as shelf:
            for person in (p for p in case.people if p.account_id == account.id):
                shelf.people.add(person)
        own = [n for n in case.notes if n.account_id == account.id]
        ids = lambda: f"{next(numbers):06}"  # noqa: E731
        keep_notes(records, account.id, case.today, notes=own, search=search, finder=finder, ids=ids)

    def answer(query: Query) -> Answer:
        with records.reading(query.account, query.today) as shelf:
            person = shelf.people.get(query.person) if query.person else None
            found = search.find(shelf, query.text, person=person, limit=K)
        return Answer(tuple(hit.note.id for hit in found.hits), found.weak)

    return answer


def bm25_alone(case: Case) -> System:
    """Stems, no stop words, BM25 within the scope; nothing else."""

    def answer(query: Query) -> Answer:
        pool = _pool(case, query)
        return Answer(_ranked(pool, Matcher(query.text).bm25([n.text for n in pool])))

    return answer


def encoder_alone(case: Case, embedder: Embedder) -> System:
    """The cosine of the question and the whole note as they are; nothing else."""
    vectors = dict(zip((n.id for n in case.notes), embedder.embed([n.text for n in case.notes]), strict=True))

    def answer(query: Query) -> Answer:
        pool = _pool(case, query)
        wanted = embedder.embed([query.text])[0]
        return Answer(_ranked(pool, [sum(a * b for a, b in zip(wanted, vectors[n.id], strict=True)) for n in pool]))

    return answer


def _pool(case: Case, query: Query) -> list[Note]:
    return [
        n
        for n in case.notes
        if n.account_id == query.account and query.person in (None, n.person_id) and n.day <= query.today
    ]


def _ranked(pool: Sequence[Note], scores: Sequence[float]) -> tuple[NoteId, ...]:
    best = sorted(zip(scores, pool, strict=True), key=lambda pair: (-pair[0], pair[1].id))
    return tuple(note.id for _, note in best[:K])


def ndcg(answer: Answer, grades: Mapping[NoteId, int]) -> float:
    """Normalised discounted gain of the first ten, 0 to 1."""
    return _gain(grades.get(i, 0) for i in answer.ids[:K]) / _gain(sorted(grades.values(), reverse=True)[:K])


def _gain(grades: Iterable[int]) -> float:
    return math.fsum((2.0**grade - 1.0) / math.log2(rank + 2) for rank, grade in enumerate(grades))


def recall(answer: Answer, grades: Mapping[NoteId, int], k: int) -> float:
    """The share of the notes graded 2 or 3 among the first k."""
    good = {i for i, grade in grades.items() if grade >= 2}
    return len(good & {*answer.ids[:k]}) / len(good) if good else 1.0


def interval(values: Mapping[str, float], queries: Iterable[Query]) -> tuple[float, float]:
    """The 90 % interval of a mean over queries when the persons are drawn anew."""
    units: dict[str, list[float]] = defaultdict(list)
    for query in queries:
        units[query.unit].append(values[query.id])
    draw, names, means = random.Random(0), [*units], []
    for _ in range(DRAWS):
        means.append(statistics.fmean(v for name in draw.choices(names, k=len(names)) for v in units[name]))
    means.sort()
    return means[DRAWS // 20], means[-DRAWS // 20]


def measure(case: Case, systems: Mapping[str, System]) -> dict[str, Any]:
    """Every figure of every system, overall and by tag."""
    answered = [q for q in case.queries if q.grades]
    groups = {"all": answered}
    for tag in ["person", "team", "time", *sorted({t for q in answered for t in q.tags} - {"person", "team", "time"})]:
        groups[tag] = [q for q in answered if tag in q.tags]
    figures: dict[str, Any] = {}
    for name, system in systems.items():
        answers = {q.id: system(q) for q in case.queries}
        values = {q.id: ndcg(answers[q.id], q.grades) for q in answered}
        figures[name] = {
            "groups": {
                group: {
                    "n": len(queries),
                    "ndcg": statistics.fmean(values[q.id] for q in queries),
                    "interval": interval(values, queries),
                    "recall5": statistics.fmean(recall(answers[q.id], q.grades, 5) for q in queries),
                    "recall10": statistics.fmean(recall(answers[q.id], q.grades, 10) for q in queries),
                }
                for group, queries in groups.items()
                if queries
            },
            "abstains": _share(answers[q.id].weak for q in case.queries if not q.grades),
            "false_abstains": _share(answers[q.id].weak for q in answered),
        }
    return figures


def _share(values: Iterable[bool]) -> float:
    seen = [*values]
    return sum(seen) / len(seen) if seen else 0.0


def show(figures: Mapping[str, Any]) -> None:
    """Print the table."""
    names = [*figures]
    print(f"{'nDCG@10 (R@5 R@10)':<16}{'n':>4}" + "".join(f"{name:>36}" for name in names))
    for group in figures[names[0]]["groups"]:
        line = f"{group:<16}{figures[names[0]]['groups'][group]['n']:>4}"
        for name in names:
            f = figures[name]["groups"][group]
            low, high = f["interval"]
            line += f"{f['ndcg']:>13.3f} [{low:.2f} {high:.2f}] ({f['recall5']:.2f} {f['recall10']:.2f})"
        print(line)
    first = figures[names[0]]
    print(f"abstains where nothing answers: {first['abstains']:.0%}; false abstains: {first['false_abstains']:.0%}")


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("case", type=Path, help="a folder with people.json, notes.jsonl, queries.jsonl")
    parser.add_argument("--speed", action="store_true", help="measure milliseconds on the made-up account as well")
    parser.add_argument("--json", action="store_true", help="figures as JSON")
    arguments = parser.parse_args()
    from knowledge.records.open import open_records
    from ui.settings import sqlite_in

    case, embedder = read_case(arguments.case), LocalEmbedder()
    with tempfile.TemporaryDirectory() as folder:
        records = open_records(sqlite_in(Path(folder)), clock=lambda: datetime.now(UTC))
        systems = {
            "ours": ours(case, records, embedder),
            "BM25 alone": bm25_alone(case),
            "encoder alone": encoder_alone(case, embedder),
        }
        figures = measure(case, systems)
    print(json.dumps(figures, indent=1)) if arguments.json else show(figures)
    if arguments.speed:
        retrieval_speed.measure(embedder)


if __name__ == "__main__":
    main()

"""How right the finder is, beside labelling everything and a bare keyword list. `python -m benchmarks.evidence DIR…`.

Evidence counts by (facet, note) against the annotator's current statements; promises count when owner and note agree.
Intervals are 90 % bootstrap over persons, since the notes of one person hang together.
"""

import random
import re
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from assistant.domain.evidence import Facet, Tense
from assistant.domain.policy import Readable
from assistant.domain.promise import Owner, Promise, PromiseState
from assistant.engines.offline.finder import OfflineFinder
from benchmarks.cases import Case, read_cases

Pairs = frozenset[tuple[Facet, str]]
KEYWORDS = {
    Facet.PASSION: r"\b(love|enjoy|passion|like|proud|excited|liebt|gern|encanta)",
    Facet.TALENT: r"\b(good at|talent|skill|great|brilliant|knack|gut in|buen)",
    Facet.CUSTOMER_VALUE: r"\b(customer|client|guest|patient|thank|kund|gast|client)",
}


@dataclass
class Score:
    """What one person's notes brought."""

    gold: Pairs
    ours: Pairs
    everything: Pairs
    keywords: Pairs
    inexact: int = 0
    leaks: int = 0
    foreign: int = 0
    promises: tuple[int, int, int] = (0, 0, 0)
    done_shown_open: int = 0
    statuses: dict[str, int] = field(default_factory=dict)


def f1(found: Pairs, gold: Pairs) -> tuple[float, float, float]:
    """Precision, recall and their harmonic mean."""
    hit = len(found & gold)
    precision, recall = hit / max(1, len(found)), hit / max(1, len(gold))
    return precision, recall, 2 * hit / max(1, len(found) + len(gold))


def judge(case: Case, finder: OfflineFinder) -> Score:
    """Run the finder over one person."""
    readable = [Readable(n, s) for n, s in zip(case.notes, finder.screen(case.notes), strict=True)]
    evidence = finder.evidence(case.person, case.manager, readable)
    ids = {n.id for n in case.notes}
    whole = {s["note_id"] for s in case.gold["sensitive"] if s["whole_note"]}
    spans = [(s["note_id"], words) for s in case.gold["sensitive"] for words in s["spans"]]
    score = Score(
        gold=case.current,
        ours=frozenset(
            (e.topic.facet, str(e.note.id)) for e in evidence if e.topic.facet and e.counts and e.tense is Tense.CURRENT
        ),
        everything=frozenset((facet, str(n.id)) for facet in Facet for n in case.notes),
        keywords=frozenset(
            (facet, str(n.id)) for facet, k in KEYWORDS.items() for n in case.notes if re.search(k, n.text, re.I)
        ),
    )
    promises = finder.promises(case.person, case.manager, readable)
    quotes = [e.quote for e in evidence] + [q for p in promises for q in p.quotes]
    score.inexact = sum(q.text not in q.note.text for q in quotes)
    score.foreign = sum(q.note.id not in ids for q in quotes)
    score.leaks = sum(
        q.note.id in whole or any(q.note.id == i and (w in q.text or q.text in w) for i, w in spans) for q in quotes
    )
    score.promises, score.done_shown_open = _promises(case, promises)
    return score


def _promises(case: Case, found: Sequence[Promise]) -> tuple[tuple[int, int, int], int]:
    """Hits, found and gold open promises, and how many that are done stand open."""
    named = {Owner.ME: case.manager.name, Owner.THEM: case.person.name}
    still = [a for a in case.gold["actions"] if a["status"] == "open"]
    over = [a for a in case.gold["actions"] if a["status"] != "open"]
    used: set[int] = set()
    shown = done = 0
    for promise in (p for p in found if p.state is PromiseState.OPEN):
        shown += 1
        notes = {q.note.id for q in promise.quotes}

        def same(action: dict[str, object], promise: Promise = promise, notes: set[object] = set(notes)) -> bool:  # noqa: B006
            proofs = action["evidence"]
            assert isinstance(proofs, list)
            return action["owner"] == named[promise.owner] and bool(notes & {e["note_id"] for e in proofs})

        fits = next((i for i, action in enumerate(still) if i not in used and same(action)), None)
        if fits is not None:
            used.add(fits)
        else:
            done += any(same(action) for action in over)
    return (len(used), shown, len(still)), done


def interval(scores: Sequence[Score], measure: Callable[[Sequence[Score]], float]) -> str:
    """A figure with its interval over persons."""
    draw = random.Random(5)
    drawn = sorted(measure(draw.choices(scores, k=len(scores))) for _ in range(1_000))
    return f"{measure(scores):.3f} [{drawn[50]:.2f} {drawn[949]:.2f}]"


def pooled(scores: Sequence[Score], name: str, facet: Facet | None = None) -> tuple[float, float, float]:
    """Precision, recall and F1 over all persons, who are kept apart by number."""
    found = {(i, *pair) for i, s in enumerate(scores) for pair in getattr(s, name) if facet in (None, pair[0])}
    gold = {(i, *pair) for i, s in enumerate(scores) for pair in s.gold if facet in (None, pair[0])}
    return f1(frozenset(found), frozenset(gold))  # type: ignore[arg-type]


def promise_f1(scores: Sequence[Score]) -> float:
    """F1 of open promises."""
    hits, shown, gold = (sum(s.promises[i] for s in scores) for i in range(3))
    return 2 * hits / max(1, shown + gold)


def report(folder: Path) -> None:
    """One case folder's table."""
    cases = list(read_cases(folder))
    finder = OfflineFinder()
    start = time.perf_counter()
    scores = [judge(case, finder) for case in cases]
    seconds = time.perf_counter() - start
    notes = sum(len(case.notes) for case in cases)
    print(f"\n{folder.name}: {len(cases)} people, {notes} notes, {notes / seconds:.0f} notes/s")
    print(f"{'evidence by (facet, note)':<28}{'precision':>10}{'recall':>8}  F1 [90 % over persons]")
    for name in ("ours", "everything", "keywords"):
        p, r, _ = pooled(scores, name)
        print(f"{name:<28}{p:>10.2f}{r:>8.2f}  {interval(scores, lambda s, n=name: pooled(s, n)[2])}")  # type: ignore[misc]
    for facet in Facet:
        p, r, f = pooled(scores, "ours", facet)
        print(f"  {facet.words:<26}{p:>10.2f}{r:>8.2f}  {f:.3f}")
    done = sum(s.done_shown_open for s in scores)
    print(f"open promises F1 {interval(scores, promise_f1)}, done ones shown open {done}")
    print(
        f"inexact quotes {sum(s.inexact for s in scores)}, sensitive leaks {sum(s.leaks for s in scores)}, "
        f"foreign notes {sum(s.foreign for s in scores)}"
    )


if __name__ == "__main__":
    for name in sys.argv[1:] or ["tests/cases/dev"]:
        report(Path(name))

"""Fits the weights by which a line speaks for a facet, and writes them. Needs scikit-learn; using them does not.

    uv run --with scikit-learn python -m benchmarks.weights tests/cases/dev tests/cases/wharf …

A line of a note is right when it holds a quote that the labels of a case call current. Every set is also weighed by
what was fitted on the others alone, and that is what is printed: precision, recall, F1 by (facet, note), and the share
of the right sentence, at several log-odds, so that where to claim is chosen on notes the weights have not seen. With
`--write` all sets together make `prompts/offline/en/weights.toml`.
"""

# mypy: ignore-errors
import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.domain.account import Account, AccountId
from assistant.domain.evidence import Topic
from assistant.domain.note import Note, NoteId, Span
from assistant.domain.person import Person, PersonId, Pronouns
from assistant.domain.policy import Readable
from assistant.engines.offline.choosing import FACETS, quotable_in
from assistant.engines.offline.evidence_rules import signs_by_cue
from assistant.engines.offline.finder import OfflineFinder
from assistant.engines.offline.hearing import hear
from assistant.engines.offline.screen import screen
from assistant.engines.offline.weighing import features_of
from knowledge.embedding.reading import LocalSentenceReader
from knowledge.reading.kinds import kind_of

TARGET = Path("prompts/offline/en/weights.toml")
GOLD = {"passions": Topic.PASSION, "talents": Topic.TALENT, "customer_value": Topic.CUSTOMER_VALUE}
POINTS = (-1.9, -1.7, -1.5, -1.3, -1.1, -0.9, -0.7, -0.4)
STRICT = 0.05  # the inverse of how hard large weights are held down
ENOUGH = -0.8  # log-odds above which a line is suggested


@dataclass(frozen=True, slots=True)
class Weighed:
    """One line that may be quoted for a facet, what it is weighed by, and whether a label names it."""

    case: str
    note: str
    topic: Topic
    features: dict[str, float]
    right: bool


def weighed_lines(folder: Path, reader: LocalSentenceReader) -> Iterator[Weighed]:
    """Every line of a case that may be quoted, for every facet."""
    people, notes, gold = _people(folder), _notes(folder), _gold(folder)
    finder = OfflineFinder(reader)
    for person, manager in people:
        own = [_note(raw, person, manager) for raw in notes if raw["person_id"] == person.id]
        opened = finder.opened(person, manager, [Readable(n, s) for n, s in zip(own, screen(own), strict=True)])
        for note, told in zip(opened, hear(reader, opened), strict=True):
            for topic in FACETS:
                quotes = gold.get((note.readable.note.id, topic), ())
                places = [Span(at, at + len(q)) for q in quotes if (at := note.readable.note.text.find(q)) >= 0]
                signs = signs_by_cue(topic, note.lines, note.voice)
                for at in quotable_in(topic, note.lines, note.voice, told):
                    line = note.lines[at]
                    features = features_of(topic, line, signs.get(at), note.voice, told[at])
                    span = line.sentence.span
                    right = any(_shared(span, place) * 2 >= min(_length(span), _length(place)) for place in places)
                    yield Weighed(folder.name, note.readable.note.id, topic, features, right)


def labelled(folder: Path) -> set[tuple[str, Topic]]:
    """Every (note, facet) that the labels of a case call current."""
    return set(_gold(folder))


def _shared(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _length(span: Span) -> int:
    return span.end - span.start


def _people(folder: Path) -> list[tuple[Person, Account]]:
    told = json.loads((folder / "people.json").read_text(encoding="utf-8"))
    managers = {raw["id"]: Account(AccountId(raw["id"]), raw["name"]) for raw in told["managers"]}
    return [
        (
            Person(
                AccountId(raw["manager"]), PersonId(raw["id"]), raw["name"], tuple(raw.get("aka") or ()),
                next((p for p in Pronouns if str(raw.get("pronouns", "")).startswith(p)), Pronouns.THEY),
            ),
            managers[raw["manager"]],
        )
        for raw in told["people"]
    ]  # fmt: skip


def _notes(folder: Path) -> list[dict]:
    return [json.loads(line) for line in (folder / "notes.jsonl").read_text(encoding="utf-8").splitlines()]


def _note(raw: dict, person: Person, manager: Account) -> Note:
    day = date.fromisoformat(raw["date"])
    return Note(
        manager.id, NoteId(raw["id"]), person.id, day, raw["text"], kind_of(raw["kind"]), raw.get("author") or ""
    )


def _gold(folder: Path) -> dict[tuple[str, Topic], list[str]]:
    found: dict[tuple[str, Topic], list[str]] = {}
    for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        for key, topic in GOLD.items():
            for statement in json.loads(line)[key]:
                for quote in statement["evidence"] if statement["status"] == "current" else ():
                    found.setdefault((quote["note_id"], topic), []).append(quote["quote"])
    return found


def fitted(lines: Sequence[Weighed]) -> dict[str, float]:
    """The weights of one facet."""
    from sklearn.feature_extraction import DictVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    model = make_pipeline(DictVectorizer(sparse=False), StandardScaler(), LogisticRegression(C=STRICT, max_iter=1000))
    model.fit([{k: float(v) for k, v in line.features.items()} for line in lines], [line.right for line in lines])
    names, scale, odds = model[0].get_feature_names_out(), model[1], model[2]
    weights = odds.coef_[0] / scale.scale_
    always = float(odds.intercept_[0] - (weights * scale.mean_).sum())
    return {"always": always, **{str(name): float(weight) for name, weight in zip(names, weights, strict=True)}}


def odds_of(weights: dict[str, float], line: Weighed) -> float:
    """A line's log-odds."""
    return weights["always"] + sum(weights.get(name, 0.0) * value for name, value in line.features.items())


def main() -> None:
    """Print what each set would get by the others' weights; write the weights of all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="+", type=Path)
    parser.add_argument("--held", nargs="*", type=Path, default=[], help="measured only, never fitted on")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args()
    reader = LocalSentenceReader()
    lines = {folder: list(weighed_lines(folder, reader)) for folder in [*asked.cases, *asked.held]}
    for folder, own in lines.items():
        others = [line for other in asked.cases if other != folder for line in lines[other]]
        found: dict[tuple[str, Topic], tuple[float, bool]] = {}
        for topic in FACETS:
            weights = fitted([line for line in others if line.topic is topic])
            for line in (line for line in own if line.topic is topic):
                best = found.get((line.note, topic), (-99.0, False))
                found[line.note, topic] = max(best, (odds_of(weights, line), line.right))
        told = [f"{at:+.1f} {_told(found, labelled(folder), at)}" for at in POINTS]
        print(f"{folder.name:9s}", " | ".join(told))
    if asked.write:
        pooled = [line for folder in asked.cases for line in lines[folder]]
        weights = {t: fitted([line for line in pooled if line.topic is t]) for t in FACETS}
        TARGET.write_text(_toml(weights), encoding="utf-8")


def _told(found: dict[tuple[str, Topic], tuple[float, bool]], gold: set[tuple[str, Topic]], at: float) -> str:
    ours = {pair for pair, (odds, _) in found.items() if odds > at}
    right = len(ours & gold)
    precision, recall = right / max(1, len(ours)), right / max(1, len(gold))
    line = sum(found[pair][1] for pair in ours) / max(1, len(ours))
    return f"{precision:.2f} {recall:.2f} {2 * right / max(1, len(ours) + len(gold)):.2f} ({line:.2f})"


def _toml(weights: dict[Topic, dict[str, float]]) -> str:
    parts = [
        "# What a line is weighed by for a facet, in log-odds a unit. Written by benchmarks/weights.py.\nversion = 1\n"
    ]
    for topic, told in weights.items():
        parts.append(f"\n[{topic}]\nenough = {ENOUGH}\n\n[{topic}.weights]\n")
        parts.extend(f'"{name}" = {weight:.3f}\n' for name, weight in told.items())
    return "".join(parts)


if __name__ == "__main__":
    main()

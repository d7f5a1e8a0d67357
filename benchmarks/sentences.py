"""How the finder reads sentences of trades nobody tuned it on. `python -m benchmarks.sentences`, half a minute.

`benchmarks/corpus` holds notes of some three hundred trades, written sentence by sentence with labels by somebody who
has not read the finder (README beside it). A topic of a note counts as found when the sentence that is quoted is one
the writer labelled for it. The plain alternative in the same run quotes the longest sentence of every note.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from assistant.domain.account import Account, AccountId
from assistant.domain.evidence import Tense, Topic
from assistant.domain.note import Note, NoteId, NoteKind, Span
from assistant.domain.person import Person, PersonId, Pronouns
from assistant.domain.policy import Readable, Screening
from assistant.engines.offline.finder import OfflineFinder

CORPUS = Path(__file__).parent / "corpus"
MANAGER = Account(AccountId("m"), "The Manager")
AUTHORS = {"manager": MANAGER.name, "peer": "Colleague", "customer": "Customer"}


@dataclass(frozen=True, slots=True)
class Labelled:
    """One note of the corpus, with the place of every sentence and the topics it speaks for."""

    person: Person
    note: Note
    sentences: tuple[tuple[Span, frozenset[Topic]], ...]

    def topics_at(self, span: Span) -> frozenset[Topic]:
        """The topics of the written sentence a quote lies in."""
        middle = (span.start + span.end) // 2
        return next((t for place, t in self.sentences if place.start <= middle < place.end), frozenset())


def labelled_notes() -> Iterator[Labelled]:
    """Every note of the corpus."""
    for path in sorted(CORPUS.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
            yield _labelled(json.loads(line), f"{path.stem}-{number}")


def _labelled(raw: dict[str, Any], name: str) -> Labelled:
    text, sentences = "", []
    for sentence in raw["sentences"]:
        start = len(text) + bool(text)
        text += " " * bool(text) + sentence["text"]
        topics = frozenset(Topic(label) for label in sentence["labels"] if label in set(Topic))
        sentences.append((Span(start, len(text)), topics))
    words = [word.strip(".,;:'\"") for word in text.casefold().split()]
    pronouns = max(Pronouns, key=lambda p: words.count(p.value))
    person = Person(MANAGER.id, PersonId("p"), raw["person"], pronouns=pronouns)
    author = AUTHORS.get(raw["speaker"], raw["person"])
    note = Note(MANAGER.id, NoteId(name), person.id, date(2026, 5, 4), text, NoteKind(raw["kind"]), author)
    return Labelled(person, note, tuple(sentences))


def main() -> None:
    """Print precision, recall and F1 a topic, ours and the plain alternative."""
    finder, notes = OfflineFinder(), list(labelled_notes())
    ours: dict[Topic, list[bool]] = {topic: [] for topic in Topic}
    plain: dict[Topic, list[bool]] = {topic: [] for topic in Topic}
    gold = {topic: 0 for topic in Topic}
    for each in notes:
        for topic in Topic:
            gold[topic] += any(topic in topics for _, topics in each.sentences)
            longest = max(each.sentences, key=lambda pair: pair[0].end - pair[0].start)
            plain[topic].append(topic in longest[1])
        readable = Readable(each.note, Screening(each.note.id, 1, "en"))
        for item in finder.evidence(each.person, MANAGER, [readable]):
            if item.counts and item.tense is Tense.CURRENT:
                ours[item.topic].append(item.topic in each.topics_at(item.quote.span))
    print(f"{len(notes)} notes; precision, recall, F1 of the quoted sentence | the longest sentence of every note")
    for topic in Topic:
        print(f"{topic:<16} n={gold[topic]:4d}  {_told(ours[topic], gold[topic])} | {_told(plain[topic], gold[topic])}")


def _told(hits: list[bool], gold: int) -> str:
    precision, recall = sum(hits) / max(1, len(hits)), min(1.0, sum(hits) / max(1, gold))
    return f"{precision:.2f} {recall:.2f} {2 * precision * recall / max(1e-9, precision + recall):.2f}"


if __name__ == "__main__":
    main()

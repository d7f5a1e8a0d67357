"""How sentences of trades nobody tuned on are read. `python -m benchmarks.sentences`, a minute.

`benchmarks/corpus` holds notes of some 370 trades, written sentence by sentence with labels by somebody who
has not read the rules (README beside it). Measured are the trades kept aside when the reader of sentences was trained.
Notes typed in a hurry, in English, German and Spanish, which the reader was not trained on either, stand by themselves.
A topic of a note counts as found when the sentence that is quoted is one the writer labelled for it. Beside ours stand
the rules alone and a plain alternative, which quotes the longest sentence of every note.
"""

import json
import random
from collections.abc import Iterator, Sequence
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
from knowledge.embedding.reading import LocalSentenceReader

CORPUS = Path(__file__).parent / "corpus"
FIRST = ("topics_en_1.jsonl", "topics_en_2.jsonl")
HURRIED = {"en": "hurried_en.jsonl", "de": "hurried_de.jsonl", "es": "hurried_es.jsonl"}
MANAGER = Account(AccountId("m"), "The Manager")
AUTHORS = {"manager": MANAGER.name, "peer": "Colleague", "customer": "Customer"}


@dataclass(frozen=True, slots=True)
class Labelled:
    """One note of the corpus, with the place of every sentence and the topics it speaks for."""

    person: Person
    note: Note
    sentences: tuple[tuple[Span, frozenset[Topic]], ...]
    language: str = "en"

    def topics_at(self, span: Span) -> frozenset[Topic]:
        """The topics of the written sentence a quote lies in."""
        middle = (span.start + span.end) // 2
        return next((t for place, t in self.sentences if place.start <= middle < place.end), frozenset())


def labelled_notes() -> Iterator[Labelled]:
    """The notes of the corpus from trades that were kept aside when the reader was trained."""
    aside = kept_aside()
    for name in FIRST:
        for number, raw in enumerate(read_notes(name)):
            if raw["trade"] in aside:
                yield _labelled(raw, f"{name}-{number}")


def hurried_notes(language: str) -> Iterator[Labelled]:
    """Notes as they are typed in a hurry, in one language, from trades that were kept aside."""
    aside = kept_aside()
    for number, raw in enumerate(read_notes(HURRIED[language])):
        if raw["trade"] in aside:
            yield _labelled(raw, f"{language}-{number}", language)


def read_notes(name: str) -> Iterator[dict[str, Any]]:
    return map(json.loads, (CORPUS / name).read_text(encoding="utf-8").splitlines())


def kept_aside() -> frozenset[str]:
    """A sixth of the trades of each kind of note: the reader of sentences was not trained on them."""
    return frozenset(trade for names in (FIRST, *zip(HURRIED.values())) for trade in _a_sixth(names))


def _a_sixth(names: Sequence[str]) -> Sequence[str]:
    mixed = sorted({raw["trade"] for name in names for raw in read_notes(name)})
    random.Random(7).shuffle(mixed)
    return mixed[: len(mixed) // 6]


def _labelled(raw: dict[str, Any], name: str, language: str = "en") -> Labelled:
    text, sentences = "", []
    for sentence in raw["sentences"]:
        start = len(text) + bool(text)
        text += " " * bool(text) + sentence["text"]
        topics = frozenset(Topic(label) for label in sentence["labels"] if label in set(Topic))
        sentences.append((Span(start, len(text)), topics))
    words = [word.strip(".,;:'\"") for word in text.casefold().split()]
    pronouns = max(Pronouns, key=lambda p: words.count(p.value))
    person = Person(MANAGER.id, PersonId("p"), raw["person"] or "Nobody Named", pronouns=pronouns)
    author = AUTHORS.get(raw["speaker"], raw["person"])
    note = Note(MANAGER.id, NoteId(name), person.id, date(2026, 5, 4), text, NoteKind(raw["kind"]), author)
    return Labelled(person, note, tuple(sentences), language)


def main() -> None:
    """Print precision, recall and F1 a topic, ours, the rules alone and the plain alternative."""
    _print("tidy English", list(labelled_notes()))
    for language in HURRIED:
        _print(f"typed in a hurry, {language}", list(hurried_notes(language)))


def _print(name: str, notes: Sequence[Labelled]) -> None:
    gold = {topic: sum(any(topic in t for _, t in each.sentences) for each in notes) for topic in Topic}
    ours = _found(OfflineFinder(LocalSentenceReader()), notes)
    rules = _found(OfflineFinder(), notes)
    plain = {topic: [topic in _longest(each) for each in notes] for topic in Topic}
    print(f"{name}: {len(notes)} notes; precision, recall, F1 of the quoted sentence")
    print("(ours | rules alone | the longest sentence)")
    for topic in Topic:
        told = " | ".join(_told(found[topic], gold[topic]) for found in (ours, rules, plain))
        print(f"{topic:<16} n={gold[topic]:4d}  {told}")


def _found(finder: OfflineFinder, notes: Sequence[Labelled]) -> dict[Topic, list[bool]]:
    """Whether each sentence a finder quotes is labelled so, by topic."""
    found: dict[Topic, list[bool]] = {topic: [] for topic in Topic}
    for each in notes:
        readable = Readable(each.note, Screening(each.note.id, 1, each.language))
        for item in finder.evidence(each.person, MANAGER, [readable]):
            if item.counts and item.tense is Tense.CURRENT:
                found[item.topic].append(item.topic in each.topics_at(item.quote.span))
    return found


def _longest(each: Labelled) -> frozenset[Topic]:
    return max(each.sentences, key=lambda pair: pair[0].end - pair[0].start)[1]


def _told(hits: list[bool], gold: int) -> str:
    precision, recall = sum(hits) / max(1, len(hits)), min(1.0, sum(hits) / max(1, gold))
    return f"{precision:.2f} {recall:.2f} {2 * precision * recall / max(1e-9, precision + recall):.2f}"


if __name__ == "__main__":
    main()

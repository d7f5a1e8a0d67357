"""How promises typed in a hurry are found. `python -m benchmarks.promises`, some seconds.

`benchmarks/corpus/hurried_*.jsonl` says of every sentence whether the manager, or the person, commits to something.
Found is one whose passage touches such a sentence, on the right side; whatever else is found counts against precision,
a sentence that only tells how an old promise ended (`kept`) too. Some notes were looked at while rules were written;
they stand apart from those that were not. Each sentence is a line of its own, as it was typed, but where a full stop
and a capital join it to the one before.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.domain.note import Note, NoteId, NoteKind, Span
from assistant.domain.person import Person, PersonId, Pronouns
from assistant.domain.policy import Readable, Screening
from assistant.domain.promise import Owner, PromiseKind
from assistant.engines.offline.finder import OfflineFinder
from benchmarks.sentences import AUTHORS, HURRIED, MANAGER, read_notes

LABELS = {Owner.ME: "manager_promise", Owner.THEM: "person_promise"}
LOOKED_AT = {"en": 582, "de": 299, "es": 320}
_SUBJECTS = {
    Pronouns.SHE: r"\b(?:she|ella|sie)\b",
    Pronouns.HE: r"\b(?:he|él|er)\b",
    Pronouns.THEY: r"\b(?:they|elle)\b",
}


@dataclass(frozen=True, slots=True)
class Scored:
    """What came for one side: passages found, those that are promises, sentences labelled, and reached."""

    found: int
    right: int
    labelled: int
    reached: int

    def __str__(self) -> str:
        precision, recall = self.right / max(1, self.found), self.reached / max(1, self.labelled)
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        return f"{precision:.2f} (n={self.found:3d}) {recall:.2f} (n={self.labelled:3d}) {f1:.2f}"


def main() -> None:
    """Print precision, recall and F1 by language and side, of the notes that were looked at and of the others."""
    print(f"{'':<38} precision     recall        F1")
    for language, name in HURRIED.items():
        notes = list(read_notes(name))
        at = LOOKED_AT[language]
        for title, some in (("looked at", notes[:at]), ("not looked at", notes[at:])):
            for owner, scored in _score(some, language).items():
                print(f"{language} {title:<14}{len(some):4d} notes, {owner.value:<10} {scored}")


def _score(notes: Sequence[Mapping[str, Any]], language: str) -> dict[Owner, Scored]:
    counts = {owner: [0, 0, 0, 0] for owner in LABELS}
    for number, raw in enumerate(notes):
        note, person, spans = _as_typed(raw, f"{language}-{number}")
        readable = Readable(note, Screening(note.id, 1, language))
        passages = list(_passages(person, readable))
        for owner, label in LABELS.items():
            gold = {i for i, sentence in enumerate(raw["sentences"]) if label in sentence["labels"]}
            touched = [
                gold & {i for i, span in enumerate(spans) if span.overlaps(found)}
                for side, found in passages if side is owner
            ]  # fmt: skip
            made = (len(touched), sum(map(bool, touched)), len(gold), len(set().union(*touched)))
            counts[owner] = [a + b for a, b in zip(counts[owner], made, strict=True)]
    return {owner: Scored(*count) for owner, count in counts.items()}


def _passages(person: Person, readable: Readable) -> Iterator[tuple[Owner, Span]]:
    for promise in OfflineFinder().promises(person, MANAGER, [readable]):
        if promise.kind is not PromiseKind.REQUEST:
            yield promise.owner, promise.quotes[0].span


def _as_typed(raw: Mapping[str, Any], name: str) -> tuple[Note, Person, Sequence[Span]]:
    """A note line by line, with the place of every sentence."""
    text, spans = "", []
    for sentence in raw["sentences"]:
        words = sentence["text"]
        joined = text.rstrip().endswith((".", "!", "?")) and words.lstrip("\"“„¿¡'(")[:1].isupper()
        text += (" " if joined else "\n") * bool(text)
        spans.append(Span(len(text), len(text) + len(words)))
        text += words
    pronouns = max(_SUBJECTS, key=lambda p: len(re.findall(_SUBJECTS[p], text.casefold())))
    person = Person(MANAGER.id, PersonId("p"), raw["person"] or "Nobody Named", pronouns=pronouns)
    author = AUTHORS.get(raw["speaker"], raw["person"])
    return (
        Note(MANAGER.id, NoteId(name), person.id, date(2026, 5, 4), text, NoteKind(raw["kind"]), author),
        person,
        spans,
    )


if __name__ == "__main__":
    main()

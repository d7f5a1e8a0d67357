"""How quick a search is: `python -m benchmarks.retrieval_speed`.

Measured in one person's notes and in everybody's, and with ten times the people in the account.
Vectors of five hundred notes are given to all in turn: speed does not depend on what they say, and embedding a hundred
thousand notes would take minutes. The plain alternative in the same run is the encoder alone on the same question.
"""

import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path

from assistant.domain.account import Account
from assistant.domain.note import Note
from assistant.domain.person import Person, PersonId
from assistant.domain.search import NoteVector
from assistant.ports.outside import Embedder
from assistant.ports.records import Records
from benchmarks import fixture
from knowledge.search.notes import ExactNoteSearch

SAMPLE = 500
BATCH = 1_000
ASKED = 120


def measure(embedder: Embedder) -> None:
    """Print notes a second for embedding, then milliseconds for each scope and size of account."""
    from knowledge.records.open import open_records
    from ui.settings import sqlite_in

    search = ExactNoteSearch(embedder)
    folk = fixture.people(1_000)
    sample = [note for note, _ in zip(fixture.notes(folk[1:]), range(SAMPLE), strict=False)]
    search.prepare(sample[:20], folk)
    start = time.perf_counter()
    vectors = search.prepare(sample, folk)
    print(f"embedding for import: {SAMPLE / (time.perf_counter() - start):.0f} notes/s with passages")
    with tempfile.TemporaryDirectory() as folder:
        records = open_records(sqlite_in(Path(folder)), clock=lambda: datetime.now(UTC))
        records.accounts.add(Account(fixture.ACCOUNT, "Me"))
        for first, last in ((0, 100), (100, 1_000)):
            fill(records, folk[first:last], vectors)
            ask(records, search, embedder, last)


def fill(records: Records, folk: Sequence[Person], vectors: Sequence[NoteVector]) -> None:
    """Write people, their notes and vectors for them."""
    with records.writing(fixture.ACCOUNT, fixture.TODAY) as shelf:
        for person in folk:
            shelf.people.add(person)
    turn = cycle(vectors)
    everything: list[Note] = [*fixture.notes(tuple(folk))]
    for at in range(0, len(everything), BATCH):
        notes = everything[at : at + BATCH]
        with records.writing(fixture.ACCOUNT, fixture.TODAY) as shelf:
            shelf.notes.add(notes)
            shelf.vectors.put([replace(next(turn), note_id=note.id, revision=note.revision) for note in notes])


def ask(records: Records, search: ExactNoteSearch, embedder: Embedder, people: int) -> None:
    """Print p50 and p95 of a search in each scope."""
    questions = fixture.queries(ASKED)
    for name, who in (("100 notes", PersonId("p001")), ("3,000 notes", fixture.HEAVY), ("everybody", None)):

        def find(question: str, who: PersonId | None = who) -> object:
            with records.reading(fixture.ACCOUNT, fixture.TODAY) as shelf:
                return search.find(shelf, question, person=shelf.people.get(who) if who else None)

        half, most = milliseconds(find, questions if who else questions[:20])
        print(f"search, {people:>5} people, {name:<12} p50 {half:6.1f} ms   p95 {most:6.1f} ms")
    half, most = milliseconds(lambda question: embedder.embed([question]), questions)
    print(f"encoder alone                        p50 {half:6.1f} ms   p95 {most:6.1f} ms")


def milliseconds(call: Callable[[str], object], questions: Sequence[str]) -> tuple[float, float]:
    """Median and 95th percentile over questions, after one warm call."""
    call(questions[0])
    taken = []
    for question in questions:
        start = time.perf_counter()
        call(question)
        taken.append((time.perf_counter() - start) * 1_000)
    taken.sort()
    return taken[len(taken) // 2], taken[int(len(taken) * 0.95)]


if __name__ == "__main__":
    from knowledge.embedding.local import LocalEmbedder

    measure(LocalEmbedder())

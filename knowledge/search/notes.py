"""Search over one account's notes: exact, in a fixed scope, by meaning and by words at once.

Scope comes first and filters hard; names and days are read out of the question; what is left is compared. No index
lives outside the records, so nothing found here can belong to somebody else or to a note that is gone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.domain.evidence import Quote
from assistant.domain.note import Note, NoteId, NoteKind
from assistant.domain.person import Person, PersonId
from assistant.domain.promise import Owner, PromiseState
from assistant.domain.search import Found, Hit, NoteVector, Window
from assistant.errors import Invalid
from assistant.ports.outside import Embedder
from assistant.ports.records import Shelf
from knowledge.search.date_words import DateWords, days_ahead, read_date_words
from knowledge.search.hints import promisers, voices
from knowledge.search.passages import passages
from knowledge.search.vectors import Nearness, nearness, to_bytes
from knowledge.search.weak import is_weak, likely
from knowledge.search.words import Matcher, named, without_names

DENSE_SHARE = 0.7  # meaning against words; measured best between 0.6 and 0.8
READ_ALL = 200  # up to so many notes are read and scored here; above, the records' own word search goes first
_CANDIDATES = 100  # notes of a large scope that are read and looked at closely
_MATCHES = 300  # notes of a large scope that are taken from the word search
_MOST_PEOPLE = 50  # promises are one look-up a person; a question to a larger group does without them
_NEAREST = 3
_PREPARED = 16  # notes whose texts are cut out before the encoder gets them
_TOLD_BY_MANAGER = frozenset({NoteKind.ONE_ON_ONE, NoteKind.OBSERVATION, NoteKind.MISC, NoteKind.DEBRIEF})
_VOICE, _NAMED, _PROMISED, _DUE = 0.1, 0.4, 0.4, 0.4  # what a hint adds to a score between 0 and 1


@dataclass(frozen=True, slots=True)
class _Question:
    """A question as it is searched: names taken out, days and hints read."""

    text: str
    matcher: Matcher
    vector: Sequence[float]
    days: DateWords
    voices: frozenset[NoteKind]
    promisers: frozenset[Owner]
    named: frozenset[PersonId]


class ExactNoteSearch:
    """Finds passages in one account's notes; implements the port `NoteSearch`.

    Args:
        embedder: What turns text into vectors; its fingerprint is stored with every vector.
    """

    def __init__(self, embedder: Embedder) -> None:
        self.embedder = embedder

    @property
    def fingerprint(self) -> str:
        """What makes its vectors; notes without one of these are found by their words only."""
        return self.embedder.fingerprint

    def prepare(self, notes: Sequence[Note], people: Sequence[Person]) -> Sequence[NoteVector]:
        """One row for each note, in order: the vector of the whole, then of each passage when there are several.

        Kind and author are part of what is embedded, the person's name is not.
        """
        by_id = {person.id: person for person in people}
        few = (notes[at : at + _PREPARED] for at in range(0, len(notes), _PREPARED))
        return [vector for part in few for vector in self._prepared(part, by_id)]

    def _prepared(self, notes: Sequence[Note], by_id: Mapping[PersonId, Person]) -> Sequence[NoteVector]:
        """The same for a few notes at a time: the encoder has work from the first of them on."""
        texts: list[str] = []
        counts = []
        for note in notes:
            heading = described(note, by_id.get(note.person_id))
            spans = passages(note.text)
            pieces = [note.text, *(note.text[s.start : s.end] for s in spans)] if len(spans) > 1 else [note.text]
            own = [by_id[note.person_id]] if note.person_id in by_id else []
            texts.extend(f"{heading}: {without_names(piece, own)}" for piece in pieces)
            counts.append(len(pieces))
        vectors = iter(self.embedder.embed(texts))
        return [
            NoteVector(
                note.id, note.revision, 0, self.embedder.fingerprint, to_bytes([next(vectors) for _ in range(n)])
            )
            for note, n in zip(notes, counts, strict=True)
        ]

    def find(
        self,
        shelf: Shelf,
        query: str,
        *,
        person: Person | None = None,
        window: Window | None = None,
        limit: int = 10,
    ) -> Found:
        """The best passages in one person's notes, or in all of the account's.

        Args:
            shelf: The account's records on one day.
            query: A question or some words.
            person: Whose notes; None for everybody's.
            window: Days to search; wins over days read out of the query.
            limit: How many notes at most.

        Raises:
            Invalid: The query has no words.
        """
        if not query.strip():
            raise Invalid("There is nothing to search for.", next="Type a question or a few words.")
        people = [person] if person else [*shelf.people.all()]
        asked = self._understand(query, people, shelf.today, person is None)
        window = window or (None if asked.days.due else asked.days.window)
        notes: Sequence[Note] | None
        if window:
            notes = shelf.notes.of(person.id, window) if person else shelf.notes.all(window)
            if not notes:
                return Found((), True, window, _nearest(shelf, person, window))
        else:
            count = shelf.notes.count(person.id) if person else sum(shelf.notes.counts().values())
            if not count:
                return Found((), True)
            notes = None if count > READ_ALL else shelf.notes.of(person.id) if person else shelf.notes.all()
        return self._rank(shelf, asked, people, person, notes, window, limit)

    def _understand(self, query: str, people: Sequence[Person], today: date, team: bool) -> _Question:
        plain = without_names(query, people)
        return _Question(
            plain,
            Matcher(plain),
            self.embedder.embed([plain])[0],
            read_date_words(plain, today),
            voices(plain),
            promisers(plain),
            frozenset(p.id for p in named(query, people)) if team else frozenset(),
        )

    def _rank(
        self,
        shelf: Shelf,
        asked: _Question,
        people: Sequence[Person],
        person: Person | None,
        notes: Sequence[Note] | None,
        window: Window | None,
        limit: int,
    ) -> Found:
        scope = [person.id] if person else None
        near = nearness(asked.vector, shelf.vectors.bytes_of(scope, self.embedder.fingerprint))
        promised = _promised(shelf, asked.promisers, people)
        by_id = {p.id: p for p in people}
        matched: Mapping[NoteId, float]
        if notes is not None and len(notes) <= READ_ALL:
            worded = asked.matcher.bm25([_worded(n, by_id) for n in notes])
            matched = {n.id: score for n, score in zip(notes, worded, strict=True)}
            scores = _fused([n.id for n in notes], near, matched)
        else:
            matched = shelf.words.match(asked.matcher.terms, scope, _MATCHES)
            ids = [n.id for n in notes] if notes is not None else [*dict.fromkeys((*near.mean, *matched))]
            scores = _fused(ids, near, matched)
            best = sorted(scores, key=scores.__getitem__, reverse=True)[: max(_CANDIDATES, 2 * limit)]
            notes = shelf.notes.known([*dict.fromkeys((*best, *(i for i in promised if i in scores)))])
        total = {n.id: scores[n.id] + _hinted(n, asked, promised) for n in notes}
        ranked = sorted(notes, key=lambda n: (-total[n.id], -n.day.toordinal(), n.id))[:limit]
        hits = tuple(Hit(_best_passage(n, asked, near), total[n.id]) for n in ranked)
        known = any(n.id in promised or _is_worded_so(n, asked, near) for n in ranked)
        nearest = max((c for n in ranked for c in near.passages.of(n.id)), default=-1.0)
        value = likely(asked.text, nearest, len(asked.matcher.terms)) + (1.0 if known else 0.0)
        return Found(hits, is_weak(value), window, likely=value)


def described(note: Note, person: Person | None) -> str:
    """The kind of a note and whose words it holds: "customer's words (the school's caretaker)"."""
    if not note.author or note.kind in _TOLD_BY_MANAGER:
        return note.kind.words
    if person and person.is_named(note.author):
        return f"{note.kind.words} (self)"
    return f"{note.kind.words} ({without_names(note.author, [person] if person else [])})"


def _worded(note: Note, people: Mapping[PersonId, Person]) -> str:
    """The text in which words are looked for: what is embedded, but with names; the question has none."""
    return f"{described(note, people.get(note.person_id))}: {note.text}"


def _fused(ids: Sequence[NoteId], near: Nearness, matched: Mapping[NoteId, float]) -> dict[NoteId, float]:
    """Meaning and words, each stretched to 0 to 1 over the notes in scope, as one weighted sum.

    A note without a vector yet counts as the farthest by meaning, so it is found by its words.
    """
    farthest = min(near.mean.values(), default=0.0)
    dense = _stretched([near.mean.get(i, farthest) for i in ids])
    lexical = _stretched([matched.get(i, 0.0) for i in ids])
    return {i: DENSE_SHARE * d + (1 - DENSE_SHARE) * w for i, d, w in zip(ids, dense, lexical, strict=True)}


def _stretched(values: Sequence[float]) -> list[float]:
    low, high = min(values, default=0.0), max(values, default=0.0)
    return [(v - low) / (high - low) if high > low else 0.0 for v in values]


def _hinted(note: Note, asked: _Question, promised: frozenset[NoteId]) -> float:
    """What the hints of a question add to a note."""
    added = 0.0
    if note.kind in asked.voices:
        added += _VOICE
    if note.person_id in asked.named or any(m.person_id in asked.named for m in note.mentions):
        added += _NAMED
    if note.id in promised:
        added += _PROMISED
    if asked.days.due and asked.days.window and _falls_due(note, asked.days.window):
        added += _DUE
    return added


def _falls_due(note: Note, window: Window) -> bool:
    """Whether a note names a day ahead of it that lies in the window."""
    return any(
        (window.until is None or (d.until or d.since or note.day) <= window.until)
        and (window.since is None or (d.until or d.since or note.day) >= window.since)
        for d in days_ahead(note.text, note.day)
    )


def _promised(shelf: Shelf, owners: frozenset[Owner], people: Sequence[Person]) -> frozenset[NoteId]:
    """The notes that bear witness to an open promise of these owners."""
    if not owners or len(people) > _MOST_PEOPLE:
        return frozenset()
    open_ones = (
        p
        for person in people
        for p in shelf.promises.of(person.id)
        if p.owner in owners and p.state is PromiseState.OPEN
    )
    return frozenset(q.note.id for p in open_ones for q in p.quotes)


def _is_worded_so(note: Note, asked: _Question, near: Nearness) -> bool:
    """Whether a note that has no vector yet holds most words of the question."""
    return note.id not in near.mean and asked.matcher.coverage(note.text) > 0.5


def _nearest(shelf: Shelf, person: Person | None, window: Window) -> tuple[Note, ...]:
    """The few notes nearest in time to a range of days that holds none, nearest first."""

    def away(note: Note) -> int:
        before = (window.since - note.day).days if window.since else 0
        after = (note.day - window.until).days if window.until else 0
        return max(before, after, 0)

    notes = shelf.notes.of(person.id) if person else shelf.notes.all()
    return tuple(sorted(notes, key=lambda n: (away(n), -n.day.toordinal(), n.id))[:_NEAREST])


def _best_passage(note: Note, asked: _Question, near: Nearness) -> Quote:
    """The passage that speaks most to the question, word for word: by meaning, or by words without a vector."""
    spans = passages(note.text)
    fits = near.passages.of(note.id)
    if len(fits) != len(spans):
        fits = [asked.matcher.coverage(note.text[span.start : span.end]) for span in spans]
    return Quote(note, spans[fits.index(max(fits))])

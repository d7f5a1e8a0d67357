"""Whom a person's work serves: everybody who is heard in a note, by name. Nobody is guessed."""

from collections.abc import Iterator, Sequence

from assistant.actions.cite import Teller, shortened
from assistant.domain.customer_value import Customer, Reach
from assistant.domain.evidence import Evidence, Quote, Tense, Topic, Witness
from assistant.domain.note import Note, NoteKind, Span
from assistant.domain.person import fold_name
from assistant.domain.policy import Readable
from assistant.wording import sentences, stems

_OUTSIDE = {NoteKind.CUSTOMER_COMPLAINT, NoteKind.CUSTOMER_QUOTE}


def list_customers(evidence: Sequence[Evidence], recent: Sequence[Readable], teller: Teller) -> tuple[Customer, ...]:
    """Named recipients with the passages that name them, those heard most first; then by name."""
    heard: dict[str, tuple[Reach, list[Quote]]] = {}
    for name, reach, quote in (*_in_evidence(evidence, teller), *_in_notes(recent)):
        known = heard.setdefault(name, (reach, []))[1]
        if all(q.note.id != quote.note.id for q in known):
            known.append(quote)
    found = [
        Customer(name, reach, tuple(sorted(quotes, key=lambda q: (q.day, q.note.id))))
        for name, (reach, quotes) in heard.items()
    ]
    return tuple(sorted(found, key=lambda c: (c.reach is Reach.INTERNAL, -len(c.quotes), c.name)))


def is_answered(complaint: Readable, notes: Sequence[Readable]) -> bool:
    """Whether a later note names the complainant: then something was at least said about it."""
    names = {word.casefold() for word in complaint.note.author.partition(",")[0].split() if len(word) > 2}
    later = (r.note for r in notes if r.note.day > complaint.note.day and not r.closed)
    return any(names & {w.strip(".,;:'\"’?!").casefold().removesuffix("'s") for w in n.text.split()} for n in later)


def _in_evidence(evidence: Sequence[Evidence], teller: Teller) -> Iterator[tuple[str, Reach, Quote]]:
    for item in evidence:
        if item.topic is not Topic.CUSTOMER_VALUE or not item.counts or item.tense is not Tense.CURRENT:
            continue
        name = _speaker(item.note, teller)
        if name and item.witness is Witness.CUSTOMER:
            yield name, Reach.EXTERNAL, shortened(item.quote)
        elif name and item.witness is Witness.PEER:
            yield name, Reach.INTERNAL, shortened(item.quote)


def _in_notes(recent: Sequence[Readable]) -> Iterator[tuple[str, Reach, Quote]]:
    for readable in recent:
        note = readable.note
        if note.kind in _OUTSIDE and note.author and not readable.closed:
            allowed = [s for s in sentences(note.text) if readable.allows(s)]
            if allowed:
                best = max(allowed, key=lambda s: (min(len(stems(note.text[s.start : s.end])), 8), -s.start))
                yield note.author.strip(), Reach.EXTERNAL, shortened(Quote(note, Span(best.start, best.end)))


def _speaker(note: Note, teller: Teller) -> str:
    """Who wrote a note, unless it is the manager or the person."""
    name = note.author.strip()
    bare = name.partition(",")[0].strip()
    if not bare or teller.person.is_named(bare) or fold_name(bare) == fold_name(teller.manager.name):
        return ""
    return name

"""The plain alternatives that ours must beat: one known method each, with nothing added, over the same notes.

BM25 and the sentence encoder for finding; "label everything" and a bare keyword list for what is found in notes; the
three newest notes for a preparation; quoting BM25's best notes for a chat.
"""

import re
from collections.abc import Mapping, Sequence
from operator import mul

from assistant.domain.evidence import Facet
from assistant.domain.note import NoteId
from assistant.domain.person import PersonId
from assistant.domain.profile import FacetState
from assistant.domain.promise import Owner
from assistant.evaluation.case import Case, CaseNote, PersonGold, Query, Script
from assistant.evaluation.chats import Cast, Replies
from assistant.evaluation.output import Citation, Claim, Facets, Ranked, Reply, Seen, Shown
from assistant.ports.outside import Embedder
from knowledge.search.words import Matcher

K = 10
EVERYTHING, KEYWORDS, NEWEST = "label everything", "keywords", "newest notes"
BM25, ENCODER = "BM25 alone", "encoder alone"
_FACET_WORDS = {
    Facet.PASSION: r"\b(love|enjoy|passion|like|proud|excited|liebt|gern|encanta)",
    Facet.TALENT: r"\b(good at|talent|skill|great|brilliant|knack|gut in|buen)",
    Facet.CUSTOMER_VALUE: r"\b(customer|client|guest|patient|thank|kund|gast|client)",
}
_PROMISE_WORDS = {
    Owner.ME: r"\b(i'll|i will|i promised|i owe|i'm to|ich werde|ich muss|voy a|tengo que)\b",
    Owner.THEM: r"\b((s?he|they)('ll| will)|will|agreed to|promised|wird|will bis|quedó en|hará)\b",
}


def bm25(question: str, pool: Sequence[CaseNote]) -> tuple[NoteId, ...]:
    """Stems, no stop words, BM25 over these notes; best first."""
    return _best(pool, Matcher(question).bm25([n.text for n in pool]))


def encoder(question: str, pool: Sequence[CaseNote], embedder: Embedder) -> tuple[NoteId, ...]:
    """The cosine of the question and the whole note as they are; best first."""
    wanted, *vectors = embedder.embed([question, *(n.text for n in pool)])
    return _best(pool, [sum(map(mul, wanted, vector)) for vector in vectors])


def _best(pool: Sequence[CaseNote], scores: Sequence[float]) -> tuple[NoteId, ...]:
    ranked = sorted(zip(scores, pool, strict=True), key=lambda pair: (-pair[0], pair[1].id))
    return tuple(note.id for _, note in ranked[:K])


def rank_plainly(query: Query, pool: Sequence[CaseNote], embedder: Embedder) -> dict[str, Ranked]:
    """Both methods on one query."""
    return {BM25: Ranked(bm25(query.text, pool)), ENCODER: Ranked(encoder(query.text, pool, embedder))}


Quoted = Mapping[str, tuple[Claim, ...]]  # by person


def evidence(case: Case, gold: Sequence[PersonGold]) -> dict[str, Quoted]:
    """Every note for every facet, its longest sentence quoted; and the first sentence with a keyword of the facet."""
    everything: dict[str, tuple[Claim, ...]] = {}
    keywords: dict[str, tuple[Claim, ...]] = {}
    for person in gold:
        own = {n.id: _sentences(n.text) for n in notes_of(case, person.person_id)}
        everything[person.person_id] = tuple(
            Claim(facet, Citation(i, max(found, key=len)), "evidence") for facet in Facet for i, found in own.items()
        )
        keywords[person.person_id] = tuple(
            Claim(facet, Citation(i, first), "evidence")
            for facet, words in _FACET_WORDS.items()
            for i, found in own.items()
            if (first := next((s for s in found if re.search(words, s, re.IGNORECASE)), None))
        )
    return {EVERYTHING: everything, KEYWORDS: keywords}


def _sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?])\s+|(?<=[.!?][\"”'’])\s+|\n+", text.strip()) if part]


def facets(quoted: Quoted) -> dict[str, Facets]:
    """A facet counts as known where the method found anything for it."""
    states = {
        who: {f: FacetState.CONFIRMED if any(c.facet is f for c in found) else FacetState.UNKNOWN for f in Facet}
        for who, found in quoted.items()
    }
    return {who: Facets(known) for who, known in states.items()}


def promises(case: Case, gold: Sequence[PersonGold]) -> dict[str, dict[str, list[Seen]]]:
    """Every note as an open promise of both sides; and of the sides whose keywords it has."""
    everything: dict[str, list[Seen]] = {}
    keywords: dict[str, list[Seen]] = {}
    for person in gold:
        own = notes_of(case, person.person_id)
        everything[person.person_id] = [Seen(owner, n.text, frozenset({n.id})) for n in own for owner in Owner]
        keywords[person.person_id] = [
            Seen(owner, n.text, frozenset({n.id}))
            for n in own
            for owner, words in _PROMISE_WORDS.items()
            if re.search(words, n.text, re.IGNORECASE)
        ]
    return {EVERYTHING: everything, KEYWORDS: keywords}


def newest(case: Case, gold: Sequence[PersonGold]) -> dict[str, dict[str, list[Shown]]]:
    """The newest three (and six) notes, quoted whole, in place of questions."""
    found: dict[str, dict[str, list[Shown]]] = {}
    for person in gold:
        own = [Shown("brief", n.text, (Citation(n.id, n.text),)) for n in reversed(notes_of(case, person.person_id))]
        found[person.person_id] = {"three questions": own[:3], "six questions": own[:6]}
    return found


def chat(case: Case, script: Script, cast: Cast, account_notes: Sequence[CaseNote]) -> Replies:
    """The first person whose name is typed stays in scope; the reply quotes BM25's best three notes, whole."""
    about: PersonId | None = None
    replies = {}
    for turn in script.turns:
        about = _named(turn.message, cast) or about
        pool = [n for n in account_notes if about in (None, n.person_id)]
        best = [case.notes[i] for i in bm25(turn.message, pool)[:3]]
        told = Shown("chat", "\n".join(n.text for n in best), tuple(Citation(n.id, n.text) for n in best))
        replies[script.id, turn.number] = Reply(told, about)
    return replies


def _named(message: str, cast: Cast) -> PersonId | None:
    for name, who in sorted(((n, i) for i, names in cast.names.items() for n in names), key=lambda p: (-len(p[0]), p)):
        if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", message, re.IGNORECASE):
            return who
    return None


def notes_of(case: Case, person: PersonId) -> list[CaseNote]:
    """One person's notes, oldest first."""
    return sorted((n for n in case.notes.values() if n.person_id == person), key=lambda n: (n.day, n.id))

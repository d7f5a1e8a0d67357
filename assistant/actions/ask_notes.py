"""What one person's notes say to a question. Finds, leaves out what is private, lets the engine speak."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.actions.gather_situation import gather_situation
from assistant.actions.prepare_brief import known_words
from assistant.actions.tell_changes import passages_of
from assistant.domain.account import AccountId
from assistant.domain.event import Text
from assistant.domain.evidence import Quote
from assistant.domain.note import Note, Span
from assistant.domain.person import Person
from assistant.domain.policy import Readable
from assistant.domain.search import Found, Hit, Window
from assistant.grounding import is_grounded
from assistant.ports.engine import Engine
from assistant.ports.outside import NoteSearch
from assistant.ports.records import Records
from assistant.wording import sentence_around, sentences, stems

LOOKS_AT = 10
SAYS_LITTLE = 5  # meaning words under which the sentence before is shown too


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer out of the notes.

    Attributes:
        sentences: Checked sentences, each with its quotes; one without quotes speaks about the answer itself.
        weak: True when the notes probably do not answer; then the sentences say so and show what comes near.
        left_out: How many found notes were not used because they are private.
        window: The range of days that was read out of the question, if any.
        nearest: When that range held nothing: the usable notes nearest to it.
    """

    question: str
    sentences: tuple[Text, ...]
    weak: bool
    left_out: int = 0
    window: Window | None = None
    nearest: tuple[Note, ...] = ()

    @property
    def unknown(self) -> bool:
        """Whether the notes do not say."""
        return self.weak or not any(text.quotes for text in self.sentences)

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """Every passage the answer stands on, in order."""
        return tuple(dict.fromkeys(quote for text in self.sentences for quote in text.quotes))


def ask_notes(
    records: Records,
    account: AccountId,
    today: date,
    person: Person,
    question: str,
    *,
    search: NoteSearch,
    engine: Engine,
) -> Answer:
    """Search one person's notes and answer from what may be used of them."""
    with records.reading(account, today) as shelf:
        situation = gather_situation(shelf, person.id)
        found = search.find(shelf, question, person=person, limit=LOOKS_AT)
        readable = shelf.screenings.of([hit.note for hit in found.hits])
        near = [r.note for r in shelf.screenings.of(found.nearest) if not r.closed]
    hits = [_usable(hit, r, question) for hit, r in zip(found.hits, readable, strict=True)]
    kept = tuple(hit for hit in hits if hit is not None)
    screened = Found(kept, found.weak or not kept, found.window, tuple(near))
    known = known_words(situation)
    said = tuple(
        t for t in engine.answer(question, screened, situation) if is_grounded(t.text, t.quotes, _own(known, t))
    )
    return Answer(
        question=question,
        sentences=said,
        weak=not _answers(said),
        left_out=sum(hit is None for hit in hits),
        window=found.window,
        nearest=screened.nearest,
    )


def _answers(said: Sequence[Text]) -> bool:
    """Whether the first sentence stands on a passage: then the notes do answer."""
    return bool(said) and bool(said[0].quotes)


def _own(known: Sequence[str], text: Text) -> Sequence[str]:
    """A sentence without quotes speaks about the answer; it makes no claim that needs a ground."""
    return known if text.quotes else (*known, text.text)


def _telling(quote: Quote, readable: Readable) -> Quote:
    """The passage as whole sentences, with the sentence before when it says too little alone."""
    text = quote.note.text
    span = sentence_around(text, quote.span)
    if not readable.allows(span):
        return quote
    before = [s for s in sentences(text) if s.end <= span.start]
    while before and len(stems(text[span.start : span.end])) < SAYS_LITTLE:
        wider = Span(before.pop().start, span.end)
        if not readable.allows(wider):
            break
        span = wider
    return Quote(quote.note, span)


def _usable(hit: Hit, readable: Readable, question: str) -> Hit | None:
    """The hit with a passage that may be quoted, the fitting one of its note; None when nothing may."""
    if readable.closed:
        return None
    if readable.allows(hit.quote.span):
        return replace(hit, quote=_telling(hit.quote, readable))
    allowed = passages_of(readable)
    asked = stems(question)
    near = [q for q in allowed if stems(q.text) & asked]
    return replace(hit, quote=near[0]) if near else None

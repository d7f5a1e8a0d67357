"""What one person's notes say to a question. Finds, leaves out what is private, lets the engine speak."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.actions.gather_situation import gather_situation
from assistant.actions.prepare_brief import known_words
from assistant.actions.spot_silence import Silence, facts_told, spot_silence
from assistant.actions.tell_changes import passages_of
from assistant.domain.account import AccountId
from assistant.domain.event import EventKind, Notice, Progress, Text, Unit
from assistant.domain.evidence import Quote
from assistant.domain.note import Note, Span
from assistant.domain.origin import RULES
from assistant.domain.person import Person
from assistant.domain.policy import Readable
from assistant.domain.search import Found, Hit, Window
from assistant.domain.situation import Situation
from assistant.grounding import is_grounded
from assistant.ports.engine import Engine
from assistant.ports.outside import NoteSearch
from assistant.ports.records import Records, Shelf
from assistant.prompting import offline_words
from assistant.streaming import ending
from assistant.wording import sentence_around, sentences, stems

LOOKS_AT = 10
READ_ALL = 200  # notes that are looked through for what is asked
SHOWN_AT_ONCE = 3  # passages that stand on the screen while a model is still thinking
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
    language: str = "en",
) -> Iterator[Unit]:
    """Search one person's notes and answer from what may be used of them, unit by unit.

    What needs no model comes first: how many notes are read, and the passages that were found. Whether the notes
    answer at all stands before the sentences. Closing the iterator closes the engine's answer.
    """
    looked = look_up(records, account, today, person, question, search=search, language=language)
    words = offline_words("chat", language)["says"]
    count = len(looked.found.hits)
    yield Unit(EventKind.PROGRESS, Progress(words["reading_one" if count == 1 else "reading"].format(count=count)))
    if engine.name != RULES and not looked.found.weak:
        yield from (Unit(EventKind.CITATION, hit.quote) for hit in looked.found.hits[:SHOWN_AT_ONCE])
    told = False
    with ending(_checked(question, looked, engine)) as sentences:
        for text in sentences:
            code = "unknown" if told else "weak"  # that the notes do not answer is said once, first
            told = True
            yield (
                Unit(EventKind.TEXT, text) if text.quotes
                else Unit(EventKind.NOTICE, Notice(text.text, code, origin=text.origin))
            )  # fmt: skip
    if not told:
        yield Unit(EventKind.NOTICE, Notice(words["weak"], "weak"))
    if looked.left_out and not looked.found.hits:
        yield Unit(EventKind.NOTICE, Notice(words["left_out"], "left_out"))


def answer_whole(
    records: Records,
    account: AccountId,
    today: date,
    person: Person,
    question: str,
    *,
    search: NoteSearch,
    engine: Engine,
    language: str = "en",
) -> Answer:
    """The same at once, with what was left out."""
    looked = look_up(records, account, today, person, question, search=search, language=language)
    said = tuple(_checked(question, looked, engine))
    return Answer(
        question=question,
        sentences=said,
        weak=not (said and said[0].quotes),
        left_out=looked.left_out,
        window=looked.found.window,
        nearest=looked.found.nearest,
    )


@dataclass(frozen=True, slots=True)
class LookedUp:
    """What a search brought, as far as it may be used."""

    situation: Situation
    found: Found
    left_out: int


def look_up(
    records: Records,
    account: AccountId,
    today: date,
    person: Person,
    question: str,
    *,
    search: NoteSearch,
    language: str = "en",
) -> LookedUp:
    """The passages of one person's notes that fit a question, without what must stay out.

    The situation is told in the language of the talk, whatever the notes are in.
    """
    with records.reading(account, today) as shelf:
        whole = _whole(shelf, person)  # first: nothing of it is then read again
        situation = replace(gather_situation(shelf, person.id), language=language)
        found = search.find(shelf, question, person=person, limit=LOOKS_AT)
        readable = shelf.screenings.of([hit.note for hit in found.hits])
        near = [r.note for r in shelf.screenings.of(found.nearest) if not r.closed]
        looked_through = whole or [*readable, *_worded(shelf, person, question)]
    silence = Silence.NONE if found.window else spot_silence(question, person, looked_through)
    hits = [_usable(hit, r, question) for hit, r in zip(found.hits, readable, strict=True)]
    kept = _led_by(facts_told(question, looked_through), [hit for hit in hits if hit is not None])
    left_out = sum(hit is None for hit in hits)
    if silence is not Silence.NONE:
        kept, left_out = (), max(left_out, 1) if silence is Silence.HELD else 0
    weak = found.weak or not kept or silence is not Silence.NONE
    return LookedUp(situation, Found(kept, weak, found.window, tuple(near)), left_out)


def _whole(shelf: Shelf, person: Person) -> Sequence[Readable]:
    """All notes of a person, in which what is asked is looked for; nothing of a long history."""
    return shelf.screenings.of(shelf.notes.of(person.id)) if shelf.notes.count(person.id) <= READ_ALL else ()


def _worded(shelf: Shelf, person: Person, question: str) -> Sequence[Readable]:
    """The notes of a long history that hold a word of the question."""
    words = [word.casefold() for word in re.findall(r"\w{3,}", question)]
    ids = shelf.words.match(words, [person.id], READ_ALL) if words else {}
    return shelf.screenings.of(shelf.notes.known([*ids]))


def _led_by(told: Sequence[Quote], hits: Sequence[Hit]) -> tuple[Hit, ...]:
    """Passages that tell the plain fact asked for stand before those that only lie near."""
    best = max((hit.score for hit in hits), default=1.0)
    first = {quote.note.id: Hit(quote, best) for quote in reversed(told)}
    return (*reversed(first.values()), *(hit for hit in hits if not told))[:LOOKS_AT]


def _checked(question: str, looked: LookedUp, engine: Engine) -> Iterator[Text]:
    """The engine's sentences that stand on what they cite."""
    known = known_words(looked.situation)
    with ending(engine.answer(question, looked.found, looked.situation)) as said:
        for text in said:
            if is_grounded(text.text, text.quotes, _own(known, text)):
                yield text


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

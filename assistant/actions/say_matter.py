"""What a promise is about, where its own words only point at it: with the sentence that stands right before it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from assistant.domain.evidence import Quote
from assistant.domain.note import NoteKind, Span
from assistant.domain.person import Person
from assistant.domain.policy import Readable
from assistant.domain.promise import Promise
from assistant.wording import matter_of, sentence_around, sentences, stems, words_in

BARE = 1  # words of meaning in "I'll speak to Ruth": about what, they do not say
LONGEST = 40
SHORTEST = 3
_POINTS = re.compile(
    r"\b(?:it(?!['’]s)|them|those|that(?=['’]s| up| with|[.,;]|$)"
    r"|dafür|davon|damit|dabei|darüber|dazu|dahin|das(?=[.,;]|$)|eso|esto|ello)\b",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.!?]['\"”’)]*\s")
_PLAIN = stems(  # of speaking, asking and sending, and of days: they tell that something is meant, and not what
    "say says said tell think speak talk ask ring call phone write send find look check decide ready back answer reply "
    "want need must promise promised owe come bring take day days week weeks month end half first next last time today "
    "tomorrow early late january february march april may june july august september october november december "
    "monday tuesday wednesday thursday friday saturday sunday sagen sagt frage fragt fragen rufe ruft anrufen schicke "
    "schickt schreibe schreibt melde meldet prüfe prüft kläre klärt woche wochen tage monat ende nächste anfang "
    "montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz mai juni juli oktober dezember "
    "ich sie ihr ihm mit dem den der bis und bei digo dice pregunto pregunta llamo llama hablo habla escribo mando "
    "manda semana semanas mes fin lunes martes miércoles jueves viernes sábado domingo enero febrero marzo abril mayo "
    "junio julio agosto septiembre octubre noviembre diciembre"
)


def with_matter(promise: Promise, read: Sequence[Readable], person: Person) -> Promise:
    """The promise in the words of its note from the sentence before on; as it is where it stands alone or may not."""
    before = _before(promise, read, person)
    if before is None:
        return promise
    quote, lead = before
    text, words = quote.note.text, promise.what.strip()
    gap = text[lead.span.end : quote.span.start] or text[lead.span.end - 1 : lead.span.end]
    what = f"{lead.text.rstrip()}{' ' if gap.isspace() else ''}{quote.text[:1]}{words[1:]}"
    whole = Quote(quote.note, Span(lead.span.start, quote.span.end))
    return replace(promise, what=what, quotes=tuple(whole if q == quote else q for q in promise.quotes))


def _before(promise: Promise, read: Sequence[Readable], person: Person) -> tuple[Quote, Quote] | None:
    """The passage of the promise, and what is quoted before it."""
    what = promise.what.strip().rstrip(".")
    own = [word for word in matter_of(what, person.names) - _PLAIN if "'" not in word]
    alone = len(own) > BARE and not _POINTS.search(what)
    quote = next((q for q in promise.quotes if q.text.casefold().startswith(what.casefold())), None)
    if alone or quote is None or quote.note.kind is NoteKind.GOAL:
        return None
    lead = _lead(quote)
    readable = next((r for r in read if r.note.id == quote.note.id), None)
    if lead is None or readable is None or not readable.allows(Span(lead.start, quote.span.end)):
        return None
    said = Quote(quote.note, lead)
    return (quote, said) if SHORTEST <= words_in(said.text) <= LONGEST else None


def _lead(quote: Quote) -> Span | None:
    """The beginning of its sentence, where it stands within one, else the sentence before it on the same line."""
    text, start = quote.note.text, quote.span.start
    own = sentence_around(text, Span(start, start + 1))
    begun = max((own.start + end.end() for end in _ENDS.finditer(text[own.start : start])), default=own.start)
    if words_in(text[begun:start]) >= SHORTEST:
        return Span(begun, start)
    earlier = [s for s in sentences(text) if s.end <= own.start]
    if not earlier or "\n" in text[earlier[-1].start : start].strip() or text[earlier[-1].end : start].strip():
        return None
    return earlier[-1]

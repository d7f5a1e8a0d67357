"""What of a passage can be said to somebody's face: nobody is read out in the third person to themselves.

In this order: the passage itself where it does not speak of them; what they said; the passage turned to "you"; a few
of its words that name the matter. Where none of these holds, the passage is not asked about.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from assistant.actions.cite import Voice
from assistant.domain.evidence import Quote
from assistant.domain.note import Span
from assistant.domain.person import Person
from assistant.engines.offline.asking.third import addresses, language_in, masked, only_names, speaks_of, thirds
from assistant.engines.offline.asking.turning import Piece, joined, turned
from assistant.prompting import offline_words
from assistant.wording import MONTHS, sentence_around, stems, words_in

FEWEST_STEMS = 3
FEWEST_THINGS = 2  # of them that are no time and no number
MOST_WORDS = 20
MOST_AT_HEAD = 3
_SPEECH = re.compile(r"[\"“]([^\"“”]+)[\"”]")
_TRAIL = re.compile(r"[\s,;:.!?'\"“”’–—-]+$")
_OURS = re.compile(r"\b(?:I|my|me|we|our|ich|mir|yo|me)\b|\bI['’]")
_BREAKS = re.compile(r"[;()\"“”„«».!?–—](?!\w)|[;()\"“”„«»]|\s-\s")
_JOINED = re.compile(r"\b(?:de|del|para|con)\b")
_RELATIVE = re.compile(r",\s(?:(?:in|mit|auf|von|für|bei)\s)?(?:der|die|das|dem|den|denen|deren|dessen)\s[^,.;:()]+")
_NOUN = re.compile(r"(?<!\w)[A-ZÄÖÜ][\w-]+")
_SECOND = re.compile(  # "eleven people | a Saturday slot": two things, and a verb that was left out
    r"\b(?!(?:with|without|in|into|of|for|on|at|to|from|by|as|like|and|or|than|such|what|half|many|quite|about|over"
    r"|under|after|before|per|once|twice)\b)\w+(?P<second>\san?\s)"
)
_SPEAKERS = r"(?:said|says|told me|told us|wrote|writes|asked|added)"


@dataclass(frozen=True, slots=True)
class Said:
    """A passage as it is said.

    Attributes:
        way: How it is led in: "" as it stands, "of_you" as it stands but said to be about them, "spoke" for their own
            words, "about" for a few words; else as it was turned (see `Turned`).
        pieces: Its words.
    """

    way: str
    pieces: tuple[Piece, ...]

    def told(self) -> str:
        """With marks around the words of the note, save a few at the head: I promised you “the rota”."""
        told = [
            _in_marks(p.text) if p.is_noted and not self._is_bare(at) else p.text for at, p in enumerate(self.pieces)
        ]
        text = joined(told)
        return text if text.rstrip('"”')[-1:] in {".", "!", "?", "…"} else f"{text}."

    def _is_bare(self, at: int) -> bool:
        """Whether a piece needs no marks: a few words before a "you" or "your" of ours, with the many marked after."""
        few = words_in(self.pieces[at].text) <= MOST_AT_HEAD
        ours = at + 1 < len(self.pieces) and not self.pieces[at + 1].is_noted
        to_you = at == 0 and ours and self.pieces[1].text == "you"
        many = any(p.is_noted and words_in(p.text) > MOST_AT_HEAD for p in self.pieces[at + 1 :])
        return few and ours and (to_you or many)


def aloud(quote: Quote, person: Person, voice: Voice) -> Said | None:
    """The passage as one may say it to the person; None when nothing of it can be said.

    Args:
        quote: The passage.
        person: Who will hear it.
        voice: Who speaks in it.
    """
    own, by_manager = voice in {Voice.OWN_SAID, Voice.OWN_WROTE}, voice is Voice.MANAGER
    clipped = by_manager and re.match(offline_words("aloud", language_in(quote))["clipped"], quote.text)
    meant_else = voice is Voice.OTHER and addresses(quote, person)
    if own or meant_else or not (clipped or speaks_of(quote, person)):
        return _as_it_stands(quote, own=own)
    spoken = _spoken(quote, person) if by_manager else None
    if spoken is not None:
        return Said("spoke", (Piece(spoken.text),))
    told = turned(quote, person, by_manager=by_manager)
    if told is not None:
        return Said(told.way, told.pieces)
    if not by_manager and only_names(quote, person):
        return Said("of_you", (Piece(quote.text),))
    part = few_words(quote, person)
    return Said("about", (Piece(part.text),)) if part else None


def stands_as(quote: Quote, person: Person) -> str:
    """The words of an agreement as they may be said without marks, whoever acts; empty when they may not."""
    if speaks_of(quote, person):
        said = turned(quote, person, by_manager=True)
        return said.text if said is not None and said.way == "that" else ""
    return "" if _OURS.search(quote.text) else _TRAIL.sub("", quote.text)


def few_words(quote: Quote, person: Person) -> Quote | None:
    """What the passage is about: the fullest run of its words that names a matter and calls nobody he or she.

    Returns:
        A part of the sentence the passage stands in, with three words of meaning at least; None when there is none.
    """
    around = sentence_around(quote.note.text, quote.span)
    for passage in dict.fromkeys((quote, Quote(quote.note, around))):
        found = [part for span in _runs(passage, person) if (part := _trimmed(passage, span))]
        if found:
            return max(found, key=lambda part: (min(len(_meaning(part)), 6), -part.span.start))
    return None


def _as_it_stands(quote: Quote, *, own: bool) -> Said | None:
    """The passage without what somebody put in brackets for themselves."""
    aside = re.search(r"\s*\((?:[^()]*\b(?:I|we|why|me|my|our|us)\b)[^()]*\)?", quote.text)
    if own or aside is None:
        return Said("", (Piece(quote.text),))
    before, after = quote.text[: aside.start()], quote.text[aside.end() :]
    kept = before if len(stems(before)) >= FEWEST_STEMS or not after.strip() else after
    kept = _TRAIL.sub("", kept).lstrip(" ,;:.-–—")
    return Said("", (Piece(kept),)) if len(stems(kept)) >= FEWEST_STEMS else None


def _spoken(quote: Quote, person: Person) -> Quote | None:
    """What the person says in the passage, between quotation marks."""
    names = "|".join(map(re.escape, (*person.names, person.pronouns.value)))
    said = re.compile(rf"(?:^|[.!?;,]\s|\band\s)(?:{names})\s(?:\w+\s)?{_SPEAKERS}[,:]?\s$", re.IGNORECASE)
    for match in _SPEECH.finditer(quote.text):
        part = _part(quote, Span(match.start(1), match.end(1)))
        if said.search(quote.text[: match.start()]) and len(stems(part.text)) >= FEWEST_STEMS and "?" not in part.text:
            return part
    return None


def _runs(quote: Quote, person: Person) -> Iterator[Span]:
    """Runs of words that may name the matter: from an article on, after "she wants", after a colon."""
    text, words = quote.text, offline_words("aloud", language_in(quote))["few_words"]
    hidden = masked(text)
    stops = [s.start for s in thirds(quote, person)] + [m.start() for m in _BREAKS.finditer(hidden)]
    begins = "|".join(words["begins"])
    nouns = re.compile(rf"(?<![\w'’-])(?:{begins})\s(?=\w)", re.IGNORECASE)
    small = re.compile(rf"[,:]\s|(?<![\w'’-])(?:{'|'.join(words['stops'])})(?![\w])|\w+n['’]t\b", re.IGNORECASE)
    for start in nouns.finditer(hidden):
        ends = [*stops, *(m.start() for m in small.finditer(hidden, start.end()))]
        if language_in(quote) == "en":
            ends += [m.start("second") for m in _SECOND.finditer(hidden, start.end())]
        end = min((e for e in ends if e > start.start()), default=len(text))
        if language_in(quote) == "de":  # after its last noun a German run goes on with a verb
            end = max((m.end() for m in _NOUN.finditer(hidden, start.end(), end)), default=start.end())
            more = _RELATIVE.match(hidden, end)  # "eine Klappe, die falsch herum anschlägt"
            end = more.end() if more and not any(more.start() <= s < more.end() for s in stops) else end
        if language_in(quote) == "es" and not _JOINED.search(hidden, start.end(), end):
            continue  # what has no "de" may be a verb and what it is about
        yield Span(start.start(), end)
    clauses = re.compile(rf"\b{words['heads']}\s|(?<=[^\W\d]):\s(?=(?:{begins})\s|\d)", re.IGNORECASE)
    for start in clauses.finditer(hidden):
        end = min((e for e in stops if e >= start.end()), default=len(text))
        if text[end : end + 1].isalnum():  # before "… and she", the clause before it
            end = max((m.start() for m in re.finditer(r",|\s(?:and|but|so|und|y)\s", text[:end])), default=end)
        if end > start.end():
            yield Span(start.end(), end)


def _trimmed(quote: Quote, span: Span) -> Quote | None:
    """The run without little words at its end; None when it says too little or too much."""
    loose = _loose(language_in(quote))
    text = quote.text[span.start : span.end]
    while True:
        text = _TRAIL.sub("", text)
        last = text.rpartition(" ")[2].casefold()
        if not text or last not in loose:
            break
        text = text[: len(text) - len(last)]
    if not text or words_in(text) > MOST_WORDS or text.count('"') % 2:
        return None
    part = _part(quote, Span(span.start, span.start + len(text)))
    told, times = _meaning(part), stems(" ".join(offline_words("aloud", language_in(part))["few_words"]["times"]))
    return part if len(told) >= FEWEST_STEMS and len(told - times) >= FEWEST_THINGS else None


def _meaning(part: Quote) -> frozenset[str]:
    """Stems of a part that mean something: no small words of its language, no names of months."""
    return stems(part.text) - stems(" ".join((*MONTHS, *_loose(language_in(part)))))


@lru_cache(maxsize=4)
def _loose(language: str) -> frozenset[str]:
    return frozenset(offline_words("aloud", language)["few_words"]["loose"])


def _part(quote: Quote, span: Span) -> Quote:
    return Quote(quote.note, Span(quote.span.start + span.start, quote.span.start + span.end))


def _in_marks(text: str) -> str:
    """In marks, with what only joins it to the words before left outside."""
    lead = re.match(r"(?:['’](?:d|ll|s)\b)?[\s,;:.]*", text)
    cut = lead.end() if lead else 0
    return f"{text[:cut].strip()} “{text[cut:].strip()}”" if text[cut:].strip() else text.strip()

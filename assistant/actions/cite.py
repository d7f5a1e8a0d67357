"""Sets a passage apart: who said it, when, and the exact words. It never rewords what it quotes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.domain.account import Account
from assistant.domain.evidence import TIER_OF_WITNESS, Evidence, Quote, Tier, Witness
from assistant.domain.note import NoteKind, Span
from assistant.domain.person import Person, fold_name
from assistant.prompting import offline_words
from assistant.wording import is_near, sentences, words_in

SHORTEST = 4  # words a passage keeps at least
LONGEST = 34  # words of one quote on a card; what is longer is cut at a sentence or clause
_WRITES = {NoteKind.EMAIL, NoteKind.CHAT_MESSAGE, NoteKind.PEER_FEEDBACK, NoteKind.CUSTOMER_COMPLAINT}
_CUSTOMERS = {NoteKind.CUSTOMER_QUOTE, NoteKind.CUSTOMER_COMPLAINT}
_TOLD_BY = {Tier.CUSTOMER_WORDS: "customer_told", Tier.COLLEAGUE_WORDS: "colleague_told"}
_MARKS = {'"': '"', "“": "”", "‘": "’", "'": "'", "„": "“"}
_TAIL = re.compile(r",?\s+(?:and |then )*(?:said|says|asked|told me)(?: only| just)?[,:]?$")
_CLAUSE = re.compile(r"[,;:—–](?=\s)|\s[-–—](?=\s)")


class Voice(StrEnum):
    """Who speaks in a passage."""

    OWN_SAID = "own_said"
    OWN_WROTE = "own_wrote"
    MANAGER = "manager"
    OTHER = "other"
    HEARSAY = "hearsay"


@dataclass(frozen=True, slots=True)
class Teller:
    """For whom passages are set apart: the person, the manager who reads, the day, and the language of the telling."""

    person: Person
    manager: Account
    today: date
    language: str = "en"

    def day(self, day: date) -> str:
        """A day as one says it today."""
        return day_in(self.language, day, self.today)


def day_in(language: str, day: date, today: date) -> str:
    """A day as one says it in a language: the year only where it would be missed."""
    words = offline_words("frames", language)
    frame: str = words["day" if is_near(day, today) else "day_of_year"]
    return frame.format(day=day.day, month=words["months"][day.month - 1], year=day.year)


def cite(passage: Quote | Evidence, teller: Teller) -> str:
    """One sentence that sets a passage apart, for the manager to read."""
    quote = passage.quote if isinstance(passage, Evidence) else passage
    name, note = _frame(passage, teller), quote.note
    person = teller.person
    template: str = offline_words("frames", teller.language)[name]
    return template.format(
        name=person.first_name, their=person.pronouns.possessive, who=author_of(note.author),
        day=teller.day(note.day), quote=set_apart(quote),
    )  # fmt: skip


def voice_of(passage: Quote | Evidence, teller: Teller) -> Voice:
    """Who speaks: the person, the manager, somebody else, or nobody who was there."""
    quote = passage.quote if isinstance(passage, Evidence) else passage
    witness = passage.witness if isinstance(passage, Evidence) else None
    if witness is Witness.HEARSAY:
        return Voice.HEARSAY
    author = quote.note.author
    if author and teller.person.is_named(_bare(author)):
        return Voice.OWN_WROTE
    if author and fold_name(author) != fold_name(teller.manager.name):
        return Voice.OTHER
    own = witness is Witness.SELF and in_speech(quote)
    return Voice.OWN_SAID if own else Voice.MANAGER


def tier_of(passage: Quote | Evidence, teller: Teller) -> Tier:
    """Whose words they are where a rule knows it; an observation is only what the manager tells."""
    voice = voice_of(passage, teller)
    if voice in {Voice.OWN_SAID, Voice.OWN_WROTE}:
        return Tier.THEIR_WORDS
    if isinstance(passage, Evidence) and (known := TIER_OF_WITNESS.get(passage.witness)):
        return known
    kind = (passage.quote if isinstance(passage, Evidence) else passage).note.kind
    if kind in _CUSTOMERS:
        return Tier.CUSTOMER_WORDS
    if voice is not Voice.OTHER:
        return Tier.OBSERVATION
    return Tier.COLLEAGUE_WORDS if kind is NoteKind.PEER_FEEDBACK else Tier.OTHERS_WORDS


def tier_of_all(passages: Iterable[Quote | Evidence], teller: Teller) -> Tier:
    """The furthest from the person among several: a sentence that rests on their words and yours is not theirs."""
    return max((tier_of(passage, teller) for passage in passages), key=list(Tier).index)


def set_apart(quote: Quote) -> str:
    """The exact words in typographic marks, closed like a sentence."""
    text = quote.text
    return f"“{text}”" if text.rstrip("\"”’')")[-1:] in ".!?…" else f"“{text}”."


def shortened(quote: Quote, longest: int = LONGEST) -> Quote:
    """The quote without outer marks, cut after the last whole sentence or clause that fits."""
    quote = _unmarked(quote)
    quote = _without_tail(quote)
    if words_in(quote.text) <= longest:
        return quote
    end = 0
    for span in sentences(quote.text):
        if words_in(quote.text[: span.end]) > longest:
            break
        end = span.end
    if not end:
        cuts = [m.start() for m in _CLAUSE.finditer(quote.text) if 6 <= words_in(quote.text[: m.start()]) <= longest]
        end = cuts[-1] if cuts else len(quote.text)
    return _unmarked(Quote(quote.note, Span(quote.span.start, quote.span.start + end)))


def in_speech(quote: Quote) -> bool:
    """Whether the passage stands between quotation marks in its note."""
    text, start = quote.note.text, quote.span.start
    if quote.text[:1] in '"“':
        return True
    before = text[:start]
    return before.count('"') % 2 == 1 or before.count("“") > before.count("”")


def in_full(item: Evidence) -> Quote:
    """What they said themselves, to the end of the speech, where that fits on a card; else the passage as it is."""
    quote, text = item.quote, item.note.text
    if item.witness is not Witness.SELF or not in_speech(quote) or quote.text[:1] in '"“':
        return quote
    start = max(text.rfind(mark, 0, quote.span.start) for mark in '"“') + 1
    ends = [at for mark in '"”' if (at := text.find(mark, quote.span.end)) >= 0]
    speech = Quote(item.note, Span(start, min(ends))) if ends else quote
    return speech if len(sentences(speech.text)) > 1 and words_in(speech.text) <= LONGEST else quote


def author_of(author: str) -> str:
    """A note's author with what stands behind the name in brackets: `Ana Ruiz (Northgate school)`."""
    name, _, place = author.partition(" (")[0].partition(",")
    return f"{name.strip()} ({place.strip()})" if place.strip() else name.strip()


def _without_tail(quote: Quote) -> Quote:
    """Without a closing "and said" whose speech is not part of the passage."""
    tail = _TAIL.search(quote.text)
    if tail is None or words_in(quote.text[: tail.start()]) < SHORTEST:
        return quote
    return Quote(quote.note, Span(quote.span.start, quote.span.start + tail.start()))


def _bare(author: str) -> str:
    return author.partition(",")[0].strip()


def _frame(passage: Quote | Evidence, teller: Teller) -> str:
    quote = passage.quote if isinstance(passage, Evidence) else passage
    kind, voice = quote.note.kind, voice_of(passage, teller)
    frames = offline_words("frames")
    if voice is Voice.OTHER:
        return "other_wrote" if kind in _WRITES else "other_said"
    if voice is Voice.MANAGER and (told := _TOLD_BY.get(tier_of(passage, teller))):
        return told
    if voice is Voice.MANAGER:
        return f"noted_{kind}" if f"noted_{kind}" in frames else "noted"
    if voice is Voice.OWN_WROTE:
        return f"own_{kind}" if f"own_{kind}" in frames else "own_wrote"
    return str(voice)


def _unmarked(quote: Quote) -> Quote:
    """Without outer space, outer quotation marks and a mark that has lost its partner."""
    text, start, end = quote.text, quote.span.start, quote.span.end
    lead, trail = len(text) - len(text.lstrip()), len(text) - len(text.rstrip())
    start, end = start + lead, end - trail
    text = text.strip()
    if len(text) > 2 and _MARKS.get(text[0]) == text[-1] and text[1:-1].count(text[0]) == 0:
        start, end = start + 1, end - 1
    elif text[:1] in '"“' and text.count('"') % 2 + text.count("“") - text.count("”") > 0:
        start += 1
    elif text[-1:] in '"”' and (text.count('"') % 2 == 1 or text.count("”") > text.count("“")):
        end -= 1
    return Quote(quote.note, Span(start, end)) if (start, end) != (quote.span.start, quote.span.end) else quote

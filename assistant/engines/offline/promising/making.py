"""Reads promises out of one note: whose, what, due when. Says nothing about whether they were kept."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.domain.evidence import Quote, Witness
from assistant.domain.note import NoteKind, Span
from assistant.domain.person import Person
from assistant.domain.policy import Readable
from assistant.domain.promise import Owner
from assistant.engines.offline.promising.due import due_date
from assistant.engines.offline.promising.phrases import Phrases
from assistant.engines.offline.sentences import Sentence, sentences
from assistant.engines.offline.voice import Voice
from assistant.wording import stems

_TALKS = frozenset({NoteKind.ONE_ON_ONE, NoteKind.DEBRIEF})
LONGEST = 150  # characters of what is shown
_CUT = re.compile(
    r"[;:]\s|\s[-–—]\s|,\s+(?:because|since|but|so|which|as|though|weil|denn|aber|damit|porque|pero|para que)\b|\.\s"
)
_NAME = re.compile(r"(?<!^)(?<![.!?] )\b[A-ZÄÖÜÁÉÍÓÚ][a-zäöüßáéíóúñ]+\b")
_NO_NAMES = frozenset(
    "I Ich Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August "
    "September October November December Easter Christmas Montag Dienstag Mittwoch Donnerstag Freitag".split()
)


@dataclass(frozen=True, slots=True)
class Made:
    """A promise as one note tells it, or a new day for one that was made before (`again`).

    Attributes:
        matter: Stems of what it is about, those of the sentence before included.
    """

    owner: Owner
    what: str
    quote: Quote
    due: date | None
    matter: frozenset[str]
    again: bool = False


def promises_in(readable: Readable, person: Person, voice: Voice, phrases: Phrases) -> Iterator[Made]:
    """The promises of one note, at most one a sentence."""
    note = readable.note
    found = sentences(note.text)
    for place, sentence in enumerate(found):
        if not readable.allows(sentence.span):
            continue
        made = _promise(readable, person, voice, phrases, found, place)
        if made is not None:
            yield made


def _promise(
    readable: Readable, person: Person, voice: Voice, phrases: Phrases, found: tuple[Sentence, ...], place: int
) -> Made | None:
    sentence = found[place]
    folded = sentence.folded
    owner, match = _whose(sentence, voice, voice.speaker(found, place), person, phrases)
    again = None if match else phrases.again.search(folded)
    start = match or again
    if start is None or (phrases.never.search(folded) and not _dated(readable, folded)):
        return None
    due = due_date(folded[start.start() :], readable.note.day, readable.screening.language)
    said_aloud = sentence.quoted and voice.told_by is Witness.MANAGER
    if due is None and (again or said_aloud):
        return None  # what is only said in passing binds nobody
    before = _told_before(readable, found, place)
    matter = stems(sentence.text)
    if before and (again or len(matter) < 3):  # "I'll order one": what "one" is stands before it
        matter |= stems(before.text)
    begin = before.start if before and (again or len(stems(sentence.text)) < 2) else sentence.start
    if sentence.end - begin > 2 * LONGEST:
        begin = sentence.start
    quote = Quote(readable.note, Span(begin, sentence.end))
    if len(stems(quote.text)) < 2:
        return None
    what = _what(sentence, start.start(), phrases) if begin == sentence.start else quote.text
    return Made(owner, what[: 2 * LONGEST], quote, due, matter, again=bool(again))


def _told_before(readable: Readable, found: tuple[Sentence, ...], place: int) -> Sentence | None:
    """The sentence before, where it is told, usable, and not a part of this one."""
    before = found[place - 1] if place else None
    if before is None or before.quoted or before.number == found[place].number:
        return None
    return before if readable.allows(before.span) else None


def _dated(readable: Readable, folded: str) -> bool:
    """A day makes a promise of what else would only be talk: "will be done by Friday"."""
    asks = folded.rstrip("\"' ").endswith("?")
    return not asks and due_date(folded, readable.note.day, readable.screening.language) is not None


def _whose(
    sentence: Sentence, voice: Voice, speaker: Witness, person: Person, phrases: Phrases
) -> tuple[Owner, re.Match[str] | None]:
    told = not sentence.quoted and (voice.kind in _TALKS or speaker is Witness.SELF)
    told = told and voice.kind is not NoteKind.GOAL  # a goal is a wish with a date, not yet a promise
    listed = phrases.dated.search(sentence.folded) if told else None
    if speaker is Witness.SELF:
        return Owner.THEM, phrases.own.search(sentence.folded) or listed
    if speaker is not Witness.MANAGER:
        return Owner.THEM, None
    mine, theirs = phrases.me.search(sentence.folded), phrases.them.search(sentence.folded)
    if mine and not (theirs and theirs.start() < mine.start()):
        return Owner.ME, mine
    if theirs and not _somebody_else(sentence.text[: theirs.start()], person):
        return Owner.THEM, theirs
    if listed and not _somebody_else(sentence.text[:40], person):
        return Owner.THEM, listed
    return Owner.THEM, None


def _somebody_else(before: str, person: Person) -> bool:
    """Whether another name stands before a pronoun, so that it may not mean this person."""
    own = {part for name in person.names for part in name.split()}
    return any(name not in own and name not in _NO_NAMES for name in _NAME.findall(before))


def _what(sentence: Sentence, start: int, phrases: Phrases) -> str:
    """The clause that promises, in the note's own words."""
    words = sentence.text[start:]
    cut = _CUT.search(words)
    if cut and len(stems(words[: cut.start()])) > 1:
        words = words[: cut.start()]
    if len(words) > LONGEST:
        words = words[:LONGEST].rsplit(" ", 1)[0] + " …"
    trimmed = phrases.trim.sub("", words.strip(), count=1)
    said = trimmed.strip(' .,;:"“”') or sentence.text
    return said[:1].upper() + said[1:]

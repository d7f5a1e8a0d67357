"""Reads what a manager is asked out of one note: by the person, or by a customer or colleague who writes.

Ends nothing; what the manager answers in the note is not asked.

A request shown wrongly costs more trust than one that is missed: what may have been answered is left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from assistant.actions.cite import author_of
from assistant.domain.evidence import Quote, Witness
from assistant.domain.note import NoteKind, Span
from assistant.domain.person import Person
from assistant.domain.promise import Owner
from assistant.due import due_date
from assistant.engines.offline.promising.clauses import unquoted
from assistant.engines.offline.promising.making import LONGEST, Made, Reader
from assistant.engines.offline.promising.matter import matter
from assistant.engines.offline.promising.phrases import they_are
from assistant.engines.offline.sentences import Sentence, fold, sentences
from assistant.prompting import offline_words

_TALKS = frozenset({NoteKind.ONE_ON_ONE, NoteKind.DEBRIEF})
_MESSAGES = frozenset({NoteKind.EMAIL, NoteKind.CHAT_MESSAGE})
_OTHERS = frozenset({Witness.CUSTOMER, Witness.PEER})
_FROM_OTHERS = _MESSAGES | {NoteKind.PEER_FEEDBACK, NoteKind.CUSTOMER_QUOTE, NoteKind.SURVEY_COMMENT}
_NEXT = 2  # sentences after the asking in which an answer is looked for
FEWEST = 2  # telling words without which it cannot be known again


@dataclass(frozen=True, slots=True)
class _Words:
    """One language's expressions for asking and answering."""

    told: re.Pattern[str]
    own: re.Pattern[str]
    outside: re.Pattern[str]
    answered: re.Pattern[str]
    never: re.Pattern[str]


@cache
def _words(language: str, person: Person) -> _Words:
    raw, they = offline_words("requests", language), they_are(person)
    kinds = ("told", "own", "outside", "answered", "never")
    return _Words(*(re.compile("|".join(f"(?:{p})" for p in raw[k]).replace("{they}", they)) for k in kinds))


def requests_in(reader: Reader) -> Iterator[Made]:
    """What the person asks of the manager in one note and the note does not answer; the owner is the manager."""
    if reader.voice.told_by in _OTHERS:
        yield from _from_others(reader)
        return
    words = _words(reader.language, reader.person)
    kind = reader.voice.kind
    found = sentences(reader.readable.note.text)
    for place, sentence in enumerate(found):
        if not reader.readable.allows(sentence.span) or sentence.quoted:
            continue
        speaker = reader.voice.speaker(found, place)
        if kind in _TALKS and speaker is Witness.MANAGER:
            asked = words.told.search(unquoted(sentence))
        elif kind in _MESSAGES and speaker is Witness.SELF:
            asked = words.own.search(sentence.folded)
        else:
            continue
        if asked is None or words.never.search(sentence.folded) or _is_answered(words, found, place, asked.end()):
            continue
        telling = matter(sentence.text, reader.language)
        if len(telling) >= FEWEST:
            yield _made(reader, sentence, telling)


def _from_others(reader: Reader) -> Iterator[Made]:
    """What somebody else who writes asks for, with their name; questions that follow one another are one request."""
    words, note = _words(reader.language, reader.person), reader.readable.note
    who = author_of(note.author)
    if not who or note.kind not in _FROM_OTHERS:
        return
    asked: list[Sentence] = []
    for sentence in (*sentences(note.text), None):
        if sentence is not None and reader.readable.allows(sentence.span) and _is_wanted(words, sentence):
            asked.append(sentence)
            continue
        if asked:
            span = Span(asked[0].start, asked[-1].end)
            text = " ".join(note.text[span.start : span.end].split())
            telling = matter(text, reader.language)
            if telling:  # an answer is looked for by name as well
                due = due_date(fold(text), note.day, reader.language)
                asker = note.author.partition(",")[0].strip()
                yield Made(Owner.ME, f"{who}: {_cut(text)}", Quote(note, span), due, telling, asker=asker)
        asked = []


def _is_wanted(words: _Words, sentence: Sentence) -> bool:
    return bool(words.outside.search(sentence.folded)) and not words.never.search(sentence.folded)


def _made(reader: Reader, sentence: Sentence, telling: frozenset[str]) -> Made:
    what = _cut(" ".join(sentence.text.split()))
    due = due_date(sentence.folded, reader.readable.note.day, reader.language)
    return Made(Owner.ME, what[:1].upper() + what[1:], Quote(reader.readable.note, sentence.span), due, telling)


def _cut(text: str) -> str:
    """The words of a request, cut where they are too many."""
    text = text.rstrip(" .,;:")
    return text if len(text) <= 2 * LONGEST else text[: 2 * LONGEST].rsplit(" ", 1)[0] + " …"


def _is_answered(words: _Words, found: tuple[Sentence, ...], place: int, after: int) -> bool:
    """Whether the note itself answers: in the rest of the sentence, or in one of the next."""
    rest = found[place].folded[after:]
    following = (s.folded for s in found[place + 1 : place + 1 + _NEXT] if not s.quoted)
    return any(words.answered.search(text) for text in (rest, *following))

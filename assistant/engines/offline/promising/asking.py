"""Reads what somebody asks of their manager out of one note. Ends nothing; what is answered in the note is not asked.

A request shown wrongly costs more trust than one that is missed: what may have been answered is left out.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from assistant.domain.evidence import Quote, Witness
from assistant.domain.note import NoteKind
from assistant.domain.person import Person
from assistant.domain.promise import Owner
from assistant.due import due_date
from assistant.engines.offline.promising.clauses import unquoted
from assistant.engines.offline.promising.making import LONGEST, Made, Reader
from assistant.engines.offline.promising.matter import matter
from assistant.engines.offline.promising.phrases import they_are
from assistant.engines.offline.sentences import Sentence, sentences
from assistant.prompting import offline_words

_TALKS = frozenset({NoteKind.ONE_ON_ONE, NoteKind.DEBRIEF})
_MESSAGES = frozenset({NoteKind.EMAIL, NoteKind.CHAT_MESSAGE})
_NEXT = 2  # sentences after the asking in which an answer is looked for
FEWEST = 2  # telling words without which it cannot be known again


@dataclass(frozen=True, slots=True)
class _Words:
    """One language's expressions for asking and answering."""

    told: re.Pattern[str]
    own: re.Pattern[str]
    answered: re.Pattern[str]
    never: re.Pattern[str]


@cache
def _words(language: str, person: Person) -> _Words:
    raw, they = offline_words("requests", language), they_are(person)
    kinds = ("told", "own", "answered", "never")
    return _Words(*(re.compile("|".join(f"(?:{p})" for p in raw[k]).replace("{they}", they)) for k in kinds))


def requests_in(reader: Reader) -> Iterator[Made]:
    """What the person asks of the manager in one note and the note does not answer; the owner is the manager."""
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


def _made(reader: Reader, sentence: Sentence, telling: frozenset[str]) -> Made:
    what = " ".join(sentence.text.split()).rstrip(" .,;:")
    if len(what) > 2 * LONGEST:
        what = what[: 2 * LONGEST].rsplit(" ", 1)[0] + " …"
    due = due_date(sentence.folded, reader.readable.note.day, reader.language)
    return Made(Owner.ME, what[:1].upper() + what[1:], Quote(reader.readable.note, sentence.span), due, telling)


def _is_answered(words: _Words, found: tuple[Sentence, ...], place: int, after: int) -> bool:
    """Whether the note itself answers: in the rest of the sentence, or in one of the next."""
    rest = found[place].folded[after:]
    following = (s.folded for s in found[place + 1 : place + 1 + _NEXT] if not s.quoted)
    return any(words.answered.search(text) for text in (rest, *following))

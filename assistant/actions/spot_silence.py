"""Whether one person's notes are silent on what is asked: a name, a word or a fact that none of them speaks of.

Nearness finds something for every question. So before an answer is given the question is read for what it is about, and
where no usable passage speaks of that, the notes do not say, whatever lies near.
"""

import re
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from enum import StrEnum
from functools import cache

from assistant.actions.tell_changes import passages_of
from assistant.domain.evidence import Quote
from assistant.domain.person import Person
from assistant.domain.policy import Readable
from assistant.prompting import LANGUAGES, offline_words
from assistant.wording import sentences, stems

MOST_BARE = 2  # words of a message that is no question but a word to look up
_SPELT_ALIKE = 0.8
_NAME = re.compile(r"(?<=[\w,] )[A-ZÄÖÜÁÉÍÓÚÑ][a-zäöüßáéíóúñ]{2,}(?!\w)")
_WORD = re.compile(r"[^\W\d_]+")


class Silence(StrEnum):
    """What the notes keep silent on."""

    NONE = "none"
    NOTHING = "nothing"  # no note speaks of it: an unknown name, no word at all, a fact nobody wrote down
    HELD = "held"  # only passages that are held back speak of it


def spot_silence(question: str, person: Person, notes: Sequence[Readable]) -> Silence:
    """What keeps these notes from answering, if anything does.

    Args:
        question: As it was asked.
        person: Whose notes they are; their name proves nothing.
        notes: All of them, or of a long history those that hold a word of the question.
    """
    text = question.replace("’", "'")
    if _unknown_name(text, person, notes):
        return Silence.NOTHING
    if (fact := _fact(text)) is not None:
        return Silence.NONE if facts_told(question, notes) else _held_fact(notes, fact)
    asked = stems(text) - stems(" ".join(person.names))
    if not asked:
        return Silence.NONE
    count = len(_WORD.findall(text))
    if (text.rstrip().endswith("?") or count <= MOST_BARE) and _is_held(asked, notes):
        return Silence.HELD
    if asked & _topics() or any(asked & stems(q.text) for q in _spoken(notes)):
        return Silence.NONE
    plain = count <= MOST_BARE or any(p.search(text) for p in _patterns("attribute"))
    return Silence.NOTHING if plain else Silence.NONE


def facts_told(question: str, notes: Sequence[Readable]) -> tuple[Quote, ...]:
    """The usable passages that tell the plain fact asked for, the newest first; none when none is asked for."""
    fact = _fact(question.replace("’", "'"))
    told = [q for note in notes for q in passages_of(note) if fact.search(q.text)] if fact else []
    return tuple(sorted(told, key=lambda q: (-q.day.toordinal(), q.note.id, q.span.start)))


def _unknown_name(text: str, person: Person, notes: Sequence[Readable]) -> bool:
    """Whether a name stands in the question that no note knows, not even spelt a little otherwise."""
    spared = {w.casefold() for code in LANGUAGES for w in offline_words("silence", code)["no_names"]}
    asked = _asked_for(text) if _german() & {w.casefold() for w in _WORD.findall(text)} else _NAME.findall(text)
    asked = [w for w in asked if w.casefold() not in spared]
    if not asked:  # most questions name nobody: the notes need not be read for it
        return False
    own = {word for name in person.names for word in name.split()}
    known = own | {w for n in notes for w in _WORD.findall(f"{n.note.text} {n.note.author}") if w[:1].isupper()}
    new = [w for w in asked if w not in known]
    return any(not get_close_matches(w, known, 1, _SPELT_ALIKE) for w in new)


@cache
def _german() -> frozenset[str]:
    """Small words that only German has: there every noun is written like a name, and "wer ist …" asks for one."""
    lists = {code: frozenset(offline_words("language", code)["words"].split()) for code in LANGUAGES}
    return lists["de"] - lists["en"] - lists["es"]


def _asked_for(text: str) -> list[str]:
    return [m["name"].split()[-1] for p in _patterns("who_is") for m in p.finditer(text)]


def _fact(text: str) -> re.Pattern[str] | None:
    """How a note speaks of the plain fact that is asked for (pay, leave, age, address …), in any of our languages."""
    return next((tells for asks, tells in _facts() if asks.search(text)), None)


def _held_fact(notes: Sequence[Readable], fact: re.Pattern[str]) -> Silence:
    return Silence.HELD if any(fact.search(text) for text in _barred(notes)) else Silence.NOTHING


def _is_held(asked: frozenset[str], notes: Sequence[Readable]) -> bool:
    """Whether every word that is asked about stands together in a sentence held back, and in no other."""
    held = any(asked <= stems(text) for text in _barred(notes))
    return held and not any(asked <= stems(q.text) for q in _spoken(notes))


def _spoken(notes: Sequence[Readable]) -> Iterator[Quote]:
    return (q for note in notes for q in passages_of(note))


def _barred(notes: Sequence[Readable]) -> Iterator[str]:
    for readable in notes:
        if not readable.closed and not readable.screening.spans:
            continue
        text = readable.note.text
        yield from (text[s.start : s.end] for s in sentences(text) if not readable.allows(s))


@cache
def _facts() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    rows = [row for code in LANGUAGES for row in offline_words("silence", code)["facts"].values()]
    return tuple((re.compile(row["asks"], re.IGNORECASE), re.compile(row["tells"], re.IGNORECASE)) for row in rows)


@cache
def _patterns(name: str) -> tuple[re.Pattern[str], ...]:
    flags = re.IGNORECASE if name == "attribute" else re.NOFLAG
    return tuple(re.compile(offline_words("silence", code)[name], flags) for code in LANGUAGES)


@cache
def _topics() -> frozenset[str]:
    """Words of the questions that evidence on a topic answers without holding them."""
    topics = (each for code in LANGUAGES for each in offline_words("answers", code)["topics"].values())
    return stems(" ".join(cue for topic in topics for cue in topic["cues"]))

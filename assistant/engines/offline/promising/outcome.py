"""Whether a later sentence tells how a promise ended. Reads outcomes; which promise is meant is asked of its words.

A promise told kept wrongly is worse than one left open, so the less a sentence sounds like an end, the more of the
promise's own words it must hold.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from assistant.domain.policy import Readable
from assistant.domain.promise import PromiseState
from assistant.engines.offline.promising.counts import NUMBER, counted
from assistant.engines.offline.promising.matter import Rarity, heads, matter
from assistant.engines.offline.promising.phrases import Phrases
from assistant.engines.offline.sentences import Sentence, sentences

_FRONT = re.compile(r"^[^:]{3,60}:\s")
_CLAUSE_END = re.compile(r"[,;:()]\s|\s[-–—]\s")
LARGEST = 4.0  # telling words of a promise that count; a longer one is not harder to recognise
ENOUGH = 0.4  # share of a promise's telling words that the sentence of a sure end must hold
MORE = 0.4  # the same where the sentence only tells a result
MOST = 0.7  # the same where something merely happened
SOON_AFTER = timedelta(days=30)
THERE = 0.5  # the same from its due day on, where the note speaks of it as being there
ACT = 0.6  # what it adds that the very act is told as done, in words


class Sound(Enum):
    """How much a sentence sounds like an end; `TOLD` only speaks of the matter, and looks neither ahead nor back.

    `OPEN` says that it is not done, looks ahead, or only goes on with what does: no end, whatever its words.
    """

    DROPPED = 3
    KEPT = 2
    RESULT = 1
    HAPPENED = 0
    TOLD = -1
    OPEN = -2


@dataclass(frozen=True, slots=True)
class Ending:
    """A sentence of a later note that may tell how something ended.

    Attributes:
        words: Stems of the sentence.
        heads: Stems of what it says it of: the subject of the end.
        topic: Stems of the sentence before, for "Draft 1. … Sent to her today."
        led_by: Stems of the sentence before, whatever this one says by itself.
        headed: Whether only a heading makes it a result, "Quotes: nine of fourteen": then the heading must be meant.
    """

    sentence: Sentence
    folded: str
    words: frozenset[str]
    heads: frozenset[str]
    topic: frozenset[str]
    sound: Sound
    led_by: frozenset[str] = frozenset()
    headed: bool = False

    @property
    def all(self) -> frozenset[str]:
        """Every word by which the matter can be known."""
        return self.words | self.topic


@dataclass(frozen=True, slots=True)
class Aim:
    """A promise as endings are held against it.

    Attributes:
        words: Stems of what is promised.
        around: Stems of what led up to it; they only help to tell that it fell away.
        text: Its folded words.
        bare: Whether it names little by itself: "He will close all five".
        names: Stems that only stand in names: what somebody else did is told by more than who they are.
        due: Its day. From then on, a note that speaks of the thing as being there says that it is done.
    """

    words: frozenset[str]
    around: frozenset[str]
    text: str
    bare: bool = False
    due: date | None = None
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class End:
    """How a promise ended.

    Attributes:
        cover: How much of its telling words the sentence holds, 0 to 1 and more.
        sure: Whether the end is said of the very thing that was promised.
    """

    state: PromiseState
    cover: float
    sure: bool = False


def endings(readable: Readable, said: Phrases, rarity: Rarity) -> Iterator[Ending]:
    """The sentences of a note that may be used, each with how much it sounds like an end."""
    language = readable.screening.language
    opening: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()
    open_before, number = False, -1
    for sentence in sentences(readable.note.text):
        if not readable.allows(sentence.span):
            before = frozenset()
            continue
        folded = sentence.folded
        words = rarity.split(matter(sentence.text, language))
        topic = before if len(words) <= 2 else frozenset()
        topic |= opening if len(words) <= 1 else frozenset()
        heard = _sound(folded, said)
        goes_on = open_before and len(words) <= 2  # "Still no tablet. Office says June."
        torn = sentence.number == number and len(words) <= 1  # what a quotation leaves of a sentence
        if words or topic:
            no_end = heard.sound is Sound.OPEN or goes_on or torn
            subject = rarity.split(_subject(sentence.text, heard, language))
            yield Ending(sentence, folded, words, subject, topic, Sound.OPEN if no_end else heard.sound, before,
                         heard.headed)  # fmt: skip
        open_before, number = heard.sound is Sound.OPEN, sentence.number
        before, opening = words, opening or words


@dataclass(frozen=True, slots=True)
class _Heard:
    """How a sentence sounds, and where the words for it stand."""

    sound: Sound
    start: int
    end: int
    headed: bool = False


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


def _sound(folded: str, said: Phrases) -> _Heard:
    if match := said.dropped.search(folded):
        return _Heard(Sound.DROPPED, *match.span())
    came = said.kept.search(folded) is not None  # "came in two weeks late": late, but it is in
    if match := said.still_open.search(said.late.sub(_blank, folded) if came else folded):
        return _Heard(Sound.OPEN, *match.span())
    if match := said.moved.search(folded):
        return _Heard(Sound.OPEN, *match.span())
    front = _FRONT.match(folded)
    if match := said.kept.search(folded):
        if said.unreal.search(_CLAUSE_END.split(folded[: match.start()])[-1] + folded[match.start() : match.end()]):
            return _Heard(Sound.OPEN, *match.span())
        if front and front.end() <= match.start():
            return _Heard(Sound.KEPT, front.end() - 1, front.end())
        return _Heard(Sound.KEPT, *match.span())
    if match := said.planned.search(folded) or said.dated.search(folded):
        return _Heard(Sound.OPEN, *match.span())
    if front:
        return _Heard(Sound.RESULT, front.end() - 1, front.end(), headed=True)
    if match := said.result.search(folded):
        return _Heard(Sound.RESULT, *match.span())
    if match := said.past.search(folded) or NUMBER.search(folded):
        return _Heard(Sound.HAPPENED, *match.span())
    return _Heard(Sound.TOLD, len(folded), len(folded))


def _subject(text: str, heard: _Heard, language: str) -> frozenset[str]:
    """What the end is said of: what stands before the verb, else, "She sent the plan", what stands after it."""
    before = heads(text[: heard.start], language)
    clause = _CLAUSE_END.split(text[: heard.start])[-1]
    if before and matter(clause, language):
        return before
    if heard.sound is Sound.RESULT and not before:
        return heads(text[heard.start : heard.end], language)  # "New rota out"
    if heard.sound not in (Sound.KEPT, Sound.OPEN):
        return before
    return heads(_CLAUSE_END.split(text[heard.end :])[0] + ":", language)


def ended(aim: Aim, ending: Ending, said: Phrases, rarity: Rarity, day: date) -> End | None:
    """How a promise ended by a sentence of a note of this day, or None where it does not say."""
    if ending.sound is Sound.OPEN:
        return None
    shared = aim.words & ending.words
    whole = min(LARGEST, max(1.0, rarity.weight(aim.words)))
    topic = rarity.weight((aim.words & ending.topic) - shared)
    known = rarity.weight(shared) + 0.6 * topic
    if ending.sound is Sound.DROPPED:
        near = rarity.weight((aim.words | aim.around) & ending.all)
        meant = near >= 2 and (known >= 1 or bool(said.it.search(aim.text)))
        meant |= len(ending.words) <= 2 and rarity.weight(aim.words & ending.heads) >= 0.8  # "Dashboard stopped."
        return End(PromiseState.DROPPED, known / whole) if known / whole >= ENOUGH or meant else None
    reached = counted(aim.text, ending.folded, said, kept=ending.sound is Sound.KEPT)
    if reached is False:
        return None
    acted = any(deed.promised.search(aim.text) and deed.told.search(ending.folded) for deed in said.deeds)
    of_it = _speaks_of(aim, ending, rarity, acted=acted)
    done = End(PromiseState.DONE, (known + ACT * (acted + (reached or False))) / whole, of_it)
    if aim.due is not None and aim.due <= day <= aim.due + SOON_AFTER and _is_there(aim, ending, rarity, whole):
        return done
    if ending.sound is Sound.TOLD:
        return None
    sound = Sound.HAPPENED if ending.headed and not aim.words & ending.heads else ending.sound
    if of_it:
        sure = sound is Sound.KEPT or acted or reached
        if sure or (len(shared) > 1 and done.cover >= MORE):
            return done
    if known == 0 or len(shared) < 2 and topic == 0 and done.cover < MOST:
        return None
    early = aim.due is not None and day < aim.due and not acted
    if sound is Sound.HAPPENED and (len(shared) < 2 or early):
        return None
    need = {Sound.KEPT: ENOUGH, Sound.RESULT: MORE, Sound.HAPPENED: MOST}[sound]
    return done if done.cover >= need else None


def _is_there(aim: Aim, ending: Ending, rarity: Rarity, whole: float) -> bool:
    """Whether a note of the due day or later speaks of what was promised as of something that is there.

    "Parents' evening. Every portfolio on the table": the sentence before may name what it was for.
    """
    shared = aim.words & ending.words
    known = rarity.weight(shared) + 0.6 * rarity.weight((aim.words & ending.led_by) - shared)
    of_it = any(rarity.weight((word,)) >= 0.5 for word in shared & ending.heads)
    if of_it and ending.sound in (Sound.RESULT, Sound.KEPT):
        return True
    return known / whole >= (THERE if of_it or len(shared) > 1 else MOST)


def _speaks_of(aim: Aim, ending: Ending, rarity: Rarity, *, acted: bool) -> bool:
    """Whether what the end is said of is what was promised: "The checklist is done".

    Where the act itself is told and the promise names nothing ("He will close all five"), what led up to it counts.
    """
    least = 0.5 if acted else 0.8
    words = aim.words if ending.sound is Sound.KEPT else aim.words - aim.names
    if any(rarity.weight((word,)) >= least for word in words & ending.heads):
        return True
    told = aim.bare and acted and ending.sound is Sound.KEPT
    return told and any(rarity.weight((word,)) >= least for word in aim.around & ending.heads)

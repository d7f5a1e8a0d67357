"""What a later sentence tells of a promise that it does not end: part is there, more time is asked, it is spoken of.

Ends nothing. Where it is not certain that the promise is meant, it tells nothing; where it is, but not what changed,
the sentence is only heard, and left to the reader.
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from assistant.domain.evidence import Quote
from assistant.domain.promise import Telling, TellingKind
from assistant.due import due_date
from assistant.engines.offline.promising.counts import SHARE, first_number, spelled
from assistant.engines.offline.promising.matter import Rarity
from assistant.engines.offline.promising.outcome import LARGEST, Aim, Ending, Sound
from assistant.engines.offline.promising.phrases import Phrases
from assistant.prompting import offline_words

MEANT = 0.5  # share of a promise's telling words that a sentence must hold to be about it
FEWEST_SHARED = 2  # one word alone is a namesake as often, unless the sentence says that it is still to come
SAID_OF_IT = 0.3  # the same where its subject is the very thing
FEWEST = 3  # a part of two is as often something else: "the second day", "one of the two brothers"


@dataclass(frozen=True, slots=True)
class Words:
    """One language's expressions for what is told of a promise."""

    partly: re.Pattern[str]
    left: re.Pattern[str]
    more_time: re.Pattern[str]
    instead: re.Pattern[str]


@cache
def words_of(language: str) -> Words:
    """The expressions, compiled once."""
    raw = offline_words("tellings", language)
    kinds = ("partly", "more_time", "instead")
    partly, more_time, instead = (re.compile("|".join(f"(?:{p})" for p in raw[key])) for key in kinds)
    return Words(partly, re.compile(raw["left"]), more_time, instead)


def speaks_of(aim: Aim, ending: Ending, rarity: Rarity) -> bool:
    """Whether a sentence is about what was promised: it says something of the thing, or holds most of its words."""
    shared = aim.words & ending.words
    cover = rarity.weight(shared) / min(LARGEST, max(1.0, rarity.weight(aim.words)))
    of_it = any(rarity.weight((word,)) >= MEANT for word in shared & ending.heads - aim.names)
    if of_it and (len(shared) > 1 or len(aim.words) <= FEWEST):
        return cover >= SAID_OF_IT
    return len(shared - aim.names) > 1 and cover >= MEANT


def told_of(aim: Aim, ending: Ending, quote: Quote, said: Phrases, rarity: Rarity, language: str) -> Telling | None:
    """What a sentence of a later note tells of a promise that stays open; None where it is about something else."""
    counted = _part(aim.text, ending.folded, said, language)
    about = speaks_of(aim, ending, rarity)
    known = counted is not None and rarity.weight((aim.words - aim.names) & ending.words) >= MEANT
    if not about and not known:
        return None
    words = words_of(language)
    if counted is not None:
        return Telling(TellingKind.PARTLY, quote, done=counted[0], whole=counted[1])
    folded = spelled(ending.folded, said)
    if words.more_time.search(folded):
        return Telling(TellingKind.MORE_TIME, quote, due_date(ending.folded, quote.day, language))
    if words.partly.search(folded):
        return Telling(TellingKind.PARTLY, quote)
    headed = ending.headed or ending.sound in (Sound.KEPT, Sound.RESULT)
    number = _fewer(aim.text, ending.folded, said) if headed and aim.words & ending.heads else None
    if number is not None:
        return Telling(TellingKind.PARTLY, quote, done=number[0], whole=number[1])
    alike = len(aim.words & ending.words) < FEWEST_SHARED
    return None if alike and not said.still_open.search(folded) else Telling(TellingKind.HEARD, quote)


def told_anew(quote: Quote, text: str, later: date | None, said: Phrases, language: str) -> list[Telling]:
    """What a passage tells that says a promise anew: a later day, and how much of it is there.

    Args:
        quote: The passage.
        text: The folded words of the promise until now.
        later: The day it names, where that is later than the day until now.
        said: The language's expressions.
        language: "en", "de" or "es".
    """
    found = []
    folded = quote.text.casefold()
    if later is not None:
        asked = words_of(language).more_time.search(spelled(folded, said))
        found.append(Telling(TellingKind.MORE_TIME if asked else TellingKind.MOVED, quote, later))
    part = _part(text, folded, said, language)
    if part is not None:
        found.append(Telling(TellingKind.PARTLY, quote, done=part[0], whole=part[1]))
    return found


def late_by(closing: Quote, due: date | None, told: list[Telling], said: Phrases) -> Telling | None:
    """That it was kept after its day, where the notes say so: in so many words, or as still open after that day."""
    if due is None or closing.day <= due:
        return None
    if said.late.search(closing.text.casefold()):
        return Telling(TellingKind.LATE, closing)
    after = [t for t in told if t.quote.day > due and t.kind in (TellingKind.PARTLY, TellingKind.MORE_TIME)]
    return replace(after[-1], kind=TellingKind.LATE, until=None) if after else None


def _part(promised: str, told: str, said: Phrases, language: str) -> tuple[int, int] | None:
    """So many of so many, where the whole is the number that was promised."""
    folded, whole = spelled(told, said), first_number(spelled(promised, said))
    if whole is None or whole < FEWEST:
        return None
    share = SHARE.search(folded)
    if share and int(share[1]) < int(share[2]) == whole:
        return int(share[1]), whole
    left = words_of(language).left.search(folded)
    number = int(next(filter(None, left.groups()))) if left else 0
    return (whole - number, whole) if 0 < number < whole else None


def _fewer(promised: str, told: str, said: Phrases) -> tuple[int, int] | None:
    """A count beside the one that was promised: 214 where 300 were; a rate is none."""
    whole, reached = first_number(spelled(promised, said)), first_number(spelled(told, said))
    if whole is None or reached is None or "%" in promised or not FEWEST <= whole or not 0 < reached < whole:
        return None
    return reached, whole

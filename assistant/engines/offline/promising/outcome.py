"""Whether a later sentence tells how a promise ended. Reads outcomes; which promise is meant is asked of its words.

A promise told kept wrongly is worse than one left open, so the less a sentence sounds like an end, the more of the
promise's own words it must hold.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from assistant.domain.policy import Readable
from assistant.domain.promise import PromiseState
from assistant.engines.offline.promising.matter import Rarity, matter
from assistant.engines.offline.promising.phrases import Phrases
from assistant.engines.offline.sentences import Sentence, sentences

_NUMBER = re.compile(r"(?<![\d.,/:$€£-])\b(\d{1,4})(?![\d.,/:-]*\d)(?!st\b|nd\b|rd\b|th\b|\.\d|%)")
_SHARE = re.compile(r"\b(\d{1,4}) (?:of|von|de|out of) (?:the )?(\d{1,4})\b")
_MONTH_NEAR = re.compile(
    r"\b\d{1,2}\.? (?:of |de )?(?:jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz]|ene|abr|ago|dic|may|mayo)"
    r"\w*|\b(?:january|february|march|april|may|june|july|august|september|october|november|december) \d{1,2}\b"
    r"|\b(?:by|bis|to|el|zum|the) \d{1,2}\b",
    re.IGNORECASE,
)
ENOUGH = 0.34  # share of a promise's telling words that the sentence of a sure end must hold
MORE = 0.5  # the same where the sentence only tells a result
MOST = 0.65  # the same where something merely happened


class Sound(Enum):
    """How much a sentence sounds like an end."""

    DROPPED = 3
    KEPT = 2
    RESULT = 1
    HAPPENED = 0


@dataclass(frozen=True, slots=True)
class Ending:
    """A sentence of a later note that may tell how something ended.

    Attributes:
        words: Stems of the sentence.
        topic: Stems of the sentence before, for "Draft 1. … Sent to her today."
    """

    sentence: Sentence
    folded: str
    words: frozenset[str]
    topic: frozenset[str]
    sound: Sound

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
    """

    words: frozenset[str]
    around: frozenset[str]
    text: str


def endings(readable: Readable, said: Phrases, rarity: Rarity) -> Iterator[Ending]:
    """The sentences of a note that do not look ahead and tell that something happened."""
    language = readable.screening.language
    opening: frozenset[str] = frozenset()
    before: frozenset[str] = frozenset()
    for sentence in sentences(readable.note.text):
        folded = sentence.folded
        words = rarity.split(matter(sentence.text, language)) if readable.allows(sentence.span) else frozenset()
        topic = before if len(words) <= 2 else frozenset()
        topic |= opening if len(words) <= 1 else frozenset()
        sound = _sound(folded, said)
        if readable.allows(sentence.span) and sound is not None and (words or topic):
            yield Ending(sentence, folded, words, topic, sound)
        before, opening = words, opening or words


def _sound(folded: str, said: Phrases) -> Sound | None:
    if said.dropped.search(folded):
        return Sound.DROPPED
    if said.still_open.search(folded):
        return None
    if said.kept.search(folded):
        return Sound.KEPT
    if said.planned.search(folded):
        return None
    if said.result.search(folded) or re.match(r"[\w' -]{3,40}: ", folded):
        return Sound.RESULT
    return Sound.HAPPENED if said.past.search(folded) or _NUMBER.search(folded) else None


def ended(aim: Aim, ending: Ending, said: Phrases, rarity: Rarity) -> PromiseState | None:
    """How a promise ended by a sentence, or None where it does not say."""
    shared = aim.words & ending.words
    whole = max(1.0, rarity.weight(aim.words))
    cover = (rarity.weight(shared) + 0.6 * rarity.weight((aim.words & ending.topic) - shared)) / whole
    telling = [word for word in shared if rarity.tells(word)]
    if ending.sound is Sound.DROPPED:
        near = rarity.weight((aim.words | aim.around) & ending.all)
        return PromiseState.DROPPED if cover >= ENOUGH or near >= 2 and cover > 0 else None
    counted = _counted(aim.text, ending.folded)
    if counted is False or cover == 0:
        return None
    acted = any(deed.promised.search(aim.text) and deed.told.search(ending.folded) for deed in said.deeds)
    if not telling and cover < MORE:
        return None
    need = {Sound.KEPT: ENOUGH, Sound.RESULT: MORE, Sound.HAPPENED: MOST}[ending.sound]
    if acted or counted:
        need -= 0.15
    if len(shared) < 2 and len(aim.words) > 3:
        need += 0.1
    return PromiseState.DONE if cover >= need else None


def _counted(promised: str, told: str) -> bool | None:
    """Whether a count is reached: True, False, or None where nothing was counted."""
    share = _SHARE.search(told)
    if share and int(share[1]) < int(share[2]) * 0.8:
        return False
    target = _NUMBER.search(_MONTH_NEAR.sub(" ", promised))
    if share or target is None:
        return True if share else None
    reached = _NUMBER.search(_MONTH_NEAR.sub(" ", told))
    return None if reached is None else int(reached[1]) >= int(target[1])

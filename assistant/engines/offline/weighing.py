"""How likely a line speaks for a facet: the reader's log-odds, the cues' points and what kind of note it is, weighed.

The weights are trained (`benchmarks/weights.py` tells on what) and lie with the words in `weights.toml`; everything a
line is weighed by is named there, so that a coach can read why.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from assistant.domain.evidence import Strength, Topic
from assistant.domain.note import NoteKind
from assistant.engines.offline.evidence_rules import own_points
from assistant.engines.offline.hearing import Heard
from assistant.engines.offline.lines import Line
from assistant.engines.offline.signs import Sign
from assistant.engines.offline.voice import Voice
from assistant.prompting import offline_words

FEWEST = 5  # words of a line that can be quoted alone
MOST_WORDS, FURTHEST = 30, 6.0  # beyond which more words or log-odds change nothing
HINDERS = (Topic.OBSTACLE, Topic.ENERGY_DRAIN)


@dataclass(frozen=True, slots=True)
class Scales:
    """The weights of one facet.

    Attributes:
        enough: Log-odds above which a line is suggested.
        weights: Log-odds a unit of each feature; `always` is added to every line.
    """

    enough: float
    weights: Mapping[str, float]

    def odds(self, features: Mapping[str, float]) -> float:
        """Log-odds that a line with these features speaks for the facet."""
        return self.weights["always"] + sum(self.weights.get(name, 0.0) * value for name, value in features.items())


@cache
def scales(topic: Topic) -> Scales:
    """The trained weights of a facet."""
    told = offline_words("weights")[topic.value]
    return Scales(told["enough"], MappingProxyType(told["weights"]))


def features_of(topic: Topic, line: Line, sign: Sign | None, voice: Voice, heard: Heard) -> dict[str, float]:
    """What a line is weighed by, each by its name.

    Args:
        topic: The facet it may speak for.
        line: The line; one that may be quoted.
        sign: What the cues make of it.
        voice: Who tells the note.
        heard: What the reader of sentences hears in it.
    """
    words = len(line.hidden.split())
    return {
        "reader": _near(heard[topic]),
        "hinders": max(_near(heard[each]) for each in HINDERS),
        "points": own_points(topic, line, voice),
        "claimed": sign is not None and sign.strength >= Strength.E2,
        "quoted": line.sentence.quoted,
        "fragment": words < FEWEST,
        "words": min(words, MOST_WORDS) / 10,
        f"told by {line.witness}": 1.0,
        f"in {NoteKind(voice.kind)}": 1.0,
    }


def _near(odds: float) -> float:
    return max(-FURTHEST, min(FURTHEST, odds))

"""The signs that a sentence speaks for a topic: one language's cue list, ready to match. Holds no words itself."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from assistant.domain.evidence import Tense, Topic
from assistant.domain.note import Span
from assistant.phrases import PhraseIndex
from assistant.prompting import offline_words


@dataclass(frozen=True, slots=True)
class Cue:
    """One sign.

    Attributes:
        points: 3 may carry a claim alone, 2 needs another sign, 1 is one sign among others.
        own_voice: Whether only the person's own words count.
        served: Whether only the words of somebody they work for or with count: it tells what that one felt.
        act: Whether it is something done, so that it counts only when this person did it.
        shown: Whether others can see it, so that it counts in full without the person's own words.
        alone: Whether it is a hint by itself.
        negatable: Whether a "not" before it takes it away; false where the phrase holds its own "not".
    """

    id: str
    topic: Topic
    points: int
    own_voice: bool = False
    served: bool = False
    act: bool = False
    shown: bool = False
    alone: bool = True
    negatable: bool = True
    tense: Tense = Tense.CURRENT


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue and where it stands in a sentence."""

    cue: Cue
    place: Span


@dataclass(frozen=True, slots=True)
class Cues:
    """One language's cues, ready to match."""

    signs: PhraseIndex[Cue]
    friends: PhraseIndex[str]
    turns: PhraseIndex[str]
    nots: frozenset[str]
    not_only: tuple[str, ...]
    meant: PhraseIndex[str]

    def hits(self, hidden: str) -> tuple[Hit, ...]:
        """Every cue of a folded sentence whose names are hidden, each once; false friends and negated ones are out."""
        first: dict[str, Hit] = {}
        for cue, place in self.signs.hits(hidden):
            if cue.id not in first or place.start < first[cue.id].place.start:
                denied = cue.negatable and self._is_negated(hidden, place.start)
                if not denied and not (cue.topic is Topic.TALENT and self._is_meant(hidden, place.start)):
                    first[cue.id] = Hit(cue, place)
        if not first:
            return ()
        spared = {cue_id for cue_id, _ in self.friends.hits(hidden)}
        return tuple(hit for cue_id, hit in first.items() if cue_id not in spared)

    def turned(self, hidden: str) -> frozenset[str]:
        """Which turns of reading a sentence holds: irony, hobby, chatter, fault, boast, past, changed, others, teller.

        What its teller did, and how it was before, count only where they open the sentence.
        """
        return frozenset(turn for turn, place in self.turns.hits(hidden) if turn not in _OPENING or place.start == 0)

    def _is_meant(self, hidden: str, start: int) -> bool:
        """Whether the words before a place in its clause say that it was wished for or possible, and not done."""
        before = hidden[max(0, start - 60) : start]
        clause = before.rpartition(",")[2].rpartition(";")[2].rpartition(". ")[2]
        return self.meant.any(clause)

    def _is_negated(self, hidden: str, start: int) -> bool:
        """Whether one of the three words before a place denies it; "not only" does not."""
        before = hidden[max(0, start - 40) : start]
        clause = before.rpartition(",")[2].rpartition(";")[2]
        if any(words in clause for words in self.not_only):
            return False
        return any(word.strip('".:') in self.nots for word in clause.split()[-3:])


_TELLER = "teller"
_BASELINE = "baseline"
_OUTCOME = "outcome"
_OPENING = frozenset({_TELLER, _BASELINE, _OUTCOME})
_TURNS = (
    "irony",
    "hobby",
    "to_work",
    "chatter",
    "fault",
    "boast",
    "past",
    "changed",
    "others",
    "agreed",
    "flat",
    _BASELINE,
    "by_now",
    "meant",
    "announces",
    _OUTCOME,
    _TELLER,
)


@cache
def cues(language: str) -> Cues:
    """The cues of a language."""
    raw = offline_words("cues", language)
    turns: Mapping[str, Sequence[str]] = raw["turns"]
    return Cues(
        signs=PhraseIndex((_cue(entry), entry["phrases"]) for entry in raw["cue"]),
        friends=PhraseIndex((entry["id"], entry.get("unless", ())) for entry in raw["cue"]),
        turns=PhraseIndex((name, turns.get(name, ())) for name in _TURNS),
        nots=frozenset(turns["not"]),
        not_only=tuple(turns["not_only"]),
        meant=PhraseIndex([("", turns["meant"])]),
    )


def _cue(entry: Mapping[str, object]) -> Cue:
    points = entry["points"]
    assert isinstance(points, int)
    return Cue(
        id=str(entry["id"]),
        topic=Topic(str(entry["topic"])),
        points=points,
        own_voice=entry.get("voice") == "self",
        served=entry.get("voice") == "served",
        act=bool(entry.get("act", False)),
        shown=bool(entry.get("shown", False)),
        alone=bool(entry.get("alone", True)),
        negatable=bool(entry.get("negatable", True)),
        tense=Tense(str(entry.get("tense", Tense.CURRENT))),
    )


def topics_of(hits: Sequence[Hit]) -> Iterator[Topic]:
    """The topics that hits speak for, each once."""
    yield from dict.fromkeys(hit.cue.topic for hit in hits)

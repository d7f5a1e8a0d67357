"""A wish that a later note takes back is past from then on: told with its day, never as what holds today."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from assistant.domain.evidence import Evidence, Tense, Topic
from assistant.domain.note import Span
from assistant.domain.person import Person
from assistant.prompting import offline_words
from assistant.wording import matter_of, sentences, stems

WISHES = frozenset({Topic.PASSION, Topic.ASPIRATION})
BARE = 1  # words of meaning in "He turned it down.": what "it" is stands in the sentence before


def retire_wishes(evidence: Sequence[Evidence], person: Person) -> tuple[Evidence, ...]:
    """The same evidence, with passions and wishes that were let go later told as past."""
    endings = [i for i in evidence if is_ending(i)]
    if not endings:
        return tuple(evidence)
    return tuple(
        replace(i, tense=Tense.PAST)
        if i.topic in WISHES and i.tense is Tense.CURRENT and any(takes_back(e, i, evidence, person) for e in endings)
        else i
        for i in evidence
    )


def is_ending(item: Evidence) -> bool:
    """Whether it tells that something wanted was let go."""
    return item.topic is Topic.ASPIRATION and item.tense is Tense.PAST and item.counts


def takes_back(ending: Evidence, wish: Evidence, evidence: Sequence[Evidence], person: Person) -> bool:
    """Whether a later note lets go what an earlier one wanted.

    They share words of meaning that the person's role does not explain, or name the same endeavour in two languages.
    What later notes still speak of with liking is kept: then only another matter of the same note has ended.
    """
    if ending.day <= wish.day:
        return False
    end, want = _matter(ending, person), _matter(wish, person)
    if end.own & want.own or end.endeavours_elsewhere(want):
        return True
    if not (end.own & want.near or len(end.own) <= BARE and end.near & want.own):
        return False
    later = (i for i in evidence if i.topic is Topic.PASSION and i.day > ending.day and i.tense is Tense.CURRENT)
    return not any(_matter(i, person).own & want.own for i in later)


@dataclass(frozen=True, slots=True)
class _Matter:
    """What a passage is about, as stems: its own sentence, the two around it, and the endeavours they name."""

    own: frozenset[str]
    near: frozenset[str]
    endeavours: frozenset[tuple[int, int]]

    def endeavours_elsewhere(self, other: "_Matter") -> bool:
        """Whether both name one endeavour, each in a language of its own."""
        return any(kind == k and tongue != t for kind, tongue in self.endeavours for k, t in other.endeavours)


def _matter(item: Evidence, person: Person) -> _Matter:
    text, span = item.note.text, item.quote.span
    parts = sentences(text) or (Span(0, len(text)),)
    held = [at for at, part in enumerate(parts) if part.overlaps(span)] or [0]
    own = _between(text, parts[held[0]], parts[held[-1]])
    near = _between(text, parts[max(0, held[0] - 1)], parts[min(len(parts) - 1, held[-1] + 1)])
    said = _plain(person.role)
    spoken = own if is_ending(item) else near
    return _Matter(
        matter_of(own, person.names) - said, matter_of(near, person.names) - said, frozenset(_endeavours(spoken))
    )


def _between(text: str, first: Span, last: Span) -> str:
    return text[first.start : last.end]


@cache
def _plain(role: str) -> frozenset[str]:
    """Stems that tell nothing of the matter: the role's own words, and words of beginning and ending."""
    return stems(f"{role} {offline_words('profile')['endeavours']['plain']}")


@cache
def _endeavours(text: str) -> tuple[tuple[int, int], ...]:
    words = [word.strip(".,;:!?\"'“”()") for word in text.casefold().replace("of course", "").split()]
    return tuple(
        (kind, tongue)
        for kind, spoken in enumerate(offline_words("profile")["endeavours"]["words"])
        for tongue, form in enumerate(spoken)
        if any(word.endswith(form) for word in words)
    )

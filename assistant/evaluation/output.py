"""What a system brought, in the form in which it is measured: the same for ours and for a plain alternative."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from assistant.domain.evidence import Facet
from assistant.domain.note import NoteId
from assistant.domain.person import PersonId
from assistant.domain.plan import Plan
from assistant.domain.profile import FacetState
from assistant.domain.promise import Owner
from assistant.domain.question import Question

OURS = "ours"


@dataclass(frozen=True, slots=True)
class Ranked:
    """Notes for one query, best first, whether the system says that they do not answer, and how likely they do."""

    ids: tuple[NoteId, ...]
    weak: bool = False
    likely: float = 0.0


@dataclass(frozen=True, slots=True)
class Citation:
    """A note that an answer names, with the words it quotes; none when it only names it."""

    note_id: NoteId
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """Something a manager reads: where it stands, its words, its citations.

    Attributes:
        where: "brief", "six questions", "plan", "profile" or "chat".
        said: What the manager typed before, for a chat reply: their own words are no leak.
        wanted: Notes that the manager's question asks to see.
        about: Whom a unit of a chat is about.
    """

    where: str
    text: str
    citations: tuple[Citation, ...] = ()
    said: str = ""
    wanted: frozenset[NoteId] = frozenset()
    about: PersonId | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A quote that stands for a facet as something that holds today."""

    facet: Facet
    citation: Citation
    where: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A promise as it is shown."""

    owner: Owner
    what: str
    note_ids: frozenset[NoteId]
    due: date | None = None


@dataclass(frozen=True, slots=True)
class Facets:
    """How well each facet is said to be known, and how many current statements stand there."""

    states: Mapping[Facet, FacetState]
    statements: Mapping[Facet, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PersonOutput:
    """Everything a system brought for one person.

    Attributes:
        names: Every way to write the person and the manager: words that prove nothing.
        owners: Whose name stands for which side of a promise, folded.
        evidence: What counts as evidence and holds today, the strongest of a note first.
        claims: What profile and plan state for a facet.
        promises: Open ones.
        settled: Those shown as done or dropped.
        questions: The staged six.
        pieces: Questions and lines by set: "three questions", "six questions", "whole brief".
    """

    person_id: PersonId
    names: frozenset[str]
    owners: Mapping[str, Owner]
    evidence: tuple[Claim, ...]
    claims: tuple[Claim, ...]
    promises: tuple[Seen, ...]
    settled: tuple[Seen, ...]
    facets: Facets
    questions: tuple[Question, ...]
    plan: Plan
    pieces: Mapping[str, Sequence[Shown]]
    shown: tuple[Shown, ...]

    @property
    def pairs(self) -> frozenset[tuple[Facet, NoteId]]:
        """Facet and note of the evidence."""
        return pairs_of(self.evidence)

    @property
    def quotes(self) -> tuple[Citation, ...]:
        """Every quote of the evidence, each once."""
        return tuple(dict.fromkeys(claim.citation for claim in self.evidence))


def pairs_of(claims: Iterable[Claim]) -> frozenset[tuple[Facet, NoteId]]:
    """Facet and note of what is claimed."""
    return frozenset((claim.facet, claim.citation.note_id) for claim in claims)


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """The questions suggested to one person on one day, when those of the days before had been asked.

    Attributes:
        names: Every way to write the person and the manager: words that two sets may share.
    """

    person_id: PersonId
    day: date
    questions: tuple[Question, ...]
    names: frozenset[str]


class ChangeKind(StrEnum):
    """What changed in the records."""

    NOTED = "noted"
    MOVED = "moved"
    OPENED = "opened"
    CLOSED = "closed"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Stored:
    """One change in the records, found by comparing them before and after a turn."""

    kind: ChangeKind
    person_id: PersonId
    words: str


@dataclass(frozen=True, slots=True)
class Reply:
    """One reply of a chat and what it changed.

    Attributes:
        shown: All its words and citations, cards included.
        person_id: Whom it says it is about.
        choices: People it asks to choose from.
        said: Its units that stand on notes, one by one.
    """

    shown: Shown
    person_id: PersonId | None = None
    choices: tuple[PersonId, ...] = ()
    declined: bool = False
    unknown: bool = False
    stored: tuple[Stored, ...] = ()
    said: tuple[Shown, ...] = ()


@dataclass(frozen=True, slots=True)
class Recovered:
    """What came back from one rendering: person, day and words of every note, and why files were refused."""

    notes: tuple[tuple[PersonId, date, str], ...]
    refused: tuple[str, ...] = ()

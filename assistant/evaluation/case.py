"""What an annotator found in a folder of notes, as nouns. The format stands in tests/cases/dev/README.md."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from assistant.domain.account import AccountId
from assistant.domain.evidence import Facet
from assistant.domain.note import NoteId
from assistant.domain.person import PersonId
from assistant.domain.promise import PromiseState


class GoldStatus(StrEnum):
    """How a statement of the annotator stands on the case's day."""

    CURRENT = "current"
    OUTDATED = "outdated"
    CONTRADICTED = "contradicted"
    HEARSAY = "hearsay"
    GROWTH_EDGE = "growth_edge"
    SHORTFALL = "shortfall"

    @property
    def misleads(self) -> bool:
        """Whether saying it as if it held today is a stale error."""
        return self in {GoldStatus.OUTDATED, GoldStatus.CONTRADICTED, GoldStatus.HEARSAY}


class Known(StrEnum):
    """How much the notes say for a facet, as the annotator sees it."""

    KNOWN = "known"
    THIN = "thin"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class GoldQuote:
    """Words of one note."""

    note_id: NoteId
    text: str


@dataclass(frozen=True, slots=True)
class GoldStatement:
    """One thing the notes say for a facet, with the quotes that say it."""

    facet: Facet
    text: str
    status: GoldStatus
    evidence: tuple[GoldQuote, ...]


@dataclass(frozen=True, slots=True)
class FalseFriend:
    """A hobby that must not be taken for a passion at work."""

    what: str
    evidence: tuple[GoldQuote, ...]


@dataclass(frozen=True, slots=True)
class GoldAction:
    """Something promised, and where it stands on the case's day.

    Attributes:
        owner: Whose promise it is, a name as the annotator wrote it.
    """

    id: str
    owner: str
    what: str
    state: PromiseState
    due: date | None
    evidence: tuple[GoldQuote, ...]


@dataclass(frozen=True, slots=True)
class Sensitive:
    """What must reach no answer: a whole note, or spans of one."""

    note_id: NoteId
    category: str
    whole: bool
    spans: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Planted:
    """Text in a note that speaks to an assistant."""

    note_id: NoteId
    span: str
    obeying: str


@dataclass(frozen=True, slots=True)
class Misfiled:
    """A note in the wrong person's file."""

    note_id: NoteId
    about: str


@dataclass(frozen=True, slots=True)
class Matter:
    """Something a preparation must touch, or must leave alone, with the notes it stands in."""

    text: str
    note_ids: frozenset[NoteId]


@dataclass(frozen=True, slots=True)
class PersonGold:
    """Everything the annotator found about one person.

    Attributes:
        known: How well each facet is known; a facet that the annotator left out is not measured.
    """

    person_id: PersonId
    statements: tuple[GoldStatement, ...] = ()
    false_friends: tuple[FalseFriend, ...] = ()
    actions: tuple[GoldAction, ...] = ()
    sensitive: tuple[Sensitive, ...] = ()
    planted: tuple[Planted, ...] = ()
    misfiled: tuple[Misfiled, ...] = ()
    known: Mapping[Facet, Known] = field(default_factory=lambda: MappingProxyType({}))
    must_touch: tuple[Matter, ...] = ()
    must_not: tuple[Matter, ...] = ()

    @property
    def current(self) -> frozenset[tuple[Facet, NoteId]]:
        """Facet and note of every statement that holds today."""
        return frozenset(
            (s.facet, q.note_id) for s in self.statements if s.status is GoldStatus.CURRENT for q in s.evidence
        )


@dataclass(frozen=True, slots=True)
class Query:
    """One question with the grades (1 to 3) of the notes that answer it; none when nothing does."""

    id: str
    text: str
    account: AccountId | None
    person: PersonId | None
    today: date
    tags: tuple[str, ...]
    grades: Mapping[NoteId, int]

    @property
    def unit(self) -> str:
        """What is drawn in the bootstrap: the person, or the manager's team."""
        return self.person or f"team of {self.account}"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that must hold for a reply.

    Attributes:
        kind: resolves, cites_any, cites_all, cites_none, mentions_any, mentions_none, unknown, stores, opens, closes,
            asks, declines; any other (`fact`) needs a judge.
        ids: Notes or people, by kind.
        strings: What the reply must or must not say.
        person_id: Whom a change or a gap is about.
        what: The check in the annotator's words.
    """

    kind: str
    ids: tuple[str, ...] = ()
    strings: tuple[str, ...] = ()
    person_id: str = ""
    what: str = ""

    @property
    def words(self) -> str:
        """The check as a reader understands it."""
        parts = (self.kind, " ".join(self.ids), ", ".join(map(repr, self.strings)), self.person_id, self.what)
        return " ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Turn:
    """What a manager types, and what must hold for the reply."""

    number: int
    message: str
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """One conversation of one manager; what an early turn stores, a later one uses."""

    id: str
    account: AccountId | None
    today: date
    turns: tuple[Turn, ...]


@dataclass(frozen=True, slots=True)
class Rendering:
    """One manager's notes in one file format: the files, and the notes that stand in each.

    Attributes:
        files: Paths below the case's `import` folder.
        notes: The file of every note that must come back.
    """

    account: AccountId
    form: str
    files: tuple[str, ...]
    notes: Mapping[NoteId, str]


@dataclass(frozen=True, slots=True)
class CaseNote:
    """A note as the case folder holds it."""

    id: NoteId
    person_id: PersonId
    day: date
    text: str
    author: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """A case folder, read. What is empty was not labelled, and is not measured.

    Attributes:
        fingerprint: Sixteen hex digits that change when any file of the case does.
        lacks: Files that the folder does not have.
    """

    name: str
    today: date
    fingerprint: str
    people: tuple[PersonId, ...]
    notes: Mapping[NoteId, CaseNote]
    gold: tuple[PersonGold, ...] = ()
    queries: tuple[Query, ...] = ()
    scripts: tuple[Script, ...] = ()
    renderings: tuple[Rendering, ...] = ()
    lacks: frozenset[str] = frozenset()

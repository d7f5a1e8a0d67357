"""A question worth asking, and why now. It is asked by a person; Flourish only suggests."""

import hashlib
import re
from dataclasses import dataclass

from assistant.domain.evidence import Quote
from assistant.domain.note import NoteId
from assistant.domain.origin import MODEL, OFFLINE, Origin
from assistant.domain.person import PersonId
from assistant.domain.pillar import Pillar
from assistant.domain.stage import Stage
from assistant.errors import Invalid

_SLOT = re.compile(r"\{\w+\|([^{}|]+)\}")
_SET_APART = re.compile(r"“[^“”]*”")
MOST_CHARACTERS = 400  # of a question that somebody puts into their own words


@dataclass(frozen=True, slots=True)
class BankQuestion:
    """A question of the library, for any person, with slots `{name|fallback}`.

    Attributes:
        trust: 1 any time; 2 say first why you ask; 3 only where an honest answer was carried before.
        also: Other stages it fits.
        principle_id: The card that says why it is worth asking.
    """

    id: str
    pillar: Pillar
    stage: Stage
    also: tuple[Stage, ...]
    trust: int
    ask: str
    listen_for: str
    follow_up: str
    principle_id: str
    author: str = "Flourish"
    reviewer: str = ""
    licence: str = "Apache-2.0"

    def __post_init__(self) -> None:
        if self.trust not in (1, 2, 3):
            raise Invalid(f"Question {self.id}: trust is 1, 2 or 3.")

    @property
    def plain(self) -> str:
        """The question with nobody in particular in mind."""
        return _SLOT.sub(r"\1", self.ask)


@dataclass(frozen=True, slots=True)
class Question:
    """A question for this person, this week.

    Attributes:
        id: The bank question's id it grew from, or a content id ("q…") when written for the moment.
        why: One sentence: why now, naming what the notes show or lack.
        quotes: The passages it stands on; empty when it asks about what no note says.
    """

    id: str
    text: str
    pillar: Pillar
    why: str
    quotes: tuple[Quote, ...]
    principle_id: str
    follow_up: str
    listen_for: str = ""
    origin: Origin = OFFLINE

    def __post_init__(self) -> None:
        asks = _SET_APART.sub("", self.text).count("?")  # what somebody else asked, between marks, is not asked here
        if asks > 1 or not (asks == 1 or self.text.startswith("Tell me about")):
            raise Invalid(f"A question asks exactly one thing: {self.text!r}")

    @property
    def handle(self) -> str:
        """What marks it as asked: its id, or its words where a model wrote it, which no library can look up."""
        return self.text if self.origin.engine == MODEL else self.id

    @property
    def note_ids(self) -> tuple[NoteId, ...]:
        """The notes it names, each once, in order."""
        return tuple(dict.fromkeys(q.note.id for q in self.quotes))


def is_worded(named: str) -> bool:
    """Whether somebody names a question by its words instead of its id."""
    return "?" in named or named.startswith("Tell me about ")


def said_words(named: str) -> str:
    """The words that somebody names a question by, in one line of at most 400 characters."""
    return " ".join(named.split())[:MOST_CHARACTERS]


def worded_id(person_id: PersonId, text: str) -> str:
    """Content id of a question that was written for one person: the same words are the same question."""
    return "q" + hashlib.sha256(f"{person_id}\n{text.casefold()}".encode()).hexdigest()[:12]


def kept_id(person_id: PersonId, named: str) -> str:
    """The id under which a question is on record: never its words, which an erasure could not take out of an id."""
    has_words = is_worded(named) or any(c.isspace() for c in named)
    return worded_id(person_id, said_words(named)) if has_words else named


def id_for(person_id: PersonId, question_id: str, text: str, before: PersonId) -> str:
    """The id that a question to `before` has when it is filed under somebody else."""
    return worded_id(person_id, text) if question_id == worded_id(before, text) else question_id


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """The few questions most worth asking; one is marked for when there is time for only one."""

    stage: Stage
    questions: tuple[Question, ...]
    one_question: str

    def __post_init__(self) -> None:
        if len(self.questions) <= 3 and len({q.pillar for q in self.questions}) != len(self.questions):
            raise Invalid("A set of three has no two questions of one pillar.")
        if self.questions and self.one_question not in {q.id for q in self.questions}:
            raise Invalid("The one question must be part of the set.")

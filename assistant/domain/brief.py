"""Two minutes before the conversation: what was promised, what changed, what to ask, what to leave alone."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.domain.evidence import Quote, Tier
from assistant.domain.meeting import LastTime
from assistant.domain.origin import OFFLINE, Origin
from assistant.domain.person import Person
from assistant.domain.promise import Promise
from assistant.domain.question import QuestionSet
from assistant.errors import Invalid

MOST_TOLD = 3  # lines of a story
LONGEST_TOLD = 40  # words of one of them, quoted ones included


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of a brief and the passages that carry it."""

    text: str
    quotes: tuple[Quote, ...]
    tier: Tier = Tier.OBSERVATION


@dataclass(frozen=True, slots=True)
class StoryLine:
    """One sentence of the months with somebody: what was, what turned, or where it stands today.

    Attributes:
        text: As it was checked, at most forty words.
        quotes: At least one, all of notes filed under one person; whoever makes it takes none from a sensitive span.
    """

    text: str
    quotes: tuple[Quote, ...]
    origin: Origin = OFFLINE

    def __post_init__(self) -> None:
        if not 0 < len(self.text.split()) <= LONGEST_TOLD:
            raise Invalid(f"A line of a story needs words, at most {LONGEST_TOLD} of them.")
        if not self.quotes or len({q.note.person_id for q in self.quotes}) != 1:
            raise Invalid("A line of a story stands on notes of one person.")


class PressingKind(StrEnum):
    """Why something presses: a promise of one's own, one of theirs, an answer that is owed, a day ahead."""

    MINE = "mine"
    THEIRS = "theirs"
    ANSWER = "answer"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class Pressing:
    """One matter that cannot wait, in a line that points to where it is told in full.

    Attributes:
        day: The day that makes it press: due, asked on, or when it begins or ends.
        quotes: Where it stands; empty for a promise typed by hand.
    """

    kind: PressingKind
    text: str
    day: date | None
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Avoid:
    """Something to leave alone, and why, without repeating what is sensitive in it."""

    text: str
    why: str
    point_to: str = ""


@dataclass(frozen=True, slots=True)
class Brief:
    """What a manager reads before a one-on-one. Same records, day and version give the same brief.

    Attributes:
        mine, theirs: Open promises, overdue first; mine come first on every face.
        quiet: Open ones that no note has spoken of for half a year, shown apart and never as overdue.
        asked: What the person asked of the manager and no later note answers.
        new, continuing, resolved: What changed since last time.
        recognition: Named acts and their effects, quoted: praise worth giving.
        unknown: What no note says, or was not found in them.
        near: The passages that its sentences quote as the nearest.
        presses: At most three matters that cannot wait, the most pressing first.
        ahead: Days ahead that do not press: absences, other shifts, reliefs that end.
        growth: Where they grow: one passage, their own words before an observation; never in a shared copy.
        thin: True when there are too few notes for a real brief; then it says what it lacks.
        story: At most three sentences on the months: what was, what turned, where it stands; the newest last.
    """

    person: Person
    today: date
    since: LastTime
    mine: tuple[Promise, ...]
    theirs: tuple[Promise, ...]
    new: tuple[Line, ...]
    continuing: tuple[Line, ...]
    resolved: tuple[Line, ...]
    recognition: tuple[Line, ...]
    questions: QuestionSet
    avoid: tuple[Avoid, ...]
    unknown: tuple[str, ...]
    origin: Origin
    thin: bool = False
    quiet: tuple[Promise, ...] = ()
    near: tuple[Quote, ...] = ()
    asked: tuple[Promise, ...] = ()
    presses: tuple[Pressing, ...] = ()
    ahead: tuple[Line, ...] = ()
    growth: Line | None = None
    story: tuple[StoryLine, ...] = ()

    def __post_init__(self) -> None:
        if len(self.story) > MOST_TOLD:
            raise Invalid(f"A story is told in at most {MOST_TOLD} lines.")
        if any(q.note.person_id != self.person.id for line in self.story for q in line.quotes):
            raise Invalid("A story stands on notes of its own person.")

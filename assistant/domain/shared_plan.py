"""The copy of a plan that its person reads: only released passages and the manager's own words, nobody else named."""

from dataclasses import dataclass
from datetime import date

from assistant.domain.evidence import Quote
from assistant.domain.person import PersonId
from assistant.domain.plan import Section


@dataclass(frozen=True, slots=True)
class SharedLine:
    """One line of a thread.

    Attributes:
        section: Which part of the thread; none for the purpose sentence.
        open: Whether it only says that something is still to be found out together.
    """

    section: Section | None
    label: str
    text: str
    open: bool = False


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that should not be read to the person, and why.

    Attributes:
        label: The line it stands in.
        words: The words themselves.
        why: What is wrong with them and what to do instead, in a clause that follows the words.
    """

    label: str
    words: str
    why: str


@dataclass(frozen=True, slots=True)
class SharedPlan:
    """One version of a plan as its person may read it.

    Attributes:
        threads: The lines of each thread, in the order they are read.
        questions: Open questions, put to the person.
        left_out: How many passages and names of the plan are not in the copy.
        findings: What reading it aloud found; empty when it may be handed over.
        holds: How many passages of notes are in it; with none, it says nothing that was said or seen.
        could_hold: Passages about this person that would come in if their note might be shown; their own words first.
    """

    person_id: PersonId
    version: int
    title: str
    opening: str
    closing: str
    drafted_on: date
    threads: tuple[tuple[SharedLine, ...], ...]
    questions: tuple[str, ...]
    left_out: int
    findings: tuple[Finding, ...] = ()
    holds: int = 0
    could_hold: tuple[Quote, ...] = ()

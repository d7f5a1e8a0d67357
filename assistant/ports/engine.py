"""The two kinds of mind: a finder that reads notes, an engine that finds the next words."""

from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from assistant.domain.account import Account
from assistant.domain.brief import StoryLine
from assistant.domain.check_in import CheckIn
from assistant.domain.debrief import DebriefDraft
from assistant.domain.event import Text
from assistant.domain.evidence import Evidence
from assistant.domain.meeting import Chosen
from assistant.domain.note import Note
from assistant.domain.person import Person
from assistant.domain.plan import Plan, Section, Thread
from assistant.domain.plan_change import Revised, Wish
from assistant.domain.policy import Readable, Screening
from assistant.domain.promise import Outcome, Promise
from assistant.domain.question import Question
from assistant.domain.search import Found
from assistant.domain.situation import Situation
from assistant.domain.understood import Turn, Understood


class Finder(Protocol):
    """Finds evidence and promises in notes. Rules or a model; what it finds is only ever suggested."""

    @property
    def version(self) -> str:
        """Name and version, stored with everything it finds."""
        ...

    @property
    def fingerprint(self) -> str:
        """Its version and all the words it reads by: another one, and every note is read again."""
        ...

    def screen(self, notes: Sequence[Note]) -> Sequence[Screening]:
        """What of each note must stay out, one a note, in order."""
        ...

    def evidence(self, person: Person, manager: Account, notes: Sequence[Readable]) -> Sequence[Evidence]:
        """Quotes that speak for a topic; never from a closed note or a sensitive span."""
        ...

    def promises(self, person: Person, manager: Account, notes: Sequence[Readable]) -> Sequence[Promise]:
        """Promises of both sides over the whole history, with what closed them; content ids."""
        ...


class Engine(Protocol):
    """Turns what we know into the next words. Offline rules and a model both fit here."""

    @property
    def name(self) -> str:
        """The engine's name: offline, llm or fallback."""
        ...

    def for_turn(self) -> "Engine":
        """The same engine for one turn: what it may ask of a model is counted from now on."""
        ...

    def questions(self, situation: Situation, count: int) -> Iterator[Question]:
        """Questions worth asking, the most worthwhile first; distinct pillars while there are enough."""
        ...

    def brief(self, situation: Situation, count: int) -> Iterator[StoryLine | Question]:
        """The words of a brief: the story of the months, where there is one to tell; then the same questions."""
        ...

    def threads(self, situation: Situation) -> Iterator[Thread]:
        """One or two golden threads for a development plan."""
        ...

    @property
    def follows_by(self) -> str:
        """What it reads the outcome of open promises by, its words and its model; empty where it reads none."""
        ...

    def follow_up(self, situation: Situation) -> Sequence[Outcome] | None:
        """What later notes seem to show of the open promises; None when the turn has no reply to spare for it.

        Raises:
            EngineUnavailable: The model did not answer to the end.
        """
        ...

    def answer(self, question: str, found: Found, situation: Situation | None) -> Iterator[Text]:
        """An answer out of the found notes: checked sentences, each with its quotes."""
        ...

    def understand(
        self, message: str, said: Sequence[Turn], names: Sequence[str], owed: Callable[[], Sequence[Promise]] = tuple
    ) -> Understood:
        """What a message asks for.

        Args:
            message: As it was written, at most a few thousand characters.
            said: The turns before it, oldest first; of notes they hold what was answered, and nothing else.
            names: Every name that one of the manager's people is called by; `person` is one of these or empty.
            owed: The open promises between the manager and whoever the talk is about, as far as a model may read
                them; looked up when somebody asks.
        """
        ...

    def revise(
        self, plan: Plan, thread_no: int, section: Section, wish: Wish, situation: Situation
    ) -> Iterator[Revised]:
        """Other wordings of one section, the best first; nothing when the notes offer no other.

        Args:
            plan: As its notes carry it today.
            thread_no: Which thread, counted from 1.
            section: Which part of it.
            wish: What is wanted; its words are data.
            situation: The person's situation today.
        """
        ...

    def check_ins(self, plan: Plan, told: Sequence[Readable], situation: Situation) -> Iterator[CheckIn]:
        """Passages of these notes that speak for or against what a plan promised, the newest first."""
        ...

    def debrief(
        self, told: Readable, situation: Situation, *, asked: Sequence[Chosen], plan: Plan | None
    ) -> DebriefDraft:
        """What a telling after a meeting brings, piece by piece, each with its exact words.

        Args:
            told: The telling as a note, with what of it may be used.
            situation: The person's situation with this note in it: what the finder found stands in it already.
            asked: Questions of the last brief and the ask-ledger that it may answer.
            plan: The newest plan, if there is one.
        """
        ...

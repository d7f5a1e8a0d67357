"""The mind that needs no model: rules, the bank, phrasing patterns and exact quotes. Works alone, always the same."""

from collections.abc import Callable, Iterator, Sequence

from assistant.domain.brief import StoryLine
from assistant.domain.check_in import CheckIn
from assistant.domain.debrief import DebriefDraft
from assistant.domain.event import Text
from assistant.domain.meeting import Chosen
from assistant.domain.plan import Plan, Section, Thread
from assistant.domain.plan_change import Revised, Wish
from assistant.domain.policy import Readable
from assistant.domain.promise import Outcome, Promise
from assistant.domain.question import Question
from assistant.domain.search import Found
from assistant.domain.situation import Situation
from assistant.domain.understood import Turn, Understood
from assistant.engines.offline.answering.answer import answer_from
from assistant.engines.offline.asking.choice import choose_questions
from assistant.engines.offline.debriefing import debrief_by_rules
from assistant.engines.offline.planning.checking import plan_check_ins
from assistant.engines.offline.planning.revising import revise_section
from assistant.engines.offline.planning.threads import golden_threads
from assistant.engines.offline.understanding.rules import understand
from assistant.ports.outside import Library


class OfflineEngine:
    """Fulfils `Engine` without network or download. Same situation and library, same words.

    Args:
        library: Where the question bank and the guides to situations come from.
    """

    def __init__(self, library: Library) -> None:
        self._library = library

    @property
    def name(self) -> str:
        """The engine's name."""
        return "offline"

    def for_turn(self) -> "OfflineEngine":
        """Itself: rules cost nothing."""
        return self

    def questions(self, situation: Situation, count: int) -> Iterator[Question]:
        """Questions worth asking, the one that counts most first; distinct pillars while there are enough."""
        guide = self._library.guide(situation.stage)
        yield from choose_questions(situation, count, self._library.questions(), guide)

    def brief(self, situation: Situation, count: int) -> Iterator[StoryLine | Question]:
        """The questions alone: which of many days turned something, rules cannot tell."""
        yield from self.questions(situation, count)

    def threads(self, situation: Situation) -> Iterator[Thread]:
        """One or two golden threads; what no note carries stays open as a question."""
        yield from golden_threads(situation)

    @property
    def follows_by(self) -> str:
        """Nothing: what rules can tell of a promise is told when it is found."""
        return ""

    def follow_up(self, situation: Situation) -> Sequence[Outcome] | None:
        """Nothing."""
        return None

    def answer(self, question: str, found: Found, situation: Situation | None) -> Iterator[Text]:
        """An answer out of the found notes: checked sentences, each with its quotes."""
        yield from answer_from(question, found, situation)

    def understand(
        self, message: str, said: Sequence[Turn], names: Sequence[str], owed: Callable[[], Sequence[Promise]] = tuple
    ) -> Understood:
        """What a message asks for, read by patterns of three languages; no promise is needed for that."""
        return understand(message, said, names)

    def revise(
        self, plan: Plan, thread_no: int, section: Section, wish: Wish, situation: Situation
    ) -> Iterator[Revised]:
        """Other wordings of one section out of the notes, the best first."""
        yield from revise_section(plan, thread_no, section, wish, situation)

    def check_ins(self, plan: Plan, told: Sequence[Readable], situation: Situation) -> Iterator[CheckIn]:
        """Passages that speak for or against what a plan promised."""
        yield from plan_check_ins(plan, told, situation)

    def debrief(
        self, told: Readable, situation: Situation, *, asked: Sequence[Chosen], plan: Plan | None
    ) -> DebriefDraft:
        """What the finder found in a telling, what it answers and what it says of the plan."""
        return debrief_by_rules(told, situation, asked, plan)

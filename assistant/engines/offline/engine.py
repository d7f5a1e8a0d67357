"""The mind that needs no model: rules, the bank, phrasing patterns and exact quotes. Works alone, always the same."""

from collections.abc import Iterator, Sequence

from assistant.domain.event import Text
from assistant.domain.plan import Thread
from assistant.domain.question import Question
from assistant.domain.search import Found
from assistant.domain.situation import Situation
from assistant.domain.understood import Turn, Understood
from assistant.engines.offline.answering.answer import answer_from
from assistant.engines.offline.asking.choice import choose_questions
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

    def questions(self, situation: Situation, count: int) -> Iterator[Question]:
        """Questions worth asking, the one that counts most first; distinct pillars while there are enough."""
        guide = self._library.guide(situation.stage)
        yield from choose_questions(situation, count, self._library.questions(), guide)

    def threads(self, situation: Situation) -> Iterator[Thread]:
        """One or two golden threads; what no note carries stays open as a question."""
        yield from golden_threads(situation)

    def answer(self, question: str, found: Found, situation: Situation | None) -> Iterator[Text]:
        """An answer out of the found notes: checked sentences, each with its quotes."""
        yield from answer_from(question, found, situation)

    def understand(self, message: str, said: Sequence[Turn], names: Sequence[str]) -> Understood:
        """What a message asks for, read by patterns of three languages."""
        return understand(message, said, names)

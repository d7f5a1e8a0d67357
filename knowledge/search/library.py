"""The shipped library behind its port: cards, bank, stages and policy as they are, and the nearest ones to some words.

Chroma is opened at the first question for something near; whoever only reads the library never pays for it.
"""

import re
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from threading import Lock

from assistant.domain.policy import PolicyTopic
from assistant.domain.principle import Principle
from assistant.domain.question import BankQuestion
from assistant.domain.stage import Stage, StageGuide
from assistant.errors import Unknown
from assistant.ports.outside import Embedder
from knowledge.library.load import load_policies, load_principles, load_questions, load_stages
from knowledge.search.index import CannotUse, ChromaIndex, ExactIndex, Index, open_index

_PRINCIPLES, _QUESTIONS = "principles", "questions"


class ShippedLibrary:
    """What ships with Flourish, the same for everyone; implements the port `Library`.

    Args:
        folder: Where Chroma may keep its files; None keeps everything in memory.
        embedder: What turns text into vectors.
    """

    def __init__(self, folder: Path | None, embedder: Embedder) -> None:
        self._folder = folder
        self._embedder = embedder
        self._lock = Lock()
        self._index: Index | None = None

    def principles(self) -> Sequence[Principle]:
        """All cards, by id."""
        return load_principles()

    def principle(self, principle_id: str) -> Principle:
        """One card.

        Raises:
            Unknown: No card has that id.
        """
        card = self._cards.get(principle_id)
        if card is None:
            raise Unknown(f"There is no principle {principle_id!r} in the library.", next="Choose one that it lists.")
        return card

    def questions(self) -> Sequence[BankQuestion]:
        """The whole bank, in the order of its file."""
        return load_questions()

    def guide(self, stage: Stage) -> StageGuide:
        """What to know about a situation."""
        return self._guides[stage]

    def topics(self) -> Sequence[PolicyTopic]:
        """The policy."""
        return load_policies()

    def nearest_principles(self, words: str, limit: int = 3) -> Sequence[Principle]:
        """Cards that fit a text, best first; none for a text without words."""
        return tuple(self._cards[i] for i in self._nearest(_PRINCIPLES, words, limit))

    def nearest_questions(self, words: str, limit: int = 6) -> Sequence[BankQuestion]:
        """Bank questions that fit a text, best first; none for a text without words."""
        return tuple(self._bank[i] for i in self._nearest(_QUESTIONS, words, limit))

    def close(self) -> None:
        """Give Chroma's folder back; the next question opens it again."""
        with self._lock:
            if isinstance(self._index, ChromaIndex):
                self._index.close()
            self._index = None

    @cached_property
    def _cards(self) -> dict[str, Principle]:
        return {card.id: card for card in load_principles()}

    @cached_property
    def _bank(self) -> dict[str, BankQuestion]:
        return {question.id: question for question in load_questions()}

    @cached_property
    def _guides(self) -> dict[Stage, StageGuide]:
        return {guide.stage: guide for guide in load_stages()}

    def _nearest(self, name: str, words: str, limit: int) -> list[str]:
        if not words.strip() or limit < 1:
            return []
        with self._lock:
            if self._index is None:
                self._index = open_index(self._folder, self._texts(), self._embedder)
            try:
                return self._index.nearest(name, words, limit)
            except CannotUse:  # the folder went away under us; the next process builds it anew
                self._index = ExactIndex(self._texts(), self._embedder)
                return self._index.nearest(name, words, limit)

    def _texts(self) -> dict[str, dict[str, str]]:
        return {
            _PRINCIPLES: {c.id: f"{c.title}. {c.body} {c.use}" for c in self._cards.values()},
            _QUESTIONS: {q.id: _without_slots(f"{q.ask} {q.listen_for}") for q in self._bank.values()},
        }


def open_library(folder: Path | None, embedder: Embedder) -> ShippedLibrary:
    """The library; nothing is read or opened until it is asked for.

    Args:
        folder: The home's `library/` folder; None for no files at all.
        embedder: What turns text into vectors; a change of embedder rebuilds what Chroma keeps.
    """
    return ShippedLibrary(folder, embedder)


def _without_slots(text: str) -> str:
    """The text with every slot `{name|fallback}` read as its fallback."""
    return re.sub(r"\{[^{}|]*\|?([^{}|]*)\}", r"\1", text)

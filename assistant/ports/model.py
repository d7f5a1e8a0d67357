"""What a model does besides an engine's work: it points at words in notes and orders passages. It decides nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from assistant.domain.account import Account
from assistant.domain.digest import DigestLine, Period
from assistant.domain.evidence import Evidence
from assistant.domain.note import NoteId
from assistant.domain.person import Person
from assistant.domain.policy import Readable
from assistant.domain.rating import Order, Rated, Rating
from assistant.domain.search import Found
from assistant.domain.situation import Situation


class Proposer(Protocol):
    """Points at words of notes that speak for something; what it points at is only ever suggested."""

    @property
    def fingerprint(self) -> str:
        """Its words and its model: another one, and a note may be read again."""
        ...

    def propose(self, person: Person, manager: Account, notes: Sequence[Readable], today: date) -> Sequence[Evidence]:
        """Quotes out of a few notes of one person.

        Raises:
            EngineUnavailable: The model did not answer to the end.
        """
        ...


class Digester(Protocol):
    """Writes down what a stretch of older notes comes down to."""

    @property
    def fingerprint(self) -> str:
        """Its words and its model: another one, and a digest is made anew."""
        ...

    def digest(self, situation: Situation, notes: Sequence[Readable], period: Period) -> Sequence[DigestLine]:
        """Lines that hold, the weightiest first, each on quotes of these notes; none when nothing may be sent.

        Raises:
            EngineUnavailable: The model did not answer to the end.
        """
        ...


class Ranker(Protocol):
    """Puts what a search found in one person's notes into the order in which it answers."""

    def rank(self, question: str, person: Person, found: Found, notes: Sequence[Readable], today: date) -> Found:
        """The same hits in another order; the ones that may not be sent keep their places.

        Args:
            question: As it was asked.
            person: Whose notes were searched.
            found: What the search found.
            notes: The hits' notes with what of them may be used, in the order of the hits.
            today: The day of the view.

        Raises:
            EngineUnavailable: The model did not answer to the end.
        """
        ...


@dataclass(frozen=True, slots=True)
class Shown:
    """One person's notes as a judge sees them, and under which short name each."""

    text: str
    names: Mapping[NoteId, str]


class Judge(Protocol):
    """Rates texts by a rubric."""

    @property
    def name(self) -> str:
        """Which model it is."""
        ...

    def shows(self, person: Person, manager: Account, notes: Sequence[Readable], today: date) -> Shown:
        """One person's notes as it will see them; what must stay out does."""
        ...

    def rate(self, rated: Rated, whose: Sequence[str], order: Order) -> Rating:
        """One rating, the criteria in one order.

        Raises:
            EngineUnavailable: The judge did not answer, or rated nothing.
        """
        ...

"""Time, ids, files, search and library: what the verbs need besides the records."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from assistant.domain.evidence import Topic
from assistant.domain.exported import Exported
from assistant.domain.importing import DateOrder, Document
from assistant.domain.masked import MaskedNote
from assistant.domain.note import Note
from assistant.domain.person import Person
from assistant.domain.policy import PolicyTopic
from assistant.domain.principle import Principle
from assistant.domain.question import BankQuestion
from assistant.domain.search import Found, NoteVector, Window
from assistant.domain.stage import Stage, StageGuide
from assistant.ports.records import Shelf

Clock = Callable[[], datetime]
Ids = Callable[[], str]
Progress = Callable[[int, int], None]
Nonce = Callable[[], str]  # a fresh word nobody can guess, for the lines around data in a prompt
CountTokens = Callable[[str], int]


class Embedder(Protocol):
    """Turns text into unit vectors."""

    @property
    def fingerprint(self) -> str:
        """What made the vectors; two fingerprints never mix."""
        ...

    def embed(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """One vector of unit length for each text."""
        ...


class SentenceReader(Protocol):
    """Tells of every sentence of a note how likely it speaks for a topic. Claims nothing: rules decide what counts."""

    @property
    def fingerprint(self) -> str:
        """What read; another one, and notes are read again."""
        ...

    def read(self, notes: Sequence[MaskedNote]) -> Sequence[Sequence[Mapping[Topic, float]]]:
        """For each note, for each sentence, the log-odds that it speaks for each topic; below 0 is rather not."""
        ...


class NoteSearch(Protocol):
    """Finds passages in one account's notes."""

    @property
    def fingerprint(self) -> str:
        """What makes its vectors; notes without one of these are found by their words only."""
        ...

    def prepare(self, notes: Sequence[Note], people: Sequence[Person]) -> Sequence[NoteVector]:
        """Vectors for notes, names stripped; slow, called outside of any write."""
        ...

    def find(
        self,
        shelf: Shelf,
        query: str,
        *,
        person: Person | None = None,
        window: Window | None = None,
        limit: int = 10,
    ) -> Found:
        """The best passages, in one person's notes or (None) in all of the account's.

        A window that is given wins over dates read out of the query. Whole notes are searched: this is the
        owner's own view; whoever builds an answer screens the hits.
        """
        ...


class Library(Protocol):
    """Principles, questions, stages and policy: public, the same for everyone."""

    def principles(self) -> Sequence[Principle]:
        """All cards."""
        ...

    def principle(self, principle_id: str) -> Principle:
        """One card, else `Unknown`."""
        ...

    def questions(self) -> Sequence[BankQuestion]:
        """The whole bank."""
        ...

    def guide(self, stage: Stage) -> StageGuide:
        """What to know about a situation."""
        ...

    def topics(self) -> Sequence[PolicyTopic]:
        """The policy."""
        ...

    def nearest_principles(self, words: str, limit: int = 3) -> Sequence[Principle]:
        """Cards that fit a text, best first."""
        ...

    def nearest_questions(self, words: str, limit: int = 6) -> Sequence[BankQuestion]:
        """Bank questions that fit a text, best first."""
        ...


class NoteReader(Protocol):
    """Reads files into drafts. Files may be hostile: it refuses in a sentence, never half-reads."""

    def read(self, *paths: Path, order: DateOrder | None = None) -> Iterator[Document]:
        """Every document under the paths (a folder may hold many); `ImportRefused` names file and row.

        `order` is how days like 5/6/2025 are written in a file in which nothing tells.
        """
        ...

    def mail_day(self, text: str) -> date | None:
        """The day that the head of a mail copied as text names; None for any other text, or for two readings."""
        ...

    def exported(self, path: Path) -> Exported | None:
        """What an export of our own holds; None for any other path, `ImportRefused` when it cannot be read."""
        ...

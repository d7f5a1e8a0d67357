"""What a message is answered from: the desk, who is in scope, and what was said and shown before."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from assistant.desk import Desk, PersonDesk
from assistant.domain.conversation import KeptTurn, TurnStatus
from assistant.domain.event import Event, EventKind, Notice, Proposal, Text, Unit, quotes_in
from assistant.domain.evidence import Quote
from assistant.domain.note import AiUse, NoteId, Span
from assistant.domain.origin import MODEL, RULES
from assistant.domain.person import PersonId
from assistant.domain.policy import Readable
from assistant.domain.question import Question
from assistant.domain.understood import Understood
from assistant.errors import Unknown
from assistant.prompting import offline_words

MOST_OF_AN_ANSWER = 600  # characters
Units = Iterator[Unit]
Kind = TypeVar("Kind")


@dataclass
class Context:
    """One message on its way to an answer. Lives for one turn.

    Attributes:
        turns: The turns before, oldest first.
        person: Who is in scope; a handler may change it.
        chosen: Whom the answer to "which one?" chose.
        about: Whom the answer turned out to be about, where that is somebody else.
        query: The whole question, once one is put to the notes.
        status: How the turn comes out.
        kept_message: The message as it is kept: a very long one only in its first words.
        changed: Every note that this turn made or moved.
    """

    desk: Desk
    message: str
    turns: Sequence[KeptTurn]
    now: datetime
    language: str
    person: PersonDesk | None = None
    chosen: PersonDesk | None = None
    about: PersonId | None = None
    understood: Understood | None = None
    query: str = ""
    status: TurnStatus = TurnStatus.OK
    kept_message: str = ""
    changed: list[NoteId] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.kept_message = self.kept_message or self.message

    def says(self, phrase: str, **values: Any) -> str:
        """One of our own sentences in the language of the message."""
        words: str = offline_words("chat", self.language)["says"][phrase]
        return words.format(**values)

    def words(self, table: str) -> Any:
        """A list or table of words."""
        return offline_words("chat", self.language)[table]

    def notice(self, phrase: str, code: str = "plain", **values: Any) -> Unit:
        """One of our own sentences as a remark."""
        return Unit(EventKind.NOTICE, Notice(self.says(phrase, **values), code))

    def text(self, phrase: str, quotes: tuple[Quote, ...] = (), **values: Any) -> Unit:
        """One of our own sentences as a part of the answer."""
        return Unit(EventKind.TEXT, Text(self.says(phrase, **values), quotes))

    @property
    def last(self) -> KeptTurn | None:
        """The turn before."""
        return self.turns[-1] if self.turns else None

    def shown(self, kind: type[Kind], *, turns: int = 6) -> Iterator[Kind]:
        """What was shown of one kind lately, the newest turn first, in order within a turn."""
        for turn in [*reversed(self.turns)][:turns]:
            yield from (event.body for event in turn.events if isinstance(event.body, kind))

    def cited(self, *, turns: int = 1) -> list[Quote]:
        """The passages that the last turns stood on, each once, in the order they were shown."""
        found: dict[Quote, None] = {}
        for turn in [*reversed(self.turns)][:turns]:
            for event in turn.events:
                found.update(dict.fromkeys(quotes_in(event.body)))
        return [*found]

    def last_answer(self) -> str:
        """What a model said to the last message; empty when it is away, or a note under it may not be read any more.

        A model wrote it out of what it may see, so it may see it again; what the rules said is not sent.
        """
        turn, here = self.last, self.person.person.id if self.person else None
        if turn is None or turn.person_id != here or self.desk.engine.name == RULES:
            return ""
        told = [e.body for e in turn.events if isinstance(e.body, Text | Question) and e.body.origin.engine == MODEL]
        quotes = [quote for body in told for quote in body.quotes]
        try:
            read = {r.note.id: r for r in self.desk.readables({quote.note.id for quote in quotes})}
        except Unknown:  # a note is gone since
            return ""
        if not all(_may_be_read(quote, read.get(quote.note.id)) for quote in quotes):
            return ""
        return " ".join(body.text for body in told)[:MOST_OF_AN_ANSWER]

    def waiting(self) -> Event | None:
        """The proposal of the last turn, while it still waits for a yes."""
        if self.last is None:
            return None
        return next((e for e in reversed(self.last.events) if isinstance(e.body, Proposal)), None)


def _may_be_read(quote: Quote, now: Readable | None) -> bool:
    """Whether a passage still stands in its note, under the same person, and a model may read it."""
    if now is None or now.note.ai is AiUse.NEVER or now.note.person_id != quote.note.person_id:
        return False
    start = now.note.text.find(quote.text)
    return start >= 0 and now.allows(Span(start, start + len(quote.text)))


def position(text: str, name: str) -> int:
    """Where a name stands in a text as a whole word; -1 when it does not."""
    found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE)
    return found.start() if found else -1

"""What a message is answered from: the desk, who is in scope, and what was said and shown before."""

import re
from collections.abc import Iterable, Iterator, Sequence
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
from assistant.domain.plan import Plan
from assistant.domain.policy import Readable
from assistant.domain.promise import Owner, Promise
from assistant.domain.question import Question
from assistant.domain.understood import Understood
from assistant.errors import Unknown
from assistant.prompting import offline_words
from assistant.wording import sentences

MOST_OF_AN_ANSWER = 900  # characters
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

    def answered(self, turn: KeptTurn) -> str:
        """What was answered to a message out of notes that a model may still read; empty when it is away.

        What it said that no note tells, what it asked, and the heart of a plan it drafted are part of it. A turn about
        somebody else is not told: one prompt holds one person.
        """
        here = self.person.person.id if self.person else None
        if turn.person_id != here or self.desk.engine.name == RULES:
            return ""
        told = [e.body for e in turn.events if _is_told(e.body)]
        quotes = [quote for body in told for quote in quotes_in(body)]
        return within(_parts(told)) if self._may_all_be_read(quotes) else ""

    def open_promises(self) -> list[Promise]:
        """The open promises of whoever is in scope that a model may read, the manager's own first."""
        if self.person is None or self.desk.engine.name == RULES:
            return []
        situation = self.person.situation()
        found = [p for owner in Owner for p in situation.open_promises(owner)]
        return [p for p in found if self._may_all_be_read(p.quotes)]

    def _may_all_be_read(self, quotes: Sequence[Quote]) -> bool:
        try:
            read = {r.note.id: r for r in self.desk.readables({quote.note.id for quote in quotes})}
        except Unknown:  # a note is gone since
            return False
        return all(_may_be_read(quote, read.get(quote.note.id)) for quote in quotes)

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


def _is_told(body: object) -> bool:
    """Whether a unit told something out of notes: by a model, or by rules with the passage they quote."""
    match body:
        case Text(origin=origin, quotes=quotes):
            return origin.engine == MODEL or bool(quotes)
        case Question(origin=origin) | Notice(origin=origin) | Plan(origin=origin):
            return origin.engine == MODEL
        case _:
            return False


def _parts(told: Sequence[object]) -> Iterator[tuple[int, str]]:
    """What was told, each with its rank: first what answers, then what stays open, then the rest."""
    for place, body in enumerate(told):
        match body:
            case Notice(text=text):
                yield 1, text
            case Text(text=text) | Question(text=text):
                yield 0 if place == 0 else 2, text
            case Plan(threads=threads):
                thread = threads[0]
                links = [each.text for each in (thread.customer, thread.value) if not each.is_gap]
                yield from ((0, text) for text in (*links, thread.first_step.text))
                yield 2, thread.measure


def within(parts: Iterable[tuple[int, str]], most: int = MOST_OF_AN_ANSWER) -> str:
    """As much of an answer as fits, in its order: whole sentences, those of a lower rank first.

    Args:
        parts: Rank and words.
        most: Characters.
    """
    pieces = [
        (rank, place, at, text[span.start : span.end].strip())
        for place, (rank, text) in enumerate(parts)
        for at, span in enumerate(sentences(text))
    ]
    kept = []
    for piece in sorted(pieces):
        if len(piece[3]) > most:
            break
        most -= len(piece[3]) + 1
        kept.append(piece)
    return " ".join(text for _, _, _, text in sorted(kept, key=lambda piece: piece[1:3]))


def position(text: str, name: str) -> int:
    """Where a name stands in a text as a whole word; -1 when it does not."""
    found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE)
    return found.start() if found else -1

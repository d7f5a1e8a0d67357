"""Where notes about others name somebody: only the sentence with the name travels, and never a sensitive one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.domain.evidence import Quote
from assistant.domain.note import Span
from assistant.domain.person import PersonId
from assistant.domain.policy import Readable
from assistant.domain.search import Window
from assistant.ports.records import Shelf
from assistant.wording import sentences

MOST = 20  # notes looked at, the newest


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A sentence that names somebody, out of a note that is filed under somebody else.

    Attributes:
        about: Whom the note is about.
    """

    quote: Quote
    about: PersonId


def tell_mentions(shelf: Shelf, person_id: PersonId, window: Window | None = None) -> Sequence[Mentioned]:
    """The newest sentences about others that name this person, oldest first."""
    notes = [n for n in shelf.notes.mentioning(person_id, MOST) if window is None or window.holds(n.day)]
    return [
        Mentioned(Quote(readable.note, span), readable.note.person_id)
        for readable in shelf.screenings.of(notes)
        for span in _naming(readable, person_id)
    ]


def _naming(readable: Readable, person_id: PersonId) -> Iterator[Span]:
    """The sentences with the name in them that may be quoted, each once."""
    names = [m.span for m in readable.note.mentions if m.person_id == person_id]
    for span in sentences(readable.note.text):
        if any(name.overlaps(span) for name in names) and readable.allows(span):
            yield span

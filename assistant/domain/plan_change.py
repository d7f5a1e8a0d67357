"""A wish for one section of a plan, and what an engine proposes for it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from assistant.domain.evidence import Quote
from assistant.domain.origin import OFFLINE, Origin
from assistant.domain.plan import CITED, Part, Section, Step, Thread, check_kind
from assistant.errors import Invalid


class WishKind(StrEnum):
    """What is wished for. A manager's own words are no wish: they are put in as they are, as a suggestion."""

    SMALLER = "smaller"
    ANOTHER = "another"
    LATER = "later"
    SOONER = "sooner"
    FREE = "free"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a manager wants of a section.

    Attributes:
        words: As it was said: "another customer", "something with the apprentices". Data, never an instruction.
    """

    kind: WishKind
    words: str = ""

    def __post_init__(self) -> None:
        if self.kind is WishKind.FREE and not self.words.strip():
            raise Invalid(
                "A wish needs words.", next="Say smaller, another, later or sooner, or what it should be about."
            )


@dataclass(frozen=True, slots=True)
class Revised:
    """A section as it could be instead.

    Attributes:
        part: A `Link` for a link, a `Step` for a step, words for the rest.
        quotes: What an obstacle, a watch-out or a move stands on.
        along: Sections that change with it because they say the same thing: another customer has another value.
    """

    section: Section
    part: Part
    along: tuple[tuple[Section, Part], ...] = ()
    origin: Origin = OFFLINE
    quotes: tuple[Quote, ...] = ()

    def __post_init__(self) -> None:
        for section, part in self.parts:
            check_kind(section, part)
        if len({section for section, _ in self.parts}) != len(self.along) + 1:
            raise Invalid("A section changes once.")

    @property
    def parts(self) -> Iterator[tuple[Section, Part]]:
        """Every section that changes with what stands in it, the asked one first."""
        yield self.section, self.part
        yield from self.along

    def put_into(self, thread: Thread) -> Thread:
        """The thread with every changed section; own words on another day stay the manager's."""
        for section, part in self.parts:
            before = thread.part(section)
            moved = isinstance(part, Step) and isinstance(before, Step) and part.text == before.text
            thread = thread.with_part(section, part, own=moved and section in thread.own_words)
        grounds = ((self.section, quote) for quote in self.quotes if self.section in CITED)
        return replace(thread, grounds=(*thread.grounds, *grounds))

"""How a manager's own talks are spread: one-on-ones by month, what came up in them, what was asked. Of nobody else."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assistant.domain.evidence import Topic
from assistant.domain.pillar import Pillar


class TalkOf(StrEnum):
    """What a part of a talk is about."""

    WORK = "work in hand"
    GROWTH = "growth"
    CUSTOMER = "the customer"


TALK_OF_TOPIC = {
    Topic.OBSTACLE: TalkOf.WORK,
    Topic.ENERGY_DRAIN: TalkOf.WORK,
    Topic.PASSION: TalkOf.GROWTH,
    Topic.TALENT: TalkOf.GROWTH,
    Topic.ASPIRATION: TalkOf.GROWTH,
    Topic.CUSTOMER_VALUE: TalkOf.CUSTOMER,
}


@dataclass(frozen=True, slots=True)
class Month:
    """One month, how many one-on-ones were held in it, and in how many of them each thing came up."""

    first: date
    held: int
    about: tuple[tuple[TalkOf, int], ...] = ()

    def came_up(self, what: TalkOf) -> int:
        """In how many of them."""
        return dict(self.about).get(what, 0)


@dataclass(frozen=True, slots=True)
class Mix:
    """The last months of one manager.

    Attributes:
        months: Oldest first, the current one last; a month without a one-on-one counts nought.
        asked: How many questions were marked as asked, by what they are for; most first.
        other: Asked questions of which that is not known: in the manager's own words.
    """

    months: tuple[Month, ...]
    asked: tuple[tuple[Pillar, int], ...]
    other: int = 0

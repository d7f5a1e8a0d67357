"""A development plan: golden threads from what somebody loves and does well to a customer who is better off."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from assistant.domain.account import AccountId
from assistant.domain.evidence import Quote, Tier
from assistant.domain.note import NoteId
from assistant.domain.origin import OFFLINE, Origin
from assistant.domain.person import PersonId
from assistant.domain.promise import Owner
from assistant.errors import Invalid

FIRST_STEP_WITHIN = timedelta(days=14)


class PlanState(StrEnum):
    """Where a plan stands. Only people move it on from draft."""

    DRAFT = "draft"
    AGREED = "agreed"
    ACTIVE = "active"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Link:
    """One link of a thread. It is a claim only when it carries quotes; else it is a gap or a suggestion.

    Attributes:
        question: What to ask to close the gap; required when there is no proof for a claimed link.
        lost: Notes this link stood on that no longer carry it: edited, moved, deleted or closed since.
    """

    text: str
    tier: Tier
    quotes: tuple[Quote, ...] = ()
    question: str = ""
    lost: tuple[NoteId, ...] = ()

    def __post_init__(self) -> None:
        if self.tier in (Tier.THEIR_WORDS, Tier.OBSERVATION) and not self.quotes:
            raise Invalid("A claim about a person carries a quote; without one it is a question.")

    @property
    def is_gap(self) -> bool:
        """Whether the notes do not carry this link."""
        return not self.quotes


@dataclass(frozen=True, slots=True)
class Step:
    """Something one of the two does by a day. Always a suggestion until the person takes it up."""

    text: str
    owner: Owner
    due: date
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Thread:
    """passion + talent -> named customer -> observable difference -> first step, support, measure."""

    passion: Link
    talent: Link
    customer: Link
    value: Link
    first_step: Step
    support: Step
    measure: str
    sentence: str = ""
    obstacle: str = ""
    watch_out: str = ""
    origin: Origin = OFFLINE

    @property
    def gaps(self) -> tuple[str, ...]:
        """Which links no note carries."""
        links = {"passion": self.passion, "talent": self.talent, "customer": self.customer, "value": self.value}
        return tuple(name for name, link in links.items() if link.is_gap)


@dataclass(frozen=True, slots=True)
class Plan:
    """One version of a development plan for one person.

    Attributes:
        drafted_on: The day it was drafted; the first step lies within two weeks of it.
        unknown: What the notes do not say, as questions.
        changed: Notes that stood under this plan and have changed since.
    """

    account_id: AccountId
    person_id: PersonId
    version: int
    state: PlanState
    drafted_on: date
    threads: tuple[Thread, ...]
    unknown: tuple[str, ...]
    review_on: date
    origin: Origin
    changed: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        if not 1 <= len(self.threads) <= 2:
            raise Invalid("A plan has one or two golden threads.")
        for thread in self.threads:
            if not self.drafted_on <= thread.first_step.due <= self.drafted_on + FIRST_STEP_WITHIN:
                raise Invalid("The first step lies within two weeks of the draft.")
        if self.review_on <= self.drafted_on:
            raise Invalid("The review comes after the draft.")

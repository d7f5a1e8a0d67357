"""What we know about a person, and what we do not. States speak about our knowledge, never about the person."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from assistant.domain.customer_value import Customer, is_customer_value
from assistant.domain.evidence import Evidence, EvidenceState, Facet, Quote, Tense, Witness
from assistant.domain.passion import is_passion
from assistant.domain.person import Person
from assistant.domain.talent import is_talent

STALE_AFTER = timedelta(days=180)
RULES: dict[Facet, Callable[[Sequence[Evidence]], bool]] = {
    Facet.PASSION: is_passion,
    Facet.TALENT: is_talent,
    Facet.CUSTOMER_VALUE: is_customer_value,
}


class FacetState(StrEnum):
    """How well we know one facet."""

    UNKNOWN = "unknown"
    HINTED = "hinted"
    CONFIRMED = "confirmed"
    STALE = "stale"


class StatementStatus(StrEnum):
    """How a statement stands today."""

    CURRENT = "current"
    OUTDATED = "outdated"
    CONTRADICTED = "contradicted"
    HEARSAY = "hearsay"


class Shape(StrEnum):
    """The four shapes a profile can take; none when too little is known."""

    ENERGY_WITHOUT_ADDRESS = "energy without an address"
    USEFUL_BUT_DRAINED = "useful but drained"
    WILLING_BUT_UNSKILLED = "willing but unskilled"
    PROTECT_AND_WIDEN = "protect and widen"


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing the notes say for a facet, with every quote that says it and what speaks against it."""

    text: str
    status: StatementStatus
    evidence: tuple[Evidence, ...]
    against: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetView:
    """One facet: how well it is known, and the statements side by side.

    Attributes:
        guesses: What only may point to it. They never make it more than hinted, and no plan stands on them.
        nearest: The passage a hint rests on, where the facet is no more than hinted.
        faint: Where nothing else is found, the newest passages that were met in passing: not even hints, to be judged.
    """

    facet: Facet
    state: FacetState
    statements: tuple[Statement, ...] = ()
    guesses: tuple[Statement, ...] = ()
    nearest: Quote | None = None
    faint: tuple[Evidence, ...] = ()

    @property
    def is_judged(self) -> bool:
        """Whether the manager confirmed a quote of it; without that, "confirmed" rests on the notes alone."""
        return any(e.state is EvidenceState.CONFIRMED for s in self.statements for e in s.evidence)


@dataclass(frozen=True, slots=True)
class Profile:
    """All that is known of one person on one day, and what is missing.

    Attributes:
        weakest: The facet we know least about: where the next question belongs.
        gaps: What no note says, or was not found in them, one plain sentence each.
        near: The passages that such a sentence quotes as the nearest.
        left_out: How many notes were not used because they hold something sensitive or are closed to the assistant.
    """

    person: Person
    today: date
    passion: FacetView
    talent: FacetView
    customer_value: FacetView
    customers: tuple[Customer, ...] = ()
    weakest: Facet = Facet.PASSION
    gaps: tuple[str, ...] = ()
    near: tuple[Quote, ...] = ()
    shape: Shape | None = None
    left_out: int = 0

    def view(self, facet: Facet) -> FacetView:
        """The view of one facet."""
        return {
            Facet.PASSION: self.passion,
            Facet.TALENT: self.talent,
            Facet.CUSTOMER_VALUE: self.customer_value,
        }[facet]


def facet_state(facet: Facet, evidence: Sequence[Evidence], today: date) -> FacetState:
    """How well a facet is known on a day.

    Confirmed needs the rule of proof and either a manager's confirmation or the person's (for customer value:
    the recipient's) own words; stale is confirmed whose newest proof is older than 180 days. A guess proves nothing.
    """
    usable = [i for i in evidence if i.topic.facet is facet and i.state is not EvidenceState.REJECTED and i.is_sign]
    proof = [i for i in usable if i.counts and not i.is_guess and i.tense is Tense.CURRENT]
    if not usable or not any(i.witness is not Witness.HEARSAY for i in usable):
        return FacetState.UNKNOWN
    own = {Witness.SELF} if facet is not Facet.CUSTOMER_VALUE else {Witness.CUSTOMER, Witness.PEER, Witness.SELF}
    spoken = any(i.state is EvidenceState.CONFIRMED or i.witness in own for i in proof)
    if not (RULES[facet](proof) and spoken):
        return FacetState.HINTED
    return FacetState.STALE if today - max(i.day for i in proof) > STALE_AFTER else FacetState.CONFIRMED


def weakest_facet(states: dict[Facet, FacetState]) -> Facet:
    """The facet known least; ties go along the chain passion, talent, customer value, latest link first."""
    order = [FacetState.UNKNOWN, FacetState.HINTED, FacetState.STALE, FacetState.CONFIRMED]
    chain = [Facet.CUSTOMER_VALUE, Facet.PASSION, Facet.TALENT]
    return min(chain, key=lambda facet: (order.index(states[facet]), chain.index(facet)))


def shape_of(states: dict[Facet, FacetState], *, drained: bool) -> Shape | None:
    """The shape a profile takes, or none while too little is known.

    A pure rule that a coach can read: known means confirmed; drains come from notes, never from a guess.
    """
    known = {facet for facet, state in states.items() if state is FacetState.CONFIRMED}
    if known == set(Facet):
        return Shape.USEFUL_BUT_DRAINED if drained else Shape.PROTECT_AND_WIDEN
    if Facet.CUSTOMER_VALUE not in known and Facet.PASSION in known:
        return Shape.ENERGY_WITHOUT_ADDRESS if Facet.TALENT in known else Shape.WILLING_BUT_UNSKILLED
    if drained and {Facet.TALENT, Facet.CUSTOMER_VALUE} <= known:
        return Shape.USEFUL_BUT_DRAINED
    return None

"""Payloads of what was found in the notes: search, profile, evidence and promises."""

from datetime import date as Day

from pydantic import BaseModel, ConfigDict

from assistant.domain.customer_value import Reach
from assistant.domain.evidence import Facet, Tense, Tier, Topic
from assistant.domain.profile import FacetState, Shape, StatementStatus
from ui.contract.base import Part, Passage, Payload, PersonRef, PromiseView, WitnessedPassage
from ui.contract.records import NoteView


class SearchHit(Passage):
    """A note that fits, with its best passage; `score` orders hits within one answer only."""

    person_id: str
    score: float


class SearchWindow(Part):
    """A closed range of days; either end may be open."""

    since: Day | None
    until: Day | None


class SearchPayload(Payload):
    """search QUERY. `weak`: the notes probably do not answer; `origin` and `says`: who put the hits in order."""

    query: str
    person_id: str | None
    weak: bool
    hits: list[SearchHit]
    window: SearchWindow | None
    nearest: list[NoteView]
    origin: str
    says: str


class BatchQuery(BaseModel):
    """One line that search --batch reads; keys it does not know are left alone."""

    model_config = ConfigDict(
        extra="ignore", frozen=True, alias_generator=lambda name: name.rstrip("_"), validate_by_name=True
    )

    id: str
    query: str
    person_id: str | None = None
    as_: str | None = None
    today: Day | None = None


class BatchLine(Payload):
    """One line that search --batch writes, in the order of the queries."""

    id: str
    weak: bool
    hits: list[SearchHit]
    origin: str


class StatementView(Part):
    """One thing the notes say for a facet."""

    text: str
    status: StatementStatus
    evidence: list[WitnessedPassage]
    against: list[WitnessedPassage]


class FacetPart(Part):
    """How well one facet is known; the state speaks about our knowledge, never about the person."""

    state: FacetState
    statements: list[StatementView]
    may_point_to_it: list[StatementView]


class CustomerView(Part):
    """Somebody this person's work serves, named in the notes."""

    name: str
    reach: Reach
    end_user: str
    complained: bool
    evidence: list[Passage]


class ProfilePayload(Payload):
    """profile PERSON. `near` holds the passages that sentences of `gaps` quote."""

    person: PersonRef
    today: Day
    passion: FacetPart
    talent: FacetPart
    customer_value: FacetPart
    customers: list[CustomerView]
    weakest: Facet
    gaps: list[str]
    near: list[Passage]
    shape: Shape | None
    left_out: int


class EvidenceView(WitnessedPassage):
    """One piece of evidence with the manager's verdict on it."""

    id: str
    topic: Topic
    strength: str
    tense: Tense
    tier: Tier
    cue: str


class EvidencePayload(Payload):
    """evidence confirm, adjust, reject."""

    evidence: EvidenceView


class LessonView(Part):
    """A sign that is no longer followed for this person and topic, by what was rejected; reopen one to follow it."""

    topic: Topic
    cue: str
    rejected: list[EvidenceView]


class EvidenceListPayload(Payload):
    """evidence list, oldest first."""

    person: PersonRef
    evidence: list[EvidenceView]
    learnt: list[LessonView] = []


class PromisePayload(Payload):
    """promise add, done, drop, reopen."""

    promise: PromiseView


class PromisesPayload(Payload):
    """promise list: the manager's own first, open ones first; apart from them what was asked, not answered."""

    person: PersonRef
    promises: list[PromiseView]
    asked: list[PromiseView] = []

"""Payloads of a coach's review: what may be released, what was, and what was decided."""

from datetime import date as Day

from assistant.domain.pillar import Pillar
from assistant.domain.stage import Stage
from assistant.domain.verdict import Decision, Scope, SubjectKind
from ui.contract.base import Part, Payload, PersonRef


class SubjectView(Part):
    """What is reviewed: `part` is the line of a plan; pillar and stage where they are known."""

    kind: SubjectKind
    id: str
    part: str
    pillar: Pillar | None
    stage: Stage | None


class VerdictView(Part):
    """A decision; `text` is what it was made about, masked."""

    id: str
    subject: SubjectView
    decision: Decision
    scope: Scope
    reason: str
    words: str
    text: str
    release_id: str
    decided_on: Day
    rolled_back_on: Day | None


class ReleasedView(Part):
    """A released copy with the decision on it that holds.

    `helpful` is what the manager thought of it, null where they said nothing; `instead` what it should have said.
    """

    id: str
    subject: SubjectView
    text: str
    engine: str
    released_on: Day
    verdict: VerdictView | None
    helpful: bool | None
    instead: str


class MarkView(Part):
    """What a placeholder stands for; only ever shown to the manager."""

    placeholder: str
    stands_for: str


class MaskedView(Part):
    """A suggestion as a coach would read it; `name` is what `review release` calls it."""

    name: str
    subject: SubjectView
    text: str
    masked: str
    marks: list[MarkView]


class MaskedPayload(Payload):
    """review show PERSON."""

    person: PersonRef
    suggestions: list[MaskedView]


class ReleasedPayload(Payload):
    """review release PERSON WHAT."""

    released: ReleasedView


class WithdrawnPayload(Payload):
    """review withdraw ID."""

    id: str


class CountsView(Part):
    """How many copies wait and are decided, how many decisions hold and were taken back."""

    waiting: int
    decided: int
    in_force: int
    rolled_back: int


class ReviewPayload(Payload):
    """review list: `as_coach` says whether these are everybody's copies or one manager's own."""

    as_coach: bool
    counts: CountsView | None
    copies: list[ReleasedView]
    decisions: list[VerdictView]


class VerdictPayload(Payload):
    """review approve, reword, retire, rollback."""

    verdict: VerdictView


class PromptView(Part):
    """Words that ship with Flourish."""

    name: str
    text: str


class PromptsPayload(Payload):
    """review prompts."""

    prompts: list[PromptView]

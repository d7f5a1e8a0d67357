"""Payloads for a plan's life and for what is told after a meeting."""

from datetime import date as Day
from datetime import datetime

from assistant.domain.check_in import Speaks, StaleFor
from assistant.domain.evidence import Topic, Witness
from assistant.domain.pending import PendingState
from assistant.domain.plan import PlanState, Section
from assistant.domain.promise import Owner, PromiseState
from ui.contract.base import Part, Passage, Payload, PersonRef
from ui.contract.talks import OriginView, PlanPayload


class VersionView(Part):
    """One version of a plan."""

    version: int
    state: PlanState
    state_since: Day | None
    made_on: Day
    review_on: Day
    gaps: int
    origin: str


class PlanVersionsPayload(Payload):
    """plan PERSON versions, oldest first."""

    person: PersonRef
    versions: list[VersionView]


class ChangedView(Part):
    """One thing that reads differently; `thread` is 0 and `section` null for the plan as a whole."""

    thread: int
    section: Section | None
    what: str
    before: str
    after: str


class PlanDiffPayload(Payload):
    """plan PERSON diff."""

    person: PersonRef
    before: int
    after: int
    changes: list[ChangedView]


class PlanUndonePayload(Payload):
    """plan PERSON undo: the plan as it is then; null when there is none left."""

    person: PersonRef
    plan: PlanPayload | None


class CheckInView(Part):
    """One part of a plan held against the notes; `evidence` is null where they are silent."""

    thread: int
    section: Section
    promised: str
    due: Day | None
    speaks: Speaks
    evidence: Passage | None
    by_hand: bool


class StaleView(Part):
    """Why a plan should be looked at."""

    reason: StaleFor
    text: str


class PlanCheckPayload(Payload):
    """plan PERSON checkin: what the plan promised, what the notes since its draft show."""

    person: PersonRef
    version: int
    state: PlanState
    since: Day
    notes: int
    note_id: str | None
    check_ins: list[CheckInView]
    stale: list[StaleView]


class FindingView(Part):
    """Something that should not be read to the person, and why."""

    label: str
    words: str
    why: str


class PlanExportPayload(Payload):
    """plan PERSON export. `findings` is what reading the share copy aloud found; `file` is where it was written.

    `holds`: passages of notes in the copy. `could_hold`: those that come in once their note is marked shareable.
    """

    person: PersonRef
    version: int
    share: bool
    markdown: str
    left_out: int
    findings: list[FindingView]
    file: str | None
    holds: int = 0
    could_hold: list[Passage] = []


class DebriefItem(Part):
    """One piece of a debrief; its number leaves it out: --without N."""

    number: int
    text: str
    passage: Passage


class DebriefEvidence(DebriefItem):
    """A passage to confirm."""

    evidence_id: str
    topic: Topic
    witness: Witness


class DebriefPromise(DebriefItem):
    """A promise that was made, or an earlier one that is kept or dropped."""

    promise_id: str
    owner: Owner
    due: Day | None
    state: PromiseState


class DebriefAnswer(DebriefItem):
    """An answer to a question; `text` is the question."""

    question_id: str


class DebriefCheckIn(DebriefItem):
    """What it says of the plan."""

    thread: int
    section: Section
    speaks: Speaks


class CrisisView(Part):
    """The card to read before anything else."""

    topic: str
    text: str
    point_to: str


class DebriefPayload(Payload):
    """debrief PERSON TEXT, pending confirm|drop. `pending` is the id that waits for a yes, until `waits_until`.

    `held_back` counts the passages that stay out because the telling asks for silence; 0 when it is not read just now.
    """

    person: PersonRef
    note_id: str
    date: Day
    kept: bool
    pending: str | None
    waits_until: datetime | None
    state: PendingState | None
    crisis: CrisisView | None
    evidence: list[DebriefEvidence]
    promises: list[DebriefPromise]
    settled: list[DebriefPromise]
    answers: list[DebriefAnswer]
    check_ins: list[DebriefCheckIn]
    held_back: int
    origin: str
    written_by: OriginView


class PendingPayload(Payload):
    """pending list: what waits for a yes, oldest first."""

    pending: list[DebriefPayload]


class DebriefUndonePayload(Payload):
    """pending undo: the note that went."""

    note_id: str

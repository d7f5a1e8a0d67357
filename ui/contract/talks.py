"""Payloads for the conversation itself: the brief, what was asked, the plan, a chat reply."""

from datetime import date as Day

from assistant.domain.brief import PressingKind
from assistant.domain.evidence import Tier
from assistant.domain.pillar import Pillar
from assistant.domain.plan import PlanState, Section
from assistant.domain.promise import Owner
from assistant.domain.stage import Stage
from ui.contract.base import Part, Passage, Payload, PersonRef, PromiseView, Since


class Promises(Part):
    """Open promises, overdue first; apart from them those that no note has spoken of for half a year.

    `asked`: no promises, but what the person asked of the manager and no later note answers.
    """

    mine: list[PromiseView]
    theirs: list[PromiseView]
    quiet: list[PromiseView] = []
    asked: list[PromiseView] = []


class BriefLine(Part):
    """One sentence and the passages that carry it."""

    text: str
    tier: Tier
    note_ids: list[str]
    evidence: list[Passage]


class OriginView(Part):
    """Who wrote it: `engine` is offline (rules), llm (a model) or fallback (a model, the rules where it failed)."""

    engine: str
    prompt: str
    model: str
    note_ids: list[str]
    says: str


class QuestionView(Part):
    """A question worth asking."""

    id: str
    text: str
    pillar: Pillar
    why: str
    note_ids: list[str]
    evidence: list[Passage]
    principle_id: str
    follow_up: str
    listen_for: str
    written_by: OriginView


class AvoidView(Part):
    """Something to leave alone, without repeating what is sensitive in it."""

    text: str
    why: str
    point_to: str


class PressingView(Part):
    """One matter that cannot wait; `text` points to where it is told in full, `date` is the day that makes it press."""

    kind: PressingKind
    text: str
    date: Day | None
    note_ids: list[str]
    evidence: list[Passage]


class StoryLineView(Part):
    """One sentence on the last months, and the passages that carry it."""

    text: str
    note_ids: list[str]
    evidence: list[Passage]


class PrepPayload(Payload):
    """prep PERSON. `near` holds the passages that sentences of `unknown` quote.

    `presses`: at most three matters that cannot wait, the most pressing first. `ahead`: absences, other shifts and
    reliefs that end, as far as they do not press. `growth`: where they grow, their own words before an observation.
    `story`: at most three sentences on the last months, what was, what turned and where it stands, the newest last;
    empty without a model, and where no note carries one.
    """

    person: PersonRef
    today: Day
    since: Since
    thin: bool
    stage: Stage
    story: list[StoryLineView] = []
    presses: list[PressingView] = []
    ahead: list[BriefLine] = []
    promises: Promises
    new: list[BriefLine]
    continuing: list[BriefLine]
    resolved: list[BriefLine]
    recognition: list[BriefLine]
    growth: BriefLine | None = None
    questions: list[QuestionView]
    one_question: str
    avoid: list[AvoidView]
    unknown: list[str]
    near: list[Passage]
    origin: str
    written_by: OriginView


class AskedPayload(Payload):
    """asked PERSON QUESTION. `rests_until` is null for one that is to come back."""

    person_id: str
    question_id: str
    text: str
    date: Day
    answer: str
    later: bool
    rests_until: Day | None


class AskedEntry(Part):
    """A question that was asked. `rests_until` is null for one that is to come back."""

    question_id: str
    text: str
    date: Day
    answer: str
    later: bool
    rests_until: Day | None
    rests: bool


class AskedListPayload(Payload):
    """asked PERSON: everything that was asked, newest first."""

    person: PersonRef
    asked: list[AskedEntry]


class OpinionView(Part):
    """What was thought of a question; `instead` is what it should have said, `text` empty where its note is gone."""

    question_id: str
    text: str
    date: Day
    helpful: bool
    instead: str


class OpinionPayload(Payload):
    """helpful PERSON QUESTION. `taken_back` says that this no longer stands."""

    person_id: str
    opinion: OpinionView
    taken_back: bool


class OpinionsPayload(Payload):
    """helpful PERSON: everything that was thought of questions, newest first."""

    person: PersonRef
    opinions: list[OpinionView]


class LinkView(Part):
    """One link of a golden thread; without evidence it is a gap, and `question` would close it.

    `lost` names notes it stood on that no longer carry it.
    """

    text: str
    tier: Tier
    evidence: list[Passage]
    question: str
    lost: list[str] = []


class StepView(Part):
    """Something one of the two does by a day. `who` is somebody else it takes, to be asked; empty when it is nobody."""

    text: str
    owner: Owner
    due: Day
    evidence: list[Passage]
    who: str = ""


class GroundView(Part):
    """What the obstacle, the watch-out or the move of a thread stands on."""

    section: Section
    evidence: list[Passage]


class ThreadView(Part):
    """passion + talent -> named customer -> observable difference -> first step, support, measure.

    `then` are the steps that could come after the first, in their order; there may be none.
    """

    sentence: str
    passion: LinkView
    talent: LinkView
    customer: LinkView
    value: LinkView
    first_step: StepView
    then: list[StepView] = []
    support: StepView
    measure: str
    obstacle: str
    watch_out: str
    goal: str
    move: str
    own_words: list[Section]
    grounds: list[GroundView] = []
    gaps: list[str]


class PlanPayload(Payload):
    """plan PERSON draft, show, revise, agree, start, close.

    `leads_to` names the states it may be moved on to; `stale` says why it should be looked at again.
    """

    person: PersonRef
    version: int
    state: PlanState
    state_since: Day | None
    leads_to: list[PlanState]
    drafted_on: Day
    made_on: Day
    threads: list[ThreadView]
    unknown: list[str]
    review_on: Day
    origin: str
    written_by: OriginView
    changed: list[str]
    stale: list[str] = []


class CardAction(Part):
    """Something that can be done with a card; `command` is what does it on the command line."""

    label: str
    command: str


class Card(Part):
    """A checked unit larger than a sentence; `body` is the payload its own command would give."""

    id: str
    type: str
    body: dict[str, object]
    actions: list[CardAction]


class ChangeView(Part):
    """Something a message changed, and how to take it back."""

    kind: str
    person_id: str
    id: str
    before: str
    after: str
    undo: str


class Clarify(Part):
    """A person who may have been meant."""

    person_id: str
    name: str


class ReplyPayload(Payload):
    """One line that chat --json writes for one line it reads."""

    text: str
    person_id: str | None
    note_ids: list[str]
    cards: list[Card]
    changes: list[ChangeView]
    pending: list[ChangeView]
    clarify: list[Clarify]
    declined: bool
    unknown: bool
    origin: str
    written_by: OriginView
    conversation_id: str = ""
    turn_id: str = ""
    status: str = "ok"

"""A development plan: golden threads from what somebody loves and does well to a customer who is better off."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

from assistant.domain.account import AccountId
from assistant.domain.evidence import Quote, Tier
from assistant.domain.note import NoteId
from assistant.domain.origin import OFFLINE, Origin
from assistant.domain.person import PersonId
from assistant.domain.promise import Owner
from assistant.errors import Invalid, Unknown

FIRST_STEP_WITHIN = timedelta(days=14)
REVIEW_AFTER = timedelta(days=90)
_SATURDAY = 5


class PlanState(StrEnum):
    """Where a plan stands. Only people move it on from draft."""

    DRAFT = "draft"
    AGREED = "agreed"
    ACTIVE = "active"
    CLOSED = "closed"

    @property
    def leads_to(self) -> tuple["PlanState", ...]:
        """The states a plan may be moved on to from this one; back goes only `undo`."""
        return _LEADS_TO[self]


_LEADS_TO = {
    PlanState.DRAFT: (PlanState.AGREED, PlanState.CLOSED),
    PlanState.AGREED: (PlanState.ACTIVE, PlanState.CLOSED),
    PlanState.ACTIVE: (PlanState.CLOSED,),
    PlanState.CLOSED: (),
}


def working_day(day: date, first: date) -> date:
    """The day, or the Friday before where it falls on a weekend; never before `first`."""
    while day.weekday() >= _SATURDAY and day > first:
        day -= timedelta(days=1)
    return max(day, first)


def review_day(today: date) -> date:
    """When a plan of today is looked at again: a working day about ninety days on."""
    return working_day(today + REVIEW_AFTER, today)


class Section(StrEnum):
    """A part of a thread that can be changed by itself. The purpose sentence is none: it follows from the links."""

    PASSION = "passion"
    TALENT = "talent"
    CUSTOMER = "customer"
    VALUE = "value"
    FIRST_STEP = "first_step"
    SECOND_STEP = "second_step"
    THIRD_STEP = "third_step"
    SUPPORT = "support"
    MEASURE = "measure"
    OBSTACLE = "obstacle"
    WATCH_OUT = "watch_out"
    GOAL = "goal"
    MOVE = "move"

    @property
    def words(self) -> str:
        """The section in a sentence."""
        return _SPOKEN[self]

    @property
    def is_link(self) -> bool:
        """Whether it holds a `Link`."""
        return self in LINKS

    @property
    def is_step(self) -> bool:
        """Whether it holds a `Step`; what is neither link nor step holds words."""
        return self in STEPS


LINKS = (Section.PASSION, Section.TALENT, Section.CUSTOMER, Section.VALUE)
LATER = (Section.SECOND_STEP, Section.THIRD_STEP)  # what comes after the first step; a thread may have none
STEPS = (Section.FIRST_STEP, *LATER, Section.SUPPORT)
CITED = (Section.OBSTACLE, Section.WATCH_OUT, Section.MOVE)  # words that tell of what notes say
_SPOKEN = {section: section.value.replace("_", " ") for section in Section} | {
    Section.SUPPORT: "your part",
    Section.MEASURE: "sign that it works",
    Section.OBSTACLE: "if it gets stuck",
    Section.VALUE: "what is different for them",
    Section.WATCH_OUT: "watch-out",
    Section.MOVE: "change of the role",
}


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
        if self.tier not in (Tier.PRINCIPLE, Tier.SUGGESTION) and not self.quotes:
            raise Invalid("A claim about a person carries a quote; without one it is a question.")

    @property
    def is_gap(self) -> bool:
        """Whether the notes do not carry this link."""
        return not self.quotes


@dataclass(frozen=True, slots=True)
class Step:
    """Something one of the two does by a day. Always a suggestion until the person takes it up.

    Attributes:
        who: Somebody else it takes, by the name that a cited note gives. They are to be asked; nothing is promised.
    """

    text: str
    owner: Owner
    due: date
    quotes: tuple[Quote, ...] = ()
    who: str = ""

    def __post_init__(self) -> None:
        if self.who and not any(self.who in text for q in self.quotes for text in (q.note.text, q.note.author)):
            raise Invalid("Whoever else a step takes is named by a note that it cites.")


@dataclass(frozen=True, slots=True)
class Thread:
    """passion + talent -> named customer -> observable difference -> first step, support, measure.

    Attributes:
        then: What could come after the first step, each following from what the one before it shows.
        goal: What is to be found out or learned: a goal in learning form, never a quota.
        move: A change of the role that a drain asks for: automate, hand over, re-energise.
        own_words: The sections that stand in the manager's own words.
        grounds: The passages that what gets in the way, what to watch and a change of the role stand on.
        look_again: When days in the notes ask for another review day than usual; the draft takes it over.
    """

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
    goal: str = ""
    move: str = ""
    own_words: tuple[Section, ...] = ()
    grounds: tuple[tuple[Section, Quote], ...] = ()
    look_again: date | None = None
    then: tuple[Step, ...] = ()

    def __post_init__(self) -> None:
        if len(self.then) > len(LATER):
            raise Invalid("A thread has at most two steps after the first.")

    def grounds_of(self, section: Section) -> tuple[Quote, ...]:
        """The passages that the words of a section stand on; none where it is empty."""
        return tuple(quote for name, quote in self.grounds if name is section and self.part(section))

    def part(self, section: Section) -> "Part":
        """What stands in a section; no words where there is no such step."""
        if section in LATER:
            return dict(zip(LATER, self.then, strict=False)).get(section, "")
        found: Part = getattr(self, section.value)
        return found

    def link(self, section: Section) -> Link:
        """The link of a section that is one."""
        return {
            Section.PASSION: self.passion,
            Section.TALENT: self.talent,
            Section.CUSTOMER: self.customer,
            Section.VALUE: self.value,
        }[section]

    @property
    def steps(self) -> dict[Section, Step]:
        """Every step there is, by its section; the manager's part last."""
        later = dict(zip(LATER, self.then, strict=False))
        return {Section.FIRST_STEP: self.first_step, **later, Section.SUPPORT: self.support}

    def with_part(self, section: Section, part: "Part", *, own: bool = False) -> "Thread":
        """The thread with another part; a changed link takes the purpose sentence away, which joins the links.

        Args:
            section: Which part.
            part: A `Link` for a link, a `Step` for a step, words for the rest.
            own: Whether the manager wrote it.

        Raises:
            Invalid: The part is not of the section's kind, or a step would follow on none.
        """
        check_kind(section, part)
        others = tuple(each for each in self.own_words if each is not section)
        changed: dict[str, Part | tuple[Step, ...]] = {section.value: part}
        if isinstance(part, Step) and section in LATER:
            self.before(section)
            place = LATER.index(section)
            changed = {"then": (*self.then[:place], part, *self.then[place + 1 :])}
        if section.is_link and part != self.part(section):
            changed["sentence"] = ""
        own_words = (*others, section) if own else others
        kept = tuple(each for each in self.grounds if each[0] is not section or part == self.part(section))
        return replace(self, **changed, own_words=own_words, grounds=kept)  # type: ignore[arg-type]

    def before(self, section: Section) -> Step:
        """The step that a later one follows.

        Raises:
            Invalid: There is none yet.
        """
        place = LATER.index(section)
        if place > len(self.then):
            raise Invalid("There is no second step yet, so none comes after it.", next="Write the second step first.")
        return (self.first_step, *self.then)[place]

    def without(self, section: Section) -> "Thread":
        """The thread without one of the later steps; the one after it takes its place."""
        kept = [
            (step, name in self.own_words) for name, step in self.steps.items() if name in LATER and name != section
        ]
        own = tuple(name for name, (_, is_own) in zip(LATER, kept, strict=False) if is_own)
        others = tuple(name for name in self.own_words if name not in LATER)
        return replace(self, then=tuple(step for step, _ in kept), own_words=(*others, *own))

    @property
    def gaps(self) -> tuple[str, ...]:
        """Which links no note carries."""
        links = {"passion": self.passion, "talent": self.talent, "customer": self.customer, "value": self.value}
        return tuple(name for name, link in links.items() if link.is_gap)


Part = Link | Step | str


def check_kind(section: Section, part: Part) -> None:
    """Let a part pass that is of its section's kind.

    Raises:
        Invalid: It is not.
    """
    kind = Link if section.is_link else Step if section.is_step else str
    if not isinstance(part, kind):
        raise Invalid(f"The {section.words} of a plan is a {kind.__name__.lower()}.")


@dataclass(frozen=True, slots=True)
class Plan:
    """One version of a development plan for one person.

    Attributes:
        drafted_on: The day it was drafted; the first step lies within two weeks of it, or of the day of this version.
        unknown: What the notes do not say, as questions.
        changed: Notes that stood under this plan and have changed since.
        made_on: The day of this version, when a draft was revised; none for the draft itself.
        state_since: The day it was moved on to its state; none while nobody has.
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
    made_on: date | None = None
    state_since: date | None = None

    def __post_init__(self) -> None:
        if not 1 <= len(self.threads) <= 2:
            raise Invalid("A plan has one or two golden threads.")
        for thread in self.threads:
            if not self.drafted_on <= thread.first_step.due <= self.day + FIRST_STEP_WITHIN:
                raise Invalid("The first step lies within two weeks of the draft.", next="Choose an earlier day.")
            days = [step.due for step in (thread.first_step, *thread.then)]
            if any(after <= before for before, after in pairwise(days)):
                raise Invalid("Each step comes after the one before it.", next="Choose a later day.")
            if thread.then and days[-1] > self.review_on:
                raise Invalid("Every step lies before the review.", next="Choose an earlier day.")
        if self.review_on <= self.drafted_on:
            raise Invalid("The review comes after the draft.")

    @property
    def day(self) -> date:
        """The day of this version."""
        return self.made_on or self.drafted_on

    def look_again(self, today: date) -> date:
        """When it is looked at; ninety days on where that day has passed."""
        return self.review_on if self.review_on > today else review_day(today)

    def thread(self, number: int) -> Thread:
        """A thread, counted from 1.

        Raises:
            Unknown: There is no such thread.
        """
        if not 1 <= number <= len(self.threads):
            raise Unknown(f"This plan has no thread {number}.", next=f"It has {len(self.threads)}.")
        return self.threads[number - 1]

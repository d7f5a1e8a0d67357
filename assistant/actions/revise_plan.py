"""One section of a plan, otherwise: as the notes offer it, or in the manager's own words. Always a new version.

Own words are a suggestion. They become no fact, and stand without a quote until a note carries them.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from assistant.actions.draft_plan import as_coaches_want, checked_thread, open_questions
from assistant.actions.read_calendar import away_in
from assistant.actions.space_steps import space_steps
from assistant.domain.calendar import free_between
from assistant.domain.evidence import Tier
from assistant.domain.note import Note, NoteId
from assistant.domain.origin import together
from assistant.domain.plan import FIRST_STEP_WITHIN, LATER, Link, Part, Plan, PlanState, Section, Step, Thread
from assistant.domain.plan_change import Revised, Wish, WishKind
from assistant.domain.policy import PolicyTopic
from assistant.domain.promise import Owner
from assistant.domain.situation import Situation
from assistant.errors import Invalid, NotAllowed, Refused
from assistant.policy import check_request
from assistant.ports.engine import Engine, Finder
from assistant.prompting import offline_words
from assistant.wording import words_in

MOST_WORDS = 60
ON = timedelta(days=28)  # a step that has no day yet comes so long after the one before it
_PLAIN_MARKS = str.maketrans("“”", '""')  # set-apart words are a note's; what a manager types is their own


def revise_plan(plan: Plan, thread_no: int, section: Section, wish: Wish, situation: Situation, engine: Engine) -> Plan:
    """The plan with one section as the engine would have it instead, as the next version, a draft again.

    Raises:
        Refused: The plan is closed, or the notes offer nothing that fits the wish.
        Unknown: There is no such thread.
    """
    thread = _open(plan).thread(thread_no)
    if section in LATER:
        thread.before(section)
    for revised in engine.revise(plan, thread_no, section, wish, situation):
        changed = _with_own_words(checked_thread(revised.put_into(thread), situation), thread, revised)
        if changed.part(section) != thread.part(section):
            whole = _with(plan, thread_no, replace(changed, origin=revised.origin), situation)
            return as_coaches_want(whole, situation)
    if wish.kind in (WishKind.LATER, WishKind.SOONER) and section is Section.FIRST_STEP:
        raise Refused(
            "The first step lies within two weeks, so it cannot be put there.",
            next="Make it smaller instead, or give its day: --due DATE.",
        )
    raise Refused(
        f"The notes offer no other {section.words} that fits “{wish.words or wish.kind}”.",
        next="Say it in your own words; it stands as your suggestion.",
    )


def reword_plan(
    plan: Plan,
    thread_no: int,
    section: Section,
    words: str,
    situation: Situation,
    *,
    due: date | None,
    finder: Finder,
    topics: Sequence[PolicyTopic],
) -> Plan:
    """The plan with one section in the manager's own words, or a step on another day; the next version.

    Raises:
        Refused: The plan is closed.
        Invalid: There is nothing to change, or too many words, or a day out of reach.
        NotAllowed: The words touch what stays out of plans.
        Unknown: There is no such thread.
    """
    thread = _open(plan).thread(thread_no)
    said = " ".join(words.split()).translate(_PLAIN_MARKS)
    if not said and due is None:
        raise Invalid("Nothing is said about how it should be.", next="Give words, or a day: --due DATE.")
    if words_in(said) > MOST_WORDS:
        raise Invalid(f"A section of a plan holds at most {MOST_WORDS} words.", next="Say it shorter.")
    if due is not None and not section.is_step:
        raise Invalid(
            f"The {section.words} has no day.", next="Only a step has one: first_step, second_step or support."
        )
    if said:
        check_own_words(said, situation, finder, topics)
    part = _own_part(thread, section, said, due, situation, plan.look_again(situation.today))
    changed = thread.with_part(section, part, own=bool(said) or section in thread.own_words)
    return _with(plan, thread_no, changed, situation)


def check_own_words(said: str, situation: Situation, finder: Finder, topics: Sequence[PolicyTopic]) -> None:
    """Let words pass that may stand in a plan.

    Raises:
        NotAllowed: They are about something that stays out of plans; it says whom to turn to.
    """
    check_request(said, topics)
    person = situation.person
    screening = finder.screen([Note(person.account_id, NoteId("words"), person.id, situation.today, said)])[0]
    if screening.whole or screening.spans:
        found = next((topic for topic in topics if topic.id in screening.topics), None)
        point_to = f" The right people for it: {found.point_to}." if found else ""
        raise NotAllowed("This touches a private matter, which stays out of plans.", next=f"Say it without.{point_to}")


def _with_own_words(changed: Thread, before: Thread, revised: Revised) -> Thread:
    """What the manager wrote is held against no note, so the check left it out; it stays unless it was revised."""
    asked = {section for section, _ in revised.parts}
    for section in before.own_words:
        if section not in asked and changed.part(section) != before.part(section):
            sentence = changed.sentence
            changed = replace(changed.with_part(section, before.part(section), own=True), sentence=sentence)
    return changed


def _own_part(thread: Thread, section: Section, said: str, due: date | None, situation: Situation, until: date) -> Part:
    now = thread.part(section)
    if isinstance(now, Link):
        question = now.question or offline_words("plan")["questions"].get(section.value, "")
        return Link(said, Tier.SUGGESTION, (), question)
    if not section.is_step:
        return said
    now = thread.steps.get(section) or _new_step(thread, section, said, situation, until)
    first, last = situation.today, situation.today + timedelta(days=90)
    if section is Section.FIRST_STEP:
        last = situation.today + FIRST_STEP_WITHIN
    elif section in LATER:
        first, last = max(first, thread.before(section).due + timedelta(days=1)), until
    day = due or max(now.due, first)
    if not first <= day <= last:
        since = "today" if first == situation.today else first.isoformat()
        raise Invalid(
            f"{day.isoformat()} is out of reach for the {section.words}.",
            next=f"Choose a day from {since} to {last.isoformat()}.",
        )
    return replace(now, text=said, due=day, quotes=(), who="") if said else replace(now, due=day)


def _new_step(thread: Thread, section: Section, said: str, situation: Situation, until: date) -> Step:
    """A step where there was none: theirs, some weeks after the one before it."""
    before = max(thread.before(section).due, situation.today)
    if not said:
        raise Invalid(f"There is no {section.words} yet.", next="Say it in your own words as well.")
    day = free_between(before + ON, before, until, away_in(situation))
    if day is None:
        raise Invalid(
            "There is no working day left before the review.", next="Put the step before it on an earlier day."
        )
    return Step(said, Owner.THEM, day)


def _open(plan: Plan) -> Plan:
    if plan.state is PlanState.CLOSED:
        raise Refused("This plan is closed.", next="Draft a new one, or take the closing back with undo.")
    return plan


def _with(plan: Plan, thread_no: int, thread: Thread, situation: Situation) -> Plan:
    """The next version: a draft of today, since both have to agree to it again."""
    today = situation.today
    review, away = plan.look_again(today), away_in(situation)
    changed = (thread if n == thread_no else other for n, other in enumerate(plan.threads, 1))
    threads = tuple(space_steps(each, review, away) for each in changed)
    settled = {q for each in plan.threads for q in open_questions((each,), situation)}
    kept = (question for question in plan.unknown if question not in settled)
    return replace(
        plan,
        version=plan.version + 1,
        state=PlanState.DRAFT,
        state_since=None,
        made_on=today,
        threads=threads,
        unknown=tuple(dict.fromkeys((*open_questions(threads, situation), *kept))),
        review_on=review,
        origin=together((each.origin for each in threads), plan.origin.engine),
        changed=(),
    )

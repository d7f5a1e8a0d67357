"""What the plan promised, what the notes show; and whether the plan should be looked at again."""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from assistant.actions.gather_situation import gather_situation
from assistant.actions.recheck_plan import recheck
from assistant.domain.check_in import CheckIn, PlanCheck, Speaks, Stale, StaleFor
from assistant.domain.person import PersonId
from assistant.domain.plan import LATER, LINKS, STEPS, Plan, PlanState, Section
from assistant.domain.search import Window
from assistant.ports.engine import Engine
from assistant.ports.records import Shelf
from assistant.prompting import offline_words
from assistant.wording import spoken_day

ASKED = (*STEPS, Section.MEASURE)


def check_plan(shelf: Shelf, person_id: PersonId, engine: Engine) -> PlanCheck | None:
    """The plan in force held against every usable note since its draft; None when there is no plan.

    In force is the newest version that was agreed; while none was, the newest draft.
    """
    plan = plan_in_force(shelf.plans.versions(person_id))
    if plan is None:
        return None
    plan = recheck(shelf, plan)
    day_after = plan.drafted_on + timedelta(days=1)
    notes = shelf.notes.of(person_id, Window(day_after, shelf.today)) if day_after <= shelf.today else ()
    told = shelf.screenings.of(notes)
    by_hand = tuple(shelf.plans.check_ins(person_id, plan.version))
    found = [*by_hand, *engine.check_ins(plan, told, gather_situation(shelf, person_id))] if told else [*by_hand]
    check_ins = tuple(_in_order(plan, found))
    usable = sum(not readable.closed for readable in told)
    return PlanCheck(plan, plan.drafted_on, usable, check_ins, tuple(why_stale(plan, check_ins, shelf)))


def stale_plans(shelf: Shelf, engine: Engine) -> list[PlanCheck]:
    """The plans of everybody that should be looked at again."""
    checks = (check_plan(shelf, person.id, engine) for person in shelf.people.all())
    return [check for check in checks if check is not None and check.stale]


def plan_in_force(versions: Sequence[Plan]) -> Plan | None:
    """The newest version that somebody agreed to, else the newest of all."""
    agreed = [plan for plan in versions if plan.state is not PlanState.DRAFT]
    return next(reversed(agreed or versions), None)


def why_stale(plan: Plan, check_ins: Sequence[CheckIn], shelf: Shelf) -> Iterator[Stale]:
    """Why the plan should be looked at: its day has come, its ground is gone, or a step passed in silence."""
    words, today = offline_words("plan_life")["stale"], shelf.today
    if plan.state is PlanState.CLOSED:
        return
    if plan.review_on <= today:
        yield Stale(StaleFor.REVIEW, words["review"].format(day=spoken_day(plan.review_on, today)))
    for number, thread in enumerate(plan.threads, 1):
        for section in LINKS:
            if thread.link(section).lost:
                yield Stale(StaleFor.GROUND, words["ground"].format(section=section.words, number=number))
        silent = {each.section for each in check_ins if (each.thread, each.speaks) == (number, Speaks.SILENT)}
        passed = [s for s in (Section.FIRST_STEP, *LATER) if s in silent and thread.steps[s].due < today]
        if passed and plan.state is not PlanState.DRAFT:
            day = spoken_day(thread.steps[passed[0]].due, today)
            yield Stale(StaleFor.STEP, words["step"].format(section=passed[0].words, number=number, day=day))


def _in_order(plan: Plan, found: Sequence[CheckIn]) -> Iterator[CheckIn]:
    """By thread and section; what the manager confirmed for a part stands alone, silence is said where nothing is."""
    for number in range(1, len(plan.threads) + 1):
        for section in Section:
            here = [each for each in found if (each.thread, each.section) == (number, section)]
            confirmed = [each for each in here if each.by_hand]
            yield from confirmed or here
            if not here and section in ASKED and plan.thread(number).part(section):
                yield CheckIn(number, section, Speaks.SILENT)

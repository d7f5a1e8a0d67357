"""A plan is agreed, begun, closed; and the last change to it is taken back. Only people do this."""

from assistant.domain.person import PersonId
from assistant.domain.plan import Plan, PlanState
from assistant.errors import Refused, Unknown
from assistant.ports.records import Shelf


def move_plan_on(shelf: Shelf, person_id: PersonId, state: PlanState) -> Plan:
    """The newest version in its next state.

    Raises:
        Unknown: There is no such person, or no plan.
        Refused: A plan does not go from where it is to there.
    """
    plan = newest_plan(shelf, person_id)
    if state is plan.state:
        raise Refused(f"Version {plan.version} is {state} already.")
    if state not in plan.state.leads_to:
        ways = " or ".join(plan.state.leads_to) or "nothing: draft a new one, or undo"
        raise Refused(f"A plan that is {plan.state} does not become {state}.", next=f"From there it goes to {ways}.")
    shelf.plans.move_on(person_id, plan.version, state)
    return newest_plan(shelf, person_id)


def undo_plan(shelf: Shelf, person_id: PersonId) -> Plan | None:
    """Take the last change back: the last step of its state, else the newest version; the plan as it is then.

    Raises:
        Unknown: There is no such person, or no plan.
    """
    plan = newest_plan(shelf, person_id)
    if not shelf.plans.step_back(person_id, plan.version):
        shelf.plans.remove(person_id, plan.version)
    return shelf.plans.newest(person_id)


def newest_plan(shelf: Shelf, person_id: PersonId) -> Plan:
    """The newest version.

    Raises:
        Unknown: There is no such person, or no plan.
    """
    person = shelf.people.get(person_id)
    plan = shelf.plans.newest(person_id)
    if plan is None:
        raise Unknown(f"There is no plan for {person.name} yet.", next=f"Draft one: flourish plan {person.id} draft.")
    return plan

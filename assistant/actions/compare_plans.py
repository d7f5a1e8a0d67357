"""Two versions of a plan, section by section, as they read."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from assistant.domain.plan import Part, Plan, Section, Step, Thread
from assistant.domain.plan_diff import Changed, PlanDiff
from assistant.errors import Unknown


def compare_plans(versions: Sequence[Plan], before: int | None, after: int | None) -> PlanDiff:
    """What changed from one version to another; by default from the last but one to the newest.

    Raises:
        Unknown: There is no such version, or only one.
    """
    newest = version_of(versions, after)
    earlier = [plan.version for plan in versions if plan.version < newest.version]
    if before is None and not earlier:
        raise Unknown(f"Version {newest.version} has none before it.", next="Revise the plan first.")
    oldest = version_of(versions, max(earlier) if before is None else before)
    return PlanDiff(oldest.version, newest.version, tuple(_changes(oldest, newest)))


def version_of(versions: Sequence[Plan], number: int | None) -> Plan:
    """The version of that number; the newest when none is named.

    Raises:
        Unknown: There is no such version, or no plan.
    """
    by_number = {plan.version: plan for plan in versions}
    if not by_number:
        raise Unknown("There is no plan yet.", next="Draft one: flourish plan PERSON draft.")
    found = by_number.get(max(by_number) if number is None else number)
    if found is None:
        raise Unknown(f"There is no version {number}.", next=f"There are: {', '.join(map(str, by_number))}.")
    return found


def _changes(one: Plan, other: Plan) -> Iterator[Changed]:
    for number, (old, new) in enumerate(zip_longest(one.threads, other.threads), 1):
        yield from _thread(number, old, new)
    for what, before, after in (
        ("state", one.state.value, other.state.value),
        ("review", one.review_on.isoformat(), other.review_on.isoformat()),
        ("questions", "\n".join(one.unknown), "\n".join(other.unknown)),
    ):
        if before != after:
            yield Changed(0, None, what, before, after)


def _thread(number: int, old: Thread | None, new: Thread | None) -> Iterator[Changed]:
    before, after = (each.sentence if each else "" for each in (old, new))
    if before != after:
        yield Changed(number, None, "purpose sentence", before, after)
    for section in Section:
        before, after = (_read(each.part(section)) if each else "" for each in (old, new))
        if before != after:
            yield Changed(number, section, section.words, before, after)


def _read(part: Part) -> str:
    """A section as one reads it: a step with its owner's day, a link with the question that is open."""
    if isinstance(part, str):
        return part
    if isinstance(part, Step):
        return f"{part.text} ({part.due.isoformat()})"
    return part.text or part.question

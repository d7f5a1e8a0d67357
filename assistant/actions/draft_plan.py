"""A new version of a development plan. Links without proof stay open, as questions; nothing is filled in."""

from collections.abc import Iterator
from datetime import timedelta

from assistant.domain.evidence import Topic
from assistant.domain.origin import Origin
from assistant.domain.plan import Plan, PlanState, Thread
from assistant.domain.situation import Situation
from assistant.ports.engine import Engine
from assistant.prompting import offline_words

REVIEW_AFTER = timedelta(days=90)
MOST_THREADS = 2


def draft_plan(situation: Situation, engine: Engine, *, version: int) -> Plan:
    """The plan as a draft, for both to change. It is reviewed after about ninety days."""
    threads = tuple(engine.threads(situation))[:MOST_THREADS]
    return Plan(
        account_id=situation.person.account_id,
        person_id=situation.person.id,
        version=version,
        state=PlanState.DRAFT,
        drafted_on=situation.today,
        threads=threads,
        unknown=tuple(dict.fromkeys(_open_questions(threads, situation))),
        review_on=situation.today + REVIEW_AFTER,
        origin=Origin(engine.name),
    )


def _open_questions(threads: tuple[Thread, ...], situation: Situation) -> Iterator[str]:
    for thread in threads:
        for link in (thread.passion, thread.talent, thread.customer, thread.value):
            if link.question:
                yield link.question
    if not any(i.counts for i in situation.about(Topic.ASPIRATION)):
        yield offline_words("plan")["questions"]["aspiration"]

"""“make it smaller” in a conversation revises the plan at once, as the next version, and “undo” takes it back."""

from assistant.conversation import Conversation
from assistant.domain.event import Change, Event, Notice
from assistant.domain.plan import Plan
from tests.house import Bakery


def said(talk: Conversation, message: str) -> list[Event]:
    return [*talk.say(message)]


def test_make_it_smaller_changes_the_first_step_and_undo_takes_it_back(bakery: Bakery) -> None:
    talk = Conversation(bakery.desk)
    said(talk, "draft a plan for Nadia")
    first = bakery.desk.person("nadia").planning.newest()
    events = said(talk, "make it smaller")
    [plan] = [e.body for e in events if isinstance(e.body, Plan)]
    [change] = [e.body for e in events if isinstance(e.body, Change)]
    assert plan.version == first.version + 1
    assert plan.threads[0].first_step != first.threads[0].first_step
    assert plan.threads[0].passion == first.threads[0].passion
    assert (change.kind, change.person_id, change.id) == ("plan_revised", "nadia", str(plan.version))
    assert change.before != change.after
    undone = said(talk, "undo")
    assert any(isinstance(e.body, Notice) and e.body.code == "undone" for e in undone)
    assert bakery.desk.person("nadia").planning.newest().threads == first.threads


def test_a_wish_changes_nobody_elses_plan(bakery: Bakery) -> None:
    talk = Conversation(bakery.desk)
    said(talk, "draft a plan for Nadia")
    foreign = Conversation(bakery.foreign)
    said(foreign, "make Nadia's plan smaller")
    said(foreign, "make it smaller")
    assert bakery.desk.person("nadia").planning.newest().version == 1

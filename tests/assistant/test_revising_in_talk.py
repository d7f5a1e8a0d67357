"""“make it smaller” in a conversation revises the plan at once, as the next version, and “undo” takes it back."""

import pytest

from assistant.conversation import Conversation
from assistant.domain.event import Change, Event, Notice
from assistant.domain.plan import Plan, Section
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


@pytest.mark.parametrize(
    ("said", "part", "words"),
    [
        ("Change the first step of the plan: bake one tray with Jan", Section.FIRST_STEP, "bake one tray with Jan"),
        ("please rewrite the measure: nobody asks twice", Section.MEASURE, "nobody asks twice"),
        ("change what is different for them of the plan: breakfast is on time", Section.VALUE, "breakfast is on time"),
        (
            "Ändere den ersten Schritt des Plans: Ein Blech mit Jan backen",
            Section.FIRST_STEP,
            "Ein Blech mit Jan backen",
        ),
        ("Cambia el cliente del plan: Hotel Linde", Section.CUSTOMER, "Hotel Linde"),
        ("Change the second step of the plan: show it to Jan", Section.SECOND_STEP, "show it to Jan"),
        ("change the second step: Jan bakes one tray by it", Section.SECOND_STEP, "Jan bakes one tray by it"),
        ("Ändere den zweiten Schritt des Plans: Jan fragen", Section.SECOND_STEP, "Jan fragen"),
        ("Cambia el segundo paso del plan: pedírselo a Jan", Section.SECOND_STEP, "pedírselo a Jan"),
    ],
)
def test_a_part_in_own_words_is_put_in_at_once_echoed_and_taken_back(
    bakery: Bakery, said: str, part: Section, words: str
) -> None:
    nadia = bakery.desk.person("nadia")
    [*nadia.drafting()]
    talk = Conversation(bakery.desk, nadia)
    events = [*talk.say(said)]
    change = next(e.body for e in events if isinstance(e.body, Change))
    assert words in change.after
    made = nadia.plan()
    assert made is not None
    assert made.version == 2
    found = made.threads[0].part(part)
    assert getattr(found, "text", found) == words
    [*talk.say("undo")]
    back = nadia.plan()
    assert back is not None
    assert back.version == 1


@pytest.mark.parametrize(
    ("wish", "later"),
    [("make the second step later", True), ("Mach den zweiten Schritt später", True),
     ("haz el segundo paso más tarde", True), ("move the second step sooner", False)],
)  # fmt: skip
def test_a_later_step_is_moved_by_a_word_and_the_first_stays(bakery: Bakery, wish: str, later: bool) -> None:
    nadia = bakery.desk.person("nadia")
    nadia.draft_plan()
    before = nadia.planning.reword("second step", "If it holds, show it to Jan.").threads[0]
    [*Conversation(bakery.desk, nadia).say(wish)]
    after = nadia.planning.newest().threads[0]
    assert after.first_step == before.first_step
    assert (after.then[0].text, after.own_words) == (before.then[0].text, before.own_words)
    assert (after.then[0].due > before.then[0].due, after.then[0].due < before.then[0].due) == (later, not later)

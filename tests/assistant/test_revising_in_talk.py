"""“make it smaller” in a conversation revises the plan at once, as the next version, and “undo” takes it back."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from assistant.conversation import Conversation
from assistant.domain.event import Change, Event, Notice
from assistant.domain.plan import LATER, Plan, Section, Step
from assistant.domain.plan_change import Revised, Wish
from assistant.domain.situation import Situation
from assistant.engines.offline.engine import OfflineEngine
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


@pytest.mark.parametrize(
    ("words", "part"),
    [
        ("Have Jan Novak do the second step", Section.SECOND_STEP),
        ("Jan Novak should take the third step", Section.THIRD_STEP),
        ("Make the second step about the rye baskets", Section.SECOND_STEP),
        ("Change the measure to something about the rye baskets", Section.MEASURE),
        ("Jan Novak soll den zweiten Schritt machen", Section.SECOND_STEP),
        ("Que Jan Novak haga el segundo paso", Section.SECOND_STEP),
    ],
)
def test_a_wish_in_words_for_a_named_part_changes_that_part_of_this_plan_alone(
    bakery: Bakery, words: str, part: Section
) -> None:
    heard: list[tuple[Section, str]] = []

    class Writing(OfflineEngine):
        """The rules, with a wording for every wish."""

        def revise(
            self, plan: Plan, thread_no: int, section: Section, wish: Wish, situation: Situation
        ) -> Iterator[Revised]:
            """The section as wished."""
            heard.append((section, wish.words))
            now = plan.threads[0].part(section)
            yield Revised(section, replace(now, text="Otherwise.") if isinstance(now, Step) else "Otherwise.")

    desk = replace(bakery.desk, engine=Writing(bakery.house.library))
    nadia = desk.person("nadia")
    [*nadia.drafting()]
    for step in ("Show it to somebody.", "Write it down."):
        section = LATER[0] if step.startswith("Show") else LATER[1]
        nadia.planning.reword(section.value, step)
    before = nadia.planning.newest()
    talk = Conversation(desk, nadia)
    events = said(talk, words)
    [(section, wish)] = heard
    assert section is part
    assert talk.person is not None
    assert talk.person.person.id == "nadia"
    [plan] = [e.body for e in events if isinstance(e.body, Plan)]
    changed = [s for s in Section if plan.threads[0].part(s) != before.threads[0].part(s)]
    assert changed == [part]
    assert "Jan" not in words or "Jan" in wish


def test_a_wish_that_the_notes_cannot_meet_leaves_the_plan_and_says_how_to_go_on(bakery: Bakery) -> None:
    nadia = bakery.desk.person("nadia")
    [*nadia.drafting()]
    nadia.planning.reword(Section.SECOND_STEP.value, "Show it to somebody.")
    before = nadia.planning.newest()
    events = said(Conversation(bakery.desk, nadia), "Have Jan Novak do the second step")
    assert not [e.body for e in events if isinstance(e.body, Plan)]
    assert any("in your own words" in e.body.text for e in events if isinstance(e.body, Notice))
    assert nadia.planning.newest() == before

from dataclasses import asdict, replace
from datetime import date, timedelta

import pytest

from assistant.actions.draft_plan import draft_plan
from assistant.actions.prepare_brief import known_words
from assistant.actions.round_off_plan import goal_kind, goals_of
from assistant.domain.evidence import Strength, Tier, Topic, Witness
from assistant.domain.note import NoteKind
from assistant.domain.plan import PlanState, Section, Thread, review_day
from assistant.domain.promise import Owner
from assistant.engines.offline.engine import OfflineEngine
from assistant.grounding import is_grounded
from assistant.prompting import offline_words
from tests.assistant.engines.offline.situations import (
    EVIDENCE,
    MAJA,
    NOTES,
    OVENS,
    PROMISES,
    TODAY,
    ShippedLibrary,
    evidence,
    note,
    situation,
)  # fmt: skip

ENGINE = OfflineEngine(ShippedLibrary())


def test_a_thread_runs_from_their_words_to_a_named_customer() -> None:
    plan = draft_plan(situation(), ENGINE, version=1)
    thread = plan.threads[0]
    assert thread.gaps == ()
    assert thread.passion.tier is Tier.THEIR_WORDS
    assert "I like it when the buffet looks calm at seven" in thread.passion.text
    assert thread.talent.quotes[0].note.id == OVENS.id
    assert thread.customer.text.startswith("Vera Holm (guest)")
    assert "remembered my nut allergy" in thread.customer.quotes[0].text
    assert "“I ate without asking twice.”" in thread.value.text
    assert (plan.state, plan.version, plan.review_on) == (PlanState.DRAFT, 1, review_day(TODAY))


def test_the_first_step_is_theirs_within_two_weeks_and_builds_on_what_they_promised() -> None:
    thread = draft_plan(situation(), ENGINE, version=1).threads[0]
    assert thread.first_step.owner is Owner.THEM
    assert TODAY <= thread.first_step.due <= TODAY + timedelta(days=14)
    assert thread.first_step.text.startswith("As agreed on 31 March: write the oven times on one card by 10 April.")
    assert thread.first_step.quotes[0].text == "She will write the oven times on one card by 10 April."


def test_the_managers_support_is_their_own_open_promise() -> None:
    thread = draft_plan(situation(), ENGINE, version=1).threads[0]
    assert thread.support.owner is Owner.ME
    assert "talk to purchasing" in thread.support.text
    assert TODAY <= thread.support.due <= thread.first_step.due


def test_a_current_obstacle_gets_an_if_then_and_a_drain_a_warning() -> None:
    tired = note("n7", "2026-04-08", '"The double shifts wear me out," she said.')
    drain = evidence(tired, "The double shifts wear me out", Topic.ENERGY_DRAIN, Witness.SELF)
    thread = draft_plan(situation([*NOTES, tired], [*EVIDENCE, drain]), ENGINE, version=1).threads[0]
    assert "Flour delivery late twice" in thread.obstacle
    assert "The double shifts wear me out" in thread.watch_out
    for section, words in (
        (Section.OBSTACLE, "Flour delivery late twice"),
        (Section.WATCH_OUT, "The double shifts wear me out"),
        (Section.MOVE, "The double shifts wear me out"),
    ):
        assert [words in quote.text or quote.text in words for quote in thread.grounds_of(section)] == [True]
    assert thread.with_part(Section.MOVE, "Something else.", own=True).grounds_of(Section.MOVE) == ()


@pytest.mark.parametrize(("whose", "told"), [("Ana's", False), ("Ana’s", False), ("Maja's", True), ("The", True)])
def test_what_holds_up_somebody_elses_thing_is_no_matter_of_the_plan(whose: str, told: bool) -> None:
    late = note("n7", "2026-04-08", f"{whose} buffet order waits for an opinion, no reply yet.")
    waits = evidence(late, late.text, Topic.OBSTACLE, Witness.MANAGER)
    others = [i for i in EVIDENCE if i.topic is not Topic.OBSTACLE]
    thread = draft_plan(situation([*NOTES, late], [*others, waits]), ENGINE, version=1).threads[0]
    assert ("waits for an opinion" in thread.obstacle) is told


def test_a_missing_link_is_a_gap_with_a_question() -> None:
    without = [i for i in EVIDENCE if i.topic is not Topic.CUSTOMER_VALUE]
    plan = draft_plan(situation(found=without), ENGINE, version=2)
    thread = plan.threads[0]
    assert thread.gaps == ("customer", "value")
    assert thread.customer.tier is Tier.SUGGESTION
    assert thread.customer.question in plan.unknown
    assert thread.customer.question.endswith("?")


def test_with_nothing_known_the_plan_is_to_listen() -> None:
    plan = draft_plan(situation([], [], []), ENGINE, version=1)
    thread = plan.threads[0]
    assert thread.gaps == ("passion", "talent", "customer", "value")
    assert "next one-on-one" in thread.first_step.text
    assert len(plan.unknown) >= 4
    assert all(text.endswith("?") for text in plan.unknown)
    assert thread.sentence == ""


def test_nothing_private_reaches_a_plan() -> None:
    assert "CANARY" not in str(
        {k: v for k, v in asdict(draft_plan(situation(), ENGINE, version=1)).items() if k != "threads"}
    )
    for thread in draft_plan(situation(), ENGINE, version=1).threads:
        for link in (thread.passion, thread.talent, thread.customer, thread.value):
            assert all("CANARY" not in q.note.text for q in link.quotes)
            assert "CANARY" not in link.text


def test_every_line_of_a_plan_stands_on_its_quotes() -> None:
    base = situation()
    known = known_words(base)
    for thread in draft_plan(base, ENGINE, version=1).threads:
        for part in (thread.passion, thread.talent, thread.customer, thread.value, thread.first_step, thread.support):
            assert is_grounded(part.text, part.quotes, known), part.text


def test_the_sentence_is_built_only_when_every_part_is_there() -> None:
    served = note("n8", "2026-04-05", "She shared it so that the night crew can start at once.")
    value = evidence(served, served.text, Topic.CUSTOMER_VALUE)
    whole = [i for i in EVIDENCE if i.topic is not Topic.CUSTOMER_VALUE] + [value]
    thread = draft_plan(situation([*NOTES, served], whole), ENGINE, version=1).threads[0]
    assert thread.sentence == (
        "Because I like it when the buffet looks calm at seven, I re-timed the ovens before the first bake, "
        "so that the night crew can start at once."
    )
    apart = draft_plan(situation(), ENGINE, version=1).threads[0]
    assert apart.value.quotes
    assert not apart.sentence  # the ovens and a guest's allergy are two stories
    without = [i for i in EVIDENCE if i.topic is not Topic.TALENT]
    assert draft_plan(situation(found=without), ENGINE, version=1).threads[0].sentence == ""


def test_the_same_situation_gives_the_same_plan() -> None:
    assert draft_plan(situation(), ENGINE, version=1) == draft_plan(situation(), ENGINE, version=1)


def test_a_second_thread_stands_on_passages_of_its_own() -> None:
    one = note("k1", "2026-03-24", '"Teaching is what I enjoy most," she said.')
    two = note("k2", "2026-03-25", "She taught the new apprentice to fold dough.")
    three = note("k3", "2026-03-26", "She showed me, and my rolls hold now.", author="Ben Roth")
    more = [
        evidence(one, "Teaching is what I enjoy most", Topic.PASSION, Witness.SELF),
        evidence(two, two.text, Topic.TALENT),
        evidence(three, three.text, Topic.CUSTOMER_VALUE, Witness.PEER),
    ]
    plan = draft_plan(situation([*NOTES, one, two, three], [*EVIDENCE, *more]), ENGINE, version=1)
    assert len(plan.threads) == 2
    first, second = ({q.note.id for q in (*t.passion.quotes, *t.talent.quotes, *t.value.quotes)} for t in plan.threads)
    assert not first & second


def test_confirmed_unknown_questions_are_not_repeated() -> None:
    plan = draft_plan(replace(situation([], [], [])), ENGINE, version=1)
    assert len(plan.unknown) == len(set(plan.unknown))


def test_a_goal_asks_for_what_is_least_sure_of_the_story() -> None:
    thread = draft_plan(situation(), ENGINE, version=1).threads[0]
    assert goal_kind(thread) == "whole"
    read = replace(thread, passion=replace(thread.passion, tier=Tier.OBSERVATION))
    assert goal_kind(read) == "unsaid"
    heard = thread.value.quotes[0]

    def told(kind: NoteKind, day: date) -> Thread:
        other = replace(heard, note=replace(heard.note, kind=kind, day=day))
        return replace(thread, value=replace(thread.value, quotes=(other,)))

    assert goal_kind(told(NoteKind.PEER_FEEDBACK, heard.day)) == "colleague"
    assert goal_kind(told(heard.note.kind, date(2025, 6, 2))) == "since"
    goals = goals_of(thread, MAJA)
    assert len(set(goals.values())) == len(goals)
    assert set(goals) == set(offline_words("share")["goal"])
    assert all("?" not in goal and "{" not in goal for goal in goals.values())


def test_a_goal_is_something_to_find_out_and_fits_the_open_link() -> None:
    whole = draft_plan(situation(), ENGINE, version=1).threads[0].goal
    assert whole == (
        "Find out from Vera Holm which part of this made the difference, and from Maja which part of it she would "
        "gladly do again."
    )
    without = [i for i in EVIDENCE if i.topic is not Topic.CUSTOMER_VALUE]
    assert "who is better off" in draft_plan(situation(found=without), ENGINE, version=1).threads[0].goal
    assert draft_plan(situation([], [], []), ENGINE, version=1).threads[0].goal.startswith("Find out three things")


@pytest.mark.parametrize(
    ("words", "move"),
    [
        ("I am the only one they call about the broken oven at night", "who could learn this next"),
        ("The allergy forms, typing them twice over, wear me out", "done once for all"),
        ("The double shifts wear me out", "Change one thing about it"),
    ],
)
def test_a_drain_asks_for_another_shape_of_the_role(words: str, move: str) -> None:
    tired = note("n7", "2026-04-08", f'"{words}," she said.', NoteKind.ONE_ON_ONE)
    drain = evidence(tired, words, Topic.ENERGY_DRAIN, Witness.SELF)
    first = draft_plan(situation([*NOTES, tired], [*EVIDENCE, drain]), ENGINE, version=1).threads[0]
    assert move in first.move
    assert f"“{words}”" in first.move


@pytest.mark.parametrize(
    ("words", "witness"),
    [
        ("I would love to be bored on a double shift once", Witness.SELF),
        ("She promised too many shifts", Witness.MANAGER),
    ],
)
def test_a_wish_and_what_others_say_of_them_is_no_drain(words: str, witness: Witness) -> None:
    told = note("n7", "2026-04-08", f'"{words}."', NoteKind.ONE_ON_ONE)
    item = evidence(told, words, Topic.ENERGY_DRAIN, witness)
    first = draft_plan(situation([*NOTES, told], [*EVIDENCE, item]), ENGINE, version=1).threads[0]
    assert (first.move, first.watch_out) == ("", "")


@pytest.mark.parametrize("gave", ["on her own time", "with flour out of her own pocket"])
def test_love_for_the_work_is_not_to_become_unpaid_work(gave: str) -> None:
    late = note("n7", "2026-04-08", f"She re-labelled the allergy table {gave}. Nobody asked twice after that.")
    seen = evidence(late, f"She re-labelled the allergy table {gave}.", Topic.TALENT, strength=Strength.E4)
    found = [*(i for i in EVIDENCE if i.topic is not Topic.TALENT), seen]
    assert "paid time" in draft_plan(situation([*NOTES, late], found), ENGINE, version=1).threads[0].watch_out


def test_an_old_debt_is_no_first_step() -> None:
    old = replace(PROMISES[1], due=TODAY - timedelta(days=90), made_on=TODAY - timedelta(days=120))
    step = draft_plan(situation(promises=[old]), ENGINE, version=1).threads[0].first_step
    assert "oven times" not in step.text


@pytest.mark.parametrize("author", ["Guest survey", "Card in a child's writing (from the father)"])
def test_a_survey_or_a_card_is_nobody_to_ask(author: str) -> None:
    asked = note("n8", "2026-02-01", "The bread table is a joy when she is on.", NoteKind.CUSTOMER_QUOTE, author)
    found = [*(i for i in EVIDENCE if i.topic is not Topic.CUSTOMER_VALUE),
             evidence(asked, asked.text, Topic.CUSTOMER_VALUE, Witness.CUSTOMER)]  # fmt: skip
    thread = draft_plan(situation([*NOTES, asked], found, []), ENGINE, version=1).threads[0]
    assert thread.customer.question.endswith("?")
    assert author.split()[0].casefold() not in f"{thread.first_step.text} {thread.goal}".casefold().split()


@pytest.mark.parametrize(
    ("today", "day"),
    [("2026-06-15", "2026-09-11"), ("2026-06-16", "2026-09-14"), ("2026-06-14", "2026-09-11")],
)
def test_a_plan_is_looked_at_again_on_a_working_day(today: str, day: str) -> None:
    assert review_day(date.fromisoformat(today)).isoformat() == day

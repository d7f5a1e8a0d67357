from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from assistant.actions.find_stage import find_stage
from assistant.domain.meeting import Meeting, MeetingState
from assistant.domain.note import Mention, Span
from assistant.domain.person import PersonId
from assistant.domain.stage import PRECEDENCE, Stage
from tests.assistant.engines.offline.situations import MAJA, ME, TODAY, note, readable

MET = (Meeting(ME, "m1", MAJA.id, date(2026, 3, 31), MeetingState.HELD),)


def stage(text: str, day: str = "2026-04-10") -> Stage:
    return find_stage(MAJA, [readable(note("s1", day, text))], MET, 20, TODAY)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Maja is back from leave since Monday.", Stage.RETURN),
        ("She lost the tender for the school meals.", Stage.SETBACK),
        ("She won the regional baking prize.", Stage.WIN),
        ("She asked about the next step.", Stage.CAREER),
        ("Has been going through the motions.", Stage.REENGAGE),
        ("We agreed on an improvement plan.", Stage.UNDERPERFORMANCE),
        ("She works remotely on Fridays.", Stage.REMOTE),
    ],
)
def test_a_clear_signal_about_the_person_sets_the_situation(text: str, found: Stage) -> None:
    assert stage(text) is found


@pytest.mark.parametrize(
    "text",
    [
        "The oven is back from repair.",
        "The tender was lost in the mail.",
        "The neighbours won the lottery.",
        "Next step in the recipe is cooling.",
        "Remote control of the oven is broken.",
        "She is used to late shifts.",
    ],
)
def test_the_same_words_about_something_else_leave_it_regular(text: str) -> None:
    assert stage(text) is Stage.REGULAR


def test_a_sentence_about_somebody_else_of_the_team_does_not_count() -> None:
    other = note("s1", "2026-04-10", "Jon Abel is going through the motions.")
    other = replace(other, mentions=(Mention(PersonId("p2"), Span(0, 8)),))
    assert find_stage(MAJA, [readable(other)], MET, 20, TODAY) is Stage.REGULAR


def test_old_signals_have_passed() -> None:
    assert stage("She won the regional baking prize.", "2026-01-10") is Stage.REGULAR


def test_a_private_sentence_is_no_signal() -> None:
    hidden = readable(note("s1", "2026-04-10", "She is back from leave."), "She is back from leave.")
    assert find_stage(MAJA, [hidden], MET, 20, TODAY) is Stage.REGULAR


def test_without_a_meeting_and_with_few_notes_it_is_the_first() -> None:
    assert find_stage(MAJA, [], [], 2, TODAY) is Stage.FIRST
    assert find_stage(MAJA, [], [], 40, TODAY) is Stage.REGULAR


def test_a_new_start_is_first_then_new_then_regular() -> None:
    fresh = replace(MAJA, start=date(2026, 4, 1))
    assert find_stage(fresh, [], [], 40, TODAY) is Stage.FIRST
    assert find_stage(fresh, [], MET, 40, TODAY) is Stage.NEW_ROLE
    assert find_stage(fresh, [], MET, 40, date(2026, 9, 1)) is Stage.REGULAR


SIGNALS = {
    Stage.RETURN: "Maja is back from leave since Monday.",
    Stage.SETBACK: "She lost the tender for the school meals.",
    Stage.UNDERPERFORMANCE: "We agreed on an improvement plan.",
    Stage.REENGAGE: "Has been going through the motions.",
    Stage.NEW_ROLE: "She started as shift lead.",
    Stage.STAY: "She has an offer from the lake hotel.",
    Stage.PROMOTION: "She applied for the shift lead.",
    Stage.CAREER: "She asked about the next step.",
    Stage.WIN: "She won the regional baking prize.",
    Stage.HIGH_PERFORMER: "Everyone leans on Maja.",
    Stage.REMOTE: "She works remotely on Fridays.",
}


def test_every_situation_is_reached() -> None:
    reached = {stage(text) for text in SIGNALS.values()} | {stage("Bread went out on time.")}
    reached.add(find_stage(MAJA, [], [], 2, TODAY))
    assert reached == set(Stage)
    assert len(reached) == 13


def test_of_two_situations_the_one_that_needs_more_care_leads() -> None:
    order = [s for s in PRECEDENCE if s in SIGNALS]
    assert len(order) == 11
    for first, second in pairwise(order):
        assert stage(f"{SIGNALS[second]} {SIGNALS[first]}") is first

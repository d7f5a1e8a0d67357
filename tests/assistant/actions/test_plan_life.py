"""A plan revised, agreed, checked, compared and shared, over real parts: the bakery's Nadia."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from assistant.actions.read_wish import later_step_in, read_section, read_wish
from assistant.desk import Desk
from assistant.desk.plan_desk import PlanDesk
from assistant.domain.check_in import CheckIn, Speaks, StaleFor
from assistant.domain.evidence import Tier
from assistant.domain.note import NoteKind, Sharing
from assistant.domain.plan import Plan, PlanState, Section
from assistant.domain.standing import Kind
from assistant.errors import FlourishError, Invalid, NotAllowed, Refused, Unknown
from tests.house import TODAY, Bakery

LATER = date(2026, 7, 6)


@pytest.fixture
def nadia(bakery: Bakery) -> PlanDesk:
    bakery.desk.person("nadia").add_note(
        '"The seeded loaf travels well, we sold forty at the fair."', day=date(2026, 6, 3),
        kind=NoteKind.CUSTOMER_QUOTE, author="Kiosk Brandt",
    )  # fmt: skip
    bakery.desk.person("nadia").draft_plan()
    return bakery.desk.person("nadia").planning


def on(desk: Desk, day: date) -> PlanDesk:
    return replace(desk, today=day).person("nadia").planning


def test_a_revised_section_is_a_new_draft_and_the_old_version_stays(nadia: PlanDesk) -> None:
    before = nadia.newest()
    after = nadia.revise("first step", "make it smaller")
    assert (after.version, after.state) == (2, PlanState.DRAFT)
    assert after.threads[0].first_step.text != before.threads[0].first_step.text
    assert after.threads[0].first_step.due == before.threads[0].first_step.due
    assert [plan.version for plan in nadia.versions()] == [1, 2]
    assert nadia.version(1) == before


def test_what_the_notes_do_not_offer_is_said_and_nothing_is_written(nadia: PlanDesk) -> None:
    with pytest.raises(Refused, match="no other passion") as told:
        nadia.revise("passion", "something about rockets")
    assert "own words" in told.value.next
    assert len(nadia.versions()) == 1


def test_own_words_are_a_suggestion_and_never_a_fact(nadia: PlanDesk) -> None:
    plan = nadia.reword("customer", "Frau Ott's “choir”, 40 people")
    link = plan.threads[0].customer
    assert (link.tier, link.quotes, link.text) == (Tier.SUGGESTION, (), 'Frau Ott\'s "choir", 40 people')
    assert "customer" in plan.threads[0].gaps
    assert plan.threads[0].own_words == (Section.CUSTOMER,)
    assert link.question in plan.unknown


def test_own_words_outlive_the_revision_of_another_section(nadia: PlanDesk) -> None:
    nadia.reword("measure", "Ines counts 12 seconds less by July")
    plan = nadia.revise("first step", "smaller")
    assert plan.threads[0].measure == "Ines counts 12 seconds less by July"
    assert plan.threads[0].own_words == (Section.MEASURE,)


def test_own_words_for_a_step_stay_when_it_is_only_moved(nadia: PlanDesk) -> None:
    nadia.reword("first step", "Show Jan Novak the seeded loaf", due=TODAY + timedelta(days=2))
    plan = nadia.revise("first step", "later")
    assert plan.threads[0].first_step.text == "Show Jan Novak the seeded loaf"
    assert plan.threads[0].first_step.due > TODAY + timedelta(days=2)
    assert plan.threads[0].own_words == (Section.FIRST_STEP,)


@pytest.mark.parametrize(
    ("words", "error"),
    [
        ("She takes fewer sick days because of her blood test", NotAllowed),
        ("Rate her from 1 to 5 against the others", NotAllowed),
        ("word " * 61, Invalid),
        ("", Invalid),
    ],
)
def test_what_may_not_stand_in_a_plan_is_refused(nadia: PlanDesk, words: str, error: type[FlourishError]) -> None:
    with pytest.raises(error) as told:
        nadia.reword("measure", words)
    assert told.value.next
    assert len(nadia.versions()) == 1


def test_a_step_moves_to_another_day_within_two_weeks(nadia: PlanDesk) -> None:
    plan = nadia.reword("first step", due=TODAY + timedelta(days=3))
    assert plan.threads[0].first_step.due == TODAY + timedelta(days=3)
    assert plan.threads[0].first_step.quotes == nadia.version(1).threads[0].first_step.quotes
    for section, day in (("first step", TODAY + timedelta(days=15)), ("support", TODAY - timedelta(days=1))):
        with pytest.raises(Invalid, match="out of reach"):
            nadia.reword(section, due=day)
    with pytest.raises(Invalid, match="has no day"):
        nadia.reword("measure", due=TODAY)


def test_an_old_plan_can_still_be_revised_and_gets_a_new_review(bakery: Bakery, nadia: PlanDesk) -> None:
    late = on(bakery.desk, TODAY + timedelta(days=120))
    plan = late.reword("measure", "Two trays less a day")
    assert plan.made_on == TODAY + timedelta(days=120)
    assert plan.review_on > TODAY + timedelta(days=120)
    assert nadia.newest().version == 1


@pytest.mark.parametrize("change", [lambda p: p.revise("sausage", "smaller"), lambda p: p.reword("sausage", "x")])
def test_a_section_that_is_none_lists_those_there_are(nadia: PlanDesk, change: Callable[[PlanDesk], Plan]) -> None:
    with pytest.raises(Invalid) as told:
        change(nadia)
    assert {choice.id for choice in told.value.choices} == {section.value for section in Section}


def test_a_plan_goes_from_draft_to_closed_and_no_other_way(nadia: PlanDesk) -> None:
    with pytest.raises(Refused, match="does not become active"):
        nadia.move_on(PlanState.ACTIVE)
    assert nadia.move_on(PlanState.AGREED).state_since == TODAY
    with pytest.raises(Refused, match="agreed already"):
        nadia.move_on(PlanState.AGREED)
    nadia.move_on(PlanState.ACTIVE)
    nadia.move_on(PlanState.CLOSED)
    with pytest.raises(Refused, match="closed"):
        nadia.reword("measure", "Two trays less")


def test_undo_takes_back_one_change_at_a_time_down_to_nothing(nadia: PlanDesk) -> None:
    nadia.reword("measure", "Two trays less")
    nadia.move_on(PlanState.AGREED)
    states = []
    while (plan := nadia.undo()) is not None:
        states.append((plan.version, plan.state.value))
    assert states == [(2, "draft"), (1, "draft")]
    with pytest.raises(Unknown, match="no plan"):
        nadia.undo()


def test_a_diff_says_what_reads_differently_and_nothing_else(nadia: PlanDesk) -> None:
    nadia.reword("measure", "Two trays less")
    (change,) = nadia.diff().changes
    assert (change.thread, change.section, change.after) == (1, Section.MEASURE, "Two trays less")
    assert nadia.diff(2, 2).changes == ()
    with pytest.raises(Unknown, match="no version 7"):
        nadia.diff(1, 7)


def test_somebody_elses_change_meanwhile_is_not_written_over(nadia: PlanDesk) -> None:
    stale = nadia.newest()
    nadia.reword("measure", "Two trays less")
    with pytest.raises(Refused, match="changed meanwhile"):
        nadia._keep(replace(stale, version=2, made_on=TODAY))


def check(desk: Desk, section: Section, day: date = LATER) -> list[CheckIn]:
    return [each for each in on(desk, day).check().check_ins if each.section is section]


def test_later_notes_speak_for_or_against_and_silence_is_said(bakery: Bakery, nadia: PlanDesk) -> None:
    nadia.reword("first step", "Write the rye times on one card by the oven")
    assert [c.speaks for c in check(bakery.desk, Section.FIRST_STEP)] == [Speaks.SILENT]
    late = replace(bakery.desk, today=LATER)
    stuck = late.person("nadia").add_note("The card with the rye times is not written yet.", day=date(2026, 6, 22))
    assert [(c.speaks, c.quote and c.quote.note.id) for c in check(bakery.desk, Section.FIRST_STEP)] == [
        (Speaks.AGAINST, stuck.id)
    ]
    done = late.person("nadia").add_note("The rye times are written on one card, by the oven.", day=date(2026, 6, 30))
    (found,) = check(bakery.desk, Section.FIRST_STEP)
    assert (found.speaks, found.quote and found.quote.note.id) == (Speaks.FOR, done.id)


def test_private_words_never_speak_in_a_check(bakery: Bakery, nadia: PlanDesk) -> None:
    nadia.reword("first step", "Write the rye times on one card by the oven")
    late = replace(bakery.desk, today=LATER)
    late.person("nadia").add_note(
        "Confidential: the rye times are written on one card, she was off sick with her blood test.", day=LATER
    )
    assert [c.speaks for c in check(bakery.desk, Section.FIRST_STEP)] == [Speaks.SILENT]


def test_a_plan_is_stale_when_its_day_has_come_or_its_ground_is_gone(bakery: Bakery, nadia: PlanDesk) -> None:
    assert bakery.desk.stale_plans() == []
    nadia.move_on(PlanState.AGREED)
    late = replace(bakery.desk, today=TODAY + timedelta(days=91))
    (stale,) = late.stale_plans()
    assert {each.reason for each in stale.stale} == {StaleFor.REVIEW, StaleFor.STEP}
    link = nadia.newest().threads[0].passion
    bakery.desk.delete_note(link.quotes[0].note.id)
    assert StaleFor.GROUND in {each.reason for each in nadia.check().stale}
    late.person("nadia").planning.move_on(PlanState.CLOSED)
    assert late.stale_plans() == []


def test_another_account_has_no_plan_to_read_change_or_share(bakery: Bakery, nadia: PlanDesk) -> None:
    foreign = PlanDesk(bakery.foreign, nadia.person)
    for deed in (
        foreign.newest, foreign.check, foreign.share, foreign.undo, foreign.diff,
        lambda: foreign.reword("measure", "x"), lambda: foreign.move_on(PlanState.AGREED),
    ):  # fmt: skip
        with pytest.raises(Unknown):
            deed()
    assert list(foreign.versions()) == []
    assert bakery.foreign.stale_plans() == []
    assert nadia.newest().version == 1


def copy_of(nadia: PlanDesk) -> str:
    copy = nadia.share()
    return "\n".join(line.text for thread in copy.threads for line in thread) + "\n".join(copy.questions)


def test_a_share_copy_holds_no_word_of_a_note_that_was_not_released_and_no_witness(nadia: PlanDesk) -> None:
    text = copy_of(nadia)
    plan = nadia.newest()
    for thread in plan.threads:
        for link in (thread.passion, thread.talent, thread.customer, thread.value, thread.first_step, thread.support):
            assert all(quote.text not in text for quote in link.quotes)
    assert "Hotel Linde" not in text
    assert "Kiosk Brandt" not in text
    assert nadia.share().left_out > 0


def test_a_copy_says_which_passages_could_come_in_and_none_that_is_private_or_about_others(
    bakery: Bakery, nadia: PlanDesk
) -> None:
    bare = nadia.share()
    assert bare.holds == 0
    assert [quote.text for quote in bare.could_hold][0] == "I love shaping the rye loaves before anyone is up."
    for quote in bare.could_hold:
        bakery.desk.edit_note(quote.note.id, sharing=Sharing.SHAREABLE)
    full = nadia.share()
    assert full.holds >= len(bare.could_hold)
    assert full.could_hold == ()
    text = "\n".join(line.text for thread in full.threads for line in thread)
    assert all(quote.text in text for quote in bare.could_hold)
    assert "blood test" not in text


def test_a_released_passage_is_told_to_the_person_without_its_witness(bakery: Bakery, nadia: PlanDesk) -> None:
    for quote in (*nadia.newest().threads[0].passion.quotes, *nadia.newest().threads[0].value.quotes):
        bakery.desk.edit_note(quote.note.id, sharing=Sharing.SHAREABLE)
    text = copy_of(nadia)
    assert "You said on 4 May: “I love shaping the rye loaves before anyone is up.”" in text
    assert "Somebody your work reaches said on" in text
    assert "Hotel Linde" not in text
    assert "Kiosk Brandt" not in text


def test_reading_aloud_finds_what_should_not_be_said(nadia: PlanDesk) -> None:
    nadia.reword("measure", "Jan Novak rates her performance 4/5 and leverages the synergy with Wiebke Olthoff")
    found = {finding.words.casefold() for finding in nadia.share().findings}
    assert {"jan novak", "4/5"} <= found
    assert any("leverage" in words for words in found)
    assert any("wiebke" in words for words in found)
    nadia.reword("measure", "word " * 26)
    assert any("words long" in finding.why for finding in nadia.share().findings)
    nadia.reword("measure", "The first tray is out before the bell.")
    assert [f for f in nadia.share().findings if f.label == "How we can both tell"] == []


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("smaller", "smaller"), ("that is too big for two weeks", "smaller"), ("kleiner bitte", "smaller"),
        ("más pequeño", "smaller"), ("give her more time", "later"), ("etwas später", "later"),
        ("this week if you can", "sooner"), ("another customer", "another"), ("ein anderer Kunde", "another"),
        ("otro cliente", "another"), ("no, something else", "another"), ("with the apprentices on Friday", "free"),
        ("another oven for the apprentices", "free"),
    ],
)  # fmt: skip
def test_a_wish_is_read_in_three_languages(words: str, kind: str) -> None:
    assert read_wish(words).kind.value == kind


@pytest.mark.parametrize(
    ("words", "section"),
    [
        ("first step", Section.FIRST_STEP), ("the step", Section.FIRST_STEP), ("my part", Section.SUPPORT),
        ("watch-out", Section.WATCH_OUT), ("Kunde", Section.CUSTOMER), ("señal", Section.MEASURE),
    ],
)  # fmt: skip
def test_a_section_is_named_as_people_do(words: str, section: Section) -> None:
    assert read_section(words) is section


@pytest.mark.parametrize(
    ("message", "section"),
    [("could the second step be tinier?", Section.SECOND_STEP), ("den dritten Schritt später", Section.THIRD_STEP),
     ("el segundo paso, más corto", Section.SECOND_STEP), ("make it smaller", None), ("a second stepping stone", None)],
)  # fmt: skip
def test_a_later_step_is_heard_in_a_message(message: str, section: Section | None) -> None:
    assert later_step_in(message) is section


def test_a_wish_that_the_policy_stops_is_stopped(nadia: PlanDesk) -> None:
    with pytest.raises(NotAllowed):
        nadia.revise("measure", "Rate her from 1 to 5 against the others")
    assert len(nadia.versions()) == 1


def test_a_note_says_which_check_in_rests_on_it(bakery: Bakery, nadia: PlanDesk) -> None:
    nadia.reword("first step", "Write the rye times on one card by the oven")
    late = replace(bakery.desk, today=LATER)
    told = late.person("nadia").debriefing.take("The rye times are written on one card now, by the oven.")
    assert told.pending
    late.confirm(told.pending.id)
    kinds = {(item.kind, item.what) for item in late.standing_on(told.draft.note.id).items}
    assert (Kind.CHECK_IN, "first step") in kinds

"""The rules behind `Engine.revise`, `check_ins` and `debrief`, over the small kitchen."""

from dataclasses import replace
from datetime import timedelta

import pytest

from assistant.actions.draft_plan import draft_plan
from assistant.domain.check_in import CheckIn, Speaks
from assistant.domain.debrief import DebriefDraft
from assistant.domain.evidence import Quote, Topic, Witness
from assistant.domain.meeting import Chosen
from assistant.domain.note import NoteKind
from assistant.domain.plan import Link, Plan, PlanState, Section, Step
from assistant.domain.plan_change import Revised, Wish, WishKind
from assistant.domain.policy import Readable, Screening
from assistant.engines.offline.engine import OfflineEngine
from assistant.errors import Invalid
from tests.assistant.engines.offline.situations import (
    EVIDENCE,
    NOTES,
    OVENS,
    TODAY,
    ShippedLibrary,
    evidence,
    note,
    readable,
    situation,
)

ENGINE = OfflineEngine(ShippedLibrary())
TABLE = note(
    "n9", "2026-04-07", "The seating card at the window saved us a second round. We would miss it.",
    NoteKind.CUSTOMER_QUOTE, "Nils Orre, guest",
)  # fmt: skip
MORE = (*EVIDENCE, evidence(TABLE, "The seating card at the window saved us a second round.", Topic.CUSTOMER_VALUE,
                            Witness.CUSTOMER))  # fmt: skip


def plan_of(*found: object) -> Plan:
    return draft_plan(situation([*NOTES, TABLE], MORE), ENGINE, version=1)


def revised(section: Section, kind: WishKind, words: str = "") -> list[Revised]:
    return list(ENGINE.revise(plan_of(), 1, section, Wish(kind, words), situation([*NOTES, TABLE], MORE)))


def test_another_customer_brings_the_value_and_the_sign_along() -> None:
    now = plan_of().threads[0].customer.text
    found = revised(Section.CUSTOMER, WishKind.ANOTHER)[0]
    assert isinstance(found.part, Link)
    assert found.part.text != now
    changed = dict(found.parts)
    assert set(changed) == {Section.CUSTOMER, Section.VALUE, Section.MEASURE}
    value = changed[Section.VALUE]
    assert isinstance(value, Link)
    assert value.quotes[0].note.id == found.part.quotes[0].note.id


def test_a_wish_in_words_chooses_what_speaks_of_it_and_nothing_else() -> None:
    assert revised(Section.CUSTOMER, WishKind.FREE, "something with the moon") == []
    other = "Nils" if "Vera" in plan_of().threads[0].customer.text else "Vera"
    found = revised(Section.CUSTOMER, WishKind.FREE, "what about the guest?")
    assert found
    assert isinstance(found[0].part, Link)
    assert other in found[0].part.text


def test_a_smaller_step_keeps_its_passage_owner_and_day() -> None:
    before = plan_of().threads[0].first_step
    step = revised(Section.FIRST_STEP, WishKind.SMALLER)[0].part
    assert isinstance(step, Step)
    assert (step.owner, step.due, step.quotes) == (before.owner, before.due, before.quotes)
    assert step.text.startswith("Only half an hour of working time for a first piece of it, as agreed on")
    plan = plan_of()
    smaller = replace(plan, threads=(plan.threads[0].with_part(Section.FIRST_STEP, step),))
    assert not list(ENGINE.revise(smaller, 1, Section.FIRST_STEP, Wish(WishKind.SMALLER), situation()))


@pytest.mark.parametrize(("kind", "sign"), [(WishKind.LATER, 1), (WishKind.SOONER, -1)])
def test_another_day_stays_within_two_weeks(kind: WishKind, sign: int) -> None:
    before = plan_of().threads[0].first_step.due
    step = revised(Section.FIRST_STEP, kind)[0].part
    assert isinstance(step, Step)
    assert (step.due - before).days * sign > 0
    assert TODAY <= step.due <= TODAY + timedelta(days=14)


def test_links_have_no_size_and_no_day() -> None:
    assert revised(Section.PASSION, WishKind.SMALLER) == []
    assert revised(Section.PASSION, WishKind.LATER) == []


def test_every_other_step_differs_and_is_the_same_persons() -> None:
    now = plan_of().threads[0]
    for section, step in ((Section.FIRST_STEP, now.first_step), (Section.SUPPORT, now.support)):
        found = revised(section, WishKind.ANOTHER)
        assert found
        for each in found:
            assert isinstance(each.part, Step)
            assert each.part.text != step.text
            assert each.part.owner is step.owner


def test_a_part_of_another_kind_cannot_be_put_in() -> None:
    with pytest.raises(Invalid):
        Revised(Section.CUSTOMER, "the baker")
    with pytest.raises(Invalid):
        plan_of().threads[0].with_part(Section.MEASURE, plan_of().threads[0].first_step)
    with pytest.raises(Invalid):
        Wish(WishKind.FREE, " ")


def test_a_changed_link_takes_the_purpose_sentence_away_and_a_changed_step_does_not() -> None:
    thread = replace(plan_of().threads[0], sentence="Because …")
    assert thread.with_part(Section.PASSION, thread.talent).sentence == ""
    assert thread.with_part(Section.FIRST_STEP, thread.first_step).sentence == "Because …"
    own = thread.with_part(Section.MEASURE, "Two trays less a day.", own=True)
    assert own.own_words == (Section.MEASURE,)
    assert own.with_part(Section.MEASURE, "Other.").own_words == ()


DONE = note("c1", "2026-04-12", "The oven times are on one card now, it hangs by the door. Good.", NoteKind.ONE_ON_ONE)
STUCK = note("c2", "2026-04-12", "She has not written the oven times on the card yet.", NoteKind.ONE_ON_ONE)


def first_step_of(*notes: object) -> list[CheckIn]:
    told = [readable(each) for each in notes]  # type: ignore[arg-type]
    found = ENGINE.check_ins(plan_of(), told, situation([*NOTES, TABLE], MORE))
    return [each for each in found if each.section is Section.FIRST_STEP]


def test_a_later_note_speaks_for_or_against_the_first_step_or_not_at_all() -> None:
    assert [(c.speaks, c.quote and c.quote.note.id) for c in first_step_of(DONE)] == [(Speaks.FOR, "c1")]
    assert [(c.speaks, c.quote and c.quote.note.id) for c in first_step_of(STUCK)] == [(Speaks.AGAINST, "c2")]
    assert first_step_of(note("c3", "2026-04-12", "We talked about the weather and her garden.")) == []


def test_a_check_in_is_silent_or_carries_its_passage() -> None:
    with pytest.raises(Invalid):
        CheckIn(1, Section.MEASURE, Speaks.FOR)
    with pytest.raises(Invalid):
        CheckIn(1, Section.MEASURE, Speaks.SILENT, Quote.of(OVENS, "Quiet start."))


def test_only_people_move_a_plan_on_and_never_back() -> None:
    assert PlanState.AGREED in PlanState.DRAFT.leads_to
    assert PlanState.DRAFT not in PlanState.AGREED.leads_to
    assert PlanState.CLOSED.leads_to == ()


TOLD = note(
    "t1", "2026-04-14", "Asked what the trainees would need from her. She says the trainees need to see the first bake "
    "twice. \"I like showing them the dough,\" she said. I will ask purchasing for a second scale by Friday.",
    NoteKind.DEBRIEF,
)  # fmt: skip


def test_a_debrief_finds_the_answer_to_what_was_to_be_asked() -> None:
    asked = [Chosen("q1", "What would the trainees need to see?"), Chosen("q2", "Who eats late?")]
    draft = ENGINE.debrief(readable(TOLD), situation([*NOTES, TOLD]), asked=asked, plan=None)
    assert [(a.question.question_id, a.quote.text) for a in draft.answers] == [
        ("q1", "She says the trainees need to see the first bake twice.")
    ]


def test_what_the_finder_found_in_the_telling_waits_in_the_debrief_and_nothing_else() -> None:
    own = evidence(TOLD, "I like showing them the dough,", Topic.PASSION, Witness.SELF)
    draft = ENGINE.debrief(readable(TOLD), situation([*NOTES, TOLD], [*EVIDENCE, own]), asked=[], plan=plan_of())
    assert [i.quote.text for i in draft.evidence] == ["I like showing them the dough,"]
    assert all(quote.note.id == TOLD.id for quote in draft.quotes)


def test_a_debrief_cannot_stand_on_another_note() -> None:
    with pytest.raises(Invalid):
        DebriefDraft(TOLD, evidence=(EVIDENCE[0],))


def test_two_minds_on_one_telling_say_each_thing_once() -> None:
    own = evidence(TOLD, "I like showing them the dough,", Topic.PASSION, Witness.SELF)
    near = evidence(TOLD, '"I like showing them the dough," she said.', Topic.PASSION, Witness.SELF)
    other = evidence(TOLD, "She says the trainees need to see the first bake twice.", Topic.TALENT)
    both = DebriefDraft(TOLD, (near,)).joined_with(DebriefDraft(TOLD, (own, other)))
    assert both.evidence == (near, other)


def test_an_answer_is_found_in_german_too() -> None:
    told = note(
        "t2", "2026-04-14", "Gefragt, was die Lehrlinge am Ofen brauchen. Die Lehrlinge brauchen am Ofen zwei ruhige "
        "Morgen, sagt sie.", NoteKind.DEBRIEF,
    )  # fmt: skip
    readable_in_german = Readable(told, Screening(told.id, 1, "de"))
    asked = [Chosen("q1", "Was brauchen die Lehrlinge am Ofen?")]
    draft = ENGINE.debrief(readable_in_german, situation([*NOTES, told]), asked=asked, plan=None)
    assert [a.quote.text for a in draft.answers] == ["Die Lehrlinge brauchen am Ofen zwei ruhige Morgen, sagt sie."]

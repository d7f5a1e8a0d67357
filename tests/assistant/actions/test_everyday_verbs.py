from datetime import date

import pytest

from assistant.desk import Desk
from assistant.domain.evidence import EvidenceState, Topic
from assistant.domain.meeting import MeetingState
from assistant.domain.promise import Owner, PromiseState
from assistant.errors import Invalid, NotAllowed, UngroundedEvidence, Unknown


def test_people_are_listed_with_what_is_open(desk: Desk) -> None:
    desk.person("Jon").keep_meeting(date(2026, 4, 20), MeetingState.PLANNED)
    desk.person("Jon").add_promise("Order new gloves", owner=Owner.ME)
    jon, maja = desk.people()
    assert (jon.person.name, jon.notes, jon.last_met, jon.next_planned) == ("Jon Abel", 1, None, date(2026, 4, 20))
    assert (jon.mine_open, jon.theirs_open) == (1, 0)
    assert maja.last_met == date(2026, 3, 31)


def test_one_meeting_a_day_moves_from_planned_to_held(desk: Desk) -> None:
    jon = desk.person("Jon")
    planned = jon.keep_meeting(desk.today, MeetingState.PLANNED)
    held = jon.keep_meeting(desk.today, MeetingState.HELD)
    assert held.id == planned.id
    assert [m.state for m in jon.meetings()] == [MeetingState.HELD]
    with pytest.raises(Invalid, match="held already"):
        jon.keep_meeting(desk.today, MeetingState.PLANNED)


@pytest.mark.parametrize(
    ("day", "state"), [(date(2026, 5, 1), MeetingState.HELD), (date(2026, 4, 1), MeetingState.PLANNED)]
)
def test_a_meeting_is_not_held_in_the_future_nor_planned_in_the_past(
    desk: Desk, day: date, state: MeetingState
) -> None:
    with pytest.raises(Invalid):
        desk.person("Jon").keep_meeting(day, state)


def test_a_promise_by_hand_is_ticked_off_and_opened_again(desk: Desk) -> None:
    jon = desk.person("Jon")
    made = jon.add_promise("  Order new gloves ", owner=Owner.ME, due=date(2026, 4, 20))
    assert (made.what, made.made_on, made.by_hand) == ("Order new gloves", desk.today, True)
    assert desk.settle_promise(made.id, PromiseState.DONE).state is PromiseState.DONE
    assert jon.situation().open_promises(Owner.ME) == ()
    desk.settle_promise(made.id, PromiseState.OPEN)
    assert len(jon.situation().open_promises(Owner.ME)) == 1
    with pytest.raises(Invalid):
        jon.add_promise("   ", owner=Owner.ME)
    with pytest.raises(Unknown):
        desk.settle_promise("p-nobody", PromiseState.DONE)


def test_a_verdict_on_evidence_is_kept(desk: Desk) -> None:
    maja = desk.person("Maja")
    item = next(i for i in maja.evidence() if i.topic is Topic.PASSION)
    assert desk.judge_evidence(item.id, EvidenceState.REJECTED).state is EvidenceState.REJECTED
    assert all(i.id != item.id for i in maja.situation().evidence)
    desk.judge_evidence(item.id, EvidenceState.CONFIRMED)
    assert any(i.id == item.id and i.state is EvidenceState.CONFIRMED for i in maja.situation().evidence)


def test_corrected_evidence_takes_the_place_of_the_old(desk: Desk) -> None:
    maja = desk.person("Maja")
    item = next(i for i in maja.evidence() if "ovens" in i.quote.text)
    made = desk.adjust_evidence(item.id, topic=Topic.PASSION, words="She re-timed the ovens on her own initiative")
    found = {i.id: i for i in maja.situation().evidence}
    assert found[made.id].topic is Topic.PASSION
    assert found[made.id].state is EvidenceState.CONFIRMED
    assert item.id not in found
    with pytest.raises(UngroundedEvidence):
        desk.adjust_evidence(made.id, topic=Topic.PASSION, words="She loves ovens")


def test_evidence_cannot_be_moved_onto_a_private_passage(desk: Desk) -> None:
    maja = desk.person("Maja")
    maja.add_note('"I love plating desserts," she said. She told me about her cancer CANARY-2.', day=date(2026, 4, 2))
    item = next(i for i in maja.evidence() if "plating" in i.quote.text)
    with pytest.raises(NotAllowed, match="private"):
        desk.adjust_evidence(item.id, topic=Topic.TALENT, words="She told me about her cancer CANARY-2.")


def test_an_asked_question_rests_until_it_is_to_come_back(desk: Desk) -> None:
    maja = desk.person("Maja")
    first = maja.brief().questions.questions[0]
    entry = maja.asked(first.id, answer=" The quiet mornings. ")
    assert (entry.text, entry.answer) == (first.text, "The quiet mornings.")
    assert first.id not in {q.id for q in maja.brief(six=True).questions.questions}
    assert maja.asked(first.id, later=True).text == first.text
    assert first.id in {q.id for q in maja.brief(six=True).questions.questions}


def test_a_question_of_the_bank_can_be_marked_and_an_invented_one_cannot(desk: Desk) -> None:
    assert desk.person("Jon").asked("PAS-SET-1").text.startswith("Setting the result of that piece of work aside")
    with pytest.raises(Unknown, match="q-none"):
        desk.person("Jon").asked("q-none")

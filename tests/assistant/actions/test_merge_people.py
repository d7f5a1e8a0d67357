import itertools
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assistant.domain.ask_ledger import resting
from assistant.domain.meeting import MeetingState
from assistant.domain.note import NoteKind
from assistant.domain.person import Person, PersonId
from assistant.domain.promise import Owner, PromiseState
from assistant.domain.question import worded_id
from assistant.errors import Refused, Unknown
from tests.house import ANNA, TODAY, Bakery


def test_two_entries_become_one_with_all_that_hung_on_both(bakery: Bakery) -> None:
    desk = bakery.desk
    kept = {n.id for n in desk.person("jan1").notes()} | {n.id for n in desk.person("jan2").notes()}
    merged = desk.merge_people("jan1", "jan2")
    assert {n.id for n in desk.person("jan1").notes()} == kept
    assert {"Jan Sorel", "young Jan", "Jan N."} <= set(merged.aka)
    assert len(desk.person("jan1").meetings()) == 2
    with pytest.raises(Unknown):
        desk.person("jan2")


def test_an_entry_is_not_merged_with_itself(bakery: Bakery) -> None:
    with pytest.raises(Refused, match="same entry"):
        bakery.desk.merge_people("jan1", "Jan Novak")


def test_the_same_person_is_not_added_twice_but_a_namesake_is(bakery: Bakery) -> None:
    with pytest.raises(Refused, match="already among your people"):
        bakery.desk.add_person(Person(ANNA, PersonId("new"), "nadia okoro", role="baker"))
    namesake = bakery.desk.add_person(Person(ANNA, PersonId("new"), "Nadia Okoro", role="Driver"))
    assert namesake.id not in {"new", "nadia"}


def test_what_lies_after_the_day_of_the_view_is_merged_and_not_lost(bakery: Bakery) -> None:
    later = replace(bakery.desk, today=date(2026, 7, 1))
    late = later.person("jan2").add_note("He runs the counter alone.", day=date(2026, 7, 1))
    bakery.desk.merge_people("jan1", "jan2")
    assert late.id in {n.id for n in later.person("jan1").notes()}


@pytest.mark.parametrize("own", [True, False])
def test_plans_of_both_entries_stay_and_the_kept_one_counts(bakery: Bakery, own: bool) -> None:
    desk = bakery.desk
    other = desk.person("jan2").draft_plan()
    kept = desk.person("jan1").draft_plan() if own else other
    desk.merge_people("jan1", "jan2")
    with desk.records.reading(desk.account, desk.today) as shelf:
        versions = shelf.plans.versions(PersonId("jan1"))
    assert [plan.version for plan in versions] == ([1, 2, 3] if own else [1])
    assert versions[-1].unknown == kept.unknown


def test_a_note_that_comes_in_during_a_merge_is_not_lost(bakery: Bakery, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = bakery.desk
    notes = len(desk.person("jan2").notes())
    writing, left = bakery.house.records.writing, itertools.count()

    def late(*args: Any) -> Any:
        if next(left) == notes:  # the last unit, after each note was moved in one of its own
            desk.person("jan2").add_note("He served the choir.")
        return writing(*args)

    with monkeypatch.context() as once:
        once.setattr(bakery.house.records, "writing", late)
        with pytest.raises(Refused, match="came in meanwhile"):
            desk.merge_people("jan1", "jan2")
    desk.merge_people("jan1", "jan2")
    assert "He served the choir." in {n.text for n in desk.person("jan1").notes()}


def test_two_edits_of_a_person_opened_at_the_same_time_both_stay(bakery: Bakery) -> None:
    one, other = bakery.desk.person("nadia"), bakery.desk.person("nadia")
    one.edit(role="Head baker")
    other.edit(customers="Hotel Linde")
    assert (bakery.desk.person("nadia").person.role, bakery.desk.person("nadia").person.customers) == (
        "Head baker", "Hotel Linde",
    )  # fmt: skip


def talked_about(bakery: Bakery, who: str, words: str) -> str:
    """A one-on-one today in which a question was asked and a promise settled; the promise's id."""
    desk = bakery.desk
    person = desk.person(who)
    promise = person.add_promise(f"Sweep after {words}", owner=Owner.ME)
    person.keep_meeting(TODAY, MeetingState.PLANNED)
    person.asked(words)
    desk.settle_promise(promise.id, PromiseState.DONE)
    return promise.id


def test_two_one_on_ones_of_one_day_become_one_with_all_they_were_about(bakery: Bakery) -> None:
    own = talked_about(bakery, "jan1", "What went well?")
    theirs = talked_about(bakery, "jan2", "What was hard?")
    bakery.desk.person("jan2").keep_meeting(TODAY, MeetingState.HELD)
    bakery.desk.merge_people("jan1", "jan2")
    (today,) = [m for m in bakery.desk.person("jan1").meetings() if m.day == TODAY]
    assert today.state is MeetingState.HELD
    assert [q.text for q in today.questions] == ["What went well?", "What was hard?"]
    assert today.promises == (own, theirs)


@pytest.mark.parametrize("same_day", [True, False])
def test_what_a_one_on_one_was_about_survives_that_its_note_is_filed_anew(bakery: Bakery, same_day: bool) -> None:
    desk = bakery.desk
    kept = talked_about(bakery, "jan1", "What went well?") if same_day else ""
    jan2 = desk.person("jan2")
    note = jan2.add_note("We spoke about the till.", kind=NoteKind.ONE_ON_ONE)
    jan2.asked("What was hard?")
    promise = jan2.add_promise("Order a new till", owner=Owner.ME)
    desk.settle_promise(promise.id, PromiseState.DONE)
    desk.merge_people("jan1", "jan2")
    (today,) = [m for m in desk.person("jan1").meetings() if m.day == TODAY]
    assert "What was hard?" in {q.text for q in today.questions}
    assert {*today.promises} == {promise.id, *([kept] if same_day else [])}
    assert today.note_ids == (note.id,)
    assert today.state is MeetingState.HELD


def test_a_merge_that_is_cut_off_between_two_notes_loses_nothing_of_a_one_on_one(
    bakery: Bakery, monkeypatch: pytest.MonkeyPatch
) -> None:
    jan2 = bakery.desk.person("jan2")
    jan2.add_note("We spoke about the till.", kind=NoteKind.ONE_ON_ONE)
    jan2.asked("What was hard?")
    writing, left = bakery.house.records.writing, itertools.count()

    def cut(*args: Any) -> Any:
        if next(left) == 3:  # after the one-on-ones and both notes, before the entry itself
            raise KeyboardInterrupt
        return writing(*args)

    with monkeypatch.context() as once:
        once.setattr(bakery.house.records, "writing", cut)
        with pytest.raises(KeyboardInterrupt):
            bakery.desk.merge_people("jan1", "jan2")
    bakery.desk.merge_people("jan1", "jan2")
    (today,) = [m for m in bakery.desk.person("jan1").meetings() if m.day == TODAY]
    assert [q.text for q in today.questions] == ["What was hard?"]


def test_a_question_in_words_rests_for_the_kept_entry_too(bakery: Bakery) -> None:
    bakery.desk.person("jan2").asked("What was hard?")
    bakery.desk.merge_people("jan1", "jan2")
    assert worded_id(PersonId("jan1"), "What was hard?") in resting(bakery.desk.person("jan1").ledger(), TODAY)


@pytest.mark.parametrize(("own", "theirs", "then"), [(7, 14, 7), (None, 14, 14), (7, None, 7)])
def test_the_rhythm_of_one_of_them_stays(bakery: Bakery, own: int | None, theirs: int | None, then: int) -> None:
    bakery.desk.person("jan1").edit(cadence_days=own)
    bakery.desk.person("jan2").edit(cadence_days=theirs)
    assert bakery.desk.merge_people("jan1", "jan2").cadence_days == then

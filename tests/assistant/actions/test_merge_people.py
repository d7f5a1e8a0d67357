import itertools
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from assistant.domain.person import Person, PersonId
from assistant.errors import Refused, Unknown
from tests.house import ANNA, Bakery


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

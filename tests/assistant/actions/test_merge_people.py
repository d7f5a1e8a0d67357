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

import pytest

from assistant.actions.find_mentions import find_mentions
from assistant.actions.find_person import find_person
from assistant.domain.person import Person, PersonId
from assistant.errors import AmbiguousPerson, Unknown
from tests.assistant.domain.nouns import DANA, ME, note

ELDER = Person(ME, PersonId("a1"), "Jan Novak", ("Jan N.",), role="Baker")
YOUNGER = Person(ME, PersonId("a2"), "Jan Sorel", ("young Jan", "Janek"), role="Apprentice")
PEOPLE = [DANA, ELDER, YOUNGER]


@pytest.mark.parametrize(
    ("written", "id"),
    [("a1", "a1"), ("Jan Novak", "a1"), ("novak, jan", "a1"), ("Jan N.", "a1"), ("young jan", "a2"), ("Sorel", "a2"),
     ("janek", "a2"), ("dana", "p1")],
)  # fmt: skip
def test_an_id_a_full_name_an_alias_or_an_unshared_name_finds_the_person(written: str, id: str) -> None:
    assert find_person(PEOPLE, written).id == id


def test_a_shared_first_name_is_asked_about() -> None:
    with pytest.raises(AmbiguousPerson) as caught:
        find_person(PEOPLE, "Jan")
    assert [c.id for c in caught.value.choices] == ["a1", "a2"]


def test_an_id_settles_even_a_name_that_somebody_else_bears() -> None:
    named_like_an_id = Person(ME, PersonId("jan"), "Jan Weiss")
    assert find_person([*PEOPLE, named_like_an_id], "jan").id == "jan"


def test_an_alias_does_not_settle_a_first_name_that_somebody_else_bears() -> None:
    alias = Person(ME, PersonId("a3"), "Johannes Ruf", ("Dana",))
    with pytest.raises(AmbiguousPerson):
        find_person([DANA, alias], "Dana")


def test_an_unknown_name_lists_who_there_is() -> None:
    with pytest.raises(Unknown, match="people list") as caught:
        find_person(PEOPLE, "Zoe")
    assert len(caught.value.choices) == 3


def test_mentions_mark_others_by_unmistakable_names_only() -> None:
    told = find_mentions(note("Jan was there. Jan Sorel held the tray, Dana counted, Sorel signed."), PEOPLE)
    assert [(m.person_id, told.text[m.span.start : m.span.end]) for m in told.mentions] == [
        ("a2", "Jan Sorel"),
        ("a2", "Sorel"),
    ]

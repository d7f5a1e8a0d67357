"""Whom a note names: a single word must stand as a name, and new names are looked for in notes already kept."""

from dataclasses import replace

import pytest

from assistant.actions.find_mentions import can_hold, find_mentions
from assistant.domain.note import MAX_NOTE_CHARACTERS
from assistant.domain.person import Person, PersonId
from tests.assistant.domain.nouns import ME, note

PEOPLE = [
    Person(ME, PersonId("young"), "Tom Young"),
    Person(ME, PersonId("will"), "Will Adeyemi", ("willy",)),
    Person(ME, PersonId("koch"), "Sabine Koch"),
    Person(ME, PersonId("may"), "May Larsson"),
    Person(ME, PersonId("novak"), "Jan Novák"),
]


def named(text: str) -> list[tuple[str, str]]:
    told = find_mentions(note(text), PEOPLE)
    return [(str(m.person_id), told.text[m.span.start : m.span.end]) for m in told.mentions]


@pytest.mark.parametrize(
    "text",
    [
        "She took the young apprentices along.",
        "Young apprentices were glad of it.",
        "The Young Farmers came by.",
        "He will bring it. Will he? We shall see.",
        "Good. Will do.",
        "- Will be back on Monday",
        "Der Koch kam zu spät, unser Koch war krank.",
        "Koch fehlt heute.",
        "Als Koch wäre sie glücklich.",
        "We meet in May, on 3 May.",
        "she will ask the young one in may",
        "WILL WE MEET?",
        "Tomorrow he will (young as he is) go.",
    ],
)
def test_an_ordinary_word_is_nobody(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("She asked Young about it.", [("young", "Young")]),
        ("Mr. Young called, Mr Young was glad.", [("young", "Young"), ("young", "Young")]),
        ("Young came late. I told Young so.", [("young", "Young"), ("young", "Young")]),
        ("tom young and WILL ADEYEMI came", [("young", "tom young"), ("will", "WILL ADEYEMI")]),
        ("She and Will did it.", [("will", "Will")]),
        ("Ich sprach mit Frau Koch und mit Koch selbst.", [("koch", "Koch"), ("koch", "Koch")]),
        ("May Larsson came in May.", [("may", "May Larsson")]),
        ("Then willy helped her.", [("will", "willy")]),
        ("Novák sent it; NOVÁK signed.", [("novak", "Novák"), ("novak", "NOVÁK")]),
        ("adeyemi was there, novák too", [("will", "adeyemi"), ("novak", "novák")]),
        ("Sabine’s plan: ask Will’s team.", [("koch", "Sabine"), ("will", "Will")]),
    ],
)
def test_a_name_is_somebody(text: str, who: list[tuple[str, str]]) -> None:
    assert named(text) == who


def test_a_small_letter_in_a_note_with_capitals_is_no_name() -> None:
    assert named("She asked novák about it.") == []


def test_nobody_is_mentioned_in_a_note_that_is_about_them() -> None:
    told = find_mentions(replace(note("She asked Young about it."), person_id=PersonId("young")), PEOPLE)
    assert told.mentions == ()


def test_a_long_note_of_one_name_costs_a_moment() -> None:
    told = find_mentions(note("Will " * (MAX_NOTE_CHARACTERS // 5)), PEOPLE)
    assert len(told.mentions) == MAX_NOTE_CHARACTERS // 5


@pytest.mark.parametrize(
    "text", ["Tom young.", "then will came", "Friday, and WILL", "novák was there", "Will", "Willy"]
)
def test_a_text_that_names_somebody_is_never_passed_over(text: str) -> None:
    """The quick look may say too much and never too little."""
    for person in PEOPLE:
        if any(owner == person.id for owner, _ in named(text)):
            assert can_hold(person.names)(text)


def test_a_quick_look_passes_over_ordinary_words_and_days() -> None:
    assert not can_hold(["Will"])("She will do it on Friday.")
    assert not can_hold(["Friday"])("She will do it on Friday.")
    assert not can_hold([])("She will do it on Friday.")
    assert can_hold(["Will", "Friday Jones"])("It was FRIDAY JONES.")

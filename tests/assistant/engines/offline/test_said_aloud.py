"""No question reads a note about the person to that person in the third person."""

from dataclasses import replace

import pytest

from assistant.actions.cite import Voice
from assistant.domain.evidence import Quote
from assistant.domain.person import Pronouns
from assistant.engines.offline.asking.aloud import aloud, few_words
from assistant.engines.offline.asking.turning import taken_on
from tests.assistant.engines.offline.situations import MAJA, note

TOM = replace(MAJA, name="Tom Ferro", aka=("Tom",), pronouns=Pronouns.HE)


def noted(text: str) -> Quote:
    return Quote.of(note("n1", "2026-03-03", text), text)


@pytest.mark.parametrize(
    ("text", "way", "said"),
    [
        ("He has to book the refresher himself.", "agreed", "“book the refresher” yourself."),
        ("He'll write his one page by Friday.", "agreed", "write your “one page by Friday”."),
        ("Tom timed it with a kitchen timer.", "deed", "“timed it with a kitchen timer”."),
        ("I promised to book him on the welding course.", "that", "“I promised to book” you “on the welding course”."),
        ("He wants somebody to keep the evenings going and asked me who.", "wish",
         "want “somebody to keep the evenings going”."),
        ('He said: "I love the quokkabread and could bake it all day."', "spoke",
         "“I love the quokkabread and could bake it all day.”"),
        ("He mapped every stopcock (I checked) last summer.", "deed", "“mapped every stopcock”."),
        ("The pump stood still for a whole morning (I checked).", "", "“The pump stood still for a whole morning”."),
        ("He had gone back on his own time and let the trainee start the pump.", "had",
         "had gone back on your “own time and let the trainee start the pump”."),
    ],
)  # fmt: skip
def test_a_passage_of_the_manager_is_said_to_the_person(text: str, way: str, said: str) -> None:
    told = aloud(noted(text), TOM, Voice.MANAGER)
    assert told is not None
    assert (told.way, told.told()) == (way, said)


@pytest.mark.parametrize(
    "text",
    ["He'll phone her by Friday.", "He shrugged and said nothing.", "He liked that.", "Er ist müde.", "Él está bien."],
)
def test_what_cannot_be_turned_and_has_no_matter_is_not_said(text: str) -> None:
    assert aloud(noted(text), TOM, Voice.MANAGER) is None


def test_whom_the_note_named_before_is_said_by_name() -> None:
    told = note("n1", "2026-03-03", "Mrs Grey still waits. He'll phone her by Friday.")
    said = aloud(Quote.of(told, "He'll phone her by Friday."), TOM, Voice.MANAGER)
    assert said is not None
    assert said.told() == "“phone” Mrs Grey “by Friday”."


def test_what_others_saw_is_passed_on_with_you_outside_of_their_words() -> None:
    told = aloud(noted("He sat with my two guys and by nine he knew everybody."), TOM, Voice.OTHER)
    assert told is not None
    assert (told.way, told.told()) == ("deed", "“sat with my two guys”.")


def test_who_thanks_the_person_by_name_means_somebody_else_by_he() -> None:
    told = aloud(noted("Thank you Tom. He had the same slice as all the others."), TOM, Voice.OTHER)
    assert told is not None
    assert told.way == ""


def test_a_few_words_name_the_matter_with_three_words_of_meaning_or_not_at_all() -> None:
    part = few_words(noted("He shrugged, said he'd need the old chain hoist from the yard."), TOM)
    assert part is not None
    assert part.text == "the old chain hoist from the yard"
    assert few_words(noted("He shrugged about the end of June."), TOM) is None


def test_what_somebody_took_on_is_asked_for_without_them() -> None:
    assert taken_on(noted("He'll bring a one-page version of the pump story."), TOM) == (
        "bring a one-page version of the pump story"
    )
    assert taken_on(noted("He was glad about the pump."), TOM) == ""

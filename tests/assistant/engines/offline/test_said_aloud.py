"""No question reads a note about the person to that person in the third person."""

from dataclasses import replace

import pytest

from assistant.domain.evidence import Quote
from assistant.domain.person import Pronouns
from assistant.engines.offline.asking.aloud import agreed, few_words, speaks_of, turned
from tests.assistant.engines.offline.situations import MAJA, note

TOM = replace(MAJA, name="Tom Ferro", aka=("Tom",), pronouns=Pronouns.HE)


def told(text: str) -> Quote:
    return Quote.of(note("n1", "2026-03-03", text), text)


@pytest.mark.parametrize(
    ("noted", "said"),
    [
        ("He has to book the refresher himself.", "you have to book the refresher yourself"),
        ("He'll bring his one page by Friday.", "you'll bring your one page by Friday"),
        ("Tom timed it with a kitchen timer.", "you timed it with a kitchen timer"),
        ("He'll phone her by Friday.", None),  # who is she?
        ("He was late. He is sorry.", None),
        ("Young Tom films him doing it.", None),
    ],
)
def test_a_sentence_about_the_person_is_turned_to_you_or_left(noted: str, said: str | None) -> None:
    assert turned(told(noted), TOM) == said


def test_what_somebody_took_on_is_asked_for_without_them() -> None:
    assert agreed(told("He'll bring a one-page version of the pump story."), TOM) == (
        "bring a one-page version of the pump story"
    )
    assert agreed(told("He was glad about the pump."), TOM) is None
    assert agreed(told("First plots for Glenn by 30 June."), TOM) is None


def test_what_cannot_be_turned_is_named_in_a_few_words_of_the_note() -> None:
    quote = told('At the Ferris house he said "I don\'t know, let me find out" and did.')
    assert speaks_of(quote, TOM)
    part = few_words(quote, TOM)
    assert part is not None
    assert part.text == "I don't know, let me find out"


def test_nobody_is_read_out_in_the_third_person_when_another_is_meant() -> None:
    assert not speaks_of(told("She thanked us for the early call."), TOM)
    assert speaks_of(told("She thanked him for the early call."), TOM)

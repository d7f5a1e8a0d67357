"""A question to everybody's notes: who answers it is told, and nobody whose notes only lie somewhere near."""

import pytest

from assistant.conversation import Conversation
from assistant.domain.event import Notice, Text
from tests.house import Bakery


@pytest.fixture
def talk(bakery: Bakery) -> Conversation:
    bakery.desk.person("nadia").add_note("Nadia will send the handover papers by Friday.")
    bakery.desk.person("jan1").add_note("Jan will write the cheat sheet for the mixer by Friday.")
    bakery.desk.person("jan2").add_note("He is great with angry parents; the one with the burnt cake left smiling.")
    return Conversation(bakery.desk)


def named(talk: Conversation, message: str) -> list[str]:
    notices = [e.body.text for e in talk.say(message) if isinstance(e.body, Notice) and e.body.code == "scope"]
    return [name for name in ("Nadia Okoro", "Jan Novak", "Jan Sorel") for text in notices if name in text]


def test_whose_notes_hold_no_word_of_the_question_is_no_answer_beside_whose_do(talk: Conversation) -> None:
    assert named(talk, "When are the handover papers due?") == ["Nadia Okoro"]


def test_who_is_good_with_somebody_is_a_question_about_what_they_do_well(talk: Conversation) -> None:
    assert named(talk, "Who is good with angry parents?") == ["Jan Sorel"]


def test_where_a_passage_comes_near_it_is_not_said_that_the_notes_are_silent(
    talk: Conversation, bakery: Bakery
) -> None:
    talk.person = bakery.desk.person("jan2")
    said = [e.body.text for e in talk.say("What is he good at?") if isinstance(e.body, Notice | Text)]
    assert not any("notes do not say" in text for text in said)
    assert any("great with angry parents" in text for text in said)

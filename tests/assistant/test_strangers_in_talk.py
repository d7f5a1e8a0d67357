"""Somebody is asked about who is not on the list: that is said, with the nearest names; nobody else's is told."""

import pytest

from assistant.conversation import Conversation
from assistant.domain.event import Change, Notice
from assistant.domain.promise import Owner, Promise
from tests.house import Bakery


@pytest.fixture
def talk(bakery: Bakery) -> Conversation:
    bakery.desk.person("nadia").add_promise("ask about the oven door", owner=Owner.ME)
    bakery.desk.person("jan1").add_promise("count the trays", owner=Owner.THEM)
    return Conversation(bakery.desk)


def notices(talk: Conversation, message: str) -> list[Notice]:
    events = list(talk.say(message))
    assert not [e for e in events if isinstance(e.body, Promise)]
    return [e.body for e in events if isinstance(e.body, Notice)]


@pytest.mark.parametrize(
    ("message", "says"),
    [
        ("What did I promise Wolfgang?", "nobody called Wolfgang"),
        ("what did i promise wolfgang", "nobody called wolfgang"),
        ("What do I owe Wolfgang?", "nobody called Wolfgang"),
        ("What does wolfgang owe me?", "nobody called wolfgang"),
        ("What has Wolfgang promised me?", "nobody called Wolfgang"),
        ("Any open promises to Wolfgang?", "nobody called Wolfgang"),
        ("Was habe ich Wolfgang versprochen?", "niemand namens Wolfgang"),
        ("Was schulde ich Wolfgang?", "niemand namens Wolfgang"),
        ("¿Qué le prometí a Wolfgang?", "nadie llamado Wolfgang"),
        ("¿Qué le debo a Wolfgang?", "nadie llamado Wolfgang"),
    ],
)
@pytest.mark.parametrize("somebody_in_scope", [False, True])
def test_what_is_owed_to_nobody_of_that_name_is_not_answered_with_what_others_are_owed(
    talk: Conversation, message: str, says: str, somebody_in_scope: bool
) -> None:
    if somebody_in_scope:
        list(talk.say("prep Nadia"))
    [said] = notices(talk, message)
    assert says in said.text
    assert not said.choices


def test_the_nearest_names_stand_beside_the_refusal_and_a_choice_repeats_the_question(talk: Conversation) -> None:
    [said] = notices(talk, "What did I promise Nadja?")
    assert "Nadia Okoro" in said.text
    assert [c.name for c in said.choices] == ["Nadia Okoro"]
    told = [e.body for e in talk.say("Nadia Okoro")]
    assert "ask about the oven door" in {body.what for body in told if isinstance(body, Promise)}


def test_another_request_after_the_refusal_is_not_taken_for_a_choice(talk: Conversation) -> None:
    notices(talk, "What did I promise Nadja?")
    list(talk.say("Remind me to bring Nadia the copper scale"))
    assert any(isinstance(e.body, Change) for e in talk.turns[-1].events)


def test_what_is_done_beside_the_refusal_is_not_done_again_by_a_choice(talk: Conversation, bakery: Bakery) -> None:
    before = len(bakery.desk.person("nadia").notes())
    said = [e.body for e in talk.say("Note that Nadia moved to the early shift. What did I promise Nadja?")]
    assert any("Nadja" in body.text for body in said if isinstance(body, Notice))
    assert not any(body.choices for body in said if isinstance(body, Notice))
    list(talk.say("Nadia Okoro"))
    assert len(bakery.desk.person("nadia").notes()) == before + 1


@pytest.mark.parametrize(
    "message", ["What did I promise today?", "What did I promise everybody?", "What do I still owe?"]
)
def test_a_word_that_is_no_name_is_not_taken_for_one(talk: Conversation, message: str) -> None:
    assert "ask about the oven door" in {e.body.what for e in talk.say(message) if isinstance(e.body, Promise)}

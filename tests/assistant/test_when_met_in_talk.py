"""The day of a one-on-one is asked for: that day is told, and no brief and no passage in its place."""

from datetime import date

import pytest

from assistant.conversation import Conversation
from assistant.domain.brief import Brief
from assistant.domain.event import Notice, Text
from assistant.domain.meeting import MeetingState
from assistant.domain.person import Person, PersonId
from tests.house import ANNA, Bakery


def told(bakery: Bakery, message: str) -> str:
    bodies = [e.body for e in Conversation(bakery.desk).say(message)]
    assert not [body for body in bodies if isinstance(body, Brief)]
    return " ".join(body.text for body in bodies if isinstance(body, Text | Notice))


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("When did Nadia last have a one-on-one with me?", "1 June, 14 days ago"),
        ("When did I last meet Nadia?", "1 June, 14 days ago"),
        ("when did nadia and i last talk", "1 June, 14 days ago"),
        ("When was my last 1:1 with Nadia?", "1 June, 14 days ago"),
        ("When was the last time I had a one-on-one with Nadia?", "1 June, 14 days ago"),
        ("Wann hatte ich das letzte Gespräch mit Nadia?", "1. Juni, vor 14 Tagen"),
        ("Wann habe ich zuletzt mit Nadia gesprochen?", "1. Juni, vor 14 Tagen"),
        ("¿Cuándo fue la última reunión con Nadia?", "1 de junio, hace 14 días"),
        ("¿Cuándo hablé con Nadia por última vez?", "1 de junio, hace 14 días"),
    ],
)
def test_the_day_of_the_last_one_on_one_answers_when_it_was(bakery: Bakery, message: str, said: str) -> None:
    assert said in told(bakery, message)


def test_the_next_one_is_told_where_it_is_planned(bakery: Bakery) -> None:
    assert "No next one is planned" in told(bakery, "When is my next one-on-one with Nadia?")
    bakery.desk.person("nadia").keep_meeting(date(2026, 6, 29), MeetingState.PLANNED)
    assert "planned for 29 June" in told(bakery, "When is my next one-on-one with Nadia?")


def test_that_none_is_on_record_is_said_with_the_day_of_the_newest_note(bakery: Bakery) -> None:
    bakery.desk.add_person(Person(ANNA, PersonId("olga"), "Olga Winter"))
    bakery.desk.person("olga").add_note("She counts the trays.", day=date(2026, 6, 2))
    said = told(bakery, "When did I last meet Olga?")
    assert "No one-on-one with Olga Winter is on record" in said
    assert "2 June" in said


@pytest.mark.parametrize(
    "message", ["When did Nadia last order proofing baskets?", "When did Nadia last meet a guest?"]
)
def test_when_they_did_something_else_is_asked_of_the_notes(bakery: Bakery, message: str) -> None:
    assert "one-on-one with Nadia" not in told(bakery, message)


def test_a_brief_is_still_prepared_when_asked_for(bakery: Bakery) -> None:
    bodies = [e.body for e in Conversation(bakery.desk).say("I have a one-on-one with Nadia")]
    assert any(isinstance(body, Brief) for body in bodies)

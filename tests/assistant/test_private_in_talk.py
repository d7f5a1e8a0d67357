"""A question whose answer is private: it is said that it is, and where the note stands; nothing of it is shown."""

from datetime import date

import pytest

from assistant.conversation import Conversation
from assistant.domain.event import Notice
from tests.house import Bakery


def told(bakery: Bakery, message: str) -> str:
    talk = Conversation(bakery.desk)
    [*talk.say("Nadia")]
    return "\n".join(e.body.text for e in talk.say(message) if isinstance(e.body, Notice))


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("How is her sister?", "That is private; your note of 9 June stands under Notes."),
        ("And is her sister better?", "That is private; your note of 9 June stands under Notes."),
    ],
)
def test_it_is_said_that_it_is_private_and_where_the_note_stands(bakery: Bakery, message: str, said: str) -> None:
    nadia = bakery.desk.person("nadia")
    nadia.add_note("Good week. Her sister is in hospital, she told me.", day=date(2026, 6, 9))
    nadia.add_note("The oven is in use again.", day=date(2026, 6, 10))
    assert told(bakery, message) == said


def test_without_such_a_note_and_for_anything_but_a_question_the_policy_speaks(bakery: Bakery) -> None:
    assert "private; your note" not in told(bakery, "How is her sister?")
    bakery.desk.person("nadia").add_note("Her sister is in hospital.", day=date(2026, 6, 9))
    assert "private; your note" not in told(bakery, "Ask about her sister, is she planning children.")


def test_another_accounts_note_is_not_spoken_of(bakery: Bakery) -> None:
    bakery.desk.person("nadia").add_note("Her sister is in hospital.", day=date(2026, 6, 9))
    shown = [e.body for e in Conversation(bakery.foreign).say("How is Nadia’s sister?")]
    assert not any("private; your note" in str(body) for body in shown)

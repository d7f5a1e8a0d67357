"""What is owed, asked in everyday words: whose, until when, of one person or of all."""

from datetime import date

import pytest

from assistant.conversation import Conversation
from assistant.domain.event import Notice
from assistant.domain.promise import Owner, Promise
from tests.house import Bakery

MADE = (
    ("nadia", "bring the mill’s offer", Owner.THEM, date(2026, 6, 1)),
    ("nadia", "write the rye card", Owner.THEM, date(2026, 6, 18)),
    ("nadia", "ask about the oven door", Owner.ME, date(2026, 6, 10)),
    ("jan1", "count the trays", Owner.THEM, date(2026, 7, 20)),
    ("jan1", "send the rota", Owner.ME, date(2026, 6, 19)),
)


@pytest.fixture
def talk(bakery: Bakery) -> Conversation:
    for who, what, owner, due in MADE:
        bakery.desk.person(who).add_promise(what, owner=owner, due=due)
    return Conversation(bakery.desk)


def told(talk: Conversation, message: str) -> set[str]:
    found = {e.body.what for e in talk.say(message) if isinstance(e.body, Promise)}
    return {what for _, what, _, _ in MADE if what in found}


OFFER, CARD, DOOR, TRAYS, ROTA = (what for _, what, _, _ in MADE)


@pytest.mark.parametrize(
    ("message", "wanted"),
    [
        ("Who has promised me something that is overdue?", {OFFER}),
        ("Who owes me something?", {OFFER, CARD, TRAYS}),
        ("Which of my promises are overdue?", {DOOR}),
        ("What do I owe?", {DOOR, ROTA}),
        ("What do I owe this week?", {ROTA}),
        ("What is overdue?", {OFFER, DOOR}),
        ("What is due this week?", {CARD, ROTA}),
        ("What does Nadia owe me?", {OFFER, CARD}),
        ("What did Nadia promise me?", {OFFER, CARD}),
        ("What do I owe Nadia?", {DOOR}),
        ("What does Nadia owe me this week?", {CARD}),
        ("Wer hat mir etwas versprochen, das überfällig ist?", {OFFER}),
        ("Was schulde ich?", {DOOR, ROTA}),
        ("Was ist überfällig?", {OFFER, DOOR}),
        ("Was schuldet Nadia mir?", {OFFER, CARD}),
        ("Was ist diese Woche fällig?", {CARD, ROTA}),
        ("¿Quién me ha prometido algo que está vencido?", {OFFER}),
        ("¿Qué debo?", {DOOR, ROTA}),
        ("¿Qué está vencido?", {OFFER, DOOR}),
        ("¿Qué me ha prometido Nadia?", {OFFER, CARD}),
        ("¿Qué vence esta semana?", {CARD, ROTA}),
    ],
)
def test_exactly_the_promises_asked_for_are_listed(talk: Conversation, message: str, wanted: set[str]) -> None:
    assert told(talk, message) == wanted


@pytest.mark.parametrize(
    ("message", "none"),
    [
        ("What has Nadia promised me that is overdue?", "No promise of Nadia"),
        ("Was hat Nadia mir versprochen, das überfällig ist?", "Keine Zusage von Nadia"),
    ],
)
def test_that_none_is_late_is_said(bakery: Bakery, message: str, none: str) -> None:
    talk = Conversation(bakery.desk)
    said = [e.body.text for e in talk.say(message) if isinstance(e.body, Notice)]
    assert any(text.startswith(none) for text in said)


def test_nobody_is_late(bakery: Bakery) -> None:
    said = [e.body.text for e in Conversation(bakery.desk).say("Who has promised me something that is overdue?")
            if isinstance(e.body, Notice)]  # fmt: skip
    assert said == ["Nobody: no promise to you is overdue."]

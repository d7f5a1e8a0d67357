"""What is owed, asked in everyday words: whose, until when, of one person or of all."""

from datetime import date

import pytest

from assistant.conversation import Conversation
from assistant.domain.event import Notice, Text
from assistant.domain.promise import Owner, Promise, PromiseState
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


@pytest.mark.parametrize(
    ("before", "said", "one"),
    [
        ("find out from the mill which old sacks come back", "ask the mill about the old sacks by Friday", True),
        ("bring the copper scale", "bring her the copper scale by Friday", True),
        ("send the mill a list of sacks", "pay the mill for the rye by Friday", False),
        ("write the wage letter", "send the wage list to Holm by Friday", False),
    ],
)
def test_a_promise_said_once_more_stands_once_and_undo_brings_the_first_back(
    bakery: Bakery, before: str, said: str, one: bool
) -> None:
    nadia = bakery.desk.person("nadia")
    first = nadia.add_promise(before, owner=Owner.ME)
    talk = Conversation(bakery.desk, nadia)
    events = list(talk.say(f"Remind me to {said}"))
    open_now = {p.what for p in nadia.promises() if p.state is PromiseState.OPEN}
    assert (before in open_now) is not one
    assert any(what.startswith(said[:20]) for what in open_now)
    assert any(before in e.body.text for e in events if isinstance(e.body, Text)) is one
    list(talk.say("undo"))
    back = {p.what for p in nadia.promises() if p.state is PromiseState.OPEN}
    assert first.what in back
    assert not any(what.startswith(said[:20]) and what != before for what in back)


def test_a_promise_said_once_more_keeps_its_day_unless_another_is_named(bakery: Bakery) -> None:
    nadia = bakery.desk.person("nadia")
    nadia.add_promise("bring the copper scale", owner=Owner.ME, due=date(2026, 6, 30))
    [*Conversation(bakery.desk, nadia).say("Remind me to bring her the copper scale")]
    [due] = [p.due for p in nadia.promises() if p.state is PromiseState.OPEN and "scale" in p.what]
    assert due == date(2026, 6, 30)


def test_the_same_words_promised_by_them_are_another_promise(bakery: Bakery) -> None:
    nadia = bakery.desk.person("nadia")
    nadia.add_promise("bring the copper scale", owner=Owner.THEM)
    [*Conversation(bakery.desk, nadia).say("Remind me to bring the copper scale")]
    assert sum("scale" in p.what for p in nadia.promises() if p.state is PromiseState.OPEN) == 2

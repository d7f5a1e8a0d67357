"""Two requests in one message, and who "her" and "the other one" are in a talk about several people."""

import pytest

from assistant.conversation import Conversation
from assistant.domain.brief import Brief
from assistant.domain.event import Change, Notice, Text
from assistant.domain.plan import Plan
from assistant.domain.promise import Owner, Promise
from tests.assistant.test_conversation import bodies, codes
from tests.house import Bakery


def test_a_brief_and_the_promises_to_somebody_else_come_in_order_each_under_its_name(bakery: Bakery) -> None:
    talk = Conversation(bakery.desk)
    events = list(talk.say("prep Nadia, and what did I promise Jan Novak?"))
    scopes = [n.text for n in bodies(events, Notice) if isinstance(n, Notice) and n.code == "scope"]
    assert [words.split()[3] for words in scopes] == ["Nadia", "Jan"]
    [brief] = [b for b in bodies(events, Brief) if isinstance(b, Brief)]
    assert brief.person.id == "nadia"
    assert talk.person is not None
    assert talk.person.person.id == "jan1"


def test_a_note_is_kept_without_the_question_after_it_and_the_question_is_answered(bakery: Bakery) -> None:
    talk = Conversation(bakery.desk, bakery.desk.person("nadia"))
    events = list(talk.say("Note that she wants the early shift, and what is open between us?"))
    [change] = [b for b in bodies(events, Change) if isinstance(b, Change)]
    assert change.after == "She wants the early shift"
    assert bodies(events, Promise)


@pytest.mark.parametrize("asked", ["What do I owe her?", "And what do I still owe her?", "What did I promise her?"])
def test_a_note_ends_where_the_next_sentence_asks_what_is_owed(bakery: Bakery, asked: str) -> None:
    talk = Conversation(bakery.desk, bakery.desk.person("nadia"))
    events = list(talk.say(f"Remember that she wants the early shift. {asked}"))
    [change] = [b for b in bodies(events, Change) if isinstance(b, Change)]
    assert change.after.rstrip(".") == "She wants the early shift"
    assert bodies(events, Promise)


def test_nothing_of_two_requests_is_done_before_it_is_clear_whom_both_mean(bakery: Bakery) -> None:
    talk = Conversation(bakery.desk, bakery.desk.person("nadia"))
    before = len(bakery.desk.person("nadia").notes())
    assert "clarify" in codes(list(talk.say("Note that she wants the early shift, and what did I promise Jan?")))
    assert len(bakery.desk.person("nadia").notes()) == before
    list(talk.say("the first"))
    assert talk.person is not None
    assert talk.person.person.id == "jan1"


def test_a_part_that_cannot_be_done_does_not_keep_the_other_from_being_done(bakery: Bakery) -> None:
    talk = Conversation(bakery.desk, bakery.desk.person("nadia"))
    events = list(talk.say("prep Zebedee, and what is open with Nadia?"))
    assert "unknown" in codes(events)
    assert bodies(events, Promise)


def test_her_means_whom_the_talk_named_last_and_it_is_said(bakery: Bakery) -> None:
    talk = Conversation(bakery.desk)
    list(talk.say("What does Nadia love?"))
    list(talk.say("prep Jan Novak"))
    events = list(talk.say("What did I promise her?"))
    assert [n.text for n in bodies(events, Notice) if isinstance(n, Notice) and n.code == "scope"]
    assert talk.person is not None
    assert talk.person.person.id == "nadia"


def test_him_of_two_who_could_be_meant_is_asked_about(bakery: Bakery) -> None:
    talk = Conversation(bakery.desk, bakery.desk.person("nadia"))
    events = list(talk.say("What questions should I ask him?"))
    [asked] = [n for n in bodies(events, Notice) if isinstance(n, Notice) and n.code == "clarify"]
    assert [c.id for c in asked.choices] == ["jan1", "jan2"]
    assert not bodies(events, Text)


def test_the_other_one_after_a_guess_is_whom_the_talk_was_about_before(bakery: Bakery) -> None:
    talk = Conversation(bakery.desk)
    list(talk.say("prep Nadia"))
    list(talk.say("prep Jan Novak"))
    list(talk.say("What did I promise her?"))
    list(talk.say("No, the other one."))
    assert talk.person is not None
    assert talk.person.person.id != "nadia"


def test_news_that_is_no_clear_request_beside_another_is_said_to_be_left(bakery: Bakery) -> None:
    talk = Conversation(bakery.desk)
    before = len(bakery.desk.person("nadia").notes())
    events = list(talk.say("What is open with Nadia? I told the mill yes this morning."))
    assert bodies(events, Promise)
    assert any(
        "One part of your message is not done" in n.text for n in bodies(events, Notice) if isinstance(n, Notice)
    )
    assert len(bakery.desk.person("nadia").notes()) == before


@pytest.mark.parametrize(
    ("said", "kept", "asked"),
    [
        ("Note that she wants early shifts. What does she like?", "She wants early shifts.", "What does she like?"),
        ("Note: she likes rye. And what did the mill say of it?", "She likes rye.", "what did the mill say of it?"),
        ("note she wants the rye, and what does she like?", "She wants the rye", "what does she like?"),
        ("Notiere: Sie möchte die Frühschicht. Was mag sie?", "Sie möchte die Frühschicht.", "Was mag sie?"),
        ("Anota que quiere el turno temprano. ¿Qué le gusta?", "Quiere el turno temprano.", "¿Qué le gusta?"),
    ],
)  # fmt: skip
def test_a_question_after_a_note_is_answered_and_stays_out_of_it(
    bakery: Bakery, said: str, kept: str, asked: str
) -> None:
    talk = Conversation(bakery.desk, bakery.desk.person("nadia"))
    [change] = [b for b in bodies(list(talk.say(said)), Change) if isinstance(b, Change)]
    assert change.after.rstrip(".") == kept.rstrip(".")
    assert talk.turns[-1].query.endswith(asked)


@pytest.mark.parametrize(
    "whole",
    [
        "She asked me: what do you like? What would she change?",
        "We spoke about June. Why are we late? The flour. She will ring the mill.",
        "Talked it over. What would you change about your shift?",
        "She asked when the oven comes, and what does it cost?",
        "Notes of today:\nShe likes rye.\nWhat is next?",
    ],
)
def test_a_question_that_is_part_of_a_note_stays_in_it(bakery: Bakery, whole: str) -> None:
    talk = Conversation(bakery.desk, bakery.desk.person("nadia"))
    changes = [b for b in bodies(list(talk.say(f"Note: {whole}")), Change) if isinstance(b, Change)]
    assert [change.after for change in changes] == [whole]


def test_a_request_after_a_note_is_done_and_stays_out_of_it(bakery: Bakery) -> None:
    talk = Conversation(bakery.desk, bakery.desk.person("nadia"))
    events = list(talk.say("Note that she wants the early shift. Draft her plan."))
    [change] = [b for b in bodies(events, Change) if isinstance(b, Change)]
    assert change.after == "She wants the early shift."
    assert bodies(events, Plan)


@pytest.mark.parametrize(
    "said", ["done: 2", "tick off the second", "mark the second one done", "erledigt: 2", "hecho: 2"]
)
def test_a_number_ticks_off_that_promise_of_those_shown(bakery: Bakery, said: str) -> None:
    nadia = bakery.desk.person("nadia")
    nadia.add_promise("bring the new scale", owner=Owner.ME, due=None)
    talk = Conversation(bakery.desk, nadia)
    shown = bodies(list(talk.say("What is still open?")), Promise)
    assert len(shown) == 2
    events = list(talk.say(f"{said}. What does she like?"))
    [change] = [b for b in bodies(events, Change) if isinstance(b, Change)]
    assert (change.kind, change.id) == ("promise", shown[1].id)  # type: ignore[attr-defined]
    assert talk.turns[-1].query.endswith("What does she like?")


def test_a_number_of_no_promise_ticks_off_none_and_lists_them(bakery: Bakery) -> None:
    talk = Conversation(bakery.desk, bakery.desk.person("nadia"))
    events = list(talk.say("done: 7"))
    assert "unknown" in codes(events)
    assert not bodies(events, Change)
    assert bodies(events, Promise)


def test_news_after_what_is_ticked_off_is_not_lost(bakery: Bakery) -> None:
    talk = Conversation(bakery.desk, bakery.desk.person("nadia"))
    events = list(talk.say("done: 1. She would like a second oven."))
    assert [b.kind for b in bodies(events, Change) if isinstance(b, Change)] == ["promise"]
    assert any("“She would like a second oven.”" in n.text for n in bodies(events, Notice) if isinstance(n, Notice))

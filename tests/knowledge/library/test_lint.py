"""The lint of the bank: what it lets pass, and what it names."""

import pytest

from assistant.lint import MOST_WORDS
from knowledge.library.lint import faults, filled

GOOD = [
    "What would make our next meeting worth your time?",
    "Tell me about the last time you saw what became of your work.",
    "In {recent_work|the past two weeks}, which hour went by fastest for you?",
    "Since I am still getting to know you, how would I notice that you enjoy a task?",
    "At what point in {event|this} could I have been of more use to you?",
    "What, if anything, did I do or leave undone that made your work harder?",
    "Whose working day, inside or outside our organisation, would you like to see?",
    "Setting the result aside, which part of it still matters to you?",
]
BAD = {
    "Do you enjoy your work?": "main clause",
    "Since then, did you hear what they said?": "main clause",
    "Is it the depot, which one do you prefer?": "main clause",
    "Please name your goals.": "exactly one thing",
    "What did you do? How did it go?": "exactly one thing",
    "What did you do and how did it go?": "joins two questions",
    "Which one is it, red, green or blue?": "more than two choices",
    "What happened, why did you not call?": "asks why",
    "What is wrong, don't you agree?": "pushes",
    "What, obviously, comes next?": "pushes",
    "How would you leverage it?": "jargon",
    "What is your plan for {wages|money}?": "no slot is called wages",
    "What is your plan for {goal}?": "a slot is written",
    "What " + "very " * MOST_WORDS + "long?": "words",
}


@pytest.mark.parametrize("question", GOOD)
def test_a_good_question_passes(question: str) -> None:
    assert list(faults(question)) == []


@pytest.mark.parametrize(("question", "said"), BAD.items())
def test_a_fault_is_named(question: str, said: str) -> None:
    assert any(said in fault for fault in faults(question))


def test_a_slot_reads_as_its_fallback() -> None:
    assert filled("After {event|what happened}, what helps?") == "After what happened, what helps?"


def test_the_words_are_counted_as_they_are_read() -> None:
    rest = " ".join(["word"] * (MOST_WORDS - 3))
    assert list(faults(f"What is {{task|the}} {rest}?")) == []
    assert list(faults(f"What is {{task|the other}} {rest}?")) != []

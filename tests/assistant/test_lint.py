import pytest

from assistant.lint import faults, own_words


@pytest.mark.parametrize(
    "good",
    [
        "Who is the first to notice when your work goes well?",
        "On 3 March you said: “I never know who decides, and why would I?” What would make that clearer?",
        "Tell me about one moment when you made things easier for a guest.",
        "When you asked why one valve was cool, what had caught your eye?",
        "Which of that, if any, should we keep?",
    ],
)
def test_a_well_asked_question_passes(good: str) -> None:
    assert faults(good) == ()


@pytest.mark.parametrize(
    ("bad", "fault"),
    [
        ("Are you happy in the kitchen?", "opens"),
        ("What went well and why do you think so?", "joins"),
        ("What went well? What did not?", "one thing"),
        ("Why did you leave the oven on?", "why"),
        ("On 3 March I noted: “It burned.” Why were you late?", "why"),
        ("What would you change, surely the rota?", "pushes"),
        ("Which synergy do you see?", "jargon"),
        ("What do you want from {customer}?", "slot"),
        ("Which do you like best, bread, cake, or soup?", "choices"),
        ("What " + "very " * 30 + "long question is this?", "words"),
        ("Tell the team about it.", "one thing"),
    ],
)
def test_a_badly_asked_question_is_named(bad: str, fault: str) -> None:
    assert any(fault in found for found in faults(bad)), faults(bad)


def test_the_notes_words_do_not_count_as_ours() -> None:
    assert own_words("You said: “Why not?” What now?") == "You said: What now?"

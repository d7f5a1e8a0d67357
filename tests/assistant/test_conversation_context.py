"""What of an answer the next message may lean on: whole sentences, what answers and what stayed open first."""

from assistant.conversation.context import within

ANSWER = (
    (0, "She likes the calm buffet. It is hers."),
    (2, "A guest wrote of it on 17 March, at some length, and praised the bread."),
    (1, "No note tells whether the trainees like it too."),
)


def test_a_short_answer_stays_whole_and_in_its_order() -> None:
    assert within(ANSWER, 500) == " ".join(text for _, text in ANSWER)


def test_a_long_one_ends_at_a_sentence_and_keeps_what_stayed_open() -> None:
    told = within(ANSWER, 100)
    assert told == "She likes the calm buffet. It is hers. No note tells whether the trainees like it too."
    assert within(ANSWER, 30) == "She likes the calm buffet."
    assert within(ANSWER, 5) == ""

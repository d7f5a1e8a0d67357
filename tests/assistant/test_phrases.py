"""Phrase lists: what each mark of the language matches, and that a whole list finds what each phrase finds alone."""

import pytest

from assistant.phrases import PhraseIndex, expression


@pytest.mark.parametrize(
    ("phrase", "hit", "miss"),
    [
        ("lost track of", "she lost track of time", "she lost the track"),
        ("thank/thanks you", "many thanks, you two", "thankful you"),
        ("teach*", "a teacher came", "he taught"),
        ("walk* * through", "walked me through it", "walked through it"),
        ("volunteer* ... again", "volunteered for the late round again", "again he volunteered"),
        ("free time", "in your free-time club", "free the timer"),
        ("don't ask", "please don't ask me", "do not ask me"),
        ("rate #", "we rate 4 of them", "we rate four of them"),
    ],
)
def test_a_phrase_matches_whole_words_in_order(phrase: str, hit: str, miss: str) -> None:
    index = PhraseIndex([("it", [phrase])])
    assert [meaning for meaning, _ in index.hits(hit)] == ["it"]
    assert list(index.hits(miss)) == []
    assert bool(expression(phrase).search(hit)) > bool(expression(phrase).search(miss))


def test_the_span_is_where_the_phrase_stands() -> None:
    text = "he will teach the trainees again"
    [(meaning, span)] = PhraseIndex([("again", ["teach* ... again"]), ("other", ["mend*"])]).hits(text)
    assert meaning == "again"
    assert text[span.start : span.end] == "teach the trainees again"

import math

import pytest

from assistant.domain.note import NoteId
from assistant.evaluation.measures import (
    auc,
    content_words,
    is_grounded,
    long_runs,
    ndcg,
    overlaps,
    recall,
    token_f1,
    told_at,
)

A, B, C, D = (NoteId(i) for i in "abcd")


def test_a_perfect_ranking_is_one_and_an_empty_one_is_nothing() -> None:
    grades = {A: 3, B: 2, C: 1}
    assert ndcg([A, B, C], grades) == pytest.approx(1.0)
    assert ndcg([], grades) == 0.0
    assert ndcg([D], grades) == 0.0


def test_gain_doubles_with_the_grade_and_falls_with_the_rank() -> None:
    got = 3 / math.log2(2) + 7 / math.log2(3)
    best = 7 / math.log2(2) + 3 / math.log2(3)
    assert ndcg([B, A], {A: 3, B: 2}) == pytest.approx(got / best)


def test_what_lies_below_the_tenth_place_does_not_count() -> None:
    filler = [NoteId(f"x{i}") for i in range(10)]
    assert ndcg([*filler, A], {A: 3}) == 0.0


def test_recall_counts_needed_notes_only() -> None:
    grades = {A: 3, B: 2, C: 1}
    assert recall([A, C], grades, 5) == 0.5
    assert recall([C, A, B], grades, 2) == 0.5
    assert recall([], {C: 1}, 5) == 1.0


def test_token_overlap_is_symmetric_and_counts_each_word_once() -> None:
    assert token_f1("the oak door", "The oak door") == 1.0
    assert token_f1("oak oak", "oak") == pytest.approx(2 / 3)
    assert token_f1("oak", "pine") == 0.0


def test_a_quote_is_grounded_word_for_word_white_space_aside() -> None:
    assert is_grounded("closed  at once", "and it closed at\nonce.")
    assert not is_grounded("closed at last", "and it closed at once.")
    assert not is_grounded(" ", "anything")


def test_quotes_overlap_only_where_they_share_a_place() -> None:
    text = "I love oak. I never liked pine."
    assert overlaps(text, "I love oak.", "love")
    assert not overlaps(text, "I love oak.", "never liked")
    assert not overlaps(text, "not there", "love")


def test_names_and_small_words_of_three_languages_are_no_content() -> None:
    assert content_words("Kim and the windows", ["Kim Okafor"]) == content_words("window")
    assert content_words("und nicht mit der") == content_words("que para el con") == frozenset()
    assert "24" in content_words("on the 24th" + " 24")


def test_runs_of_words_are_folded() -> None:
    assert "a b c d e f" in long_runs("A b, c  D e f g")
    assert long_runs("too short to run") == frozenset()


def test_the_area_under_the_curve_is_how_often_yes_stands_above_no() -> None:
    assert auc([(0.9, True), (0.1, False)]) == 1.0
    assert auc([(0.1, True), (0.9, False)]) == 0.0
    assert auc([(0.5, True), (0.5, False)]) == 0.5
    assert auc([(0.5, True)]) is None


def test_what_is_told_at_a_share_of_false_alarms_is_read_off_the_curve() -> None:
    scored = [(0.1, False), (0.2, True), (0.3, False), (0.4, True), (0.5, True), (0.6, True)]
    assert told_at(scored, 0.0) == 0.5
    assert told_at(scored, 0.25) == 1.0
    assert told_at([(0.1, False)], 0.1) is None

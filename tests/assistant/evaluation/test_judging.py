"""A judge chooses levels; what they come to is worked out here, and no judge overrules a check."""

from dataclasses import replace

import pytest

from assistant.domain.rating import Rated, Rating, Rubric, Score
from assistant.evaluation.judging import CRITERIA, Judgement, differ, judged, score_judged

TEXT = "When you re-timed the ovens, what told you the old timing was off? [N1]"
RATED = Rated(Rubric.QUESTIONS, "maja-0401-questions", TEXT, "[N1] Re-timed the ovens.", frozenset({"N1"}))
PLAN = replace(RATED, rubric=Rubric.PLAN, case="maja-0401-plan")


def rating(rubric: Rubric = Rubric.QUESTIONS, level: int = 4, quote: str = "re-timed the ovens", note: str = "N1",
           **levels: int) -> Rating:  # fmt: skip
    scores = tuple(Score(n, quote, note, levels.get(n, level), "reads well") for n in CRITERIA[rubric])
    return Rating(scores, one_change="offer to skip one")


def verdict(rated: Rated, *ratings: Rating) -> Judgement:
    found = judged(rated, ratings)
    assert found is not None
    return found


def test_the_best_set_is_excellent_and_two_readings_are_averaged_with_their_spread() -> None:
    best = verdict(RATED, rating(), rating(Q9=2))
    assert (best.total, best.verdict, best.spread) == (39.0, "excellent", 2)
    assert best.levels["Q9"] == 3.0
    assert best.scores[0].reason == "reads well"


@pytest.mark.parametrize(
    ("levels", "total", "said"),
    [
        ({"Q1": 0}, 10, "fail"),
        ({"Q7": 0}, 10, "fail"),
        ({"Q6": 1}, 24, "rewrite"),
        ({"Q1": 3}, 39, "usable"),
        ({"Q2": 1}, 37, "rewrite"),
        (dict.fromkeys(("Q2", "Q3", "Q5", "Q8", "Q9", "Q10"), 2), 28, "usable"),
    ],
)
def test_gates_caps_and_bars_of_question_sets(levels: dict[str, int], total: float, said: str) -> None:
    found = verdict(RATED, rating(**levels))
    assert (found.total, found.verdict) == (total, said)


@pytest.mark.parametrize(
    ("levels", "total", "said"),
    [
        ({"D9": 0}, 11, "fail"),
        ({"D11": 0}, 11, "fail"),
        ({"D4": 1}, 28, "rewrite"),
        ({"D5": 1}, 28, "rewrite"),
        ({"D10": 2}, 42, "usable"),
        ({"D1": 3}, 43, "excellent"),
    ],
)
def test_gates_caps_and_bars_of_plans(levels: dict[str, int], total: float, said: str) -> None:
    found = verdict(PLAN, rating(Rubric.PLAN, **levels))
    assert (found.total, found.verdict) == (total, said)


@pytest.mark.parametrize(
    "unproven",
    [{"quote": ""}, {"quote": "painted the ovens"}, {"note": "N9"}, {"note": "N1, N9"}, {"note": "the letter"}],
)
def test_without_words_of_the_text_or_with_a_note_that_is_not_there_no_level_above_two_counts(
    unproven: dict[str, str],
) -> None:
    assert set(verdict(RATED, rating(**unproven)).levels.values()) == {2}  # type: ignore[arg-type]
    assert set(verdict(RATED, rating(level=1, **unproven)).levels.values()) == {1}  # type: ignore[arg-type]


def test_a_failed_check_is_not_overruled() -> None:
    found = verdict(replace(RATED, lint=(("Q3", "it joins two questions"),)), rating())
    assert found.levels["Q3"] == 2
    assert found.lint_failed == ("Q3: it joins two questions",)


def test_a_reading_that_leaves_a_criterion_out_does_not_count() -> None:
    part = replace(rating(), scores=rating().scores[:-1])
    assert judged(RATED, [part]) is None
    assert verdict(RATED, part, rating(Q1=3)).levels["Q1"] == 3


def test_figures_tell_sums_verdicts_and_gates_over_persons() -> None:
    found = {"k1 questions": verdict(RATED, rating()), "k2 questions": verdict(RATED, rating(Q1=0))}
    scored = score_judged(found, ["k3-plan"], "strict-model")
    figures = {f.name: f for f in scored.figures}
    assert figures["sum of the rubric"].value == pytest.approx((40 + 10) / 80)
    assert (figures["excellent"].value, figures["gates failed"].value) == (0.5, 1)
    assert figures["sum of the rubric"].units == 2
    assert [f.id for f in scored.findings if not f.ok] == ["maja-0401-questions-Q1"]
    assert "strict-model" in scored.remarks[0]
    assert "k3-plan" in scored.remarks[1]


def test_a_level_may_stand_on_two_notes_that_are_both_there() -> None:
    two = replace(RATED, names=frozenset({"N1", "N2"}))
    for written in ("N1, N2", "N1 and N2".upper(), "N1/N2"):
        assert set(verdict(two, rating(note=written)).levels.values()) == {4}


def test_a_third_reading_is_wanted_where_two_lie_two_levels_apart_in_what_counts() -> None:
    assert differ(RATED, [rating(), rating(Q9=2)])
    assert not differ(RATED, [rating(), rating(Q9=3)])
    assert not differ(RATED, [rating(quote="painted"), rating(level=2)])  # unproven fours count as twos
    three = verdict(RATED, rating(), rating(Q9=2), rating(Q9=3))
    assert (three.levels["Q9"], three.readings) == (3.0, 3)
    assert "1 of 1 a third time" in score_judged({"k1 questions": three}, [], "strict").remarks[0]


def test_one_of_two_readings_is_enough_to_fail_a_gate_and_one_of_three_is_not() -> None:
    assert verdict(RATED, rating(), rating(Q7=0)).verdict == "fail"
    assert verdict(RATED, rating(), rating(Q7=0), rating(Q7=3)).gates == ()

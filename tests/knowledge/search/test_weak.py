import pytest

from knowledge.search.weak import is_weak, likely

NEAR, TERMS = 0.3, 3


@pytest.mark.parametrize(
    ("bold", "careful"),
    [
        ("what does she say about the ovens", "has she asked about the ovens"),
        ("is the oven quotation still open", "is the oven quotation dear"),
        ("is she tidy", "is anybody interested"),
        ("hat sie die Liste schon abgegeben", "hat sie nach der Liste gefragt"),
    ],
)
def test_a_question_that_takes_its_answer_for_granted_or_comes_back_is_likelier_answered(
    bold: str, careful: str
) -> None:
    assert likely(bold, NEAR, TERMS) > likely(careful, NEAR, TERMS)


def test_near_passages_and_telling_words_make_an_answer_likelier_up_to_a_point() -> None:
    assert likely("how does she bake", 0.6, 2) > likely("how does she bake", 0.2, 2)
    assert likely("how does she bake", NEAR, 6) > likely("how does she bake", NEAR, 1)
    assert likely("how does she bake", NEAR, 60) == likely("how does she bake", NEAR, 6)


def test_a_bare_yes_or_no_about_a_wish_is_weak_and_a_full_question_is_not() -> None:
    assert is_weak(likely("has she asked for a raise", 0.34, 2))
    assert not is_weak(likely("what did the school cook say about the sliced rolls", 0.34, 5))

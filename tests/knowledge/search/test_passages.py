"""Sentences and passages are places in the text."""

from hypothesis import given
from hypothesis import strategies as st

from knowledge.search.passages import passages, sentences


def cut(text: str) -> list[str]:
    return [text[s.start : s.end] for s in sentences(text)]


def test_a_sentence_ends_where_a_reader_would_end_it() -> None:
    text = 'Met Dr. Osei at 9.30. "Could be worse!" she said. Cost z.B. 3.5 Euro…\n- call back\n- send it'
    assert cut(text) == [
        "Met Dr. Osei at 9.30.",
        '"Could be worse!"',
        "she said.",
        "Cost z.B. 3.5 Euro…",
        "- call back",
        "- send it",
    ]


def test_two_sentences_make_a_passage_and_a_short_note_is_one() -> None:
    text = "One is here. Two is here. Three is here."
    assert [text[s.start : s.end] for s in passages(text)] == ["One is here. Two is here.", "Three is here."]
    assert len(passages("One is here. Two is here.")) == 1


def test_text_without_a_full_stop_is_cut_at_spaces() -> None:
    text = "word " * 1_000
    assert len(passages(text)) > 1
    assert max(s.end - s.start for s in sentences(text)) <= 500


def test_the_longest_note_has_a_bounded_number_of_passages() -> None:
    assert len(passages("So it is. " * 5_000)) <= 64


@given(st.text(alphabet="ab. !?\n\"'…Mr。x\t", min_size=1, max_size=300))
def test_sentences_hold_every_word_once_and_in_order(text: str) -> None:
    spans = sentences(text)
    assert all(one.end <= other.start for one, other in zip(spans, spans[1:], strict=False))
    assert "".join("".join(cut(text)).split()) == "".join(text.split())

from datetime import date

import pytest

from assistant.domain.note import Span
from assistant.wording import first_clause, overlap, sentence_around, sentences, spoken_day, stems


def cut(text: str) -> list[str]:
    return [text[s.start : s.end] for s in sentences(text)]


def test_sentences_end_at_stops_but_not_inside_titles_speech_or_numbers() -> None:
    assert cut("Mr. Ruiz came. It cost 3.50 today! Good?") == ["Mr. Ruiz came.", "It cost 3.50 today!", "Good?"]
    assert cut('He said "Stop. Now." and left. Fine.') == ['He said "Stop. Now." and left.', "Fine."]
    assert cut("First line\n- second line") == ["First line", "- second line"]
    assert cut("   ") == []


def test_every_sentence_is_an_exact_part_of_the_text() -> None:
    text = "  One. Two three.\n\nFour “five. six” seven.  "
    assert "".join(cut(text)).replace(" ", "") == text.replace(" ", "").replace("\n", "")


def test_the_sentence_around_a_passage_is_found() -> None:
    text = "Quiet day. She mended the old rack. Home early."
    start = text.index("old")
    around = sentence_around(text, Span(start, start + 3))
    assert text[around.start : around.end] == "She mended the old rack."


def test_stems_meet_across_forms_and_leave_small_words_out() -> None:
    assert stems("The ovens were timed") & stems("timing an oven")
    assert stems("what would they have done with that") == frozenset()
    assert overlap(stems("bread order"), stems("bread orders")) == 1.0


def test_a_day_carries_its_year_only_where_it_would_be_missed() -> None:
    assert spoken_day(date(2026, 1, 9), date(2026, 6, 9)) == "9 January"
    assert spoken_day(date(2025, 12, 30), date(2026, 1, 9)) == "30 December"
    assert spoken_day(date(2025, 2, 3), date(2026, 6, 9)) == "3 February 2025"


@pytest.mark.parametrize(
    ("what", "called"),
    [
        ("I still owe her the answer on the card wording, Yelena has had it since April",
         "I still owe her the answer on the card wording"),
        ("Could he come back for the day crew? Could it be on video as well?", "Could he come back for the day crew?"),
        ("Well, I send the long list of all the parts that nobody has counted since spring",
         "Well, I send the long list of all the parts that nobody"),
        ("Send it, by Friday", "Send it, by Friday"),
    ],
)  # fmt: skip
def test_a_long_text_is_called_by_a_clause_where_it_has_one(what: str, called: str) -> None:
    assert first_clause(what, 12) == called

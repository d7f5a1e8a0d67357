"""The count of unsupported claims and wrong-person facts sees what is planted, and nothing where all is well."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.domain.note import NoteId
from assistant.domain.person import PersonId
from assistant.evaluation.case import Case, CaseNote
from assistant.evaluation.output import Citation, Shown
from assistant.evaluation.support import score_support

K1, K2 = PersonId("k1"), PersonId("k2")
NOTES = {
    NoteId("a"): CaseNote(NoteId("a"), K1, date(2026, 5, 1), "Kim re-timed 3 ovens and showed Lea.", "Ona"),
    NoteId("b"): CaseNote(NoteId("b"), K2, date(2026, 5, 2), "Jo mended the mixer."),
}
CASE = Case("tiny", date(2026, 6, 1), "f", (K1, K2), NOTES)
NAMES = {K1: ("Kim Okafor", "Kim"), K2: ("Jo Brandt", "Jo Brandt")}
GOOD = Shown(
    "chat", "Kim “re-timed 3 ovens” on 1 May, due 4 June.", (Citation(NoteId("a"), "re-timed 3 ovens"),), about=K1
)


def counted(piece: Shown) -> tuple[float, float]:
    found = {f.name: f.value for f in score_support(CASE, {}, [piece], NAMES).figures}
    return found["unsupported claims"] or 0.0, found["wrong-person facts"] or 0.0


def test_a_sentence_of_its_note_is_clean() -> None:
    assert counted(GOOD) == (0, 0)
    assert counted(replace(GOOD, text="Kim showed Lea.", citations=())) == (0, 0)


@pytest.mark.parametrize(
    "text",
    ["Kim “re-timed 4 ovens”.", "Kim re-timed 14 ovens.", "On 2 May Kim re-timed the ovens.", "Since 2024-05-01."],
)
def test_a_quote_a_number_or_a_day_that_no_cited_note_holds_is_unsupported(text: str) -> None:
    assert counted(replace(GOOD, text=text)) == (1, 0)


def test_a_quote_that_is_not_in_its_note_or_a_note_that_is_not_there_is_unsupported() -> None:
    assert counted(replace(GOOD, citations=(Citation(NoteId("a"), "re-timed five ovens"),)))[0] == 1
    assert counted(replace(GOOD, text="Kim did well.", citations=(Citation(NoteId("z"), "x"),)))[0] == 1


def test_somebody_elses_note_or_name_is_the_wrong_persons() -> None:
    assert (
        counted(replace(GOOD, text="The mixer runs.", citations=(Citation(NoteId("b"), "mended the mixer"),)))[1] == 1
    )
    assert counted(replace(GOOD, text="Jo Brandt re-timed 3 ovens."))[1] == 1


def test_what_the_manager_typed_is_no_claim_of_ours() -> None:
    assert counted(replace(GOOD, text="Kim re-timed 14 ovens.", said="did Kim re-time 14 ovens?")) == (0, 0)

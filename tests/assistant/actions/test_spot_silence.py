from datetime import date

import pytest

from assistant.actions.spot_silence import Silence, facts_told, spot_silence
from assistant.domain.note import Note, NoteId, NoteKind, Span
from assistant.domain.policy import Readable, Screening, SensitiveSpan
from tests.assistant.domain.nouns import DANA, ME

TOLD = "Dana showed Ms. Ferris how to fold the sails. She wants a course in rigging. Her blind spot is invoices."
HELD = "Her parental leave starts on 3 July. The boatyard was quiet."


def readable(text: str, held: str = "", id: str = "n1") -> Readable:
    note = Note(ME, NoteId(id), DANA.id, date(2026, 3, 1), text, NoteKind.ONE_ON_ONE)
    start = text.index(held) if held else 0
    spans = (SensitiveSpan(Span(start, start + len(held)), "family"),) if held else ()
    return Readable(note, Screening(note.id, 1, "en", spans))


NOTES = [readable(TOLD), readable(HELD, "Her parental leave starts on 3 July.", "n2")]


@pytest.mark.parametrize(
    "question",
    [
        "asdfgh", "qwert zuiop", "zebra",
        "Who is Bartholomew?", "What did she say about Bartholomew?", "Wer ist Bruno?",
        "¿Quién es Ramiro?", "what is her salary?", "What does she earn?", "How old is she?", "Wie alt ist sie?",
        "what is her shoe size?", "Where does she live?", "¿Cuánto cobra?", "Was verdient sie?",
        "Did she visit Portugal",
    ],
)  # fmt: skip
def test_what_no_note_speaks_of_is_not_answered_from_what_lies_near(question: str) -> None:
    assert spot_silence(question, DANA, NOTES) is Silence.NOTHING


@pytest.mark.parametrize(
    "question",
    [
        "Who is Ms. Ferris?", "Who is Feris?", "What is her blind spot?", "invoices", "What does Dana love?", "passion",
        "How does she take criticism?", "where does she come alive at work", "Could she teach others?",
        "What happened in March?", "Wie geht es ihr bei der Arbeit?", "Welche Freude hat sie an der Arbeit?",
        "What makes her tick?", "", "How does she treat customers who are afraid", "what did I promise her",
    ],
)  # fmt: skip
def test_a_question_in_other_words_than_the_notes_is_no_silence(question: str) -> None:
    assert spot_silence(question, DANA, NOTES) is Silence.NONE


@pytest.mark.parametrize("question", ["When does her leave start?", "when does she go on leave?", "parental leave"])
def test_what_stands_in_a_private_sentence_alone_is_said_to_be_held_back(question: str) -> None:
    assert spot_silence(question, DANA, NOTES) is Silence.HELD


def test_a_plain_fact_is_answered_by_the_note_that_tells_it() -> None:
    notes = [*NOTES, readable("She leaves early. Her study leave starts on 5 May.", id="n3")]
    assert spot_silence("When does her leave start?", DANA, notes) is Silence.NONE
    assert [q.text for q in facts_told("When does her leave start?", notes)] == ["Her study leave starts on 5 May."]
    assert facts_told("When did the course start?", notes) == ()

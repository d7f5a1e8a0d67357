from datetime import date

import pytest

from assistant.actions.ask_notes import Answer
from assistant.desk import Desk
from assistant.domain.note import NoteKind


def words(answer: Answer) -> str:
    return "\n".join([text.text for text in answer.sentences] + [quote.text for quote in answer.quotes])


def test_an_answer_is_made_of_exact_passages_with_day_and_voice(desk: Desk) -> None:
    answer = desk.person("Maja").ask("Who remembered a nut allergy?")
    assert not answer.weak
    assert not answer.unknown
    assert answer.sentences[0].text.startswith("Vera Holm (guest) said on 17 March: “She remembered my nut allergy")
    assert all(f"“{q.text}”" in t.text for t in answer.sentences for q in t.quotes)


def test_a_question_for_a_topic_is_answered_from_found_evidence(desk: Desk) -> None:
    answer = desk.person("Maja").ask("What does she love?")
    assert "I love it when the buffet looks calm at seven" in words(answer)


def test_what_the_notes_do_not_say_is_said_plainly_with_a_question_that_would_find_out(desk: Desk) -> None:
    answer = desk.person("Jon").ask("What does he love?")
    assert answer.weak
    assert answer.unknown
    assert answer.sentences[0].text == "The notes do not say."
    assert answer.sentences[-1].text.startswith("This would find out: ")
    assert all(text.text.startswith("Near to it: ") for text in answer.sentences if text.quotes)


def test_promises_are_read_from_the_promises(desk: Desk) -> None:
    answer = desk.person("Maja").ask("What did I promise her?")
    assert "talk to purchasing" in words(answer)
    assert answer.sentences[0].text.startswith("You promised on 31 March: “")


def test_a_private_passage_is_left_out_and_counted(desk: Desk) -> None:
    answer = desk.person("Maja").ask("What about her knee and the stock list?")
    assert "CANARY" not in words(answer)
    assert "knee" not in words(answer)


def test_nobody_elses_notes_answer(desk: Desk) -> None:
    answer = desk.person("Maja").ask("Who rebuilt the glasshouse roof?")
    assert "PELICAN" not in words(answer)
    assert {quote.note.person_id for quote in answer.quotes} <= {"p1"}


def test_the_same_question_gets_the_same_answer(desk: Desk) -> None:
    assert desk.person("Maja").ask("Who likes the ovens?") == desk.person("Maja").ask("Who likes the ovens?")


@pytest.mark.parametrize(
    "question",
    [
        "What takes her energy?", "What drains Maja?", "What tires her?", "What wears her out?", "What exhausts her?",
        "What costs her the most energy?", "Was kostet sie Kraft?", "Was zieht ihr Energie?", "Was strengt sie an?",
        "Was laugt sie aus?", "¿Qué le quita energía?", "¿Qué la agota?", "¿Qué la cansa?",
    ],
)  # fmt: skip
def test_what_takes_energy_is_never_answered_with_what_gives_it(desk: Desk, question: str) -> None:
    desk.person("Maja").add_note(
        "Her whole face lights up at the tasting; that gives her energy.", day=date(2026, 4, 1)
    )
    none = desk.person("Maja").ask(question)
    assert none.unknown
    assert not none.quotes
    desk.person("Maja").add_note(
        '"I dread counting the stock every Friday," she said.', day=date(2026, 4, 2), kind=NoteKind.ONE_ON_ONE
    )
    assert "I dread counting the stock" in desk.person("Maja").ask(question).quotes[0].text


def test_what_gives_energy_is_still_what_they_love(desk: Desk) -> None:
    assert "I love it when the buffet looks calm at seven" in words(desk.person("Maja").ask("What gives her energy?"))


def test_a_cough_is_not_shown_as_near_to_the_question(desk: Desk) -> None:
    desk.person("Jon").add_note("His cough is better. The roof is tight.", day=date(2026, 4, 1))
    desk.person("Jon").add_note("He has been coughing and I do not like it.", day=date(2026, 4, 2))
    for question in ("What does he love?", "How is he?", "How is his cough?", "What takes his energy?"):
        assert "cough" not in words(desk.person("Jon").ask(question))

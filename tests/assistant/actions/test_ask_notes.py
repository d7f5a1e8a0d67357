from assistant.actions.ask_notes import Answer
from assistant.desk import Desk


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

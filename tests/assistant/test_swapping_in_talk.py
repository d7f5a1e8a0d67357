"""A question in the chat is swapped for another by the same rules; the way back is kept with the turn."""

from pathlib import Path

import pytest

from assistant.conversation import Conversation
from assistant.domain.brief import Brief
from assistant.domain.conversation import KeptTurn
from assistant.domain.question import Question
from assistant.errors import Refused, Unknown
from tests.house import Bakery, open_bakery


@pytest.fixture
def bakery(tmp_path: Path) -> Bakery:
    return open_bakery(tmp_path)


def said(bakery: Bakery, message: str) -> Conversation:
    talk = Conversation(bakery.desk, bakery.desk.person("nadia"))
    [*talk.say(message)]
    return talk


def questions(turn: KeptTurn) -> list[Question]:
    found: list[Question] = []
    for event in turn.events:
        if isinstance(event.body, Question):
            found.append(event.body)
        elif isinstance(event.body, Brief):
            found += event.body.questions.questions
    return found


@pytest.mark.parametrize("message", ["prep Nadia", "one question"])
def test_another_question_takes_its_place_and_the_one_before_comes_back(bakery: Bakery, message: str) -> None:
    talk = said(bakery, message)
    before = questions(talk.turns[0])
    talk.swap(talk.turns[0].id, before[0].id)
    again = Conversation.resume(bakery.desk, talk.id)
    after = questions(again.turns[0])
    assert after[0].id not in {q.id for q in before}
    assert after[1:] == before[1:], "the others stay"
    assert len({q.pillar for q in after}) == len(after)
    assert again.turns[0].message == message
    again.swap_back(again.turns[0].id)
    assert questions(Conversation.resume(bakery.desk, talk.id).turns[0]) == before
    with pytest.raises(Unknown):
        again.swap_back(again.turns[0].id)


def test_what_was_swapped_away_does_not_return_by_itself_and_nine_are_enough(bakery: Bakery) -> None:
    talk = said(bakery, "one question")
    seen = [questions(talk.turns[0])[0].id]
    for _ in range(9):
        talk.swap(talk.turns[0].id, seen[-1])
        seen.append(questions(talk.turns[0])[0].id)
    with pytest.raises(Refused, match="9 questions"):
        talk.swap(talk.turns[0].id, seen[-1])
    assert len(seen) == len({*seen}) == 10


def test_a_foreign_or_unknown_turn_or_question_is_refused(bakery: Bakery) -> None:
    talk = said(bakery, "one question")
    for turn_id, question_id in ((talk.turns[0].id, "q0"), ("t0", questions(talk.turns[0])[0].id)):
        with pytest.raises(Unknown):
            talk.swap(turn_id, question_id)


def test_a_swapped_question_is_what_asked_speaks_of_and_goes_with_its_note(bakery: Bakery) -> None:
    note = bakery.desk.person("nadia").add_note('She said: "I love the quokkabread and could bake it all day."')
    talk = said(bakery, "six questions")
    mine = next(q for q in questions(talk.turns[0]) if "quokkabread" in q.text)
    talk.swap(talk.turns[0].id, mine.id)
    bakery.desk.delete_note(note.id)
    kept = Conversation.resume(bakery.desk, talk.id).turns[0]
    assert not any("quokkabread" in str(e.body) for e in (*kept.events, *kept.swapped))
    with bakery.house.records.engine.connect() as rows:
        assert "quokkabread" not in str([*rows.exec_driver_sql("SELECT body FROM turn")])

"""What was removed comes back whole, as long as nobody was forgotten meanwhile. Row by row: `test_every_column`."""

from datetime import date

import pytest

from assistant.conversation import Conversation
from assistant.desk import put_back
from assistant.domain.note import NoteKind
from assistant.domain.person import Person, PersonId
from assistant.domain.promise import Owner
from assistant.errors import Refused, Unknown
from tests.house import ANNA, Bakery


def test_a_note_that_is_put_back_joins_what_was_written_meanwhile(bakery: Bakery) -> None:
    desk, nadia = bakery.desk, bakery.desk.person("nadia")
    first = nadia.notes()[0]
    held = [meeting.day for meeting in nadia.meetings()]
    removed = desk.delete_note(first.id)
    assert nadia.promises() == ()
    assert first.day not in [meeting.day for meeting in nadia.meetings()]
    later = nadia.add_note("I promised to bring the flour scale by Friday.", kind=NoteKind.ONE_ON_ONE, day=first.day)
    put_back(desk, removed)
    assert [meeting.day for meeting in nadia.meetings()] == held
    same_day = next(meeting for meeting in nadia.meetings() if meeting.day == first.day)
    assert {*same_day.note_ids} == {first.id, later.id}
    assert {q.note.id for p in nadia.promises() for q in p.quotes} == {first.id, later.id}


def test_what_somebody_changed_meanwhile_stays_as_they_left_it(bakery: Bakery) -> None:
    desk, jan = bakery.desk, bakery.desk.person("jan2")
    note = jan.add_note("He loves the counter and counting the till.")
    jan.draft_plan()
    removed = desk.delete_note(note.id)
    jan.planning.reword("measure", "Two weeks without a gap in the till.")
    newest = jan.plan()
    put_back(desk, removed)
    assert desk.note(note.id) == note
    assert jan.plan() == newest


def test_a_conversation_comes_back_with_every_turn(bakery: Bakery) -> None:
    talk = Conversation(bakery.desk)
    for message in ("prep Nadia", "What does she love?"):
        [*talk.say(message)]
    before = bakery.desk.conversation(talk.id)
    removed = bakery.desk.delete_conversation(talk.id)
    assert bakery.desk.conversations() == []
    with pytest.raises(Unknown):
        bakery.desk.conversation(talk.id)
    put_back(bakery.desk, removed)
    assert bakery.desk.conversation(talk.id) == before


def test_nothing_is_put_back_once_somebody_was_forgotten(bakery: Bakery) -> None:
    desk = bakery.desk
    desk.add_person(Person(ANNA, PersonId("zoe"), "Zoe Quist"))
    note = desk.person("nadia").add_note("Zoe Quist thanked her for the rye.", day=date(2026, 6, 10))
    removed = desk.delete_note(note.id)
    desk.person("zoe").forget(with_mentions=True)
    with pytest.raises(Refused, match="stays gone"):
        put_back(desk, removed)
    with pytest.raises(Unknown):
        desk.note(note.id)


def test_a_note_stays_gone_whose_person_was_merged_and_for_another_account(bakery: Bakery) -> None:
    desk = bakery.desk
    removed = desk.delete_note(desk.person("jan1").notes()[0].id)
    with pytest.raises(Refused, match="stays gone"):
        put_back(bakery.foreign, removed)
    desk.person("jan2").add_promise("bring the list", owner=Owner.ME)
    desk.merge_people("jan2", "jan1")
    with pytest.raises(Refused, match="stays gone"):
        put_back(desk, removed)
    assert all(n.id != removed.note_id for n in desk.person("jan2").notes())

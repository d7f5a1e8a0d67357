"""Conversations in the records: kept as shown, read back by place, gone with what they stood on; both databases."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import update

from assistant.conversation import Conversation
from assistant.desk import Desk
from assistant.domain.brief import Brief
from assistant.domain.event import Text, quotes_in
from assistant.domain.plan import Plan
from assistant.errors import Unknown
from knowledge.records.records import SqlRecords
from knowledge.records.tables import turn
from tests.house import OTHER, TODAY, Bakery, open_bakery
from ui.present import chats
from ui.present.chats import since_then


@pytest.fixture
def bakery(records: SqlRecords, tmp_path_factory: pytest.TempPathFactory) -> Bakery:
    """The bakery, on each database in turn."""
    return open_bakery(tmp_path_factory.mktemp("bakery"), records)


def talked(desk: Desk, *messages: str) -> Conversation:
    talk = Conversation(desk)
    for message in messages:
        list(talk.say(message))
    return talk


def test_a_conversation_is_resumed_with_its_scope_its_changes_and_everything_shown(bakery: Bakery) -> None:
    talk = talked(
        bakery.desk, "prep Nadia", "draft a plan", "What does she love?", "note that she likes the late shift", "people"
    )
    back = Conversation.resume(bakery.desk, talk.id)
    assert back.turns == talk.turns
    assert back.person is not None
    assert back.person.person.id == "nadia"
    list(back.say("undo"))
    assert all("late shift" not in note.text for note in bakery.desk.person("nadia").notes())
    assert [t.message for t in bakery.desk.conversation(talk.id)[1]][-2:] == ["people", "undo"]
    assert bakery.desk.conversation(talk.id[:-1])[0] == talk.id


def test_conversations_are_listed_and_found_by_what_was_said_or_shown(bakery: Bakery) -> None:
    first = talked(bakery.desk, "What does Nadia love?")
    second = talked(bakery.desk, "prep Jan Sorel")
    assert {row.id for row in bakery.desk.conversations()} == {first.id, second.id}
    assert [row.title for row in bakery.desk.conversations("jan SOREL")] == ["prep Jan Sorel"]
    assert [row.id for row in bakery.desk.conversations("RYE loaves")] == [first.id]
    assert bakery.desk.conversations("zeppelin") == []
    earlier = replace(bakery.desk, today=date(2026, 6, 14))
    assert earlier.conversations() == []


def test_another_account_has_none_of_them(bakery: Bakery) -> None:
    talk = talked(bakery.desk, "prep Nadia")
    assert bakery.foreign.conversations() == []
    assert bakery.foreign.conversations("prep") == []
    for call in (bakery.foreign.conversation, bakery.foreign.delete_conversation):
        with pytest.raises(Unknown) as foreign:
            call(talk.id)
        with pytest.raises(Unknown) as nowhere:
            call("01JNOSUCHCONVERSATION")
        assert str(foreign.value) == str(nowhere.value)
    with pytest.raises(Unknown):
        Conversation.resume(bakery.foreign, talk.id)
    with bakery.house.records.writing(OTHER, TODAY) as shelf:
        shelf.turns.keep(talk.id, replace(talk.turns[0], id="theirs"), [talk.turns[0].id])
    assert [t.id for t in bakery.desk.conversation(talk.id)[1]] == [talk.turns[0].id]


def test_a_deleted_conversation_is_gone_and_what_it_changed_stays(bakery: Bakery) -> None:
    talk = talked(bakery.desk, "prep Nadia", "note that she likes the late shift")
    assert len(bakery.desk.delete_conversation(talk.id).changes) == 2
    assert bakery.desk.conversations() == []
    assert any("late shift" in note.text for note in bakery.desk.person("nadia").notes())


def test_with_a_note_goes_what_was_quoted_of_it_and_the_rest_of_the_talk_stays(bakery: Bakery) -> None:
    talk = talked(bakery.desk, "Nadia", "What does she love?", "help", "note that the Zuckerhut mould broke")
    loves = next(n for n in bakery.desk.person("nadia").notes() if "rye loaves" in n.text)
    mould = next(n for n in bakery.desk.person("nadia").notes() if "Zuckerhut" in n.text)
    bakery.desk.delete_note(mould.id)
    assert "note that the Zuckerhut mould broke" not in [t.message for t in bakery.desk.conversation(talk.id)[1]]
    bakery.desk.delete_note(loves.id)
    left = bakery.desk.conversation(talk.id)[1]
    assert "help" in [t.message for t in left]
    shown = [e.body for t in left for e in t.events]
    assert "rye loaves" not in repr(shown)
    assert all(q.note.id != loves.id for b in shown if isinstance(b, Text) for q in b.quotes)


def test_an_edited_note_is_shown_as_it_was_when_it_was_quoted(bakery: Bakery) -> None:
    talk = talked(bakery.desk, "Nadia", "What does she love?")
    loves = next(n for n in bakery.desk.person("nadia").notes() if "rye loaves" in n.text)
    bakery.desk.edit_note(loves.id, text="She loves something else now.")
    shown = [e.body for t in bakery.desk.conversation(talk.id)[1] for e in t.events]
    assert any("rye loaves" in b.text for b in shown if isinstance(b, Text))


def test_an_export_carries_the_talk_about_a_person_and_the_whole_one_all_of_it(bakery: Bakery) -> None:
    talked(bakery.desk, "help", "prep Nadia", "prep Jan Novak")
    alone = bakery.desk.person("nadia").export()
    assert [row["message"] for row in alone.tables["turn"]] == ["prep Nadia"]
    whole = bakery.desk.export()
    assert {row["message"] for row in whole.tables["turn"]} == {"help", "prep Nadia", "prep Jan Novak"}


def test_an_export_comes_back_equal(bakery: Bakery) -> None:
    talk = talked(bakery.desk, "help", "prep Nadia", "What does she love?")
    whole = bakery.desk.export()
    with bakery.house.records.writing(OTHER, TODAY) as shelf:
        shelf.archive.take(whole, "")
    theirs = bakery.foreign.conversation(talk.id)[1]
    assert [t.message for t in theirs] == [t.message for t in talk.turns]
    assert [len(t.events) for t in theirs] == [len(t.events) for t in talk.turns]
    assert bakery.foreign.export().tables["turn"] == whole.tables["turn"]


def test_merged_people_keep_what_was_said_about_both(bakery: Bakery) -> None:
    talk = talked(bakery.desk, "prep Jan Sorel", "prep Nadia")
    bakery.desk.merge_people("jan1", "jan2")
    turns = bakery.desk.conversation(talk.id)[1]
    assert [t.message for t in turns] == ["prep Jan Sorel", "prep Nadia"]
    assert turns[0].person_id == "jan1"


def test_a_message_with_characters_no_database_keeps_is_kept_without_them(bakery: Bakery) -> None:
    talk = talked(bakery.desk, "What does Nadia \x00 love \ud800?")
    assert [t.message for t in bakery.desk.conversation(talk.id)[1]] == ["What does Nadia \ufffd love ??"]


def test_cards_come_back_as_the_nouns_they_were(bakery: Bakery) -> None:
    talk = talked(bakery.desk, "prep Nadia", "draft a plan")
    bodies = [e.body for t in bakery.desk.conversation(talk.id)[1] for e in t.events]
    assert [b for b in bodies if isinstance(b, Brief)] == [bakery.desk.person("nadia").brief()]
    assert [b for b in bodies if isinstance(b, Plan)] == [bakery.desk.person("nadia").plan()]


def test_two_windows_on_one_conversation_lose_none_of_each_others_turns(bakery: Bakery) -> None:
    talk = talked(bakery.desk, "prep Nadia")
    one, two = Conversation.resume(bakery.desk, talk.id), Conversation.resume(bakery.desk, talk.id)
    list(one.say("help"))
    list(two.say("people"))
    assert {t.message for t in bakery.desk.conversation(talk.id)[1]} == {"prep Nadia", "help", "people"}


@pytest.mark.parametrize(
    "unit",
    [
        {"id": "e", "seq": 0, "kind": "text", "type": "Nothing", "body": {}},
        {"id": "e", "seq": 0, "kind": "text", "type": "Text", "body": {"text": 5}},
        {"id": "e", "seq": 0, "kind": "citation", "type": "Quote", "body": {"$quote": ["nowhere", 1, 0, 1]}},
        {"id": "e", "seq": 0, "kind": "shout", "type": "Text", "body": {"text": "x"}},
        {"type": "Brief"},
    ],
)  # fmt: skip
def test_a_unit_that_does_not_hold_is_not_shown(bakery: Bakery, unit: dict[str, object]) -> None:
    talk = talked(bakery.desk, "help")
    with bakery.house.records.engine.begin() as connection:
        connection.execute(update(turn).values(body={"scope": None, "before": None, "units": [unit]}))
    [kept] = bakery.desk.conversation(talk.id)[1]
    assert (kept.message, kept.events) == ("help", ())


def test_a_brief_in_a_conversation_says_when_a_note_it_stood_on_was_changed_or_deleted(bakery: Bakery) -> None:
    desk = bakery.desk
    id = talked(desk, "prep Nadia", "What does she love?").id
    prep, answer = desk.conversation(id)[1]
    assert (prep.changed, prep.shortened, since_then(prep)) == ((), False, "")
    stood = {quote.note.id for event in prep.events for quote in quotes_in(event.body)}
    (rye,) = (n.id for n in desk.person("nadia").notes() if "proofing baskets" in n.text)
    assert rye in stood
    desk.edit_note(rye, text=f"{desk.note(rye).text} Done.")
    prep, answer = desk.conversation(id)[1]
    assert prep.changed == answer.changed == (rye,)
    assert since_then(prep) == "Since then 1 note was changed that this stands on."
    assert "1 note was changed" in chats.tell_whole([prep], desk)
    desk.delete_note(rye)
    (prep, *_) = desk.conversation(id)[1]
    assert (prep.changed, prep.shortened) == ((), True)
    assert since_then(prep) == "A part of this went with what was deleted since."
    assert all(quote.note.id != rye for event in prep.events for quote in quotes_in(event.body))

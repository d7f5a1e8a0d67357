"""What goes with somebody is listed before it goes: messages of the chat that tell of them, and whole conversations."""

from assistant.conversation import Conversation
from tests.house import Bakery


def test_what_is_listed_of_the_chat_is_what_goes(bakery: Bakery) -> None:
    alone, among = Conversation(bakery.desk), Conversation(bakery.desk)
    list(alone.say("Who shapes the rye loaves?"))  # about nobody; what it shows is Nadia's
    list(among.say("help"))
    list(among.say("prep Nadia"))
    list(Conversation(bakery.desk).say("prep Jan Novak"))
    before = {row.id for row in bakery.desk.conversations()}
    turns = len(among.turns) + len(alone.turns) + 1
    rows = bakery.desk.person("nadia").forget(dry_run=True).rows
    bakery.desk.person("nadia").forget()
    left = {row.id for row in bakery.desk.conversations()}
    kept = sum(len(bakery.desk.conversation(id)[1]) for id in left)
    assert before - left == {alone.id}
    assert (rows["talk"], rows["turn"]) == (1, turns - kept)
    assert rows["turn"] == 2


def test_no_conversation_is_listed_where_none_tells_of_them(bakery: Bakery) -> None:
    list(Conversation(bakery.desk).say("prep Jan Novak"))
    assert not {"talk", "turn"} & bakery.desk.person("nadia").forget(dry_run=True).rows.keys()

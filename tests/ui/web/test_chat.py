"""The conversation on the page: kept, resumed, changed, stopped, and nobody else's."""

import re
from dataclasses import replace
from html import unescape

import pytest

from assistant.actions.read_wish import read_section
from assistant.domain.conversation import KeptTurn, TurnStatus
from assistant.domain.plan import Section
from assistant.domain.understood import Intent, Slot
from assistant.engines.offline.understanding.rules import understand
from assistant.errors import Invalid, Unknown
from tests.ui.web.conftest import MIA, OLE, Office
from tests.ui.web.pressing import buttons, last, press, words
from tests.ui.web.test_show import harmless
from ui.web import show_plan, show_talk, views
from ui.web.around import Around
from ui.web.place import Deed, Place
from ui.web.show_chat import starters
from ui.web.slash import COMMANDS, written_out

ABOUT_DANA = Place(MIA, "chat", "dana")


def say(office: Office, at: Place, message: str) -> views.Screen:
    return press(office, at, "say", message=message)


def test_a_chat_begins_with_the_jobs_and_says_whom_it_is_about_and_what_it_draws_on(office: Office) -> None:
    screen = last(views.look(office.desk(), ABOUT_DANA))
    assert "5 notes" in words(screen.scope) or "notes" in words(screen.scope)
    assert {"Prepare my one-on-one with Dana Reyes", "Draft a plan for Dana Reyes"} <= {
        b["data-id"] for b in buttons(screen.out, "say")
    }
    nobody = last(views.look(office.desk(), Place(MIA, "chat")))
    assert "everybody, each apart" in words(nobody.scope)


def test_a_message_is_answered_unit_by_unit_kept_and_found_again(office: Office) -> None:
    deed = Deed("say", said={"message": "What does she say about invoices?"})
    seen = list(views.screens(office.desk(), ABOUT_DANA, deed))
    assert "What does she say about invoices?" in words(seen[0].out), "the message stands there at once"
    assert "fl-step" in seen[0].out
    assert "fl-step" not in seen[-1].out
    assert "<mark>" in seen[-1].out
    assert 'data-kept="talk"' in seen[-1].notice, "the field is free again"
    place = seen[-1].place
    assert place.talk
    again = last(views.look(office.desk(), Place.read(place.query)))
    assert "What does she say about invoices?" in words(again.out)
    assert "<mark>" in again.out
    listed = last(views.look(office.desk(), Place(MIA, "chat")))
    assert place.talk in listed.out
    assert place.talk in last(views.look(office.desk(), Place(MIA, "chat"), words="invoices")).out
    assert "No conversation holds" in last(views.look(office.desk(), Place(MIA, "chat"), words="zeppelin")).out


def test_a_conversation_of_another_manager_is_as_unknown_as_none(office: Office) -> None:
    place = say(office, ABOUT_DANA, "What does she say about invoices?").place
    for talk in (place.talk, "01zzzzzzzzzzzzzzzzzzzzzzzz"):
        foreign = Place(OLE, "chat", item=f"talk.{talk}")
        for deed in (Deed("go"), Deed("say", said={"message": "And then?"}), Deed("again"), Deed("remove_talk", talk)):
            with pytest.raises(Unknown):
                last(views.screens(office.desk(OLE), foreign, deed))
    assert place.talk not in last(views.look(office.desk(OLE), Place(OLE, "chat"))).out
    assert office.desk().conversation(place.talk)


def test_a_message_is_put_in_other_words_and_an_answer_given_again(office: Office) -> None:
    place = say(office, ABOUT_DANA, "What about the rota?").place
    place = say(office, place, "And the bakery?").place
    first = office.desk().conversation(place.talk)[1][0]
    again = press(office, place, "again")
    assert words(again.out).count("And the bakery?") == 2, "once as said, once in its form"
    changed = press(office, place, "edit_turn", first.id, message="What about invoices?")
    assert "And the bakery?" not in words(changed.out), "what came after falls away"
    assert [t.message for t in office.desk().conversation(place.talk)[1]] == ["What about invoices?"]


def test_a_turn_that_is_stopped_is_kept_with_what_was_shown_and_one_that_is_left_goes_on_to_its_end(
    office: Office,
) -> None:
    place = say(office, ABOUT_DANA, "What about the rota?").place
    deed = Deed("say", said={"message": "Prepare my one-on-one with Dana Reyes"})
    stopped = last(views.screens(office.desk(), place, deed, lambda: True))
    assert "Stopped here. “Answer again” gives the whole of it." in words(stopped.out)
    left = views.screens(office.desk(), place, Deed("say", said={"message": "What about invoices?"}))
    next(left), next(left)
    left.close()  # type: ignore[attr-defined]
    turns = office.desk().conversation(place.talk)[1]
    assert [t.status for t in turns[1:]] == [TurnStatus.STOPPED, TurnStatus.OK]
    whole = last(views.look(office.desk(), place)).out.split("What about invoices?")[-1]
    assert "Stopped here" not in whole
    assert whole.count("fl-cite") == say(office, ABOUT_DANA, "What about invoices?").out.count("fl-cite") > 1
    empty = show_talk.answer(
        "turn", (), show_talk.Sight(place, office.desk().today, {}, newest=True), TurnStatus.STOPPED
    )
    assert "Stopped before there was an answer. “Answer again” gives the whole of it." in empty


def test_what_nobody_looks_at_any_more_is_stopped_when_the_server_ends(office: Office) -> None:
    around = Around()
    around.answering.is_closing = True
    deed = Deed("say", said={"message": "Prepare my one-on-one with Dana Reyes"})
    left = views.screens(office.desk(), ABOUT_DANA, deed, around=around)
    talk = next(left).place.talk
    left.close()  # type: ignore[attr-defined]
    (turn,) = office.desk().conversation(talk)[1]
    assert turn.status is TurnStatus.STOPPED


def test_a_question_of_a_brief_in_the_chat_is_marked_as_asked_of_the_right_person(office: Office) -> None:
    screen = say(office, ABOUT_DANA, "Prepare my one-on-one with Dana Reyes")
    button = buttons(screen.out, "asked")[0]
    press(office, screen.place, "asked", str(button["data-id"]), str(button["data-to"]))
    assert office.desk().person("dana").ledger()[-1].question_id == button["data-id"]
    press(office, screen.place, "later", str(button["data-id"]), str(button["data-to"]))


def test_a_note_said_in_the_chat_is_kept_and_taken_back(office: Office) -> None:
    screen = say(office, ABOUT_DANA, "note that she mended the till drawer")
    assert office.desk().person("dana").notes()[-1].text == "She mended the till drawer"
    undo = next(b for b in buttons(screen.out, "say") if b["data-id"] == "undo")
    assert "Taken back" in words(say(office, screen.place, str(undo["data-id"])).out)
    assert all("till drawer" not in n.text for n in office.desk().person("dana").notes())


def test_a_conversation_is_removed_at_once_and_undo_brings_it_back_where_it_was(office: Office) -> None:
    place = say(office, ABOUT_DANA, "What about the zither?").place
    before = office.desk().conversation(place.talk)
    for at, there in ((place, place.item), (Place(MIA, "chat"), "")):
        gone = press(office, at, "remove_talk", place.talk)
        assert "plans it made stay. Undo works for ten minutes" in words(gone.notice)
        assert gone.place.item == ""
        assert "zither" not in words(gone.out)
        with pytest.raises(Unknown):
            office.desk().conversation(place.talk)
        undo = buttons(gone.notice, "put_back")[0]
        back = press(office, gone.place, "put_back", str(undo["data-id"]), str(undo.get("data-to") or ""))
        assert back.place.item == there
        assert "zither" in words(back.out)
        assert office.desk().conversation(place.talk) == before


def test_a_message_without_words_is_refused(office: Office) -> None:
    with pytest.raises(Invalid):
        say(office, ABOUT_DANA, "   ")


def test_hostile_words_in_a_message_and_in_what_answers_stay_words(office: Office) -> None:
    for message in ("<img src=x onerror=alert(1)> what about invoices?", "What does Petra say about alert(1)?"):
        for screen in views.screens(office.desk(), Place(MIA, "chat", "petra"), Deed("say", said={"message": message})):
            harmless(screen.scope + screen.notice + screen.out)
    harmless(last(views.look(office.desk(), Place(MIA, "chat"))).out)


def test_a_message_that_names_somebody_else_moves_the_conversation_to_them(office: Office) -> None:
    screen = say(office, ABOUT_DANA, "Prepare my one-on-one with Petra Holm")
    assert screen.place.person == "petra"
    assert "Chat about Petra Holm" in words(screen.scope)


@pytest.mark.parametrize(
    ("typed", "sent"),
    [("/prep", "Prepare my one-on-one"), ("/prep Dana", "Prepare my one-on-one with Dana"), ("/PLAN", "Draft a plan"),
     ("/note she sang", "Note that she sang"), ("/ask  who gains?", "who gains?"), ("/note", "/note"),
     ("/etc/passwd is a path", "/etc/passwd is a path"), ("prep Dana", "prep Dana"), ("", "")],
)  # fmt: skip
def test_a_command_is_a_short_way_to_write_a_message(typed: str, sent: str) -> None:
    assert written_out(typed) == sent


def test_a_command_without_words_and_a_huge_message_are_told_before_anything_is_kept(office: Office) -> None:
    before = office.desk().conversations()
    for message in ("/note", " /debrief ", "/ask", "x" * 20_001):
        with pytest.raises(Invalid):
            list(views.screens(office.desk(), ABOUT_DANA, Deed("say", said={"message": message})))
    assert office.desk().conversations() == before


def test_a_new_conversation_has_its_address_from_the_first_word_on(office: Office) -> None:
    screens = views.screens(office.desk(), ABOUT_DANA, Deed("say", said={"message": "What about invoices?"}))
    first = next(screens).place
    assert first.talk
    screens.close()  # type: ignore[attr-defined]
    again = last(views.look(office.desk(), Place.read(first.query)))
    assert "What about invoices?" in again.out
    assert again.place.talk == first.talk


def test_a_conversation_of_another_is_not_there(office: Office) -> None:
    place = last(views.screens(office.desk(), ABOUT_DANA, Deed("say", said={"message": "What about rotas?"}))).place
    with pytest.raises(Unknown):
        last(views.look(office.desk(OLE), Place(OLE, "chat", item=place.item)))


def test_a_question_on_a_card_is_swapped_in_its_place_put_off_and_brought_back(office: Office) -> None:
    place = say(office, ABOUT_DANA, "Prepare my one-on-one with Dana Reyes").place
    shown = last(views.look(office.desk(), place))
    swap = buttons(shown.out, "swap")[1]
    before = [b["data-words"] for b in buttons(shown.out, "asked")]
    after = press(office, place, "swap", str(swap["data-id"]), str(swap["data-to"]))
    now = [b["data-words"] for b in buttons(after.out, "asked")]
    assert len(now) == len(before) == 3
    assert [a == b for a, b in zip(now, before, strict=True)] == [True, False, True]
    assert "1 question was swapped." in words(after.out)
    fresh = buttons(after.out, "later")[1]
    later = press(office, place, "later", str(fresh["data-id"]), str(fresh["data-to"]), words=str(fresh["data-words"]))
    assert "Comes back" in words(later.out), "one that was swapped in is known by its words"
    back = press(office, place, "unswap", str(swap["data-to"]))
    assert [b["data-words"] for b in buttons(back.out, "asked")] == before
    foreign = Place(OLE, "chat", item=place.item)
    deed = Deed("swap", str(swap["data-id"]), str(swap["data-to"]), foreign.query)
    with pytest.raises(Unknown):
        last(views.screens(office.desk(OLE), foreign, deed))


def test_a_conversation_gets_a_name_of_ones_own_is_found_by_it_and_has_a_way_back(office: Office) -> None:
    place = say(office, ABOUT_DANA, "What about the harmonium?").place
    named = press(office, place, "rename_talk", place.talk, title="  Dana <b>and</b> the  quince ")
    assert "Dana <b>and</b> the quince" in words(named.scope)
    harmless(named.scope + named.notice + named.out)
    listed = last(views.look(office.desk(), Place(MIA, "chat"), words="quince"))
    assert place.talk in listed.out
    press(office, place, "edit_turn", office.desk().conversation(place.talk)[1][0].id, message="What about the harp?")
    assert [row.title for row in office.desk().conversations("harp")] == ["Dana <b>and</b> the quince"], "it stays"
    press(office, place, "rename_talk", place.talk)
    assert [row.title for row in office.desk().conversations("harp")] == ["What about the harp?"]
    with pytest.raises(Invalid):
        press(office, place, "rename_talk", place.talk, title="long " * 20)
    with pytest.raises(Unknown):
        last(views.screens(office.desk(OLE), Place(OLE, "chat"), Deed("rename_talk", place.talk, said={"title": "x"})))
    office.desk().delete_conversation(place.talk)


def test_many_conversations_come_a_page_at_a_time(office: Office) -> None:
    desk = office.desk()
    for number in range(33):
        turn = KeptTurn(f"t-{number}", 1, f"Number {number}", desk.clock(), desk.today)
        desk.keep_turn(f"many-{number:02}", turn)
    first = last(views.look(office.desk(), Place(MIA, "chat"))).out
    assert first.count("remove_talk") == 30
    assert "Page 1 of 2" in words(first)
    assert last(views.look(office.desk(), Place(MIA, "chat", item="page.2"))).out.count("remove_talk") >= 3
    for number in range(33):
        office.desk().delete_conversation(f"many-{number:02}")


def test_every_chip_is_understood_and_does_what_it_says(office: Office) -> None:
    person = office.desk().person("dana").person
    wanted = {
        Intent.PEOPLE: ["Whom do I lead"], Intent.NOT_ASKED: ["Whom haven’t I asked"], Intent.PREP: ["Prepare"],
        Intent.PLAN: ["Draft a plan"], Intent.ASK: ["What gave", "Who is better off"], Intent.PROMISES: ["What did I"],
        Intent.REVISE: ["Make the first step", "Propose another customer", "Propose another measure"],
    }  # fmt: skip
    chips = [chip for shown in (starters(None), starters(person), starters(person, beside=True))
             for chip in re.findall(r'data-id="([^"]*)"[^>]*>([^<]*)<', shown)]  # fmt: skip
    read = {unescape(label): understand(unescape(said), (), person.names) for said, label in chips}
    assert len(read) == 10, "the walk has seen every chip"
    for intent, begins in wanted.items():
        for words_of in begins:
            [found] = [act for label, act in read.items() if label.startswith(words_of)]
            assert found.intent is intent, words_of


@pytest.mark.parametrize(
    ("said", "section"), [("another customer", "customer"), ("Change the measure, another one", "measure")]
)
def test_a_chip_beside_a_plan_proposes_another_or_says_that_the_notes_hold_none(
    office: Office, said: str, section: str
) -> None:
    planning = office.desk().person("dana").planning
    [*office.desk().person("dana").drafting()]
    before = planning.newest()
    shown = words(say(office, replace(ABOUT_DANA, item="beside"), said).out)
    after = planning.newest()
    assert after.version == before.version + 1 or f"no other {section}" in shown
    assert "The notes do not say" not in shown


@pytest.mark.parametrize("part", Section)
@pytest.mark.parametrize("which", ["", " of thread 2"])
def test_every_change_that_a_plan_begins_is_read_as_that_part_in_own_words(part: Section, which: str) -> None:
    [begun] = re.findall(r'data-fill="([^"]*)"', show_plan._begin(part, which))
    message = f"{unescape(begun)}show it to Jan"
    found = understand(message, (), ["Dana"])
    assert (found.intent, found.slot(Slot.WISH)) == (Intent.REVISE, "show it to Jan")
    assert read_section(found.slot(Slot.SECTION).removesuffix(" of thread 2")) is part


@pytest.mark.parametrize(
    ("command", "intent"),
    [("/prep Dana", Intent.PREP), ("/prep", Intent.PREP), ("/note she likes the rota", Intent.NOTE),
     ("/debrief Good talk.", Intent.DEBRIEF), ("/plan Dana", Intent.PLAN), ("/plan", Intent.PLAN),
     ("/ask What does Dana love?", Intent.ASK)],
)  # fmt: skip
def test_every_command_of_the_menu_is_understood(command: str, intent: Intent) -> None:
    assert command.removeprefix("/").split()[0] in COMMANDS
    assert understand(written_out(command), (), ["Dana"]).intent is intent

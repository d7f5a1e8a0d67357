"""Writing down on the page: the person found in the words, a talk told and kept with one yes, and nobody else's."""

import pytest

from assistant.domain.meeting import MeetingState
from assistant.domain.note import NoteKind
from assistant.domain.person import Person, PersonId
from assistant.errors import FlourishError, Invalid, Unknown
from tests.ui.web.conftest import MIA, OLE, TODAY, Office
from tests.ui.web.pressing import buttons, last, press, words
from tests.ui.web.test_show import PAYLOADS, harmless
from ui.web import views
from ui.web.place import Deed, Place

WRITE, TALK = Place(MIA, "write"), Place(MIA, "write", item="debrief")
SAID = {"day": "2026-06-15", "kind": "observation"}
TOLD = 'She said "I love the ferry list." I promised to bring her the tide table by Friday.'


def chosen(html: str) -> str:
    select = html.split('name="person"')[1].split("</select>")[0]
    return select.split(" selected")[0].rsplit('value="', 1)[1].rstrip('"')


def test_the_person_is_found_in_the_words_and_nobody_of_another_manager(office: Office) -> None:
    found = last(views.look(office.desk(), WRITE, words="Saw Dana Reyes mend the till."))
    assert chosen(found.out) == "dana"
    assert "Found in your words: Dana Reyes" in words(found.out)
    assert "Name somebody" in words(last(views.look(office.desk(), WRITE, words="Saw somebody.")).out)
    of_dana = Place(MIA, "write", "dana")
    assert "filed under the one chosen here" in words(
        last(views.look(office.desk(), of_dana, words="Saw somebody.")).out
    )
    strange = last(views.look(office.desk(), WRITE, words="Saw Kurt Vale on the forklift.")).out
    assert "Kurt" not in words(strange)
    assert chosen(last(views.look(office.desk(), Place(MIA, "write", "petra"))).out) == "petra"


MAIL = "{before}From: Ruth Ode <ruth@ferry.example>\nTo: Mia\nDate: {day}\nSubject: thanks\n\nDana saved our day.\n"


@pytest.mark.parametrize("where", [WRITE, TALK])
@pytest.mark.parametrize("before", ["", "Got this today:\n\n> "])
def test_a_mail_that_is_pasted_presets_its_own_day_and_says_so(office: Office, where: Place, before: str) -> None:
    pasted = MAIL.format(before=before, day="Tue, 9 Jun 2026 08:14:22 +0000")
    said = last(views.look(office.desk(), where, words=pasted)).out
    assert 'name="day" value="2026-06-09"' in said
    assert "Tue 9 June is the day in the mail you pasted" in words(said)


@pytest.mark.parametrize(
    "pasted",
    [
        "Saw Dana mend the till.",
        "Date: 2026-06-09\nDana mended the till.",
        MAIL.format(before="", day="09/06/2026 08:14"),
        MAIL.format(before="", day="2027-06-09"),
    ],
)
def test_no_other_text_and_no_day_of_two_readings_or_to_come_changes_the_day(office: Office, pasted: str) -> None:
    said = last(views.look(office.desk(), WRITE, words=pasted)).out
    assert f'name="day" value="{TODAY.isoformat()}"' in said
    assert "mail you pasted" not in words(said)


def test_where_one_name_fits_two_nobody_is_preset_and_nothing_is_kept_before_it_is_said(office: Office) -> None:
    desk = office.desk()
    other = desk.add_person(Person(MIA, PersonId("vogel"), "Dana Vogel", role="till"))
    try:
        for where in (WRITE, TALK):
            asked = last(views.look(desk, where, words="Dana cleaned the whole bench and nobody asked her to.")).out
            assert chosen(asked) == ""
            assert "Say which of them you mean" in words(asked)
            assert "Dana Vogel, till" in words(asked)
        assert chosen(last(views.look(desk, WRITE, words="Dana Vogel cleaned it, Dana did.")).out) == other.id
        there = last(views.look(desk, Place(MIA, "write", "dana"), words="Dana cleaned the bench."))
        assert "Your words fit Dana Reyes and Dana Vogel. It is filed under the one chosen here" in words(there.out)
        assert chosen(there.out) == "dana", "on the page of one of them it is said already"
        with pytest.raises(Invalid, match="Whom"):
            press(office, WRITE, "add_note", text="Dana cleaned the bench.", person="", **SAID)
    finally:
        desk.person(other.id).forget()


def test_a_note_is_kept_for_whom_was_chosen_and_needs_somebody(office: Office) -> None:
    kept = press(office, WRITE, "add_note", text="Petra mended the till drawer.", person="petra", **SAID)
    assert "Noted for Petra Holm" in words(kept.notice)
    assert 'data-kept="note:anybody"' in kept.notice
    assert "p=petra" in kept.notice, "what was noted leads to the brief"
    undo = buttons(kept.notice, "unadd_note")[0]
    press(office, WRITE, "unadd_note", str(undo["data-id"]))
    with pytest.raises(Invalid):
        press(office, WRITE, "add_note", text="Somebody did something.", **SAID)
    with pytest.raises(Unknown):
        press(office, WRITE, "add_note", text="Kurt did something.", person="kurt", **SAID)


def test_a_talk_is_kept_at_once_and_what_is_in_it_with_one_yes_that_can_be_taken_back(office: Office) -> None:
    told = press(office, TALK, "debrief", text=TOLD, person="dana", day="2026-06-15")
    dana = office.desk().person("dana")
    note = dana.notes()[-1]
    assert (note.text, note.kind) == (TOLD, NoteKind.DEBRIEF)
    assert any(m.day == TODAY and m.state is MeetingState.HELD for m in dana.meetings())
    assert told.place.pending
    assert "I love the ferry list" in words(told.out)
    assert "You promise" in words(told.out)
    for where in (WRITE, Place(MIA, "today"), Place(MIA, "person", "dana")):
        listed = last(views.look(office.desk(), where)).out
        assert f"pending.{told.place.pending}" in listed, "what was not said yes to is not lost"
        assert "nothing found in them counts before your yes" in words(listed)
        assert {b["data-to"] for b in buttons(listed, "confirm")} == {"all"}
        assert len(buttons(listed, "drop_pending")) == 1
    assert not any("tide table" in p.what for p in dana.promises()), "nothing counts before the yes"
    yes = press(office, told.place, "confirm", told.place.pending, piece_1="on")
    assert "Kept: 1 thing" in words(yes.notice)
    with pytest.raises(FlourishError):
        press(office, told.place, "confirm", told.place.pending, piece_1="on")
    back = press(office, yes.place, "undo_debrief", told.place.pending, "dana")
    assert "Taken back. Your words are kept" in words(back.notice)
    assert back.place.pending
    assert "I love the ferry list" in words(back.out), "what was found waits for a yes again"
    with pytest.raises(FlourishError):
        press(office, yes.place, "undo_debrief", told.place.pending, "dana")
    assert office.desk().note(note.id).text == TOLD, "pressed twice it still takes no words away"
    office.desk().delete_note(note.id)


def test_a_promise_that_was_missed_is_added_beside_what_was_found_which_goes_on_waiting(office: Office) -> None:
    told = press(office, TALK, "debrief", text=TOLD, person="dana", day="2026-06-15")
    assert "A promise is missing?" in words(told.out)
    said = press(
        office, told.place, "add_promise", "dana", what="Call the scanner people", owner="me", due="2026-06-16"
    )
    assert "Written down" in words(said.notice)
    assert said.place.pending == told.place.pending
    assert "I love the ferry list" in words(said.out)
    [added] = [p for p in office.desk().person("dana").promises() if p.what == "Call the scanner people"]
    press(office, said.place, "promise", added.id, "dropped")
    office.desk().undo_debrief(told.place.pending)


def test_only_the_note_may_be_kept(office: Office) -> None:
    told = press(office, TALK, "debrief", text=TOLD, person="dana", day="2026-06-15")
    said = press(office, told.place, "drop_pending", told.place.pending)
    assert office.desk().pending() == ()
    assert not any("tide table" in p.what for p in office.desk().person("dana").promises()), "a no is a no"
    [back] = buttons(said.notice, "debrief_again")
    again = press(office, said.place, "debrief_again", str(back["data-id"]), str(back["data-to"]))
    assert "You promise" in words(again.out)
    yes = press(office, again.place, "confirm", again.place.pending, "all")
    assert any("tide table" in p.what for p in office.desk().person("dana").promises())
    assert "Kept: 2 things" in words(yes.notice)
    with pytest.raises(Unknown):
        last(views.look(office.desk(), told.place))
    office.desk().delete_note(office.desk().person("dana").notes()[-1].id)


def test_what_waits_at_one_desk_is_unknown_at_another(office: Office) -> None:
    told = press(office, TALK, "debrief", text=TOLD, person="dana", day="2026-06-15")
    there = Place(OLE, "write", item=told.place.item)
    for deed in (Deed("go"), Deed("confirm", told.place.pending), Deed("drop_pending", told.place.pending),
                 Deed("undo_debrief", told.place.pending, "dana")):  # fmt: skip
        with pytest.raises(FlourishError):
            last(views.screens(office.desk(OLE), there, deed))
    assert "Dana Reyes" not in last(views.look(office.desk(OLE), Place(OLE, "write"))).out
    press(office, told.place, "drop_pending", told.place.pending)
    office.desk().delete_note(office.desk().person("dana").notes()[-1].id)


@pytest.mark.parametrize("payload", PAYLOADS[:4])
def test_hostile_words_stay_words_while_one_writes_and_when_they_come_back(office: Office, payload: str) -> None:
    harmless(last(views.look(office.desk(), WRITE, words=payload)).out)
    told = press(office, TALK, "debrief", text=f"{TOLD} {payload}", person="dana", day="2026-06-15")
    harmless(told.out + told.notice)
    office.desk().delete_note(office.desk().person("dana").notes()[-1].id)


@pytest.mark.parametrize(
    "said", [{"text": " ", "person": "dana"}, {"text": TOLD}, {"text": TOLD, "person": "dana", "day": "2026-06-16"}]
)
def test_a_talk_that_cannot_be_kept_is_refused_in_a_sentence(office: Office, said: dict[str, str]) -> None:
    before = len(office.desk().person("dana").notes())
    with pytest.raises(Invalid):
        press(office, TALK, "debrief", **{"day": "2026-06-15", **said})
    assert len(office.desk().person("dana").notes()) == before


def test_a_day_that_the_words_of_a_promise_name_is_not_said_twice(office: Office) -> None:
    said = "I promised to bring her the tide table by 24 June. I promised to call the ferry office by Friday."
    told = press(office, TALK, "debrief", text=said, person="dana", day="2026-06-15")
    try:
        found = words(told.out)
        assert "by 24 June" in found
        assert "Wed 24 June" not in found
        assert "by Friday (due Fri 19 June)" in found
    finally:
        office.desk().undo_debrief(told.place.pending)


def test_what_silence_was_asked_for_is_said_to_be_held_back(office: Office) -> None:
    told = "I promised to book it by 30 June. She asked me not to tell the others."
    kept = press(office, TALK, "debrief", text=told, person="dana", day="2026-06-15")
    assert "Held back, because silence was asked for: 1 passage." in words(kept.notice)
    plain = press(office, TALK, "debrief", text="I promised to call Jo by 30 June.", person="dana", day="2026-06-15")
    assert "Held back" not in words(plain.notice)

import re
from collections.abc import Iterator

import pytest

from assistant.domain.note import AiUse, NoteKind
from assistant.domain.promise import PromiseState
from assistant.errors import Invalid, Unknown
from tests.ui.web.conftest import MIA, OLE, TODAY, Office
from tests.ui.web.test_show import Elements, harmless
from ui.web import views
from ui.web.show_people import VIEWS
from ui.web.views import Deed, Place, Screen

DANA = Place(MIA, "dana")


def last(screens: Iterator[Screen]) -> Screen:
    return list(screens)[-1]


def words(html: str) -> str:
    return Elements(html).text


def buttons(html: str, do: str) -> list[dict[str, str | None]]:
    found = []
    for tag in re.findall(r"<button[^>]*>", html):
        attributes = dict(Elements(tag).attributes)
        if attributes.get("data-do") == do:
            found.append(attributes)
    return found


def test_without_a_person_the_page_says_what_choosing_one_brings(office: Office) -> None:
    screen = last(views.look(office.desk(), Place(MIA)))
    assert "Dana Reyes" in screen.side
    assert "you owe 1" in words(screen.side)
    assert "three questions most worth asking" in screen.out


def test_prep_shows_promises_first_and_grows_by_whole_cards(office: Office) -> None:
    seen = [screen.out for screen in views.look(office.desk(), DANA)]
    assert len(seen) >= 3
    assert "pricing course" in seen[0]
    assert "Reading" in words(seen[0])
    assert "fl-question" not in seen[0]
    assert "fl-step" not in seen[-1]
    for html in seen:
        assert html.count("<section") == html.count("</section>")


def test_a_brief_has_the_order_a_manager_needs(office: Office) -> None:
    html = last(views.look(office.desk(), DANA)).out
    assert "since your last one-on-one on Tue 2 June" in words(html)
    mine, theirs = html.index("You promised"), html.index("Dana promised")
    assert mine < theirs < html.index("Since last time") < html.index("fl-questions")
    assert "was due" in words(html[mine:theirs])
    assert html.count("If you ask only one") == 1


def test_every_screen_says_whom_and_which_day_it_is_about(office: Office) -> None:
    for view in VIEWS:
        for screen in views.look(office.desk(), Place(MIA, "dana", view)):
            assert "Dana Reyes" in screen.scope
            assert "Mon 15 June 2026" in screen.scope
            assert f"p=dana&amp;v={view}" in screen.scope


def test_a_citation_in_the_brief_marks_words_that_stand_in_the_note(office: Office) -> None:
    html = last(views.look(office.desk(), DANA)).out
    marked = re.findall(r"<mark>(.*?)</mark>", html)
    assert len(marked) >= 3
    notes = " ".join(note.text for note in office.desk().person("dana").notes())
    assert all(Elements(mark).text in notes for mark in marked)


def test_a_promise_is_ticked_off_and_opened_again_by_its_undo(office: Office) -> None:
    before = last(views.look(office.desk(), DANA)).out
    tick = next(b for b in buttons(before, "promise") if "pricing course" in str(b["aria-label"]))
    done = last(views.screens(office.desk(), DANA, Deed("promise", str(tick["data-id"]), "done")))
    assert "Ticked off" in words(done.notice)
    assert "You promised" not in done.out
    undo = buttons(done.notice, "promise")[0]
    back = last(views.screens(office.desk(), DANA, Deed("promise", str(undo["data-id"]), str(undo["data-to"]))))
    assert "You promised" in back.out
    states = {p.state for p in office.desk().person("dana").promises()}
    assert PromiseState.DONE not in states


def test_evidence_is_confirmed_taken_back_and_rejected(office: Office) -> None:
    profile = Place(MIA, "dana", "profile")
    html = last(views.look(office.desk(), profile)).out
    item = buttons(html, "evidence")[0]["data-id"]
    confirmed = last(views.screens(office.desk(), profile, Deed("evidence", str(item), "confirmed")))
    assert "you confirmed this" in confirmed.out
    undone = last(views.screens(office.desk(), profile, Deed("evidence", str(item), "suggested")))
    assert "you confirmed this" not in undone.out
    rejected = last(views.screens(office.desk(), profile, Deed("evidence", str(item), "rejected")))
    facets, aside = rejected.out.split('id="fl-rejected"')
    assert f'data-id="{item}"' not in facets
    assert "1 quote you rejected" in words(aside)
    back = next(b for b in buttons(aside, "evidence") if b["data-id"] == item)
    again = last(views.screens(office.desk(), profile, Deed("evidence", str(item), str(back["data-to"]))))
    assert "fl-rejected" not in again.out
    assert f'data-id="{item}"' in again.out


def test_the_people_list_says_whose_one_on_one_is_due_or_late(office: Office) -> None:
    dana = office.desk().person("dana")
    dana.edit(cadence_days=7)
    assert "one-on-one 6 days late" in words(last(views.look(office.desk(), Place(MIA))).side)
    dana.edit(cadence_days=28)
    assert "due Tue 30 June" in words(last(views.look(office.desk(), Place(MIA))).side)
    dana.edit(cadence_days=None)
    assert "late" not in words(last(views.look(office.desk(), Place(MIA))).side)


def test_the_timeline_shows_where_notes_about_others_name_somebody(office: Office) -> None:
    petra = office.desk().person("petra")
    note = petra.add_note("She went through the refunds with Dana Reyes. She is on sick leave from Monday.", day=TODAY)
    html = last(views.look(office.desk(), Place(MIA, "dana", "timeline"))).out
    aside = words(html.split("fl-mentions")[-1])
    assert "from a note about Petra Holm" in aside
    assert "refunds with Dana Reyes" in aside
    assert "sick leave" not in words(html)
    office.desk().delete_note(note.id)
    assert "fl-mentions" not in last(views.look(office.desk(), Place(MIA, "dana", "timeline"))).out


def test_a_profile_says_state_by_sign_and_word_and_never_a_score(office: Office) -> None:
    text = words(last(views.look(office.desk(), Place(MIA, "dana", "profile"))).out)
    assert re.search(r"Passion\s+[○◔●◌] (unknown|hinted|confirmed|stale)", text)
    assert not re.search(r"\d+ ?%|\d/10|score", text)


def test_a_question_is_marked_as_asked_and_may_be_called_back(office: Office) -> None:
    html = last(views.look(office.desk(), DANA)).out
    first = str(buttons(html, "asked")[0]["data-id"])
    asked = last(views.screens(office.desk(), DANA, Deed("asked", first)))
    assert "rests for half a year" in words(asked.notice)
    assert first not in {b["data-id"] for b in buttons(asked.out, "asked")}
    later = last(views.screens(office.desk(), DANA, Deed("later", first)))
    assert "come back" in words(later.notice)


def test_a_plan_is_drafted_kept_and_shows_links_or_gaps(office: Office) -> None:
    place = Place(MIA, "dana", "plan")
    assert "No plan yet" in last(views.look(office.desk(), place)).out
    drafted = last(views.screens(office.desk(), place, Deed("draft"))).out
    for link in ("passion", "talent", "customer", "value"):
        assert f'data-link="{link}"' in drafted
    assert "First step" in drafted
    again = words(last(views.look(office.desk(), place)).out)
    assert "version 1" in again


def test_a_note_is_kept_echoed_and_taken_back(office: Office) -> None:
    text = "She explained the dunning run to two clerks."
    kept = last(views.add_note(office.desk(), DANA, text, TODAY, NoteKind.OBSERVATION, AiUse.ALLOWED))
    assert "Noted for Dana Reyes" in words(kept.notice)
    assert text in words(kept.out)
    undo = buttons(kept.notice, "delete_note")[0]
    gone = last(views.screens(office.desk(), kept.place, Deed("delete_note", str(undo["data-id"]))))
    assert text not in words(gone.out)
    assert all(note.text != text for note in office.desk().person("dana").notes())


def test_an_answer_comes_from_the_notes_with_its_dates_and_names_the_person(office: Office) -> None:
    seen = list(views.ask(office.desk(), DANA, "What does she say about invoices?"))
    assert "Reading the notes on Dana" in words(seen[0].out)
    answer = seen[-1].out
    assert "You asked about Dana Reyes" in words(answer)
    assert "<mark>" in answer
    assert "<time" in answer


def test_a_question_that_names_somebody_else_moves_the_whole_page(office: Office) -> None:
    seen = list(views.ask(office.desk(), DANA, "What did Petra Holm say?"))
    assert seen[-1].place.person == "petra"
    assert "Petra Holm" in seen[-1].scope
    assert "You asked about Petra Holm" in words(seen[-1].out)


@pytest.mark.parametrize("question", ["", "   ", "x" * 501])
def test_a_question_without_words_or_without_end_is_refused(office: Office, question: str) -> None:
    with pytest.raises(Invalid):
        last(views.ask(office.desk(), DANA, question))


@pytest.mark.parametrize("view", VIEWS)
def test_hostile_words_in_notes_stay_words_in_every_view(office: Office, view: str) -> None:
    for screen in views.look(office.desk(), Place(MIA, "petra", view)):
        for html in (screen.side, screen.scope, screen.notice, screen.out):
            harmless(html)


def test_hostile_words_in_a_question_stay_words(office: Office) -> None:
    for screen in views.ask(office.desk(), DANA, "<img src=x onerror=alert(1)> what about invoices?"):
        harmless(screen.out)


@pytest.mark.parametrize("view", VIEWS)
def test_a_person_of_another_manager_is_as_unknown_as_nobody(office: Office, view: str) -> None:
    told = []
    for id in ("kurt", "zzz9"):
        with pytest.raises(Unknown) as caught:
            last(views.look(office.desk(), Place(MIA, id, view)))
        told.append(str(caught.value).replace(id, "?"))
    assert told[0] == told[1]


def test_nothing_of_another_manager_s_people_can_be_changed_by_its_id(office: Office) -> None:
    kurt = office.desk(OLE).person("kurt")
    note = kurt.notes()[0]
    for deed in (Deed("delete_note", note.id), Deed("promise", "p000000000000", "done"),
                 Deed("evidence", "e000000000000", "confirmed")):  # fmt: skip
        with pytest.raises(Unknown):
            last(views.screens(office.desk(), DANA, deed))
    assert [n.id for n in kurt.notes()] == [note.id]


@pytest.mark.parametrize(
    "said",
    [None, 3, "x", ["do"], {"do": 1}, {"do": "promise", "id": {}}, {"do": "x" * 501}, {"do": "person", "to": []}],
)
def test_event_data_that_no_button_sends_is_refused(said: object) -> None:
    with pytest.raises(Invalid):
        Deed.of(said)


@pytest.mark.parametrize("deed", [Deed("fly"), Deed("view", to="admin"), Deed("promise", "p1", "burnt"), Deed("")])
def test_a_deed_that_does_not_exist_is_refused(office: Office, deed: Deed) -> None:
    with pytest.raises(Invalid):
        last(views.screens(office.desk(), DANA, deed))


def test_a_long_timeline_begins_with_the_newest_and_shows_all_on_request(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "AT_FIRST", 2)
    place = Place(MIA, "dana", "timeline")
    short = last(views.look(office.desk(), place)).out
    assert "bakery called" in short
    assert 'messy invoice,"' not in words(short)
    more = buttons(short, "view")[0]
    deed = Deed("view", str(more["data-id"]), str(more["data-to"]))
    assert "pricing course" in words(last(views.screens(office.desk(), place, deed)).out)


def test_somebody_without_notes_gets_screens_that_teach(office: Office) -> None:
    from assistant.domain.person import Person, PersonId

    office.desk(OLE).add_person(Person(OLE, PersonId("new"), "Nia New"))
    for view, hint in (("timeline", "Add the first note"), ("note", "The first note"), ("plan", "No plan yet")):
        assert hint in words(last(views.look(office.desk(OLE), Place(OLE, "new", view))).out)
    assert "little to go on" in words(last(views.look(office.desk(OLE), Place(OLE, "new", "prep"))).out)


def test_a_link_of_a_plan_that_lost_its_note_says_so_and_repeats_no_word_of_it(office: Office) -> None:
    place, desk = Place(MIA, "dana", "plan"), office.desk()
    note = desk.person("dana").add_note(
        '"I love untangling the ferry tariffs best of all my work," she said.', day=TODAY, kind=NoteKind.ONE_ON_ONE
    )
    desk.person("dana").draft_plan()
    drafted = desk.person("dana").plan()
    assert drafted is not None
    stood = [q.note.id for t in drafted.threads for q in t.passion.quotes]
    for note_id in {*stood, note.id}:
        text = desk.note(note_id).text
        desk.edit_note(note_id, text="Something else altogether.")
        html = last(views.look(desk, place)).out
        assert all(part not in words(html) for part in ("ferry tariffs", "messy invoice") if part in text)
        desk.edit_note(note_id, text=text)
    desk.delete_note(note.id)
    assert stood, "the draft quotes a passion"
    assert "ferry tariffs" not in last(views.look(desk, place)).out

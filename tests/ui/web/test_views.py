import re

import pytest

from assistant.domain.evidence import EvidenceState, Topic
from assistant.domain.meeting import MeetingState
from assistant.domain.note import NoteKind
from assistant.domain.person import Person, PersonId
from assistant.domain.profile import FacetState
from assistant.domain.promise import PromiseState
from assistant.errors import Invalid, UngroundedEvidence, Unknown
from tests.ui.web.conftest import MIA, OLE, TODAY, Office
from tests.ui.web.pressing import buttons, last, press, words
from tests.ui.web.test_show import Elements, harmless
from ui.web import views
from ui.web.place import VIEWS, Deed, Place

DANA = Place(MIA, "person", "dana")


def test_the_first_page_says_whom_to_meet_what_is_owed_and_what_waits(office: Office) -> None:
    seen = [screen.out for screen in views.look(office.desk(), Place(MIA))]
    assert "pricing course" in words(seen[0]), "what is owed is there before anything slow"
    assert "was due Thu 30 April" in words(seen[0])
    text = words(seen[-1])
    assert text.index("What you owe") < text.index("Is it so?")
    assert "for Dana Reyes’s" in text
    assert "CANARY-OF-OLE" not in text


def test_nobody_of_another_manager_is_on_the_first_page_or_the_list(office: Office) -> None:
    for place in (Place(OLE), Place(OLE, "people")):
        for screen in views.look(office.desk(OLE), place):
            text = words(screen.scope + screen.out) + " ".join(row.person.name for row in screen.rows)
            assert "Dana" not in text
            assert "Petra" not in text


def test_a_promise_is_ticked_off_on_the_first_page_and_undone_there(office: Office) -> None:
    tick = buttons(last(views.look(office.desk(), Place(MIA))).out, "promise")[0]
    done = press(office, Place(MIA), "promise", str(tick["data-id"]), "done")
    assert "pricing course" not in words(done.out)
    undo = buttons(done.notice, "promise")[0]
    back = press(office, Place(MIA), "promise", str(undo["data-id"]), str(undo["data-to"]))
    assert "pricing course" in words(back.out)


def test_the_list_of_people_fills_its_signs_in_a_second_step_and_is_found_by_beginnings_of_words(
    office: Office,
) -> None:
    place = Place(MIA, "people")
    seen = [screen.out for screen in views.look(office.desk(), place)]
    assert "fl-bone" in seen[0]
    assert "fl-bone" not in seen[-1]
    assert re.search(r"[○◔◕●◌] (unknown|hinted|known|confirmed|stale)", words(seen[-1]))
    found = last(views.look(office.desk(), place, words="rey")).out
    assert "Dana Reyes" in found
    assert "Petra" not in found
    assert "Nobody fits" in last(views.look(office.desk(), place, words="eyes")).out
    owed = last(views.look(office.desk(), Place(MIA, "people", item="owed"))).out
    assert "Dana Reyes" in owed


def test_a_list_of_many_is_shown_a_page_at_a_time(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.web.show_people.ROWS", 1)
    first = last(views.look(office.desk(), Place(MIA, "people"))).out
    assert "Dana Reyes" in first
    assert "Petra Holm" not in first
    assert "i=all-2" in first
    second = last(views.look(office.desk(), Place(MIA, "people", item="all-2"))).out
    assert "Petra Holm" in second
    assert "Dana Reyes" not in second


def test_prep_shows_promises_first_and_grows_by_whole_cards(office: Office) -> None:
    seen = [screen.out for screen in views.look(office.desk(), DANA)]
    assert len(seen) >= 3
    assert "pricing course" in seen[0]
    assert "Looking for the questions" in words(seen[0])
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


def test_the_note_of_the_last_one_on_one_is_no_new_one(office: Office) -> None:
    assert "1 note since your last one-on-one on Tue 2 June" in words(last(views.look(office.desk(), DANA)).out)


def test_every_screen_says_whom_and_which_day_it_is_about(office: Office) -> None:
    for view in VIEWS:
        for screen in views.look(office.desk(), Place(MIA, "person", "dana", view)):
            assert "Dana Reyes" in screen.scope
            assert "Mon 15 June 2026" in screen.scope
            assert f"p=dana&amp;v={view}" in screen.scope
            assert f"{VIEWS[view].lower()} · Flourish" in screen.scope


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
    profile = Place(MIA, "person", "dana", "profile")
    html = last(views.look(office.desk(), profile)).out
    item = next(b for b in buttons(html, "evidence") if "refund" in str(b["aria-label"]))["data-id"]
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


def test_what_a_quote_is_about_is_put_right_and_undone(office: Office) -> None:
    profile = Place(MIA, "person", "dana", "profile")
    item = next(e for e in office.desk().person("dana").evidence() if e.topic is Topic.PASSION)
    made = press(office, profile, "adjust", item.id, topic="talent", words="sorting out a messy invoice")
    assert "Adjusted and confirmed" in words(made.notice)
    states = {e.id: e.state for e in office.desk().person("dana").evidence()}
    assert states[item.id] is EvidenceState.REJECTED
    undo = buttons(made.notice, "unadjust")[0]
    press(office, profile, "unadjust", str(undo["data-id"]), str(undo["data-to"]))
    assert {e.id: e.state for e in office.desk().person("dana").evidence()}[item.id] is EvidenceState.SUGGESTED
    with pytest.raises(UngroundedEvidence):
        press(office, profile, "adjust", item.id, topic="talent", words="words that stand nowhere")
    with pytest.raises(Invalid):
        press(office, profile, "adjust", item.id, topic="mood")


def test_the_list_says_whose_one_on_one_is_due_or_late_and_the_first_page_puts_them_first(office: Office) -> None:
    dana = office.desk().person("dana")
    people = Place(MIA, "people")
    dana.edit(cadence_days=7)
    assert "6 days late" in words(last(views.look(office.desk(), people)).out)
    assert "Next conversations" in words(last(views.look(office.desk(), Place(MIA))).out)
    assert "Petra" not in words(last(views.look(office.desk(), Place(MIA, "people", item="late"))).out)
    dana.edit(cadence_days=28)
    assert "due Tue 30 June" in words(last(views.look(office.desk(), people)).out)
    dana.edit(cadence_days=None)
    assert "late" not in words(last(views.look(office.desk(), people)).out)


def test_promises_of_both_sides_are_kept_settled_and_opened_again(office: Office) -> None:
    place = Place(MIA, "person", "dana", "promises")
    made = press(office, place, "add_promise", what="Bring  the\nsummer rota", owner="them", due="2026-06-30")
    assert "Written down: “Bring the summer rota”" in words(made.notice)
    assert "data-kept" in made.notice
    tick = next(b for b in buttons(made.out, "promise") if "summer rota" in str(b["aria-label"]))
    done = press(office, place, "promise", str(tick["data-id"]), "done")
    assert "Kept, or dropped" in words(done.out)
    again = next(b for b in buttons(done.out, "promise") if "Open again: Bring" in str(b["aria-label"]))
    assert "due Tue 30 June" in words(press(office, place, "promise", str(again["data-id"]), "open").out)
    press(office, place, "promise", str(tick["data-id"]), "dropped")
    for wrong in ({"what": " "}, {"what": "x" * 401}, {"what": "A rota", "due": "soon"}):
        with pytest.raises(Invalid):
            press(office, place, "add_promise", **wrong)


def test_the_timeline_shows_where_notes_about_others_name_somebody(office: Office) -> None:
    petra = office.desk().person("petra")
    note = petra.add_note("She went through the refunds with Dana Reyes. She is on sick leave from Monday.", day=TODAY)
    html = last(views.look(office.desk(), Place(MIA, "person", "dana", "notes"))).out
    aside = words(html.split("fl-mentions")[-1])
    assert "from a note about Petra Holm" in aside
    assert "refunds with Dana Reyes" in aside
    assert "sick leave" not in words(html)
    office.desk().delete_note(note.id)
    assert "fl-mentions" not in last(views.look(office.desk(), Place(MIA, "person", "dana", "notes"))).out


def test_a_profile_says_state_by_sign_and_word_and_never_a_score(office: Office) -> None:
    text = words(last(views.look(office.desk(), Place(MIA, "person", "dana", "profile"))).out)
    assert re.search(r"Passion\s+[○◔◕●◌] (unknown|hinted|known|confirmed|stale)", text)
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
    place = Place(MIA, "person", "dana", "plan")
    assert "No plan yet" in last(views.look(office.desk(), place)).out
    drafted = last(views.screens(office.desk(), place, Deed("draft"))).out
    for link in ("passion", "talent", "customer", "value"):
        assert f'data-link="{link}"' in drafted
    assert "First step" in drafted
    again = words(last(views.look(office.desk(), place)).out)
    assert "version 1" in again


@pytest.mark.parametrize("view", VIEWS)
def test_hostile_words_in_notes_stay_words_in_every_view(office: Office, view: str) -> None:
    for screen in views.look(office.desk(), Place(MIA, "person", "petra", view)):
        for html in (screen.scope, screen.notice, screen.out):
            harmless(html)


@pytest.mark.parametrize("page", ["today", "people"])
def test_hostile_words_stay_words_on_the_pages_about_everybody(office: Office, page: str) -> None:
    for screen in views.look(office.desk(), Place(MIA, page)):
        harmless(screen.scope + screen.out)


@pytest.mark.parametrize("view", VIEWS)
def test_a_person_of_another_manager_is_as_unknown_as_nobody(office: Office, view: str) -> None:
    told = []
    for id in ("kurt", "zzz9"):
        with pytest.raises(Unknown) as caught:
            last(views.look(office.desk(), Place(MIA, "person", id, view)))
        told.append(str(caught.value).replace(id, "?"))
    assert told[0] == told[1]


def test_nothing_of_another_manager_s_people_can_be_changed_by_its_id(office: Office) -> None:
    kurt = office.desk(OLE).person("kurt")
    note = kurt.notes()[0]
    said = {"text": "x", "day": "2026-06-15", "kind": "misc"}
    for deed in (
        Deed("remove_note", note.id), Deed("unadd_note", note.id),
        Deed("promise", "p000000000000", "done"), Deed("move_note", note.id, "dana"),
        Deed("evidence", "e000000000000", "confirmed"), Deed("adjust", "e000000000000", said={"topic": "talent"}),
        Deed("edit_note", note.id, said={**said, "text": "Mine now."}), Deed("reword_note", note.id),
        Deed("add_note", "kurt", said=said), Deed("put_back", "0123456789abcdef", "note"),
    ):  # fmt: skip
        with pytest.raises((Unknown, Invalid)):
            last(views.screens(office.desk(), DANA, deed))
    assert [n.id for n in kurt.notes()] == [note.id]


@pytest.mark.parametrize(
    "said",
    [
        None,
        3,
        "x",
        ["do"],
        {"do": 1},
        {"do": "promise", "id": {}},
        {"do": "x" * 501},
        {"do": "go", "to": []},
        {"do": "add_note", "text": 1},
        {"do": "add_note", "Text": "x"},
        {"do": "add_note", "text": "x" * 60_001},
        {"do": "x", **{f"f{n}": "" for n in range(130)}},
    ],
)
def test_event_data_that_no_button_sends_is_refused(said: object) -> None:
    with pytest.raises(Invalid):
        Deed.of(said)


@pytest.mark.parametrize(
    "deed", [Deed("fly"), Deed("evidence", "e1", "burnt"), Deed("promise", "p1", "burnt"), Deed("")]
)
def test_a_deed_that_does_not_exist_is_refused(office: Office, deed: Deed) -> None:
    with pytest.raises(Invalid):
        last(views.screens(office.desk(), DANA, deed))


def test_somebody_without_notes_gets_screens_that_teach(office: Office) -> None:
    office.desk(OLE).add_person(Person(OLE, PersonId("new"), "Nia New"))
    for view, hint in (("notes", "The first note"), ("asked", "Nothing asked yet"), ("plan", "No plan yet")):
        assert hint in words(last(views.look(office.desk(OLE), Place(OLE, "person", "new", view))).out)
    assert "little to go on" in words(last(views.look(office.desk(OLE), Place(OLE, "person", "new", "prep"))).out)


def test_a_link_of_a_plan_that_lost_its_note_says_so_and_repeats_no_word_of_it(office: Office) -> None:
    place, desk = Place(MIA, "person", "dana", "plan"), office.desk()
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


def test_a_facet_is_called_confirmed_only_once_the_manager_confirmed_a_quote_of_it(office: Office) -> None:
    person = office.desk().person("dana")
    for item in person.evidence():
        office.desk().judge_evidence(item.id, EvidenceState.SUGGESTED)
    assert person.profile().passion.state is FacetState.CONFIRMED, "said by herself on two days"
    at = Place(MIA, "person", "dana", "profile")
    for place in (at, Place(MIA, "people"), Place(MIA, "team")):
        text = words(last(views.look(office.desk(), place)).out)
        assert "◕ known" in text
        assert "● confirmed" not in text
    mine = next(item for item in person.evidence() if item.topic is Topic.PASSION)
    screen = press(office, at, "evidence", mine.id, "confirmed")
    assert re.search(r"Passion\s+● confirmed", words(screen.out))
    assert "● confirmed" in words(last(views.look(office.desk(), Place(MIA, "team"))).out)
    office.desk().judge_evidence(mine.id, EvidenceState.SUGGESTED)


def test_on_the_day_of_a_talk_the_brief_says_that_it_looks_at_the_time_before(office: Office) -> None:
    desk = office.desk()
    nia = desk.add_person(Person(MIA, PersonId("nia"), "Nia New"))
    assert "not met yet, as far as your notes tell" in words(last(views.look(desk, Place(MIA))).out)
    assert "last met not" not in words(last(views.look(desk, Place(MIA))).out)
    desk.person(nia.id).keep_meeting(TODAY, MeetingState.HELD)
    desk.person("dana").keep_meeting(TODAY, MeetingState.HELD)
    for who, then in (("nia", "60 days: 0 notes"), ("dana", "1 note since the one-on-one on Tue 2 June")):
        said = words(last(views.look(desk, Place(MIA, "person", who))).out)
        assert "Today’s talk is kept; this looks at the time before it." in said
        assert then in said
        assert "No one-on-one on record" not in said
    desk.person("dana").take_meeting_back(TODAY, None)
    desk.person(nia.id).forget()


def test_all_that_the_first_page_counts_as_waiting_is_found_on_the_profile(office: Office) -> None:
    desk = office.desk()
    nia = desk.person(desk.add_person(Person(MIA, PersonId("nia"), "Nia New")).id)
    told = '"The old scanner slows me down every single morning," she said. "I hope to run the night desk one day."'
    nia.add_note(told, day=TODAY, kind=NoteKind.ONE_ON_ONE)
    nia.add_note('"I love sorting out a messy invoice," she said.', day=TODAY, kind=NoteKind.ONE_ON_ONE)
    waits = [item for one in desk.waiting([nia.person.id]) for item in one.items]
    assert {item.topic.facet for item in waits} > {None}, "some of it stands under none of the three"
    html = last(views.look(desk, Place(MIA, "person", "nia", "profile"))).out
    found = {b["data-id"] for b in buttons(html, "evidence")}
    assert {item.id for item in waits} <= found
    nia.forget()


def test_a_facet_of_which_only_a_faint_find_is_there_offers_it(office: Office) -> None:
    desk = office.desk()
    nia = desk.person(desk.add_person(Person(MIA, PersonId("nia"), "Nia New")).id)
    nia.add_note("First day. Likes the corner bakery; opinion on their rolls was firm.", day=TODAY, kind=NoteKind.MISC)
    item = next(i for i in nia.evidence() if i.topic is Topic.PASSION)
    assert not item.is_sign
    facet = last(views.look(desk, Place(MIA, "person", "nia", "profile"))).out.split('id="fl-facet-passion"')[1]
    said = words(facet.split("</section>")[0])
    assert "I found no sentence I am sure of. Could this be it?" in re.sub(r"\s*Could", " Could", said)
    assert "corner bakery" in said
    assert "no note" not in said.lower()
    confirmed = press(office, Place(MIA, "person", "nia", "profile"), "evidence", item.id, "confirmed")
    assert "Could this be it?" not in words(confirmed.out.split('id="fl-facet-passion"')[1].split("</section>")[0])
    nia.forget()


def test_a_huge_message_is_answered_with_its_length_and_what_to_do() -> None:
    with pytest.raises(Invalid) as told:
        Deed.of({"do": "say", "message": "x" * 100_000})
    assert "100,000 characters" in str(told.value)
    assert "in parts" in str(told.value)
    assert "note" not in str(told.value)

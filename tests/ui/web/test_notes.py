import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest

from assistant.domain.evidence import EvidenceState
from assistant.domain.note import AiUse, NoteKind, Sharing
from assistant.domain.promise import PromiseState
from assistant.errors import Refused, Unknown
from tests.ui.web.conftest import MIA, TODAY, Office
from tests.ui.web.pressing import buttons, last, press, words
from tests.ui.web.test_show import harmless
from ui.web import views
from ui.web.place import VIEWS, Place
from ui.web.views import Screen

NOTES_OF_DANA = Place(MIA, "person", "dana", "notes")


def add(office: Office, text: str) -> tuple[Screen, str]:
    kept = press(office, NOTES_OF_DANA, "add_note", "dana", text=text, day="2026-06-15", kind="observation")
    return kept, office.desk().person("dana").notes()[-1].id


def test_a_note_is_kept_echoed_and_taken_back(office: Office) -> None:
    text = "She explained the dunning run to two clerks."
    kept, _ = add(office, text)
    assert "Noted for Dana Reyes" in words(kept.notice)
    assert text in words(kept.out)
    undo = buttons(kept.notice, "unadd_note")[0]
    gone = press(office, kept.place, "unadd_note", str(undo["data-id"]))
    assert text not in words(gone.out + gone.notice)
    assert all(note.text != text for note in office.desk().person("dana").notes())


def test_a_note_is_changed_in_its_place_and_put_back_as_it_was(office: Office) -> None:
    _, id = add(office, "She explained the dunning run.")
    opened = last(views.look(office.desk(), replace(NOTES_OF_DANA, item=f"note.{id}")))
    assert 'data-do="edit_note"' in opened.out
    said = {"text": "She showed the dunning run.", "day": "2026-06-14", "kind": "misc", "closed": "on",
            "shareable": "on", "person": "dana"}  # fmt: skip
    saved = press(office, opened.place, "edit_note", id, "1", **said)
    assert saved.place.item == ""
    note = office.desk().note(id)
    assert (note.text, note.day, note.kind) == ("She showed the dunning run.", date(2026, 6, 14), NoteKind.MISC)
    assert (note.ai, note.sharing) == (AiUse.NEVER, Sharing.SHAREABLE)
    assert "kept out of briefs and plans" in words(saved.out)
    assert "may be shown" in words(saved.out)
    with pytest.raises(Refused):
        press(office, opened.place, "edit_note", id, "1", **said)
    press(office, saved.place, "reword_note", id, **fields(saved.notice))
    back = office.desk().note(id)
    assert (back.text, back.day, back.kind) == ("She explained the dunning run.", TODAY, NoteKind.OBSERVATION)
    assert (back.ai, back.sharing) == (AiUse.ALLOWED, Sharing.PRIVATE)
    office.desk().delete_note(id)


def test_a_changed_note_says_what_no_longer_rests_on_it(office: Office) -> None:
    _, id = add(office, "I will bring the ferry list by Friday. The quay was calm.")
    said = {"day": "2026-06-15", "kind": "observation", "person": "dana"}
    kept = "I will bring the ferry list by Friday. The quay was loud."
    around = press(office, NOTES_OF_DANA, "edit_note", id, "1", **said, text=kept)
    assert "no longer" not in words(around.notice)
    gone = press(office, NOTES_OF_DANA, "edit_note", id, "2", **said, text="The quay was loud.")
    assert "This rested on it and does no longer: a promise comes from it" in words(gone.notice)
    office.desk().delete_note(id)


def test_a_note_is_filed_under_somebody_else_and_back(office: Office) -> None:
    _, id = add(office, "The wrong page: this was about Petra.")
    said = {"text": office.desk().note(id).text, "day": "2026-06-15", "kind": "observation", "person": "petra"}
    moved = press(office, NOTES_OF_DANA, "edit_note", id, "1", **said)
    assert "now with Petra Holm" in words(moved.notice)
    assert "wrong page" not in words(moved.out)
    press(office, NOTES_OF_DANA, "reword_note", id, **fields(moved.notice))
    assert office.desk().note(id).person_id == "dana"
    with pytest.raises(Unknown):
        press(office, NOTES_OF_DANA, "edit_note", id, **{**said, "person": "kurt"})
    office.desk().delete_note(id)


def test_a_removed_note_is_nowhere_at_once_and_undo_brings_it_back_with_all_that_rested_on_it(office: Office) -> None:
    text = 'I will bring the ferry list by Friday. "I love the ferry list," she said.'
    _, id = add(office, text)
    desk, dana = office.desk(), office.desk().person("dana")
    item = next(each for each in dana.evidence() if each.note.id == id)
    desk.judge_evidence(item.id, EvidenceState.CONFIRMED)
    promise = next(each for each in dana.promises() if "ferry" in each.what)
    desk.settle_promise(promise.id, PromiseState.DONE)
    before = (desk.note(id), dana.evidence(), dana.promises(), dana.brief(), desk.export())
    gone = press(office, NOTES_OF_DANA, "remove_note", id)
    assert "with 2 things that rested on it. Undo works for ten minutes" in words(gone.notice)
    for page in (gone, *(last(views.look(office.desk(), Place(MIA, "person", "dana", view))) for view in VIEWS)):
        assert "ferry" not in words(page.out)
    assert not any("ferry" in hit.note.text for hit in desk.search("ferry list").hits)
    assert "ferry" not in repr(desk.export())
    undo = buttons(gone.notice, "put_back")[0]
    back = press(office, gone.place, "put_back", str(undo["data-id"]), str(undo["data-to"]))
    assert "back, with everything that rested on it" in words(back.notice)
    assert text in words(back.out)
    assert (desk.note(id), dana.evidence(), dana.promises(), dana.brief(), desk.export()) == before
    with pytest.raises(Unknown, match="no longer be undone"):
        press(office, gone.place, "put_back", str(undo["data-id"]), "note")
    desk.delete_note(id)


def fields(html: str) -> dict[str, str]:
    """What a hidden form would send."""
    found = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', html))
    found |= dict(re.findall(r'<textarea hidden name="(\w+)"[^>]*>(.*?)</textarea>', html, re.DOTALL))
    return {name: unescape(value) for name, value in found.items()}


def test_a_long_timeline_begins_with_the_newest_and_is_turned_page_by_page(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.web.show_notes.ROWS", 2)
    short = last(views.look(office.desk(), NOTES_OF_DANA)).out
    assert "bakery called" in short
    assert 'messy invoice,"' not in words(short)
    assert "i=page.2" in short
    older = last(views.look(office.desk(), replace(NOTES_OF_DANA, item="page.3"))).out
    assert "pricing course" in words(older)
    oldest = office.desk().person("dana").notes()[0].id
    opened = last(views.look(office.desk(), replace(NOTES_OF_DANA, item=f"note.{oldest}"))).out
    assert "pricing course" in words(opened), "a note is opened on the page where it stands"


def test_hostile_words_stay_words_in_a_note_s_form(office: Office) -> None:
    for note in office.desk().person("petra").notes():
        place = Place(MIA, "person", "petra", "notes", f"note.{note.id}")
        harmless(last(views.look(office.desk(), place)).out)

"""What leaves, in a real chromium: saved as files, joined, forgotten, backed up; each is looked up in the records."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.desk import Desk
from assistant.domain.account import SOLO
from assistant.domain.note import NoteKind
from assistant.domain.person import Person, PersonId
from assistant.domain.promise import Owner
from assistant.errors import Unknown
from tests.ui.web.browsing import PHONE, SHOTS, Server, Visit, wide
from ui.settings import read_settings
from ui.wiring import House, open_house

pytestmark = pytest.mark.browser
Visits = Callable[..., Visit]
PASSPHRASE = "four words are enough"
DANA = (
    (date(2026, 5, 5), '"I love sorting out a messy invoice," she said.'),
    (date(2026, 6, 2), "She walked the new colleague through a refund, step by step, until it was right."),
)
SECRET = "the violet ledger"


@pytest.fixture(scope="module")
def house(own_server: Server, own_signed_in: tuple[str, Any]) -> Iterator[House]:
    """The home of the server, opened beside it: what the page did is looked up here."""
    opened = open_house(read_settings(str(own_server.home), environment={"FLOURISH_TODAY": "2026-06-15"}))
    yield opened
    opened.records.close()


@pytest.fixture(scope="module")
def desk(house: House) -> Desk:
    """Dana is there twice, once misspelt; a note about Petra names Kurt, who will be forgotten."""
    desk = house.desk(SOLO)
    for id, name in (("dana", "Dana Reyes"), ("danny", "Dany Reyes"), ("petra", "Petra Holm"), ("kurt", "Kurt Vale")):
        desk.add_person(Person(SOLO, PersonId(id), name, role="Clerk"))
    for day, text in DANA:
        desk.person("dana").add_note(text, day=day, kind=NoteKind.ONE_ON_ONE)
    desk.person("dana").add_promise("Get Dana a seat in the pricing course", owner=Owner.ME, due=date(2026, 6, 30))
    desk.person("danny").add_note("She counted the till twice.", day=date(2026, 6, 1))
    desk.person("kurt").add_note(f"Kurt keeps {SECRET} in the back office.", day=date(2026, 6, 3))
    desk.person("petra").add_note("Kurt Vale helped Petra with the till.", day=date(2026, 6, 4))
    return desk


def test_everything_about_somebody_is_saved_and_comes_back_word_for_word(
    own_visit: Visits, desk: Desk, tmp_path: Path
) -> None:
    seen = own_visit("?a=me&p=dana&v=about")
    with seen.page.expect_download() as saved:
        seen.page.click("text=Save everything about Dana")
    assert saved.value.suggested_filename == "flourish-dana-2026-06-15.zip"
    shutil.unpack_archive(saved.value.path(), tmp_path / "out", "zip")
    (folder,) = (tmp_path / "out").iterdir()
    for _, text in DANA:
        assert text.strip('"') in (folder / "Dana-Reyes.html").read_text(encoding="utf-8").replace("&quot;", chr(34))
    assert "Kurt" not in "".join(f.read_text(encoding="utf-8") for f in folder.rglob("*") if f.is_file())
    fresh = open_house(read_settings(str(tmp_path / "home"), environment={"FLOURISH_TODAY": "2026-06-15"}))
    other = fresh.desk(fresh.account())
    assert other.import_notes([folder]).added == len(DANA)
    (found,) = other.people()
    back = other.person(found.person.id)
    assert sorted((n.day, n.text) for n in back.notes()) == sorted(DANA)
    assert [p.what for p in back.promises()] == [p.what for p in desk.person("dana").promises()]
    fresh.records.close()
    seen.is_clean()


def test_two_entries_are_joined_after_a_look_and_the_misspelling_still_finds_her(own_visit: Visits, desk: Desk) -> None:
    seen = own_visit("?a=me&p=dana&v=about")
    page = seen.page
    page.select_option("#fl-out select[aria-label='The same person as']", label="Dany Reyes")
    page.wait_for_selector("#fl-merge")
    seen.whole()
    assert "1 note" in page.inner_text("section[aria-labelledby=fl-merge]")
    assert len(desk.person("dana").notes()) == len(DANA), "looking changes nothing"
    page.screenshot(path=SHOTS / "merge.png")
    page.get_by_role("button", name="They are one person").dblclick()
    page.wait_for_selector(".fl-notice >> text=One person now: Dana Reyes")
    seen.whole()
    assert page.locator(".fl-timeline > li").count() == len(DANA) + 1
    assert {n.text for n in desk.person("dana").notes()} == {*(t for _, t in DANA), "She counted the till twice."}
    assert desk.person("Dany Reyes").person.id == "dana"
    assert "danny" not in {row.person.id for row in desk.people()}
    seen.is_clean()


def test_somebody_is_forgotten_on_a_phone_once_the_name_is_typed_and_no_file_holds_a_word(
    own_visit: Visits, own_server: Server, desk: Desk
) -> None:
    assert SECRET in everything(own_server.home), "the test looks where the words are"
    seen = own_visit("?a=me&p=kurt&v=about", **PHONE)
    page = seen.page
    page.click("text=See what would go with Kurt")
    page.wait_for_selector("#fl-forget")
    seen.whole()
    assert not wide(page)
    assert "1 note about others" in page.inner_text("section[aria-labelledby=fl-forget]")
    page.screenshot(path=SHOTS / "phone-forget.png", full_page=True)
    page.fill("form[data-do=forget] [name=name]", "Petra Holm")
    page.get_by_role("button", name="Forget for good").click()
    page.wait_for_selector(".fl-trouble >> text=That is not the name")
    seen.whole()
    assert len(desk.person("kurt").notes()) == 1, "another name changes nothing"
    page.check("form[data-do=forget] [name=black]")
    page.fill("form[data-do=forget] [name=name]", "kurt vale")
    page.get_by_role("button", name="Forget for good").click()
    page.wait_for_selector("#fl-forgotten")
    seen.whole()
    assert "Kurt Vale is forgotten" in page.inner_text(".fl-front")
    assert "none is left" in page.inner_text(".fl-front")
    page.screenshot(path=SHOTS / "phone-forgotten.png", full_page=True)
    assert page.locator("tbody a >> text=Kurt Vale").count() == 0
    with pytest.raises(Unknown):
        desk.person("kurt")
    (note,) = desk.person("petra").notes()
    assert "Kurt" not in note.text
    assert "helped Petra with the till" in note.text
    assert SECRET not in everything(own_server.home)
    seen.is_clean()


def everything(home: Path) -> str:
    """Every byte of a home, to be searched for words."""
    files = [f for f in home.rglob("*") if f.is_file() and "library" not in f.relative_to(home).parts]
    return "\n".join(f.read_bytes().decode("latin-1") for f in files)


def test_a_backup_written_on_the_page_opens_with_its_passphrase_and_holds_everything(
    own_visit: Visits, own_server: Server, desk: Desk, tmp_path: Path
) -> None:
    seen = own_visit("?a=me&g=settings")
    page = seen.page
    page.click("text=Back up now")
    page.fill("[name=passphrase]", PASSPHRASE)
    page.fill("[name=again]", "four other words here")
    page.get_by_role("button", name="Write a backup").click()
    page.wait_for_selector(".fl-trouble >> text=not the same")
    seen.whole()
    assert list(own_server.home.rglob("*.age")) == []
    page.fill("[name=again]", PASSPHRASE)
    page.get_by_role("button", name="Write a backup").dblclick()
    page.wait_for_selector(".fl-notice >> text=Backed up")
    seen.whole()
    page.screenshot(path=SHOTS / "backup.png", full_page=True)
    (sealed,) = own_server.home.rglob("*.age")
    assert str(sealed.name) in page.inner_text(".fl-notice")
    assert page.locator("[name=passphrase]").input_value() == "", "a passphrase does not stay on the page"
    notes = {n.text for row in desk.people() for n in desk.person(row.person.id).notes()}
    assert not any(text.encode() in sealed.read_bytes() for text in notes)
    fresh = open_house(read_settings(str(tmp_path / "fresh"), environment={"FLOURISH_TODAY": "2026-06-15"}))
    fresh.office().restore(sealed, PASSPHRASE)
    back = fresh.desk(SOLO)
    assert {n.text for row in back.people() for n in back.person(row.person.id).notes()} == notes
    fresh.records.close()
    seen.is_clean()

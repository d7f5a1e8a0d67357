"""Files in a real chromium: sent, looked through, told apart, brought in with one yes, taken back."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.desk import Desk
from assistant.domain.account import SOLO
from assistant.domain.note import NoteKind
from assistant.domain.person import Person, PersonId
from assistant.domain.promise import Owner
from tests.ui.web.browsing import PHONE, SHOTS, Server, Visit, wide
from ui.settings import read_settings
from ui.wiring import open_house

pytestmark = pytest.mark.browser
Visits = Callable[..., Visit]
BRING = "?a=me&g=write&i=bring"
JOURNAL = """Tuesday, 5 May 2026

Ana Ruiz: "I love the till at five, when the whole street comes in," she said. I promised her the summer rota by Friday.

Tom: He mended the label printer for the bakery, and they told the owner so.

Thursday, 7 May 2026

Ana Ruiz: The baker called: since Ana checks the boxes nothing has come back broken.
"""
ANSWERED = "2026-05-05,Lena Holm,Lena sorted the returns with the new colleague until it was right."


@pytest.fixture(scope="module")
def desk(own_server: Server, own_signed_in: tuple[str, Any]) -> Desk:
    """The same home beside the server, with two people called Tom."""
    opened = open_house(read_settings(str(own_server.home), environment={"FLOURISH_TODAY": "2026-06-15"})).desk(SOLO)
    for id, name in (("tb", "Tom Brandt"), ("ts", "Tom Szymanski")):
        opened.add_person(Person(SOLO, PersonId(id), name))
    return opened


def sent(seen: Visit, *files: Path) -> None:
    """Choose files and wait until they are looked through."""
    seen.page.set_input_files("[data-files]", [str(file) for file in files])
    seen.page.wait_for_function("location.search.includes('i=tray')")
    seen.whole()


def left(server: Server) -> list[str]:
    return [path.name for path in (server.home / "tmp").rglob("*") if path.is_file()]


def test_files_are_looked_through_told_apart_brought_in_and_taken_back(
    own_visit: Visits, own_server: Server, desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "journal.txt").write_text(JOURNAL)
    (tmp_path / "lena.csv").write_text(f"date,person,text\n{ANSWERED}\n")
    seen = own_visit(BRING)
    page = seen.page
    page.screenshot(path=SHOTS / "bring.png")
    sent(seen, tmp_path / "journal.txt", tmp_path / "lena.csv")
    shown = page.inner_text("#fl-out")
    assert "Who is meant?" in shown
    assert "“Tom”, in 1 note" in shown
    assert re.search(r"Ana Ruiz\s+Tue 5 May[^“]+“?.*the whole street comes in", shown)
    assert "who is it?" in shown
    page.screenshot(path=SHOTS / "bring-preview.png", full_page=True)
    assert [row.person.name for row in desk.people()] == ["Tom Brandt", "Tom Szymanski"], "nothing is kept before a yes"
    page.select_option("select[name=who_1]", "ts")
    page.locator("text=Bring in 4 notes").dblclick()
    page.wait_for_selector(".fl-notice >> text=Brought in: 4 notes about 3 people")
    seen.whole()
    assert {n.text.split()[0] for n in desk.person("ts").notes()} == {"He"}
    assert desk.person("tb").notes() == []
    assert len(desk.person("Ana Ruiz").notes()) == 2
    assert left(own_server) == [], "the files themselves are gone"
    page.screenshot(path=SHOTS / "bring-done.png")
    page.click(".fl-notice >> text=Undo")
    page.wait_for_selector("text=Taken back: 4 notes")
    assert [row.person.name for row in desk.people()] == ["Tom Brandt", "Tom Szymanski"]
    assert desk.person("ts").notes() == []
    seen.is_clean()


def test_a_program_and_a_broken_file_are_refused_in_a_sentence_and_what_was_typed_stays(
    own_visit: Visits, own_server: Server, desk: Desk, tmp_path: Path
) -> None:
    (tmp_path / "setup.exe").write_bytes(b"MZ" + bytes(5000))
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04 this is no document")
    seen = own_visit(BRING)
    page = seen.page
    page.fill("[data-paste] textarea", "Words that were typed before.")
    page.set_input_files("[data-files]", str(tmp_path / "setup.exe"))
    page.wait_for_selector("[data-sent] >> text=setup.exe is not a kind of file that can be read")
    page.set_input_files("[data-files]", str(tmp_path / "broken.docx"))
    page.wait_for_selector(".fl-trouble")
    seen.whole()
    assert "broken.docx" in page.inner_text(".fl-trouble")
    page.screenshot(path=SHOTS / "bring-refused.png")
    assert page.input_value("[data-paste] textarea") == "Words that were typed before."
    assert left(own_server) == []
    assert "<script" not in page.inner_html("#fl-out")
    seen.is_clean()


def test_pasted_words_go_the_same_way_and_can_be_left(own_visit: Visits, own_server: Server, desk: Desk) -> None:
    seen = own_visit(BRING, **PHONE)
    page = seen.page
    page.fill("[data-paste] textarea", "Lena was calm.")
    page.click("text=Read what I pasted")
    page.wait_for_selector(".fl-trouble >> text=No dated entry was found")
    seen.whole()
    assert page.input_value("[data-paste] textarea") == "Lena was calm.", "to be put right where it stands"
    page.fill("[data-paste] textarea", "12 May 2026\nLena Holm: <img src=x onerror=alert(1)> mended the till.\n")
    page.click("text=Read what I pasted")
    page.wait_for_function("location.search.includes('i=tray')")
    seen.whole()
    assert "Lena Holm" in page.inner_text("#fl-out")
    assert "<img src=x" in page.inner_text("#fl-out")
    assert not wide(page)
    page.screenshot(path=SHOTS / "phone-bring.png", full_page=True)
    tray = page.url
    page.click("text=Throw away")
    page.wait_for_selector("text=your own files stay")
    seen.whole()
    assert left(own_server) == []
    assert page.input_value("[data-paste] textarea") == ""
    page.goto(tray)
    page.wait_for_selector("text=These files are no longer here")
    assert all(not re.search("Lena", row.person.name) for row in desk.people())
    seen.is_clean()


def test_what_the_page_saved_of_somebody_comes_back_as_the_zip_it_is(
    own_visit: Visits, own_server: Server, desk: Desk, tmp_path: Path
) -> None:
    who = desk.add_person(Person(SOLO, PersonId("uta"), "Uta Lind", role="Potter")).id
    person = desk.person(who)
    person.add_note("We spoke about the kiln and the summer rota.", day=date(2026, 5, 12), kind=NoteKind.ONE_ON_ONE)
    person.add_promise("bring the glaze samples", owner=Owner.ME)
    seen = own_visit("?a=me&g=person&p=uta&v=about&i=leave")
    with seen.page.expect_download() as saved:
        seen.page.click("text=Save everything about Uta")
    file = tmp_path / saved.value.suggested_filename
    saved.value.save_as(file)
    person.forget()
    for name, options in (("phone-bring-zip", PHONE), ("bring-zip-dark", {"color_scheme": "dark"}), ("bring-zip", {})):
        seen = own_visit(BRING, **options)
        sent(seen, file)
        shown = seen.page.inner_text("#fl-out")
        assert "Uta Lind" in shown
        assert "From your own records, with everything that was kept beside the notes" in shown
        assert seen.page.locator("select[name^=kind_]").count() == 0
        assert not wide(seen.page)
        seen.page.screenshot(path=SHOTS / f"{name}.png", full_page=True)
    seen.page.click("text=Bring in 1 note")
    seen.page.wait_for_selector(".fl-notice >> text=Brought in: 1 note about 1 person")
    seen.whole()
    back = desk.person("uta")
    assert [note.kind for note in back.notes()] == [NoteKind.ONE_ON_ONE]
    assert [promise.what for promise in back.promises()] == ["bring the glaze samples"]
    assert left(own_server) == []
    back.forget()
    seen.is_clean()

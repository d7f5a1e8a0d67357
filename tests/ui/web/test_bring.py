"""Files sent to the page: whose they are, what is refused, what is left behind, and what is kept."""

import html
import json
import re
from datetime import date
from pathlib import Path

import pytest

from assistant.domain.account import AccountId
from assistant.domain.meeting import MeetingState
from assistant.domain.note import NoteKind
from assistant.errors import Refused, Unknown
from tests.ui.web.asgi import ORIGIN, Answer, ask
from tests.ui.web.conftest import MIA, OLE, Office
from tests.ui.web.pressing import last, words
from tests.ui.web.test_guard import COOKIE_NAME
from tests.ui.web.test_show import harmless
from ui.web import see_bring, show_bring, trays, uploads, views
from ui.web.around import Around
from ui.web.guard import Guard
from ui.web.place import Deed, Place
from ui.web.sessions import Sessions
from ui.web.trays import Files, Inbox, Trays, plain_name
from ui.web.uploads import Uploads

CSV = (
    "date,person,text\n2026-05-05,Dana,<script>alert(1)</script> Dana mended the till.\n2026-05-06,Nils Aas,He sang.\n"
)


BRING = Place(MIA, "write", item="bring")


@pytest.fixture
def inbox(tmp_path: Path) -> Inbox:
    return Inbox(tmp_path, lambda name: "" if name.endswith((".csv", ".txt")) else f"{name} is not read.")


@pytest.fixture
def kept(inbox: Inbox) -> Trays:
    return Trays(inbox)


@pytest.fixture
def sessions() -> Sessions:
    return Sessions(frozenset({MIA}))


def send(kept: Trays, sessions: Sessions, cookie: str, body: bytes, **headers: str) -> Answer:
    said = {"cookie": f"{COOKIE_NAME}={cookie}", "origin": ORIGIN, "x-flourish-account": "mia"}
    said |= {f"x-flourish-{key}": value for key, value in headers.items()}
    return ask(Guard(Uploads(kept), sessions), "/upload", method="POST", headers=said, body=body)


def files(kept: Trays, tmp: Path, content: str = CSV, name: str = "may.csv") -> tuple[Files, str]:
    """What a browser of Mia's sent."""
    tray = kept.begin("s1", MIA)
    tray.place_for(name).write_text(content)
    return Files(kept, "s1", MIA), tray.id


def on_disk(inbox: Inbox) -> list[str]:
    return [path.name for path in inbox.folder.rglob("*") if path.is_file()]


def test_a_file_comes_in_only_with_a_session_from_our_own_page_and_for_an_account_of_it(
    kept: Trays, sessions: Sessions, inbox: Inbox
) -> None:
    cookie = sessions.redeem(sessions.fresh_key()) or ""
    fine = send(kept, sessions, cookie, b"words", name="a.txt")
    assert json.loads(fine.body)["files"] == 1
    assert on_disk(inbox) == ["a.txt"]
    assert send(kept, sessions, "", b"x", name="b.txt").status == 401
    foreign = send(kept, sessions, cookie, b"x", name="b.txt", account="ole")
    assert "no such account" in json.loads(foreign.body)["said"]
    unknown = send(kept, sessions, cookie, b"x", name="b.txt", tray="0" * 16)
    assert "no longer here" in json.loads(unknown.body)["said"]
    elsewhere = {"cookie": f"{COOKIE_NAME}={cookie}", "origin": "http://evil.example"}
    guard = Guard(Uploads(kept), sessions)
    assert ask(guard, "/upload", method="POST", headers=elsewhere, body=b"x").status == 403
    assert ask(guard, "/upload", headers={"cookie": f"{COOKIE_NAME}={cookie}"}).status == 404
    assert on_disk(inbox) == ["a.txt"]


def test_a_program_and_a_file_too_large_leave_nothing_behind(
    kept: Trays, sessions: Sessions, inbox: Inbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(uploads, "MOST_OF_ONE", 10)
    cookie = sessions.redeem(sessions.fresh_key()) or ""
    program = json.loads(send(kept, sessions, cookie, b"MZ", name="setup.exe").body)
    assert program["said"] == "setup.exe is not read."
    large = json.loads(send(kept, sessions, cookie, b"x" * 11, name="a.txt").body)
    assert "larger than 20 MB" in large["said"]
    assert (large["files"], on_disk(inbox)) == (0, [])


@pytest.mark.parametrize(
    ("written", "kept_as"),
    [("../../etc/passwd", "etc/passwd"), ("..\\x.csv", "x.csv"), ("%2e%2e%2f.env", "env"), ("a\x00b.csv", "ab.csv"),
     ("", "file"), ("/abs/" + "ü" * 300 + ".csv", "abs/" + "ü" * 98 + ".csv")],
)  # fmt: skip
def test_a_name_never_leads_out_of_its_tray(written: str, kept_as: str) -> None:
    assert plain_name(written) == kept_as


def test_a_tray_is_its_browsers_and_accounts_alone_and_goes_by_itself(inbox: Inbox) -> None:
    now = [0.0]
    kept = Trays(inbox, lambda: now[0])
    _, id = files(kept, inbox.folder)
    assert kept.of("s1", MIA, id).names == ["may.csv"]
    for session, account in (("s2", MIA), ("s1", OLE), ("s2", OLE)):
        with pytest.raises(Unknown):
            kept.of(session, account, id)
    now[0] = trays.KEPT_SECONDS + 1
    with pytest.raises(Unknown):
        kept.of("s1", MIA, id)
    assert on_disk(inbox) == []
    files(kept, inbox.folder)
    Trays(inbox)
    assert on_disk(inbox) == [], "what a server left is gone when the next one starts"
    with pytest.raises(Refused):
        Trays(None).begin("s1", MIA)


def test_what_was_left_unanswered_is_found_again_and_goes_when_files_are_sent_anew(
    office: Office, kept: Trays, inbox: Inbox
) -> None:
    sent, id = files(kept, inbox.folder)
    place = Place(MIA, "write", item=f"tray.{id}")
    last(views.look(office.desk(), place, around=Around(files=sent)))
    again = last(views.look(office.desk(), Place(MIA, "write", item="bring"), around=Around(files=sent)))
    assert "Waiting for your yes" in words(again.out)
    assert f"tray.{id}" in again.out
    _, newer = files(kept, inbox.folder, name="again.csv")
    assert on_disk(inbox) == ["again.csv"], "the second sending took the place of the first"
    with pytest.raises(Unknown):
        sent.tray(id)
    last(views.screens(office.desk(), place, Deed("bring_in", newer, at=place.query), around=Around(files=sent)))
    assert on_disk(inbox) == []
    office.desk().undo_import(office.desk().imports()[0].id)


def test_the_kind_of_a_note_is_read_from_its_first_words_and_can_be_put_right_before_the_yes(
    office: Office, kept: Trays, inbox: Inbox
) -> None:
    table = (
        "date,person,text\n2026-05-04,Dana,One-on-one. Dana spoke of the till.\n"
        "2026-05-05,Dana,Talked for half an hour about the ferry list.\n"
    )
    sent, id = files(kept, inbox.folder, table)
    place = Place(MIA, "write", item=f"tray.{id}")
    seen = last(views.look(office.desk(), place, around=Around(files=sent))).out
    fields = re.findall(r'<select class="fl-small" name="(kind_[0-9a-f]{16})".*?</select>', seen)
    told = re.findall(r'<option value="(\w+)" selected>', seen)
    assert told == ["one_on_one", "misc"]
    said = {fields[1]: "one_on_one"}
    last(
        views.screens(office.desk(), place, Deed("bring_in", id, at=place.query, said=said), around=Around(files=sent))
    )
    dana = office.desk().person("dana")
    brought = [n for n in dana.notes() if n.import_id == office.desk().imports()[0].id]
    assert [n.kind for n in brought] == [NoteKind.ONE_ON_ONE, NoteKind.ONE_ON_ONE]
    assert {date(2026, 5, 4), date(2026, 5, 5)} <= {m.day for m in dana.meetings() if m.state is MeetingState.HELD}
    office.desk().undo_import(office.desk().imports()[0].id)


def test_files_of_a_browser_that_signed_out_and_those_of_an_hour_ago_are_swept(inbox: Inbox) -> None:
    now = [0.0]
    kept = Trays(inbox, lambda: now[0])
    for session in ("here", "gone"):
        kept.begin(session, MIA).place_for(f"{session}.csv").write_text(CSV)
    kept.sweep(lambda session: session == "here")
    assert on_disk(inbox) == ["here.csv"]
    now[0] = trays.KEPT_SECONDS + 1
    kept.sweep(lambda session: True)
    assert on_disk(inbox) == []


def test_an_import_whose_page_was_left_still_deletes_the_files(office: Office, kept: Trays, inbox: Inbox) -> None:
    sent, id = files(kept, inbox.folder)
    place = Place(MIA, "write", item=f"tray.{id}")
    slow = see_bring.bring_in(office.desk(), place, Deed("bring_in", id, at=place.query), sent)
    assert sent.waiting()
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(see_bring, "LOOK_SECONDS", 0.0)
        next(slow)
    for again in ("go", "bring_in"):  # a reload, and a second press
        with pytest.raises(Unknown, match="being brought in at this moment"):
            last(views.screens(office.desk(), place, Deed(again, id, at=place.query), around=Around(files=sent)))
    slow.close()
    assert on_disk(inbox) == []
    with pytest.raises(Unknown, match="Brought in lately"):
        last(views.look(office.desk(), place, around=Around(files=sent)))
    assert "may.csv" in words(last(views.look(office.desk(), BRING, around=Around(files=sent))).out)
    assert office.desk().undo_import(office.desk().imports()[0].id) == 2


def test_files_are_seen_note_by_note_kept_with_one_yes_and_taken_back(
    office: Office, kept: Trays, inbox: Inbox
) -> None:
    sent, id = files(kept, inbox.folder)
    place = Place(MIA, "write", item=f"tray.{id}")
    before = len(office.desk().person("dana").notes())
    seen = last(views.look(office.desk(), place, around=Around(files=sent)))
    harmless(seen.out)
    assert "Dana Reyes" in words(seen.out)
    assert "Nils Aas" in words(seen.out)
    assert "2 new" in words(seen.out)
    assert len(office.desk().person("dana").notes()) == before
    deed = Deed("bring_in", id, at=place.query)
    done = last(views.screens(office.desk(), place, deed, around=Around(files=sent)))
    assert "Brought in: 2 notes about 2 people" in words(done.notice)
    assert len(office.desk().person("dana").notes()) == before + 1
    assert on_disk(inbox) == []
    entry = office.desk().imports()[0]
    with pytest.raises(Unknown):
        last(views.screens(office.desk(OLE), Place(OLE, "write"), Deed("undo_import", entry.id)))
    last(views.screens(office.desk(), place, Deed("undo_import", entry.id)))
    assert len(office.desk().person("dana").notes()) == before


def test_what_was_there_already_is_told_apart_from_what_came_in(office: Office, kept: Trays, inbox: Inbox) -> None:
    more = f"{CSV}2026-05-07,Nils Aas,He sang again.\n"
    for content, told in ((CSV, "2 notes about 2 people."), (more, "1 note. 2 notes were there already.")):
        sent, id = files(kept, inbox.folder, content)
        deed = Deed("bring_in", id, at=BRING.query)
        done = last(views.screens(office.desk(), BRING, deed, around=Around(files=sent)))
        assert f"Brought in: {told}" in words(done.notice)
    for entry in office.desk().imports()[:2]:
        office.desk().undo_import(entry.id)


def test_a_day_that_could_be_two_is_one_choice_and_no_refusal(office: Office, kept: Trays, inbox: Inbox) -> None:
    sent, id = files(kept, inbox.folder, "date,person,text\n03/04/26,Dana,She mended the till.\n")
    place = Place(MIA, "write", item=f"tray.{id}")
    seen = last(views.look(office.desk(), place, around=Around(files=sent)))
    harmless(seen.out)
    assert "Which day is “03/04/26”, in may.csv?" in words(seen.out)
    assert {b[2] for b in re.findall(r'data-do="(read_files)" data-id="(\w+)" data-to="([dmy/]+)"', seen.out)} == {
        "d/m/y",
        "m/d/y",
    }
    assert "4 March 2026" in words(seen.out)
    assert "It waits for the day of “03/04/26”" in words(seen.out)
    assert "not clear" not in words(seen.out), "what can be answered is no refusal"
    read = Deed("read_files", id, to="m/d/y", at=place.query)
    seen = last(views.screens(office.desk(), place, read, around=Around(files=sent)))
    assert "Wed 4 March" in words(seen.out)
    assert "Which day" not in words(seen.out)
    hidden = re.search(r'type="hidden" name="order" value="([^"]*)"', seen.out)
    assert hidden is not None
    keep = Deed("bring_in", id, at=place.query, said={"order": hidden[1]})
    done = last(views.screens(office.desk(), place, keep, around=Around(files=sent)))
    assert "Brought in: 1 note" in words(done.notice)
    assert date(2026, 3, 4) in {note.day for note in office.desk().person("dana").notes()}
    office.desk().undo_import(office.desk().imports()[0].id)


def test_the_files_of_another_are_brought_in_by_nobody(office: Office, kept: Trays, inbox: Inbox) -> None:
    _, id = files(kept, inbox.folder)
    strange = Files(kept, "s9", AccountId("ole"))
    for do in ("bring_in", "read_files", "leave_files"):
        with pytest.raises(Unknown):
            last(views.screens(office.desk(OLE), Place(OLE, "write"), Deed(do, id), around=Around(files=strange)))
    assert on_disk(inbox) == ["may.csv"]


def test_a_file_of_nothing_says_why_and_the_chooser_is_there_again(office: Office, kept: Trays, inbox: Inbox) -> None:
    sent, id = files(kept, inbox.folder, "no table at all")
    seen = last(views.look(office.desk(), Place(MIA, "write", item=f"tray.{id}"), around=Around(files=sent)))
    assert "may.csv" in words(seen.out)
    assert "data-drop" in seen.out
    assert seen.place.item == "bring"
    assert on_disk(inbox) == []
    sample = last(views.look(office.desk(), Place(MIA, "write", item="bring")))
    assert "flourish serve" in words(sample.out)


def test_the_form_that_the_paste_box_shows_is_read_and_a_refusal_speaks_of_the_page(
    office: Office, kept: Trays, inbox: Inbox
) -> None:
    hint = re.search(r'placeholder="([^"]*)"', show_bring.chooser("draft"))
    assert hint is not None
    sent, id = files(kept, inbox.folder, html.unescape(hint[1]), "Pasted notes.txt")
    seen = last(views.look(office.desk(), Place(MIA, "write", item=f"tray.{id}"), around=Around(files=sent)))
    assert re.search(r"Dana Reyes\s*Tue 12 May", words(seen.out))
    assert "data-read" in seen.out, "the box it was pasted into is free"
    sent, id = files(kept, inbox.folder, "Dana was calm today, I think.", "Pasted notes.txt")
    seen = last(views.look(office.desk(), Place(MIA, "write", item=f"tray.{id}"), around=Around(files=sent)))
    assert "Dana Reyes, 12 May 2026" in words(seen.out)
    assert "--help" not in seen.out
    assert "data-read" not in seen.out, "what was typed stays to be put right"


def test_a_long_note_can_be_read_whole_before_the_yes(office: Office, kept: Trays, inbox: Inbox) -> None:
    long = f"She mended the till. {'It took a while. ' * 30}Then the baker sang."
    sent, id = files(kept, inbox.folder, f"date,person,text\n2026-05-05,Dana,{long}\n2026-05-06,Dana,Short.\n")
    seen = last(views.look(office.desk(), Place(MIA, "write", item=f"tray.{id}"), around=Around(files=sent)))
    assert words(seen.out).count("Read it whole") == 1
    assert "Then the baker sang." in words(seen.out)
    assert "decides when you last met" in words(seen.out)


def test_what_waits_and_what_was_pasted_have_buttons_of_their_own(office: Office, kept: Trays, inbox: Inbox) -> None:
    sent, _ = files(kept, inbox.folder)
    seen = last(views.look(office.desk(), Place(MIA, "write", item="bring"), around=Around(files=sent)))
    labels = re.findall(r"<(?:button|a)[^>]*fl-button[^>]*>([^<]+)<", seen.out)
    assert len(labels) == len(set(labels)) >= 3

"""What leaves, on the page: said first, typed for good, told at the end; the same verbs as on the command line."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.desk import Desk
from assistant.domain.account import Account, AccountId, Role
from assistant.domain.person import Person, PersonId
from assistant.errors import FlourishError, NotAllowed, Refused, Unknown
from tests.ui.web.asgi import ask
from tests.ui.web.conftest import NOTES
from tests.ui.web.pressing import last, words
from tests.ui.web.test_show import harmless
from ui.settings import read_settings
from ui.web import views
from ui.web.around import Around
from ui.web.exports import Exports
from ui.web.guard import Guard
from ui.web.openers import Openers
from ui.web.place import Deed, Place
from ui.web.replies import cookie_name
from ui.web.sessions import Sessions
from ui.web.trays import Files, Inbox, Trays
from ui.wiring import House, open_house, openers

MIA, OLE, CARLA = AccountId("mia"), AccountId("ole"), AccountId("carla")
ABOUT = Place(MIA, "person", "dana", "about")
PASSPHRASE = "four words are enough"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = open_house(read_settings(str(tmp_path / "home"), environment={"FLOURISH_TODAY": "2026-06-15"}))
    for account, role in ((MIA, Role.MANAGER), (OLE, Role.MANAGER), (CARLA, Role.COACH)):
        house.records.accounts.add(Account(account, account.title(), frozenset({role})))
    desk = house.desk(MIA)
    for id, name in (("dana", "Dana Reyes"), ("danny", "Dany Reyes"), ("petra", "Petra Holm")):
        desk.add_person(Person(MIA, PersonId(id), name, role="Clerk <i>"))
    for day, kind, text in NOTES:
        desk.person("dana").add_note(text, day=day, kind=kind)
    desk.person("danny").add_note("She counted the till twice.", day=NOTES[0][0])
    desk.person("petra").add_note("Dana Reyes helped Petra with the till.", day=NOTES[1][0])
    yield house
    house.records.close()


@pytest.fixture
def desk(house: House) -> Desk:
    return house.desk(MIA)


def press(desk: Desk, at: Place, do: str, id: str = "", to: str = "", **said: str) -> list[views.Screen]:
    return list(views.screens(desk, at, Deed(do, id, to, at.query, said)))


def test_a_persons_details_offer_three_ways_and_nothing_goes_by_looking(desk: Desk) -> None:
    before = desk.export()
    for item in ("", "forget", "merge-danny"):
        screen = last(views.look(desk, replace(ABOUT, item=item)))
        harmless(screen.out)
    assert "What leaves" in words(last(views.look(desk, ABOUT)).out)
    assert desk.export() == before


def test_before_somebody_is_forgotten_it_is_said_what_goes_and_what_stays(desk: Desk) -> None:
    text = words(last(views.look(desk, replace(ABOUT, item="forget"))).out)
    assert f"{len(NOTES)} notes" in text.split("What stays")[0]
    assert "1 note about others in which the name stands" in text.split("What stays")[1]
    assert "Type Dana Reyes to do it" in text


@pytest.mark.parametrize("typed", ["", "Dana", "Petra Holm"])
def test_another_name_changes_nothing(desk: Desk, typed: str) -> None:
    before = desk.export()
    with pytest.raises(Refused, match="not the name"):
        press(desk, replace(ABOUT, item="forget"), "forget", "dana", name=typed)
    assert desk.export() == before


@pytest.mark.parametrize("black", ["", "on"])
def test_somebody_whose_name_was_typed_is_forgotten_with_a_word_on_the_way_and_a_clear_end(
    desk: Desk, black: str
) -> None:
    said = {"black": black} if black else {}
    screens = press(desk, replace(ABOUT, item="forget"), "forget", "dana", name=" dana  reyes", **said)
    assert "Erasing" in words(screens[0].out)
    end = words(screens[-1].notice)
    assert "Dana Reyes is forgotten" in end
    assert "none is left" in end
    assert ("blacked out in 1 note" in end) is bool(black)
    assert screens[-1].place.page == "people"
    assert {row.person.id for row in desk.people()} == {"danny", "petra"}
    assert ("Dana" in desk.person("petra").notes()[0].text) is not black or not black


def test_two_entries_become_one_after_a_look_at_what_is_filed_anew(desk: Desk) -> None:
    assert "1 note" in words(last(views.look(desk, replace(ABOUT, item="merge-danny"))).out)
    screens = press(desk, replace(ABOUT, item="merge-danny"), "merge", "danny", "dana")
    assert "Filing 1 note anew" in words(screens[0].out)
    assert "also written Dany Reyes" in words(screens[-1].notice)
    assert len(desk.person("dana").notes()) == len(NOTES) + 1
    with pytest.raises(FlourishError):
        last(views.look(desk, replace(ABOUT, item="merge-danny")))


def test_nobody_reaches_another_managers_people(house: House) -> None:
    ole = house.desk(OLE)
    for at, do, id, to in ((ABOUT, "forget", "dana", ""), (ABOUT, "merge", "danny", "dana")):
        with pytest.raises(Unknown):
            press(ole, replace(at, account=OLE), do, id, to, name="Dana Reyes")
    assert len(house.desk(MIA).people()) == 3


def test_only_who_looks_after_the_home_backs_it_up_and_two_passphrases_must_agree(house: House, desk: Desk) -> None:
    at = Place(MIA, "settings")
    assert "Back up now" not in words(last(views.look(desk, at)).out)
    with pytest.raises(NotAllowed):
        press(desk, at, "back_up", passphrase=PASSPHRASE, again=PASSPHRASE)
    around = Around(office=house.office())
    assert "Back up now" in words(last(views.look(desk, at, around=around)).out)

    def back_up(again: str) -> views.Screen:
        said = {"passphrase": PASSPHRASE, "again": again}
        return last(views.screens(desk, at, Deed("back_up", "", "", at.query, said), around=around))

    with pytest.raises(Refused, match="not the same"):
        back_up("four other words here")
    told = back_up(PASSPHRASE).notice
    assert "Backed up 7 notes" in words(told)
    assert PASSPHRASE not in told
    assert len([*(house.settings.folder("backups")).glob("*.age")]) == 1


def test_an_export_is_saved_by_whom_it_belongs_to_and_read_back(house: House, tmp_path: Path) -> None:
    doors: Openers = openers(house)
    sessions = Sessions(frozenset())
    guard = Guard(Exports(doors), sessions)

    def fetch(who: AccountId, query: str) -> tuple[int, dict[str, str]]:
        cookie = f"{cookie_name({b'host': b'127.0.0.1:7860'})}={sessions.open(who, '')}"
        got = ask(guard, "/export", headers={"cookie": cookie}, query=query)
        return got.status, got.headers

    status, headers = fetch(MIA, "a=mia&p=dana")
    assert (status, headers["content-type"], headers["cache-control"]) == (200, "application/zip", "no-store")
    assert headers["content-disposition"] == 'attachment; filename="flourish-dana-2026-06-15.zip"'
    assert fetch(MIA, "a=mia")[0] == 200
    assert fetch(OLE, "a=ole")[0] == 404, "there is nobody"
    for who, query in ((OLE, "a=mia&p=dana"), (OLE, "a=mia"), (CARLA, "a=carla"), (CARLA, "a=mia"), (MIA, "a=mia&p=x")):
        assert fetch(who, query)[0] == 404
    assert ask(guard, "/export", query="a=mia").status == 401
    made = doors.desk(MIA)
    packed = Exports(doors)._made(sessions.of_cookie(sessions.open(MIA, "")), "mia", "dana")  # type: ignore[arg-type]
    file = tmp_path / "dana.zip"
    file.write_bytes(packed.body if isinstance(packed.body, bytes) else b"")
    made.person("dana").forget()
    shutil.unpack_archive(file, tmp_path / "unpacked")
    for shape in (file, tmp_path / "unpacked" / "flourish-dana-2026-06-15", tmp_path / "unpacked"):
        ahead = made.import_notes([shape], dry_run=True)
        assert [(note.text, note.as_it_was) for note in ahead.ahead] == [(text, True) for _, _, text in NOTES]
        done = made.import_notes([shape])
        assert done.added == len(made.person("dana").notes()) == len(NOTES)
        made.person("dana").forget()
    sent = Files(Trays(Inbox(tmp_path, lambda name: "")), "s1", MIA)
    for names in (("dana.zip",), ("flourish-dana/record.json", "flourish-dana/people.json", "flourish-dana/x.csv")):
        tray = sent.trays.begin("s1", MIA)
        for name in names:
            inside = tmp_path / "unpacked" / "flourish-dana-2026-06-15" / Path(name).name.replace("x.csv", "notes.csv")
            tray.place_for(name).write_bytes((file if name == "dana.zip" else inside).read_bytes())
        at = Place(MIA, "write", item=f"tray.{tray.id}")
        seen = last(views.look(made, at, around=Around(files=sent))).out
        harmless(seen)
        assert f"Bring in {len(NOTES)} notes" in words(seen)
        assert "kind_" not in seen, "what a note was it stays"
        last(views.screens(made, at, Deed("bring_in", tray.id, "", at.query), around=Around(files=sent)))
        assert [note.kind for note in made.person("dana").notes()] == [kind for _, kind, _ in NOTES]
        made.person("dana").forget()

"""The whole catalogue of broken and hostile files sent to the page at once: a sentence each, and the page lives on."""

from pathlib import Path

from tests.knowledge.reading.test_malformed import REFUSED
from tests.ui.web.conftest import MIA, Office
from tests.ui.web.pressing import last, words
from tests.ui.web.test_show import harmless
from ui.web import views
from ui.web.around import Around
from ui.web.place import Deed, Place
from ui.web.trays import Files, Inbox, Trays

GOOD = "date,person,text\n2026-05-05,Dana,Dana mended the till.\n"


def test_every_malformed_file_is_a_sentence_on_the_page_and_the_good_one_still_comes_in(
    office: Office, tmp_path: Path
) -> None:
    kept = Trays(Inbox(tmp_path, lambda name: ""))
    tray = kept.begin("s1", MIA)
    tray.place_for("good.csv").write_text(GOOD)
    bad = {f"bad{number:02}-{name}": (made, why) for number, (name, made, why) in enumerate(REFUSED.values())}
    for name, (made, _) in bad.items():
        tray.place_for(name).write_bytes(made())
    sent = Files(kept, "s1", MIA)
    place = Place(MIA, "write", item=f"tray.{tray.id}")
    page = last(views.look(office.desk(), place, around=Around(files=sent))).out
    seen = words(page)
    assert harmless(page)
    assert len(bad) > 30
    assert [name for name, (_, why) in bad.items() if name not in seen or why not in seen] == []
    assert "Traceback" not in seen
    before = len(office.desk().person("Dana").notes())
    last(views.screens(office.desk(), place, Deed("bring_in", tray.id, at=place.query), around=Around(files=sent)))
    assert len(office.desk().person("Dana").notes()) == before + 1
    assert last(views.look(office.desk(), Place(MIA, "today"))).out
    office.desk().undo_import(office.desk().imports()[0].id)

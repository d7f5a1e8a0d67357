"""A promise that a later note may settle, as the brief, the list, the phone's form and the page show it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant.domain.evidence import Quote
from assistant.domain.note import NoteKind
from assistant.domain.person import PersonId
from assistant.domain.promise import Outcome, Promise, PromiseState, Telling, TellingKind
from tests.house import ANNA, Bakery
from ui.present import payloads, talks, tell_prep, tell_short
from ui.web import show_brief, show_card
from ui.web.changes import change
from ui.web.place import Deed, Place

WORDS = "The dough rests in the new ones now"


@pytest.fixture
def offered(bakery: Bakery) -> Promise:
    return offer(bakery, TellingKind.SEEMS_DONE)


def offer(bakery: Bakery, kind: TellingKind) -> Promise:
    desk = bakery.desk
    note = desk.person("nadia").add_note(f"{WORDS}, she says.", day=date(2026, 6, 9), kind=NoteKind.OBSERVATION)
    mine = next(p for p in desk.person("nadia").promises() if "baskets" in p.what)
    with desk.records.writing(ANNA, desk.today) as shelf:
        outcome = Outcome(mine.id, Telling(kind, Quote.of(note, WORDS)))
        shelf.readings.keep_follow_up(PersonId("nadia"), "mark", [outcome])
    return next(p for p in desk.person("nadia").promises() if p.id == mine.id)


def test_the_terminal_says_it_and_how_to_settle_it(bakery: Bakery, offered: Promise) -> None:
    said = tell_prep.prep(talks.prep(bakery.desk.person("nadia").brief()))
    assert "a later note may show that this happened:" in said
    assert f"“{WORDS}”" in said
    assert f"Tick it off: flourish promise done {offered.id}" in said
    assert f"Still open: flourish promise reopen {offered.id}" in said
    assert "(a later note may settle it)" in tell_short.short(talks.prep(bakery.desk.person("nadia").brief())).replace(
        "\n ", ""
    )


def test_what_is_no_longer_wanted_is_dropped_not_ticked_off(bakery: Bakery) -> None:
    over = offer(bakery, TellingKind.SEEMS_OVER)
    said = tell_prep.promise(payloads.promise(over, bakery.desk.today))
    assert "a later note may show that it is no longer wanted:" in said
    assert f"Drop it: flourish promise drop {over.id}" in said


def test_the_page_has_a_click_for_yes_and_one_for_no(bakery: Bakery, offered: Promise) -> None:
    row = show_brief.promise_row(offered, bakery.desk.today, {})
    assert f"a later note may show that this happened: “{WORDS}”" in row
    assert 'data-to="done"' in row
    assert 'aria-label="Still open: ' in row
    plain = replace(offered, told=())
    assert "Still open" not in show_brief.promise_row(plain, bakery.desk.today, {})
    brief = bakery.desk.person("nadia").brief()
    assert "(a later note may settle it)" in show_card.card(brief, Place(page="person", person="nadia"))


def test_still_open_on_the_page_is_kept(bakery: Bakery, offered: Promise) -> None:
    place = Place(page="person", person="nadia")
    done = change(bakery.desk, place, Deed("promise", id=offered.id, to="open"))
    assert "Still open: “" in done.notice
    after = bakery.desk.person("nadia").promises()
    assert [p.offered for p in after if p.id == offered.id] == [None]
    assert [p.state for p in after if p.id == offered.id] == [PromiseState.OPEN]


def test_an_export_comes_back_with_it(bakery: Bakery, offered: Promise, tmp_path: Path) -> None:
    desk = bakery.desk
    desk.settle_promise(offered.id, PromiseState.OPEN)
    exported = desk.person("nadia").export()
    told = [row["tells"] for row in exported.tables["promise_quote"] if row["tells"]]
    assert sorted(told) == ["not_so", "seems_done"]
    desk.person("nadia").forget()
    with desk.records.writing(ANNA, desk.today) as shelf:
        shelf.archive.take(exported, "i9")
    back = next(p for p in desk.person("nadia").promises() if p.id == offered.id)
    assert back.offered is None
    assert {t.kind for t in back.told} == {TellingKind.NOT_SO, TellingKind.SEEMS_DONE}

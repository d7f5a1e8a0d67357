"""The handlers, called as Gradio calls them: whoever asks is found out anew each time."""

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from assistant.errors import Invalid, NotAllowed
from tests.ui.web.conftest import MIA, OLE, Office
from ui.web.accounts import usable_accounts
from ui.web.place import VIEWS, Place
from ui.web.server import keep_gradio_quiet
from ui.web.sessions import Sessions

if TYPE_CHECKING:
    from ui.web.page import Page


@pytest.fixture(scope="module")
def sessions() -> Sessions:
    return Sessions(frozenset({MIA}))


@pytest.fixture(scope="module")
def page(office: Office, sessions: Sessions) -> "Page":
    keep_gradio_quiet()
    from ui.web.page import Page

    made = Page(office.openers, sessions)

    async def build() -> None:
        made.build()

    asyncio.run(build())
    return made


def test_gradio_looks_for_waiting_presses_seldom_enough_to_let_threads_work_and_often_enough_to_be_quick(
    office: Office, sessions: Sessions
) -> None:
    keep_gradio_quiet()
    from ui.web.page import Page

    async def build() -> Any:
        return Page(office.openers, sessions).build()._queue

    queue = asyncio.run(build())
    assert 0.005 <= queue.sleep_when_free <= 0.02
    assert queue.progress_update_sleep_when_free >= 0.5


def test_a_press_does_not_cost_more_the_more_there_were_before(office: Office, sessions: Sessions) -> None:
    keep_gradio_quiet()
    from ui.web.page import Page

    async def build() -> Any:
        return Page(office.openers, sessions).build()._queue

    queue = asyncio.run(build())
    queue.events_recorded = 10_000
    queue.compute_analytics_summary([{"function": "on_press", "status": "success", "process_time": 0.1}])
    assert queue.cached_event_analytics_summary == {"functions": {}}
    assert queue.ANALYTICS_MAX_EVENTS == 1


def request(sessions: Sessions, *, signed_in: bool = True, query: dict[str, str] | None = None) -> Any:
    session = sessions.of_cookie(sessions.redeem(sessions.fresh_key()) or "")
    assert session is not None
    return SimpleNamespace(
        username=session.id if signed_in else None, query_params=query or {}, session_hash="tab" + session.id
    )


def seen(updates: Iterator[dict[Any, Any]]) -> str:
    return json.dumps([[str(value) for value in update.values()] for update in updates], ensure_ascii=False)


def pressed(do: str, id: str = "", to: str = "", at: Place | None = None, **said: str) -> Any:
    return SimpleNamespace(_data={"do": do, "id": id, "to": to, "at": (at or Place()).query, **said})


def note(at: Place, text: str = "Words.", day: str = "2026-06-15", kind: str = "misc", **more: str) -> Any:
    return pressed("add_note", at.person, at=at, text=text, day=day, kind=kind, **more)


def test_a_tab_opens_at_the_place_in_its_address(page: "Page", sessions: Sessions) -> None:
    asked = request(sessions, query={"a": MIA, "p": "dana", "v": "notes"})
    text = seen(page.on_load(asked))
    assert "Dana Reyes" in text
    assert "summer rota" in text


@pytest.mark.parametrize("query", [{"a": OLE, "p": "kurt"}, {"p": "kurt"}, {"a": "nobody"}, {"p": "<b>x</b>"}])
def test_a_foreign_or_stale_address_shows_the_own_people_and_a_sentence(
    page: "Page", sessions: Sessions, query: dict[str, str]
) -> None:
    text = seen(page.on_load(request(sessions, query=query)))
    assert "fl-trouble" in text
    assert "Dana Reyes" in text
    assert ("This person is not among yours" in text) is ("p" in query and query.get("a") != OLE)
    assert "CANARY-OF-OLE" not in text
    assert "<b>x</b>" not in text


def test_a_foreign_account_in_the_tab_gets_nothing_from_any_handler(page: "Page", sessions: Sessions) -> None:
    foreign = Place(OLE, "person", "kurt")
    for deed in (
        pressed("go", to=Place(OLE, "people").query),
        pressed("go", to=foreign.query, at=Place(MIA)),
        pressed("say", "What about Kurt?", at=replace(foreign, page="chat")),
        pressed("promise", "p1", "done", at=foreign),
        pressed("find", at=Place(OLE, "people"), words="ku"),
        note(foreign),
    ):
        text = seen(page.on_press(deed, request(sessions)))
        assert "There is no such account here." in text
        assert "Kurt Vale" not in text


def test_a_foreign_person_in_the_tab_gets_nothing_from_any_handler(page: "Page", sessions: Sessions) -> None:
    foreign = Place(MIA, "person", "kurt")
    for deed in (
        *(pressed("go", to=replace(foreign, view=view).query) for view in VIEWS),
        pressed("draft", at=foreign),
        pressed("asked", "CUS01", at=foreign),
        pressed("add_promise", at=foreign, what="Bring the rota"),
        pressed("say", "What about Kurt?", at=replace(foreign, page="chat")),
        pressed("put_back", "0123456789abcdef", "note", at=foreign),
        note(foreign),
    ):
        text = seen(page.on_press(deed, request(sessions)))
        assert "fl-trouble" in text
        assert "Kurt Vale" not in text
        assert "CANARY-OF-OLE" not in text


def test_without_a_session_no_handler_says_anything(page: "Page", sessions: Sessions) -> None:
    asked = request(sessions, signed_in=False)
    place = Place(MIA, "person", "dana")
    for updates in (
        page.on_load(asked),
        page.on_press(pressed("go", to=place.query), asked),
        page.on_press(pressed("say", "What about invoices?", at=replace(place, page="chat")), asked),
        page.on_press(note(place), asked),
    ):
        text = seen(updates)
        assert "no longer signed in" in text
        assert "Dana" not in text


@pytest.mark.parametrize(
    ("text", "day", "kind"),
    [("", "2026-06-15", "misc"), ("Words.", "soon", "misc"), ("Words.", "2026-06-16", "misc"), ("Words.", "", "misc"),
     ("Words.", "2026-06-15", "gossip"), ("x" * 60_001, "2026-06-15", "misc"), ("x" * 50_001, "2026-06-15", "misc")],
)  # fmt: skip
def test_a_note_that_cannot_be_kept_stays_in_the_editor_with_a_sentence(
    page: "Page", sessions: Sessions, office: Office, text: str, day: str, kind: str
) -> None:
    before = len(office.desk().person("dana").notes())
    deed = note(Place(MIA, "person", "dana", "notes"), text, day, kind)
    updates = list(page.on_press(deed, request(sessions)))
    assert len(updates) == 1
    assert page.out not in updates[0], "the form with what was written stays as it is"
    assert "data-kept" not in updates[0][page.notice], "what was written must not be cleared"
    assert "fl-trouble" in updates[0][page.notice]
    assert len(office.desk().person("dana").notes()) == before


def test_a_fault_of_ours_is_told_and_not_hidden(
    page: "Page", sessions: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("CANARY-OF-A-NOTE")

    monkeypatch.setattr("ui.web.views.look", broken)
    updates = page.on_press(pressed("go", to=Place(MIA).query), request(sessions))
    assert "Something in Flourish itself went wrong" in next(updates)[page.notice]
    with pytest.raises(ZeroDivisionError):
        next(updates)


def test_a_tab_that_is_closed_while_it_is_served_ends_quietly(page: "Page", sessions: Sessions) -> None:
    updates = page.on_press(pressed("go", to=Place(MIA, "person", "dana").query), request(sessions))
    next(updates)
    updates.close()  # type: ignore[attr-defined]
    with pytest.raises(StopIteration):
        next(updates)


def test_a_note_that_is_kept_frees_the_editor(page: "Page", sessions: Sessions, office: Office) -> None:
    deed = note(Place(MIA, "person", "dana", "notes"), "Kept for good.", kind="observation", closed="on")
    updates = list(page.on_press(deed, request(sessions)))
    assert 'data-kept="note:dana"' in updates[-1][page.notice]
    assert "Noted for Dana Reyes" in updates[-1][page.notice]
    assert office.desk().person("dana").notes()[-1].ai == "never"


def test_an_older_press_stops_showing_when_something_newer_was_pressed_in_the_same_tab(
    page: "Page", sessions: Sessions
) -> None:
    asked = request(sessions)
    slow = page.on_press(pressed("go", to=Place(MIA, "person", "dana").query), asked)
    first = next(slow)
    assert "Dana Reyes" in first[page.scope]
    newer = seen(page.on_press(pressed("go", to=Place(MIA, "people").query), asked))
    assert "People" in newer
    assert list(slow) == [], "a late brief must not cover the page one has gone on to"
    other = page.on_press(pressed("go", to=Place(MIA, "person", "dana").query), request(sessions))
    assert len(list(other)) >= 2, "another tab is not disturbed"


def test_stopping_ends_the_answer_of_its_own_tab_where_it_is(page: "Page", sessions: Sessions) -> None:
    asked, other = request(sessions), request(sessions)
    place = Place(MIA, "chat", "dana")
    message = "Prepare my one-on-one with Dana Reyes"
    answers = [page.on_press(pressed("say", message, at=place), who) for who in (asked, other)]
    for answer in answers:
        next(answer)
    assert list(page.on_press(pressed("stop", at=place), asked)) == []
    stopped, whole = (list(answer)[-1][page.out] for answer in answers)
    assert "Stopped here. “Answer again” gives the whole of it." in stopped
    assert "Stopped" not in whole


def test_the_same_refusal_twice_is_two_answers(page: "Page", sessions: Sessions) -> None:
    asked = request(sessions)
    told = [next(page.on_press(pressed("fly", at=Place(MIA)), asked))[page.notice] for _ in range(2)]
    assert "not known" in told[0]
    assert told[0] != told[1], "the browser must see that its press was answered"


def test_days_and_kinds_of_the_form_are_read_strictly() -> None:
    keep_gradio_quiet()
    from ui.web.done import read_day, read_kind

    assert read_day(" 2026-06-15 ").isoformat() == "2026-06-15"
    assert read_kind("one_on_one").words == "one-on-one"
    for wrong in ("", None, "15.6.2026", "2026-13-01"):
        with pytest.raises(Invalid):
            read_day(wrong)
    with pytest.raises(Invalid):
        read_kind(None)


def test_a_home_of_several_managers_is_not_shown_without_passwords_but_the_sample_is(office: Office) -> None:
    with pytest.raises(NotAllowed):
        usable_accounts(office.accounts, demo=False)
    assert len(usable_accounts(office.accounts, demo=True)) == 2
    assert usable_accounts(office.accounts[:1], demo=False) == [office.accounts[0]]
    with pytest.raises(NotAllowed):
        usable_accounts([], demo=True)

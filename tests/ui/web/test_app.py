"""The guarded app with Gradio really behind it."""

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from starlette.routing import BaseRoute, Mount
from starlette.testclient import TestClient

from assistant.desk import Desk
from assistant.domain.account import Account, AccountId
from assistant.errors import Unknown
from tests.ui.web.asgi import ORIGIN, ask
from ui.web.front import Front
from ui.web.guard import GETS, POSTS, PUBLIC, App, Guard
from ui.web.openers import Openers
from ui.web.server import load_page
from ui.web.sessions import Sessions

MANAGER = Account(AccountId("me"), "Mia")


@dataclass
class House:
    app: App
    inner: Any
    sessions: Sessions
    client: TestClient

    def signed_in(self) -> dict[str, str]:
        cookie = self.sessions.redeem(self.sessions.fresh_key())
        return {"cookie": f"flourish_7860={cookie}", "origin": ORIGIN}


def no_desk(account: AccountId) -> Desk:
    raise Unknown("There is no CANARY-DESK here.", next="Ask again.")


@pytest.fixture(scope="module")
def house() -> Iterator[House]:
    openers = Openers(no_desk, lambda: [MANAGER], lambda: None, lambda: date(2026, 6, 15))
    sessions = Sessions(frozenset({MANAGER.id}))
    inner, life = load_page(openers, sessions)
    front = Front(sessions, lambda: (inner, life))
    app = Guard(front, sessions)
    with ExitStack() as stack:
        client = stack.enter_context(TestClient(app, base_url=ORIGIN, follow_redirects=False))
        while client.get("/readyz").status_code != 200:
            pass
        yield House(app, inner, sessions, client)


def routes(inner: Any, prefix: str = "") -> Iterator[tuple[str, str]]:
    """Every path of the app behind the guard, parameters filled in, with one of its methods."""
    found: list[BaseRoute] = inner.routes
    for route in found:
        path = prefix + str(getattr(route, "path", ""))
        included = getattr(route, "original_router", None)  # how FastAPI keeps a router that was included
        if included is not None:
            yield from routes(included, prefix)
        elif isinstance(route, Mount) and hasattr(route.app, "routes"):
            yield from routes(route.app, path)
        else:
            for method in sorted(getattr(route, "methods", None) or {"GET"}):
                filled = path
                while "{" in filled:
                    filled = filled[: filled.index("{")] + "x1" + filled[filled.index("}") + 1 :]
                yield filled, method


def test_the_walk_over_the_routes_sees_gradio_itself(house: House) -> None:
    paths = {path for path, _ in routes(house.inner)}
    assert {"/app/gradio_api/queue/join", "/app/gradio_api/upload", "/app/config"} <= paths
    assert len(paths) > 60


def test_no_route_answers_anybody_who_is_not_signed_in_but_the_public_ones(house: House) -> None:
    open_ones = set()
    for path, method in routes(house.inner):
        status = ask(house.app, path, method=method, headers={"origin": ORIGIN}, json_body={}).status
        if status not in (401, 404, 405):
            open_ones.add((path, method, status))
    assert {(path, method) for path, method, _ in open_ones} == {
        ("/app/theme.css", "GET"), ("/app/favicon.ico", "GET")
    }  # fmt: skip


def test_a_route_of_gradio_that_the_page_does_not_need_is_shut_even_for_the_signed_in(house: House) -> None:
    headers = house.signed_in()
    for path, method in routes(house.inner):
        if any(allowed.fullmatch(path) for allowed in (PUBLIC, GETS, POSTS)):
            continue
        answer = ask(house.app, path, method=method, headers=headers, json_body={}, query="session_hash=a")
        assert answer.status in (404, 405), (path, method)


def functions(house: House) -> list[dict[str, Any]]:
    config = house.client.get("/app/config", headers=house.signed_in()).json()
    found: list[dict[str, Any]] = config["dependencies"]
    return found


def test_no_function_of_the_page_runs_for_anybody_who_is_not_signed_in(house: House) -> None:
    indices = [f["id"] for f in functions(house)]
    assert len(indices) >= 3
    for index in indices:
        body = {"fn_index": index, "session_hash": "tab", "data": []}
        answer = ask(house.app, "/app/gradio_api/queue/join", method="POST", headers={"origin": ORIGIN}, json_body=body)
        assert answer.status == 401


def test_the_page_is_served_to_the_signed_in_with_its_own_look_and_without_gradio_s_footer(house: House) -> None:
    answer = house.client.get("/app/", headers=house.signed_in())
    assert answer.status_code == 200
    assert "/static/flourish.css?v=" in answer.text
    config = house.client.get("/app/config", headers=house.signed_in()).json()
    assert config["footer_links"] == []
    assert not config["analytics_enabled"]
    assert not config.get("run_history")
    assert config["title"] == "Flourish"


def test_the_page_holds_no_secret_of_the_session(house: House) -> None:
    headers = house.signed_in()
    secret = headers["cookie"].split("=", 1)[1]
    assert secret not in house.client.get("/app/", headers=headers).text


def test_no_function_of_the_page_is_offered_by_name(house: House) -> None:
    assert {f["api_visibility"] for f in functions(house)} == {"private"}


def run(house: House, headers: dict[str, str], target: str, data: list[object], event: object = None) -> dict[str, Any]:
    """Run the function tied to an event through Gradio's queue, as the page does; what the page got in the end."""
    index = next(f["id"] for f in functions(house) if f["targets"] and f["targets"][0][1] == target)
    body = {"fn_index": index, "session_hash": "tab1", "data": data, "event_data": event}
    joined = house.client.post("/app/gradio_api/queue/join", headers=headers, json=body)
    assert joined.status_code == 200, joined.text
    with house.client.stream("GET", "/app/gradio_api/queue/data?session_hash=tab1", headers=headers) as stream:
        for line in stream.iter_lines():
            got: dict[str, Any] = json.loads(line[6:]) if line.startswith("data: ") else {"msg": ""}
            if got["msg"] == "process_completed":
                return got
            if got["msg"] == "process_generating":
                last = got
    return last


def test_a_press_passes_by_all_that_gradio_has_around_its_two_answers(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def long_way(*asked: object) -> None:
        raise AssertionError("it went the long way")

    headers = house.signed_in()
    config = house.client.get("/app/config", headers=headers).json()
    monkeypatch.setattr(house.inner, "_api", long_way)
    target = next(c["id"] for c in config["components"] if c["props"].get("elem_id") == "fl-wire")
    index = next(d["id"] for d in config["dependencies"] if [target, "click"] in d["targets"])
    body = {"fn_index": index, "session_hash": "tab7", "data": [], "event_data": {"do": "go", "to": "?g=today"}}
    joined = house.client.post("/app/gradio_api/queue/join", headers=headers, json=body)
    assert joined.status_code == 200, joined.text
    with house.client.stream("GET", "/app/gradio_api/queue/data?session_hash=tab7", headers=headers) as stream:
        assert "process_completed" in "".join(stream.iter_text())


def test_whoever_the_guard_did_not_name_goes_the_long_way_where_gradio_asks_itself(house: House) -> None:
    body: dict[str, object] = {"fn_index": 1, "session_hash": "tab7", "data": []}
    assert ask(house.inner, "/app/gradio_api/queue/join", method="POST", json_body=body).status == 401
    assert ask(house.inner, "/app/gradio_api/queue/data", query="session_hash=tab7").status == 401


@pytest.mark.parametrize("wrong", [{"fn_index": "x"}, {"trigger_id": "x"}])
def test_a_press_that_cannot_be_read_is_refused_and_not_a_fault_of_ours(house: House, wrong: dict[str, object]) -> None:
    body = {"fn_index": 1, "session_hash": "tab" + next(iter(wrong)).replace("_", ""), "data": [], **wrong}
    answer = house.client.post("/app/gradio_api/queue/join", headers=house.signed_in(), json=body)
    assert (answer.status_code, answer.json()) == (422, {"detail": "This request cannot be read."})


def test_an_error_reaches_the_page_as_our_sentence_and_nothing_else(house: House) -> None:
    headers = house.signed_in()
    seen = [
        json.dumps(run(house, headers, "load", [])),
        json.dumps(run(house, headers, "click", [], {"do": "go", "to": "?a=you&p=p1"})),
    ]
    assert "There is no CANARY-DESK here." in seen[0]
    assert "There is no such account here." in seen[1]
    assert not any("Traceback" in text for text in seen)


def test_a_canary_in_a_path_or_query_of_another_site_s_link_is_not_echoed(house: House) -> None:
    answer = house.client.get("/app/gradio_api/deep_link?session_hash=CANARY", headers=house.signed_in())
    assert answer.status_code == 404
    assert "CANARY" not in answer.text

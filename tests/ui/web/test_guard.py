import asyncio

import pytest

from assistant.domain.account import AccountId
from tests.ui.web.asgi import HOST, ORIGIN, ask
from ui.web.guard import DENY, GETS, MOST_BYTES, POSTS, PUBLIC, Guard, Message, Receive, Scope, Send
from ui.web.sessions import Sessions

JOIN = "/app/gradio_api/queue/join"
COOKIE_NAME = "flourish_7860"


class Behind:
    """Answers whatever gets through, and remembers it."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, bytes]] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = (await receive()).get("body", b"") if scope["method"] == "POST" else b""
        self.seen.append((scope["path"], body))
        headers = [(b"server", b"somebody"), (b"cache-control", b"public"), (b"content-type", b"text/plain")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": b"through"})


@pytest.fixture
def sessions() -> Sessions:
    return Sessions(frozenset({AccountId("me")}))


@pytest.fixture
def behind() -> Behind:
    return Behind()


@pytest.fixture
def guard(behind: Behind, sessions: Sessions) -> Guard:
    return Guard(behind, sessions)


def signed_in(sessions: Sessions) -> dict[str, str]:
    cookie = sessions.redeem(sessions.fresh_key())
    return {"cookie": f"other=1; {COOKIE_NAME}={cookie}"}


def ours(sessions: Sessions) -> dict[str, str]:
    return {**signed_in(sessions), "origin": ORIGIN}


@pytest.mark.parametrize("path", ["/app/config", "/app/gradio_api/startup-events", "/nowhere", "/app/gradio_api/x"])
def test_without_a_session_nothing_is_answered_and_nothing_behind_is_reached(
    guard: Guard, behind: Behind, path: str
) -> None:
    assert ask(guard, path).status == 401
    assert behind.seen == []


def test_the_page_without_a_session_says_how_to_get_in(guard: Guard, behind: Behind) -> None:
    answer = ask(guard, "/app/")
    assert answer.status == 401
    assert "/start?key=" in answer.body
    assert answer.headers["content-type"].startswith("text/html")
    assert behind.seen == []


@pytest.mark.parametrize("cookie", ["", "flourish_7860=", "flourish_7860=guess", "flourish_9999={real}", "x={real}"])
def test_a_wrong_cookie_is_no_session(guard: Guard, sessions: Sessions, cookie: str) -> None:
    real = sessions.redeem(sessions.fresh_key())
    assert ask(guard, "/app/config", headers={"cookie": cookie.format(real=real)}).status == 401


def test_with_a_session_the_page_and_its_needed_routes_are_reached(
    guard: Guard, behind: Behind, sessions: Sessions
) -> None:
    headers = signed_in(sessions)
    for path in ("/app/", "/app/config", "/app/gradio_api/startup-events", "/app/gradio_api/heartbeat/abc"):
        assert ask(guard, path, headers=headers).status == 200, path
    assert len(behind.seen) == 4


@pytest.mark.parametrize("path", [*DENY, "/app/gradio_api/deep_link", "/app/gradio_api/file=/etc/passwd", "/app/other"])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_routes_that_nobody_needs_stay_shut_even_with_a_session(
    guard: Guard, behind: Behind, sessions: Sessions, path: str, method: str
) -> None:
    answer = ask(guard, path, method=method, headers=ours(sessions), query="session_hash=abc", json_body={})
    assert answer.status == 404
    assert behind.seen == []


def test_the_lists_of_what_may_pass_and_what_may_not_share_nothing() -> None:
    for path in DENY:
        assert not any(allowed.fullmatch(path) for allowed in (PUBLIC, GETS, POSTS)), path


@pytest.mark.parametrize(
    "path",
    ["/app/../etc", "/app//config", "/app/assets/../config", "/app/assets/..%2fconfig", "/app/ass\\ets", "/app/\0",
     "/static/../guard.py", "/app/assets/a b", "/app/static/.hidden"],
)  # fmt: skip
def test_a_path_that_tries_tricks_reaches_nothing(guard: Guard, behind: Behind, sessions: Sessions, path: str) -> None:
    assert ask(guard, path, headers=signed_in(sessions)).status in (401, 404)
    assert behind.seen == []


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:7860", "127.0.0.1.evil.example", "localhost.evil", "", "127.0.0.1@evil",
             "127.0.0.1:7860:1", "0.0.0.0:7860", "10.0.0.5"],
)  # fmt: skip
def test_a_foreign_host_is_refused_even_on_public_routes(guard: Guard, behind: Behind, host: str) -> None:
    refused = ask(guard, "/healthz", headers={"host": host})
    assert refused.status == 421
    assert "open the one it wrote at its start" in refused.body
    assert behind.seen == []


@pytest.mark.parametrize("host", ["127.0.0.1:7860", "localhost:7860", "[::1]:7860", "LOCALHOST", "127.0.0.1"])
def test_this_machine_by_any_of_its_names_is_answered(guard: Guard, host: str) -> None:
    assert ask(guard, "/healthz", headers={"host": host}).status == 200


def test_two_hosts_in_one_request_are_refused(guard: Guard, behind: Behind) -> None:
    assert ask(guard, "/healthz", raw_headers=[(b"host", b"evil.example")]).status == 400
    assert behind.seen == []


@pytest.mark.parametrize(
    "said",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "https://127.0.0.1:7860"},
        {"origin": "http://localhost:7860"},
        {},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"origin": ORIGIN, "sec-fetch-site": "cross-site"},
    ],
)
def test_a_change_that_is_not_from_our_page_is_refused(
    guard: Guard, behind: Behind, sessions: Sessions, said: dict[str, str]
) -> None:
    answer = ask(guard, JOIN, method="POST", headers={**signed_in(sessions), **said}, json_body={"session_hash": "abc"})
    assert answer.status == 403
    assert behind.seen == []


@pytest.mark.parametrize("said", [{"origin": ORIGIN}, {"sec-fetch-site": "same-origin"}])
def test_a_change_from_our_page_passes_with_its_body_whole(
    guard: Guard, behind: Behind, sessions: Sessions, said: dict[str, str]
) -> None:
    body = {"session_hash": "abc", "data": [None, "text", 3, True], "event_data": {"do": "person", "id": "p1"}}
    answer = ask(guard, JOIN, method="POST", headers={**signed_in(sessions), **said}, json_body=body)
    assert answer.status == 200
    assert b'"do": "person"' in behind.seen[0][1]


@pytest.mark.parametrize("query", ["deep_link=x", "page=x", "a=me&deep_link=..%2f..", "logs=1", "%64eep_link=x"])
def test_an_address_may_say_only_what_the_page_understands(
    guard: Guard, behind: Behind, sessions: Sessions, query: str
) -> None:
    assert ask(guard, "/app/", headers=signed_in(sessions), query=query).status == 404
    assert behind.seen == []
    assert ask(guard, "/app/", headers=signed_in(sessions), query="a=me&p=d01&v=prep&__theme=dark").status == 200


@pytest.mark.parametrize("dest", ["image", "iframe", "empty"])
def test_another_site_may_link_to_the_page_but_not_load_from_it(
    guard: Guard, behind: Behind, sessions: Sessions, dest: str
) -> None:
    headers = {**signed_in(sessions), "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors"}
    assert ask(guard, "/app/", headers={**headers, "sec-fetch-dest": dest}).status == 403
    assert behind.seen == []
    arriving = {**headers, "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
    assert ask(guard, "/app/", headers=arriving).status == 200
    assert ask(guard, "/app/config", headers=arriving).status == 403


def test_a_window_belongs_to_the_session_that_named_it_first(guard: Guard, behind: Behind, sessions: Sessions) -> None:
    first, second = ours(sessions), ours(sessions)
    body = {"session_hash": "tabA", "data": []}
    assert ask(guard, JOIN, method="POST", headers=first, json_body=body).status == 200
    behind.seen.clear()
    foreign = [
        ask(guard, JOIN, method="POST", headers=second, json_body=body),
        ask(guard, "/app/gradio_api/queue/data", headers=second, query="session_hash=tabA"),
        ask(guard, "/app/gradio_api/heartbeat/tabA", headers=second),
        ask(guard, "/app/gradio_api/cancel", method="POST", headers=second,
            json_body={"session_hash": "tabA", "fn_index": 0, "event_id": "x"}),
    ]  # fmt: skip
    assert [a.status for a in foreign] == [403] * 4
    assert behind.seen == []


@pytest.mark.parametrize(
    ("path", "query"),
    [("/app/gradio_api/queue/data", ""), ("/app/gradio_api/queue/data", "session_hash=a&session_hash=b"),
     ("/app/gradio_api/queue/data", "session_hash=../x"), ("/app/gradio_api/heartbeat/a", "session_hash=b")],
)  # fmt: skip
def test_a_request_must_say_one_window(guard: Guard, sessions: Sessions, path: str, query: str) -> None:
    assert ask(guard, path, headers=signed_in(sessions), query=query).status == 400


@pytest.mark.parametrize(
    "body",
    [[], {}, {"session_hash": None}, {"session_hash": 3}, {"session_hash": "a", "data": {"path": "/etc/passwd"}},
     {"session_hash": "a", "data": [{"path": "/etc/passwd"}]}, {"session_hash": "a", "data": [["x"]]},
     {"session_hash": "a", "event_data": {"x": {"url": "http://evil"}}}, {"session_hash": "a", "event_data": ["x"]}],
)  # fmt: skip
def test_a_body_that_the_page_never_sends_is_refused(
    guard: Guard, behind: Behind, sessions: Sessions, body: object
) -> None:
    assert ask(guard, JOIN, method="POST", headers=ours(sessions), json_body=body).status == 400
    assert behind.seen == []


def test_broken_json_plain_text_and_deep_nesting_are_refused(guard: Guard, sessions: Sessions) -> None:
    headers = {**ours(sessions), "content-type": "application/json"}
    assert ask(guard, JOIN, method="POST", headers=headers, body=b"{").status == 400
    assert ask(guard, JOIN, method="POST", headers=headers, body=b"[" * 200_000).status == 400
    text = {**headers, "content-type": "text/plain"}
    assert ask(guard, JOIN, method="POST", headers=text, body=b'{"session_hash":"a"}').status == 415


def test_a_body_that_is_too_long_is_refused_whether_it_says_so_or_not(
    guard: Guard, behind: Behind, sessions: Sessions
) -> None:
    headers = {**ours(sessions), "content-type": "application/json"}
    long = b'{"session_hash":"a","data":["' + b"x" * MOST_BYTES + b'"]}'
    assert ask(guard, JOIN, method="POST", headers=headers, body=long).status == 413
    said = {**headers, "content-length": str(10**9)}
    assert ask(guard, JOIN, method="POST", headers=said, body=b"{}").status == 413
    assert behind.seen == []


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused(guard: Guard, sessions: Sessions, method: str) -> None:
    assert ask(guard, "/app/", method=method, headers=ours(sessions)).status == 405


@pytest.mark.parametrize("path", ["/healthz", "/app/", "/app/config", "/nowhere", "/app/assets/x.js"])
def test_every_answer_carries_the_safety_headers_once(guard: Guard, sessions: Sessions, path: str) -> None:
    for headers in ({}, signed_in(sessions)):
        got = ask(guard, path, headers=headers).headers
        assert "frame-ancestors 'none'" in got["content-security-policy"]
        assert got["x-content-type-options"] == "nosniff"
        assert got["x-frame-options"] == "DENY"
        assert got["referrer-policy"] == "no-referrer"
        assert "server" not in got
        kept = path.startswith("/app/assets/")
        assert ("immutable" in got["cache-control"]) if kept else (got["cache-control"] == "no-store")


def test_no_source_outside_this_server_is_allowed_by_the_policy(guard: Guard) -> None:
    policy = ask(guard, "/healthz").headers["content-security-policy"]
    assert "http" not in policy
    assert "*" not in policy


def test_web_sockets_are_closed_and_unknown_protocols_get_silence(guard: Guard, behind: Behind) -> None:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "websocket", "path": "/app/", "headers": [(b"host", HOST.encode())]}
    asyncio.run(guard(scope, receive, send))
    asyncio.run(guard({"type": "telepathy"}, receive, send))
    assert sent == [{"type": "websocket.close", "code": 1008}]
    assert behind.seen == []


def test_a_refusal_repeats_nothing_of_the_request(guard: Guard, sessions: Sessions) -> None:
    answer = ask(guard, "/app/CANARY", headers={**signed_in(sessions), "x": "CANARY"}, query="q=CANARY")
    assert answer.status == 404
    assert "CANARY" not in answer.body

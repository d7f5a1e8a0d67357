"""The door of the page: every request passes here first, and what is not expressly let in stays out.

Not a firewall and no password check. It answers what the web framework behind it leaves open: foreign origins,
rebound host names, borrowed tab ids, unknown routes, headers. Handlers still authorise every single click.
"""

import json
import re
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any
from urllib.parse import parse_qs

from ui.web.replies import Reply, cookie_in, sign_in_page
from ui.web.sessions import Session, Sessions

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
MOUNT = "/app"
MOST_BYTES = 1_000_000  # the longest note is 50,000 characters; JSON may need six bytes for one

CSP = (
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; "
    # Gradio's page starts from inline scripts and its HTML component compiles its template: both are needed.
    "script-src 'self' 'unsafe-inline' 'unsafe-eval'; connect-src 'self'; font-src 'self' data:; "
    "frame-ancestors 'none'; object-src 'none'; base-uri 'self'; form-action 'self'"
)
HEADERS = {
    b"content-security-policy": CSP.encode(),
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"no-referrer",
    b"cross-origin-opener-policy": b"same-origin",
    b"cross-origin-resource-policy": b"same-origin",
    b"permissions-policy": b"camera=(), microphone=(), geolocation=()",
    b"cache-control": b"no-store",
}
FOREVER = b"public, max-age=31536000, immutable"  # Gradio's built files carry a hash in their name

_FILE = r"[A-Za-z0-9_-][A-Za-z0-9._@+-]*"
PUBLIC = re.compile(
    rf"/healthz|/readyz|/metrics|/start|/sign-in|/pair|/favicon\.ico|/manifest\.json|/static/{_FILE}"
    rf"|{MOUNT}/favicon\.ico|{MOUNT}/theme\.css|{MOUNT}/(?:assets|static|svelte)(?:/{_FILE})+"
)
HASHED = re.compile(rf"(?:/static|{MOUNT}/assets|{MOUNT}/svelte)/")
PAGES = re.compile(rf"/|/start|/sign-in|/pair|{MOUNT}/?")
OPEN_POSTS = frozenset({"/sign-in", "/pair"})
GETS = re.compile(
    rf"/|{MOUNT}/?|{MOUNT}/config/?|{MOUNT}/gradio_api/startup-events|{MOUNT}/gradio_api/queue/data"
    rf"|{MOUNT}/gradio_api/heartbeat/[A-Za-z0-9]{{1,64}}|{MOUNT}/gradio_api/app_id|/password|/export"
)
POSTS = re.compile(
    rf"{MOUNT}/gradio_api/queue/join|{MOUNT}/gradio_api/cancel|/upload|/password|/sign-out|/sign-out-everywhere"
)
NEEDS_TAB = re.compile(rf"{MOUNT}/gradio_api/(?:queue/data|queue/join|cancel|heartbeat/.*)")
TAB = re.compile(r"[A-Za-z0-9]{1,64}")
# What an address may say after its question mark: the place (a, g, p, v, i), the key, the window, Gradio's light or
# dark. Gradio would read more (deep_link, page …); nothing else gets that far.
QUERY = frozenset({"a", "g", "p", "v", "i", "key", "session_hash", "__theme"})
# Routes of Gradio that run, read or fetch what nobody here needs. The lists above leave them out already; this one
# holds if those are ever widened.
DENY = tuple(
    MOUNT + path
    for path in (
        "/gradio_api/deep_link", "/gradio_api/runs", "/gradio_api/run", "/gradio_api/info", "/gradio_api/openapi",
        "/gradio_api/api/", "/gradio_api/call", "/gradio_api/proxy", "/gradio_api/token", "/gradio_api/vibe",
        "/gradio_api/undo-vibe", "/gradio_api/component_server", "/gradio_api/file", "/gradio_api/upload",
        "/gradio_api/stream", "/gradio_api/dev/", "/gradio_api/process_recording", "/gradio_api/custom_component",
        "/gradio_api/profiling", "/gradio_api/mcp", "/monitoring", "/login", "/logout",
    )
)  # fmt: skip


class Refusal(Exception):
    """A request that goes no further: status and one sentence without any content."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status
        self.sentence = sentence


class Guard:
    """An ASGI app in front of another one.

    Args:
        app: What stands behind.
        sessions: Who may come in.
        hosts: Host names this server answers to, without port. The default is this machine only, so that a
            name that somebody points at 127.0.0.1 (DNS rebinding) reaches nothing.
        entry: The page for somebody who is not signed in.
    """

    def __init__(
        self,
        app: App,
        sessions: Sessions,
        *,
        hosts: Iterable[str] = LOOPBACK,
        entry: Callable[[Scope], Reply] = lambda scope: sign_in_page(),
    ) -> None:
        self._app = app
        self._sessions = sessions
        self._entry = entry
        self._hosts = frozenset(hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it here."""
        if scope["type"] == "lifespan":
            return await self._app(scope, receive, send)
        if scope["type"] == "websocket":
            return await send({"type": "websocket.close", "code": 1008})
        if scope["type"] != "http":
            return None
        send = with_headers(send, forever=bool(HASHED.match(scope["path"])), secure=scope.get("scheme") == "https")
        try:
            receive = await self._admit(scope, receive)
        except Refusal as refusal:
            page = refusal.status == 401 and scope["method"] == "GET" and PAGES.fullmatch(scope["path"])
            reply = self._entry(scope) if page else Reply(refusal.status, refusal.sentence)
            return await reply.send(send)
        return await self._app(scope, receive, send)

    async def _admit(self, scope: Scope, receive: Receive) -> Receive:
        headers = one_of_each(scope["headers"])
        self._check_host(headers)
        self._check_path(scope)
        if scope["method"] not in ("GET", "HEAD"):
            check_origin(scope, headers)
        elif headers.get(b"sec-fetch-site") in (b"cross-site", b"same-site"):
            check_arrival(scope, headers)
        if PUBLIC.fullmatch(scope["path"]) and scope["method"] in ("GET", "HEAD"):
            return receive
        if scope["method"] == "POST" and scope["path"] in OPEN_POSTS:
            return receive
        session = self._sessions.of_cookie(cookie_in(headers, secure=scope.get("scheme") == "https"))
        if session is None:
            raise Refusal(401, "You are not signed in.")
        allowed = GETS if scope["method"] in ("GET", "HEAD") else POSTS
        if not allowed.fullmatch(scope["path"]):
            raise Refusal(404, "There is nothing here.")
        scope["flourish.session"] = session
        if NEEDS_TAB.fullmatch(scope["path"]):
            return await self._check_tab(scope, headers, receive, session)
        return receive

    def _check_host(self, headers: dict[bytes, bytes]) -> None:
        host = headers.get(b"host", b"").decode("latin-1").lower()
        name = re.fullmatch(r"(\[[0-9a-f:]+\]|[a-z0-9.-]+)(?::\d{1,5})?", host)
        if name is None or name[1] not in self._hosts:
            raise Refusal(421, "This server answers only under its own address: open the one it wrote at its start.")

    def _check_path(self, scope: Scope) -> None:
        path: str = scope["path"]
        # Nothing we serve needs an encoded character, a dot segment or a double slash.
        if re.search(r"[^A-Za-z0-9/._=@+-]|\.\.|//", path) or path.startswith(DENY):
            raise Refusal(404, "There is nothing here.")
        if scope["method"] not in ("GET", "HEAD", "POST"):
            raise Refusal(405, "This is not done here.")
        if not QUERY.issuperset(said_in(scope)):
            raise Refusal(404, "This address has a part that is not known here.")

    async def _check_tab(
        self, scope: Scope, headers: dict[bytes, bytes], receive: Receive, session: Session
    ) -> Receive:
        tabs = list(said_in(scope).get("session_hash", []))
        if "/heartbeat/" in scope["path"]:
            tabs.append(scope["path"].rsplit("/", 1)[1])
        if scope["method"] == "POST":
            body = await read_body(headers, receive)
            tabs.append(tab_in(body))
            receive = replay(body, receive)
        if len(set(tabs)) != 1 or not TAB.fullmatch(tabs[0]):
            raise Refusal(400, "This request does not say which window it belongs to.")
        if not self._sessions.owns_tab(session, tabs[0]):
            raise Refusal(403, "This window belongs to somebody else.")
        return receive


def said_in(scope: Scope) -> dict[str, list[str]]:
    """The query of an address."""
    return parse_qs(scope.get("query_string", b"").decode("latin-1"), keep_blank_values=True)


def one_of_each(raw: Iterable[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    """Headers by lower-case name; one that decides about entry and comes twice is refused."""
    found: dict[bytes, bytes] = {}
    for name, value in raw:
        key = name.lower()
        if key in found and key in (b"host", b"origin", b"cookie", b"content-length", b"content-type"):
            raise Refusal(400, "This request contradicts itself.")
        found[key] = value
    return found


def check_origin(scope: Scope, headers: dict[bytes, bytes]) -> None:
    """A change must come from our own page: our Origin, or none and the browser's word that it is the same."""
    origin = headers.get(b"origin")
    ours = f"{scope.get('scheme', 'http')}://{headers[b'host'].decode('latin-1')}".lower().encode()
    said = headers.get(b"sec-fetch-site")
    if (origin is None and said != b"same-origin") or (origin is not None and origin.lower() != ours):
        raise Refusal(403, "This request did not come from the page itself: open the page, and do it there.")
    if said not in (None, b"same-origin"):
        raise Refusal(403, "This request did not come from the page itself: open the page, and do it there.")


def check_arrival(scope: Scope, headers: dict[bytes, bytes]) -> None:
    """From another site one may follow a link to the page, and do nothing else. Another port is another site."""
    arrives = headers.get(b"sec-fetch-mode") == b"navigate" and headers.get(b"sec-fetch-dest") == b"document"
    if not (arrives and PAGES.fullmatch(scope["path"])):
        raise Refusal(403, "This request did not come from the page itself: open the page, and do it there.")


async def read_body(headers: dict[bytes, bytes], receive: Receive) -> bytes:
    """The whole body of a small JSON request."""
    if headers.get(b"content-type", b"").split(b";")[0].strip().lower() != b"application/json":
        raise Refusal(415, "Only JSON is understood here.")
    length = headers.get(b"content-length", b"0")
    if not length.isdigit() or int(length) > MOST_BYTES:
        raise Refusal(413, "That is too long; split it into parts.")
    body, more = b"", True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            raise Refusal(400, "The request broke off.")
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > MOST_BYTES:
            raise Refusal(413, "That is too long; split it into parts.")
    return body


def tab_in(body: bytes) -> str:
    """The tab that a JSON body names. Inputs must be plain values: an object there could name a file or an address."""
    try:
        said = json.loads(body)
    except (ValueError, RecursionError):
        raise Refusal(400, "This request cannot be read.") from None
    if not isinstance(said, dict) or not isinstance(said.get("session_hash"), str):
        raise Refusal(400, "This request does not say which window it belongs to.")
    data = said.get("data", [])
    event = said.get("event_data") or {}
    values = [*data, *event.values()] if isinstance(data, list) and isinstance(event, dict) else [{}]
    if any(isinstance(value, dict | list) for value in values):
        raise Refusal(400, "This request holds something the page never sends.")
    return str(said["session_hash"])


def replay(body: bytes, receive: Receive) -> Receive:
    """A receive that hands out a body that was read already, and then goes on as before."""
    handed_out = False

    async def again() -> Message:
        nonlocal handed_out
        if handed_out:
            return await receive()
        handed_out = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


def with_headers(send: Send, *, forever: bool = False, secure: bool = False) -> Send:
    """A send whose answers carry our headers in place of any others of the same name."""
    always = {**HEADERS, b"strict-transport-security": b"max-age=31536000"} if secure else HEADERS
    ours = {**always, b"cache-control": FOREVER} if forever else always

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            fine = not forever or message["status"] == 200
            kept = [(k, v) for k, v in message.get("headers", []) if k.lower() not in ours and k.lower() != b"server"]
            message["headers"] = [*kept, *(ours if fine else always).items()]
        await send(message)

    return sending

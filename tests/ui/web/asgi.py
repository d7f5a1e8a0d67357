"""Sends one request to an ASGI app and reads its answer: no server, no client library between test and guard."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass

from ui.web.guard import App, Message

HOST = "127.0.0.1:7860"
ORIGIN = f"http://{HOST}"


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: str


def ask(
    app: App,
    path: str,
    *,
    method: str = "GET",
    headers: Mapping[str, str] | None = None,
    query: str = "",
    json_body: object = None,
    body: bytes = b"",
    raw_headers: list[tuple[bytes, bytes]] | None = None,
) -> Answer:
    """One request. The Host is ours unless `headers` say otherwise."""
    if json_body is not None:
        body = json.dumps(json_body).encode()
    said = {"host": HOST, **({"content-type": "application/json"} if json_body is not None else {}), **(headers or {})}
    scope = {
        "type": "http", "http_version": "1.1", "scheme": "http", "method": method, "path": path,
        "raw_path": path.encode(), "query_string": query.encode(), "root_path": "",
        "headers": [(k.lower().encode(), v.encode()) for k, v in said.items()] + (raw_headers or []),
        "client": ("127.0.0.1", 50000), "server": ("127.0.0.1", 7860), "state": {},
    }  # fmt: skip
    sent: list[Message] = []
    waiting: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        return waiting.pop(0) if waiting else {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    async def run() -> None:
        await app(scope, receive, send)

    asyncio.run(run())
    start = next(m for m in sent if m["type"] == "http.response.start")
    got = {k.decode().lower(): v.decode() for k, v in start["headers"]}
    return Answer(start["status"], got, b"".join(m.get("body", b"") for m in sent).decode(errors="replace"))

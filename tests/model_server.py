"""A server that speaks OpenAI's protocol on loopback and does what a test tells it, faults included.

Acts are given one a request, in order; the last one goes on. Every request is kept as it came in.
"""

import asyncio
import json
import socket
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

Body = Mapping[str, Any]
Act = Callable[[Body], Awaitable[Response]]


def events(
    body: Body, text: str, *, finish: str | None = "stop", usage: Mapping[str, int] | None = None, size: int = 24
) -> Iterator[bytes]:
    """A streamed reply: as text, or in the envelope that the request asks for."""
    tool = bool(body.get("tools"))
    for at in range(0, len(text), size):
        piece = text[at : at + size]
        if tool:
            call = {"index": 0, "function": {"arguments": piece}} | (
                {"id": "c1", "type": "function"} if at == 0 else {}
            )
            if at == 0:
                call["function"]["name"] = "reply"  # type: ignore[index]
            yield event(body, {"tool_calls": [call]})
        else:
            yield event(body, {"content": piece})
    if finish:
        yield event(body, {}, "tool_calls" if tool and finish == "stop" else finish)
    if usage and (body.get("stream_options") or {}).get("include_usage"):
        yield event(body, None, usage=dict(usage))
    if finish:
        yield b"data: [DONE]\n\n"


def event(body: Body, delta: Mapping[str, Any] | None, finish: str | None = None, **more: Any) -> bytes:
    choices = [] if delta is None else [{"index": 0, "delta": delta, "finish_reason": finish}]
    chunk = {"id": "x", "object": "chat.completion.chunk", "created": 0, "model": body.get("model"), "choices": choices}
    return b"data: " + json.dumps(chunk | more).encode() + b"\n\n"


def streamed(chunks: AsyncIterator[bytes]) -> Response:
    return StreamingResponse(chunks, media_type="text/event-stream")


def says(
    reply: object, *, finish: str | None = "stop", usage: Mapping[str, int] | None = None, pause: float = 0.0
) -> Act:
    """A whole reply; anything but a string is sent as JSON."""
    text = reply if isinstance(reply, str) else json.dumps(reply, ensure_ascii=False)

    async def act(body: Body) -> Response:
        async def chunks() -> AsyncIterator[bytes]:
            for chunk in events(body, text, finish=finish, usage=usage):
                if pause:
                    await asyncio.sleep(pause)
                yield chunk

        return streamed(chunks())

    return act


def obeys(wish: Callable[[Body], object]) -> Act:
    """A reply made of what was sent."""

    async def act(body: Body) -> Response:
        return await says(wish(body))(body)

    return act


def fails(status: int, message: str = "no", **headers: str) -> Act:
    """An error in OpenAI's form."""

    async def act(body: Body) -> Response:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return JSONResponse({"error": {"message": message, "type": "x"}}, status, headers=sent)

    return act


def hangs(seconds: float = 30.0) -> Act:
    """Takes the request and says nothing."""

    async def act(body: Body) -> Response:
        await asyncio.sleep(seconds)
        act.over = True  # type: ignore[attr-defined]
        return JSONResponse({})

    return act


def drips(text: str, pause: float) -> Act:
    """A byte at a time."""

    async def act(body: Body) -> Response:
        async def chunks() -> AsyncIterator[bytes]:
            for byte in b"".join(events(body, text)):
                yield bytes([byte])
                await asyncio.sleep(pause)
            act.over = True  # type: ignore[attr-defined]

        return streamed(chunks())

    return act


def stalls(reply: object, after: int, seconds: float = 30.0) -> Act:
    """Stops in the middle, the line still open."""
    text = json.dumps(reply)

    async def act(body: Body) -> Response:
        async def chunks() -> AsyncIterator[bytes]:
            for chunk in events(body, text[:after], finish=None):
                yield chunk
            await asyncio.sleep(seconds)
            act.over = True  # type: ignore[attr-defined]

        return streamed(chunks())

    return act


def sends(raw: bytes, media_type: str = "text/event-stream") -> Act:
    """These very bytes."""

    async def act(body: Body) -> Response:
        return Response(raw, media_type=media_type)

    return act


def floods(size: int) -> Act:
    """More than anybody could want, in chunks."""

    async def act(body: Body) -> Response:
        async def chunks() -> AsyncIterator[bytes]:
            for _ in range(size // 8192):
                yield event(body, {"content": "x" * 8000})

        return streamed(chunks())

    return act


def is_over(act: Act) -> bool:
    """Whether a slow act came to its end, so nobody left before."""
    return getattr(act, "over", False)


@dataclass
class ModelServer:
    """The server with what it was sent.

    Attributes:
        requests: The body of each request.
        headers: The headers of each request.
    """

    url: str = ""
    acts: list[Act] = field(default_factory=list)
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def will(self, *acts: Act) -> "ModelServer":
        """What it does from now on."""
        self.acts = list(acts)
        self.requests.clear()
        self.headers.clear()
        return self

    @property
    def sent(self) -> str:
        """Everything that was ever sent to it, as text."""
        return json.dumps(self.requests, ensure_ascii=False)

    def prompts(self) -> list[str]:
        """The messages of each request, joined."""
        return ["\n".join(m["content"] for m in request["messages"]) for request in self.requests]

    async def handle(self, request: Request) -> Response:
        body = await request.json()
        self.requests.append(body)
        self.headers.append(dict(request.headers))
        act = self.acts.pop(0) if len(self.acts) > 1 else self.acts[0]
        return await act(body)


@contextmanager
def model_server() -> Iterator[ModelServer]:
    """A running server on a port of its own."""
    told = ModelServer()
    app = Starlette(routes=[Route("/v1/chat/completions", told.handle, methods=["POST"])])
    line = socket.socket()
    line.bind(("127.0.0.1", 0))
    config = uvicorn.Config(app, log_level="critical", lifespan="off", timeout_graceful_shutdown=0)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([line],), daemon=True)
    thread.start()
    told.url = f"http://127.0.0.1:{line.getsockname()[1]}/v1"
    wait = threading.Event()
    while not server.started:
        wait.wait(0.01)
    try:
        yield told
    finally:
        server.should_exit = True
        server.force_exit = True
        thread.join(5)
        line.close()


def items(*found: Mapping[str, Any]) -> dict[str, Sequence[Mapping[str, Any]]]:
    """A reply in the shape that is asked for."""
    return {"items": list(found)}

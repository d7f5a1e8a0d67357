"""What answers from the first second: health, the way in, our few files, and then the page once it is loaded.

Gradio takes seconds to import. The front listens at once and loads the page beside it.
"""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager

from ui.web.entrance import Entrance
from ui.web.guard import App, Message, Receive, Refusal, Scope, Send
from ui.web.replies import Reply, asset, go_to, waiting_page
from ui.web.sessions import Sessions

Loaded = tuple[App, Callable[[], AbstractAsyncContextManager[object]]]


class Front:
    """An ASGI app that is there at once.

    Args:
        load: Builds the page and warms what the first click needs: the app and its life span. Runs off the main
            thread, once, when the server starts.
        entrance: How people come in and out; without one, by the printed link alone.
        announce: Told of the next one-time key, whenever one was used.
        on_failure: Told why loading failed; the server should stop then.
    """

    def __init__(
        self,
        sessions: Sessions,
        load: Callable[[], Loaded],
        *,
        entrance: Entrance | None = None,
        announce: Callable[[str], None] = lambda key: None,
        on_failure: Callable[[BaseException], None] = lambda error: None,
    ) -> None:
        self._sessions = sessions
        self._load = load
        self._entrance = entrance or Entrance(sessions)
        self._announce = announce
        self._on_failure = on_failure
        self._page: App | None = None
        self._answers: Counter[str] = Counter()
        self._started = time.monotonic()

    @property
    def ready(self) -> bool:
        """Whether the page is loaded and the first click will not wait."""
        return self._page is not None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or hand on to the page."""
        if scope["type"] == "lifespan":
            return await self._live(receive, send)

        async def counting(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._answers[f"{message['status'] // 100}xx"] += 1
            await send(message)

        try:
            reply = self._answer(scope) or await self._entrance.answer(scope, receive)
        except Refusal as refusal:
            reply = Reply(refusal.status, refusal.sentence)
        if reply is not None:
            return await reply.send(counting)
        if self._page is None:
            return await waiting_page().send(counting)
        return await self._page(scope, receive, counting)

    def _answer(self, scope: Scope) -> Reply | None:
        path: str = scope["path"]
        if path == "/healthz":
            return Reply(200, "ok\n")
        if path == "/readyz":
            return Reply(200, "ready\n") if self.ready else Reply(503, "getting ready\n")
        if path == "/metrics":
            return Reply(200, self.metrics(), "text/plain; version=0.0.4; charset=utf-8")
        if path == "/start":
            return self._start(scope)
        if path == "/":
            return go_to("/app/")
        if path.endswith("/favicon.ico"):
            return asset("flourish.svg")
        if path.startswith("/static/") or path == "/manifest.json":
            return asset(path.rsplit("/", 1)[1])
        return None

    def _start(self, scope: Scope) -> Reply:
        reply = self._entrance.redeem(scope)
        if reply is None:
            return self._entrance.page(scope, "This link was used before, is too old, or a newer one was made.")
        if self._sessions.needs_link:
            self._announce(self._sessions.fresh_key())
        return reply

    def metrics(self) -> str:
        """Counts in the text format of Prometheus; no name, no note, no path."""
        lines = [
            "# TYPE flourish_up_seconds gauge",
            f"flourish_up_seconds {time.monotonic() - self._started:.0f}",
            "# TYPE flourish_ready gauge",
            f"flourish_ready {int(self.ready)}",
            "# TYPE flourish_sessions gauge",
            f"flourish_sessions {self._sessions.count()}",
            "# TYPE flourish_responses_total counter",
            *(f'flourish_responses_total{{class="{kind}"}} {n}' for kind, n in sorted(self._answers.items())),
        ]
        return "\n".join(lines) + "\n"

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        async with self._loading():
            await send({"type": "lifespan.startup.complete"})
            await receive()
        await send({"type": "lifespan.shutdown.complete"})

    @asynccontextmanager
    async def _loading(self) -> AsyncIterator[None]:
        """Load in the background for as long as the server lives; the page's own life span ends with it."""
        stop = asyncio.Event()

        async def page_life() -> None:
            page, life = await asyncio.to_thread(self._load)
            async with AsyncExitStack() as stack:
                await stack.enter_async_context(life())
                self._page = page
                await stop.wait()

        def ended(task: asyncio.Task[None]) -> None:
            error = None if task.cancelled() else task.exception()
            if error is not None:
                self._on_failure(error)

        task = asyncio.create_task(page_life())
        task.add_done_callback(ended)
        try:
            yield
        finally:
            stop.set()
            if self._page is None:
                task.cancel()
            await asyncio.gather(task, return_exceptions=True)

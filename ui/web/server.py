"""The web server: binds the address, shows the way in, serves until Ctrl-C. It reads no setting and no environment.

`build_app` gives the whole guarded app for tests and other servers; `serve` runs it.
"""

import asyncio
import os
import sys
import webbrowser
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from threading import Thread
from typing import Any

from ui.web.answering import Answering
from ui.web.entrance import Entrance
from ui.web.front import Front, Loaded
from ui.web.guard import LOOPBACK, MOUNT, App, Guard
from ui.web.lately import Lately
from ui.web.listening import Wish, check, listen, told
from ui.web.openers import Openers
from ui.web.sessions import Sessions
from ui.web.trays import Trays

Say = Callable[[str], None]
SWEEP_SECONDS = 60.0  # between two looks for sent files that nobody will answer any more
HERE = Wish()  # this machine alone, at the usual port
# So long a thread that works keeps the interpreter before another gets it. The one that speaks to all browsers gives it
# away at every message and must have it back at once: with Python's five milliseconds many users waited twice as long.
SWITCH_SECONDS = 0.0005


def serve(
    openers: Openers,
    wish: Wish = HERE,
    *,
    open_browser: bool = True,
    demo: bool = False,
    say: Say = print,
) -> None:
    """Serve the page until Ctrl-C.

    Args:
        openers: What wiring gives the page to work with.
        wish: Where to listen, and for whom; port 0 takes any free one.
        open_browser: Whether to open the link as well as print it.
        demo: Whether every manager of this home may be chosen on the page.
        say: Where the links are printed.

    Raises:
        NotAllowed: Others could reach it without passwords or encryption, or no account fits.
        Refused: The port is taken, or the certificate cannot be used.
        FlourishError: Whatever kept the page from loading.
    """
    import uvicorn

    check(wish, openers.gate)
    listening = listen(wish)
    failures: list[BaseException] = []

    def announce(key: str) -> None:
        say(f"To open another browser: {listening.here}/start?key={key}")

    def stop(error: BaseException) -> None:
        failures.append(error)
        server.should_exit = True

    sessions = sessions_of(openers, demo=demo, shared=wish.is_shared)
    app = build_app(
        openers, sessions, hosts=listening.hosts, reach=listening.elsewhere, announce=announce, on_failure=stop,
        on_loaded=lambda: sys.setswitchinterval(SWITCH_SECONDS),
    )  # fmt: skip
    server = uvicorn.Server(uvicorn.Config(app, **_uvicorn(wish)))
    link = f"{listening.here}/"
    for line in told(wish, listening, [a.id for a in openers.gate.without_password()] if openers.gate else []):
        say(line)
    if sessions.has_link:
        link += f"start?key={sessions.fresh_key()}"
        say(f"Open it here: {link}")
    elif not wish.is_shared:
        say("Several accounts use this home: each signs in with name and password.")
    if open_browser:  # beside the server: some browsers only return when they are closed
        Thread(target=webbrowser.open, args=(link,), daemon=True).start()
    # uvicorn raises the signal again once it has stopped; under a parent that ignores Ctrl-C (nohup) nothing is heard.
    with listening.socket, _usual_turns_after(), suppress(KeyboardInterrupt):
        server.run(sockets=[listening.socket])
    if failures:
        raise failures[0]
    say("Stopped. Everything is saved.")


@contextmanager
def _usual_turns_after() -> Iterator[None]:
    """Threads take turns as before once the server has stopped."""
    before = sys.getswitchinterval()
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def build_app(
    openers: Openers,
    sessions: Sessions,
    *,
    hosts: Iterable[str] = LOOPBACK,
    reach: tuple[str, ...] = (),
    announce: Callable[[str], None] = lambda key: None,
    on_failure: Callable[[BaseException], None] = lambda error: None,
    on_loaded: Callable[[], None] = lambda: None,
) -> App:
    """The whole guarded app. It answers at once; the page behind it loads when the server starts.

    Args:
        openers: What wiring gives the page to work with.
        sessions: Who may come in.
        hosts: Host names it answers to, without port.
        reach: Addresses under which other devices find it.
        announce: Told of the next one-time key, whenever one was used.
        on_failure: Told why loading failed.
        on_loaded: Told when the page is laid out. Threads that take turns more often are of use from then on; while
            Gradio is imported they cost a second.
    """

    def load() -> Loaded:
        openers.warm()
        loaded = load_page(openers, sessions, reach)
        on_loaded()
        return loaded

    entrance = Entrance(sessions, openers.gate)
    front = Front(sessions, load, entrance=entrance, announce=announce, on_failure=on_failure)
    return Guard(front, sessions, hosts=hosts, entry=entrance.page)


def _uvicorn(wish: Wish) -> dict[str, Any]:
    """How uvicorn serves: quiet; what a proxy says about a caller counts only where one was announced."""
    said: dict[str, Any] = {
        "log_level": "critical", "access_log": False, "server_header": False, "date_header": True, "ws": "none",
        "proxy_headers": wish.is_local and bool(wish.names), "forwarded_allow_ips": "127.0.0.1,::1",
        # An open page holds an event stream for as long as it lives; two seconds are enough to say goodbye.
        "timeout_graceful_shutdown": 2,
    }  # fmt: skip
    if wish.tls:
        said |= {"ssl_certfile": str(wish.tls.cert), "ssl_keyfile": str(wish.tls.key)}
    return said


def sessions_of(openers: Openers, *, demo: bool, shared: bool = False) -> Sessions:
    """Sessions for the accounts this server may show; where others reach it, nobody comes in by a printed link."""
    from ui.web.accounts import link_accounts

    if shared and openers.gate:
        return Sessions(frozenset(), stands=openers.gate.stands)
    linked = frozenset(a.id for a in link_accounts(openers.accounts(), openers.gate, demo=demo))
    return Sessions(linked, stands=openers.gate.stands) if openers.gate else Sessions(linked)


def keep_gradio_quiet() -> None:
    """Gradio reads these when it is imported; with them it asks nobody on the internet for anything.

    It also reckons, after every press, the times of the last ten thousand presses for a page of its own that is shut,
    and before and after every update it looks through all of Python's folders for a library of plots.
    """
    sys.modules.setdefault("matplotlib", None)  # type: ignore[arg-type]  # not there: that is said at once
    os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
    os.environ["HF_HUB_OFFLINE"] = "1"
    os.environ["GRADIO_ANALYTICS_MAX_EVENTS"] = "1"
    os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(10**9)  # presses between two reckonings


async def _sweep(sessions: Sessions, *kept: Trays | Lately) -> None:
    """From time to time, let go of what nobody will ask for any more."""
    while True:
        await asyncio.sleep(SWEEP_SECONDS)
        for each in kept:
            await asyncio.to_thread(each.sweep, sessions.lives)


def load_page(openers: Openers, sessions: Sessions, reach: tuple[str, ...] = ()) -> Loaded:
    """Import Gradio, lay the page out and mount it: the slow part of starting."""
    keep_gradio_quiet()
    import gradio as gr
    from fastapi import FastAPI, Request
    from starlette.routing import Route

    from ui.web.exports import PATH as EXPORT
    from ui.web.exports import Exports
    from ui.web.page import Page
    from ui.web.replies import asset_url
    from ui.web.straight import Straight
    from ui.web.theme import theme
    from ui.web.uploads import PATH as UPLOAD
    from ui.web.uploads import Uploads

    def who(request: Request) -> str | None:
        session = request.scope.get("flourish.session")
        return session.id if session else None

    scripts = ("drafts.js", "flourish.js", "bring.js")
    head = (
        f'<link rel="icon" href="{asset_url("flourish.svg")}">'
        f'<link rel="stylesheet" href="{asset_url("flourish.css")}">'
        + "".join(f'<script src="{asset_url(name)}"></script>' for name in scripts)
    )
    trays, lately, answering = Trays(openers.inbox), Lately(), Answering()
    api = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    api.router.routes.append(Route(UPLOAD, Uploads(trays), methods=["POST"]))
    api.router.routes.append(Route(EXPORT, Exports(openers), methods=["GET"]))

    async def mount() -> None:
        page = Page(openers, sessions, trays, reach, lately, answering).build()
        gr.mount_gradio_app(
            api, page, path=MOUNT, auth_dependency=who, theme=theme(), head=head,
            footer_links=[], run_history=False, show_error=False, ssr_mode=False, mcp_server=False,
            enable_monitoring=False, pwa=False, max_file_size="1kb", allowed_paths=[],
            app_kwargs={"docs_url": None, "redoc_url": None, "openapi_url": None},
        )  # fmt: skip

    asyncio.run(mount())  # outside of a running loop Gradio opens loops of its own and closes none

    @asynccontextmanager
    async def life() -> AsyncIterator[object]:
        sweeping = asyncio.create_task(_sweep(sessions, trays, lately))
        try:
            async with api.router.lifespan_context(api) as state:
                yield state
        finally:
            sweeping.cancel()
            answering.is_closing = True
            trays.clear()

    return Straight(api), life

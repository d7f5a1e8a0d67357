import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from assistant.domain.account import AccountId
from assistant.errors import FlourishError, HomeError
from tests.ui.web.asgi import ask
from ui.web.front import Front, Loaded
from ui.web.guard import Guard, Message, Receive, Scope, Send
from ui.web.sessions import Sessions


@pytest.fixture
def sessions() -> Sessions:
    return Sessions(frozenset({AccountId("me")}))


async def page(scope: Scope, receive: Receive, send: Send) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"the page"})


def front(sessions: Sessions) -> Front:
    def load() -> Loaded:
        raise AssertionError("not loaded in this test")

    return Front(sessions, load)


def test_health_is_answered_before_the_page_is_loaded_and_readiness_is_not(sessions: Sessions) -> None:
    app = Guard(front(sessions), sessions)
    assert ask(app, "/healthz").status == 200
    assert ask(app, "/readyz").status == 503


def test_somebody_who_comes_early_is_told_to_wait_and_the_page_opens_by_itself(sessions: Sessions) -> None:
    app = Guard(front(sessions), sessions)
    cookie = sessions.redeem(sessions.fresh_key())
    answer = ask(app, "/app/", headers={"cookie": f"flourish_7860={cookie}"})
    assert answer.status == 503
    assert answer.headers["refresh"] == "1"
    assert "getting ready" in answer.body


def test_the_one_time_link_sets_a_strict_cookie_leads_to_the_page_and_works_once(sessions: Sessions) -> None:
    announced: list[str] = []
    app = Guard(Front(sessions, lambda: (page, None), announce=announced.append), sessions)  # type: ignore[arg-type,return-value]
    key = sessions.fresh_key()
    answer = ask(app, "/start", query=f"key={key}")
    assert (answer.status, answer.headers["location"]) == (303, "/app/")
    cookie = answer.headers["set-cookie"]
    assert cookie.startswith("flourish_7860=")
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert key not in cookie
    again = ask(app, "/start", query=f"key={key}")
    assert again.status == 401
    assert "set-cookie" not in again.headers
    assert ask(app, "/start", query=f"key={announced[0]}").status == 303, "the link that was printed next works"


@pytest.mark.parametrize("query", ["", "key=", "key=guess", "key=a&key=b", "key=%00"])
def test_a_wrong_link_opens_nothing_and_says_where_the_right_one_is(sessions: Sessions, query: str) -> None:
    sessions.fresh_key()
    answer = ask(Guard(front(sessions), sessions), "/start", query=query)
    assert answer.status == 401
    assert "terminal" in answer.body
    assert "set-cookie" not in answer.headers


def test_the_root_leads_to_the_page(sessions: Sessions) -> None:
    app = Guard(front(sessions), sessions)
    cookie = sessions.redeem(sessions.fresh_key())
    answer = ask(app, "/", headers={"cookie": f"flourish_7860={cookie}"})
    assert (answer.status, answer.headers["location"]) == (303, "/app/")


def test_our_few_files_are_public_and_nothing_else_of_the_folder_is(sessions: Sessions) -> None:
    app = Guard(front(sessions), sessions)
    assert ask(app, "/static/flourish.css").headers["content-type"].startswith("text/css")
    assert ask(app, "/favicon.ico").headers["content-type"].startswith("image/svg+xml")
    assert ask(app, "/manifest.json").status == 200
    assert ask(app, "/static/flourish.js").headers["content-type"].startswith("text/javascript")
    assert ask(app, "/static/source-sans-3-latin.woff2").headers["content-type"] == "font/woff2"
    assert ask(app, "/static/wire.js").status == 404
    assert ask(app, "/static/OFL.txt").status == 404
    assert ask(app, "/static/__init__.py").status == 404


def test_metrics_count_and_name_nobody(sessions: Sessions) -> None:
    app = Guard(front(sessions), sessions)
    sessions.redeem(sessions.fresh_key())
    ask(app, "/healthz")
    text = ask(app, "/metrics").body
    assert "flourish_sessions 1\n" in text
    assert 'flourish_responses_total{class="2xx"} 1\n' in text
    assert all(line.startswith(("#", "flourish_")) for line in text.splitlines())


def live(app: Front, while_up: "asyncio.Event | None" = None) -> list[Message]:
    """Run the app's life: start, wait until it is ready or has failed, stop."""
    sent: list[Message] = []

    async def run() -> None:
        stop = asyncio.Event()
        first = True

        async def receive() -> Message:
            nonlocal first
            if first:
                first = False
                return {"type": "lifespan.startup"}
            await stop.wait()
            return {"type": "lifespan.shutdown"}

        async def send(message: Message) -> None:
            sent.append(message)

        task = asyncio.create_task(app({"type": "lifespan"}, receive, send))
        for _ in range(200):
            if app.ready or (while_up and while_up.is_set()):
                break
            await asyncio.sleep(0.01)
        stop.set()
        await task

    asyncio.run(run())
    return sent


def test_the_page_is_loaded_beside_the_running_server_and_its_life_ends_with_it(sessions: Sessions) -> None:
    lived: list[str] = []

    @asynccontextmanager
    async def life() -> AsyncIterator[None]:
        lived.append("begun")
        yield
        lived.append("ended")

    app = Front(sessions, lambda: (page, life))
    sent = live(app)
    assert [m["type"] for m in sent] == ["lifespan.startup.complete", "lifespan.shutdown.complete"]
    assert lived == ["begun", "ended"]
    assert ask(app, "/readyz").status == 200
    assert ask(app, "/app/config").body == "the page"


@pytest.mark.parametrize("error", [HomeError("The home is locked."), RuntimeError("a bug")])
def test_a_page_that_cannot_be_loaded_is_told_and_never_looks_ready(sessions: Sessions, error: Exception) -> None:
    told: list[BaseException] = []
    seen = asyncio.Event()

    def load() -> Loaded:
        raise error

    def failed(why: BaseException) -> None:
        told.append(why)
        seen.set()

    app = Front(sessions, load, on_failure=failed)
    live(app, seen)
    assert told == [error]
    assert not app.ready
    assert isinstance(error, FlourishError | RuntimeError)

"""The two requests of every press, straight to what Gradio answers them with.

On the usual way each passes two web frameworks, their layers and some sixty routes, which takes as long as many a page.
The guard has asked before who it is and whose window; what those layers do besides (compress, sign in, let other
origins in) is nothing for these two.
"""

from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from typing import Any

from fastapi import FastAPI, HTTPException, Request
from gradio.data_classes import PredictBody
from pydantic import ValidationError
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount

from ui.web.guard import MOUNT, Receive, Scope, Send

JOIN = f"{MOUNT}/gradio_api/queue/join"
DATA = f"{MOUNT}/gradio_api/queue/data"
Answer = Callable[..., Awaitable[Any]]


class Straight:
    """An ASGI app in front of the one that Gradio is mounted in.

    Args:
        api: Everything that is neither of the two goes on to it, and so does whoever the guard has not let in.
    """

    def __init__(self, api: FastAPI) -> None:
        self._api = api
        self._mount = next(route for route in api.routes if isinstance(route, Mount) and route.path == MOUNT)
        answers: dict[str, Answer] = {route.endpoint.__name__: route.endpoint for route in _all(self._mount.routes)}
        self._join, self._data = answers["queue_join"], answers["queue_data"]

    @property
    def routes(self) -> Sequence[BaseRoute]:
        """All that can be asked for behind it."""
        return self._api.routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one of the two, or hand on."""
        session = scope.get("flourish.session")
        wanted = (scope.get("method"), scope.get("path"))
        if session is None or wanted not in (("POST", JOIN), ("GET", DATA)):
            return await self._api(scope, receive, send)
        request = Request({**scope, **self._mount.matches(scope)[1]}, receive)
        try:
            if wanted[1] == DATA:
                answer: Response = await self._data(request, request.query_params["session_hash"])
            else:
                body = PredictBody.model_validate_json(await request.body())
                answer = JSONResponse(await self._join(body, request, session.id))
        except ValidationError:
            answer = JSONResponse({"detail": "This request cannot be read."}, 422)
        except HTTPException as error:
            answer = JSONResponse({"detail": error.detail}, error.status_code)
        return await answer(request.scope, receive, send)


def _all(routes: Iterable[Any]) -> Iterator[Any]:
    """Every route that answers by itself, those of routers inside of the router too."""
    for route in routes:
        if hasattr(route, "original_router"):
            yield from _all(route.original_router.routes)
        elif hasattr(route, "endpoint"):
            yield route

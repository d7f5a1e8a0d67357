"""The way files come in: one request a file, its bytes streamed into the browser's own tray. Nothing is parsed here."""

import asyncio
import json
from pathlib import Path
from typing import IO

from assistant.domain.account import AccountId
from assistant.errors import FlourishError, Refused, Unknown
from ui.web.guard import Receive, Scope, Send, one_of_each
from ui.web.replies import Reply
from ui.web.sessions import Session
from ui.web.trays import MOST_BYTES, MOST_OF_ONE, Tray, Trays

PATH = "/upload"


class Uploads:
    """An ASGI app behind the guard that takes one file a request and says in JSON what became of it."""

    def __init__(self, trays: Trays) -> None:
        self._trays = trays

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take a file."""
        said, tray = "", None
        headers = {key: value.decode("latin-1") for key, value in one_of_each(scope["headers"]).items()}
        name = headers.get(b"x-flourish-name", "")
        try:
            tray = self._tray(scope["flourish.session"], headers)
            await self._take(tray, name, receive)
        except FlourishError as error:
            await _hear_out(receive)
            said = str(error)
            if tray is not None:
                tray.refused.append(said)
        body = json.dumps({"tray": tray.id if tray else "", "files": len(tray.names) if tray else 0, "said": said})
        return await Reply(200, body, "application/json").send(send)

    def _tray(self, session: Session, headers: dict[bytes, str]) -> Tray:
        account = AccountId(headers.get(b"x-flourish-account", ""))
        if account not in session.accounts:
            raise Unknown("There is no such account here.", next="Load the page again.")
        known = headers.get(b"x-flourish-tray", "")
        return self._trays.of(session.id, account, known) if known else self._trays.begin(session.id, account)

    async def _take(self, tray: Tray, name: str, receive: Receive) -> None:
        """Stream one file into the tray; one that is refused leaves nothing behind."""
        inbox = self._trays.inbox
        path = tray.place_for(name)
        refused = inbox.refuses(path.name) if inbox else ""
        if refused:
            tray.leave_out(path)
            raise Refused(refused)
        before, whole = tray.size, False
        try:
            file = await asyncio.to_thread(_opened, path)
            try:
                await _stream(tray, path, file, receive)
            finally:
                await asyncio.to_thread(file.close)
            whole = True
        finally:
            if not whole:
                tray.leave_out(path, tray.size - before)


async def _hear_out(receive: Receive) -> None:
    """Let the browser finish: one that is answered in the middle of sending shows no answer."""
    size, more = 0, True
    while more and size < MOST_OF_ONE:
        message = await receive()
        size += len(message.get("body", b""))
        more = message["type"] == "http.request" and message.get("more_body", False)


def _opened(path: Path) -> IO[bytes]:
    try:
        return path.open("xb")
    except OSError as error:
        raise Refused(f"{path.name} cannot be kept ({error.strerror}).", next="Give it a shorter name.") from error


async def _stream(tray: Tray, path: Path, file: IO[bytes], receive: Receive) -> None:
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            raise Refused(f"{path.name} broke off on its way.", next="Send it again.")
        part = message.get("body", b"")
        more = message.get("more_body", False)
        size, tray.size = size + len(part), tray.size + len(part)
        if size > MOST_OF_ONE:
            raise Refused(f"{path.name} is larger than 20 MB.", next="Split it, for example by year.")
        if tray.size > MOST_BYTES:
            raise Refused("That is more than 100 MB at once.", next="Bring the rest in afterwards.")
        try:
            await asyncio.to_thread(file.write, part)
        except OSError as error:
            raise Refused(f"{path.name} cannot be kept ({error.strerror}).", next="Free some disk space.") from error

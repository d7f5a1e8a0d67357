"""The way in and out: the printed link, name and password, signing out. Answers small pages; knows no note."""

import asyncio
import re
from urllib.parse import parse_qs

from assistant.domain.account import AccountId
from assistant.domain.sign_in import By
from assistant.errors import FlourishError, Invalid
from assistant.gate import Entry, Gate, TooManyTries
from ui.web.devices import PAIR
from ui.web.guard import Receive, Refusal, Scope, one_of_each
from ui.web.place import Place
from ui.web.replies import Reply, go_to, let_in, let_out, login_page, pair_page, password_page, sign_in_page
from ui.web.sessions import Sessions, Way

MOST_BYTES = 8_192  # of a name and a password
SIGN_IN, SIGN_OUT, SIGN_OUT_ALL, PASSWORD = "/sign-in", "/sign-out", "/sign-out-everywhere", "/password"
DEVICES = (("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"), ("Macintosh", "Mac"),
           ("CrOS", "Chromebook"), ("Linux", "Linux"))  # fmt: skip
BROWSERS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("CriOS", "Chrome"), ("Safari", "Safari"))


class Entrance:
    """Lets people in and out.

    Args:
        sessions: Who is in.
        gate: Whom a password lets in; none where nobody signs in.
    """

    def __init__(self, sessions: Sessions, gate: Gate | None = None) -> None:
        self._sessions = sessions
        self._gate = gate

    def page(self, scope: Scope, said: str = "", *, status: int = 401, named: str = "") -> Reply:
        """What somebody sees who is not signed in: name and password, or where the link is."""
        if self._gate is None or not self._gate.has_passwords():
            return sign_in_page(said)
        return login_page(said, to=_wanted(scope), named=named, status=status, has_link=self._sessions.has_link)

    async def answer(self, scope: Scope, receive: Receive) -> Reply | None:
        """The answer to one of the entrance's addresses; None for any other."""
        path, posted = scope["path"], scope["method"] == "POST"
        if path == SIGN_IN:
            return await self._sign_in(scope, receive) if posted else self._ask(scope)
        if path == PAIR:
            return await self._pair(scope, receive) if posted else self._ask_to_pair(scope)
        if path == PASSWORD:
            return await self._change(scope, receive) if posted else password_page()
        if path in (SIGN_OUT, SIGN_OUT_ALL) and posted:
            return await asyncio.to_thread(self._sign_out, scope, everywhere=path == SIGN_OUT_ALL)
        return None

    def redeem(self, scope: Scope) -> Reply | None:
        """Somebody follows a one-time link; None when it is not, or no longer, good."""
        key = (parse_qs(scope.get("query_string", b"").decode("latin-1")).get("key") or [""])[0]
        if scope["method"] != "GET":
            return None
        headers = one_of_each(scope["headers"])
        cookie = self._sessions.redeem(key, device_of(headers))
        if cookie is not None:
            self._note(cookie, scope)
        return None if cookie is None else let_in(headers, cookie, secure=is_secure(scope))

    def _note(self, cookie: str, scope: Scope) -> None:
        """A sign-in without a password stands in the account's log, where it is one account's."""
        session = self._sessions.of_cookie(cookie)
        if self._gate is None or session is None or len(session.accounts) != 1:
            return
        (account,) = session.accounts
        by = By.PHONE if session.way is Way.PHONE else By.LINK
        self._gate.note(account, by, session.device, (scope.get("client") or ("",))[0])

    def _ask_to_pair(self, scope: Scope) -> Reply:
        """A link that a camera or a messenger may fetch for a look uses no key up; a press of the button does."""
        key = (parse_qs(scope.get("query_string", b"").decode("latin-1")).get("key") or [""])[0]
        return pair_page(key)

    async def _pair(self, scope: Scope, receive: Receive) -> Reply:
        headers = one_of_each(scope["headers"])
        said = parse_qs((await _form(headers, receive)).decode("utf-8", "replace"), keep_blank_values=True)
        cookie = self._sessions.redeem(said.get("key", [""])[0], device_of(headers))
        if cookie is None:
            return pair_page("", "This code was used before or is too old. Show a new one on the other device.")
        await asyncio.to_thread(self._note, cookie, scope)
        return let_in(headers, cookie, secure=is_secure(scope))

    def _ask(self, scope: Scope) -> Reply:
        page = self.page(scope, status=200)
        return go_to("/app/") if page.status != 200 else page

    async def _sign_in(self, scope: Scope, receive: Receive) -> Reply:
        headers = one_of_each(scope["headers"])
        said = parse_qs((await _form(headers, receive)).decode("utf-8", "replace"), keep_blank_values=True)
        named, password, to = (said.get(key, [""])[0] for key in ("name", "password", "to"))
        if self._gate is None:
            raise Refusal(404, "There is nothing here.")
        address = (scope.get("client") or ("",))[0]
        try:
            entry = await asyncio.to_thread(self._gate.enter, named, password, address, device_of(headers))
        except TooManyTries as error:
            wait = (b"retry-after", str(int(error.seconds) + 1).encode())
            page = self.page(_at(scope, to), str(error), status=429, named=named)
            return Reply(page.status, page.body, page.kind, (*page.headers, wait))
        except FlourishError as error:
            return self.page(_at(scope, to), str(error), named=named)
        cookie = self._sessions.open(entry.account.id, entry.stamp, device_of(headers))
        return let_in(headers, cookie, secure=is_secure(scope), to=_landing(to, entry))

    async def _change(self, scope: Scope, receive: Receive) -> Reply:
        """Another password, for whoever knows the present one; every other device is signed out."""
        headers, session = one_of_each(scope["headers"]), scope["flourish.session"]
        said = parse_qs((await _form(headers, receive)).decode("utf-8", "replace"), keep_blank_values=True)
        now, new, again = (said.get(key, [""])[0] for key in ("now", "new", "again"))
        if self._gate is None or session.way is Way.KEY or len(session.accounts) != 1:
            return password_page("Set it on the command line: flourish account password ID", status=403)
        if new != again:
            return password_page("The two new passwords are not the same; nothing was changed.", status=400)
        (account,) = session.accounts
        address = (scope.get("client") or ("",))[0]
        try:
            await asyncio.to_thread(self._gate.enter, account, now, address, device_of(headers))
            await asyncio.to_thread(self._gate.set_password, account, new)
        except TooManyTries as error:
            return password_page(str(error), status=429)
        except Invalid as error:
            return password_page(str(error), status=400)
        except FlourishError:
            return password_page("That is not your present password; nothing was changed.", status=403)
        self._sessions.end_all(account)
        cookie = self._sessions.open(account, self._gate.stamp(account), device_of(headers))
        return let_in(headers, cookie, secure=is_secure(scope))

    def _sign_out(self, scope: Scope, *, everywhere: bool) -> Reply:
        session = scope["flourish.session"]
        self._sessions.end(session.id)
        if everywhere and session.way is not Way.KEY:
            for account in session.accounts:
                self._sessions.end_all(AccountId(account))
                if self._gate is not None:
                    self._gate.end_sessions(account)
        return let_out(one_of_each(scope["headers"]), secure=is_secure(scope))


def is_secure(scope: Scope) -> bool:
    """Whether the browser speaks to us through TLS."""
    return bool(scope.get("scheme") == "https")


def device_of(headers: dict[bytes, bytes]) -> str:
    """What a browser says it is, as "Chrome on Android"; only words of ours."""
    said = headers.get(b"user-agent", b"").decode("latin-1")
    browser = next((name for sign, name in BROWSERS if sign in said), "A browser")
    device = next((name for sign, name in DEVICES if sign in said), "")
    return f"{browser} on {device}" if device else browser


def _wanted(scope: Scope) -> str:
    """The place in an address, in our own spelling; empty when it names none."""
    said = scope.get("query_string", b"").decode("latin-1")
    return Place.read(said).query if re.search(r"(?:^|&)[gp]=", said) else ""


def _at(scope: Scope, to: str) -> Scope:
    return {**scope, "query_string": to.lstrip("?")[:500].encode("latin-1", "replace")}


def _landing(to: str, entry: Entry) -> str:
    """Where somebody goes who is in: where they wanted to, if that is their own desk."""
    place = Place.read(to)
    own = place.account in ("", entry.account.id) and place != Place(place.account)
    return "/app/" + (place.query if own else "")


async def _form(headers: dict[bytes, bytes], receive: Receive) -> bytes:
    if headers.get(b"content-type", b"").split(b";")[0].strip().lower() != b"application/x-www-form-urlencoded":
        raise Refusal(415, "Only the form itself can be sent here.")
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        if message["type"] != "http.request" or len(body) > MOST_BYTES:
            raise Refusal(413, "That is too long for a name and a password.")
        more = message.get("more_body", False)
    return body

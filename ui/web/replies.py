"""Answers that need no page: short texts, the friendly way in, the waiting page. No content of any note."""

import re
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import Any

from ui.web.sessions import Way

TYPES = {
    "css": "text/css; charset=utf-8", "svg": "image/svg+xml; charset=utf-8", "js": "text/javascript; charset=utf-8",
    "json": "application/manifest+json; charset=utf-8", "woff2": "font/woff2",
}  # fmt: skip
FONTS = frozenset(f"{family}-{script}.woff2" for family in ("source-sans-3", "source-serif-4")
                  for script in ("latin", "latin-ext"))  # fmt: skip
LONGEST_STAY = int(max(way.value[1] for way in Way))  # seconds; when a session ends is decided here, not there
ASSETS = FONTS | {"flourish.css", "drafts.js", "flourish.js", "bring.js", "flourish.svg", "manifest.json"}


@dataclass(frozen=True, slots=True)
class Reply:
    """A whole answer: status, body and the few headers that are its own."""

    status: int
    body: str | bytes
    kind: str = "text/plain; charset=utf-8"
    headers: tuple[tuple[bytes, bytes], ...] = ()

    async def send(self, send: Callable[[MutableMapping[str, Any]], Awaitable[None]]) -> None:
        """Send it as an ASGI answer."""
        body = self.body.encode() if isinstance(self.body, str) else self.body
        own = [(b"content-type", self.kind.encode()), (b"content-length", str(len(body)).encode()), *self.headers]
        await send({"type": "http.response.start", "status": self.status, "headers": own})
        await send({"type": "http.response.body", "body": body})


def cookie_name(headers: Mapping[bytes, bytes], *, secure: bool = False) -> str:
    """The session cookie's name. It names the port, since browsers share cookies between ports of one host.

    Over TLS it begins with `__Host-`: browsers then take it from this host alone, and never without TLS.
    """
    port = re.search(rb":(\d{1,5})$", headers.get(b"host", b""))
    name = f"flourish_{port[1].decode() if port else 443 if secure else 80}"
    return f"__Host-{name}" if secure else name


def cookie_in(headers: Mapping[bytes, bytes], *, secure: bool = False) -> str:
    """The value of the session cookie, or an empty text."""
    name = cookie_name(headers, secure=secure)
    for part in headers.get(b"cookie", b"").decode("latin-1").split(";"):
        key, _, value = part.strip().partition("=")
        if key == name:
            return value
    return ""


def let_in(headers: Mapping[bytes, bytes], cookie: str, *, secure: bool = False, to: str = "/app/") -> Reply:
    """Hand out the session cookie and go on to the page."""
    return _with_cookie(cookie_name(headers, secure=secure), cookie, LONGEST_STAY, secure, to)


def let_out(headers: Mapping[bytes, bytes], *, secure: bool = False) -> Reply:
    """Take the session cookie back."""
    return _with_cookie(cookie_name(headers, secure=secure), "", 0, secure, "/app/")


def _with_cookie(name: str, value: str, seconds: int, secure: bool, to: str) -> Reply:
    flags = f"HttpOnly; SameSite=Strict; Path=/; Max-Age={seconds}{'; Secure' if secure else ''}"
    return Reply(303, "", headers=((b"location", to.encode()), (b"set-cookie", f"{name}={value}; {flags}".encode())))


def go_to(path: str) -> Reply:
    """Send the browser to another page of ours."""
    return Reply(303, "", headers=((b"location", path.encode()),))


def sign_in_page(said: str = "") -> Reply:
    """What somebody sees who came without the link: how to get in."""
    return _page(
        401,
        "Flourish is running",
        said or "To open it, use the link from the terminal.",
        "<p>Look at the terminal window where Flourish was started. Its last line is a link that ends in "
        "<code>/start?key=…</code>: open that link in this browser. Each link opens one browser, once; "
        "a new one is printed right after.</p>",
        "Your notes stay on this machine. The link keeps other programs and web sites away from them.",
    )


def login_page(said: str = "", *, to: str = "", named: str = "", status: int = 401, has_link: bool = False) -> Reply:
    """Name and password.

    Args:
        said: What is wrong, or empty.
        to: Where to go then: the query of a place.
        named: The name that was typed before.
        status: Of the answer.
        has_link: Whether the printed link opens the page as well.
    """
    wrong = f'<p class="fl-wrong" role="alert" id="fl-wrong">{escape(said)}</p>' if said else ""
    told = ' aria-describedby="fl-wrong"' if said else ""
    first, second = ("", " autofocus") if named else (" autofocus", "")
    form = (
        f'{wrong}<form class="fl-login" method="post" action="/sign-in">'
        f'<label for="fl-name">Name</label><input id="fl-name" name="name" autocomplete="username" required '
        f'autocapitalize="none" spellcheck="false" maxlength="100" value="{escape(named[:100])}"{first}{told}>'
        '<label for="fl-password">Password</label><input id="fl-password" name="password" type="password" '
        f'autocomplete="current-password" required maxlength="1000"{second}{told}>'
        f'<input type="hidden" name="to" value="{escape(to)}">'
        '<button type="submit">Sign in</button></form>'
    )
    link = " On this machine the link in the terminal opens it as well." if has_link else ""
    foot = f"No password yet, or forgotten? Ask whoever runs this Flourish.{link}"
    return _page(status, "Sign in", "", form, foot)


def pair_page(key: str, said: str = "") -> Reply:
    """What a phone shows that followed a code: one button."""
    if said or not key:
        told = said or "This code is not whole. Hold the camera to it again."
        return _page(401, "On your phone", told, "", "Settings, Where you are signed in, shows a new code.")
    form = (
        f'<form class="fl-login" method="post" action="/pair"><input type="hidden" name="key" value="{escape(key)}">'
        '<button type="submit">Sign in on this phone</button></form>'
    )
    foot = (
        "It stays signed in for twelve hours after each use, a week at most, or until it is signed out under Settings. "
        "Lock your phone."
    )
    return _page(200, "On your phone", "Your one-on-ones, in the corridor.", form, foot)


def password_page(said: str = "", *, status: int = 200) -> Reply:
    """Another password: the present one, and the new one twice."""
    wrong = f'<p class="fl-wrong" role="alert">{escape(said)}</p>' if said else ""
    fields = "".join(
        f'<label for="fl-{name}">{label}</label><input id="fl-{name}" name="{name}" type="password" required '
        f'autocomplete="{kind}-password" maxlength="1000">'
        for name, label, kind in (
            ("now", "Your present password", "current"), ("new", "The new one, at least ten characters", "new"),
            ("again", "The new one once more", "new"),
        )
    )  # fmt: skip
    form = (
        f'{wrong}<form class="fl-login" method="post" action="/password">{fields}'
        '<button type="submit">Change it</button></form>'
    )
    foot = 'Every other device is signed out. <a href="/app/">Back to Flourish</a>'
    return _page(status, "Change your password", "", form, foot)


def waiting_page() -> Reply:
    """What somebody sees in the first seconds, while the page is being loaded."""
    return _page(
        503,
        "One moment",
        "Flourish is getting ready.",
        "<p>The page opens by itself: in a few seconds as a rule, in half a minute the very first time.</p>",
        "",
        headers=((b"refresh", b"1"), (b"retry-after", b"1")),
    )


def asset(name: str) -> Reply:
    """One of our own few files, by its plain name."""
    if name not in ASSETS:
        return Reply(404, "There is nothing here.")
    return Reply(200, _content(name), TYPES[name.rsplit(".", 1)[1]])


def asset_url(name: str) -> str:
    """Where the page finds one of our files; it changes when the file does, so browsers may keep it."""
    return f"/static/{name}?v={sha256(_content(name)).hexdigest()[:10]}"


@cache
def _content(name: str) -> bytes:
    folder = files("ui.web").joinpath("assets")
    if name == "flourish.css":
        sheets = sorted((f for f in folder.joinpath("css").iterdir() if f.name.endswith(".css")), key=lambda f: f.name)
        return b"".join(sheet.read_bytes() for sheet in sheets)
    return folder.joinpath("fonts", name).read_bytes() if name in FONTS else folder.joinpath(name).read_bytes()


def _page(
    status: int, title: str, lead: str, body: str, foot: str, headers: tuple[tuple[bytes, bytes], ...] = ()
) -> Reply:
    """A small page in our own look. `body` and `foot` are HTML of ours; what a person typed is escaped in them.

    The browser names our own origin when a form is sent, which the guard wants to hear.
    """
    above = f'<p class="fl-lead">{escape(lead)}</p>' if lead else ""
    below = f'<p class="fl-quiet">{foot}</p>' if foot else ""
    html = f"""<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="same-origin">
<title>{escape(title)} · Flourish</title>
<link rel="icon" href="{asset_url("flourish.svg")}"><link rel="stylesheet" href="{asset_url("flourish.css")}"></head>
<body class="fl-plain"><main><p class="fl-brand">Flourish</p><h1>{escape(title)}</h1>
{above}{body}{below}</main></body></html>"""
    return Reply(status, html, "text/html; charset=utf-8", headers)

"""Who is at the page: one-time keys, session cookies and the browser tabs they own. In memory only, never on disk.

This is not a password store: whoever can read the terminal of the server may come in, and nobody else.
"""

import hmac
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock

from assistant.domain.account import AccountId

IDLE_SECONDS = 8 * 3600.0  # one working day; the page lives on the manager's own machine
ABSOLUTE_SECONDS = 24 * 3600.0
MOST_SESSIONS = 256
MOST_TABS = 256


@dataclass(frozen=True, slots=True)
class Session:
    """One signed-in browser.

    Attributes:
        id: A public name that may stand in a page; knowing it opens nothing.
        accounts: The accounts this browser may work as.
    """

    id: str
    accounts: frozenset[AccountId]


@dataclass(slots=True)
class _Seat:
    session: Session
    opened: float
    seen: float
    tabs: OrderedDict[str, None] = field(default_factory=OrderedDict)


class Sessions:
    """Keys that open a session once, and the sessions they opened.

    Args:
        accounts: The accounts that every session of this server may use.
        now: Seconds that only run forward.
        secret: Makes an unguessable text, safe in a URL.
    """

    def __init__(
        self,
        accounts: frozenset[AccountId],
        *,
        now: Callable[[], float] = time.monotonic,
        secret: Callable[[], str] = lambda: secrets.token_urlsafe(32),
    ) -> None:
        self._accounts = accounts
        self._now = now
        self._secret = secret
        self._lock = Lock()
        self._keys: list[str] = []
        self._seats: OrderedDict[str, _Seat] = OrderedDict()  # by cookie value

    def fresh_key(self) -> str:
        """A key that opens one session, once; earlier unused keys stop working."""
        with self._lock:
            self._keys = [self._secret()]
            return self._keys[0]

    def redeem(self, key: str) -> str | None:
        """The cookie value of a new session, or None when the key is wrong or was used before."""
        with self._lock:
            if not any(hmac.compare_digest(key.encode(), known.encode()) for known in self._keys):
                return None
            self._keys = []
            while len(self._seats) >= MOST_SESSIONS:
                self._seats.popitem(last=False)
            cookie, now = self._secret(), self._now()
            self._seats[cookie] = _Seat(Session(self._secret()[:16], self._accounts), now, now)
            return cookie

    def of_cookie(self, cookie: str) -> Session | None:
        """The session of a cookie value, which counts as a sign of life; None when there is none or it ended."""
        with self._lock:
            self._drop_ended()
            seat = self._seats.get(cookie)
            if seat is None:
                return None
            seat.seen = self._now()
            return seat.session

    def of_id(self, session_id: str) -> Session | None:
        """A living session by its public name."""
        with self._lock:
            self._drop_ended()
            return next((s.session for s in self._seats.values() if s.session.id == session_id), None)

    def owns_tab(self, session: Session, tab: str) -> bool:
        """Whether a browser tab (Gradio's session_hash) is this session's. The first to name a tab owns it."""
        with self._lock:
            mine: _Seat | None = None
            for seat in self._seats.values():
                if seat.session.id == session.id:
                    mine = seat
                elif tab in seat.tabs:
                    return False
            if mine is None:
                return False
            mine.tabs[tab] = None
            mine.tabs.move_to_end(tab)
            while len(mine.tabs) > MOST_TABS:
                mine.tabs.popitem(last=False)
            return True

    def count(self) -> int:
        """How many sessions are alive."""
        with self._lock:
            self._drop_ended()
            return len(self._seats)

    def _drop_ended(self) -> None:
        now = self._now()
        for cookie, seat in list(self._seats.items()):
            if now - seat.seen > IDLE_SECONDS or now - seat.opened > ABSOLUTE_SECONDS:
                del self._seats[cookie]

"""Who is at the page: one-time keys, session cookies and the browser tabs they own. In memory only, never on disk.

This is not a password store: `assistant.gate` compares passwords; here is only who was let in, and for how long.
"""

import hmac
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from hashlib import sha256
from threading import Lock

from assistant.domain.account import AccountId

IDLE_SECONDS = 8 * 3600.0  # one working day; the page lives on the manager's own machine
ABSOLUTE_SECONDS = 24 * 3600.0
PAIRING_SECONDS = 300.0  # for which a phone's one-time key can be used
MOST_SESSIONS = 1024
MOST_BY_LINK, MOST_OF_ONE = 256, 32  # sessions by the printed link; of one account by password or pairing
MOST_TABS = 256
MOST_KEYS = 64
TRUST_SECONDS = 0.5  # for so long what the records say about an account is not asked again


class Way(Enum):
    """How somebody came in, with how long they may stay: seconds without a sign of life, seconds in all."""

    KEY = (IDLE_SECONDS, ABSOLUTE_SECONDS)
    PASSWORD = (30 * 60.0, 12 * 3600.0)
    PHONE = (12 * 3600.0, 7 * 24 * 3600.0)  # behind the phone's own lock


@dataclass(frozen=True, slots=True)
class Session:
    """One signed-in browser.

    Attributes:
        id: A public name that may stand in a page; knowing it opens nothing.
        accounts: The accounts this browser may work as.
        stamp: Of the account's password when it came in; the session ends when that changes.
        device: What the browser says it is, in a word or two.
    """

    id: str
    accounts: frozenset[AccountId]
    way: Way = Way.KEY
    stamp: str = ""
    device: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """A living session as its owner may see it: seconds since it was opened, and since it was last used."""

    session: Session
    open_for: float
    idle_for: float


@dataclass(frozen=True, slots=True)
class _Grant:
    accounts: frozenset[AccountId]
    way: Way
    stamp: str
    until: float


@dataclass(slots=True)
class _Seat:
    session: Session
    opened: float
    seen: float
    trusted: float
    tabs: OrderedDict[str, None] = field(default_factory=OrderedDict)


class Sessions:
    """Keys that open a session once, and the sessions they opened.

    Args:
        accounts: The accounts that whoever has the printed link may use.
        stands: Whether an account is in use and its password has still this stamp; asked at least twice a second.
        now: Seconds that only run forward.
        secret: Makes an unguessable text, safe in a URL.
    """

    def __init__(
        self,
        accounts: frozenset[AccountId],
        *,
        stands: Callable[[AccountId, str], bool] = lambda account, stamp: True,
        now: Callable[[], float] = time.monotonic,
        secret: Callable[[], str] = lambda: secrets.token_urlsafe(32),
    ) -> None:
        self._accounts = accounts
        self._stands = stands
        self._now = now
        self._secret = secret
        self._lock = Lock()
        self._link = ""  # the printed key, as a fingerprint
        self._keys: OrderedDict[str, _Grant] = OrderedDict()  # by the fingerprint of the key
        self._seats: OrderedDict[str, _Seat] = OrderedDict()  # by the fingerprint of the cookie

    @property
    def has_link(self) -> bool:
        """Whether somebody can come in by a printed link."""
        return bool(self._accounts)

    @property
    def needs_link(self) -> bool:
        """Whether the printed link was used, so that the next one has to be printed."""
        with self._lock:
            return bool(self._link) and self._link not in self._keys

    def fresh_key(self) -> str:
        """A key that opens one session, once; an earlier unused one stops working."""
        with self._lock:
            key = self._secret()
            self._keys.pop(self._link, None)
            self._link = _fingerprint(key)
            self._keys[self._link] = _Grant(self._accounts, Way.KEY, "", float("inf"))
            return key

    def pairing_key(self, account: AccountId, stamp: str) -> str:
        """A key that opens one session of this account on another device, once, within five minutes."""
        with self._lock:
            key = self._secret()
            grant = _Grant(frozenset({account}), Way.PHONE, stamp, self._now() + PAIRING_SECONDS)
            for old in [k for k, g in self._keys.items() if g.way is Way.PHONE and g.accounts == grant.accounts]:
                del self._keys[old]
            self._keys[_fingerprint(key)] = grant
            while len(self._keys) > MOST_KEYS:
                self._keys.pop(next(k for k in self._keys if k != self._link))
            return key

    def redeem(self, key: str, device: str = "") -> str | None:
        """The cookie value of a new session, or None when the key is wrong, too old or was used before."""
        with self._lock:
            wanted = _fingerprint(key)
            known = next((k for k in self._keys if hmac.compare_digest(k, wanted)), None)
            grant = self._keys.pop(known) if known is not None else None
            if grant is None or grant.until < self._now():
                return None
            return self._open(grant.accounts, grant.way, grant.stamp, device)

    def open(self, account: AccountId, stamp: str, device: str = "") -> str:
        """The cookie value of a new session for somebody whose password was right."""
        with self._lock:
            return self._open(frozenset({account}), Way.PASSWORD, stamp, device)

    def _open(self, accounts: frozenset[AccountId], way: Way, stamp: str, device: str) -> str:
        self._drop_ended()
        by_link = way is Way.KEY
        own = [
            c
            for c, s in self._seats.items()
            if s.session.accounts == accounts and (s.session.way is Way.KEY) is by_link
        ]
        for cookie in own[: max(0, len(own) - (MOST_BY_LINK if by_link else MOST_OF_ONE) + 1)]:
            del self._seats[cookie]
        while len(self._seats) >= MOST_SESSIONS:
            self._seats.popitem(last=False)
        cookie, now = self._secret(), self._now()
        session = Session(self._secret()[:16], accounts, way, stamp, device)
        self._seats[_fingerprint(cookie)] = _Seat(session, now, now, float("-inf"))
        return cookie

    def of_cookie(self, cookie: str) -> Session | None:
        """The session of a cookie value, which counts as a sign of life; None when there is none or it ended."""
        with self._lock:
            self._drop_ended()
            seat = self._seats.get(_fingerprint(cookie))
        if seat is None or not self._still(seat):
            return None
        seat.seen = self._now()
        return seat.session

    def of_id(self, session_id: str) -> Session | None:
        """A living session by its public name."""
        with self._lock:
            self._drop_ended()
            seat = next((s for s in self._seats.values() if s.session.id == session_id), None)
        return seat.session if seat is not None and self._still(seat) else None

    def lives(self, session_id: str) -> bool:
        """Whether a session of this public name goes on."""
        return self.of_id(session_id) is not None

    def _still(self, seat: _Seat) -> bool:
        """Whether the records let a session go on; one that they do not ends here."""
        if self._now() - seat.trusted < TRUST_SECONDS:
            return True
        if any(self._stands(account, seat.session.stamp) for account in seat.session.accounts):
            seat.trusted = self._now()
            return True
        self.end(seat.session.id)
        return False

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

    def end(self, session_id: str) -> None:
        """Sign a browser out."""
        with self._lock:
            for cookie in [c for c, s in self._seats.items() if s.session.id == session_id]:
                del self._seats[cookie]

    def end_all(self, account: AccountId) -> None:
        """Sign an account out on every device, and take back its unused keys."""
        with self._lock:
            for cookie in [c for c, s in self._seats.items() if s.session.accounts == {account}]:
                del self._seats[cookie]
            for key in [k for k, g in self._keys.items() if g.way is Way.PHONE and g.accounts == {account}]:
                del self._keys[key]

    def of_account(self, account: AccountId) -> list[Seen]:
        """The living sessions of one account, newest first."""
        with self._lock:
            self._drop_ended()
            now = self._now()
            found = [
                Seen(s.session, now - s.opened, now - s.seen)
                for s in reversed(self._seats.values())
                if account in s.session.accounts
            ]
        return sorted(found, key=lambda seen: seen.open_for)

    def count(self) -> int:
        """How many sessions are alive."""
        with self._lock:
            self._drop_ended()
            return len(self._seats)

    def _drop_ended(self) -> None:
        now = self._now()
        for cookie, seat in list(self._seats.items()):
            idle, absolute = seat.session.way.value
            if now - seat.seen > idle or now - seat.opened > absolute:
                del self._seats[cookie]


def _fingerprint(secret: str) -> str:
    """What is kept of a secret: enough to know it again, nothing to sign in with."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()

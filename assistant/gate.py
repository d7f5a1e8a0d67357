"""All that a face may call before it knows who is there: a name and a password in, an account out. No content."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from threading import BoundedSemaphore

from assistant.domain.account import Account, AccountId
from assistant.domain.credential import LONGEST, Credential, as_typed, new_password
from assistant.domain.person import fold_name
from assistant.domain.sign_in import By, Came, SignIn
from assistant.errors import HomeError, NotAllowed, Refused, Unknown
from assistant.ports.entrance import Accounts, Credentials, Hasher, SignIns
from assistant.ports.outside import Clock
from assistant.throttle import Throttle

AT_ONCE = BoundedSemaphore(2)  # each comparison takes a tenth of a second and tens of megabytes


class TooManyTries(NotAllowed):
    """Somebody has to wait before the next attempt."""

    code = "too_many_tries"

    def __init__(self, wait: float) -> None:
        minutes = max(1, round(wait / 60 + 0.49))
        super().__init__(
            "That was tried too often.", next=f"Try again in {minutes} minute{'s' if minutes > 1 else ''}."
        )
        self.seconds = wait


@dataclass(frozen=True, slots=True)
class Entry:
    """Somebody who proved to be an account's owner, and the stamp their sessions are opened under."""

    account: Account
    stamp: str


@dataclass(frozen=True, slots=True)
class Gate:
    """Who may come into one home.

    Attributes:
        seconds: A clock that only runs forward, for the waiting times.
        secret: Makes an unguessable text.
    """

    accounts: Accounts
    credentials: Credentials
    hasher: Hasher
    throttle: Throttle
    clock: Clock
    seconds: Callable[[], float]
    secret: Callable[[], str]
    sign_ins: SignIns

    def enter(self, named: str, password: str, address: str, device: str = "") -> Entry:
        """Compare a password. A wrong name, a wrong password and a disabled account read and take the same.

        Args:
            named: An account's id, or the full name of one alone, in either case.
            password: As it was typed.
            address: Where the attempt comes from.
            device: What the browser says it is, in words of ours; it is kept in the account's log.

        Raises:
            NotAllowed: They do not fit; `TooManyTries` when nothing was even compared.
        """
        name = fold_name(
            named[:100]
        )  # as typed: whether an id and a full name are one account's is nobody's to try out
        wait = self.throttle.begin(name, address, self.seconds())
        if wait > 0:
            raise TooManyTries(wait)
        account = self._account(named.strip()[:100])
        credential = self.credentials.of(account.id) if account else None
        typed = as_typed(password[: LONGEST + 1])
        with AT_ONCE:
            nobodys = _nobodys(self.hasher)  # made at the first attempt of all, whoever makes it
            fits = self.hasher.matches(credential.hash if credential else nobodys, typed)
        let_in = account is not None and credential is not None and fits and account.active
        came = Came.IN if let_in else Came.FAILED
        self._log(self._entry(account.id, came, By.PASSWORD, device, address) if account else None)
        if account is None or credential is None or not let_in:
            raise NotAllowed(
                "Name and password do not fit together.",
                next="Look at both and try again. The short name of your account counts as well as your full name.",
            )
        self.throttle.succeeded(name, address)
        if self.hasher.is_outdated(credential.hash):
            credential = replace(credential, hash=self.hasher.hash(typed))
            self.credentials.put(credential)
        return Entry(account, credential.stamp)

    def _account(self, named: str) -> Account | None:
        """The account of an id, else of a full name that only one account has."""
        every = self.accounts.all()
        near = [a for a in every if a.id.casefold() == named.casefold()]
        if near:
            return next((a for a in near if a.id == named), near[0])
        called = [a for a in every if fold_name(a.name) == fold_name(named)]
        return called[0] if len(called) == 1 else None

    def note(self, account_id: AccountId, by: By, device: str, address: str) -> None:
        """Somebody came in without a password: by a code on the phone, or by the printed link."""
        self._log(self._entry(account_id, Came.IN, by, device, address))

    def came(self, account_id: AccountId) -> Sequence[SignIn]:
        """Who came in as this account, who tried, and when its password changed; the newest first."""
        return self.sign_ins.of(account_id)

    def _log(self, entry: SignIn | None) -> None:
        """A full disk keeps nobody out."""
        with suppress(HomeError):
            self.sign_ins.add(entry)

    def _entry(self, account_id: AccountId, came: Came, by: By, device: str, address: str) -> SignIn:
        return SignIn(account_id, self.secret()[:16], self.clock(), came, by, device, address[:100])

    def set_password(self, account_id: AccountId, typed: str) -> Account:
        """A new password; whoever is signed in under the old one is out.

        Raises:
            Unknown: There is no such account.
            Invalid: The password is too easy to guess.
        """
        account = self.account(account_id)
        password = new_password(typed, names=(account.id, account.name, "flourish"))
        self.credentials.put(Credential(account.id, self.hasher.hash(password), self.secret(), self.clock()))
        self._log(self._entry(account.id, Came.NEW_PASSWORD, By.PASSWORD, "", ""))
        return account

    def end_sessions(self, account_id: AccountId) -> None:
        """Whoever is signed in with this account's password is out, on every device."""
        credential = self.credentials.of(account_id)
        if credential is not None:
            self.credentials.put(replace(credential, stamp=self.secret()))

    def set_active(self, account_id: AccountId, active: bool, *, by: AccountId | None = None) -> Account:
        """Let an account rest, or wake it. One that rests is out at once; nothing of it is deleted.

        Args:
            account_id: The account.
            active: Whether it may come in.
            by: The account that asks for it, where one does.

        Raises:
            Unknown: There is no such account.
            Refused: It would shut itself out.
        """
        if by == account_id and not active:
            raise Refused("That would shut yourself out.", next="Ask another admin, or do it in a terminal.")
        changed = replace(self.account(account_id), active=active)
        self.accounts.set_active(changed.id, active)
        if not active:
            self.end_sessions(changed.id)
        return changed

    def stands(self, account_id: AccountId, stamp: str) -> bool:
        """Whether a session of this account, opened under this stamp, may go on; no stamp: it needed no password."""
        try:
            active = self.accounts.get(account_id).active
        except Unknown:
            return False
        if not active:
            return False
        credential = self.credentials.of(account_id) if stamp else None
        return not stamp or (credential is not None and credential.stamp == stamp)

    def stamp(self, account_id: AccountId) -> str:
        """The stamp new sessions of an account are opened under; empty for one without a password."""
        credential = self.credentials.of(account_id)
        return credential.stamp if credential else ""

    def has_passwords(self) -> bool:
        """Whether anybody can sign in with a password."""
        return any(a.active and self.credentials.of(a.id) for a in self.accounts.all())

    def without_password(self) -> list[Account]:
        """Active accounts that cannot sign in yet."""
        return [a for a in self.accounts.all() if a.active and self.credentials.of(a.id) is None]

    def account(self, account_id: AccountId) -> Account:
        """One account.

        Raises:
            Unknown: There is none of that id.
        """
        found = next((a for a in self.accounts.all() if a.id == account_id), None)
        if found is None:
            raise Unknown(f"There is no account {account_id!r} here.", next="See `flourish account list`.")
        return found


_NOBODY: dict[str, str] = {}


def _nobodys(hasher: Hasher) -> str:
    """A hash that nobody's password fits, so that an unknown name takes as long as a known one."""
    kind = type(hasher).__qualname__
    if kind not in _NOBODY:
        _NOBODY[kind] = hasher.hash("\x00nobody")
    return _NOBODY[kind]

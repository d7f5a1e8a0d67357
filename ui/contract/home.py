"""Payloads about the home itself: where it lies and whether it is well."""

from datetime import date as Day
from datetime import datetime

from assistant.domain.account import Role
from assistant.domain.sign_in import By, Came
from ui.contract.base import Part, Payload


class Check(Part):
    """One thing doctor looked at; `next` is empty when it is well."""

    name: str
    ok: bool
    says: str
    next: str


class DoctorPayload(Payload):
    """doctor."""

    ok: bool
    checks: list[Check]


class PathPayload(Payload):
    """path: where everything lies."""

    home: str
    database: str
    library: str
    tmp: str
    log: str
    backups: str
    settings: str
    demo: str


class DemoPayload(Payload):
    """demo --no-serve: the sample team's home."""

    home: str
    today: Day
    account: str
    people: int


class ReindexPayload(Payload):
    """reindex: how many notes were read again, for how many people promises were found again, vectors made.

    `by_model` is how many notes a model looked through, `finds` how many passages it pointed at;
    `periods` is how many quarters of long histories it read, `lines` how many lines of them are kept for later briefs.
    """

    accounts: list[str]
    notes: int
    people: int
    vectors: int
    by_model: int
    finds: int
    periods: int
    lines: int


class AccountView(Part):
    """Somebody who uses this home."""

    id: str
    name: str
    roles: list[Role]
    active: bool
    has_password: bool


class AccountPayload(Payload):
    """account add, disable, enable, password."""

    account: AccountView


class AccountsPayload(Payload):
    """account list."""

    accounts: list[AccountView]


class SignInView(Part):
    """One time somebody signed in, tried with a wrong password, or changed it; `address` as the server saw it."""

    account_id: str
    at: datetime
    came: Came
    by: By
    device: str
    address: str


class SignInsPayload(Payload):
    """account log: the newest first."""

    sign_ins: list[SignInView]

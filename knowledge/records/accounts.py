"""Who there is, as rows. No content is reachable from here."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, bindparam, select

from assistant.domain.account import Account, AccountId, Role
from assistant.errors import Unknown
from knowledge.records.scope import check_storable, is_storable
from knowledge.records.tables import account

_COLUMNS = (account.c.id, account.c.name, account.c.roles, account.c.active)
_ONE = select(*_COLUMNS).where(account.c.id == bindparam("account"))
_ALL = select(*_COLUMNS).order_by(account.c.id)


def read_accounts(connection: Connection) -> Sequence[Account]:
    """Every account, by id."""
    return [_noun(row) for row in connection.execute(_ALL)]


def read_account(connection: Connection, account_id: AccountId) -> Account:
    """One account.

    Raises:
        Unknown: There is none of that id.
    """
    row = None
    if is_storable(account_id):
        row = connection.execute(_ONE, {"account": account_id}).first()
    if row is None:
        raise Unknown(f"There is no account {account_id}.", next="Name one that is there with --as.")
    return _noun(row)


def write_account(connection: Connection, new: Account) -> None:
    """A new account."""
    connection.execute(
        account.insert(),
        {"id": new.id, "name": new.name, "roles": sorted(role.value for role in new.roles), "active": new.active},
    )


def write_name(connection: Connection, account_id: AccountId, name: str) -> None:
    """Another name for an account."""
    check_storable(name)
    connection.execute(account.update().where(account.c.id == account_id), {"name": name})


def write_active(connection: Connection, account_id: AccountId, active: bool) -> None:
    """Whether an account is in use."""
    connection.execute(account.update().where(account.c.id == account_id), {"active": active})


def _noun(row: Any) -> Account:
    key, name, roles, active = row
    return _made(key, name, tuple(roles), active)


@lru_cache(maxsize=1024)  # every press asks who there is
def _made(key: AccountId, name: str, roles: tuple[str, ...], active: bool) -> Account:
    return Account(key, name, frozenset(Role(role) for role in roles), active)

"""Passwords as rows: hashes only. Nothing else hangs on them and no content is reachable from here."""

from dataclasses import dataclass

from sqlalchemy import Engine, bindparam, delete, select

from assistant.domain.account import AccountId
from assistant.domain.credential import Credential
from knowledge.records.accounts import read_account
from knowledge.records.engines import reading, wait_in_line, writing
from knowledge.records.faults import vendor_errors_as_ours
from knowledge.records.scope import is_storable
from knowledge.records.tables import credential

_OF = select(credential.c.account_id, credential.c.hash, credential.c.stamp, credential.c.set_at).where(
    credential.c.account_id == bindparam("account")
)


@dataclass(frozen=True, slots=True)
class SqlCredentials:
    """Fulfils the port `Credentials`."""

    engine: Engine
    place: str

    def of(self, account_id: AccountId) -> Credential | None:
        """An account's; None when it has no password, or there is no such account."""
        if not is_storable(account_id):
            return None
        with vendor_errors_as_ours(self.place), reading(self.engine) as connection:
            row = connection.execute(_OF, {"account": account_id}).first()
        return None if row is None else Credential(*row)

    def put(self, new: Credential) -> None:
        """In place of the one before.

        Raises:
            Unknown: There is no such account.
        """
        with vendor_errors_as_ours(self.place), writing(self.engine) as connection, connection.begin():
            wait_in_line(connection, new.account_id)
            read_account(connection, new.account_id)
            connection.execute(delete(credential).where(credential.c.account_id == new.account_id))
            row = {"account_id": new.account_id, "hash": new.hash, "stamp": new.stamp, "set_at": new.set_at}
            connection.execute(credential.insert(), row)

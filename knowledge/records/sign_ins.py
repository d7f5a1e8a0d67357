"""Who signed in, as rows: the newest two hundred of each account, for ninety days."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, delete, select

from assistant.domain.account import AccountId
from assistant.domain.sign_in import KEPT, MOST, By, Came, SignIn
from assistant.ports.outside import Clock
from knowledge.records.engines import reading, wait_in_line, writing
from knowledge.records.faults import vendor_errors_as_ours
from knowledge.records.scope import is_storable
from knowledge.records.tables import sign_in

_COLUMNS = tuple(sign_in.c[name] for name in ("account_id", "id", "at", "came", "by", "device", "address"))


@dataclass(frozen=True, slots=True)
class SqlSignIns:
    """Fulfils the port `SignIns`."""

    engine: Engine
    place: str
    clock: Clock

    def of(self, account_id: AccountId, most: int = MOST) -> Sequence[SignIn]:
        """An account's, the newest first, none older than ninety days."""
        if not is_storable(account_id):
            return []
        mine = (sign_in.c.account_id == account_id, sign_in.c.at >= self.clock() - KEPT)
        query = select(*_COLUMNS).where(*mine).order_by(sign_in.c.at.desc(), sign_in.c.id.desc()).limit(most)
        with vendor_errors_as_ours(self.place), reading(self.engine) as connection:
            rows = connection.execute(query).all()
        return [SignIn(who, id, at, Came(came), By(by), *rest) for who, id, at, came, by, *rest in rows]

    def add(self, entry: SignIn | None) -> None:
        """One more, in the place of what is too old; None takes as long and keeps nothing."""
        mine = sign_in.c.account_id == (entry.account_id if entry else "")
        newest = select(sign_in.c.id).where(mine).order_by(sign_in.c.at.desc(), sign_in.c.id.desc()).limit(MOST - 1)
        with vendor_errors_as_ours(self.place), writing(self.engine) as connection, connection.begin():
            wait_in_line(connection, entry.account_id if entry else "")
            kept = [row[0] for row in connection.execute(newest)]
            old = (sign_in.c.at < self.clock() - KEPT) | sign_in.c.id.not_in(kept)
            connection.execute(delete(sign_in).where(mine, old))
            if entry is not None:
                row = {"account_id": entry.account_id, "id": entry.id, "at": entry.at, "came": entry.came.value,
                       "by": entry.by.value, "device": entry.device, "address": entry.address}  # fmt: skip
                connection.execute(sign_in.insert(), row)

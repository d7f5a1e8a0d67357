"""The truth: units of work over one database. Every read and write names an account and a day."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, Engine, delete, select

from assistant.domain.account import Account, AccountId, Role
from assistant.errors import Invalid, NotAllowed
from assistant.ports.outside import Clock, Ids
from knowledge.records.accounts import read_account, read_accounts, write_account, write_active, write_name
from knowledge.records.bench import SqlBench
from knowledge.records.credentials import SqlCredentials
from knowledge.records.engines import reading, shown, wait_in_line, writing
from knowledge.records.faults import damaged, vendor_errors_as_ours
from knowledge.records.rewriting import rewrite_tables
from knowledge.records.scope import Scope
from knowledge.records.shelf import SqlShelf
from knowledge.records.sign_ins import SqlSignIns
from knowledge.records.tables import meta

_PAGES_A_STEP = 500
IDENTITY = "identity"  # what the home remembers of itself, and its backups carry


class SqlRecords:
    """Fulfils the port `Records`. May be shared by threads; a unit of work may not."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self._engine = engine
        self._clock = clock
        self._place = shown(engine.url)
        self.accounts = SqlAccounts(engine, self._place)
        self.credentials = SqlCredentials(engine, self._place)
        self.sign_ins = SqlSignIns(engine, self._place, clock)

    @property
    def engine(self) -> Engine:
        """What speaks to the database."""
        return self._engine

    @property
    def place(self) -> str:
        """Where the records lie, as a person may read it."""
        return self._place

    @property
    def clock(self) -> Clock:
        """The time."""
        return self._clock

    @contextmanager
    def reading(self, account: AccountId, today: date) -> Iterator[SqlShelf]:
        """One consistent view; whatever is written through it is dropped at the end.

        Raises:
            Unknown: There is no such account.
            HomeError: The database cannot be read.
        """
        with vendor_errors_as_ours(self._place), reading(self._engine) as connection:
            yield SqlShelf(Scope(connection, read_account(connection, account), today, self._clock))
            connection.rollback()

    @contextmanager
    def writing(self, account: AccountId, today: date) -> Iterator[SqlShelf]:
        """A unit of work: kept as a whole on a clean exit, not at all on an error.

        Raises:
            Unknown: There is no such account.
            HomeError: The database cannot be written, or is busy for longer than five seconds.
        """
        with vendor_errors_as_ours(self._place), writing(self._engine) as connection, connection.begin():
            wait_in_line(connection, account)
            yield SqlShelf(Scope(connection, read_account(connection, account), today, self._clock))

    @contextmanager
    def together(self, accounts: Collection[AccountId], today: date) -> Iterator[Mapping[AccountId, SqlShelf]]:
        """One unit of work over several accounts, a shelf for each: kept as a whole on a clean exit, else not at all.

        Raises:
            Unknown: One of the accounts does not exist.
            HomeError: The database cannot be written, or is busy for longer than five seconds.
        """
        with vendor_errors_as_ours(self._place), writing(self._engine) as connection, connection.begin():
            for account in sorted(accounts):  # in one order, so that no two units wait for each other
                wait_in_line(connection, account)
            yield {
                account: SqlShelf(Scope(connection, read_account(connection, account), today, self._clock))
                for account in accounts
            }

    @contextmanager
    def bench(self, coach: AccountId, today: date) -> Iterator[SqlBench]:
        """A unit of work on what was released by any account, kept on a clean exit; nothing else is reachable.

        Raises:
            Unknown: There is no such account.
            NotAllowed: It is no coach's.
            HomeError: The database cannot be used.
        """
        with vendor_errors_as_ours(self._place), writing(self._engine) as connection, connection.begin():
            wait_in_line(connection, coach)
            account = read_account(connection, coach)
            if Role.COACH not in account.roles or not account.active:
                raise NotAllowed("Only a coach reviews.", next="Ask whoever runs this Flourish for the coach's role.")
            yield SqlBench(Scope(connection, account, today, self._clock))

    def meta_get(self, key: str) -> str | None:
        """A value this home keeps about itself; none when it was never set."""
        with vendor_errors_as_ours(self._place), reading(self._engine) as connection:
            found = connection.execute(select(meta.c.value).where(meta.c.key == key)).scalar()
            return None if found is None else str(found)

    def meta_set(self, key: str, value: str) -> None:
        """Keep a value about this home; no content of notes."""
        with vendor_errors_as_ours(self._place), writing(self._engine) as connection, connection.begin():
            connection.execute(delete(meta).where(meta.c.key == key))
            connection.execute(meta.insert(), {"key": key, "value": value})

    def identity(self) -> str:
        """What tells these records from all others, backups of them included; empty before they were given one."""
        return self.meta_get(IDENTITY) or ""

    def identify(self, ids: Ids) -> None:
        """Give the records their identity, once and for all; whoever comes second finds it there."""
        if self.identity():
            return
        with vendor_errors_as_ours(self._place), writing(self._engine) as connection, connection.begin():
            wait_in_line(connection, "")
            if connection.execute(select(meta.c.value).where(meta.c.key == IDENTITY)).first() is None:
                connection.execute(meta.insert(), {"key": IDENTITY, "value": ids()})

    def sweep(self) -> bool:
        """After something was erased: take its words out of the index's old segments and the write-ahead log.

        Rows are overwritten when they are deleted; this clears what lies beside them, in steps that let others write
        between. On PostgreSQL nothing is overwritten, so the tables are written anew; its log of changes, its backups
        and its replicas follow their own retention.

        Returns:
            Whether nothing is left. False while somebody goes on reading an older state; sweep again later.

        Raises:
            HomeError: The database cannot be written, or on PostgreSQL a table is in use for longer than five seconds.
        """
        with vendor_errors_as_ours(self._place):
            if self._engine.dialect.name != "sqlite":
                return rewrite_tables(self._engine)
            while self._merge_index():
                pass
            with self._engine.connect() as connection:
                busy = self._outside(connection, "PRAGMA wal_checkpoint(TRUNCATE)")
        return not busy

    def _merge_index(self) -> bool:
        """One short step towards an index of one segment, which holds no removed words; whether there is more."""
        with writing(self._engine) as connection, connection.begin():
            before = connection.exec_driver_sql("SELECT total_changes()").scalar_one()
            connection.exec_driver_sql(f"INSERT INTO note_fts (note_fts, rank) VALUES ('merge', -{_PAGES_A_STEP})")
            after = connection.exec_driver_sql("SELECT total_changes()").scalar_one()
        return bool(after - before >= 2)  # by the manual: below two, nothing was left to do

    def check(self) -> None:
        """Read every page.

        Raises:
            HomeError: Something is damaged.
        """
        with vendor_errors_as_ours(self._place), reading(self._engine) as connection:
            if self._engine.dialect.name == "sqlite":
                said = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
                if said != "ok":
                    raise damaged(self._place)

    def close(self) -> None:
        """Let go of every connection; the records can be opened again."""
        self._engine.dispose()

    @staticmethod
    def _outside(connection: Connection, statement: str) -> bool:
        """Run a statement outside of any transaction; whether its first figure is not nought."""
        driver = connection.connection.driver_connection
        return bool(driver is None or driver.execute(statement).fetchall()[0][0])


@dataclass(frozen=True, slots=True)
class SqlAccounts:
    """Who there is."""

    engine: Engine
    place: str

    def all(self) -> Sequence[Account]:
        """Every account, by id."""
        with vendor_errors_as_ours(self.place), reading(self.engine) as connection:
            return read_accounts(connection)

    def get(self, account_id: AccountId) -> Account:
        """One account.

        Raises:
            Unknown: There is none of that id.
        """
        with vendor_errors_as_ours(self.place), reading(self.engine) as connection:
            return read_account(connection, account_id)

    def add(self, account: Account) -> None:
        """A new account.

        Raises:
            Invalid: The id is taken.
        """
        with vendor_errors_as_ours(self.place), writing(self.engine) as connection, connection.begin():
            wait_in_line(connection, account.id)
            if any(known.id == account.id for known in read_accounts(connection)):
                raise Invalid(f"There is already an account {account.id}.", next="Choose another id.")
            write_account(connection, account)

    def rename(self, account: Account) -> None:
        """An account under its new name; roles and all else stay.

        Raises:
            Unknown: There is none of that id.
        """
        with vendor_errors_as_ours(self.place), writing(self.engine) as connection, connection.begin():
            wait_in_line(connection, account.id)
            write_name(connection, read_account(connection, account.id).id, account.name)

    def set_active(self, account_id: AccountId, active: bool) -> None:
        """Let an account rest, or wake it.

        Raises:
            Unknown: There is none of that id.
        """
        with vendor_errors_as_ours(self.place), writing(self.engine) as connection, connection.begin():
            wait_in_line(connection, account_id)
            write_active(connection, read_account(connection, account_id).id, active)

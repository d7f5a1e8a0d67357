"""One account, one day, one transaction: what every part of a shelf works on. It knows no noun."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Delete,
    Executable,
    Table,
    Text,
    Update,
    any_,
    bindparam,
    func,
    literal,
    select,
)
from sqlalchemy.dialects.postgresql import ARRAY

from assistant.domain.account import Account, AccountId
from assistant.domain.note import Note, NoteId
from assistant.domain.person import PersonId
from assistant.domain.policy import Screening
from assistant.errors import Invalid, Unknown
from assistant.ports.outside import Clock
from knowledge.records.tables import note


@dataclass(frozen=True, slots=True)
class Scope:
    """What a unit of work is bound to.

    Attributes:
        today: What is dated later does not exist.
        made_people: People added in this unit, so that an import that is written down with them can be undone.
        notes: The notes read so far, by id: one turn reads the same ones again and again. Every write empties it.
        screened: The same of their screenings; None where a note has none.
        answers: What statements that are made once have found so far, likewise.
    """

    connection: Connection
    account: Account
    today: date
    clock: Clock
    made_people: list[PersonId] = field(default_factory=list)
    notes: dict[NoteId, Note] = field(default_factory=dict)
    screened: dict[str, Screening | None] = field(default_factory=dict)
    answers: dict[tuple[Any, ...], Sequence[Any]] = field(default_factory=dict)

    @property
    def on_sqlite(self) -> bool:
        """Whether this is SQLite rather than PostgreSQL."""
        return self.connection.dialect.name == "sqlite"

    def rows(self, statement: Executable, **given: Any) -> Sequence[Any]:
        """Everything a query finds.

        Args:
            statement: Made here and now, or once for all with `ours`, `VISIBLE` and `listed`: making it and telling
                it from others takes longer than running it.
            given: What such a statement leaves open besides the account and the day.
        """
        if not given:
            return self.connection.execute(statement, {"account": self.account.id, "today": self.today}).all()
        key = (statement, *given.items())
        found = self.answers.get(key)
        if found is None:
            values = {"account": self.account.id, "today": self.today, **given}
            found = self.answers[key] = self.connection.execute(statement, values).all()
        return found

    def ids(self, values: Iterable[str]) -> Any:
        """Values as a statement with `listed` takes them."""
        return json.dumps([*values]) if self.on_sqlite else (*values,)

    def own(self, table: Table) -> ColumnElement[bool]:
        """That a row belongs to this account."""
        return table.c.account_id == self.account.id

    @property
    def visible(self) -> ColumnElement[bool]:
        """That a note belongs to this account and exists on the day of the view."""
        return self.own(note) & (note.c.day <= self.today)

    def among(self, key: Column[Any], values: Collection[str]) -> ColumnElement[bool]:
        """That a column holds one of the values. One parameter, however many: the statement stays the same."""
        wanted = list(values)
        if self.on_sqlite:
            each = func.json_each(json.dumps(wanted)).table_valued("value")
            return key.in_(select(each.c.value))
        return key == any_(literal(wanted, ARRAY(Text(collation="C"))))

    def insert(self, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
        """Many rows at once; the account is filled in here and nowhere else."""
        filled = [{**row, "account_id": self.account.id} for row in rows]
        if filled:
            self._forget()
            self.connection.execute(table.insert(), filled)

    def run(self, statement: Update | Delete) -> int:
        """Change or delete rows; how many."""
        self._forget()
        return self.connection.execute(statement).rowcount

    def _forget(self) -> None:
        for read in (self.notes, self.screened, self.answers):
            read.clear()

    def check_own(self, account_id: AccountId) -> None:
        """Refuse a noun of another account.

        Raises:
            Invalid: It belongs to somebody else.
        """
        if account_id != self.account.id:
            raise Invalid("This belongs to another account.", next="Open that account's records.")


def ours(table: Table) -> ColumnElement[bool]:
    """What `Scope.own` says, for a statement that is made once."""
    return table.c.account_id == bindparam("account")


VISIBLE = ours(note) & (note.c.day <= bindparam("today"))  # what `Scope.visible` says


def listed(key: Column[Any], on_sqlite: bool) -> ColumnElement[bool]:
    """What `Scope.among` says, for a statement that is made once; it is given the values as `ids`."""
    if on_sqlite:
        return key.in_(select(func.json_each(bindparam("ids")).table_valued("value").c.value))
    return key == any_(bindparam("ids", type_=ARRAY(Text(collation="C"))))


def follows(prefix: str) -> str:
    """The smallest text that sorts after everything with this prefix, byte by byte."""
    return prefix[:-1] + chr(ord(prefix[-1]) + 1)


SHORTEST_PREFIX = 4


def begins(key: Column[Any], written: str) -> ColumnElement[bool]:
    """That an id is what somebody wrote, or begins with it when that is long enough to mean something."""
    if len(written) < SHORTEST_PREFIX or not written.isascii():
        return key == written
    return (key >= written) & (key < follows(written))


def only_one(rows: Sequence[Any], written: str, unknown: Unknown) -> Any:
    """The row whose id was written, or the only one that begins with it; ids are the first column.

    Raises:
        Unknown: None, or more than one.
    """
    exact = [row for row in rows if row[0] == written]
    if exact:
        return exact[0]
    if len({row[0] for row in rows}) != 1:
        raise unknown
    return rows[0]


def check_storable(*texts: str) -> None:
    """Refuse what one of the databases could not keep letter for letter.

    Raises:
        Invalid: A text holds NUL or half of a character.
    """
    if not is_storable("".join(texts)):
        raise Invalid("This holds a character that cannot be kept.", next="Remove control characters and try again.")


def is_storable(text: str) -> bool:
    """Whether both databases can keep a text letter for letter: no NUL and no half of a character."""
    if "\x00" in text:
        return False
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True

"""The people of one account, as rows."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, delete, select, update

from assistant.domain.account import AccountId
from assistant.domain.person import Person, PersonId, Pronouns
from assistant.errors import Invalid, Unknown
from knowledge.records.scope import Scope, check_storable, is_storable, ours
from knowledge.records.tables import person

_COLUMNS = (
    person.c.id, person.c.name, person.c.aka, person.c.pronouns, person.c.role, person.c.start, person.c.customers,
    person.c.cadence_days,
)  # fmt: skip
_ALL = select(*_COLUMNS).where(ours(person))
_ONE = _ALL.where(person.c.id == bindparam("person"))


@dataclass(frozen=True, slots=True)
class SqlPeople:
    """People of the scope's account."""

    scope: Scope

    def all(self) -> Sequence[Person]:
        """Everyone, by name."""
        rows = self.scope.rows(_ALL)
        found = [_noun(self.scope.account.id, row) for row in rows]
        return sorted(found, key=lambda p: (p.name.casefold(), p.id))

    def get(self, person_id: PersonId) -> Person:
        """One person.

        Raises:
            Unknown: This account has none of that id.
        """
        rows: Sequence[Any] = ()
        if is_storable(person_id):
            rows = self.scope.rows(_ONE, person=person_id)
        if not rows:
            raise unknown_person(person_id)
        return _noun(self.scope.account.id, rows[0])

    def add(self, new: Person) -> None:
        """A new person.

        Raises:
            Invalid: The id is taken.
        """
        self._check(new)
        if self.scope.rows(select(person.c.id).where(self.scope.own(person), person.c.id == new.id)):
            raise Invalid(f"There is already a person with the id {new.id}.", next="Leave the id out and one is made.")
        self.scope.insert(person, [{**_row(new), "id": new.id}])
        self.scope.made_people.append(new.id)

    def save(self, changed: Person) -> None:
        """Changed details.

        Raises:
            Unknown: This account has none of that id.
        """
        self._check(changed)
        change = update(person).where(self.scope.own(person), person.c.id == changed.id).values(_row(changed))
        if not self.scope.run(change):
            raise unknown_person(changed.id)

    def remove(self, person_id: PersonId) -> None:
        """The person and everything that hangs on them.

        Raises:
            Unknown: This account has none of that id.
        """
        if not is_storable(person_id) or not self.scope.run(
            delete(person).where(self.scope.own(person), person.c.id == person_id)
        ):
            raise unknown_person(person_id)

    def _check(self, noun: Person) -> None:
        self.scope.check_own(noun.account_id)
        check_storable(noun.id, noun.name, *noun.aka, noun.role, noun.customers)


def unknown_person(person_id: str) -> Unknown:
    """The same words whether the id is foreign or made up."""
    return Unknown(f"There is no person {person_id}.", next="See `people list` for everyone.")


def _noun(account_id: AccountId, row: Any) -> Person:
    key, name, aka, pronouns, role, start, customers, cadence = row
    return Person(account_id, key, name, tuple(aka), Pronouns(pronouns), role, start, customers, cadence)


def _row(noun: Person) -> dict[str, object]:
    return {
        "name": noun.name,
        "aka": list(noun.aka),
        "pronouns": noun.pronouns.value,
        "role": noun.role,
        "start": noun.start,
        "customers": noun.customers,
        "cadence_days": noun.cadence_days,
    }

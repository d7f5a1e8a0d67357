"""A person somebody leads. Not a user: the notes are the manager's, about the person."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NewType

from assistant.domain.account import AccountId
from assistant.errors import Invalid

PersonId = NewType("PersonId", str)


class Pronouns(StrEnum):
    """How sentences speak of a person; `they` where nothing is known."""

    SHE = "she"
    HE = "he"
    THEY = "they"

    @property
    def object(self) -> str:
        """her, him, them."""
        return {"she": "her", "he": "him", "they": "them"}[self.value]

    @property
    def possessive(self) -> str:
        """her, his, their."""
        return {"she": "her", "he": "his", "they": "their"}[self.value]

    def verb(self, singular: str, plural: str) -> str:
        """The verb form that agrees: she `has`, they `have`."""
        return plural if self is Pronouns.THEY else singular


@dataclass(frozen=True, slots=True)
class Person:
    """One report of one manager.

    Attributes:
        aka: Other ways the notes write the name ("Tom B.", "young Tom").
        customers: What the manager wrote about whom this person serves; context, not evidence.
        cadence_days: Days between two one-on-ones, when the manager set a rhythm.
    """

    account_id: AccountId
    id: PersonId
    name: str
    aka: tuple[str, ...] = ()
    pronouns: Pronouns = Pronouns.THEY
    role: str = ""
    start: date | None = None
    customers: str = ""
    cadence_days: int | None = None

    def __post_init__(self) -> None:
        if not self.name.strip() or len(self.name) > 120:
            raise Invalid("A person needs a name of at most 120 characters.", next="Give first and last name.")
        if not self.id:
            raise Invalid("A person needs an id.", next="Leave the id out and one is made.")
        if self.cadence_days is not None and not 1 <= self.cadence_days <= 366:
            raise Invalid("A rhythm lies between 1 and 366 days.", next="For example 14.")

    @property
    def first_name(self) -> str:
        """The first word of the name: how a question to the person's face would say it."""
        return self.name.split()[0]

    @property
    def names(self) -> tuple[str, ...]:
        """Every way to write this person, longest first."""
        parts = self.name.split()
        found = {self.name, *self.aka, *parts}
        return tuple(sorted((n for n in found if len(n) > 1), key=lambda n: (-len(n), n)))

    def is_named(self, written: str) -> bool:
        """Whether `written` is the full name, an alias or the first name, case aside."""
        folded = fold_name(written)
        return folded in {fold_name(n) for n in (self.name, self.first_name, *self.aka)}


def fold_name(written: str) -> str:
    """A name with case, outer space and inner runs of space folded, and "Last, First" turned round."""
    flat = re.sub(r"\s+", " ", written).strip().casefold()
    if flat.count(",") == 1:
        last, first = (part.strip() for part in flat.split(","))
        flat = f"{first} {last}".strip()
    return flat.rstrip(".")

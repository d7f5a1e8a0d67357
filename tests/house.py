"""A small house of real parts for tests: a bakery with five people and a handful of notes."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from assistant.desk import Desk
from assistant.domain.account import Account, AccountId
from assistant.domain.note import NoteKind
from assistant.domain.person import Person, PersonId, Pronouns
from knowledge.records.records import SqlRecords
from tests.once import copy_of_filled
from ui.settings import Settings, sqlite_in
from ui.wiring import House, open_house

TODAY = date(2026, 6, 15)
ANNA, OTHER = AccountId("anna"), AccountId("other")
NOTES = (
    ("nadia", "2026-05-04", NoteKind.ONE_ON_ONE, "I promised to order the new proofing baskets by the end of May. "
     'She said: "I love shaping the rye loaves before anyone is up."'),
    ("nadia", "2026-05-20", NoteKind.OBSERVATION, "Showed the apprentice how to fold the dough without being asked. "
     "He had it right the same morning."),
    ("nadia", "2026-05-22", NoteKind.CUSTOMER_QUOTE, '"Since she changed the rye our guests ask for seconds."'),
    ("nadia", "2026-06-01", NoteKind.ONE_ON_ONE, "Confidential: her blood test came back and she is worried."),
    ("jan1", "2026-05-11", NoteKind.ONE_ON_ONE, "Jan will write the cleaning list by 30 June. He likes the ovens."),
    ("jan2", "2026-05-12", NoteKind.ONE_ON_ONE, "First weeks at the counter. He counts the till twice."),
)  # fmt: skip


@dataclass(frozen=True)
class Bakery:
    """A house and the desks of its two managers."""

    house: House
    desk: Desk
    foreign: Desk


def open_bakery(folder: Path, records: SqlRecords | None = None) -> Bakery:
    """A fresh home with the bakery in it, in other records where some are given; a second account has nothing."""
    if records is None:
        copy_of_filled(_bake, folder)
        house = _house_in(folder)
        return Bakery(house, house.desk(ANNA), house.desk(OTHER))
    house = _house_in(folder)
    house.records.close()
    house = replace(house, records=records, eraser=replace(house.eraser, records=records))
    _fill(house)
    return Bakery(house, house.desk(ANNA), house.desk(OTHER))


def _house_in(folder: Path) -> House:
    return open_house(Settings(home=folder / "home", database=sqlite_in(folder / "home"), today=TODAY))


def _bake(folder: Path) -> None:
    house = _house_in(folder)
    _fill(house)
    house.records.close()


def _fill(house: House) -> None:
    there = {account.id for account in house.records.accounts.all()}
    for account in (Account(ANNA, "Anna Berg"), Account(OTHER, "Olaf Kern")):
        if account.id not in there:
            house.records.accounts.add(account)
    desk = house.desk(ANNA)
    for id, name, aka, pronouns in (
        ("nadia", "Nadia Okoro", (), Pronouns.SHE),
        ("jan1", "Jan Novak", ("Jan N.",), Pronouns.HE),
        ("jan2", "Jan Sorel", ("young Jan",), Pronouns.HE),
    ):
        desk.add_person(Person(ANNA, PersonId(id), name, aka, pronouns, "Baker"))
    for who, day, kind, words in NOTES:
        author = "Hotel Linde" if kind is NoteKind.CUSTOMER_QUOTE else ""
        desk.person(who).add_note(words, day=date.fromisoformat(day), kind=kind, author=author)

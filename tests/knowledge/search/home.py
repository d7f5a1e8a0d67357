"""A small shop's notes in real records, for the tests of search."""

from datetime import UTC, date, datetime
from pathlib import Path

from assistant.domain.account import Account, AccountId
from assistant.domain.note import Note, NoteId, NoteKind
from assistant.domain.person import Person, PersonId
from assistant.ports.records import Records
from knowledge.records.open import open_records
from knowledge.search.notes import ExactNoteSearch
from ui.settings import sqlite_in

ME, OTHER = AccountId("me"), AccountId("other")
TODAY = date(2026, 6, 15)
ADA = Person(ME, PersonId("ada"), "Ada Lund", aka=("Addie",))
BO = Person(ME, PersonId("bo"), "Bo Ferrer")
ZOE = Person(OTHER, PersonId("zoe"), "Zoe Klein")
STORY = (
    (
        "a1",
        ADA,
        "2026-03-10",
        NoteKind.ONE_ON_ONE,
        "",
        "Ada loves baking rye. She asked for the early shift on Mondays.",
    ),
    (
        "a2",
        ADA,
        "2026-04-02",
        NoteKind.CUSTOMER_QUOTE,
        "Mrs. Holm, the school kitchen",
        "Your loaves come warm and on time. The children finally eat their crusts. We would miss you.",
    ),
    (
        "a3",
        ADA,
        "2026-05-20",
        NoteKind.OBSERVATION,
        "",
        "She showed the trainee how to fold the dough and let him try.",
    ),
    ("a4", ADA, "2026-06-01", NoteKind.MISC, "", "The oven licence has to be renewed by 10 July. Rota is settled."),
    (
        "a5",
        ADA,
        "2025-11-03",
        NoteKind.PEER_FEEDBACK,
        "Bo Ferrer",
        "The fridge was left open again. I had to throw out the butter. Please tell her.",
    ),
    (
        "b1",
        BO,
        "2026-03-12",
        NoteKind.ONE_ON_ONE,
        "",
        "Bo wants to run the counter one day and likes talking to guests.",
    ),
    ("b2", BO, "2026-05-28", NoteKind.CUSTOMER_COMPLAINT, "a regular", "I waited twenty minutes and nobody looked up."),
)
FOREIGN = Note(OTHER, NoteId("z1"), ZOE.id, date(2026, 5, 1), "Zoe loves baking rye more than anybody else alive.")


def notes() -> list[Note]:
    """The notes of the shop."""
    return [
        Note(ME, NoteId(i), who.id, date.fromisoformat(day), text, kind, author)
        for i, who, day, kind, author, text in STORY
    ]


def filled(folder: Path, search: ExactNoteSearch, mine: list[Note] | None = None) -> Records:
    """Records of two accounts with notes and vectors."""
    records = open_records(sqlite_in(folder), clock=lambda: datetime(2026, 6, 15, 9, tzinfo=UTC))
    for account, people, told in (
        (ME, (ADA, BO), notes() if mine is None else mine),
        (OTHER, (ZOE,), [FOREIGN]),
    ):
        records.accounts.add(Account(account, account))
        with records.writing(account, TODAY) as shelf:
            for person in people:
                shelf.people.add(person)
            shelf.notes.add(told)
            shelf.vectors.put(search.prepare(told, people))
    return records

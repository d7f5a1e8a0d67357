"""A real home in a temporary folder: records, finder, search, library, offline engine, two people, some notes."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

import pytest

from assistant.desk import Desk
from assistant.domain.account import SOLO, Account
from assistant.domain.note import NoteKind
from assistant.domain.person import Person, PersonId, Pronouns
from assistant.engines.offline.engine import OfflineEngine
from assistant.engines.offline.finder import OfflineFinder
from knowledge.embedding.local import LocalEmbedder
from knowledge.keeping.eraser import HomeEraser
from knowledge.keeping.journal import NAME, Journal
from knowledge.reading.reader import FileReader
from knowledge.records.open import open_records
from knowledge.search.notes import ExactNoteSearch
from tests.assistant.actions.importing import home, search
from tests.assistant.engines.offline.situations import ShippedLibrary
from tests.once import copy_of_filled

__all__ = ["home", "search"]

TODAY = date(2026, 4, 14)
MAJA = Person(SOLO, PersonId("p1"), "Maja Lindt", (), Pronouns.SHE, "Breakfast cook", date(2022, 4, 1))
JON = Person(SOLO, PersonId("p2"), "Jon Abel", (), Pronouns.HE, "Gardener", date(2021, 3, 1))
SPOKEN = NoteKind.ONE_ON_ONE
SEEN = NoteKind.OBSERVATION
MAJAS = (
    ("2026-03-03", SPOKEN, "", '"I love it when the buffet looks calm at seven," she said.'),
    ("2026-03-10", SEEN, "", "She re-timed the ovens on her own initiative; the first bake is even now."),
    ("2026-03-17", NoteKind.CUSTOMER_QUOTE, "Vera Holm, guest", "She remembered my nut allergy, I ate without fear."),
    ("2026-03-20", NoteKind.MISC, "", "Went through the stock list. Her doctor found CANARY-7731 in her knee."),
    ("2026-03-31", SPOKEN, "", "I will talk to purchasing about the flour by 5 April. She enjoys teaching trainees."),
)
JONS = (("2026-03-12", SEEN, "", "Jon rebuilt the PELICAN-5520 glasshouse roof without being asked."),)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """The manager's desk on 14 April 2026 with Maja's and Jon's notes kept."""
    return desk_in(tmp_path, count(copy_of_filled(fill, tmp_path)))


def fill(folder: Path) -> int:
    """Keep the people and the notes; returns the number of the next id."""
    numbers = count()
    made = desk_in(folder, numbers)
    made.records.accounts.add(Account(SOLO, "Ona Reiter"))
    for person, told in ((MAJA, MAJAS), (JON, JONS)):
        made.add_person(replace(person))
        for day, kind, author, text in told:
            made.person(person.id).add_note(text, day=date.fromisoformat(day), kind=kind, author=author)
    made.records.close()
    return next(numbers)


def desk_in(folder: Path, numbers: Iterator[int]) -> Desk:
    """A desk of real parts over whatever the folder holds."""
    records = open_records(folder / "flourish.db", clock=lambda: datetime(2026, 4, 14, 9, tzinfo=UTC))
    return Desk(
        records=records,
        library=ShippedLibrary(),
        search_notes=ExactNoteSearch(LocalEmbedder()),
        finder=OfflineFinder(),
        engine=OfflineEngine(ShippedLibrary()),
        reader=FileReader(),
        eraser=HomeEraser(records, folder, Journal(folder / NAME)),
        clock=lambda: datetime(2026, 4, 14, 9, tzinfo=UTC),
        ids=lambda: f"id{next(numbers):04d}",
        account=SOLO,
        today=TODAY,
    )

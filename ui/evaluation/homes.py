"""Throw-away homes for a measurement: a case brought in through the real door, and copies in which a chat may write.

Clock and ids are fixed, so that two runs of one version give the same figures.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.actions.propose_evidence import propose_evidence
from assistant.desk import Desk, PersonDesk
from assistant.domain.account import Account, AccountId
from assistant.domain.importing import ImportReport
from assistant.domain.person import Person, PersonId
from assistant.errors import Invalid, no_model
from assistant.evaluation.case import Case
from assistant.evaluation.measures import flat
from assistant.ports.outside import Embedder, Progress
from knowledge.records.open import open_records
from knowledge.search.notes import ExactNoteSearch
from ui.settings import Settings, sqlite_in
from ui.wiring import House, open_house


def fixed(desk: Desk, job: str) -> Desk:
    """The desk with a clock that stands still at noon of its day, and ids that count; one job each on one database."""
    numbers = count(1)
    noon = datetime.combine(desk.today, time(12), UTC)
    return replace(desk, clock=lambda: noon, ids=lambda: f"{job}{next(numbers):06}")


class Remembering:
    """An embedder that runs each text once; a vector does not depend on its neighbours, so nothing else changes."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._known: dict[str, Sequence[float]] = {}

    @property
    def fingerprint(self) -> str:
        """Of the embedder that does the work."""
        return self._embedder.fingerprint

    def embed(self, texts: Sequence[str]) -> Sequence[Sequence[float]]:
        """One vector for each text, in order."""
        fresh = [text for text in dict.fromkeys(texts) if text not in self._known]
        if fresh:
            self._known.update(zip(fresh, self._embedder.embed(fresh), strict=True))
        return [self._known[text] for text in texts]


@dataclass(frozen=True, slots=True)
class Stage:
    """A house that holds one case.

    Attributes:
        database: The records as they were right after the import.
        owners: Whose desk each person is on.
    """

    case: Case
    house: House
    database: Path
    accounts: tuple[Account, ...]
    owners: dict[PersonId, AccountId]

    def account(self, named: AccountId | None, person: PersonId | None = None) -> AccountId:
        """The account a query or script means; where the case names none, the person's, or the first."""
        if any(named == a.id for a in self.accounts):
            return AccountId(str(named))
        return self.owners[person] if person else self.accounts[0].id

    def desk(self, account: AccountId, today: date | None = None) -> Desk:
        """One account's desk."""
        return fixed(self.house.desk(account, today), "read")

    def person(self, person: PersonId) -> PersonDesk:
        """One person's desk on the case's day."""
        return self.desk(self.owners[person]).person(person)

    def people(self, account: AccountId) -> list[Person]:
        """Everyone of an account."""
        return [row.person for row in self.desk(account).people()]

    @contextmanager
    def copy(self) -> Iterator[House]:
        """The same house over a copy of the records as imported, to be thrown away."""
        with TemporaryDirectory(dir=self.house.settings.folder("tmp"), ignore_cleanup_errors=True) as folder:
            place = Path(folder) / "copy.db"
            copy_database(self.database, place)
            with closing(open_records(place, clock=self.desk(self.accounts[0].id).clock)) as records:
                yield replace(self.house, records=records)

    @contextmanager
    def empty(self, folder: Path, account: AccountId) -> Iterator[Desk]:
        """A desk in a home that knows the people of the case and has no note yet."""
        with TemporaryDirectory(dir=self.house.settings.folder("tmp"), ignore_cleanup_errors=True) as place:
            with closing(open_records(Path(place) / "empty.db", clock=self.desk(account).clock)) as records:
                house = replace(self.house, records=records)
                bring_in(house, folder / "people.json", self.case.today)
                there = [a.id for a in house.records.accounts.all()]
                yield fixed(house.desk(account if account in there else there[0]), "files")


@contextmanager
def stage(
    case: Case, folder: Path, settings: Settings, progress: Progress | None, *, with_model: bool = False
) -> Iterator[Stage]:
    """A throw-away home with the case in it.

    Args:
        case: The case, read from `folder`.
        folder: Where it lies.
        settings: Everything but place, database and day is taken from here, the model included.
        progress: Called with notes done and notes in all.
        with_model: Whether the model looks through the notes once they are in.

    Raises:
        ImportRefused: The notes cannot be imported.
        Invalid: Somebody of the case was not imported under their own id.
    """
    with TemporaryDirectory(prefix="flourish-eval-", ignore_cleanup_errors=True) as place:
        home = Path(place) / "home"
        house = open_house(replace(settings, home=home, database=sqlite_in(home), today=case.today))
        embedder = Remembering(house.embedder)
        house = replace(house, embedder=embedder, search=ExactNoteSearch(embedder))
        bring_in(house, folder, case.today, progress)
        accounts = tuple(house.records.accounts.all())
        owners = {
            row.person.id: account.id for account in accounts for row in house.desk(account.id, case.today).people()
        }
        if missing := sorted({*case.people} - owners.keys()):
            raise Invalid(
                f"Not everybody of the case was imported: {', '.join(missing[:5])}.", next="Check people.json."
            )
        if with_model:
            if house.proposer is None:
                raise no_model()
            for account in accounts:
                propose_evidence(house.records, account.id, proposer=house.proposer)
        database = Path(place) / "imported.db"
        copy_database(home / "flourish.db", database)
        yield Stage(case, house, database, accounts, owners)


def bring_in(house: House, path: Path, today: date, progress: Progress | None = None) -> ImportReport:
    """Import through the same door as everybody."""
    desk = fixed(house.importing_desk(None, [path], today), "case")
    return desk.import_notes([path], progress=progress)


def copy_database(source: Path, target: Path) -> None:
    """A consistent copy of a SQLite file that others may have open."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)


def kept_of(stage: Stage, people: Sequence[PersonId]) -> int:
    """How many of the case's notes are kept, under their own id, person, day and words."""
    kept = 0
    for person in people:
        for note in stage.person(person).notes():
            told = stage.case.notes.get(note.id)
            kept += told is not None and (told.person_id, told.day, flat(told.text)) == (
                person,
                note.day,
                flat(note.text),
            )
    return kept

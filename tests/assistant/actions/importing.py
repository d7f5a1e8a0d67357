"""A manager's home with real parts, in which the tests of imports bring files in."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

import pytest

from assistant.actions.import_notes import import_notes
from assistant.actions.undo_import import undo_import
from assistant.domain.account import ALL_ROLES, Account, AccountId
from assistant.domain.importing import Document, ImportReport, NoteDraft
from assistant.domain.note import Note
from assistant.domain.person import Person
from assistant.engines.offline.finder import OfflineFinder
from assistant.ports.outside import Progress
from knowledge.embedding.local import LocalEmbedder
from knowledge.keeping.eraser import HomeEraser
from knowledge.keeping.journal import NAME, Journal
from knowledge.reading.reader import FileReader
from knowledge.records.open import open_records
from knowledge.records.records import SqlRecords
from knowledge.search.notes import ExactNoteSearch

CASE = Path(__file__).resolve().parents[2] / "cases" / "dev"
FORMATS = ("markdown", "export_north_crew.csv", "ruth_notebook.txt", "people_notes_north.docx")
ME, RUTH = AccountId("me"), AccountId("dm1")
TODAY = date(2026, 6, 15)


def clock() -> datetime:
    return datetime(2026, 6, 15, 9, tzinfo=UTC)


@pytest.fixture(scope="session")
def search() -> ExactNoteSearch:
    return ExactNoteSearch(LocalEmbedder())


@dataclass
class Home:
    """A manager's home with real records, real search and the real finder."""

    records: SqlRecords
    search: ExactNoteSearch
    finder: OfflineFinder = field(default_factory=OfflineFinder)
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def ids(self) -> str:
        return f"i{next(self.numbers):05d}"

    def take(
        self,
        *paths: Path | Document,
        answers: Mapping[str, str] | None = None,
        dry_run: bool = False,
        accounts: bool = False,
        today: date = TODAY,
        caller: AccountId = ME,
        progress: Progress | None = None,
    ) -> ImportReport:
        documents = [d for p in paths for d in ([p] if isinstance(p, Document) else FileReader().read(p))]
        return import_notes(
            self.records,
            caller,
            today,
            documents=documents,
            search=self.search,
            finder=self.finder,
            ids=self.ids,
            clock=clock,
            dry_run=dry_run,
            answers=answers or {},
            may_create_accounts=accounts,
            progress=progress,
        )

    def undo(self, import_id: str, *, caller: AccountId = ME) -> int:
        home = Path(self.records.place).parent
        eraser = HomeEraser(self.records, home, Journal(home / NAME))
        return undo_import(self.records, caller, TODAY, import_id, finder=self.finder, eraser=eraser)

    def notes(self, account: AccountId = ME) -> Sequence[Note]:
        with self.records.reading(account, TODAY) as shelf:
            return shelf.notes.all()

    def people(self, account: AccountId = ME) -> Sequence[Person]:
        with self.records.reading(account, TODAY) as shelf:
            return shelf.people.all()


@pytest.fixture
def home(tmp_path: Path, search: ExactNoteSearch) -> Home:
    records = open_records(tmp_path / "flourish.db", clock=clock)
    records.accounts.add(Account(ME, "Eva Lang", ALL_ROLES))
    return Home(records, search)


def folded(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def wanted() -> list[tuple[str, str, str]]:
    people = {p["id"]: p for p in json.loads((CASE / "people.json").read_text(encoding="utf-8"))["people"]}
    notes = map(json.loads, (CASE / "notes.jsonl").read_text(encoding="utf-8").splitlines())
    mine = [n for n in notes if people[n["person_id"]]["manager"] == RUTH]
    assert len(mine) == 82
    return sorted((people[n["person_id"]]["name"], n["date"], folded(n["text"])) for n in mine)


def held(home: Home, account: AccountId = ME) -> list[tuple[str, str, str]]:
    names = {person.id: person.name for person in home.people(account)}
    return sorted((names[n.person_id], n.day.isoformat(), folded(n.text)) for n in home.notes(account))


def small(name: str, *drafts: tuple[str, date, str]) -> Document:
    return Document(name, tuple(NoteDraft(f"{name} row {i}", *draft) for i, draft in enumerate(drafts, 2)))


DAY = date(2026, 5, 6)

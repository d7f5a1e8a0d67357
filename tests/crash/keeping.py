"""Scenes of what keeps a home going: a backup, a restore, notes read again, a long history written down in short."""

import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import text

from assistant.actions.digest_history import digest_history
from assistant.domain.digest import DigestLine, Period
from assistant.domain.evidence import Quote
from assistant.domain.policy import Readable
from assistant.domain.situation import Situation
from assistant.errors import FlourishError
from assistant.wording import sentences
from knowledge.keeping.journal import NAME, read_marks
from tests.crash.bakery import MORE, TODAY, Ack, add, bakery, mine
from ui import upkeep
from ui.settings import Settings, sqlite_in
from ui.wiring import House, open_house

PASSPHRASE = "four words are enough"
OLDER = (
    "UPDATE note_reading SET reader = 'an older finder'", "UPDATE person_reading SET reader = 'an older finder'",
    "DELETE FROM note_vector", "DELETE FROM evidence", "DELETE FROM promise",
)  # fmt: skip


def home_at(folder: Path) -> House:
    """A further home on SQLite, beside the one that is played in."""
    return open_house(Settings(home=folder, database=sqlite_in(folder), today=TODAY))


def back_up_to(house: House, file: Path) -> None:
    """A sealed backup as the command line makes it."""
    file.parent.mkdir(exist_ok=True)
    house.office().back_up(file, PASSPHRASE, keep_days=0)


def texts_restored(house: House, folder: Path) -> set[str]:
    """The notes of a home that is restored from the backup in a folder, with the journal of this one at hand."""
    with tempfile.TemporaryDirectory(dir=folder) as place:
        fresh = home_at(Path(place) / "home")
        fresh.office().restore(folder / "kept.age", PASSPHRASE, journals=[house.settings.home / NAME])
        found = texts_in(fresh)
        fresh.library.close()
    return found


def texts_in(house: House) -> set[str]:
    """The words of every note of a home."""
    found: set[str] = set()
    for account in house.records.accounts.all():
        with house.records.reading(account.id, date.max) as shelf:
            found.update(note.text for note in shelf.notes.all())
    return found


# A backup


def bakery_and_a_folder(house: House, folder: Path) -> None:
    """The bakery, and an empty folder for backups."""
    bakery(house, folder)
    (folder / "kept").mkdir()


def back_up(house: House, folder: Path, ack: Ack) -> None:
    """A backup; one that was cut off is made once more, under another name."""
    there = [*(folder / "kept").glob("*.age")]
    if not [file for file in there if file.with_name(f"{file.name}.sha256").exists()]:
        back_up_to(house, folder / "kept" / f"{len(there)}.age")
    ack("backup")


def half_backups(house: House, folder: Path) -> Iterable[str]:
    """Backups under their final name that a person could not go back to."""
    for file in sorted((folder / "kept").glob("*.age")):
        with tempfile.TemporaryDirectory(dir=folder) as place:
            fresh = home_at(Path(place) / "home")
            try:
                fresh.office().restore(file, PASSPHRASE, journals=[])
            except FlourishError as error:
                yield f"{file.name} is no whole backup: {error}"
            else:
                if texts_in(fresh) != texts_in(house):
                    yield f"{file.name} does not hold the notes"
            fresh.library.close()


# A restore


def backup_to_restore(_house: House, folder: Path) -> None:
    """A backup of another home, and its journal, in which somebody was forgotten later."""
    source = home_at(folder / "source")
    source.add_solo()
    bakery(source, folder)
    back_up_to(source, folder / "kept.age")
    mine(source).person("sorel").forget()
    shutil.copy(folder / "source" / NAME, folder / NAME)
    source.library.close()
    source.records.close()
    shutil.rmtree(folder / "source")


def restore(house: House, folder: Path, ack: Ack) -> None:
    """A backup into an empty home."""
    if house.is_empty:
        house.office().restore(folder / "kept.age", PASSPHRASE, journals=[folder / NAME])
    ack("restored")


def not_followed(house: House, folder: Path) -> Iterable[str]:
    """Somebody who came back, or an erasure that the restored home does not know itself."""
    if not house.is_empty:
        if any(row.person.id == "sorel" for row in mine(house).people()):
            yield "a restore brought somebody back who was forgotten"
        told = {mark.id for mark in read_marks(folder / NAME)}
        if told - {mark.id for mark in read_marks(house.settings.home / NAME)}:
            yield "a restore did not take over the erasures it followed"


# Reading again


def bakery_read_by_an_older_finder(house: House, folder: Path) -> None:
    """Everything that a finder and an embedder found is out of date or gone."""
    bakery(house, folder)
    desk = mine(house)
    for note in MORE:
        add(desk, *note)
    with house.records.engine.begin() as connection:
        for statement in OLDER:
            connection.execute(text(statement))


def reindex(house: House, _folder: Path, ack: Ack) -> None:
    """All of it found anew, as the command line does it."""
    done = upkeep.catch_up(house, upkeep.accounts_of(house))
    ack(f"{done.steps} steps")


# A long history


@dataclass(frozen=True)
class FirstSentences:
    """Stands in for a model: the first sentences of the first notes of a quarter."""

    fingerprint: str = "first sentences"

    def digest(self, situation: Situation, notes: Sequence[Readable], period: Period) -> Sequence[DigestLine]:
        """At most three lines, each on its quote."""
        quotes = [Quote(told.note, sentences(told.note.text)[0]) for told in notes[:3]]
        return [DigestLine(quote.text, (quote,)) for quote in quotes]


def bakery_of_many_years(house: House, folder: Path) -> None:
    """The bakery with seventy older notes about one person."""
    bakery(house, folder)
    first = date(2024, 1, 8)
    lines = [f"{first + timedelta(days=9 * n)},Nadia Okoro,Batch {n} came out even." for n in range(70)]
    (folder / "older.csv").write_text("\n".join(("date,person,text", *lines)) + "\n", encoding="utf-8")
    mine(house).import_notes([folder / "older.csv"])


def write_down_in_short(house: House, _folder: Path, ack: Ack) -> None:
    """A digest of every older quarter that has none."""
    desk = mine(house)
    done = digest_history(desk.records, desk.account, desk.today, digester=FirstSentences(), done=lambda step: None)
    ack(f"{done.periods} quarters")

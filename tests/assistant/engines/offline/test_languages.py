"""German and Spanish sentences that no list was written from: what stays out, what passes, and what speaks for a facet.

The sentences in `tests/data` were written before the lists were looked at; every second one of the screening was kept
back while these were mended. A floor here is the last figure measured: a change may raise it.
"""

import csv
from datetime import date
from pathlib import Path

import pytest

from assistant.domain.account import Account, AccountId
from assistant.domain.note import Note, NoteId, NoteKind
from assistant.domain.person import Person, PersonId, Pronouns
from assistant.domain.policy import Readable
from assistant.engines.offline.finder import OfflineFinder
from assistant.engines.offline.screen import is_sensitive

DATA = Path(__file__).resolve().parents[3] / "data"
ME = AccountId("me")
MANAGER = Account(ME, "Anna Berg")
PEOPLE = {"de": "Jana Vogt", "es": "Lucía Serrano"}
FACETS = {"passion", "talent", "customer_value"}


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return [dict(row) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)]


def facets(text: str, person: Person) -> set[str]:
    """The facets that a note of one sentence is found to speak for."""
    finder = OfflineFinder()
    note = Note(ME, NoteId("n1"), person.id, date(2026, 5, 4), text, NoteKind.ONE_ON_ONE, MANAGER.name)
    found = finder.evidence(person, MANAGER, [Readable(note, finder.screen([note])[0])])
    return {item.topic.value for item in found} & FACETS


@pytest.mark.parametrize("language", PEOPLE)
def test_private_matters_stay_out_and_near_misses_pass(language: str) -> None:
    told = rows(f"screening_{language}.tsv")
    private = [row for row in told if row["label"] == "sensitive"]
    free = [row for row in told if row["label"] == "free"]
    assert len(private) == len(free) == 40
    assert sum(is_sensitive(row["text"]) for row in private) >= 39
    assert sum(is_sensitive(row["text"]) for row in free) <= 2


@pytest.mark.parametrize(("language", "hits", "false"), [("de", 21, 9), ("es", 22, 11)])
def test_facets_are_found_no_worse_than_before(language: str, hits: int, false: int) -> None:
    person = Person(ME, PersonId("p1"), PEOPLE[language], pronouns=Pronouns.SHE)
    told = [(row["label"], facets(row["text"], person)) for row in rows(f"cues_{language}.tsv")]
    assert sum(label != "none" for label, _ in told) == sum(label == "none" for label, _ in told) == 40
    assert sum(label in found for label, found in told) >= hits
    assert sum(bool(found) for label, found in told if label == "none") <= false


@pytest.mark.parametrize(
    "text",
    [
        "Elle adore former les nouveaux et elle le dit à chaque fois que nous nous voyons dans le bureau.",
        "Lei ama il suo lavoro con i clienti e non le pesa il turno della notte, ma questa settimana è più stanca.",
    ],
)
def test_a_note_in_another_language_is_never_mined(text: str) -> None:
    assert facets(text, Person(ME, PersonId("p1"), "Ada Roux", pronouns=Pronouns.SHE)) == set()

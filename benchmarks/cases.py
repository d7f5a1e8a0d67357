"""Reads a case folder (people, notes, gold labels) into nouns. The format stands in tests/cases/dev/README.md."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from assistant.domain.account import Account, AccountId
from assistant.domain.evidence import Facet
from assistant.domain.note import Note, NoteId, NoteKind
from assistant.domain.person import Person, PersonId, Pronouns

GOLD = {"passions": Facet.PASSION, "talents": Facet.TALENT, "customer_value": Facet.CUSTOMER_VALUE}


@dataclass(frozen=True, slots=True)
class Case:
    """One person of a case with their notes, oldest first, and what the annotator found in them."""

    manager: Account
    person: Person
    notes: tuple[Note, ...]
    gold: dict[str, Any]

    @property
    def current(self) -> frozenset[tuple[Facet, str]]:
        """Facet and note of every current statement."""
        return frozenset(
            (facet, proof["note_id"])
            for key, facet in GOLD.items()
            for statement in self.gold[key]
            if statement["status"] == "current"
            for proof in statement["evidence"]
        )


def read_cases(folder: Path) -> Iterator[Case]:
    """Every person of a case folder."""
    people = json.loads((folder / "people.json").read_text(encoding="utf-8"))
    told = _lines(folder / "notes.jsonl")
    gold = {entry["person_id"]: entry for entry in _lines(folder / "gold.jsonl")}
    managers = {m["id"]: Account(AccountId(m["id"]), m["name"]) for m in people["managers"]}
    for raw in people["people"]:
        manager = managers[raw["manager"]]
        aka = tuple(name.strip() for name in raw.get("aka", "").split(",") if name.strip())
        person = Person(
            manager.id, PersonId(raw["id"]), raw["name"], aka, Pronouns(raw["pronouns"]), raw["role"],
            customers=raw.get("customers", ""),
        )  # fmt: skip
        notes = [_note(manager, entry) for entry in told if entry["person_id"] == raw["id"]]
        yield Case(manager, person, tuple(sorted(notes, key=lambda n: (n.day, n.id))), gold[raw["id"]])


def _note(manager: Account, raw: dict[str, Any]) -> Note:
    return Note(
        manager.id, NoteId(raw["id"]), PersonId(raw["person_id"]), date.fromisoformat(raw["date"]), raw["text"],
        NoteKind(raw["kind"]), raw["author"],
    )  # fmt: skip


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]

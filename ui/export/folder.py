"""Writes an export: record.json to come back whole, a case folder and a sheet for others, a page to read.

The folder appears when everything is in it; on an error nothing is left behind.
"""

import json
import os
import re
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from assistant.desk import Desk, PersonDesk
from assistant.domain.exported import FORMAT, SCHEMA, Exported
from assistant.domain.note import Note
from assistant.domain.person import Person
from assistant.errors import HomeError, Invalid
from ui.export.page import page
from ui.export.sheet import notes_csv

RECORD, PEOPLE, NOTES, SHEET = "record.json", "people.json", "notes.jsonl", "notes.csv"


def write_export(desk: Desk, person_ids: Sequence[str], exported: Exported, to: Path) -> list[str]:
    """Everything on record about some people into a new folder; the names of the files in it.

    Raises:
        Invalid: There is something at that place already.
        HomeError: It cannot be written.
    """
    if to.exists() and (not to.is_dir() or any(to.iterdir())):
        raise Invalid(f"{to} is there already, and an export is never put over anything.", next="Name a new folder.")
    files = files_of(desk, person_ids, exported)
    fresh = to.with_name(f".{to.name}.part")
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        for name, text in files.items():
            file = os.open(fresh / name, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600)
            with os.fdopen(file, "w", encoding="utf-8", newline="") as out:
                out.write(text)
                out.flush()
                os.fsync(out.fileno())
        if to.exists():
            to.rmdir()
        fresh.rename(to)
    except OSError as error:
        shutil.rmtree(fresh, ignore_errors=True)
        raise HomeError(
            f"The export could not be written to {to} ({error.strerror}). Nothing was left behind.",
            next="Free some space there, or choose another folder with --to.",
        ) from error
    return sorted(files)


def folder_name(wanted: str, today: date) -> str:
    """The name of a folder for an export, safe on every system."""
    return f"flourish-{_safe(wanted)}-{today.isoformat()}"


def files_of(desk: Desk, person_ids: Sequence[str], exported: Exported) -> Mapping[str, str]:
    """Everything on record about some people as texts, by the names of files."""
    desk = replace(desk, today=date.max)
    people = [desk.person(who) for who in person_ids]
    by_id = {each.person.id: each.person for each in people}
    notes = [note for each in people for note in each.notes()]
    files = {
        RECORD: _json(_record(exported)),
        PEOPLE: _json(_people(exported, by_id.values())),
        NOTES: "".join(_line(_case_note(note)) for note in notes),
        SHEET: notes_csv(notes, by_id),
    }
    return files | _pages(people, exported)


def _pages(people: Sequence[PersonDesk], exported: Exported) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in people:
        name = f"{_safe(each.person.name)}.html"
        if name.casefold() in {known.casefold() for known in found}:
            name = f"{_safe(each.person.name)}-{_safe(each.person.id)}-{len(found)}.html"
        found[name] = page(each, exported)
    return found


def _record(exported: Exported) -> Mapping[str, Any]:
    return {
        "format": FORMAT,
        "schema": SCHEMA,
        "revision": exported.revision,
        "whole": exported.whole,
        "account": {"id": exported.account_id, "name": exported.account_name},
        "tables": {name: list(rows) for name, rows in exported.tables.items() if rows},
    }


def _people(exported: Exported, people: Iterable[Person]) -> Mapping[str, Any]:
    return {
        "managers": [{"id": exported.account_id, "name": exported.account_name}],
        "people": [_case_person(person, exported) for person in people],
    }


def _case_person(person: Person, exported: Exported) -> Mapping[str, Any]:
    return {
        "id": person.id,
        "name": person.name,
        "aka": list(person.aka),
        "pronouns": person.pronouns.value,
        "role": person.role,
        "start": person.start.isoformat() if person.start else None,
        "customers": person.customers,
        "manager": exported.account_id,
    }


def _case_note(note: Note) -> Mapping[str, Any]:
    return {
        "id": note.id,
        "person_id": note.person_id,
        "date": note.day.isoformat(),
        "kind": note.kind.value,
        "author": note.author,
        "text": note.text,
        "ai": note.ai.value,
        "sharing": note.sharing.value,
    }


def _safe(name: str) -> str:
    return re.sub(r"[^\w-]+", "-", name).strip("-")[:60] or "person"


def _json(said: object) -> str:
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"


def _line(said: object) -> str:
    return json.dumps(said, ensure_ascii=False) + "\n"

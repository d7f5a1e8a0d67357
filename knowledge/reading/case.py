"""A case folder: people.json and notes.jsonl, one JSON object a line. Exact where the other formats are lenient."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from assistant.domain.account import Account, AccountId
from assistant.domain.importing import NEW, Document
from assistant.domain.note import NoteKind
from assistant.domain.person import Person, PersonId
from assistant.errors import ImportRefused, Invalid
from knowledge.reading.details import NOT_A_PERSON, pronouns_of
from knowledge.reading.drafts import Drafts
from knowledge.reading.files import decode
from knowledge.reading.tree import NOTES, PEOPLE

_AGAIN = "Correct that and import it again; nothing of it was kept."

Fields = Mapping[str, Any]


def read_case(name: str, people: bytes | None, notes: bytes | None) -> Document:
    """The bytes of the two files of a case as one document; either may be missing.

    Raises:
        ImportRefused: A file is not JSON, or a line lacks what a person or a note needs.
    """
    who = _people_file(people) if people else {}
    persons = [_person(fields, number) for number, fields in enumerate(_listed(who, "people"), 1)]
    managers = [_manager(fields, number) for number, fields in enumerate(_listed(who, "managers"), 1)]
    _no_twins([p.id for p in persons if p.id != NEW], "person")
    _no_twins([m.id for m in managers], "manager")
    drafts = Drafts(NOTES, "line")
    if notes:
        _read_notes(notes, {p.id: p.name for p in persons}, drafts)
    return Document(
        name,
        drafts.done(f"{NOTES} holds no notes.") if notes else (),
        people=tuple(persons),
        accounts=tuple(managers),
        manager_of=tuple(
            (PersonId(str(f["id"])), str(f["manager"]))
            for f in _listed(who, "people")
            if f.get("manager") and f.get("id")
        ),
        today=_iso(who.get("today")),
        remarks=drafts.remarks,
    )


def _people_file(raw: bytes) -> Fields:
    """people.json: an object with `people`, or the list itself."""
    found = _parse(decode(raw).text, PEOPLE)
    if isinstance(found, list):
        found = {"people": found}
    if not isinstance(found, dict) or not isinstance(found.get("people"), list):
        raise ImportRefused(f"{PEOPLE} has no list of people.", next='It needs {"people": [{"id": …, "name": …}]}.')
    return found


def _read_notes(raw: bytes, names: Mapping[str, str], drafts: Drafts) -> None:
    """Every line of notes.jsonl as a draft or a problem."""
    for place, line in enumerate(decode(raw).text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            fields = _parse(line, "")
        except ImportRefused as error:
            drafts.problem(place, error.message)
            continue
        if not isinstance(fields, dict):
            drafts.problem(place, "it is not a JSON object")
        elif why := _unusable(fields):
            drafts.problem(place, why)
        else:
            who = str(fields.get("person_id") or "")
            name = names.get(who) or str(fields.get("person") or fields.get("name") or who)
            drafts.add(
                place, name, date.fromisoformat(fields["date"]), fields["text"], kind=str(fields.get("kind") or ""),
                author=str(fields.get("author") or ""), id=str(fields.get("id") or ""), person_id=who,
                ai=_said(fields.get("ai")), sharing=_said(fields.get("sharing")),
            )  # fmt: skip


def _said(value: object) -> str:
    """A word as written; what is there and is no word is one that nobody knows."""
    return "" if value is None else value if isinstance(value, str) else repr(value)


def _unusable(fields: Fields) -> str:
    """Why a line cannot be a note, or nothing."""
    if not isinstance(fields.get("text"), str):
        return "`text` is missing"
    if _iso(fields.get("date")) is None:
        return "`date` is not a day like 2025-05-06"
    if not (fields.get("person_id") or fields.get("person") or fields.get("name")):
        return "`person_id` is missing"
    kind = fields.get("kind")
    if kind is not None and not isinstance(kind, str):
        return f"`kind` is no word; one of {', '.join(NoteKind)}, or a label of your own"
    return "" if len(str(fields.get("id") or "")) <= 64 else "`id` is longer than 64 characters"


def _person(fields: Fields, number: int) -> Person:
    aka = fields.get("aka") or ()
    names = aka.split(",") if isinstance(aka, str) else [str(part) for part in aka]
    try:
        return Person(
            NOT_A_PERSON,
            PersonId(str(fields.get("id") or NEW)),
            " ".join(str(fields.get("name") or "").split()),
            aka=tuple(name.strip() for name in names if name.strip()),
            pronouns=pronouns_of(str(fields.get("pronouns") or "")),
            role=str(fields.get("role") or ""),
            start=_iso(fields.get("start")),
            customers=str(fields.get("customers") or ""),
            cadence_days=_whole(fields.get("cadence_days")),
        )
    except (Invalid, TypeError) as error:
        raise ImportRefused(f"Person {number} in {PEOPLE} cannot be read: {error}", next=_AGAIN) from error


def _manager(fields: Fields, number: int) -> Account:
    try:
        return Account(AccountId(str(fields.get("id") or "")), str(fields.get("name") or ""))
    except Invalid as error:
        raise ImportRefused(f"Manager {number} in {PEOPLE} cannot be read: {error}", next=_AGAIN) from error


def _listed(found: Fields, key: str) -> Iterator[Fields]:
    """The objects of a list in people.json."""
    for number, fields in enumerate(found.get(key) or (), 1):
        if not isinstance(fields, dict):
            raise ImportRefused(f"Entry {number} of `{key}` in {PEOPLE} is not an object.", next=_AGAIN)
        yield fields


def _no_twins(ids: list[str], what: str) -> None:
    """No id may stand for two."""
    for twin in (i for index, i in enumerate(ids) if i in ids[:index]):
        raise ImportRefused(f"The {what} id {twin!r} stands twice in {PEOPLE}.", next=_AGAIN)


def _parse(text: str, where: str) -> object:
    """JSON without doubled keys and without bottomless nesting."""
    try:
        return json.loads(text, object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        line = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) and where else ""
        what = "it is not JSON" if isinstance(error, json.JSONDecodeError) else str(error).split("\n")[0][:80]
        what = "it is nested too deeply" if isinstance(error, RecursionError) else what
        raise ImportRefused(f"{where}{line}: {what}." if where else what, next=_AGAIN if where else "") from error


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"the key {key[:30]!r} stands twice")
        found[key] = value
    return found


def _whole(value: object) -> int | None:
    """A whole number; none for nothing.

    Raises:
        TypeError: It is something else.
    """
    if value is not None and (not isinstance(value, int) or isinstance(value, bool)):
        raise TypeError("`cadence_days` is no whole number of days")
    return value


def _iso(value: object) -> date | None:
    """The day of an ISO date; none for anything else."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        return None

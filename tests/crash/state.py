"""What a home holds, seen twice: every row of every table as it is, and what it means without any id.

The rows tell whether a killed write stopped exactly between two commits. The meaning tells whether a repeated write
ends where an undisturbed one does. The faults tell whether what is there is whole: text, screening, evidence,
promises, vectors and words of every note.
"""

import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, inspect, text
from sqlalchemy.pool import NullPool

from assistant.actions.find_promises import find_promises
from assistant.actions.keep_notes import make_ready
from assistant.domain.evidence import EvidenceState
from assistant.domain.note import Note
from assistant.domain.promise import Promise
from assistant.ports.records import Shelf
from knowledge.records.engines import read_url, sqlite_file
from knowledge.records.records import IDENTITY
from knowledge.search.words import words
from ui.wiring import House

Rows = Mapping[str, str]
Meaning = Counter[str]
EVER = date.max


def rows_of(database: str) -> Rows:
    """A digest of every table of a database, opened with nothing of the product.

    Which identity a home was given is left out: whoever opens it first gives it one, a timed `flourish doctor` too.
    """
    engine = create_engine(read_url(database), poolclass=NullPool)
    try:
        with engine.connect() as connection:
            names = [n for n in inspect(connection).get_table_names() if not n.startswith("note_fts")]
            found = {}
            for name in sorted(names):
                told = (tuple(row) for row in connection.execute(text(f'SELECT * FROM "{name}"')))
                rows = sorted(repr(row[:1] if row[:1] == (IDENTITY,) else row) for row in told)
                found[name] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
            return found
    finally:
        engine.dispose()


def damage_in(database: str) -> Iterator[str]:
    """What SQLite itself finds wrong; PostgreSQL checks its keys at every commit."""
    path = sqlite_file(read_url(database))
    if path is None:
        return
    connection = sqlite3.connect(path)
    try:
        for pragma in ("integrity_check", "foreign_key_check"):
            said = [row for row in connection.execute(f"PRAGMA {pragma}") if row != ("ok",)]
            if said:
                yield f"{pragma}: {said[:3]}"
        try:
            connection.execute("INSERT INTO note_fts (note_fts, rank) VALUES ('integrity-check', 1)")
            connection.rollback()
        except sqlite3.DatabaseError as error:
            yield f"full text: {error}"
    finally:
        connection.close()


def half_copies(home: Path) -> Iterator[str]:
    """Copies in the backups folder that a person could not go back to."""
    for path in sorted((home / "backups").glob("*.db")):
        connection = sqlite3.connect(path)
        try:
            said = connection.execute("PRAGMA integrity_check").fetchall()
            revision = connection.execute("SELECT version_num FROM alembic_version").fetchall()
            if said != [("ok",)] or not revision:
                yield f"{path.name} is half a copy"
        except sqlite3.DatabaseError as error:
            yield f"{path.name} is half a copy: {error}"
        finally:
            connection.close()


def meaning_of(house: House) -> Meaning:
    """What every account holds, without ids, each thing with how often it is there."""
    found: Meaning = Counter()
    for account in house.records.accounts.all():
        with house.records.reading(account.id, EVER) as shelf:
            for kind, thing in _told(shelf, house.embedder.fingerprint):
                found[json.dumps([account.id, kind, thing], default=str, ensure_ascii=False)] += 1
    return found


def _told(shelf: Shelf, embedder: str) -> Iterator[tuple[str, list[Any]]]:
    names = {person.id: person.name for person in shelf.people.all()}
    texts = {note.id: note.text for note in shelf.notes.all()}
    for person in shelf.people.all():
        yield "person", [person.name, person.aka, person.role, person.start, person.customers, person.cadence_days]
        for each in shelf.screenings.of(shelf.notes.of(person.id)):
            note, mentions = each.note, sorted((m.span.start, names[m.person_id]) for m in each.note.mentions)
            yield "note", [person.name, note.day, note.text, note.kind, note.author, note.ai, note.sharing, mentions]
            yield "screening", [note.text, each.screening.whole, each.screening.language, str(each.screening.spans)]
        for e in shelf.evidence.of(person.id):
            yield "evidence", [person.name, e.note.text, e.quote.text, e.topic, e.witness, e.strength, e.state]
        for promise in shelf.promises.of(person.id):
            yield "promise", [person.name, *_promise(promise)]
        for meeting in shelf.meetings.of(person.id):
            told = sorted(texts[i] for i in meeting.note_ids)
            yield "meeting", [person.name, meeting.day, meeting.state, told]
        for asked in shelf.ledger.of(person.id):
            yield "asked", [person.name, asked.question_id, asked.day, asked.answer, asked.later]
        for plan in shelf.plans.versions(person.id):
            links = [
                [t.passion.text, t.talent.text, t.customer.text, t.first_step.text, [s.text for s in t.then]]
                for t in plan.threads
            ]
            yield "plan", [person.name, plan.version, plan.state, plan.drafted_on, links]
    for vector in shelf.vectors.of(None, embedder):
        yield "vector", [texts[vector.note_id], hashlib.sha256(vector.data).hexdigest()]


def _promise(promise: Promise) -> list[Any]:
    return [promise.owner, promise.what, promise.due, promise.state, [quote.text for quote in promise.quotes]]


def faults_in(house: House) -> Iterator[str]:
    """Notes that are not whole, and imports that say something else than what is there."""
    for account in house.records.accounts.all():
        with house.records.reading(account.id, EVER) as shelf:
            yield from _unready(house, shelf)
            yield from _unkept_promises(house, shelf)
            notes = Counter(note.import_id for note in shelf.notes.all())
            for entry in shelf.imports.all():
                if not entry.undone and entry.notes != notes[entry.id]:
                    yield f"import {entry.id} says {entry.notes} notes and brought {notes[entry.id]}"


def _unready(house: House, shelf: Shelf) -> Iterator[str]:
    """Notes whose screening, evidence, vectors or words are not what they would be when written now."""
    notes, people = shelf.notes.all(), shelf.people.all()
    ready = make_ready(notes, people, shelf.account, house.search, house.finder)
    stored = {r.note.id: r.screening for r in shelf.screenings.of(notes)}
    vectors = {(v.note_id, v.revision): v.data for v in shelf.vectors.of(None, house.embedder.fingerprint)}
    evidence = {e.id: e for person in people for e in shelf.evidence.of(person.id)}
    wanted = {v.note_id: v.data for v in ready.vectors}
    for note, screening in zip(ready.notes, ready.screenings, strict=True):
        if stored[note.id] != screening:
            yield f"note {note.id} has no screening of its words"
        if vectors.get((note.id, note.revision)) != wanted[note.id]:
            yield f"note {note.id} has no vector of its words"
        if not _found_by_words(shelf, note):
            yield f"note {note.id} is not found by its words"
    for item in ready.evidence:
        if item.id not in evidence and item.state is not EvidenceState.REJECTED:
            yield f"note {item.note.id} has lost evidence: {item.quote.text!r}"
    found = {item.id for item in ready.evidence}
    for item in evidence.values():
        if item.id not in found and item.state is EvidenceState.SUGGESTED:
            yield f"note {item.note.id} has evidence nobody finds: {item.quote.text!r}"


def _found_by_words(shelf: Shelf, note: Note) -> bool:
    told = words(note.text)
    return not told or note.id in shelf.words.match(told, [note.person_id], 10_000)


def _unkept_promises(house: House, shelf: Shelf) -> Iterator[str]:
    """Promises that a note tells of and nobody wrote down, or that no note tells of any more."""
    for person in shelf.people.all():
        stored = Counter(_key(p) for p in shelf.promises.of(person.id))
        wanted = Counter(_key(p) for p in find_promises(shelf, house.finder, person))
        settled = {_key(p) for p in shelf.promises.of(person.id) if p.by_hand}
        for key in {*stored, *wanted} - settled:
            if stored[key] != wanted[key]:
                yield f"{person.name}: promise {key} is there {stored[key]} times and told {wanted[key]} times"


def _key(promise: Promise) -> tuple[Any, ...]:
    return promise.owner, promise.what, promise.made_on

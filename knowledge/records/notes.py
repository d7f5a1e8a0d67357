"""The notes of one account, as rows. Everything is read as of the scope's day."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, Select, and_, bindparam, delete, func, select, update

from assistant.domain.note import Note, NoteId, Revision
from assistant.domain.person import PersonId
from assistant.domain.search import Window
from assistant.errors import Invalid, Refused, Unknown
from knowledge.records.derived import drop_derived, drop_left_empty, resting_on
from knowledge.records.dropped_digests import drop_digests, drop_digests_of
from knowledge.records.mentions import write_mentions
from knowledge.records.note_rows import NOTE_COLUMNS, notes_by_id, to_notes
from knowledge.records.people import unknown_person
from knowledge.records.scope import VISIBLE, Scope, check_storable, is_storable, ours
from knowledge.records.scrubbing import scrub
from knowledge.records.tables import mention, note, note_revision, person
from knowledge.records.words_postgres import PostgresWords
from knowledge.records.words_sqlite import SqliteWords

_WHO: BindParameter[str] = bindparam("person")
_THEIRS = (VISIBLE, note.c.person_id == _WHO)
_NAMING = select(mention.c.note_id).where(ours(mention), mention.c.person_id == _WHO)
_NEWEST_FIRST = select(*NOTE_COLUMNS).order_by(note.c.day.desc(), note.c.id.desc()).limit(bindparam("most"))
_OF = select(*NOTE_COLUMNS).where(*_THEIRS).order_by(note.c.day, note.c.id)
_NEWEST = _NEWEST_FIRST.where(*_THEIRS)
_MENTIONING = _NEWEST_FIRST.where(VISIBLE, note.c.person_id != _WHO, note.c.id.in_(_NAMING))
_EXTENT = select(func.count(), func.min(note.c.day), func.max(note.c.day)).select_from(note).where(*_THEIRS)
_COUNTS = select(note.c.person_id, func.count()).where(VISIBLE).group_by(note.c.person_id)
_ONE_AFTER = select(note.c.id).where(VISIBLE).limit(1).offset(bindparam("skip"))
_STATES = select(note.c.id, note.c.revision, note.c.fingerprint).where(VISIBLE).order_by(note.c.id)


@dataclass(frozen=True, slots=True)
class SqlNotes:
    """Notes of the scope's account, with the word index kept in step."""

    scope: Scope

    def get(self, note_id: NoteId) -> Note:
        """One note.

        Raises:
            Unknown: This account has none of that id on this day.
        """
        found = notes_by_id(self.scope, [note_id]) if is_storable(note_id) else {}
        if note_id not in found:
            raise _unknown(note_id)
        return found[note_id]

    def known(self, note_ids: Collection[NoteId]) -> Sequence[Note]:
        """Those of the notes that exist, in the given order."""
        found = notes_by_id(self.scope, (i for i in note_ids if is_storable(i)))
        return [found[i] for i in note_ids if i in found]

    def of(self, person_id: PersonId, window: Window | None = None) -> Sequence[Note]:
        """One person's notes, oldest first."""
        if window is None:
            return to_notes(self.scope, self.scope.rows(_OF, person=person_id))
        return self._read(self._select(note.c.person_id == person_id, *_inside(window)))

    def newest(self, person_id: PersonId, limit: int) -> Sequence[Note]:
        """The newest notes of one person, oldest of them first."""
        return to_notes(self.scope, self.scope.rows(_NEWEST, person=person_id, most=limit))[::-1]

    def all(self, window: Window | None = None) -> Sequence[Note]:
        """Every note of the account, oldest first."""
        return self._read(self._select(*_inside(window)))

    def count(self, person_id: PersonId) -> int:
        """How many notes one person has."""
        return int(self.scope.rows(_EXTENT, person=person_id)[0][0])

    def counts(self) -> Mapping[PersonId, int]:
        """How many notes each person has who has any."""
        return {row[0]: row[1] for row in self.scope.rows(_COUNTS)}

    def more_than(self, number: int) -> bool:
        """Whether the account has more notes than so many, without counting on."""
        return bool(self.scope.rows(_ONE_AFTER, skip=number))

    def days(self, person_id: PersonId) -> tuple[date, date] | None:
        """First and newest note day of one person."""
        _, first, newest = self.scope.rows(_EXTENT, person=person_id)[0]
        return None if first is None else (first, newest)

    def mentioning(self, person_id: PersonId, limit: int = 20) -> Sequence[Note]:
        """Newest notes filed under others that mention this person, oldest of them first."""
        return to_notes(self.scope, self.scope.rows(_MENTIONING, person=person_id, most=limit))[::-1]

    def fingerprints(self, person_id: PersonId) -> Mapping[str, NoteId]:
        """Fingerprint of every note of one person, whatever its day."""
        query = select(note.c.fingerprint, note.c.id).where(self.scope.own(note), note.c.person_id == person_id)
        return {row[0]: row[1] for row in self.scope.rows(query)}

    def revisions(self, note_id: NoteId) -> Sequence[Revision]:
        """Every wording a note has had, the one it has now last; nothing for a note that is not there."""
        now = self.known([note_id])
        if not now:
            return []
        columns = (note_revision.c.revision, note_revision.c.text, note_revision.c.replaced_at)
        here = and_(self.scope.own(note_revision), note_revision.c.note_id == note_id)
        older = self.scope.rows(select(*columns).where(here).order_by(note_revision.c.revision))
        return [*(Revision(*row) for row in older), Revision(now[0].revision, now[0].text)]

    def digest(self, person_id: PersonId) -> str:
        """What one person's notes are now, whatever their day: equal as long as none came, went or changed."""
        query = select(note.c.id, note.c.revision).where(self.scope.own(note), note.c.person_id == person_id)
        rows = self.scope.rows(query.order_by(note.c.id))
        return sha256("\n".join(f"{row[0]} {row[1]}" for row in rows).encode()).hexdigest() if rows else ""

    def state(self) -> str:
        """What all notes are on the shelf's day: equal as long as none came, went or changed."""
        told = "\n".join(f"{i} {revision} {said}" for i, revision, said in self.scope.rows(_STATES))
        return sha256(told.encode()).hexdigest() if told else ""

    def add(self, notes: Sequence[Note]) -> None:
        """New notes.

        Raises:
            Invalid: An id is taken, or a text holds what cannot be kept.
            Unknown: Somebody a note is filed under, or mentions, is not in this account.
        """
        ids = [new.id for new in notes]
        self._check(notes)
        taken = self.scope.rows(select(note.c.id).where(self.scope.own(note), self.scope.among(note.c.id, ids)))
        if taken or len({*ids}) != len(ids):
            twice = taken[0][0] if taken else next(i for i in ids if ids.count(i) > 1)
            raise Invalid(f"There is already a note with the id {twice}.", next="Leave the id out and one is made.")
        self.scope.insert(note, ({**_row(new), "id": new.id} for new in notes))
        write_mentions(self.scope, notes)
        self.words.write(notes)

    def save(self, changed: Note) -> None:
        """A changed note as its next revision; the old words stay in its history.

        Raises:
            Unknown: This account has no such note.
            Refused: Another change came first.
        """
        self._check([changed])
        columns = (note.c.text, note.c.revision, note.c.person_id, note.c.day, note.c.kind)
        stored = self.scope.rows(select(*columns).where(self.scope.own(note), note.c.id == changed.id))
        if not stored:
            raise _unknown(changed.id)
        text, revision, *filed = stored[0]
        here = and_(self.scope.own(note), note.c.id == changed.id, note.c.revision == changed.revision - 1)
        if not self.scope.run(update(note).where(here).values(_row(changed))):
            raise Refused("This note has been changed meanwhile.", next="Open it again and repeat your change.")
        older = {"note_id": changed.id, "revision": revision, "text": text, "replaced_at": self.scope.clock()}
        self.scope.insert(note_revision, [older])
        self.scope.run(delete(mention).where(self.scope.own(mention), mention.c.note_id == changed.id))
        write_mentions(self.scope, [changed])
        self.words.write([changed])
        now = [changed.person_id, changed.day, changed.kind.value]
        drop_derived(self.scope, changed, text, moved=filed != now)
        drop_digests(self.scope, [(filed[0], filed[1]), (changed.person_id, changed.day)])

    def remove(self, note_ids: Sequence[NoteId]) -> None:
        """Notes with their history and everything derived from them, promises that only they told of included.

        What outlives them (a plan, a question that was asked) loses the words that only they had.
        """
        scrub(self.scope, note_ids)
        drop_digests_of(self.scope, note_ids)
        derived = resting_on(self.scope, note_ids)
        self.scope.run(delete(note).where(self.scope.own(note), self.scope.among(note.c.id, note_ids)))
        drop_left_empty(self.scope, derived)

    @property
    def words(self) -> "_WordIndex":
        """The word index of this database."""
        return SqliteWords(self.scope) if self.scope.on_sqlite else PostgresWords(self.scope)

    def _select(self, *conditions: ColumnElement[bool]) -> Select[Any]:
        return select(*NOTE_COLUMNS).where(self.scope.visible, *conditions).order_by(note.c.day, note.c.id)

    def _read(self, query: Select[Any]) -> list[Note]:
        return to_notes(self.scope, self.scope.rows(query))

    def _check(self, notes: Sequence[Note]) -> None:
        """Whatever would otherwise only be told by the database, and in its words."""
        for each in notes:
            self.scope.check_own(each.account_id)
            check_storable(each.id, each.text, each.author)
        told = {i for n in notes for i in (n.person_id, *(m.person_id for m in n.mentions))}
        known = self.scope.rows(
            select(person.c.id).where(
                self.scope.own(person), self.scope.among(person.c.id, [*filter(is_storable, told)])
            )
        )
        missing = sorted(told - {row[0] for row in known})
        if missing:
            raise unknown_person(missing[0])


_WordIndex = SqliteWords | PostgresWords


def _inside(window: Window | None) -> list[ColumnElement[bool]]:
    since = [note.c.day >= window.since] if window and window.since else []
    return since + ([note.c.day <= window.until] if window and window.until else [])


def _unknown(note_id: str) -> Unknown:
    """The same words whether the id is foreign, later than the day of the view, or made up."""
    return Unknown(f"There is no note {note_id}.", next="`search` shows the ids of notes.")


def _row(noun: Note) -> dict[str, object]:
    return {
        "person_id": noun.person_id,
        "day": noun.day,
        "text": noun.text,
        "kind": noun.kind.value,
        "author": noun.author,
        "revision": noun.revision,
        "ai": noun.ai.value,
        "sharing": noun.sharing.value,
        "import_id": noun.import_id,
        "fingerprint": noun.fingerprint,
    }

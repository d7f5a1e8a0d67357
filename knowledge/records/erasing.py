"""A person leaves the records: their rows, the names of the files they came in, and, where asked, their name elsewhere.

Notes about others that name the person are those others' records. They stay as they are unless the manager has the
name blacked out: every letter becomes a bar, so that each quote keeps its place, and no older revision keeps it.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, delete, func, select, update

from assistant.domain.note import NoteId, note_fingerprint
from assistant.domain.person import Person, PersonId, fold_name
from assistant.domain.removed import RowChange
from knowledge.records.archive import SqlArchive
from knowledge.records.bench import bar_copies, forget_copies
from knowledge.records.dropped_digests import drop_digests_of
from knowledge.records.notes import SqlNotes
from knowledge.records.people import SqlPeople
from knowledge.records.putting_back import put_back, watch
from knowledge.records.scope import Scope
from knowledge.records.scrubbing import NOT_WORDS, everyday_words
from knowledge.records.tables import (
    asked,
    coach_verdict,
    import_entry,
    meeting_question,
    mention,
    note,
    note_revision,
    note_vector,
    opinion,
    own_card,
    pending,
    person,
    plan,
    promise,
)
from knowledge.records.turn_scrubbing import count_turns_to_forget, forget_in_turns

BAR = "█"
SOME_FILES = "files whose names are no longer kept"
_SHORTEST = 3  # letters of a name part that is looked for in the names of files


@dataclass(frozen=True, slots=True)
class SqlErasing:
    """Erasing in the scope's account, whatever the day of the view."""

    scope: Scope

    def counts(self, person_id: PersonId) -> Mapping[str, int]:
        """How many rows of each kind would go with a person, and under "talk" how many conversations go whole."""
        who = SqlPeople(self.scope).get(person_id)
        turns, talks = count_turns_to_forget(self.scope, who, everyday_words())
        found = {**SqlArchive(self.scope).counts(person_id), "turn": turns, "talk": talks}
        return {name: count for name, count in found.items() if count}

    def notes_of(self, person_id: PersonId) -> Sequence[NoteId]:
        """Every note filed under a person."""
        query = select(note.c.id).where(self.scope.own(note), note.c.person_id == person_id).order_by(note.c.id)
        return [row[0] for row in self.scope.rows(query)]

    def texts_of(self, note_ids: Collection[NoteId]) -> Sequence[str]:
        """The words of some notes, older revisions included."""
        found = []
        for table, key in ((note, note.c.id), (note_revision, note_revision.c.note_id)):
            query = select(table.c.text).where(self.scope.own(table), self.scope.among(key, note_ids))
            found += [row[0] for row in self.scope.rows(query)]
        return found

    def naming(self, who: Person) -> Sequence[NoteId]:
        """Notes filed under others that name a person, today or in an older revision, or that the person wrote."""
        found = {*self._mentioned(who)}
        names, author = _written(who), _written(who, first_too=self._is_only_one(who))
        for table, key in ((note, note.c.id), (note_revision, note_revision.c.note_id)):
            rows = self.scope.rows(select(key, table.c.text).where(self.scope.own(table)))
            found |= {note_id for note_id, text in rows if names.search(text)}
        signed = self.scope.rows(select(note.c.id, note.c.author).where(self.scope.own(note)))
        found |= {note_id for note_id, by in signed if author.search(by)}
        return sorted(found - {*self.notes_of(who.id)})

    def forget(self, who: Person) -> None:
        """A person with everything that hangs on them, and the names of the files that were theirs.

        Raises:
            Unknown: This account has nobody of that id.
        """
        self._hide_files(who)
        forget_in_turns(self.scope, who, everyday_words())
        SqlNotes(self.scope).remove(self.notes_of(who.id))
        forget_copies(self.scope, [who.id])
        SqlPeople(self.scope).remove(who.id)

    def black_out(self, who: Person, note_ids: Collection[NoteId]) -> None:
        """A person's names become bars in notes about others, and wherever those others' records repeat them."""
        names = _written(who, first_too=self._is_only_one(who))
        hidden = [*note_ids]
        query = select(note.c.id, note.c.person_id, note.c.day, note.c.text, note.c.author)
        rows = self.scope.rows(query.where(self.scope.own(note), self.scope.among(note.c.id, hidden)))
        spans = self._mentioned(who)
        for note_id, person_id, day, text, author in rows:
            clear = _barred(text, names)
            for start, end in spans.get(note_id, ()):
                clear = clear[:start] + BAR * (end - start) + clear[end:]
            changed = {
                "text": clear,
                "author": _barred(author, names),
                "fingerprint": note_fingerprint(person_id, day, clear),
            }
            self.scope.run(update(note).where(self.scope.own(note), note.c.id == note_id).values(changed))
        older = select(note_revision.c.note_id, note_revision.c.revision, note_revision.c.text)
        here = (self.scope.own(note_revision), self.scope.among(note_revision.c.note_id, hidden))
        for note_id, revision, text in self.scope.rows(older.where(*here)):
            this = and_(note_revision.c.note_id == note_id, note_revision.c.revision == revision)
            change = update(note_revision).where(self.scope.own(note_revision), this)
            self.scope.run(change.values(text=_barred(text, names)))
        self.scope.run(
            delete(note_vector).where(self.scope.own(note_vector), self.scope.among(note_vector.c.note_id, hidden))
        )
        every = Scope(self.scope.connection, self.scope.account, date.max, self.scope.clock)
        SqlNotes(every).words.write(SqlNotes(every).known([NoteId(i) for i in hidden]))
        self._bar_elsewhere(who, names)
        drop_digests_of(self.scope, [NoteId(i) for i in hidden])
        bar_copies(self.scope, lambda text: _barred(text, names))

    def watch(self, note_ids: Collection[NoteId]) -> Callable[[], tuple[RowChange, ...]]:
        """Look at the records; what is given back tells, in the same unit, what changed, these notes included."""
        return watch(self.scope, note_ids)

    def put_back(self, changes: Sequence[RowChange]) -> None:
        """Every row as it was before; what somebody has changed since stays as it is.

        Raises:
            Invalid: A row is another account's; coaches' decisions on this account's copies are.
        """
        for change in changes:
            for row in (change.before, change.after):
                if row and change.table != coach_verdict.name:
                    self.scope.check_own(row["account_id"])
        put_back(self.scope, changes)
        every = Scope(self.scope.connection, self.scope.account, date.max, self.scope.clock)
        notes = [NoteId(c.before["id"]) for c in changes if c.table == note.name and c.before]
        SqlNotes(every).words.write(SqlNotes(every).known(notes))

    def _mentioned(self, who: Person) -> Mapping[NoteId, Sequence[tuple[int, int]]]:
        """Where notes mention a person, by note; not where a small letter makes it an ordinary word."""
        found: dict[NoteId, list[tuple[int, int]]] = {}
        here = and_(note.c.account_id == mention.c.account_id, note.c.id == mention.c.note_id)
        query = select(mention.c.note_id, mention.c.start, mention.c.end, note.c.text).join(note, here)
        query = query.where(self.scope.own(mention), mention.c.person_id == who.id)
        for note_id, start, end, text in self.scope.rows(query):
            written = text[start:end]
            if " " in written or not written[:1].islower() or written in who.aka:
                found.setdefault(note_id, []).append((start, end))
        return found

    def _bar_elsewhere(self, who: Person, names: "re.Pattern[str]") -> None:
        """What others' records repeat: promises, questions, plans, and whom their work serves."""
        for table, columns in (
            (promise, ("what",)),
            (asked, ("text", "answer")),
            (opinion, ("text", "instead")),
            (own_card, ("text",)),
            (meeting_question, ("text",)),
            (person, ("customers", "role")),
        ):
            keys = [*table.primary_key.columns]
            for row in self.scope.rows(select(table).where(self.scope.own(table))):
                changed = {c: _barred(row._mapping[c], names) for c in columns if names.search(row._mapping[c])}
                if changed:
                    this = and_(*(key == row._mapping[key.name] for key in keys))
                    self.scope.run(update(table).where(this).values(changed))
        for table in (plan, pending):
            keys = [*table.primary_key.columns]
            for row in self.scope.rows(select(table).where(self.scope.own(table), table.c.person_id != who.id)):
                cleared = _barred_inside(row.body, names)
                if cleared != row.body:
                    this = and_(*(key == row._mapping[key.name] for key in keys))
                    self.scope.run(update(table).where(this).values(body=cleared))

    def _hide_files(self, who: Person) -> None:
        """An import that brought this person alone, or files among several, no longer says the files' names.

        The name of one file that brought others too is kept, unless it holds the person's name.
        """
        names = [fold_name(n) for n in who.names if len(n) >= _SHORTEST]
        brought = self._imports(note.c.import_id, note, note.c.person_id == who.id)
        brought |= self._imports(person.c.import_id, person, person.c.id == who.id)
        others = self._imports(note.c.import_id, note, note.c.person_id != who.id)
        for row in self.scope.rows(select(import_entry).where(self.scope.own(import_entry))):
            theirs = row.id in brought and (row.id not in others or ", " in row.what)
            if theirs or any(name in row.what.casefold() for name in names):
                this = and_(self.scope.own(import_entry), import_entry.c.id == row.id)
                self.scope.run(update(import_entry).where(this).values(what=SOME_FILES))

    def _imports(self, column: Any, table: Any, condition: Any) -> set[str]:
        rows = self.scope.rows(select(column).where(self.scope.own(table), condition).distinct())
        return {row[0] for row in rows if row[0]}

    def _is_only_one(self, who: Person) -> bool:
        """Whether nobody else here has the same first name."""
        query = select(func.count()).select_from(person).where(self.scope.own(person), person.c.id != who.id)
        begins = func.lower(person.c.name).like(f"{who.first_name.lower()}%")
        return not self.scope.rows(query.where(begins))[0][0]


def _written(who: Person, *, first_too: bool = False) -> "re.Pattern[str]":
    """Full name, aliases and last name as they stand in running text; inner space does not matter.

    Case does not matter where several words make the name. A single one may be an ordinary word as well (Will, Young),
    so it counts with a capital only; an alias also as it is kept.
    """
    parts = {who.name.split()[-1], *([who.first_name] if first_too else ())}
    names = sorted({who.name, *who.aka, *parts}, key=lambda name: (-len(name), name))
    spelled = [_spelled(name, as_kept=name in who.aka) for name in names if len(name) > 1]
    return re.compile(rf"(?<!\w)(?:{'|'.join(spelled)})(?!\w)")


def _spelled(name: str, *, as_kept: bool) -> str:
    words = name.split()
    if len(words) > 1:
        return "(?i:" + r"\s+".join(map(re.escape, words)) + ")"
    first, rest = name[0], re.escape(name[1:])
    begins = "|".join(dict.fromkeys(map(re.escape, (first.upper(), *([first] if as_kept else ())))))
    return f"(?:{begins})(?i:{rest})"


def _barred(text: str, names: "re.Pattern[str]") -> str:
    return names.sub(lambda found: BAR * len(found.group()), text)


def _barred_inside(value: Any, names: "re.Pattern[str]") -> Any:
    """The same for every text inside of JSON; what it is called stays."""
    if isinstance(value, str):
        return _barred(value, names)
    if isinstance(value, list):
        return [_barred_inside(part, names) for part in value]
    if isinstance(value, dict):
        return {key: part if key in NOT_WORDS else _barred_inside(part, names) for key, part in value.items()}
    return value

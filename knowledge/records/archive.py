"""Everything on record about some people, taken out as rows and put back. What is derived is found anew, not carried.

A row belongs to a person through the nearest thing it hangs on: a promise, a meeting, a note, or the person. So a
table that is added to the schema is in every export without a line here.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Column, Table, select

from assistant.domain.exported import Exported, Rows, Taken
from assistant.domain.note import NoteId
from assistant.domain.person import PersonId
from assistant.domain.plan import Plan
from assistant.errors import HomeError, ImportRefused, Invalid, Unknown
from knowledge.records.bench import SqlReleases, read_verdicts
from knowledge.records.digests import check_digests
from knowledge.records.evidence import SqlEvidence
from knowledge.records.ledger import SqlLedger
from knowledge.records.meetings import SqlMeetings
from knowledge.records.notes import SqlNotes
from knowledge.records.older import brought_up
from knowledge.records.opinions import SqlOpinions
from knowledge.records.people import SqlPeople
from knowledge.records.plans import SqlPlans
from knowledge.records.promises import SqlPromises
from knowledge.records.rows import NotARow, ordered, packed, unpacked
from knowledge.records.scope import Scope
from knowledge.records.tables import evidence, metadata, note, person
from knowledge.records.turn_body import check_turns
from knowledge.records.upgrade import Migrations, is_newer

_HANGS_ON = (("promise_id", "promise"), ("meeting_id", "meeting"), ("note_id", "note"), ("person_id", "person"))
_FOUND_ANEW = {
    "note_vector",
    "screening",
    "note_reading",
    "note_proposal",
    "person_reading",
}  # derived; and a stranger's word on what is private is not taken
_LINKS = {
    "mention",
    "promise_quote",
    "meeting_note",
    "meeting_promise",
    "plan_check_in",
    "pending",
}  # may point at somebody who did not come along
_OF_ACCOUNT = {"coach_verdict", "own_card"}  # an account's own, no person's: in an export of the whole account
_COUNTED = {"asked": ("seq",)}  # numbers that each database gives out itself


@dataclass(frozen=True, slots=True)
class SqlArchive:
    """People of the scope's account with all they have, whatever the day of the view."""

    scope: Scope

    def of(self, person_ids: Collection[PersonId], *, whole: bool = False) -> Exported:
        """All rows of some people; `whole` says that these are all the account has."""
        keys: dict[str, set[str]] = {"person": {*person_ids}}
        tables = dict(self._rows(keys, whole))
        if whole:
            tables |= self._of_account()
        account = self.scope.account
        return Exported(account.id, account.name, Migrations().head, tables, whole)

    def counts(self, person_id: PersonId) -> Mapping[str, int]:
        """How many rows of each kind hang on a person, without what was only derived."""
        return {name: len(rows) for name, rows in self.of([person_id]).tables.items() if rows}

    def take(self, exported: Exported, import_id: str) -> Taken:
        """Put exported people and all they have back under their own ids, as the making of an import.

        Raises:
            ImportRefused: Somebody of them is here already, or the rows are not what an export holds.
        """
        try:
            rows, left_out = self._fitting(self._of_this_schema(exported), import_id)
        except (NotARow, HomeError) as error:
            raise _broken(str(error)) from error
        self._refuse_known(rows)
        for table in ordered():
            self.scope.insert(table, self._new(table, rows.get(table.name, ())))
        people = [PersonId(row["id"]) for row in rows["person"]]
        try:
            check_turns(rows.get("turn", ()))
            taken = tuple(map(SqlPeople(self.scope).get, people))
            "".join(name for one in taken for name in one.names)
            return Taken(taken, self._proven(people), left_out)
        except (ValueError, TypeError, KeyError, IndexError, AttributeError, Invalid, Unknown) as error:
            raise _broken("what it holds does not fit together") from error

    def _rows(self, keys: dict[str, set[str]], whole: bool) -> Iterable[tuple[str, tuple[Mapping[str, Any], ...]]]:
        for table in ordered():
            column, parent = _parent(table)
            if parent is None or table.name in _FOUND_ANEW:
                continue
            theirs = self.scope.among(table.c[column], keys.get(parent, ()))
            if whole and table.c[column].nullable:
                theirs = theirs | table.c[column].is_(None)  # about nobody in particular
            query = select(table).where(self.scope.own(table), theirs).order_by(*table.primary_key.columns)
            found = [packed(table, row) for row in self.scope.rows(query)]
            if "id" in table.c:
                keys[table.name] = {row["id"] for row in found}
            left = {"account_id", *_COUNTED.get(table.name, ())}
            yield table.name, tuple(_without(row, left) for row in found)

    def _of_account(self) -> dict[str, tuple[Mapping[str, Any], ...]]:
        """Rows that are the account's own and nobody's in particular."""
        found: dict[str, tuple[Mapping[str, Any], ...]] = {}
        for name in sorted(_OF_ACCOUNT):
            table = metadata.tables[name]
            rows = self.scope.rows(select(table).where(self.scope.own(table)).order_by(*table.primary_key.columns))
            found[name] = tuple(_without(packed(table, row), {"account_id"}) for row in rows)
        return found

    def _of_this_schema(self, exported: Exported) -> Rows:
        """The rows as this version writes them.

        Raises:
            ImportRefused: A newer version wrote them.
        """
        migrations = Migrations()
        if exported.revision == migrations.head:
            return exported.tables
        if is_newer(exported.revision, migrations):
            raise ImportRefused(
                "A newer Flourish wrote this export.", next="Update Flourish, or import its notes.jsonl alone."
            )
        owner = {"id": "me", "name": "Me", "roles": [], "active": True}
        rows: dict[str, list[Any]] = {"account": [owner]}
        for name, given in exported.tables.items():
            rows[name] = [{**row, "account_id": "me"} for row in given]
        every = {table.name: 0 for table in ordered()} | {name: len(given) for name, given in rows.items()}
        found = brought_up(exported.revision, every, rows, self.scope.clock)
        return {
            table.name: tuple(_without(row, {"account_id", *_COUNTED.get(table.name, ())}) for row in found[table.name])
            for table in map(metadata.tables.__getitem__, tables())
            if found[table.name]
        }

    def _fitting(self, given: Rows, import_id: str) -> tuple[dict[str, list[dict[str, Any]]], int]:
        """The rows checked against the tables, without links to what is not here; how many links that were."""
        known = {name: metadata.tables[name] for name in tables()}
        strange = given.keys() - known.keys()
        if strange:
            raise NotARow(f"there is no table {sorted(strange)[0][:40]!r}")
        keys: dict[str, set[str]] = defaultdict(set)
        rows: dict[str, list[dict[str, Any]]] = defaultdict(list)
        left_out = 0
        for name, table in known.items():
            for each in given.get(name, ()):
                row = unpacked(table, each)
                if "account_id" in row or any(column in row for column in _COUNTED.get(name, ())):
                    raise NotARow(f"{name} has no column 'account_id'")
                _complete(table, row)
                missing = [p for c, p in _HANGS_ON if c in row and row[c] is not None and row[c] not in keys[p]]
                if missing and name not in _LINKS:
                    raise NotARow(f"a row of {name} hangs on nothing")
                if missing:
                    left_out += 1
                    continue
                if "import_id" in table.c:
                    row["import_id"] = import_id
                if "id" in row:
                    if not row["id"] or len(row["id"]) > 200:
                        raise NotARow(f"a row of {name} has no usable id")
                    keys[name].add(row["id"])
                rows[name].append(row)
        if not rows["person"]:
            raise NotARow("it holds nobody")
        return rows, left_out

    def _new(self, table: Table, rows: Sequence[dict[str, Any]]) -> Sequence[dict[str, Any]]:
        """The rows to put in: an account's own ones may be here already, and stay as they are here."""
        if table.name not in _OF_ACCOUNT or not rows:
            return rows
        here = self._ids(table, table.c.id, [row["id"] for row in rows])
        return [row for row in rows if row["id"] not in here]

    def _refuse_known(self, rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
        for table, what in ((person, "Somebody with the id"), (note, "A note with the id")):
            ids = [row["id"] for row in rows.get(table.name, ())]
            here = self.scope.rows(select(table.c.id).where(self.scope.own(table), self.scope.among(table.c.id, ids)))
            if here:
                raise ImportRefused(
                    f"{what} {here[0][0]} is on record here already, so the export was not put over it.",
                    next="Import it into an empty home, or import its notes.jsonl for the notes alone.",
                )

    def _proven(self, people: Sequence[PersonId]) -> tuple[NoteId, ...]:
        """Read every noun back: each is valid by construction, so what does not fit together shows."""
        every = Scope(self.scope.connection, self.scope.account, date.max, self.scope.clock)
        noted: list[NoteId] = []
        for who in people:
            own = SqlNotes(every).of(who)
            if any(n.fingerprint != told for n, told in zip(own, self._fingerprints(own), strict=True)):
                raise Invalid("A note is not the one it says it is.")
            noted += [n.id for n in own]
            SqlMeetings(every).of(who)
            SqlLedger(every).of(who)
            SqlOpinions(every).of(who)
            for plan in SqlPlans(every).versions(who):
                _check_words(plan)
                SqlPlans(every).check_ins(who, plan.version)
            found = {item.id for item in SqlEvidence(every).of(who)}
            if found - self._ids(evidence, evidence.c.note_id, [n.id for n in own]):
                raise Invalid("Evidence is not what it says it is.")  # its id is made of its content
            SqlPromises(every).of(who)
            check_digests(every, who)
            SqlReleases(every).of(who)
        read_verdicts(every)
        SqlNotes(every).words.write(SqlNotes(every).known(noted))
        return tuple(noted)

    def _ids(self, table: Table, column: Column[Any], values: Collection[str]) -> set[str]:
        query = select(table.c.id).where(self.scope.own(table), self.scope.among(column, values))
        return {row[0] for row in self.scope.rows(query)}

    def _fingerprints(self, notes: Sequence[Any]) -> list[str]:
        query = select(note.c.id, note.c.fingerprint)
        here = (self.scope.own(note), self.scope.among(note.c.id, [n.id for n in notes]))
        found = {row[0]: row[1] for row in self.scope.rows(query.where(*here))}
        return [found[n.id] for n in notes]


def tables() -> Sequence[str]:
    """The names of every table that an export may hold."""
    return [
        table.name
        for table in ordered()
        if (_parent(table)[1] or table.name in _OF_ACCOUNT) and table.name not in _FOUND_ANEW
    ]


def _parent(table: Table) -> tuple[str, str | None]:
    """The column through which a row belongs to somebody, and the table it names."""
    if table is metadata.tables["person"]:
        return "id", "person"
    if "account_id" not in table.c:
        return "", None
    return next(((column, name) for column, name in _HANGS_ON if column in table.c), ("", None))


def _without(row: Mapping[str, Any], names: Collection[str]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in names}


def _complete(table: Table, row: Mapping[str, Any]) -> None:
    """Every column that may not be empty is there."""
    given_elsewhere = {"account_id", *_COUNTED.get(table.name, ())}
    for column in table.columns:
        if not column.nullable and column.name not in row and column.name not in given_elsewhere:
            raise NotARow(f"a row of {table.name} lacks {column.name}")


def _check_words(plan: Plan) -> None:
    """Whatever is to be read in a plan is text."""
    for thread in plan.threads:
        links = (thread.passion, thread.talent, thread.customer, thread.value)
        "".join(word for link in links for word in (link.text, link.question))
        "".join(word for step in thread.steps.values() for word in (step.text, step.who))
        "".join((thread.measure, thread.sentence, thread.obstacle, thread.watch_out, thread.goal, thread.move))
    "".join((*plan.unknown, plan.origin.engine, plan.origin.prompt, plan.origin.model))


def _broken(why: str) -> ImportRefused:
    return ImportRefused(
        f"This is not an export that can be read back: {why}. Nothing of it was kept.",
        next="Export it again, or import its notes.jsonl for the notes alone.",
    )

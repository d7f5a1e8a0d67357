"""Conversations as rows, one a turn. What was shown is read back from the notes it stood on."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, select, update

from assistant.domain.conversation import ConversationRow, KeptTurn, TurnStatus, title_of
from assistant.domain.event import Change, EventKind
from assistant.domain.note import Note, NoteId
from assistant.domain.person import Person, PersonId
from assistant.domain.understood import Intent
from assistant.errors import Unknown
from knowledge.records.note_rows import notes_by_id
from knowledge.records.people import SqlPeople
from knowledge.records.scope import Scope, begins, is_storable, only_one
from knowledge.records.tables import note_revision, turn
from knowledge.records.turn_body import Gone, pack, places, storable, texts, unpack

_NO_SUCH = "There is no such conversation."
_LIST = "`flourish chat list` shows every conversation."


@dataclass(frozen=True, slots=True)
class SqlTurns:
    """Turns of the scope's account."""

    scope: Scope

    def all(self) -> Sequence[ConversationRow]:
        """Every conversation, the one talked in last first."""
        return self._listed(self.scope.rows(select(turn).where(self._visible)))

    def search(self, words: str) -> Sequence[ConversationRow]:
        """Conversations with a turn that holds all these words, in any case; the newest first."""
        wanted = words.casefold().split()
        found = set()
        rows = self.scope.rows(select(turn).where(self._visible))
        for row in rows:
            shown = [unit for unit in row.body["units"] if unit["kind"] != EventKind.WITHDRAW]
            said = "\n".join((row.message, row.title or "", *texts(shown), *self._quoted([row]))).casefold()
            if all(word in said for word in wanted):
                found.add(row.conversation_id)
        return [each for each in self._listed(rows) if each.id in found]

    def named(self, written: str) -> str:
        """The id of one conversation, by id or by a prefix that fits only one.

        Raises:
            Unknown: This account has none.
        """
        unknown = Unknown(_NO_SUCH, next=_LIST)
        if not written or not is_storable(written):
            raise unknown
        here = and_(self._visible, begins(turn.c.conversation_id, written))
        return str(
            only_one(self.scope.rows(select(turn.c.conversation_id).where(here).distinct()), written, unknown)[0]
        )

    def of(self, conversation_id: str) -> Sequence[KeptTurn]:
        """The turns of one conversation, oldest first.

        Raises:
            Unknown: This account has none of that id, or of a prefix that fits only one.
        """
        rows = self._rows(conversation_id)
        notes = _Notes.of(self.scope, (place for row in rows for place in places(row.body)))
        known = {person.id: person for person in SqlPeople(self.scope).all()}
        return [_noun(row, notes, known) for row in rows]

    def keep(self, conversation_id: str, new: KeptTurn, instead_of: Collection[str] = ()) -> None:
        """A turn, in place of others of the same conversation that fall away."""
        title = self._take_out(conversation_id, instead_of) if instead_of else None
        units = [*pack(new.events), *pack(new.swapped)]
        row = {
            "id": new.id, "conversation_id": conversation_id, "place": new.place, "said_at": new.said_at,
            "person_id": self._belongs_to(new, units), "day": new.day, "status": new.status.value,
            "intent": new.intent.value, "message": storable(new.message), "query": storable(new.query), "title": title,
            "body": {"scope": new.person_id, "before": new.person_before, "units": units,
                     "shortened": new.shortened},
        }  # fmt: skip
        self.scope.insert(turn, [row])

    def _take_out(self, conversation_id: str, falling: Collection[str]) -> str | None:
        """Remove some turns; the name that one of them held, for the first turn in other words keeps it."""
        these = and_(
            self.scope.own(turn), turn.c.conversation_id == conversation_id, self.scope.among(turn.c.id, falling)
        )
        named = self.scope.rows(select(turn.c.title).where(these, turn.c.title.is_not(None)))
        self.scope.run(delete(turn).where(these))
        return next((row[0] for row in named), None)

    def rename(self, conversation_id: str, title: str) -> None:
        """A conversation under a name of somebody's own; an empty one: its first words again.

        Raises:
            Unknown: This account has none of that id.
        """
        first, *rest = self._rows(conversation_id)
        for row, name in ((first, storable(title) or None), *((row, None) for row in rest)):
            if row.title != name:
                this = and_(self.scope.own(turn), turn.c.id == row.id)
                self.scope.run(update(turn).where(this).values(title=name))

    def remove(self, conversation_id: str) -> int:
        """A whole conversation; how many turns that were.

        Raises:
            Unknown: This account has none of that id.
        """
        known = self._rows(conversation_id)[0].conversation_id
        return self.scope.run(delete(turn).where(self.scope.own(turn), turn.c.conversation_id == known))

    def take_over(self, keep: PersonId, other: PersonId) -> None:
        """What was said about `other` is about `keep` from now on."""
        for row in self.scope.rows(select(turn).where(self.scope.own(turn))):
            told = _renamed(row.body, other, keep)
            if told != row.body or row.person_id == other:
                who = keep if row.person_id == other else row.person_id
                here = and_(self.scope.own(turn), turn.c.id == row.id)
                self.scope.run(update(turn).where(here).values(body=told, person_id=who))

    @property
    def _visible(self) -> ColumnElement[bool]:
        return and_(self.scope.own(turn), turn.c.day <= self.scope.today)

    def _rows(self, conversation_id: str) -> Sequence[Any]:
        one = self.named(conversation_id)
        query = select(turn).where(self._visible, turn.c.conversation_id == one)
        return self.scope.rows(query.order_by(turn.c.place, turn.c.said_at, turn.c.id))

    def _belongs_to(self, new: KeptTurn, units: Any) -> str | None:
        """The one person a turn is about: who is in scope, or whose notes it stands on; none when they are several."""
        notes = notes_by_id(self.scope, {note_id for note_id, _ in places(units)})
        made = [e.body.person_id for e in new.events if isinstance(e.body, Change)]
        about = {n.person_id for n in notes.values()} | {*made, *((new.person_id,) if new.person_id else ())}
        known = about & {person.id for person in SqlPeople(self.scope).all()}
        return known.pop() if len(known) == 1 else None

    def _quoted(self, rows: Sequence[Any]) -> list[str]:
        """The passages that turns quote, as the notes have them now."""
        ids = {note_id for row in rows for note_id, _ in places(row.body)}
        return [note.text for note in notes_by_id(self.scope, ids).values()]

    def _listed(self, rows: Sequence[Any]) -> list[ConversationRow]:
        grouped: dict[str, list[Any]] = {}
        for row in sorted(rows, key=lambda r: (r.place, r.said_at, r.id)):
            grouped.setdefault(row.conversation_id, []).append(row)
        listed = [
            ConversationRow(
                id, _title(turns), min(t.said_at for t in turns), max(t.said_at for t in turns),
                len(turns), turns[-1].body.get("scope"),
            )
            for id, turns in grouped.items()
        ]  # fmt: skip
        return sorted(listed, key=lambda c: (c.last, c.id), reverse=True)


@dataclass(frozen=True, slots=True)
class _Notes:
    """The notes that some turns stood on, in the wording they had then."""

    notes: Mapping[str, Note]
    older: Mapping[tuple[str, int], str]

    @classmethod
    def of(cls, scope: Scope, stood: Iterable[tuple[str, int]]) -> "_Notes":
        wanted = {*stood}
        notes = notes_by_id(scope, {note_id for note_id, _ in wanted})
        ids = [i for i, revision in wanted if i in notes and notes[i].revision != revision]  # type: ignore[index]
        query = select(note_revision.c.note_id, note_revision.c.revision, note_revision.c.text)
        rows = scope.rows(query.where(scope.own(note_revision), scope.among(note_revision.c.note_id, ids)))
        return cls({str(i): n for i, n in notes.items()}, {(r[0], r[1]): r[2] for r in rows})

    def at(self, note_id: str, revision: int) -> Note:
        """A note as it was worded in one revision."""
        found = self.notes.get(note_id)
        if found is None:
            raise Gone(note_id)
        if found.revision == revision:
            return found
        if (note_id, revision) not in self.older:
            raise Gone(note_id)
        return replace(found, text=self.older[note_id, revision], revision=revision, mentions=())


def _noun(row: Any, notes: _Notes, known: Mapping[PersonId, Person]) -> KeptTurn:
    def person_of(person_id: str) -> Person:
        found = known.get(PersonId(person_id))
        if found is None:
            raise Gone(person_id)
        return found

    scope, before = row.body.get("scope"), row.body.get("before")
    outdated = (i for i, revision in places(row.body) if i in notes.notes and notes.notes[i].revision != revision)
    units = [*unpack(row.body["units"], row.id, notes.at, person_of)]
    return KeptTurn(
        id=row.id,
        place=row.place,
        message=row.message,
        said_at=row.said_at,
        day=row.day,
        intent=Intent(row.intent),
        events=tuple(unit for unit in units if unit.kind is not EventKind.WITHDRAW),
        person_id=scope if scope in known else None,
        person_before=before if before in known else None,
        query=row.query,
        status=TurnStatus(row.status),
        swapped=tuple(unit for unit in units if unit.kind is EventKind.WITHDRAW),
        changed=tuple(map(NoteId, dict.fromkeys(outdated))),
        shortened=row.body.get("shortened") is True,
    )


def _title(turns: Sequence[Any]) -> str:
    """The name somebody gave a conversation, else its first words."""
    return next((row.title for row in turns if row.title), title_of(turns[0].message))


def _renamed(value: Any, old: str, new: str) -> Any:
    """JSON in which one id has become another."""
    if isinstance(value, dict):
        return {key: _renamed(part, old, new) for key, part in value.items()}
    if isinstance(value, list):
        return [_renamed(part, old, new) for part in value]
    return new if value == old else value

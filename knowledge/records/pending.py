"""What was inferred and waits for a yes, as rows. It hangs on the note of the telling and goes with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, delete, select, update

from assistant.domain.debrief import DebriefDraft
from assistant.domain.evidence import Quote
from assistant.domain.note import NoteId, Span
from assistant.domain.pending import Pending, PendingState
from assistant.domain.person import PersonId
from assistant.errors import Unknown
from knowledge.records.hanging import Hanging
from knowledge.records.pending_body import pack, unpack_draft
from knowledge.records.plan_body import Place
from knowledge.records.scope import Scope, begins, check_storable, only_one, ours
from knowledge.records.tables import pending

_COLUMNS = (pending.c.id, pending.c.person_id, pending.c.note_id, pending.c.made_at, pending.c.state, pending.c.body)
_HELD = select(pending.c.note_id, pending.c.state).where(ours(pending)).order_by(pending.c.made_at)


@dataclass(frozen=True, slots=True)
class SqlPending:
    """Proposals of the scope's account."""

    scope: Scope

    def all(self) -> Sequence[Pending]:
        """Everything of the account, whatever became of it, oldest first."""
        query = select(*_COLUMNS).where(self.scope.own(pending)).order_by(pending.c.made_at, pending.c.id)
        return self._nouns(self.scope.rows(query))

    def get(self, pending_id: str) -> Pending:
        """One by id, or by a prefix that fits only one.

        Raises:
            Unknown: There is none, or more than one.
        """
        rows = self.scope.rows(select(*_COLUMNS).where(self.scope.own(pending), begins(pending.c.id, pending_id)))
        unknown = Unknown(f"Nothing waits under {pending_id}.", next="See what waits: flourish pending list.")
        found = self._nouns([only_one(rows, pending_id, unknown)])
        if not found:
            raise unknown
        return found[0]

    def held(self) -> Mapping[NoteId, PendingState]:
        """Debriefs that nobody has said yes to, and whether they still wait; nothing found in them counts."""
        rows = self.scope.rows(_HELD)
        agreed = {note_id for note_id, state in rows if state == PendingState.CONFIRMED.value}
        return {NoteId(note_id): PendingState(state) for note_id, state in rows if note_id not in agreed}

    def left_out(self) -> Sequence[DebriefDraft]:
        """What was left out when somebody said yes."""
        agreed = and_(self.scope.own(pending), pending.c.state == PendingState.CONFIRMED.value)
        rows = [row for row in self.scope.rows(select(*_COLUMNS).where(agreed)) if row[5].get("left_out")]
        return [item.left_out for item in self._nouns(rows) if item.left_out is not None]

    def put(self, item: Pending) -> None:
        """A new one, or one that has changed."""
        self.scope.check_own(item.account_id)
        check_storable(*(p.what for p in item.draft.promises), *(a.question.text for a in item.draft.answers))
        self.remove([item.id])
        row = {
            "id": item.id, "person_id": item.person_id, "note_id": item.draft.note.id, "made_at": item.made_at,
            "state": item.state.value, "body": pack(item),
        }  # fmt: skip
        self.scope.insert(pending, [row])

    def remove(self, pending_ids: Sequence[str]) -> None:
        """Take some away."""
        self.scope.run(delete(pending).where(self.scope.own(pending), self.scope.among(pending.c.id, pending_ids)))

    def take_over(self, keep: PersonId, other: PersonId) -> None:
        """What waited about the other waits about the kept one."""
        these = and_(self.scope.own(pending), pending.c.person_id == other)
        self.scope.run(update(pending).where(these).values(person_id=keep))

    def _nouns(self, rows: Sequence[Any]) -> list[Pending]:
        wanted = [place for row in rows for place in _places(row[2], row[5])]
        hanging = Hanging.of(self.scope, wanted)
        return [noun for row in rows if (noun := self._noun(row, hanging)) is not None]

    def _noun(self, row: Any, hanging: Hanging) -> Pending | None:
        """The proposal; none when its note lies after the day of the view or belongs to somebody else by now."""
        id, person_id, note_id, made_at, state, body = row
        no = body.get("left_out")
        note = hanging.notes.get(note_id)
        if note is None or note.day > self.scope.today or note.person_id != person_id:
            return None

        def hang(span: Span) -> Quote | None:
            return hanging.quote(Place(note_id, body["revision"], span.start, span.end), person_id)

        draft = unpack_draft(body, note, hang)
        return Pending(
            self.scope.account.id, id, person_id, made_at, draft, body["plan_version"], PendingState(state),
            tuple(body["settled_by_yes"]), tuple(body["answered_by_yes"]),
            unpack_draft({**no, "origin": body["origin"]}, note, hang) if no else None,
        )  # fmt: skip


def _places(note_id: str, body: Any) -> Sequence[Place]:
    """Every passage, and the note itself where there is none."""
    names = ("evidence", "promises", "settled", "answers", "check_ins")
    parts = [each for told in (body, body.get("left_out") or {}) for name in names for each in told.get(name, ())]
    spans = [Span(*each["places"]) for each in parts] or [Span(0, 1)]
    return [Place(note_id, body["revision"], span.start, span.end) for span in spans]

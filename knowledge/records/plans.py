"""Every version of every plan, as rows. Its quotes are checked against the notes each time it is read."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, select

from assistant.domain.check_in import CheckIn, Speaks
from assistant.domain.evidence import Quote
from assistant.domain.person import PersonId
from assistant.domain.plan import Plan, PlanState, Section
from assistant.errors import Invalid
from knowledge.records.hanging import Hanging
from knowledge.records.plan_body import Place, pack, places, unpack_origin, unpack_threads
from knowledge.records.scope import Scope
from knowledge.records.tables import plan, plan_check_in, plan_state

_COLUMNS = (
    plan.c.person_id, plan.c.version, plan.c.state, plan.c.drafted_on, plan.c.review_on, plan.c.body, plan.c.made_on,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SqlPlans:
    """Plans of the scope's account."""

    scope: Scope

    def newest(self, person_id: PersonId) -> Plan | None:
        """The newest version drafted on or before the day of the view."""
        query = select(*_COLUMNS).where(self._visible(person_id)).order_by(plan.c.version.desc()).limit(1)
        return next(iter(self._nouns(self.scope.rows(query))), None)

    def versions(self, person_id: PersonId) -> Sequence[Plan]:
        """All versions, oldest first."""
        return self._nouns(self.scope.rows(select(*_COLUMNS).where(self._visible(person_id)).order_by(plan.c.version)))

    def add(self, new: Plan) -> None:
        """A new version.

        Raises:
            Invalid: There is such a version already.
        """
        self.scope.check_own(new.account_id)
        this = and_(self.scope.own(plan), plan.c.person_id == new.person_id, plan.c.version == new.version)
        if self.scope.rows(select(plan.c.version).where(this)):
            raise Invalid(f"There is already a version {new.version} of this plan.", next="Open it and try again.")
        row = {
            "person_id": new.person_id,
            "version": new.version,
            "state": new.state.value,
            "drafted_on": new.drafted_on,
            "review_on": new.review_on,
            "body": pack(new),
            "made_on": new.made_on,
        }
        self.scope.insert(plan, [row])

    def move_on(self, person_id: PersonId, version: int, state: PlanState) -> None:
        """The version is in this state from the day of the view on."""
        newest = func.coalesce(func.max(plan_state.c.seq), 0)
        last = self.scope.rows(select(newest).where(self._states(person_id, version)))[0][0]
        row = {"person_id": person_id, "version": version, "seq": last + 1, "state": state.value}
        self.scope.insert(plan_state, [row | {"day": self.scope.today}])

    def step_back(self, person_id: PersonId, version: int) -> bool:
        """Take the last step of its states back; False when there was none."""
        these = self._states(person_id, version)
        newest = select(func.max(plan_state.c.seq)).where(these).scalar_subquery()
        return bool(self.scope.run(delete(plan_state).where(these, plan_state.c.seq == newest)))

    def remove(self, person_id: PersonId, version: int) -> None:
        """Take a version away, with its states and check-ins."""
        this = and_(self.scope.own(plan), plan.c.person_id == person_id, plan.c.version == version)
        self.scope.run(delete(plan).where(this))

    def check_ins(self, person_id: PersonId, version: int) -> Sequence[CheckIn]:
        """What the manager confirmed about a version, where the words still stand in the note."""
        c = plan_check_in.c
        query = select(c.thread, c.section, c.speaks, c.note_id, c.revision, c.start, c.end)
        these = and_(self.scope.own(plan_check_in), c.person_id == person_id, c.version == version)
        rows = self.scope.rows(query.where(these).order_by(c.thread, c.section, c.note_id, c.start))
        hanging = Hanging.of(self.scope, [Place(*row[3:]) for row in rows])
        found = [(row, hanging.quote(Place(*row[3:]), person_id)) for row in rows]
        return [
            CheckIn(row[0], Section(row[1]), Speaks(row[2]), quote, by_hand=True)
            for row, quote in found
            if quote is not None and quote.day <= self.scope.today
        ]

    def note_check_ins(self, person_id: PersonId, version: int, items: Sequence[CheckIn]) -> None:
        """Write down what the manager confirmed; the same passage for the same part is kept once, as said last."""
        for item in items:
            if item.quote is None:
                continue
            quote: Quote = item.quote
            key = {
                "person_id": person_id, "version": version, "thread": item.thread, "section": item.section.value,
                "note_id": quote.note.id, "start": quote.span.start,
            }  # fmt: skip
            same = and_(self.scope.own(plan_check_in), *(plan_check_in.c[name] == it for name, it in key.items()))
            self.scope.run(delete(plan_check_in).where(same))
            told = {"revision": quote.note.revision, "end": quote.span.end, "speaks": item.speaks.value}
            self.scope.insert(plan_check_in, [key | told])

    def take_over(self, keep: PersonId, other: PersonId) -> None:
        """File the other's versions after the kept ones; the newest of those stays the newest."""
        own, others = self._numbers(keep), self._numbers(other)
        following = [(other, number) for number in others]
        if own and others:
            following.append((keep, own[-1]))
        for number, (who, version) in enumerate(following, (own[-1] if own else 0) + 1):
            for table in (plan, plan_state, plan_check_in):
                these = and_(self.scope.own(table), table.c.person_id == who, table.c.version == version)
                rows = [dict(row._mapping) for row in self.scope.rows(select(table).where(these))]
                self.scope.insert(table, [row | {"person_id": keep, "version": number} for row in rows])
        self.scope.run(delete(plan).where(self.scope.own(plan), plan.c.person_id == other))

    def _numbers(self, person_id: PersonId) -> list[int]:
        mine = and_(self.scope.own(plan), plan.c.person_id == person_id)
        return [row[0] for row in self.scope.rows(select(plan.c.version).where(mine).order_by(plan.c.version))]

    def _states(self, person_id: PersonId, version: int) -> ColumnElement[bool]:
        these = and_(plan_state.c.person_id == person_id, plan_state.c.version == version)
        return and_(self.scope.own(plan_state), these)

    def _visible(self, person_id: PersonId) -> ColumnElement[bool]:
        mine = and_(self.scope.own(plan), plan.c.person_id == person_id)
        return and_(mine, func.coalesce(plan.c.made_on, plan.c.drafted_on) <= self.scope.today)

    def _nouns(self, rows: Sequence[Any]) -> list[Plan]:
        hanging = Hanging.of(self.scope, [place for row in rows for place in places(row[5])])
        stands = self._where_they_stand({row[0] for row in rows})
        return [self._noun(row, hanging, stands.get((row[0], row[1]))) for row in rows]

    def _where_they_stand(self, people: set[PersonId]) -> dict[tuple[PersonId, int], Any]:
        """The newest state of each version on the day of the view, with its day."""
        c = plan_state.c
        here = and_(self.scope.own(plan_state), self.scope.among(c.person_id, people), c.day <= self.scope.today)
        query = select(c.person_id, c.version, c.state, c.day).where(here).order_by(c.seq)
        return {(row[0], row[1]): row for row in self.scope.rows(query)}

    def _noun(self, row: Any, hanging: Hanging, stands: Any) -> Plan:
        person_id, version, state, drafted_on, review_on, body, made_on = row
        stood = dict.fromkeys(places(body))
        return Plan(
            account_id=self.scope.account.id,
            person_id=person_id,
            version=version,
            state=PlanState(stands[2] if stands else state),
            drafted_on=drafted_on,
            threads=unpack_threads(body, lambda place: hanging.quote(place, person_id)),
            unknown=tuple(body["unknown"]),
            review_on=review_on,
            origin=unpack_origin(body),
            changed=tuple(dict.fromkeys(p.note_id for p in stood if hanging.has_changed(p, person_id))),
            made_on=made_on,
            state_since=stands[3] if stands else None,
        )

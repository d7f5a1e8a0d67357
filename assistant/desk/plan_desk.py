"""What a manager can do with one person's plan and after a meeting; holds no rule of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from assistant.actions.check_plan import check_plan, why_stale
from assistant.actions.compare_plans import compare_plans, version_of
from assistant.actions.confirm_debrief import take_yes_back
from assistant.actions.keep_notes import not_later
from assistant.actions.move_plan_on import move_plan_on, newest_plan, undo_plan
from assistant.actions.read_wish import read_section, read_wish
from assistant.actions.recheck_plan import recheck
from assistant.actions.revise_plan import revise_plan, reword_plan
from assistant.actions.share_plan import share_plan
from assistant.actions.take_debrief import Means, debrief_again, take_debrief
from assistant.domain.check_in import PlanCheck, Stale
from assistant.domain.note import Note, NoteId, NoteKind
from assistant.domain.pending import Debriefed, Pending
from assistant.domain.person import Person
from assistant.domain.plan import Plan, PlanState
from assistant.domain.plan_diff import PlanDiff
from assistant.domain.shared_plan import SharedPlan
from assistant.errors import Refused, Unknown
from assistant.policy import check_request

if TYPE_CHECKING:
    from assistant.desk.desk import Desk


@dataclass(frozen=True, slots=True)
class PlanDesk:
    """One person's plan."""

    desk: "Desk"
    person: Person

    def versions(self) -> Sequence[Plan]:
        """Every version, oldest first, as the notes carry them today."""
        with self.desk.records.reading(self.desk.account, self.desk.today) as shelf:
            return [recheck(shelf, plan) for plan in shelf.plans.versions(self.person.id)]

    def newest(self) -> Plan:
        """The newest version, as the notes carry it today.

        Raises:
            Unknown: There is none.
        """
        with self.desk.records.reading(self.desk.account, self.desk.today) as shelf:
            return recheck(shelf, newest_plan(shelf, self.person.id))

    def revise(self, section: str, wish: str, *, thread: int = 1) -> Plan:
        """One section otherwise, by a wish: "smaller", "another", "later", "sooner", or what it should be about.

        Raises:
            NotAllowed: The policy stops the wish; the error says what is served instead.
        """
        check_request(wish, self.desk.library.topics())
        plan = self.newest()
        situation = self.desk.person(self.person.id).situation()
        return self._keep(
            revise_plan(plan, thread, read_section(section), read_wish(wish), situation, self.desk.engine)
        )

    def reword(self, section: str, words: str = "", *, thread: int = 1, due: date | None = None) -> Plan:
        """One section in the manager's own words, or a step on another day. A suggestion until a note carries it."""
        situation = self.desk.person(self.person.id).situation()
        return self._keep(
            reword_plan(
                self.newest(), thread, read_section(section), words, situation, due=due,
                finder=self.desk.finder, topics=self.desk.library.topics(),
            )
        )  # fmt: skip

    def move_on(self, state: PlanState) -> Plan:
        """Agree to the newest version, begin it or close it."""
        with self.desk.records.writing(self.desk.account, self.desk.today) as shelf:
            return move_plan_on(shelf, self.person.id, state)

    def undo(self) -> Plan | None:
        """Take the last change back; the plan as it is then, None when there is none left."""
        with self.desk.records.writing(self.desk.account, self.desk.today) as shelf:
            return undo_plan(shelf, self.person.id)

    def diff(self, before: int | None = None, after: int | None = None) -> PlanDiff:
        """What changed between two versions; by default from the last but one to the newest."""
        return compare_plans(self.versions(), before, after)

    def check(self) -> PlanCheck:
        """What the plan promised, what the notes show.

        Raises:
            Unknown: There is no plan.
        """
        with self.desk.records.reading(self.desk.account, self.desk.today) as shelf:
            newest_plan(shelf, self.person.id)
            found = check_plan(shelf, self.person.id, self.desk.engine)
        if found is None:
            raise Unknown(f"There is no plan for {self.person.name} yet.", next="Draft one first.")
        return found

    def why_stale(self, plan: Plan) -> Sequence[Stale]:
        """Why a version should be looked at again; nothing for one that a later one took the place of."""
        with self.desk.records.reading(self.desk.account, self.desk.today) as shelf:
            found = check_plan(shelf, self.person.id, self.desk.engine)
            if found is not None and found.plan.version == plan.version:
                return found.stale
            newest = shelf.plans.newest(self.person.id)
            is_newest = newest is not None and newest.version == plan.version
            return tuple(why_stale(plan, (), shelf)) if is_newest else ()

    def share(self, version: int | None = None) -> SharedPlan:
        """The copy for the person, by default of the newest version, read aloud once."""
        with self.desk.records.reading(self.desk.account, self.desk.today) as shelf:
            return share_plan(shelf, self.person.id, version, self.desk.finder)

    def version(self, number: int | None = None) -> Plan:
        """One version, by default the newest, as the notes carry it today."""
        return version_of(self.versions(), number)

    def _keep(self, plan: Plan) -> Plan:
        """Write a revised version down, unless somebody else has changed the plan meanwhile."""
        with self.desk.records.writing(self.desk.account, self.desk.today) as shelf:
            newest = newest_plan(shelf, self.person.id)
            if newest.version != plan.version - 1:
                raise Refused(
                    f"The plan has been changed meanwhile: it is at version {newest.version}.",
                    next="Look at it again and repeat your change.",
                )
            shelf.plans.add(plan)
            return newest_plan(shelf, self.person.id)


@dataclass(frozen=True, slots=True)
class DebriefDesk:
    """What is told about one person after a meeting."""

    desk: "Desk"
    person: Person

    def take(self, text: str, *, day: date | None = None, dry_run: bool = False) -> Debriefed:
        """Keep a telling as the note of a held one-on-one, and propose what it brings; with `dry_run` only the latter.

        Raises:
            Invalid: It has no words, or its day has not come.
        """
        desk = self.desk
        note = Note(
            desk.account, NoteId(desk.ids()), self.person.id, not_later(day or desk.today, desk.today), text,
            NoteKind.DEBRIEF, desk.who().name,
        )  # fmt: skip
        return take_debrief(desk.records, desk.account, desk.today, note, desk.clock(), self._means(), dry_run=dry_run)

    def again(self, note_id: str) -> Debriefed:
        """A fresh proposal out of a note that is kept already.

        Raises:
            Unknown: This person has no such note.
        """
        note = self.desk.note(note_id)
        if note.person_id != self.person.id:
            raise Unknown(f"There is no note {note_id} about {self.person.name}.")
        desk = self.desk
        return debrief_again(desk.records, desk.account, desk.today, note, desk.clock(), self._means())

    def take_yes_back(self, pending_id: str) -> Debriefed:
        """Undo what a yes did and propose anew; the note of the telling stays.

        Raises:
            Unknown: There is no such proposal about this person.
            Refused: No yes stands.
        """
        desk = self.desk
        note = take_yes_back(desk.records, desk.account, desk.today, self.person.id, pending_id, finder=desk.finder)
        return self.again(note.id)

    def pending(self) -> Sequence[Pending]:
        """What waits for a yes about this person, oldest first."""
        return [item for item in self.desk.pending() if item.person_id == self.person.id]

    def _means(self) -> Means:
        desk = self.desk
        return Means(desk.engine, desk.search_notes, desk.finder, desk.library, desk.ids)

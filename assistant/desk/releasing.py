"""What a manager can hand to the coaches about one person: masked copies of suggestions, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.actions.gather_situation import gather_situation
from assistant.actions.prepare_brief import prepare_brief
from assistant.actions.recheck_plan import plan_today
from assistant.actions.release_suggestion import masked, release, suggestion_named, suggestions, whom
from assistant.domain.plan import Plan
from assistant.domain.released import Masked, Released, Suggestion
from assistant.domain.situation import Situation

if TYPE_CHECKING:
    from assistant.actions.mask_text import Whom
    from assistant.desk.desk import Desk
    from assistant.domain.person import Person


@dataclass(frozen=True, slots=True)
class Releasing:
    """One person's suggestions, ready to be masked and released."""

    desk: "Desk"
    person: "Person"

    def suggestions(self) -> Sequence[tuple[str, Suggestion, Masked]]:
        """What can be released now, by name and as a coach would read it: six questions, the newest plan's lines."""
        situation, about, plan = self._seen()
        found = suggestions(situation, prepare_brief(situation, self.desk.engine, six=True), plan)
        return [(name, each, masked(each, about, situation)) for name, each in found]

    def masked(self, named: str) -> Masked:
        """The copy a coach would read of one suggestion; nothing is written.

        Raises:
            Unknown: Nothing is suggested under that name.
        """
        situation, about, plan = self._seen()
        return masked(self._named(named, situation, plan), about, situation)

    def release(self, named: str, text: str = "") -> Released:
        """Hand one suggestion over, in the masked words or in the manager's own mask.

        Raises:
            Unknown: Nothing is suggested under that name.
            Refused: The manager's words would tell whom it is about, or touch a private matter.
        """
        situation, about, plan = self._seen()
        suggestion = self._named(named, situation, plan)
        text = text or masked(suggestion, about, situation).text
        with self.desk.records.writing(self.desk.account, self.desk.today) as shelf:
            return release(shelf, suggestion, text, about, finder=self.desk.finder, ids=self.desk.ids)

    def released(self) -> Sequence[Released]:
        """What was released about this person, newest first."""
        with self.desk.records.reading(self.desk.account, self.desk.today) as shelf:
            return shelf.releases.of(self.person.id)

    def _named(self, named: str, situation: Situation, plan: Plan | None) -> Suggestion:
        """By its name; the questions are made again only where no plan line is meant."""
        brief = None if named.startswith("plan:") else prepare_brief(situation, self.desk.engine, six=True)
        return suggestion_named(named, suggestions(situation, brief, plan), situation)

    def _seen(self) -> "tuple[Situation, Whom, Plan | None]":
        with self.desk.records.reading(self.desk.account, self.desk.today) as shelf:
            situation = gather_situation(shelf, self.person.id)
            about = whom(situation, shelf.people.all(), self.desk.library)
            return situation, about, plan_today(shelf, self.person.id)

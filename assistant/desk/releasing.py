"""What a manager can hand to the coaches about one person: masked copies of suggestions, and nothing else."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.actions.gather_situation import gather_situation
from assistant.actions.prepare_brief import prepare_brief
from assistant.actions.recheck_plan import plan_today
from assistant.actions.release_suggestion import (
    masked,
    masked_instead,
    release,
    suggestion_named,
    suggestions,
    whom,
)
from assistant.domain.opinion import Opinion
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
        """What can be released now, by name and as a coach would read it: six questions, the newest plan's lines.

        Questions that the manager thought something of are among them.
        """
        situation, about, plan = self._seen()
        found = suggestions(situation, prepare_brief(situation, self.desk.engine, six=True), plan, self._thought())
        return [(name, each, masked(each, about, situation)) for name, each in found]

    def masked(self, named: str) -> Masked:
        """The copy a coach would read of one suggestion; nothing is written.

        Raises:
            Unknown: Nothing is suggested under that name.
        """
        situation, about, plan = self._seen()
        return masked(self._named(named, situation, plan), about, situation)

    def masked_instead(self, named: str) -> Masked:
        """The same of what the manager says it should have said; empty where they said nothing.

        Raises:
            Unknown: Nothing is suggested under that name.
        """
        situation, about, plan = self._seen()
        return masked_instead(self._named(named, situation, plan), about, situation)

    def release(self, named: str, text: str = "", instead: str | None = None) -> Released:
        """Hand one suggestion over, in the masked words or in the manager's own mask.

        Args:
            named: A question's id or words, or a line of the plan.
            text: The manager's own mask.
            instead: The same for what it should have said; empty leaves that out, None takes the mask that is made.

        Raises:
            Unknown: Nothing is suggested under that name.
            Refused: The manager's words would tell whom it is about, or touch a private matter.
        """
        situation, about, plan = self._seen()
        suggestion = self._named(named, situation, plan)
        text = text or masked(suggestion, about, situation).text
        if instead is None:
            instead = masked_instead(suggestion, about, situation).text
        with self.desk.records.writing(self.desk.account, self.desk.today) as shelf:
            return release(shelf, suggestion, text, instead, about, finder=self.desk.finder, ids=self.desk.ids)

    def released(self) -> Sequence[Released]:
        """What was released about this person, newest first."""
        with self.desk.records.reading(self.desk.account, self.desk.today) as shelf:
            return shelf.releases.of(self.person.id)

    def _named(self, named: str, situation: Situation, plan: Plan | None) -> Suggestion:
        """By its name; the questions are made again only where no plan line is meant."""
        thought = self._thought()
        asks = not named.startswith("plan:") and not any(named in (o.question_id, o.text) for o in thought)
        brief = prepare_brief(situation, self.desk.engine, six=True) if asks else None
        return suggestion_named(named, suggestions(situation, brief, plan, thought), situation)

    def _thought(self) -> Sequence[Opinion]:
        with self.desk.records.reading(self.desk.account, self.desk.today) as shelf:
            return shelf.opinions.of(self.person.id)

    def _seen(self) -> "tuple[Situation, Whom, Plan | None]":
        with self.desk.records.reading(self.desk.account, self.desk.today) as shelf:
            situation = gather_situation(shelf, self.person.id)
            about = whom(situation, shelf.people.all(), self.desk.library)
            return situation, about, plan_today(shelf, self.person.id)

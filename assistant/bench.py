"""All that a face may call for a coach: released copies, decisions on them, and their effect. No notes, no names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.actions.judge_suggestion import Asked, judge
from assistant.domain.account import AccountId
from assistant.domain.released import Counts, Reviewed
from assistant.domain.verdict import Verdict
from assistant.ports.outside import Ids, Library
from assistant.ports.records import Records
from assistant.prompting import shipped_prompts


@dataclass(frozen=True, slots=True)
class Bench:
    """What one coach can do on one day. A released copy names nobody, and the bench reaches nothing else.

    Every call refuses an account without the coach's role (`NotAllowed`).

    Attributes:
        today: What was released or decided later does not exist.
    """

    records: Records
    library: Library
    account: AccountId
    today: date
    ids: Ids

    def queue(self) -> Sequence[Reviewed]:
        """Released copies that wait for a decision, oldest first."""
        return [copy for copy in self.copies() if copy.verdict is None]

    def copies(self) -> Sequence[Reviewed]:
        """Every released copy with the newest decision on it that holds, oldest first."""
        with self.records.bench(self.account, self.today) as shelf:
            decided = {v.release_id: v for v in reversed(shelf.verdicts()) if v.in_force}
            return [Reviewed(released, decided.get(released.id)) for released in shelf.released()]

    def verdicts(self) -> Sequence[Verdict]:
        """Every decision, newest first, those taken back included."""
        with self.records.bench(self.account, self.today) as shelf:
            return shelf.verdicts()

    def counts(self) -> Counts:
        """How many copies wait and are decided, how many decisions hold and were taken back."""
        copies, verdicts = self.copies(), self.verdicts()
        waiting, held = sum(c.verdict is None for c in copies), sum(v.in_force for v in verdicts)
        return Counts(waiting, len(copies) - waiting, held, len(verdicts) - held)

    def prompts(self) -> Mapping[str, str]:
        """Every prompt and list of words that ships, name@version to its text; a decision on one becomes guidance."""
        return shipped_prompts()

    def decide(self, asked_for: Asked) -> Verdict:
        """Approve, reword or retire; both engines follow from the next suggestion on."""
        with self.records.bench(self.account, self.today) as shelf:
            return judge(shelf, self.library, asked_for, coach=self.account, today=self.today, ids=self.ids)

    def roll_back(self, verdict_id: str) -> Verdict:
        """Take a decision back; what ships speaks again, or the decision before it."""
        with self.records.bench(self.account, self.today) as shelf:
            shelf.roll_back(verdict_id, self.today)
            return next(v for v in shelf.verdicts() if v.id == verdict_id)

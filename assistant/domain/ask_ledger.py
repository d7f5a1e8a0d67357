"""What was asked, when, and what came of it. A question rests for half a year unless "come back to it"."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.domain.account import AccountId
from assistant.domain.person import PersonId
from assistant.domain.pillar import Pillar

RESTS_FOR = timedelta(days=183)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question asked of one person on one day.

    Attributes:
        text: The words as asked, so that a near copy can be recognised.
        later: "Come back to it": the question does not rest.
        pillar: What the question is for; not known of one in the manager's own words.
    """

    account_id: AccountId
    person_id: PersonId
    question_id: str
    text: str
    day: date
    answer: str = ""
    later: bool = False
    pillar: Pillar | None = None


def resting(ledger: Iterable[Asked], today: date) -> frozenset[str]:
    """Ids of questions that were asked within the last 183 days and not marked for later."""
    newest: dict[str, Asked] = {}
    for entry in ledger:
        if entry.question_id not in newest or newest[entry.question_id].day <= entry.day:
            newest[entry.question_id] = entry
    return frozenset(i for i, e in newest.items() if not e.later and today - e.day < RESTS_FOR)

"""What managers thought of questions, as rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, bindparam, delete, select

from assistant.domain.opinion import Opinion
from assistant.domain.person import PersonId
from assistant.domain.question import kept_id
from knowledge.records.scope import Scope, check_storable, ours
from knowledge.records.tables import opinion

_OF = (
    select(opinion)
    .where(ours(opinion), opinion.c.person_id == bindparam("person"), opinion.c.day <= bindparam("today"))
    .order_by(opinion.c.day, opinion.c.question_id)
)


@dataclass(frozen=True, slots=True)
class SqlOpinions:
    """Fulfils the port `Opinions` in the scope's account."""

    scope: Scope

    def of(self, person_id: PersonId) -> Sequence[Opinion]:
        """Those on questions to one person, by day."""
        return [Opinion(*row) for row in self.scope.rows(_OF, person=person_id)]

    def put(self, new: Opinion) -> None:
        """In place of an earlier one on the same question."""
        self.scope.check_own(new.account_id)
        check_storable(new.question_id, new.text, new.instead)
        self.remove(new.person_id, new.question_id)
        row = {name: getattr(new, name) for name in ("person_id", "text", "day", "helpful", "instead")}
        self.scope.insert(opinion, [row | {"question_id": kept_id(new.person_id, new.question_id)}])

    def remove(self, person_id: PersonId, question_id: str) -> None:
        """Take one back; nothing happens where there is none."""
        named = kept_id(person_id, question_id)
        this = and_(self.scope.own(opinion), opinion.c.person_id == person_id, opinion.c.question_id == named)
        self.scope.run(delete(opinion).where(this))

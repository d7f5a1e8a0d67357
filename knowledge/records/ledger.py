"""What was asked, as rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import and_, bindparam, delete, func, select

from assistant.domain.ask_ledger import Asked
from assistant.domain.person import PersonId
from assistant.domain.pillar import Pillar
from assistant.domain.question import kept_id
from knowledge.records.scope import Scope, check_storable, ours
from knowledge.records.tables import asked

_COLUMNS = (
    asked.c.person_id, asked.c.question_id, asked.c.text, asked.c.day, asked.c.answer, asked.c.later,
    asked.c.pillar,
)  # fmt: skip
_OF = (
    select(*_COLUMNS)
    .where(ours(asked), asked.c.person_id == bindparam("person"), asked.c.day <= bindparam("today"))
    .order_by(asked.c.day, asked.c.seq)
)


@dataclass(frozen=True, slots=True)
class SqlLedger:
    """The ask-ledger of the scope's account."""

    scope: Scope

    def of(self, person_id: PersonId) -> Sequence[Asked]:
        """One person's entries by day, those of one day in the order they were made."""
        rows = self.scope.rows(_OF, person=person_id)
        return [
            Asked(
                self.scope.account.id,
                who,
                kept_id(who, named),
                text,
                on,
                answer,
                later,
                Pillar(pillar) if pillar else None,
            )
            for who, named, text, on, answer, later, pillar in rows
        ]

    def add(self, entry: Asked) -> None:
        """A question was asked, answered or put off."""
        self.scope.check_own(entry.account_id)
        check_storable(entry.question_id, entry.text, entry.answer)
        names = ("person_id", "text", "day", "answer", "later", "pillar")
        row = {name: getattr(entry, name) for name in names}
        self.scope.insert(asked, [row | {"question_id": kept_id(entry.person_id, entry.question_id)}])

    def remove(self, person_id: PersonId, question_id: str) -> None:
        """Take the newest entry of a question back."""
        this = and_(
            self.scope.own(asked), asked.c.person_id == person_id,
            asked.c.question_id == kept_id(person_id, question_id),
        )  # fmt: skip
        newest = select(func.max(asked.c.seq)).where(this).scalar_subquery()
        self.scope.run(delete(asked).where(this, asked.c.seq == newest))

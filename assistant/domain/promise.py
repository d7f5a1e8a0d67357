"""What somebody said they would do. The manager's own come first: a kept promise is the cheapest trust."""

import hashlib
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from assistant.domain.account import AccountId
from assistant.domain.evidence import Quote
from assistant.domain.meeting import Meeting, MeetingState
from assistant.domain.person import PersonId
from assistant.errors import Invalid

QUIET_AFTER = timedelta(days=183)


class Owner(StrEnum):
    """Whose promise it is: the manager's, or the person's."""

    ME = "me"
    THEM = "them"


class PromiseState(StrEnum):
    """Where a promise stands."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise between a manager and one person.

    Attributes:
        what: What will be done, a short phrase taken from the note or typed by the manager.
        made_on: The day it was made.
        due: When it is due, if a day was said.
        quotes: Where the notes say so; empty when typed by hand.
        closed_by: The passage that shows it kept or dropped, when a note does.
        by_hand: Whether the manager set the state; then no finder changes it again.
        carried_since: The first one-on-one after it was made that passed with it still open; see `carry_over`.
    """

    account_id: AccountId
    id: str
    person_id: PersonId
    owner: Owner
    what: str
    made_on: date
    due: date | None = None
    state: PromiseState = PromiseState.OPEN
    quotes: tuple[Quote, ...] = ()
    closed_by: Quote | None = None
    by_hand: bool = False
    finder: str = ""
    carried_since: date | None = None

    @property
    def place(self) -> tuple[str, int, str]:
        """Where the notes first say so: what decides between equals; by hand, its id."""
        return (str(self.quotes[0].note.id), self.quotes[0].span.start, "") if self.quotes else ("", 0, self.id)

    def __post_init__(self) -> None:
        if not self.what.strip() or len(self.what) > 400:
            raise Invalid("A promise needs words, at most 400 characters.", next="Say who does what.")
        if self.closed_by is not None and self.state is PromiseState.OPEN:
            raise Invalid("An open promise cannot have been closed by a note.")

    def is_overdue(self, today: date) -> bool:
        """Whether it is open, its day has passed, and it has not gone quiet."""
        late = self.state is PromiseState.OPEN and self.due is not None and self.due < today
        return late and not self.is_quiet(today)

    def is_quiet(self, today: date) -> bool:
        """Whether it is open and half a year has gone by since its day, and since it was last heard of.

        Nobody said that it was kept or dropped. It is shown apart, and nobody is reminded of it as overdue.
        """
        if self.state is not PromiseState.OPEN or today - self.made_on <= QUIET_AFTER:
            return False
        return has_gone_quiet((self.made_on, *(q.day for q in self.quotes)), self.due, today)


def has_gone_quiet(heard: Iterable[date], due: date | None, today: date) -> bool:
    """Whether half a year has gone by since an open promise was last heard of, and since its day."""
    newest: date = max((*heard, *((due,) if due else ())))
    return today - newest > QUIET_AFTER


def carry_over(promises: Iterable[Promise], meetings: Iterable[Meeting], today: date) -> tuple[Promise, ...]:
    """The promises, each open one marked with the held one-on-one since which it is carried over."""
    held = sorted(m.day for m in meetings if m.state is MeetingState.HELD and m.day < today)

    def carried(promise: Promise) -> Promise:
        following = bisect_right(held, promise.made_on)
        since = held[following] if following < len(held) else None
        if promise.state is not PromiseState.OPEN or promise.carried_since == since:
            return promise
        return Promise(
            promise.account_id, promise.id, promise.person_id, promise.owner, promise.what, promise.made_on,
            promise.due, promise.state, promise.quotes, promise.closed_by, promise.by_hand, promise.finder, since,
        )  # fmt: skip

    return tuple(map(carried, promises))


def promise_id(quote: Quote, owner: Owner) -> str:
    """Content id of a promise found in a note: the same passage is the same promise in every re-run."""
    key = f"{quote.note.id}\n{owner}\n{quote.span.start}:{quote.span.end}"
    return "p" + hashlib.sha256(key.encode()).hexdigest()[:12]

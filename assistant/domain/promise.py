"""What somebody said they would do. The manager's own come first: a kept promise is the cheapest trust."""

import hashlib
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace
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


class PromiseKind(StrEnum):
    """Whether somebody said they would do something, or asked the manager for something."""

    PROMISE = "promise"
    REQUEST = "request"


class TellingKind(StrEnum):
    """What a later note says of a promise without ending it, or how it ended.

    `heard` only speaks of the matter: whether anything changed is for the reader to say. What `seems` so was pointed
    out by a model and closes nothing; `not_so` is the manager's word that such a passage does not show it.
    """

    PARTLY = "partly"
    MOVED = "moved"
    MORE_TIME = "more_time"
    REPLACED = "replaced"
    LATE = "late"
    HEARD = "heard"
    SEEMS_DONE = "seems_done"
    SEEMS_PARTLY = "seems_partly"
    SEEMS_OVER = "seems_over"
    NOT_SO = "not_so"


OFFERS = frozenset({TellingKind.SEEMS_DONE, TellingKind.SEEMS_PARTLY, TellingKind.SEEMS_OVER})


@dataclass(frozen=True, slots=True)
class Telling:
    """What one note says of how a promise goes, word for word.

    Attributes:
        until: The new day, where the day was moved or more time was asked for.
        done, whole: How many of how many are there, where the notes count.
        by: The promise that took its place.
    """

    kind: TellingKind
    quote: Quote
    until: date | None = None
    done: int | None = None
    whole: int | None = None
    by: str = ""

    def __post_init__(self) -> None:
        if (self.done is None) is not (self.whole is None):
            raise Invalid("A part is so many of so many.")
        if self.done is not None and self.whole is not None and not 0 <= self.done < self.whole:
            raise Invalid("A part is less than the whole.")
        if bool(self.by) is not (self.kind is TellingKind.REPLACED):
            raise Invalid("A promise is replaced by another one, and by nothing else.")

    @property
    def left(self) -> int | None:
        """How many are still to come, where the notes count."""
        return None if self.done is None or self.whole is None else self.whole - self.done


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a later note seems to show of one open promise; to be said, and never to close it."""

    promise_id: str
    telling: Telling

    def __post_init__(self) -> None:
        if self.telling.kind not in OFFERS:
            raise Invalid("What a model points out is only ever offered.")


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise between a manager and one person, or what the person asked of the manager.

    Attributes:
        what: What will be done, a short phrase taken from the note or typed by the manager.
        made_on: The day it was made.
        due: When it is due, if a day was said.
        quotes: Where the notes say so; empty when typed by hand.
        closed_by: The passage that shows it kept or dropped, when a note does.
        by_hand: Whether the manager set the state; then no finder changes it again.
        carried_since: The first one-on-one after it was made that passed with it still open; see `carry_over`.
        told: What later notes say of how it goes, oldest first.
        kind: A promise; or a request, whose owner is the manager: the answer is theirs to give.
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
    told: tuple[Telling, ...] = ()
    kind: PromiseKind = PromiseKind.PROMISE

    @property
    def passages(self) -> tuple[Quote, ...]:
        """Every passage it rests on: where it is said, what ended it, what tells of it."""
        closing = (self.closed_by,) if self.closed_by else ()
        return (*self.quotes, *closing, *(telling.quote for telling in self.told))

    @property
    def standing(self) -> tuple[Telling, ...]:
        """What is worth knowing of it beside its state, newest first, at most one of a kind: what still holds."""
        newest = {telling.kind: telling for telling in self.told if self._holds(telling)}
        offered = self.offered
        newest = {kind: telling for kind, telling in newest.items() if kind not in OFFERS or telling == offered}
        heard = newest.get(TellingKind.HEARD)
        if heard is not None and any(_outdoes(telling, heard) for telling in newest.values()):
            del newest[TellingKind.HEARD]
        return tuple(sorted(newest.values(), key=lambda telling: telling.quote.day, reverse=True))

    @property
    def offered(self) -> Telling | None:
        """What the newest passage that was pointed out seems to show of it, until the manager says yes or no."""
        offers = [telling for telling in self.told if telling.kind in OFFERS and self._holds(telling)]
        return max(offers, key=lambda telling: (telling.quote.day, telling.quote.note.id), default=None)

    @property
    def may_be_settled(self) -> bool:
        """Whether a later note seems to show that it is done or no longer wanted: then it does not press."""
        return self.offered is not None and self.offered.kind is not TellingKind.SEEMS_PARTLY

    def refused(self) -> "Promise":
        """The same, with the manager's word that what is offered does not show it: it is not offered again."""
        offered = self.offered
        return self if offered is None else replace(
            self, told=(*self.told, Telling(TellingKind.NOT_SO, offered.quote))
        )  # fmt: skip

    def _holds(self, telling: Telling) -> bool:
        """Whether a telling still says how it stands: the manager's own word, and a newer promise, go over it."""
        if self.state is not PromiseState.OPEN:
            return self.closed_by is not None and telling.kind is _AT_ITS_END[self.state]
        if telling.kind is TellingKind.MOVED:
            return telling.until == self.due
        since = max((quote.day for quote in self.quotes), default=self.made_on)
        if telling.kind in OFFERS:
            return telling.quote.day > since and not any(
                no.kind is TellingKind.NOT_SO and no.quote.note.id == telling.quote.note.id
                and no.quote.span.overlaps(telling.quote.span) for no in self.told
            )  # fmt: skip
        if telling.kind is TellingKind.HEARD:
            return telling.quote.day > since
        return telling.kind in (TellingKind.PARTLY, TellingKind.MORE_TIME) and telling.quote.day >= since

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


def _outdoes(telling: Telling, heard: Telling) -> bool:
    """Whether it says more than a passage that only speaks of the matter: it is newer, or says what that one shows."""
    same = telling.kind in OFFERS and telling.quote.note.id == heard.quote.note.id
    return telling.quote.day > heard.quote.day or same


_AT_ITS_END = {PromiseState.DONE: TellingKind.LATE, PromiseState.DROPPED: TellingKind.REPLACED}


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
        return replace(promise, carried_since=since)

    return tuple(map(carried, promises))


def promise_id(quote: Quote, owner: Owner) -> str:
    """Content id of a promise found in a note: the same passage is the same promise in every re-run."""
    return _content_id("p", quote, owner)


def request_id(quote: Quote) -> str:
    """Content id of what a note says that somebody asked; never that of a promise in the same words."""
    return _content_id("r", quote, PromiseKind.REQUEST)


def _content_id(mark: str, quote: Quote, whose: str) -> str:
    key = f"{quote.note.id}\n{whose}\n{quote.span.start}:{quote.span.end}"
    return mark + hashlib.sha256(key.encode()).hexdigest()[:12]

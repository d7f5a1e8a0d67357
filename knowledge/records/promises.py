"""Promises of one account, as rows. One that was settled after the scope's day is still open."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, bindparam, delete, func, select

from assistant.domain.evidence import Quote
from assistant.domain.note import Span
from assistant.domain.person import PersonId
from assistant.domain.promise import (
    Owner,
    Promise,
    PromiseKind,
    PromiseState,
    Telling,
    TellingKind,
    has_gone_quiet,
)
from assistant.errors import Unknown
from knowledge.records.note_rows import notes_by_id
from knowledge.records.offers import put_offers_back, take_offers
from knowledge.records.scope import VISIBLE, Scope, begins, check_storable, is_storable, listed, only_one, ours
from knowledge.records.tables import note, promise, promise_quote

_COLUMNS = (
    promise.c.id, promise.c.person_id, promise.c.owner, promise.c.what, promise.c.made_on, promise.c.due,
    promise.c.state, promise.c.by_hand, promise.c.settled_on, promise.c.finder, promise.c.kind,
)  # fmt: skip
_QUOTE_COLUMNS = (promise_quote.c.promise_id, promise_quote.c.place, promise_quote.c.start, promise_quote.c.end)
_TELLING = (
    promise_quote.c.tells, promise_quote.c.until, promise_quote.c.done, promise_quote.c.whole, promise_quote.c.by,
)  # fmt: skip
_QUOTED = and_(note.c.account_id == promise_quote.c.account_id, note.c.id == promise_quote.c.note_id)
_OF_PROMISE = and_(promise_quote.c.account_id == promise.c.account_id, promise_quote.c.promise_id == promise.c.id)
_CLOSING = -1
_OWNERS = {owner.value: owner for owner in Owner}
_KINDS = {kind.value: kind for kind in PromiseKind}
_STATES = {state.value: state for state in PromiseState}
_PASSAGE = ("note_id", "start", "end")
_VISIBLE = (ours(promise), promise.c.made_on <= bindparam("today"))
_READ = select(*_COLUMNS).where(*_VISIBLE).order_by(promise.c.made_on, promise.c.id)
_OF = _READ.where(promise.c.person_id == bindparam("person"))
_STANDING = select(
    promise.c.id, promise.c.person_id, promise.c.owner, promise.c.made_on, promise.c.due, promise.c.state,
    promise.c.by_hand, promise.c.settled_on,
).where(*_VISIBLE, promise.c.kind == PromiseKind.PROMISE.value)  # fmt: skip
_CLOSES = (promise_quote.c.place == _CLOSING).label("closes")
_HEARD = (
    select(promise_quote.c.promise_id, _CLOSES, func.max(note.c.day))
    .join(note, _QUOTED)
    .where(VISIBLE, promise_quote.c.place >= _CLOSING, promise_quote.c.end <= func.length(note.c.text))
    .group_by(promise_quote.c.promise_id, _CLOSES)
)


@cache
def _quotes_of(on_sqlite: bool) -> Select[Any]:
    query = select(note.c.id, *_QUOTE_COLUMNS, *_TELLING).join(promise_quote, _QUOTED)
    wanted = query.where(VISIBLE, listed(promise_quote.c.promise_id, on_sqlite))
    return wanted.order_by(promise_quote.c.promise_id, promise_quote.c.place)


@dataclass(frozen=True, slots=True)
class _Later:
    """How a promise was closed after the day of the view: kept when it is found anew on that earlier day."""

    state: str
    day: date
    start: int
    end: int
    note_id: str


@dataclass(frozen=True, slots=True)
class _Passage:
    """A passage of a promise and what its row tells: kind, new day, how many of how many, which one instead."""

    place: int
    quote: Quote
    row: Sequence[Any]

    @property
    def told(self) -> Telling:
        """What it tells, as a noun."""
        kind, until, done, whole, by = self.row
        return Telling(TellingKind(kind), self.quote, until, done, whole, by or "")


@dataclass(frozen=True, slots=True)
class SqlPromises:
    """Promises of the scope's account."""

    scope: Scope

    def of(self, person_id: PersonId) -> Sequence[Promise]:
        """One person's promises, oldest first."""
        return self._of(person_id, PromiseKind.PROMISE)

    def asked_by(self, person_id: PersonId) -> Sequence[Promise]:
        """What one person asked of the manager, oldest first."""
        return self._of(person_id, PromiseKind.REQUEST)

    def open_counts(self) -> Mapping[tuple[PersonId, Owner], int]:
        """How many open promises each side has with each person, quiet ones left out; 0 is not told.

        What `of` and the promise's own word would say, without reading a note.
        """
        heard, counts, today = self._heard(), Counter[tuple[PersonId, Owner]](), self.scope.today
        for key, person_id, owner, made_on, due, state, by_hand, settled_on in self.scope.rows(_STANDING):
            told, closing = heard.get((key, False)), (key, True) in heard
            days = (made_on, told) if told else (made_on,)
            now = self._state(state, by_hand, settled_on, closing)
            if now is PromiseState.OPEN and not has_gone_quiet(days, due, today):
                counts[person_id, _OWNERS[owner]] += 1
        return counts

    def get(self, promise_id: str) -> Promise:
        """One promise by id, or by a prefix that fits only one.

        Raises:
            Unknown: None fits, or more than one.
        """
        unknown = Unknown(
            f"There is no promise with the id {promise_id}, or more than one.", next="See `promise list PERSON`."
        )
        if not is_storable(promise_id):
            raise unknown
        fits = and_(self._visible, begins(promise.c.id, promise_id))
        ids = self.scope.rows(select(promise.c.id).where(fits).order_by(promise.c.id).limit(2))
        return self._nouns(self.scope.rows(_READ.where(promise.c.id == only_one(ids, promise_id, unknown)[0])))[0]

    def save(self, promises: Sequence[Promise]) -> None:
        """New or changed promises."""
        ids = [p.id for p in promises]
        columns = (promise.c.id, promise.c.state, promise.c.settled_on)
        here = and_(self.scope.own(promise), self.scope.among(promise.c.id, ids))
        before = {row[0]: (row[1], row[2]) for row in self.scope.rows(select(*columns).where(here))}
        self.scope.run(delete(promise).where(here))
        self._insert(promises, {p.id: self._settled_on(p, before.get(p.id)) for p in promises})

    def remove(self, promise_ids: Sequence[str]) -> None:
        """Take some away that should never have been written down."""
        self.scope.run(delete(promise).where(self.scope.own(promise), self.scope.among(promise.c.id, promise_ids)))

    def replace_found(self, person_id: PersonId, found: Sequence[Promise]) -> None:
        """What a finder found for one person, in place of before; those set by hand stay as they are.

        What was set by hand is known by its passage as well: its id is of the place where it stood when it was found.
        """
        later, offers = self._closed_later(person_id), take_offers(self.scope, person_id)
        ours = and_(self.scope.own(promise), promise.c.person_id == person_id, promise.c.made_on <= self.scope.today)
        self.scope.run(delete(promise).where(ours, promise.c.by_hand.is_(False)))
        unique = {p.id: p for p in found}
        here = and_(self.scope.own(promise), self.scope.among(promise.c.id, [*unique]))
        kept = {row[0] for row in self.scope.rows(select(promise.c.id).where(here))}
        told = self._told_by_hand(person_id)
        fresh = [p for p in unique.values() if p.id not in kept and told.isdisjoint(map(_passage, p.quotes[:1]))]
        self._insert(fresh, {p.id: self._settled_on(p, None) for p in fresh}, later)
        put_offers_back(self.scope, offers, fresh)

    def _told_by_hand(self, person_id: PersonId) -> set[tuple[object, ...]]:
        """Where the promises that were set by hand stand in the notes."""
        columns = [promise_quote.c[name] for name in _PASSAGE]
        query = select(*columns).join(promise, _OF_PROMISE).where(
            self.scope.own(promise), promise.c.person_id == person_id, promise.c.by_hand, promise_quote.c.place >= 0
        )  # fmt: skip
        return {tuple(row) for row in self.scope.rows(query)}

    @property
    def _visible(self) -> ColumnElement[bool]:
        return and_(self.scope.own(promise), promise.c.made_on <= self.scope.today)

    def _of(self, person_id: PersonId, kind: PromiseKind) -> list[Promise]:
        """One person's of one kind; both kinds are read at once, since a turn asks for both."""
        return self._nouns([row for row in self.scope.rows(_OF, person=person_id) if row[-1] == kind.value])

    def _nouns(self, rows: Sequence[Any]) -> list[Promise]:
        quotes = self._quotes([row[0] for row in rows])
        return [self._noun(row, quotes.get(row[0], ())) for row in rows]

    def _quotes(self, ids: Sequence[str]) -> Mapping[str, Sequence[_Passage]]:
        """The passages by promise, with whole notes; what stands in later notes is left out."""
        if not ids:
            return {}
        rows = self.scope.rows(_quotes_of(self.scope.on_sqlite), ids=self.scope.ids(ids))
        found, notes = defaultdict(list), notes_by_id(self.scope, (row[0] for row in rows))
        for note_id, key, place, start, end, *telling in rows:
            if end <= len(notes[note_id].text):
                found[key].append(_Passage(place, Quote(notes[note_id], Span(start, end)), telling))
        return found

    def _noun(self, row: Any, passages: Sequence[_Passage]) -> Promise:
        key, person_id, owner, what, made_on, due, state, by_hand, settled_on, finder, kind = row
        said = tuple(each.quote for each in passages if each.place >= 0)
        closed_by = next((each.quote for each in passages if each.place == _CLOSING), None)
        told = tuple(each.told for each in reversed(passages) if each.place < _CLOSING)
        now = self._state(state, by_hand, settled_on, closed_by is not None)
        if now is PromiseState.OPEN:
            closed_by = None
        return Promise(
            self.scope.account.id, key, person_id, _OWNERS[owner], what, made_on, due, now, said, closed_by, by_hand,
            finder, told=told, kind=_KINDS[kind],
        )  # fmt: skip

    def _state(self, stored: str, by_hand: bool, settled_on: date | None, closed_by_note: bool) -> PromiseState:
        """Where a promise stands on the day of the view.

        What a note closed is open again where that note does not exist, and what a hand settled before it did.
        """
        if settled_on is not None and (settled_on > self.scope.today or not (closed_by_note or by_hand)):
            return PromiseState.OPEN
        return _STATES[stored]

    def _heard(self) -> Mapping[tuple[str, bool], date]:
        """By promise, and whether it closes it, the newest day of a passage that exists on the day of the view."""
        return {(key, bool(closing)): day for key, closing, day in self.scope.rows(_HEARD)}

    def _settled_on(self, changed: Promise, before: tuple[str, date | None] | None) -> date | None:
        """The day of the note that closed it, or the day a hand did: today, unless it was so before."""
        if changed.state is PromiseState.OPEN:
            return None
        if not changed.by_hand:
            return changed.closed_by.day if changed.closed_by else None
        if before is not None and before[0] == changed.state.value and before[1] is not None:
            return before[1]
        return self.scope.today

    def _closed_later(self, person_id: PersonId) -> Mapping[str, _Later]:
        """Found promises of one person that a note after the day of the view closes."""
        query = (
            select(promise.c.id, promise.c.state, note.c.day, *_QUOTE_COLUMNS[2:], note.c.id)
            .join(promise_quote, _OF_PROMISE)
            .join(note, _QUOTED)
            .where(
                self.scope.own(promise),
                promise.c.person_id == person_id,
                promise.c.by_hand.is_(False),
                promise_quote.c.place == _CLOSING,
                note.c.day > self.scope.today,
            )
        )
        return {row[0]: _Later(*row[1:]) for row in self.scope.rows(query)}

    def _insert(
        self,
        promises: Sequence[Promise],
        settled_on: Mapping[str, date | None],
        later: Mapping[str, _Later] | None = None,
    ) -> None:
        rows, quotes = [], []
        for new in promises:
            self.scope.check_own(new.account_id)
            check_storable(new.what)
            rows.append(_row(new) | {"settled_on": settled_on[new.id]})
            quotes += _quote_rows(new)
            if new.state is PromiseState.OPEN and later and new.id in later:
                then = later[new.id]
                rows[-1] |= {"state": then.state, "settled_on": then.day}
                quotes.append(_place(new.id, _CLOSING, then.note_id, then.start, then.end))
        self.scope.insert(promise, rows)
        self.scope.insert(promise_quote, quotes)


def _row(noun: Promise) -> dict[str, object]:
    return {
        "id": noun.id,
        "person_id": noun.person_id,
        "owner": noun.owner.value,
        "what": noun.what,
        "made_on": noun.made_on,
        "due": noun.due,
        "state": noun.state.value,
        "by_hand": noun.by_hand,
        "finder": noun.finder,
        "kind": noun.kind.value,
    }


def _passage(quote: Quote) -> tuple[object, ...]:
    return quote.note.id, quote.span.start, quote.span.end


def _quote_rows(noun: Promise) -> list[dict[str, object]]:
    rows = [_place(noun.id, place, q.note.id, q.span.start, q.span.end) for place, q in enumerate(noun.quotes)]
    closing = noun.closed_by
    if closing is not None:
        rows.append(_place(noun.id, _CLOSING, closing.note.id, closing.span.start, closing.span.end))
    for place, told in enumerate(noun.told, 1):
        span = told.quote.span
        row = _place(noun.id, _CLOSING - place, told.quote.note.id, span.start, span.end)
        row |= {"tells": told.kind.value, "until": told.until, "done": told.done, "whole": told.whole}
        rows.append(row | {"by": told.by or None})
    return rows


def _place(promise_id: str, place: int, note_id: str, start: int, end: int) -> dict[str, object]:
    row = {"promise_id": promise_id, "place": place, "note_id": note_id, "start": start, "end": end}
    return row | {"tells": None, "until": None, "done": None, "whole": None, "by": None}

"""What later notes seem to show of open promises, and what the manager said to that, as rows beside their passages.

They are read by a model, not by the finder: when it finds somebody's promises anew, these go along to the promise that
begins with the same passage. A note that goes, is filed elsewhere or loses those words takes its own along.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import and_, delete, func, select

from assistant.domain.person import PersonId
from assistant.domain.promise import OFFERS, Outcome, Promise, PromiseState, TellingKind
from knowledge.records.scope import Scope
from knowledge.records.tables import note, promise, promise_quote

Place = tuple[str, str, int, int]  # whose promise it is, and where the notes first say so
_KEPT = [kind.value for kind in (*sorted(OFFERS), TellingKind.NOT_SO)]
_OFFERED = [kind.value for kind in sorted(OFFERS)]
_OF_PROMISE = and_(promise_quote.c.account_id == promise.c.account_id, promise_quote.c.promise_id == promise.c.id)
_IN_NOTE = and_(note.c.account_id == promise_quote.c.account_id, note.c.id == promise_quote.c.note_id)


def take_offers(scope: Scope, person_id: PersonId) -> Mapping[Place, Sequence[Mapping[str, Any]]]:
    """What is kept of one person's found promises, whatever the day, by where each promise begins."""
    here = and_(scope.own(promise), promise.c.person_id == person_id, promise.c.by_hand.is_(False))
    first = select(promise.c.id, promise.c.owner, promise_quote.c.note_id, promise_quote.c.start, promise_quote.c.end)
    begins = first.join(promise_quote, _OF_PROMISE).where(here, promise_quote.c.place == 0)
    places: dict[str, Place] = {key: (owner, *rest) for key, owner, *rest in scope.rows(begins)}
    kept = select(promise_quote).join(promise, _OF_PROMISE).join(note, _IN_NOTE)
    kept = kept.where(here, promise_quote.c.tells.in_(_KEPT), note.c.person_id == person_id)
    found: dict[Place, list[Mapping[str, Any]]] = {}
    for row in scope.rows(kept.order_by(promise_quote.c.promise_id, promise_quote.c.place.desc())):
        if row.promise_id in places:
            found.setdefault(places[row.promise_id], []).append(dict(row._mapping))
    return found


def put_offers_back(scope: Scope, taken: Mapping[Place, Sequence[Mapping[str, Any]]], fresh: Iterable[Promise]) -> None:
    """Give them to the promises that begin where theirs did."""
    for each in fresh:
        first = each.quotes[0] if each.quotes else None
        place = (each.owner.value, str(first.note.id), first.span.start, first.span.end) if first else None
        rows = taken.get(place, ()) if place else ()
        _append(scope, each.id, rows)


def keep_offers(scope: Scope, person_id: PersonId, outcomes: Sequence[Outcome]) -> None:
    """What a reading showed of one person's open promises, in place of what was shown before in these notes."""
    mine = and_(scope.own(promise), promise.c.person_id == person_id)
    query = select(promise_quote.c.promise_id, promise_quote.c.place).join(promise, _OF_PROMISE).join(note, _IN_NOTE)
    shown = scope.rows(query.where(mine, promise_quote.c.tells.in_(_OFFERED), note.c.day <= scope.today))
    for key, place in shown:
        this = and_(promise_quote.c.promise_id == key, promise_quote.c.place == place)
        scope.run(delete(promise_quote).where(scope.own(promise_quote), this))
    ids = [outcome.promise_id for outcome in outcomes]
    open_now = and_(mine, scope.among(promise.c.id, ids), promise.c.state == PromiseState.OPEN.value)
    there = {row[0] for row in scope.rows(select(promise.c.id).where(open_now))}
    for outcome in outcomes:
        if outcome.promise_id in there:
            quote = outcome.telling.quote
            row = {"note_id": quote.note.id, "start": quote.span.start, "end": quote.span.end}
            _append(scope, outcome.promise_id, [row | {"tells": outcome.telling.kind.value}])


def _append(scope: Scope, promise_id: str, rows: Collection[Mapping[str, Any]]) -> None:
    """Put rows behind those that a promise has."""
    if not rows:
        return
    here = and_(scope.own(promise_quote), promise_quote.c.promise_id == promise_id)
    lowest = scope.rows(select(func.min(promise_quote.c.place)).where(here))[0][0]
    last = min(lowest if lowest is not None else 0, -1)
    empty = {"until": None, "done": None, "whole": None, "by": None}
    scope.insert(
        promise_quote,
        [{**empty, **row, "promise_id": promise_id, "place": last - n} for n, row in enumerate(rows, 1)],
    )

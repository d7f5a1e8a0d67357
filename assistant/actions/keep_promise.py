"""Write a promise down by hand, and settle one. What a person set, no finder changes again."""

from dataclasses import replace
from datetime import date

from assistant.actions.keep_meeting import meeting_of_today
from assistant.domain.person import PersonId
from assistant.domain.promise import Owner, Promise, PromiseState
from assistant.ports.outside import Ids
from assistant.ports.records import Shelf


def add_promise(shelf: Shelf, person_id: PersonId, what: str, *, owner: Owner, due: date | None, ids: Ids) -> Promise:
    """A new open promise, made today.

    Raises:
        Unknown: There is no such person.
        Invalid: It has no words, or too many.
    """
    person = shelf.people.get(person_id)
    promise = Promise(person.account_id, ids(), person.id, owner, what.strip(), shelf.today, due, by_hand=True)
    shelf.promises.save([promise])
    return promise


def settle_promise(shelf: Shelf, promise_id: str, state: PromiseState) -> Promise:
    """The promise, ticked off, dropped or opened again by hand; today's one-on-one keeps that it was reviewed.

    Raises:
        Unknown: There is no such promise.
    """
    known = shelf.promises.get(promise_id)
    closed_by = None if state is PromiseState.OPEN else known.closed_by
    settled = replace(known, state=state, closed_by=closed_by, by_hand=True)
    shelf.promises.save([settled])
    meeting = meeting_of_today(shelf, settled.person_id)
    if meeting is not None:
        shelf.meetings.save([meeting.with_promise(settled.id)])
    return settled

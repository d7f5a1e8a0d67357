"""Write a promise down by hand, and settle one. What a person set, no finder changes again."""

from dataclasses import replace
from datetime import date

from assistant.actions.keep_meeting import meeting_of_today
from assistant.domain.person import PersonId
from assistant.domain.promise import Owner, Promise, PromiseState, TellingKind
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

    Where a later note seemed to show that it happened, a tick keeps that note as what shows it; "open" on one that is
    open says no to that note, and leaves the rest to the finder as before.

    Raises:
        Unknown: There is no such promise.
    """
    known = shelf.promises.get(promise_id)
    offered = known.offered
    if state is PromiseState.OPEN and offered is not None:
        settled = known.refused()
    else:
        closed_by = known.closed_by
        if state is PromiseState.DONE and offered is not None and offered.kind is TellingKind.SEEMS_DONE:
            closed_by = offered.quote
        closed_by = None if state is PromiseState.OPEN else closed_by
        settled = replace(known, state=state, closed_by=closed_by, by_hand=True)
    shelf.promises.save([settled])
    meeting = meeting_of_today(shelf, settled.person_id)
    if meeting is not None:
        shelf.meetings.save([meeting.with_promise(settled.id)])
    return settled

"""Promises in a conversation: what is open, a new one, one that was kept, one that no longer holds."""

from collections.abc import Collection, Sequence
from datetime import date

from assistant.conversation.context import Context, Units
from assistant.conversation.undoing import take_back_last
from assistant.desk import PersonDesk
from assistant.domain.event import Change, EventKind, Proposal, Unit
from assistant.domain.note import NoteId
from assistant.domain.promise import Owner, Promise, PromiseState
from assistant.domain.understood import Slot, Understood
from assistant.due import due_date
from assistant.wording import stems

LONGEST = 400


def promises(context: Context, person: PersonDesk, act: Understood) -> Units:
    """What is open, the manager's own first; what was settled lately follows when nothing is."""
    owners = [Owner(act.slot(Slot.OWNER))] if act.slot(Slot.OWNER) else [Owner.ME, Owner.THEM]
    situation = person.situation()
    found = [p for owner in owners for p in situation.open_promises(owner)]
    for each in found:
        yield Unit(EventKind.PROMISE, each)
    if found:
        return
    side = "none_open" if len(owners) > 1 else f"none_open_{'mine' if owners[0] is Owner.ME else 'theirs'}"
    yield context.notice(side, "unknown", name=person.person.first_name)
    settled = [p for p in person.promises() if p.owner in owners and p.state is PromiseState.DONE]
    for each in sorted(settled, key=lambda p: p.made_on)[-2:]:
        day = each.closed_by.day if each.closed_by else each.made_on
        quotes = tuple(q for q in (*each.quotes[-1:], each.closed_by) if q)
        yield context.text("settled_before", quotes, what=each.what, day=day.isoformat())


def promise(context: Context, person: PersonDesk, act: Understood) -> Units:
    """An explicit "remind me": written down at once, the manager's own unless it says otherwise."""
    what = " ".join(act.slot(Slot.WHAT).split()).strip(" .!") or " ".join(context.message.split())
    due = _due(what, context)
    made = person.add_promise(what[:LONGEST], owner=Owner(act.slot(Slot.OWNER) or "me"), due=due)
    when = f", {made.due.isoformat()}" if made.due else ""
    yield context.text("promised", what=made.what, when=when, name=person.person.name)
    yield Unit(EventKind.PROMISE, made)
    yield Unit(EventKind.CARD, Change("promise_made", person.person.id, made.id, "", made.what, "drop it"))


def done(context: Context, person: PersonDesk, act: Understood) -> Units:
    """A promise was kept. What fits best is ticked off; when several fit alike, it asks."""
    yield from _settle(context, person, act, PromiseState.DONE)


def drop(context: Context, person: PersonDesk, act: Understood) -> Units:
    """A promise no longer holds; "drop that" right after a change takes the change back."""
    if not act.slot(Slot.WHAT):
        if context.waiting() is not None:
            yield context.notice("left")
            return
        last = context.last
        if last is not None and any(isinstance(e.body, Change) for e in last.events):
            yield from take_back_last(context)
            return
    yield from _settle(context, person, act, PromiseState.DROPPED)


def _settle(context: Context, person: PersonDesk, act: Understood, state: PromiseState) -> Units:
    if not act.sure and act.slot(Slot.PROMISE):
        yield from propose_done(context, person, "", act.slot(Slot.PROMISE))
        return
    found = fitting(person.promises(), act.slot(Slot.WHAT), {q.note.id for q in context.cited()}, person.person.names)
    if found is None:
        yield context.notice("no_such_promise", "unknown")
        yield from promises(context, person, Understood(act.intent))
        return
    context.desk.settle_promise(found.id, state)
    said = "ticked" if state is PromiseState.DONE else "dropped"
    yield context.text(said, found.quotes, what=found.what, day=context.desk.today.isoformat())
    yield Unit(EventKind.CARD, Change("promise", person.person.id, found.id, PromiseState.OPEN, state, "open it again"))


def fitting(promises: Sequence[Promise], words: str, cited: Collection[NoteId], names: Sequence[str]) -> Promise | None:
    """The open promise that is meant: most words shared, then whether it was just talked about; none on a tie."""
    wanted = stems(words) - stems(" ".join(names))
    scored: list[tuple[int, Promise]] = []
    for each in promises:
        told = " ".join((each.what, *(q.text for q in each.quotes)))
        score = 2 * len(wanted & stems(told)) + any(q.note.id in cited for q in each.quotes)
        if each.state is PromiseState.OPEN and score:
            scored.append((score, each))
    scored.sort(key=lambda pair: -pair[0])
    if not scored or (len(scored) > 1 and scored[0][0] == scored[1][0]):
        return None
    return scored[0][1]


def propose_done(context: Context, person: PersonDesk, words: str, promise_id: str = "") -> Units:
    """News that sounds as if it settled something: proposed, and carried out by a yes.

    Args:
        context: The turn.
        person: Whose promise it is.
        words: The news.
        promise_id: Which promise a model saw in it, if one did.
    """
    seen = next((p for p in person.promises() if p.id == promise_id and p.state is PromiseState.OPEN), None)
    found = seen or fitting(person.promises(), words, (), person.person.names)
    if found is not None and (seen or len(stems(found.what) & stems(words)) >= 2):
        yield context.notice("is_it_done", "proposal", what=found.what)
        yield Unit(EventKind.CARD, Proposal("done", person.person.id, found.what, found.id))


def _due(what: str, context: Context) -> date | None:
    found = due_date(what.casefold(), context.desk.today, context.language)
    return found or (due_date(what.casefold(), context.desk.today, "en") if context.language != "en" else None)

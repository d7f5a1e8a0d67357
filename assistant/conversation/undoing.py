"""Changes of a conversation and their way back. A change is data, so that it can be taken back another day."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace

from assistant.conversation.context import Context, Units
from assistant.desk import Desk
from assistant.domain.conversation import KeptTurn
from assistant.domain.event import Change, Event, EventKind, Notice, Unit
from assistant.domain.promise import PromiseState
from assistant.errors import Unknown


def undo(context: Context) -> Units:
    """Take the newest change of this conversation back."""
    yield from take_back_last(context)


def take_back_last(context: Context) -> Units:
    """The newest change that was not taken back yet."""
    event = _newest(context.turns)
    if event is None or not isinstance(event.body, Change):
        yield context.notice("nothing_to_undo", "unknown")
        return
    change = event.body
    try:
        take_back(context.desk, change)
    except Unknown:
        yield Unit(EventKind.NOTICE, Notice(context.says("gone_already"), "undone", about=event.id))
        return
    said = context.says("undone", what=context.words("changes").get(change.kind, change.kind))
    shown = change.after if change.kind in {"note", "promise_made", "asked"} else ""
    words = f"{said} “{shown}”" if shown else said
    yield Unit(EventKind.NOTICE, Notice(words, "undone", about=event.id))


def take_back_from(desk: Desk, turns: Sequence[KeptTurn], at: int) -> None:
    """Before turns fall away: take back what those from `at` on changed, the newest first."""
    falling = {turn.id for turn in turns[at:]}
    while (event := _newest(turns)) is not None and isinstance(event.body, Change) and event.turn_id in falling:
        with suppress(Unknown):  # it may be gone already
            take_back(desk, event.body)
        turns = [replace(t, events=tuple(e for e in t.events if e.id != event.id)) for t in turns]


def take_back(desk: Desk, change: Change) -> None:
    """Bring the state before a change back.

    Raises:
        Unknown: What was changed is not there any more.
    """
    match change.kind:
        case "note":
            desk.note(change.id)
            desk.delete_note(change.id)
        case "note_moved":
            desk.move_note(change.id, change.before)
        case "promise":
            desk.settle_promise(change.id, PromiseState(change.before))
        case "promise_made":
            desk.settle_promise(change.id, PromiseState.DROPPED)
            if change.before:  # what it took the place of
                desk.settle_promise(change.before, PromiseState.OPEN)
        case "asked":
            desk.person(change.person_id).asked(change.id, later=True)
        case "plan_revised":
            planning = desk.person(change.person_id).planning
            if str(planning.newest().version) != change.id:
                raise Unknown("The plan has a newer version by now.", next="Open the plan and take it back there.")
            planning.undo()
        case _:
            raise Unknown("This change cannot be taken back here.", next="Open the person and change it there.")


def _newest(turns: Sequence[KeptTurn]) -> Event | None:
    """The newest change that still stands."""
    standing: list[Event] = []
    for turn in turns:
        for event in turn.events:
            if isinstance(event.body, Change) and event.body.undo:
                standing.append(event)
            elif isinstance(event.body, Notice) and event.body.code == "undone":
                standing = [e for e in standing if e.id != event.body.about]
    return standing[-1] if standing else None

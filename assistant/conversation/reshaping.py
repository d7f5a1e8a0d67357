"""The last answer in another shape: shorter, only what somebody does, or once more. Nothing new is said."""

from collections.abc import Iterator, Sequence
from datetime import date

from assistant.conversation.context import Context, Units
from assistant.conversation.planning import in_lines
from assistant.domain.brief import Brief
from assistant.domain.conversation import KeptTurn
from assistant.domain.event import Body, EventKind, Notice, Text, Unit
from assistant.domain.origin import Origin
from assistant.domain.plan import Plan, Step
from assistant.domain.promise import Owner, Promise
from assistant.domain.question import Question
from assistant.domain.understood import Slot, Understood

FEW = 2
LOOKS_BACK = 3  # turns
_ABOUT_ITSELF = {"scope", "undone", "help", "declined", "clarify", "proposal", "stopped"}


def shorter(context: Context, act: Understood) -> Units:
    """The last answer in fewer lines: a plan's thread, a brief's story and one question, or the first sentences."""
    turn = _last_answer(context)
    if turn is None:
        yield context.notice("nothing_yet", "unknown")
        return
    context.query = turn.query
    bodies = [event.body for event in turn.events]
    plan = next((b for b in bodies if isinstance(b, Plan)), None)
    brief = next((b for b in bodies if isinstance(b, Brief)), None)
    if plan is not None:
        yield from in_lines(context, plan, act.number(Slot.COUNT, FEW + 1))
    elif brief is not None:
        told = (Text(line.text, line.quotes, origin=line.origin) for line in brief.story[-FEW:])
        yield from (Unit(EventKind.TEXT, each) for each in told)
        yield from (Unit(EventKind.PROMISE, p) for p in brief.mine[:1])
        one = [q for q in brief.questions.questions if q.id == brief.questions.one_question]
        yield from (Unit(EventKind.CARD, q) for q in one)
    else:
        parts = [b for b in bodies if isinstance(b, Text | Promise | Question)]
        kept = _fewer(parts, act.number(Slot.COUNT, FEW)) if parts else [b for b in bodies if _is_answer(b)]
        yield from map(_again, kept)  # that no note tells is short already


def _fewer(parts: Sequence[Text | Promise | Question], most: int) -> Sequence[Text | Promise | Question]:
    """The first of an answer; its last place is for the newest word, so that no outdated one stands alone."""
    most = max(most, 1)
    kept, rest = parts[:most], parts[most:]
    newest = max(rest, key=_newest, default=None)
    if newest is None or _newest(newest) <= max(map(_newest, kept)):
        return kept
    return [*kept[:-1], newest]


def _newest(part: Text | Promise | Question) -> date:
    quotes = part.quotes if isinstance(part, Text) else ()
    return max((quote.day for quote in quotes), default=date.min)


def only_actions(context: Context, act: Understood) -> Units:
    """What somebody does, out of the last answer; else what is open between the two."""
    found: list[Unit] = []
    for turn in [*reversed(context.turns)][:LOOKS_BACK]:
        found = found or [unit for event in turn.events for unit in _actions(context, event.body)]
    if not found and context.person is not None:
        situation = context.person.situation()
        found = [Unit(EventKind.PROMISE, p) for owner in Owner for p in situation.open_promises(owner)]
    yield from found
    if not found:
        yield context.notice("no_actions", "unknown")


def _actions(context: Context, body: Body) -> Iterator[Unit]:
    match body:
        case Plan(threads=threads, origin=origin):
            for thread in threads:
                yield from (_step(context, step, origin) for step in thread.steps.values())
        case Brief(mine=mine, theirs=theirs):
            yield from (Unit(EventKind.PROMISE, p) for p in (*mine, *theirs))
        case Promise():
            yield _again(body)
        case _:
            return


def _step(context: Context, step: Step, origin: Origin) -> Unit:
    owner = context.words("plan")["me" if step.owner is Owner.ME else "them"]
    return Unit(EventKind.TEXT, Text(f"{step.text} ({owner}, {step.due.isoformat()})", step.quotes, origin=origin))


def again(context: Context, act: Understood) -> Units:
    """The last answer as it was."""
    turn = _last_answer(context)
    if turn is None:
        yield context.notice("nothing_yet", "unknown")
        return
    context.query = turn.query
    yield from (_again(e.body) for e in turn.events if _is_answer(e.body))


def _last_answer(context: Context) -> KeptTurn | None:
    """The newest turn that said something about somebody."""
    return next((t for t in reversed(context.turns) if any(_is_answer(e.body) for e in t.events)), None)


def _is_answer(body: Body) -> bool:
    if isinstance(body, Notice):
        return body.code not in _ABOUT_ITSELF
    return isinstance(body, Text | Promise | Question | Brief | Plan)


def _again(body: Body) -> Unit:
    kinds = {Text: EventKind.TEXT, Promise: EventKind.PROMISE, Notice: EventKind.NOTICE}
    return Unit(kinds.get(type(body), EventKind.CARD), body)

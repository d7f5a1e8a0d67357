"""The development plan in a conversation: a draft as it grows, the newest one, and its golden thread in few lines."""

from collections.abc import Iterator

from assistant.conversation.context import Context, Units
from assistant.desk import PersonDesk
from assistant.domain.event import EventKind, Progress, Text, Unit
from assistant.domain.origin import RULES
from assistant.domain.plan import Link, Plan, Step
from assistant.domain.promise import Owner
from assistant.domain.understood import Slot, Understood
from assistant.streaming import ending

LINES = 5
STANDS_ON = 3  # passages that are shown while a model writes


def plan(context: Context, person: PersonDesk, act: Understood) -> Units:
    """A new draft; with a number of lines, its first thread in so many."""
    situation = person.situation()
    count = situation.notes_in_all
    phrase = "reading_one" if count == 1 else "reading"
    yield Unit(EventKind.PROGRESS, Progress(context.says(phrase, count=count)))
    if context.desk.engine.name != RULES:
        proof = sorted((i for i in situation.evidence if i.counts), key=lambda i: (-i.strength, i.id))
        yield from (Unit(EventKind.CITATION, item.quote) for item in proof[:STANDS_ON])
    whole: Plan | None = None
    with ending(person.drafting()) as growing:
        for number, whole in enumerate(growing):
            if not act.slot(Slot.COUNT):
                yield Unit(EventKind.REPLACE if number else EventKind.CARD, whole, "plan")
    if whole is not None and act.slot(Slot.COUNT):
        yield from in_lines(context, whole, act.number(Slot.COUNT, LINES))
    if whole is not None:
        yield from (context.notice("open_question", "unknown", question=q) for q in whole.unknown)


def in_lines(context: Context, whole: Plan, count: int) -> Units:
    """The golden thread of a plan in so many lines, each with its quotes; what no note carries says so."""
    thread = whole.threads[0]
    parts: tuple[tuple[str, Link | Step], ...] = (
        ("passion", thread.passion), ("customer", thread.customer), ("first_step", thread.first_step),
        ("talent", thread.talent), ("value", thread.value), ("support", thread.support),
    )  # fmt: skip
    order = ("passion", "talent", "customer", "value", "first_step", "support")
    chosen = sorted(parts[: max(1, min(count, len(parts)))], key=lambda part: order.index(part[0]))
    yield from (Unit(EventKind.TEXT, text) for text in _told(context, chosen, whole))


def _told(context: Context, chosen: "list[tuple[str, Link | Step]]", whole: Plan) -> Iterator[Text]:
    labels = context.words("plan")
    for name, part in chosen:
        if isinstance(part, Step):
            owner = labels["me" if part.owner is Owner.ME else "them"]
            text = f"{labels[name]}: {part.text} ({owner}, {part.due.isoformat()})"
        else:
            text = f"{labels[name]}: {part.text or part.question}"
        yield Text(text, part.quotes, origin=whole.origin)


def revise(context: Context, person: PersonDesk, act: Understood) -> Units:
    """A wish for the plan: what the notes say to it comes first, then the draft anew."""
    wish = act.slot(Slot.WISH)
    if wish and len(wish.split()) > 2:
        context.query = wish
        yield from person.asking(wish, context.language)
    if person.plan() is None:
        yield context.notice("no_plan", "unknown", name=person.person.name)
        return
    yield from plan(context, person, act)

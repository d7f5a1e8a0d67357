"""Before and after the talk: the brief as it grows, questions to ask, and what was asked or is to come back."""

from itertools import chain

from assistant.conversation.context import Context, Units
from assistant.desk import PersonDesk
from assistant.domain.brief import Brief
from assistant.domain.event import Change, EventKind, Progress, Unit
from assistant.domain.question import Question
from assistant.domain.understood import Slot, Understood
from assistant.streaming import ending

MOST = 6


def prep(context: Context, person: PersonDesk, act: Understood) -> Units:
    """The brief: promises and changes at once, then each question in its place."""
    with ending(person.preparing()) as growing:
        for number, brief in enumerate(growing):
            yield Unit(EventKind.REPLACE if number else EventKind.CARD, brief, "brief")


def question(context: Context, person: PersonDesk, act: Understood) -> Units:
    """As many questions as were asked for; one when no number was said."""
    count = min(act.number(Slot.COUNT, 1), MOST)
    yield Unit(EventKind.PROGRESS, Progress(context.says("thinking", name=person.person.first_name)))
    brief = person.brief(six=count > 3)
    asked = brief.questions
    first = [q for q in asked.questions if q.id == asked.one_question]
    rest = [q for q in asked.questions if q.id != asked.one_question]
    for each in [*first, *rest][: max(count, 1)]:
        yield Unit(EventKind.CARD, each)
    if not asked.questions:
        yield context.notice("no_question", "unknown")


def asked(context: Context, person: PersonDesk, act: Understood) -> Units:
    """A question was asked: it rests for half a year."""
    found = _which(context, act)
    if found is None:
        yield context.notice("which_question", "clarify")
        return
    entry = person.asked(found.handle)
    yield context.text("marked_asked", text=entry.text)
    yield Unit(EventKind.CARD, Change("asked", person.person.id, found.handle, "", entry.text, "let it come back"))


def later(context: Context, person: PersonDesk, act: Understood) -> Units:
    """A question is to come back: it does not rest."""
    found = _which(context, act)
    if found is None:
        yield context.notice("which_question", "clarify")
        return
    entry = person.asked(found.handle, later=True)
    yield context.text("comes_back", text=entry.text)


def _which(context: Context, act: Understood) -> Question | None:
    """The question that is meant: by its number among those shown last, or the only one."""
    shown = _shown_last(context)
    number = act.number(Slot.NUMBER, 0)
    if not number:
        return shown[0] if len(shown) == 1 else None
    try:
        return shown[number - 1 if number > 0 else number]
    except IndexError:
        return None


def _shown_last(context: Context) -> list[Question]:
    for turn in reversed(context.turns):
        bodies = [event.body for event in turn.events]
        found = [b for b in bodies if isinstance(b, Question)]
        found += chain.from_iterable(b.questions.questions for b in bodies if isinstance(b, Brief))
        if found:
            return found
    return []

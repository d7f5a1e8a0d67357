"""From a message to the handlers that answer it: what may be said, what is meant, about whom, one after the other."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from assistant.conversation import asking, noting, planning, preparing, promising, reshaping, telling, undoing
from assistant.conversation.context import Context, Units
from assistant.conversation.scope import ask_whom, bring_into_scope, clear_whom, settled
from assistant.conversation.strangers import names_of, refuse_strangers
from assistant.desk import PersonDesk
from assistant.domain.conversation import TurnStatus
from assistant.domain.event import EventKind, Notice, Unit
from assistant.domain.person import Person
from assistant.domain.policy import PolicyKind
from assistant.domain.understood import Intent, Slot, Turn, Understood
from assistant.errors import AmbiguousPerson, NotAllowed, Refused
from assistant.policy import check_request, stopping_topic
from assistant.wording import spoken_day

LONGEST = 20_000  # characters of one message
_WORD = re.compile(r"[^\W_]")
_THUMBS = {"👍": Intent.YES, "👌": Intent.YES, "✅": Intent.YES, "👎": Intent.NO, "❌": Intent.NO}

_SAID = (Slot.WORDS, Slot.WHAT, Slot.WISH)
_SHOWN_UNSURE = frozenset({Intent.ASK, Intent.TEAM})  # a guess at a question costs nothing; one at an act does

Alone = Callable[[Context], Units]
Free = Callable[[Context, Understood], Units]
About = Callable[[Context, PersonDesk, Understood], Units]
_ALONE: Mapping[Intent, Alone] = {
    Intent.HELP: telling.help_, Intent.THANKS: telling.thanks, Intent.PEOPLE: telling.people,
    Intent.YES: telling.yes, Intent.NO: telling.no, Intent.UNDO: undoing.undo,
}  # fmt: skip
_FREE: Mapping[Intent, Free] = {
    Intent.NOT_ASKED: asking.not_asked, Intent.SHORTER: reshaping.shorter, Intent.AGAIN: reshaping.again,
    Intent.ONLY_ACTIONS: reshaping.only_actions,
}  # fmt: skip
_ABOUT: Mapping[Intent, About] = {
    Intent.ASK: asking.ask, Intent.PREP: preparing.prep, Intent.QUESTION: preparing.question,
    Intent.ASKED: preparing.asked, Intent.LATER: preparing.later, Intent.PROMISES: promising.promises,
    Intent.PROMISE: promising.promise, Intent.DONE: promising.done, Intent.DROP: promising.drop,
    Intent.PROFILE: telling.profile, Intent.PLAN: planning.plan, Intent.REVISE: planning.revise,
    Intent.NOTE: noting.note, Intent.DEBRIEF: noting.debrief, Intent.MOVE: noting.move,
}  # fmt: skip


def answer(context: Context) -> Units:
    """Everything a message brings.

    Raises:
        NotAllowed: The policy stops it.
        AmbiguousPerson: It has to be said who is meant.
        Refused: It cannot be done as asked.
    """
    message = settled(context)
    if len(message) > LONGEST:
        context.kept_message = message[:200] + " …"
        yield context.notice("too_long", "unknown", count=f"{len(message):,}", most=f"{LONGEST:,}")
        return
    if not _WORD.search(message):
        yield from _without_words(context, message)
        return
    topics = context.desk.library.topics()
    stopping = stopping_topic(message, topics)
    if stopping and stopping.kind is PolicyKind.SENSITIVE and (day := asking.private_note(context, message)):
        told = spoken_day(day, context.desk.today) if context.language == "en" else day.isoformat()
        context.status = TurnStatus.DECLINED
        yield context.notice("private", "declined", day=told)
        return
    check_request(message, topics)
    people = context.desk.persons()
    said = _said(context, people)
    context.understood = context.desk.engine.understand(message, said, names_of(people), context.open_promises)
    acts = (context.understood, *context.understood.then)
    for act in acts if len(acts) > 1 else ():
        clear_whom(context, act)  # before anything is done: the answer to "which Dana?" sends the whole message again
    for act in acts:
        yield from _one_of(context, act, acts, people)


def _one_of(context: Context, act: Understood, acts: Sequence[Understood], people: Sequence[Person]) -> Units:
    """One request of a message; what cannot be done of several is said, and the others are done all the same."""
    if act is not acts[0] and not act.sure and act.intent not in _SHOWN_UNSURE:
        words = next((w for slot in _SAID if (w := act.slot(slot))), context.message)
        yield context.notice("part_left", "unknown", words=words)
        return
    try:
        yield from _done(context, act, people)
    except Refused as error:
        if act is acts[-1] or isinstance(error, AmbiguousPerson | NotAllowed):
            raise
        yield Unit(EventKind.NOTICE, Notice(str(error), "unknown"))


def _without_words(context: Context, message: str) -> Units:
    """Nothing that could be read; a thumb up or down answers a proposal."""
    thumb = next((intent for sign, intent in _THUMBS.items() if sign in message), None)
    if thumb is not None and context.waiting() is not None:
        context.understood = Understood(thumb)
        yield from _ALONE[thumb](context)
    elif message.strip().startswith("/"):  # the sign that commands begin with, alone
        yield from telling.help_(context)
    else:
        yield context.notice("no_words" if message.strip() else "empty", "help")


def _done(context: Context, act: Understood, people: Sequence[Person]) -> Units:
    """One request of a message."""
    if act.intent in _ALONE:
        yield from _ALONE[act.intent](context)
    elif act.intent in _FREE:
        yield from _FREE[act.intent](context, act)
    elif act.intent is Intent.TEAM:
        yield from asking.team(context, act)
    elif act.intent is Intent.PROMISES and not act.person and promising.asks_of_all(context):
        refuse_strangers(context, act, people)
        yield from promising.promises_of_all(context, act)
    elif act.intent is Intent.OTHER_ONE:
        yield from asking.other_one(context, context.person, act)
    else:
        yield from bring_into_scope(context, act, people)
        yield from _about_somebody(context, act, people)


def _about_somebody(context: Context, act: Understood, people: Sequence[Person]) -> Units:
    person, last = context.person, context.last
    if act.intent is Intent.SWITCH:  # a name alone: the last question goes to that person, else the brief
        asked = last.query if last is not None else ""
        act = Understood(Intent.ASK, query=asked) if asked else Understood(Intent.PREP)
    if person is not None:
        yield from _ABOUT[act.intent](context, person, act)
    elif act.intent is Intent.ASK and not act.slot(Slot.MET):
        yield from asking.team(context, act)
    else:
        yield from ask_whom(context, people)


def _said(context: Context, people: Sequence[Person]) -> list[Turn]:
    """The turns as the next message may lean on them."""
    names = {person.id: person.name for person in people}
    return [
        Turn(
            t.message, t.intent, names.get(t.person_id, "") if t.person_id else "", t.query,
            partial(context.answered, t),
        )
        for t in context.turns
    ]  # fmt: skip

"""The development plan in a conversation: a draft as it grows, the newest one, and its golden thread in few lines."""

import re
from collections.abc import Iterator
from contextlib import suppress

from assistant.actions.read_wish import later_step_in, read_section, read_wish
from assistant.actions.tell_changes import passages_of
from assistant.conversation.context import Context, Units
from assistant.desk import PersonDesk
from assistant.domain.event import Change, EventKind, Progress, Text, Unit
from assistant.domain.note import NoteId
from assistant.domain.origin import RULES
from assistant.domain.plan import Link, Part, Plan, Section, Step
from assistant.domain.plan_change import WishKind
from assistant.domain.promise import Owner
from assistant.domain.understood import Slot, Understood
from assistant.errors import Invalid
from assistant.streaming import ending

LINES = 5
FEW_WORDS = 2
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
    yield from _noted_here(context, person)
    if situation.is_thin:
        yield from _all_there_is(context, person)
    if whole is not None:
        yield from (context.notice("open_question", "unknown", question=q) for q in whole.unknown)


def _noted_here(context: Context, person: PersonDesk) -> Units:
    """What was noted on this person in this conversation: it stands in no link yet, and is not to be lost sight of."""
    made = [c.id for c in context.shown(Change) if c.kind == "note" and c.person_id == person.person.id]
    here = {note.id: note for note in person.notes()}
    readable = person.desk.readable
    for note_id in made:
        note = here.get(NoteId(note_id))
        if note is not None and (passages := passages_of(readable(note.id))):
            words = " ".join(q.text for q in passages[:STANDS_ON])
            yield context.text("noted_here", tuple(passages[:STANDS_ON]), words=words)


def _all_there_is(context: Context, person: PersonDesk) -> Units:
    """With hardly a note there is no plan yet: what the notes hold, so that the questions can grow from it."""
    yield context.notice("thin", "unknown", name=person.person.first_name)
    for note in person.notes()[-STANDS_ON:]:
        for quote in passages_of(person.desk.readable(note.id))[:STANDS_ON]:
            yield Unit(EventKind.TEXT, Text(f"{quote.day.isoformat()}: “{quote.text}”", (quote,)))


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
    """A wish for the plan. One for a section, in own words or with a way, is done at once; else notes, then a draft."""
    own = _own_words(context)
    if own is not None and person.plan() is not None:
        yield from _reworded(person, *own)
        return
    wish = act.slot(Slot.WISH)
    section = _section_meant(act.slot(Slot.SECTION), wish)
    if section is None and (section := _section_named(context, act.slot(Slot.SECTION))) is not None:
        wish = wish if len(wish.split()) > FEW_WORDS else context.message
    if section is Section.FIRST_STEP:  # what reads a message may know the first step alone
        section = later_step_in(context.message) or section
    if section is not None and person.plan() is not None:
        yield from _revised(context, person, section, wish)
        return
    if wish and wish.casefold() not in {w.casefold() for w in context.words("plain_wishes")["words"]}:
        context.query = wish if len(wish.split()) > FEW_WORDS else context.message
        yield from person.asking(context.query, context.language)
    if person.plan() is None:
        yield context.notice("no_plan", "unknown", name=person.person.name)
        return
    yield from plan(context, person, act)


def _own_words(context: Context) -> tuple[Section, int, str] | None:
    """The section, its thread and the words for it: "change the first step of the plan: …"."""
    found = re.match(context.words("own_words")["says"], context.message.strip(), re.IGNORECASE | re.DOTALL)
    with suppress(Invalid):
        if found:
            return read_section(found["section"]), int(found["thread"] or 1), found["words"].strip()
    return None


def _reworded(person: PersonDesk, section: Section, thread: int, words: str) -> Units:
    yield from _kept(person, section, thread, person.planning.newest(),
                     person.planning.reword(section.value, words, thread=thread))  # fmt: skip


def _section_meant(named: str, wish: str) -> Section | None:
    """The section that a plain wish is for: the one it names, else the first step; None for a wish in words."""
    if not wish or read_wish(wish).kind is WishKind.FREE:
        return None
    for words in (named, wish.rpartition(" ")[2]):
        with suppress(Invalid):
            return read_section(words)
    return Section.FIRST_STEP


def _section_named(context: Context, named: str) -> Section | None:
    """The section that a wish in words speaks of by its name; None where it is for the plan as a whole."""
    with suppress(Invalid):
        return later_step_in(context.message) or read_section(named)
    return None


def _revised(context: Context, person: PersonDesk, section: Section, wish: str) -> Units:
    """One section otherwise, kept as the next version, echoed, undoable."""
    before = person.planning.newest()
    yield from _kept(person, section, 1, before, person.planning.revise(section.value, wish))


def _kept(person: PersonDesk, section: Section, thread: int, before: Plan, made: Plan) -> Units:
    """The next version, and what is different in it."""
    yield Unit(EventKind.CARD, made, "plan")
    was, now = (_words(each.threads[thread - 1].part(section)) for each in (before, made))
    change = Change("plan_revised", person.person.id, str(made.version), was, now, "take the version back")
    yield Unit(EventKind.CARD, change)


def _words(part: Part) -> str:
    return f"{part.text} ({part.due.isoformat()})" if isinstance(part, Step) else str(getattr(part, "text", part))

"""Keeping what the manager says: a note at once, a note filed elsewhere, the telling after a meeting."""

from assistant.conversation.context import Context, Units
from assistant.conversation.promising import propose_done
from assistant.desk import PersonDesk
from assistant.domain.event import Change, EventKind, Notice, Proposal, Unit
from assistant.domain.evidence import Quote
from assistant.domain.note import Note
from assistant.domain.promise import Promise, PromiseState
from assistant.domain.understood import Slot, Understood
from assistant.errors import Choice
from assistant.wording import stems

MOST_SHOWN = 8


def note(context: Context, person: PersonDesk, act: Understood) -> Units:
    """The manager's own words, kept at once, echoed, undoable; what they settle is said."""
    words = act.slot(Slot.WORDS).strip()
    if not words:
        yield context.notice("note_what", "clarify")
        return
    before = {p.id: p.state for p in person.promises()}
    kept = person.add_note(words[:1].upper() + words[1:])
    context.changed.append(kept.id)
    yield context.text("noted", name=person.person.name, day=kept.day.isoformat())
    yield Unit(EventKind.CARD, Change("note", person.person.id, kept.id, "", kept.text, f"delete note {kept.id}"))
    settled = [p for p in person.promises() if p.state is not PromiseState.OPEN and before.get(p.id) == "open"]
    for each in settled:
        yield context.text("settles", _grounds(each), what=each.what)
    made = [p for p in person.promises() if p.id not in before and p.state is PromiseState.OPEN]
    yield from (Unit(EventKind.PROMISE, each) for each in made)
    if not settled and not made:
        yield from propose_done(context, person, words, act.slot(Slot.PROMISE))


def _grounds(promise: Promise) -> tuple[Quote, ...]:
    return tuple(q for q in (*promise.quotes[-1:], promise.closed_by) if q)


def move(context: Context, person: PersonDesk, act: Understood) -> Units:
    """File the note we talk about under somebody else."""
    if not act.slot(Slot.TO):
        yield context.notice("move_to_whom", "clarify")
        return
    found = _meant(context, person)
    if len(found) != 1:
        offered = tuple(Choice(n.id, f"{n.day.isoformat()}: {n.text[:60]}") for n in found[:MOST_SHOWN])
        yield Unit(EventKind.NOTICE, Notice(context.says("move_which"), "clarify", offered))
        return
    [which] = found
    target = context.desk.person(act.slot(Slot.TO))
    if target.person.id == which.person_id:
        yield context.notice("moved_already", name=target.person.name)
        return
    before = which.person_id
    moved = context.desk.move_note(which.id, target.person.id)
    context.changed.append(moved.id)
    yield context.text("moved", day=moved.day.isoformat(), name=target.person.name, words=_begin(moved))
    change = Change("note_moved", target.person.id, moved.id, before, target.person.id, "file it back")
    yield Unit(EventKind.CARD, change)


def _meant(context: Context, person: PersonDesk) -> list[Note]:
    """The note that was made or shown last; of several, the one that the last question fits best."""
    made = [c.id for c in context.shown(Change, turns=1) if c.kind == "note"]
    if made:
        return [context.desk.note(made[-1])]
    cited = {q.note.id: q for q in context.cited(turns=2) if q.note.person_id == person.person.id}
    notes = [context.desk.note(id) for id in cited]
    if len(notes) < 2:
        return notes
    wanted = stems(next((t.query or t.message for t in reversed(context.turns)), "")) - stems(person.person.name)
    scored = sorted(notes, key=lambda n: -len(wanted & stems(n.text)))
    best = [n for n in scored if len(wanted & stems(n.text)) == len(wanted & stems(scored[0].text))]
    return best if wanted and len(best) == 1 else scored


def _begin(note: Note) -> str:
    words = " ".join(note.text.split())
    return words if len(words) <= 80 else words[:80].rsplit(" ", 1)[0] + " …"


def debrief(context: Context, person: PersonDesk, act: Understood) -> Units:
    """A long telling: proposed as a note, since nobody said that it is one."""
    words = act.slot(Slot.WORDS).strip()
    if not words:
        yield context.notice("debrief_how", name=person.person.name)
    elif act.sure:
        yield from note(context, person, act)
    else:
        yield context.notice("keep_long", "proposal", count=len(words), name=person.person.name)
        yield Unit(EventKind.CARD, Proposal("note", person.person.id, words))

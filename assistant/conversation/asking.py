"""Questions about notes: one person's, everybody's apart, who was not asked yet, and the other one that was meant."""

from collections.abc import Sequence
from datetime import date

from assistant.actions.cite import day_in
from assistant.actions.find_person import choices
from assistant.conversation.context import Context, Units, position
from assistant.desk import PersonDesk
from assistant.domain.conversation import KeptTurn
from assistant.domain.event import EventKind, Text, Unit
from assistant.domain.note import NoteId
from assistant.domain.search import Hit
from assistant.domain.understood import Intent, Slot, Understood
from assistant.errors import AmbiguousPerson
from assistant.streaming import ending
from assistant.wording import sentences, stems

MOST_PEOPLE = 3
OTHERS_SHOWN = 3
NEAR_BEST = 0.4  # of the best passage's score; whose notes lie further off are no answer beside it


def ask(context: Context, person: PersonDesk, act: Understood) -> Units:
    """What the notes on the person in scope say."""
    if act.slot(Slot.MET):
        yield from _when_met(context, person)
        return
    context.query = act.query or context.message
    with ending(person.asking(context.query, context.language)) as units:
        yield from units


def _when_met(context: Context, person: PersonDesk) -> Units:
    """The day of the last one-on-one, or that none is on record; and of the next one, where it is planned."""
    name, today = person.person.name, context.desk.today
    row = next(row for row in context.desk.people() if row.person.id == person.person.id)
    if row.last_met is not None:
        days = (today - row.last_met).days
        ago = context.says("ago" if days > 1 else "ago_one" if days else "ago_none", count=days)
        yield context.text("last_met", name=name, day=day_in(context.language, row.last_met, today), ago=ago)
    else:
        yield context.notice("never_met", "unknown", name=name)
        if newest := max((note.day for note in person.notes()), default=None):
            yield context.text("newest_note", name=name, day=day_in(context.language, newest, today))
    if row.next_planned is not None:
        yield context.text("next_met", day=day_in(context.language, row.next_planned, today))
    else:
        yield context.notice("none_planned")


def private_note(context: Context, question: str) -> date | None:
    """The day of the newest note that speaks of what is asked in a passage held back; None when there is none."""
    named = [p for p in context.desk.persons() if any(position(question, name) >= 0 for name in p.names)]
    person = context.desk.person(named[0].id) if len(named) == 1 else context.person
    if person is None or not question.rstrip().endswith("?"):
        return None
    asked = stems(question) - stems(" ".join(person.person.names))
    for note in sorted(person.notes(), key=lambda n: n.day, reverse=True):
        readable = context.desk.readable(note.id)
        held = (note.text[s.start : s.end] for s in sentences(note.text) if not readable.allows(s))
        if any(asked & stems(text) for text in held):
            return note.day
    return None


def team(context: Context, act: Understood) -> Units:
    """A question to everybody's notes, each person's apart; no two people are mixed, and the scope stays."""
    context.query = act.query or context.message
    found = context.desk.search(context.query, limit=12)
    people = [*dict.fromkeys(hit.note.person_id for hit in _nearest(context.query, found.hits))]
    here = context.person.person.id if context.person else None
    if act.intent is Intent.TEAM and here in people:  # "who else?": the others first, then whom we talk about
        people = [*(p for p in people if p != here), here]
    told = 0
    for person_id in people:
        person = context.desk.by_rules().person(person_id)  # a turn asks the model twice at most, whoever is many
        answer = person.ask(context.query, context.language)
        if answer.weak:
            continue
        if not told:
            context.about = person_id
        told += 1
        yield context.notice("team", "scope", name=person.person.name)
        yield from (Unit(EventKind.TEXT, text) for text in answer.sentences if text.quotes)
        if told == MOST_PEOPLE:
            return
    if not told:
        yield context.notice("weak", "weak")


def _nearest(query: str, hits: Sequence[Hit]) -> Sequence[Hit]:
    """The hits that answer about as well as the best: near it, and with a word of the question where that has more."""
    best = max((hit.score for hit in hits), default=0.0)
    near = [hit for hit in hits if hit.score >= best * NEAR_BEST]
    asked = stems(query)
    told = [hit for hit in near if asked & stems(hit.quote.text)]
    return told if any(len(asked & stems(hit.quote.text)) > 1 for hit in told) else near


def not_asked(context: Context, act: Understood) -> Units:
    """Whom a topic was never put to, as far as questions were marked as asked."""
    topic = act.slot(Slot.TOPIC)
    found = context.desk.not_asked(topic)
    if found.pillar is None and topic:
        yield context.notice("no_such_topic", "unknown", topic=topic)
    about = context.says("on_topic", topic=topic) if found.pillar else ""
    for row in found.people:
        name = row.person.name
        if row.last is None:
            yield context.text("never_asked", name=name, about=about)
        else:
            yield context.text("asked_before", name=name, day=row.last.day.isoformat(), text=row.last.text)
    if not found.people:
        yield context.notice("all_asked", about=about)


def other_one(context: Context, person: PersonDesk | None, act: Understood) -> Units:
    """The other person of that name was meant, or another note than the one shown: the last question again."""
    last = context.last
    if last is None:
        yield context.notice("other_than_what", "clarify")
        return
    others = _namesakes(context, person) or _before_a_guess(context, last, person)
    if person is not None and others:
        if len(others) > 1:
            raise AmbiguousPerson(context.says("whom"), choices=choices([p.person for p in others]))
        context.person = others[0]
        yield context.notice("scope", "scope", name=others[0].person.name)
        context.query = last.query
        if last.query:
            yield from others[0].asking(last.query, context.language)
        else:
            yield context.notice("go_on", name=others[0].person.first_name)
        return
    yield from _other_notes(context, person, last.query)


def _namesakes(context: Context, person: PersonDesk | None) -> list[PersonDesk]:
    if person is None:
        return []
    first = person.person.first_name.casefold()
    others = [p for p in context.desk.persons() if p.id != person.person.id]
    return [context.desk.person(p.id) for p in others if p.first_name.casefold() == first]


def _before_a_guess(context: Context, last: KeptTurn, person: PersonDesk | None) -> list[PersonDesk]:
    """Whom the talk was about before it went to somebody whom the last message did not name."""
    if person is None or last.person_before in (None, person.person.id) or last.person_id != person.person.id:
        return []
    named = any(position(last.message, name) >= 0 for name in person.person.names)
    known = {p.id for p in context.desk.persons()}
    before = last.person_before
    return [context.desk.person(before)] if before in known and before is not None and not named else []


def _other_notes(context: Context, person: PersonDesk | None, query: str) -> Units:
    shown: set[NoteId] = {quote.note.id for quote in context.cited()}
    context.query = query
    found = person.other_passages(query, shown)[:OTHERS_SHOWN] if person is not None and query else []
    if not found:
        yield context.notice("no_other", "unknown")
        return
    yield context.notice("others")
    for quote in found:
        yield Unit(EventKind.TEXT, Text(f"{quote.day.isoformat()}: “{quote.text}”", (quote,)))

"""Answers about ourselves and the list: help, people, what is known of somebody, a yes or no to what was proposed."""

from datetime import timedelta

from assistant.conversation.context import Context, Units
from assistant.desk import PersonDesk
from assistant.domain.event import Change, EventKind, Proposal, Text, Unit
from assistant.domain.evidence import Facet
from assistant.domain.promise import Owner, PromiseState
from assistant.domain.understood import Understood

WAITS = timedelta(hours=24)


def help_(context: Context) -> Units:
    """What can be said here."""
    yield context.notice("help", "help")


def thanks(context: Context) -> Units:
    """Courtesy for courtesy."""
    yield context.notice("welcome")


def people(context: Context) -> Units:
    """Who is led, and what is open with each."""
    rows = context.desk.people()
    if not rows:
        yield context.notice("nobody", "unknown")
    for row in rows:
        last = row.last_met.isoformat() if row.last_met else context.says("never")
        yield context.text(
            "people", name=row.person.name, notes=row.notes, last=last, mine=row.mine_open, theirs=row.theirs_open
        )


def profile(context: Context, person: PersonDesk, act: Understood) -> Units:
    """What is known of the three facets, with its proof, and what is not."""
    found = person.profile()
    for facet in Facet:
        view = found.view(facet)
        yield context.text("state", facet=facet.words.capitalize(), state=view.state)
        for statement in view.statements:
            yield Unit(EventKind.TEXT, Text(statement.text, tuple(i.quote for i in statement.evidence)))
    yield from (context.notice("open_question", "unknown", question=gap) for gap in found.gaps)


def yes(context: Context) -> Units:
    """Carry out what was proposed, when it was proposed within a day."""
    event = context.waiting()
    last = context.last
    if event is None or last is None or not isinstance(event.body, Proposal):
        yield context.notice("nothing_waits", "unknown")
        return
    if context.now - last.said_at > WAITS:
        yield context.notice("waited_too_long", "unknown")
        return
    proposal = event.body
    person = context.desk.person(proposal.person_id)
    if proposal.kind == "note":
        kept = person.add_note(proposal.what)
        context.changed.append(kept.id)
        yield context.text("noted", name=person.person.name, day=kept.day.isoformat())
        change = Change("note", person.person.id, kept.id, "", kept.text, f"delete note {kept.id}")
    elif proposal.kind == "promise":
        made = person.add_promise(proposal.what, owner=Owner.ME, due=proposal.due)
        yield context.text("promised", what=made.what, when="", name=person.person.name)
        change = Change("promise_made", person.person.id, made.id, "", made.what, "drop it")
    else:
        done = context.desk.settle_promise(proposal.id, PromiseState.DONE)
        yield context.text("ticked", done.quotes, what=done.what, day=context.desk.today.isoformat())
        change = Change("promise", person.person.id, done.id, PromiseState.OPEN, PromiseState.DONE, "open it again")
    yield Unit(EventKind.CARD, change)


def no(context: Context) -> Units:
    """What was proposed is left."""
    yield context.notice("left" if context.waiting() else "nothing_waits")

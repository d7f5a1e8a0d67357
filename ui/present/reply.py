"""The events of one chat turn as one reply: the payload for a program, the text for a person."""

import shlex
from collections.abc import Iterator, Sequence
from datetime import date

from assistant.conversation import Conversation
from assistant.desk import Desk
from assistant.domain.brief import Brief
from assistant.domain.conversation import KeptTurn, TurnStatus, standing
from assistant.domain.event import Change, End, Event, EventKind, Notice, Progress, Proposal, Text, quotes_in
from assistant.domain.evidence import Evidence, Quote
from assistant.domain.origin import OFFLINE
from assistant.domain.person import Person
from assistant.domain.plan import Plan
from assistant.domain.promise import Promise
from assistant.domain.question import Question
from ui.contract import finds, talks
from ui.contract.base import Payload
from ui.present import found, payloads, tell_found, tell_plan, tell_prep
from ui.present import talks as spoken
from ui.present.paper import sources, wrapped

LONGEST_SHOWN = 200  # characters of what is only proposed
_UNKNOWN = frozenset({"unknown", "weak"})


def reply(
    events: Sequence[Event], people: Sequence[Person], today: date, conversation: Conversation | None = None
) -> talks.ReplyPayload:
    """One reply out of all units of a turn that were not withdrawn.

    Args:
        events: The whole turn; the last one is its end.
        people: Everyone of the account, to name the person of a card.
        today: The day of the view.
        conversation: What it is a turn of, once it has ended.
    """
    last = conversation.turns[-1] if conversation and conversation.turns else None
    kept = standing(events)
    bodies = [e.body for e in kept]
    notices = [b for b in bodies if isinstance(b, Notice)]
    end = next((b for b in reversed(bodies) if isinstance(b, End)), None)
    cards = [card for e in kept for card in _card(e, people, today)]
    return talks.ReplyPayload(
        text="\n".join(b.text for b in bodies if isinstance(b, Text | Notice)),
        person_id=end.person_id if end else None,
        note_ids=payloads.note_ids(q for b in bodies for q in quotes_in(b)),
        cards=cards,
        changes=[_change(b) for b in bodies if isinstance(b, Change)],
        pending=[_pending(b) for b in bodies if isinstance(b, Proposal)],
        clarify=[talks.Clarify(person_id=c.id, name=c.name) for n in notices for c in n.choices],
        declined=any(n.code == "declined" for n in notices),
        unknown=any(n.code in _UNKNOWN for n in notices),
        origin=str(end.origin) if end else "",
        written_by=spoken.written_by(end.origin if end else OFFLINE),
        conversation_id=conversation.id if conversation else "",
        turn_id=last.id if last else "",
        status=end.status if end else "stopped",
    )


def told(event: Event, people: Sequence[Person], today: date) -> str:
    """One unit for a person who reads along; empty when there is nothing to read."""
    match event.body:
        case Text(text=text, quotes=quotes):
            return "\n".join([wrapped(text), *sources(payloads.passages(quotes), 2, said=text)])
        case Notice(text=text, choices=choices):
            return "\n".join([wrapped(text), *(f"  {c.name} ({c.id})" for c in choices)])
        case Brief() as brief:
            return tell_prep.prep(spoken.prep(brief))
        case Plan() as plan:
            return tell_plan.plan(spoken.plan(_who(plan.person_id, people), plan))
        case Promise() as promise:
            return "\n".join(tell_prep.promise_lines(payloads.promise(promise, today), today, ids=True))
        case Evidence() as item:
            return tell_found.evidence(found.evidence(item))
        case Question(text=text, why=why):
            return f"{wrapped(text)}\n{wrapped(f'Why: {why}', 2)}"
        case Quote() as quote:
            return "\n".join(sources([payloads.passage(quote)], 2))
        case Change(undo=undo):
            return f"  (say “undo” to take it back: {undo})"
        case Proposal(what=what):
            return wrapped(f"“{what if len(what) <= LONGEST_SHOWN else what[:LONGEST_SHOWN] + ' …'}”", 2)
        case Progress():
            return ""
        case End(origin=origin):
            return wrapped(f"({origin.says})") if origin.says else ""
        case _:
            return ""


def told_turn(turn: KeptTurn, desk: Desk) -> str:
    """Everything that one turn showed."""
    people = desk.persons()
    shown = [text for event in turn.events if (text := told(event, people, desk.today))]
    return "\n".join([*shown, *(["(stopped)"] if turn.status is TurnStatus.STOPPED else [])])


class Live:
    """The same for somebody who watches: a card that grows is told as it grows, and nothing is told twice."""

    def __init__(self) -> None:
        self._brief: talks.PrepPayload | None = None
        self._plan: Event | None = None
        self._written_by = ""

    def told(self, event: Event, people: Sequence[Person], today: date) -> str:
        """What is new with this unit; empty when there is nothing to read yet."""
        if isinstance(event.body, Brief):
            return self._more_of(spoken.prep(event.body))
        held = self._rest(people, today)
        if isinstance(event.body, End) and event.body.origin.says == self._written_by:
            return held
        if isinstance(event.body, Plan):
            self._plan, self._written_by = event, event.body.origin.says
            return held if event.kind is EventKind.CARD else ""
        return "\n".join(filter(None, (held, told(event, people, today))))

    def _more_of(self, brief: talks.PrepPayload) -> str:
        lines = [] if self._brief else [*tell_prep.head(brief)]
        known = self._brief.questions if self._brief else []
        lines += tell_prep.story(brief.story, len(self._brief.story)) if self._brief else []
        for number, question in enumerate(brief.questions[len(known) :], len(known) + 1):
            lines += tell_prep.growing(number, question)
        self._brief, self._written_by = brief, brief.written_by.says
        return "\n".join(lines)

    def _rest(self, people: Sequence[Person], today: date) -> str:
        """The end of a brief that grew, or a plan, once something else follows."""
        brief, plan, self._brief, self._plan = self._brief, self._plan, None, None
        lines = [*tell_prep.tail(brief)] if brief else []
        return "\n".join([*lines, *([told(plan, people, today)] if plan else [])])


def _card(event: Event, people: Sequence[Person], today: date) -> Iterator[talks.Card]:
    """A unit that is more than a sentence, with what can be done about it."""
    match event.body:
        case Brief() as brief:
            asked = [
                (f"Mark “{q.text}” as asked", f"asked {brief.person.id} {shlex.quote(q.handle)}")
                for q in brief.questions.questions
            ]
            yield _made(event.id, "prep", spoken.prep(brief), asked)
        case Plan() as plan:
            payload = spoken.plan(_who(plan.person_id, people), plan)
            yield _made(event.id, "plan", payload, [("Show it", f"plan {plan.person_id} show")])
        case Promise() as promise:
            done = [("Tick it off", f"promise done {promise.id}"), ("Drop it", f"promise drop {promise.id}")]
            yield _made(event.id, "promise", finds.PromisePayload(promise=payloads.promise(promise, today)), done)
        case Evidence() as item:
            say = [("Confirm", f"evidence confirm {item.id}"), ("Reject", f"evidence reject {item.id}")]
            yield _made(event.id, "evidence", found.evidence(item), say)
        case _:
            return


def _made(card_id: str, kind: str, payload: Payload, actions: Sequence[tuple[str, str]]) -> talks.Card:
    body = payload.model_dump(mode="json")
    return talks.Card(
        id=card_id,
        type=kind,
        body=body,
        actions=[talks.CardAction(label=label, command=f"flourish {does}") for label, does in actions],
    )


def _change(change: Change) -> talks.ChangeView:
    return talks.ChangeView(
        kind=change.kind,
        person_id=change.person_id,
        id=change.id,
        before=change.before,
        after=change.after,
        undo=change.undo,
    )


def _pending(proposal: Proposal) -> talks.ChangeView:
    after = proposal.what if proposal.kind != "done" else "done"
    return talks.ChangeView(
        kind=proposal.kind, person_id=proposal.person_id, id=proposal.id, before="", after=after, undo="say no"
    )


def _who(person_id: str, people: Sequence[Person]) -> Person:
    """The person of a card: the turn is about somebody of this account."""
    return next(p for p in people if p.id == person_id)

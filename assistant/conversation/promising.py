"""Promises in a conversation: what is open, a new one, one that was kept, one that no longer holds."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assistant.conversation.context import Context, Units
from assistant.conversation.undoing import take_back_last
from assistant.desk import PersonDesk
from assistant.domain.brief import Brief
from assistant.domain.conversation import KeptTurn
from assistant.domain.event import Change, EventKind, Notice, Proposal, Unit
from assistant.domain.note import NoteId
from assistant.domain.promise import Owner, Promise, PromiseState
from assistant.domain.understood import Slot, Understood
from assistant.due import due_date
from assistant.prompting import LANGUAGES, offline_words
from assistant.wording import stems

LONGEST = 400
SAME = 0.7  # share of the telling words from which on two promises are one


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which promises are asked for.

    Attributes:
        owners: Whose.
        when: "late", "week" or "open".
    """

    owners: tuple[Owner, ...]
    when: str

    def fits(self, promise: Promise, today: date) -> bool:
        """Whether an open promise is one of them."""
        if self.when == "late":
            return promise.is_overdue(today)
        sunday = today + timedelta(days=6 - today.weekday())
        return self.when == "open" or (promise.due is not None and today <= promise.due <= sunday)

    @property
    def side(self) -> str:
        """The word for whose they are."""
        return "both" if len(self.owners) > 1 else "mine" if self.owners[0] is Owner.ME else "theirs"


def _asked(context: Context, act: Understood) -> _Asked:
    words, said = context.words("owed"), context.message.casefold().replace("’", "'")
    mine, theirs = (bool(re.search(words[side], said)) for side in ("mine", "theirs"))
    owners: tuple[Owner, ...] = (Owner.ME, Owner.THEM)
    if mine is not theirs:
        owners = (Owner.ME,) if mine else (Owner.THEM,)
    elif act.slot(Slot.OWNER):
        owners = (Owner(act.slot(Slot.OWNER)),)
    return _Asked(owners, next((when for when in ("late", "week") if re.search(words[when], said)), "open"))


def asks_of_all(context: Context) -> bool:
    """Whether the promises of everybody are asked for, or nobody is spoken of."""
    said = context.message.casefold().replace("’", "'")
    return context.person is None or bool(re.search(context.words("owed")["all"], said))


def promises_of_all(context: Context, act: Understood) -> Units:
    """The promises that are asked for, each person's apart; that there is none is said once."""
    asked, told = _asked(context, act), False
    for person in context.desk.persons():
        found = _found(context.desk.person(person.id), asked)
        if found:
            yield context.notice("team", "scope", name=person.name)
        for each in found:
            told = True
            yield Unit(EventKind.PROMISE, each)
    if not told:
        yield _none(context, asked, "all", "")


def promises(context: Context, person: PersonDesk, act: Understood) -> Units:
    """What is open, the manager's own first; what was settled lately follows when nothing is."""
    asked = _asked(context, act)
    found = _found(person, asked)
    for each in found:
        yield Unit(EventKind.PROMISE, each)
    if found:
        return
    if asked.when != "open":
        yield _none(context, asked, "one", person.person.first_name)
        return
    side = "none_open" if asked.side == "both" else f"none_open_{asked.side}"
    yield context.notice(side, "unknown", name=person.person.first_name)
    settled = [p for p in person.promises() if p.owner in asked.owners and p.state is PromiseState.DONE]
    for each in sorted(settled, key=lambda p: p.made_on)[-2:]:
        day = each.closed_by.day if each.closed_by else each.made_on
        quotes = tuple(q for q in (*each.quotes[-1:], each.closed_by) if q)
        yield context.text("settled_before", quotes, what=each.what, day=day.isoformat())


def _found(person: PersonDesk, asked: _Asked) -> list[Promise]:
    situation = person.situation()
    every = (p for owner in asked.owners for p in situation.open_promises(owner))
    return [p for p in every if asked.fits(p, situation.today)]


def _none(context: Context, asked: _Asked, of: str, name: str) -> Unit:
    words = context.words("none")
    said = words[f"{of}_{asked.side}"].format(how=words[asked.when], name=name)
    return Unit(EventKind.NOTICE, Notice(said, "unknown"))


def promise(context: Context, person: PersonDesk, act: Understood) -> Units:
    """An explicit "remind me": written down at once, the manager's own unless it says otherwise."""
    what = " ".join(act.slot(Slot.WHAT).split()).strip(" .!") or " ".join(context.message.split())
    owner = Owner(act.slot(Slot.OWNER) or "me")
    before = restated(person.promises(), what, owner, person.person.names)
    due = _due(what, context) or (before.due if before else None)
    made = person.add_promise(what[:LONGEST], owner=owner, due=due)
    when = f", {made.due.isoformat()}" if made.due else ""
    yield context.text("promised", what=made.what, when=when, name=person.person.name)
    yield Unit(EventKind.PROMISE, made)
    if before is not None:
        context.desk.settle_promise(before.id, PromiseState.DROPPED)
        yield context.text("takes_place", before.quotes, day=before.made_on.isoformat(), what=before.what)
    change = Change("promise_made", person.person.id, made.id, before.id if before else "", made.what, "drop it")
    yield Unit(EventKind.CARD, change)


def restated(promises: Sequence[Promise], what: str, owner: Owner, names: Sequence[str]) -> Promise | None:
    """The open promise that words say once more: two words that tell, and most of the fuller one's, are shared."""
    mine = [p for p in promises if p.state is PromiseState.OPEN and p.owner is owner]
    scored = [(_alike(what, p.what, names), p) for p in mine]
    best = max(scored, key=lambda pair: pair[0], default=None)
    return best[1] if best is not None and best[0] >= SAME else None


def _alike(one: str, other: str, names: Sequence[str]) -> float:
    small = [w for code in LANGUAGES for w in offline_words("promising", code)["small"].split()]
    said, told = ({w for w in stems(text) if "'" not in w} - stems(" ".join((*names, *small))) for text in (one, other))
    shared = len(said & told)
    return shared / max(len(said), len(told)) if shared > 1 else 0.0


def done(context: Context, person: PersonDesk, act: Understood) -> Units:
    """A promise was kept. What fits best is ticked off; when several fit alike, it asks."""
    yield from _settle(context, person, act, PromiseState.DONE)


def drop(context: Context, person: PersonDesk, act: Understood) -> Units:
    """A promise no longer holds; "drop that" right after a change takes the change back."""
    if not act.slot(Slot.WHAT) and not act.slot(Slot.NUMBER):
        if context.waiting() is not None:
            yield context.notice("left")
            return
        last = context.last
        if last is not None and any(isinstance(e.body, Change) for e in last.events):
            yield from take_back_last(context)
            return
    yield from _settle(context, person, act, PromiseState.DROPPED)


def _settle(context: Context, person: PersonDesk, act: Understood, state: PromiseState) -> Units:
    if not act.sure and act.slot(Slot.PROMISE):
        yield from propose_done(context, person, "", act.slot(Slot.PROMISE))
        return
    found = _numbered(context, person, act.number(Slot.NUMBER, 0))
    if not act.slot(Slot.NUMBER):
        cited = {q.note.id for q in context.cited()}
        found = fitting(person.promises(), act.slot(Slot.WHAT), cited, person.person.names)
    if found is None:
        yield context.notice("no_such_promise", "unknown")
        yield from promises(context, person, Understood(act.intent))
        return
    context.desk.settle_promise(found.id, state)
    said = "ticked" if state is PromiseState.DONE else "dropped"
    yield context.text(said, found.quotes, what=found.what, day=context.desk.today.isoformat())
    yield Unit(EventKind.CARD, Change("promise", person.person.id, found.id, PromiseState.OPEN, state, "open it again"))


def _numbered(context: Context, person: PersonDesk, number: int) -> Promise | None:
    """The promise of that number among those that were shown last, or else among the open ones; -1 is the last."""
    here = {p.id: p for p in person.promises()}
    turns = ([*_shown_in(turn)] for turn in reversed(context.turns))
    listed = next((shown for turn in turns if (shown := [id for id in turn if id in here])), None)
    if listed is None:
        situation = person.situation()
        listed = [p.id for owner in Owner for p in situation.open_promises(owner)]
    place = number - 1 if number > 0 else len(listed) + number
    found = here[listed[place]] if 0 <= place < len(listed) else None
    return found if found is not None and found.state is PromiseState.OPEN else None


def _shown_in(turn: KeptTurn) -> Iterator[str]:
    for event in turn.events:
        if isinstance(event.body, Promise):
            yield event.body.id
        elif isinstance(event.body, Brief):
            yield from (p.id for p in (*event.body.mine, *event.body.theirs))


def fitting(promises: Sequence[Promise], words: str, cited: Collection[NoteId], names: Sequence[str]) -> Promise | None:
    """The open promise that is meant: most words shared, then whether it was just talked about; none on a tie."""
    wanted = stems(words) - stems(" ".join(names))
    scored: list[tuple[int, Promise]] = []
    for each in promises:
        told = " ".join((each.what, *(q.text for q in each.quotes)))
        score = 2 * len(wanted & stems(told)) + any(q.note.id in cited for q in each.quotes)
        if each.state is PromiseState.OPEN and score:
            scored.append((score, each))
    scored.sort(key=lambda pair: -pair[0])
    if not scored or (len(scored) > 1 and scored[0][0] == scored[1][0]):
        return None
    return scored[0][1]


def propose_done(context: Context, person: PersonDesk, words: str, promise_id: str = "") -> Units:
    """News that sounds as if it settled something: proposed, and carried out by a yes.

    Args:
        context: The turn.
        person: Whose promise it is.
        words: The news.
        promise_id: Which promise a model saw in it, if one did.
    """
    seen = next((p for p in person.promises() if p.id == promise_id and p.state is PromiseState.OPEN), None)
    found = seen or fitting(person.promises(), words, (), person.person.names)
    if found is not None and (seen or len(stems(found.what) & stems(words)) >= 2):
        yield context.notice("is_it_done", "proposal", what=found.what)
        yield Unit(EventKind.CARD, Proposal("done", person.person.id, found.what, found.id))


def _due(what: str, context: Context) -> date | None:
    found = due_date(what.casefold(), context.desk.today, context.language)
    return found or (due_date(what.casefold(), context.desk.today, "en") if context.language != "en" else None)

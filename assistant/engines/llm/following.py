"""A model points at the words of later notes that show what became of open promises. It closes none of them.

It writes no word of its own: what comes back is a promise that was given, one of four outcomes, and a passage. It
counts when it stands letter for letter in what was sent, in a note of a later day than the promise; all else is left
out and counted. A turn gives it one reply and half its time, never the last reply: the questions come first.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from assistant.actions.tell_changes import teller_of
from assistant.actions.tell_pressing import asker
from assistant.domain.evidence import Quote
from assistant.domain.person import PersonId
from assistant.domain.policy import Readable
from assistant.domain.promise import Outcome, Owner, Promise, PromiseKind, Telling, TellingKind
from assistant.domain.situation import Situation
from assistant.engines.llm.budget import CALLS, Budget
from assistant.engines.llm.caller import Caller
from assistant.engines.llm.checks import Senses
from assistant.engines.llm.clean import one_line
from assistant.engines.llm.context import Context, Gatherer
from assistant.engines.llm.data_lines import full_day
from assistant.engines.llm.shapes import FollowItem
from assistant.errors import EngineUnavailable
from assistant.prompting import llm_prompt, llm_words

MOST = 16  # promises and requests in one prompt
MOST_WORDS = 60  # of one quote; more is a story and points at nothing
LONGEST = 300  # characters of the passage a promise was made in
SHOWS = {
    "happened": TellingKind.SEEMS_DONE, "partly": TellingKind.SEEMS_PARTLY, "over": TellingKind.SEEMS_OVER,
}  # fmt: skip


def follow_up(caller: Caller, senses: Senses, situation: Situation) -> Sequence[Outcome] | None:
    """What holds of a model's reading, at most one outcome a promise; None when the turn has no reply to spare.

    Nothing is sent where no note is newer than an open promise.

    Raises:
        EngineUnavailable: The model did not answer at all.
    """
    turn = caller.budget
    if turn is not None and turn.calls < CALLS:
        return None
    gatherer = Gatherer(caller.talk.count, senses.is_sensitive)
    notes = _newest_first((*situation.earlier, *situation.recent), situation.person.id)
    waiting = [p for p in _open(situation, gatherer) if any(r.note.day > said_on(p) for r in notes)][:MOST]
    if not waiting:
        return ()
    promises = {f"P{n}": promise for n, promise in enumerate(waiting, 1)}
    context, told = _data(caller, gatherer, situation, notes, promises)
    aside = caller.talk.aside(turn)
    found: list[Outcome] = []
    try:
        found.extend(_held(caller, senses, situation, context, told, promises, aside))
    except EngineUnavailable:
        if aside.calls:
            raise
        # It replied, and what could be read of it counts: asked again before the next note, it would take a reply from
        # the questions every time.
    finally:
        if turn is not None:
            turn.calls -= 1 - aside.calls
    return tuple(found)


def said_on(promise: Promise) -> date:
    """The day it was last promised: what shows its outcome is newer."""
    return max((quote.day for quote in promise.quotes), default=promise.made_on)


def _newest_first(notes: Sequence[Readable], person_id: PersonId) -> list[Readable]:
    own = [r for r in notes if r.note.person_id == person_id and not r.closed]
    return sorted(own, key=lambda r: (r.note.day, r.note.id), reverse=True)


def _open(situation: Situation, gatherer: Gatherer) -> Iterator[Promise]:
    """The open promises and requests that may travel: the manager's own first, the long unheard of last."""
    mine, theirs = situation.open_promises(Owner.ME), situation.open_promises(Owner.THEM)
    for promise in (*mine, *theirs, *situation.unanswered, *situation.quiet_promises):
        if gatherer.may_travel(promise, situation):
            yield promise


def _data(
    caller: Caller, gatherer: Gatherer, situation: Situation, notes: Sequence[Readable], promises: Mapping[str, Promise]
) -> tuple[Context, str]:
    """The newest notes that fit, told oldest first and from the oldest promise on, and after them the promises."""
    prompt, first = llm_prompt("follow_up"), min(map(said_on, promises.values()))
    listed = "\n".join((llm_words("data")["heads"]["open"], *_lines(promises, situation, gatherer)))
    later, room = [r for r in notes if r.note.day >= first], caller.room(prompt, listed)

    def shown(some: Sequence[Readable]) -> Context:
        return gatherer.of_notes(situation.person, situation.manager, some, situation.today, tokens=room)[0]

    fitting = {passage.note.id for passage in shown(later).passages.values()}
    context = shown([r for r in reversed(later) if r.note.id in fitting])
    return context, f"{context.text}\n{listed}"


def _lines(promises: Mapping[str, Promise], situation: Situation, gatherer: Gatherer) -> Iterator[str]:
    lines, first = llm_words("data")["lines"], one_line(situation.person.first_name)
    teller = teller_of(situation)
    for alias, promise in promises.items():
        request = promise.kind is PromiseKind.REQUEST
        line = "open_asked" if request else "open_mine" if promise.owner is Owner.ME else "open_theirs"
        due = lines["due"].format(day=full_day(promise.due)) if promise.due else ""
        who = (request and one_line(asker(promise, teller))) or first  # a customer may have asked, in a note of theirs
        yield lines[line].format(
            alias=alias, first=who, day=full_day(said_on(promise)), due=due, what=one_line(promise.what)
        )
        said = one_line(promise.quotes[-1].text)[:LONGEST] if promise.quotes else ""
        if said and said != one_line(promise.what) and not gatherer.is_sensitive(said):
            yield lines["open_words"].format(quote=said)


def _held(
    caller: Caller, senses: Senses, situation: Situation, context: Context, data: str,
    promises: Mapping[str, Promise], budget: Budget,
) -> Iterator[Outcome]:  # fmt: skip
    whose = situation.person.account_id, situation.person.id
    call = caller.call("follow", llm_prompt("follow_up"), FollowItem, whose=whose, data=data)
    counts, given = caller.counts(call), set[str]()
    for item in caller.within(budget).items(call, FollowItem):
        if item.shows not in SHOWS:
            continue
        promise = promises.get(item.promise.strip("[](). ").upper())
        passage = context.passages.get(item.note.strip("[]() ").upper())
        quote = passage.quote(item.quote.strip(' “”"')) if passage else None
        if promise is None or promise.id in given:
            counts("promise")
        elif quote is None or len(quote.text.split()) > MOST_WORDS or senses.is_sensitive(quote.text):
            counts("citation")
        elif quote.day <= said_on(promise):
            counts("older")
        elif not _is_told(promise, kind := SHOWS[item.shows], quote):
            given.add(promise.id)
            yield Outcome(promise.id, Telling(kind, quote))


def _is_told(promise: Promise, kind: TellingKind, quote: Quote) -> bool:
    """Whether the rules read the same out of the same note already: that a part of it is done."""
    told = {t.quote.note.id for t in promise.told if t.kind is TellingKind.PARTLY}
    return kind is TellingKind.SEEMS_PARTLY and quote.note.id in told

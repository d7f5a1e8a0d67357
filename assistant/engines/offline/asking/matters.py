"""What a one-on-one could be about this week: live matters and what is known of a facet, each with its passage."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice
from typing import TypeVar

from assistant.actions.cite import LONGEST, Voice, shortened, voice_of
from assistant.actions.list_customers import is_answered
from assistant.actions.tell_changes import passages_of, standing_obstacles, teller_of, weightiest
from assistant.actions.weigh_passage import is_about_them, is_clear, is_comfort, is_praise, names_others, weigh_passage
from assistant.domain.evidence import Evidence, Facet, Quote, Strength, Tense, Topic, Witness
from assistant.domain.note import NoteId, NoteKind, Span
from assistant.domain.profile import FacetState
from assistant.domain.promise import Owner, Promise, PromiseState
from assistant.domain.situation import Situation, newest_first
from assistant.engines.offline.asking.deed import deed_in
from assistant.engines.offline.asking.threads import (
    Thread,
    is_chatter,
    latest_word,
    open_threads,
    sayable,
    sounds_like,
    still_live,
    tells_effect,
)
from assistant.wording import sentence_around, words_in

COMPLAINT_LIVES = timedelta(days=120)
DRAIN_LIVES = timedelta(days=90)
WISH_LIVES = timedelta(days=240)
SOON = timedelta(days=60)
LATELY = timedelta(days=60)
OLDER = 10  # points that a passage from before that loses to a newer one
PRESSES = timedelta(days=14)
LISTS, LISTED = 3, 12  # commas of a bare list, and the points it loses
SOONER = 4  # days ahead that cost a promise one point
ACTS_LIVE = timedelta(days=300)
ASKS_LIVE = timedelta(days=150)
PROMISE_LIVES = 183  # days
SHORTEST_QUOTE = 4
WANES = 8  # days since a promise was last heard of that cost one point
MOST_OF_A_KIND = 30  # newest items of one kind that are weighed
UNSURE = 8
SAYS_MORE = 0.8  # weight for each meaning word of a passage
SHORTEST_PROMISE = 6
NEXT = 3  # characters after a sentence in which the next one has begun
_FROM_CUSTOMERS = {NoteKind.CUSTOMER_QUOTE, NoteKind.CUSTOMER_COMPLAINT}
_OF_OTHERS = re.compile(r"^\W*(?:A|An|The|One|Some|Every|Two)\s+\w+\s+(?:told|said|asked|says|asks|thinks)\b")
NOT_DONE = re.compile(r"\b(?:not|no|never|yet|still|nothing)\b|n['’]t\b", re.IGNORECASE)
_TWO_THOUGHTS = re.compile(r"[.!?]+[\"”']?\s+\w")  # what leads up to a promise is seldom meant for other ears
_GOES_ON = {"aspiration", "thread_wish", "thread_doubt", "thread_pending", "thread_ahead"}
Passage = TypeVar("Passage", Quote, Evidence)
Acts = Callable[[], Sequence[Evidence]]  # `acts_of`, once somebody asks


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing worth asking about.

    Attributes:
        kind: Which phrasings fit (the `matter` of a pattern).
        weight: How pressing it is; orders matters within one set only.
        passage: Where the notes speak of it.
        due: For a promise, its day.
        latest: What a later note says on the same matter.
        beside: Other notes that speak of the same promise: they are no second matter.
    """

    kind: str
    weight: float
    passage: Quote | Evidence
    due: date | None = None
    latest: Quote | None = None
    beside: frozenset[NoteId] = frozenset()

    @property
    def quote(self) -> Quote:
        """The passage's place."""
        return self.passage.quote if isinstance(self.passage, Evidence) else self.passage


def threads_of(situation: Situation) -> list[Thread]:
    """What the notes leave open, as far back as any matter looks: read once for a whole set of questions."""
    return open_threads(situation, within=ASKS_LIVE)


def live_matters(situation: Situation, threads: Sequence[Thread]) -> list[Matter]:
    """Promises, complaints, obstacles, drains and wishes that are open, the most pressing first."""
    found = [
        *_promises(situation),
        *_complaints(situation),
        *_drains(situation),
        *_obstacles(situation),
        *_wishes(situation),
        *_threads(situation, threads),
    ]
    return sorted((_newer_first(m, situation) for m in found), key=order)


def acts_of(situation: Situation) -> list[Evidence]:
    """What others saw the person do well lately, newest first: read once for a whole set of questions."""
    return [item for item in _of(Topic.TALENT, situation, ACTS_LIVE) if item.witness is not Witness.SELF]


def facet_matters(facet: Facet, situation: Situation, threads: Sequence[Thread], acts: Acts) -> list[Matter]:
    """Passages a question about one facet can start from, the best first; none when the notes hold nothing."""
    if facet is Facet.CUSTOMER_VALUE:
        made = _value(situation, threads, acts)
    else:
        made = _passion(situation, acts) if facet is Facet.PASSION else _talent(situation, acts)
    teller = teller_of(situation)
    found = (replace(m, weight=m.weight + weigh_passage(m.passage, teller) * SAYS_MORE) for m in made)
    return sorted((_newer_first(m, situation) for m in found), key=order)


def presses(matter: Matter, situation: Situation) -> bool:
    """Whether it cannot wait: late, due or decided within two weeks, asked and not answered."""
    if matter.kind in {"promise_theirs_late", "promise_mine_late", "complaint"}:
        return True
    if matter.due is not None and timedelta(0) <= matter.due - situation.today <= PRESSES:
        return True
    newest = {p.quotes[-1].note.id for p in situation.promises if p.quotes and _is_near(p, situation)}
    if matter.quote.note.id in newest:  # it speaks of a promise whose day has come
        return True
    recent = situation.today - matter.quote.day <= LATELY
    return matter.kind == "thread_request" and recent


def is_overtaken(matter: Matter, situation: Situation) -> bool:
    """Whether a later note goes on with what a passage leaves open: then that note is the one to ask about."""
    return matter.kind in _GOES_ON and latest_word(matter.quote, situation) is not None


def _is_near(promise: Promise, situation: Situation) -> bool:
    """Whether an open promise is due within two weeks or was in the last two months."""
    if promise.state is not PromiseState.OPEN or promise.due is None:
        return False
    return -LATELY <= promise.due - situation.today <= PRESSES


def _newer_first(matter: Matter, situation: Situation) -> Matter:
    """An older passage gives way to one of the last two months; where there is none, it is asked about all the same."""
    old = situation.today - matter.quote.day > LATELY and not matter.kind.startswith("promise")
    heard = isinstance(matter.passage, Evidence) and matter.passage.witness is Witness.CUSTOMER
    old = old and not heard  # customers speak seldom
    return replace(matter, weight=matter.weight - OLDER) if old else matter


def order(matter: Matter) -> tuple[float, int, str, int]:
    """The weightiest first, then the newest; ids break ties so that every run gives the same order."""
    quote = matter.quote
    return -matter.weight, -quote.day.toordinal(), quote.note.id, quote.span.start


def _age(day: date, situation: Situation) -> int:
    return (situation.today - day).days


def _promises(situation: Situation) -> Iterator[Matter]:
    for owner in Owner:
        for promise in _alive(owner, situation):
            quote = _said_aloud(promise, situation)
            pressing = _pressing(promise, situation) if quote else None
            if quote and pressing:
                kind, weight = pressing
                latest = latest_word(quote, situation)
                heard = max([latest.day if latest else quote.day, *(q.day for q in promise.quotes)])
                beside = frozenset(q.note.id for q in promise.quotes if words_in(q.text) <= SHORTEST_QUOTE)
                yield Matter(kind, weight - _age(heard, situation) / WANES, quote, promise.due, latest, beside)


def _pressing(promise: Promise, situation: Situation) -> tuple[str, float] | None:
    """Which kind of matter an open promise is, and how pressing; None while it is too early to come back to it."""
    today, theirs = situation.today, promise.owner is Owner.THEM
    if promise.is_overdue(today):
        return ("promise_theirs_late", 92) if theirs else ("promise_mine_late", 90)
    if promise.due is not None:
        ahead = promise.due - today
        kind, weight = ("promise_theirs_soon", 88) if theirs else ("promise_mine_soon", 80)
        return (kind, weight - ahead.days / SOONER) if ahead <= SOON and promise.made_on < today else None
    age = _age(promise.made_on, situation)
    if theirs:
        return ("promise_theirs_open", 66) if age >= 14 else None
    return ("promise_mine_late", 72) if age >= 14 else None


def _alive(owner: Owner, situation: Situation) -> Iterator[Promise]:
    """One side's open promises that are young enough to ask about; the first of them, where there are very many.

    What a later note may have settled is ticked off or left open by the manager, and not asked about.
    """
    alive = (p for p in situation.open_promises(owner) if not p.may_be_settled and is_alive(p, situation))
    return islice(alive, MOST_OF_A_KIND)


def promise_quote(promise: Promise) -> Quote | None:
    """The newest passage that says what was promised, rather than that it is not done; None when typed by hand."""
    telling = [q for q in promise.quotes if not NOT_DONE.search(q.text)]
    full = [q for q in telling if words_in(q.text) > SHORTEST_QUOTE]  # "Need till the 19th" says when, not what
    said = full or telling or promise.quotes
    if not said:
        return None
    start = said[-1].text.casefold().find(promise.what.casefold())
    if start < 0 or words_in(promise.what) < SHORTEST_PROMISE:
        return said[-1]
    first = said[-1].span.start + start
    return Quote(said[-1].note, Span(first, first + len(promise.what)))


def is_alive(promise: Promise, situation: Situation) -> bool:
    """Whether a promise can be built on: one thought, half a year past its day at most, or past the day it was made."""
    if _age(promise.due or promise.made_on, situation) > PROMISE_LIVES:
        return False
    told = promise_quote(promise)
    return told is None or not _TWO_THOUGHTS.search(told.text)


def _said_aloud(promise: Promise, situation: Situation) -> Quote | None:
    quote = promise_quote(promise)
    shown = _askable(quote) if quote else None
    return shown if shown and is_clear(shown, teller_of(situation)) else None


def _complaints(situation: Situation) -> Iterator[Matter]:
    for readable in situation.recent:
        note = readable.note
        age = situation.today - note.day
        if note.kind is not NoteKind.CUSTOMER_COMPLAINT or not note.author or age > COMPLAINT_LIVES:
            continue
        passages = [q for q in passages_of(readable) if _askable(q)]
        if not passages:
            continue
        answered = is_answered(readable, situation.recent)
        weight = 62 - age.days / 4 if answered else 94 - age.days / 10
        yield Matter("complaint_answered" if answered else "complaint", weight, _plea(passages))


def _plea(passages: Sequence[Quote]) -> Quote:
    """What the complainant wants, when one sentence says so; else the weightiest."""
    wants = [q for q in passages if any(w in f" {q.text.casefold()} " for w in (" want ", " need ", " would like "))]
    return shortened(wants[-1] if wants else weightiest(passages))


def _drains(situation: Situation) -> Iterator[Matter]:
    for item in _of(Topic.ENERGY_DRAIN, situation, DRAIN_LIVES):
        if names_others(item, teller_of(situation)):
            continue
        own = 80 if item.witness is Witness.SELF else 62
        yield Matter("drain", own - _age(item.day, situation) / 8, item)


def _obstacles(situation: Situation) -> Iterator[Matter]:
    for item in standing_obstacles(situation):
        if (shown := _askable(item)) is not None and not names_others(shown, teller_of(situation)):
            own = 78 if item.witness is Witness.SELF and item.note.kind is not NoteKind.SURVEY_COMMENT else 64
            yield Matter("obstacle", own - _age(item.day, situation) / 6, shown)


def _wishes(situation: Situation) -> Iterator[Matter]:
    for item in _of(Topic.ASPIRATION, situation, WISH_LIVES):
        if _OF_OTHERS.match(item.quote.text) or is_comfort(item):
            continue
        if item.witness is Witness.MANAGER and is_chatter(item.note.kind, situation):
            continue
        if _is_taken_up(item.quote, situation):
            continue
        own = 74 if item.witness is Witness.SELF else 56
        yield Matter("aspiration", own - _age(item.day, situation) / 12, item)


def _is_taken_up(wish: Quote, situation: Situation) -> bool:
    """Whether the very next sentence promises what is wished for: then the promise is asked about."""
    end = sentence_around(wish.note.text, wish.span).end
    told = (q for p in situation.promises for q in p.quotes if q.note.id == wish.note.id)
    return any(q.span.start <= end + NEXT <= q.span.end for q in told)


def _threads(situation: Situation, threads: Sequence[Thread]) -> Iterator[Matter]:
    """What the newest notes leave to come back to."""
    for thread in still_live(threads, situation)[:MOST_OF_A_KIND]:
        if thread.kind == "wish" and _is_taken_up(thread.quote, situation):
            continue
        yield Matter(f"thread_{thread.kind}", thread.weight, thread.quote, thread.due)


def _passion(situation: Situation, acts: Acts) -> Iterator[Matter]:
    state = situation.profile.passion.state
    teller = teller_of(situation)
    own_voices = {Voice.OWN_SAID, Voice.OWN_WROTE}
    for item in _of(Topic.PASSION, situation):
        old = state is FacetState.STALE or _age(item.day, situation) > 180
        own = voice_of(item, teller) in own_voices
        told = 46 if item.witness is Witness.SELF else 38
        if not own and _age(item.day, situation) > PROMISE_LIVES:
            continue  # somebody else's old reading of it
        weight = 58 - _age(item.day, situation) / 6 if own else told - _age(item.day, situation) / 6
        yield Matter("passion_stale" if old and own else "passion_known", weight, item)
    if state in {FacetState.UNKNOWN, FacetState.HINTED}:
        for item in acts():  # what was gained is no answer to what was enjoyed
            deed = 8 if deed_in(item.quote, situation.person) else -LISTED * _is_list(item.quote)
            if item.note.kind in _FROM_CUSTOMERS and not deed:
                continue  # what a customer was glad of need not be what they did gladly
            yield Matter("passion_unknown", 46 + deed - _unsure(item) - _age(item.day, situation) / 8, item)


def _is_list(quote: Quote) -> bool:
    """Whether it only lists what was done, as a log does: nobody says which part of that they did gladly."""
    return quote.text.count(",") >= LISTS


def past_work(situation: Situation, threads: Sequence[Thread]) -> Iterator[Matter]:
    """Where the notes tell what somebody who is new did before."""
    for thread in still_live(threads, situation):
        if thread.kind == "news" and sounds_like("past_work", thread.quote, situation):
            yield Matter("past_work", thread.weight, thread.quote)


def deeds(situation: Situation, threads: Sequence[Thread]) -> Iterator[Matter]:
    """What the newest notes plainly tell the person did, found to be a talent or not."""
    for thread in still_live(threads, situation):
        if deed_in(thread.quote, situation.person):
            yield Matter("talent", thread.weight, thread.quote)


def _talent(situation: Situation, acts: Acts) -> Iterator[Matter]:
    for item in acts():
        deed = 6 if deed_in(item.quote, situation.person) else 0
        strong = 4 if item.strength >= Strength.E3 else 0
        listed = 0 if deed else LISTED * _is_list(item.quote)
        yield Matter("talent", 50 + deed + strong - listed - _unsure(item) - _age(item.day, situation) / 8, item)


def _value(situation: Situation, threads: Sequence[Thread], acts: Acts) -> Iterator[Matter]:
    yield from _complaints(situation)
    yield from _whom_it_serves(situation, threads)
    state = situation.profile.customer_value.state
    for item in _of(Topic.CUSTOMER_VALUE, situation, ACTS_LIVE):
        if item.note.kind is NoteKind.CUSTOMER_COMPLAINT or item.witness is Witness.SELF:
            continue
        if item.witness is Witness.CUSTOMER and not tells_effect(item.quote):
            continue
        heard = 8 if item.witness is Witness.CUSTOMER else 0
        yield Matter("value_known", 52 + heard - _unsure(item) - _age(item.day, situation) / 8, item)
    if state in {FacetState.UNKNOWN, FacetState.HINTED}:
        for item in acts():
            deed = 8 if deed_in(item.quote, situation.person) else 0
            yield Matter("value_unknown", 46 + deed - _unsure(item) - _age(item.day, situation) / 8, item)


def _unsure(item: Evidence) -> int:
    """Points a question loses that starts from a passage no known word points at."""
    return 0 if item.is_worded else UNSURE


def _whom_it_serves(situation: Situation, threads: Sequence[Thread]) -> Iterator[Matter]:
    """The newest notes on whom the work serves: they wonder themselves, somebody asks for it, somebody was served."""
    known = situation.profile.customer_value.state not in {FacetState.UNKNOWN, FacetState.HINTED}
    for thread in threads:
        quote, age = thread.quote, _age(thread.quote.day, situation)
        voice = voice_of(quote, teller_of(situation))
        if voice is Voice.OTHER and thread.kind == "request":
            yield Matter("thread_request", thread.weight, quote)
        elif voice in {Voice.OWN_SAID, Voice.OWN_WROTE} and not known and sounds_like("customers", quote, situation):
            yield Matter("value_asked", 62 - age / 8, quote)
        elif voice is Voice.MANAGER and sounds_like("served", quote, situation):
            if is_about_them(quote, teller_of(situation)):
                yield Matter("value_known" if known else "value_unknown", 52 - age / 4, quote)


def _of(topic: Topic, situation: Situation, within: timedelta | None = None) -> Iterator[Evidence]:
    """Usable items of one topic that can be said aloud, newest first."""
    usable = (i for i in newest_first(situation.about(topic)) if i.counts and i.tense is Tense.CURRENT)
    for item in islice(usable, MOST_OF_A_KIND):
        if within is not None and situation.today - item.day > within:
            continue
        shown = _askable(item)
        if shown is None or not is_clear(shown, teller_of(situation)) or not is_about_them(shown, teller_of(situation)):
            continue
        if topic in {Topic.TALENT, Topic.CUSTOMER_VALUE} and not is_praise(shown, teller_of(situation)):
            continue
        aloud = sayable(shown.quote, teller_of(situation), voice_of(shown, teller_of(situation)))
        if aloud is not None:
            yield replace(shown, quote=aloud)


def _askable(passage: Passage) -> Passage | None:
    """The passage cut to what one can say aloud: a full thought, and no question inside; else None."""
    quote = shortened(passage.quote if isinstance(passage, Evidence) else passage)
    if "?" in quote.text or not SHORTEST_QUOTE <= words_in(quote.text) <= LONGEST:
        return None
    return replace(passage, quote=quote) if isinstance(passage, Evidence) else quote

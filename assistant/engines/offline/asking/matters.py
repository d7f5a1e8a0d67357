"""What a one-on-one could be about this week: live matters and what is known of a facet, each with its passage."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice
from typing import TypeVar

from assistant.actions.cite import LONGEST, Voice, shortened, voice_of
from assistant.actions.list_customers import is_answered
from assistant.actions.tell_changes import TALKS, comes_back, passages_of, standing_obstacles, teller_of, weightiest
from assistant.actions.weigh_passage import is_about_them, is_clear, is_praise, names_others, weigh_passage
from assistant.domain.evidence import Evidence, Facet, Quote, Strength, Tense, Topic, Witness
from assistant.domain.note import NoteKind, Span
from assistant.domain.profile import FacetState
from assistant.domain.promise import Owner, Promise
from assistant.domain.situation import Situation, newest_first
from assistant.engines.offline.asking.deed import deed_in
from assistant.wording import words_in

COMPLAINT_LIVES = timedelta(days=120)
DRAIN_LIVES = timedelta(days=90)
WISH_LIVES = timedelta(days=240)
SOON = timedelta(days=28)
ACTS_LIVE = timedelta(days=300)
TALK_LIVES = timedelta(days=75)
PROMISE_LIVES = 183  # days
SHORTEST_QUOTE = 4
MOST_OF_A_KIND = 30  # newest items of one kind that are weighed
SAYS_MORE = 0.8  # weight for each meaning word of a passage
SHORTEST_PROMISE = 6
_NOT_DONE = re.compile(r"\b(?:not|no|never|yet|still|nothing)\b|n['’]t\b", re.IGNORECASE)
_TWO_THOUGHTS = re.compile(r"[.!?]+[\"”']?\s+\w")  # what leads up to a promise is seldom meant for other ears
Passage = TypeVar("Passage", Quote, Evidence)


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing worth asking about.

    Attributes:
        kind: Which phrasings fit (the `matter` of a pattern).
        weight: How pressing it is; orders matters within one set only.
        passage: Where the notes speak of it.
        due: For a promise, its day.
    """

    kind: str
    weight: float
    passage: Quote | Evidence
    due: date | None = None

    @property
    def quote(self) -> Quote:
        """The passage's place."""
        return self.passage.quote if isinstance(self.passage, Evidence) else self.passage


def live_matters(situation: Situation) -> list[Matter]:
    """Promises, complaints, obstacles, drains and wishes that are open, the most pressing first."""
    found = [
        *_promises(situation),
        *_complaints(situation),
        *_drains(situation),
        *_obstacles(situation),
        *_wishes(situation),
        *_last_talk(situation),
    ]
    return sorted(found, key=_order)


def facet_matters(facet: Facet, situation: Situation) -> list[Matter]:
    """Passages a question about one facet can start from, the best first; none when the notes hold nothing."""
    makers: dict[Facet, Callable[[Situation], Iterator[Matter]]] = {
        Facet.PASSION: _passion,
        Facet.TALENT: _talent,
        Facet.CUSTOMER_VALUE: _value,
    }
    teller = teller_of(situation)
    found = (
        replace(m, weight=m.weight + weigh_passage(m.passage, teller) * SAYS_MORE) for m in makers[facet](situation)
    )
    return sorted(found, key=_order)


def _order(matter: Matter) -> tuple[float, int, str, int]:
    """The weightiest first, then the newest; ids break ties so that every run gives the same order."""
    quote = matter.quote
    return -matter.weight, -quote.day.toordinal(), quote.note.id, quote.span.start


def _age(day: date, situation: Situation) -> int:
    return (situation.today - day).days


def _promises(situation: Situation) -> Iterator[Matter]:
    today = situation.today
    for promise in _alive(Owner.THEM, situation):
        quote = _said_aloud(promise, situation)
        if quote is None:
            continue
        if promise.is_overdue(today):
            yield Matter("promise_theirs_late", 90, quote, promise.due)
        elif promise.due is not None and promise.due - today <= SOON:
            yield Matter("promise_theirs_soon", 84, quote, promise.due)
        elif promise.due is None and 14 <= _age(promise.made_on, situation) <= 180:
            yield Matter("promise_theirs_open", 58, quote)
    for promise in _alive(Owner.ME, situation):
        quote = _said_aloud(promise, situation)
        if quote is None or promise.made_on >= today:
            continue
        if promise.is_overdue(today):
            yield Matter("promise_mine_late", 82, quote, promise.due)
        elif promise.due is not None and promise.due - today <= SOON:
            yield Matter("promise_mine_soon", 61, quote, promise.due)
        elif promise.due is None and 30 <= _age(promise.made_on, situation) <= 180:
            yield Matter("promise_mine_late", 60, quote)


def _alive(owner: Owner, situation: Situation) -> Iterator[Promise]:
    """One side's open promises that are young enough to ask about; the first of them, where there are very many."""
    return islice((p for p in situation.open_promises(owner) if is_alive(p, situation)), MOST_OF_A_KIND)


def promise_quote(promise: Promise) -> Quote | None:
    """The newest passage that says what was promised, rather than that it is not done; None when typed by hand."""
    telling = [q for q in promise.quotes if not _NOT_DONE.search(q.text)]
    said = telling or promise.quotes
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
        weight = (66 if answered else 94) - age.days / 10
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
        own = 74 if item.witness is Witness.SELF else 56
        yield Matter("aspiration", own - _age(item.day, situation) / 12, item)


def _last_talk(situation: Situation) -> Iterator[Matter]:
    """What the newest one-on-one left to come back to: what they proposed, asked for or decided there."""
    talks = [r for r in situation.recent if not r.closed and r.note.kind in TALKS]
    if not talks or situation.today - talks[-1].note.day > TALK_LIVES:
        return
    teller, newest = teller_of(situation), [r for r in talks if r.note.day == talks[-1].note.day]
    told = {r.note.id for r in newest}
    promised = [q for p in situation.promises for q in p.quotes if q.note.id in told]
    rumours = [i.quote for i in situation.evidence if i.witness is Witness.HEARSAY]
    for quote in (q for readable in newest for q in passages_of(readable)):
        taken = any(q.note.id == quote.note.id and q.span.overlaps(quote.span) for q in (*promised, *rumours))
        shown = None if taken or not comes_back(quote) else _askable(quote)
        if shown is not None and is_clear(shown, teller) and is_about_them(shown, teller):
            if not names_others(shown, teller):
                weight = 57 + weigh_passage(shown, teller) - _age(quote.day, situation) / 6
                yield Matter("last_talk", weight, shown)


def _passion(situation: Situation) -> Iterator[Matter]:
    state = situation.profile.passion.state
    teller = teller_of(situation)
    own_voices = {Voice.OWN_SAID, Voice.OWN_WROTE}
    for item in _of(Topic.PASSION, situation):
        old = state is FacetState.STALE or _age(item.day, situation) > 180
        own = voice_of(item, teller) in own_voices
        told = 46 if item.witness is Witness.SELF else 38
        weight = (60 if own else told) - _age(item.day, situation) / 15
        yield Matter("passion_stale" if old and own else "passion_known", weight, item)
    if state in {FacetState.UNKNOWN, FacetState.HINTED}:
        for item in _of(Topic.TALENT, situation, ACTS_LIVE):  # what was gained is no answer to what was enjoyed
            if item.witness is not Witness.SELF:
                deed = 8 if deed_in(item.quote, situation.person) else 0
                yield Matter("passion_unknown", 46 + deed - _age(item.day, situation) / 15, item)


def _talent(situation: Situation) -> Iterator[Matter]:
    for item in _of(Topic.TALENT, situation, ACTS_LIVE):
        if item.witness is not Witness.SELF:
            deed = 6 if deed_in(item.quote, situation.person) else 0
            strong = 4 if item.strength >= Strength.E3 else 0
            yield Matter("talent", 50 + deed + strong - _age(item.day, situation) / 12, item)


def _value(situation: Situation) -> Iterator[Matter]:
    yield from _complaints(situation)
    state = situation.profile.customer_value.state
    for item in _of(Topic.CUSTOMER_VALUE, situation, ACTS_LIVE):
        if item.note.kind is NoteKind.CUSTOMER_COMPLAINT or item.witness is Witness.SELF:
            continue
        heard = 8 if item.witness is Witness.CUSTOMER else 0
        yield Matter("value_known", 52 + heard - _age(item.day, situation) / 12, item)
    if state in {FacetState.UNKNOWN, FacetState.HINTED}:
        for item in _of(Topic.TALENT, situation, ACTS_LIVE):
            if item.witness is not Witness.SELF:
                deed = 8 if deed_in(item.quote, situation.person) else 0
                yield Matter("value_unknown", 46 + deed - _age(item.day, situation) / 12, item)


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
        yield shown


def _askable(passage: Passage) -> Passage | None:
    """The passage cut to what one can say aloud: a full thought, and no question inside; else None."""
    quote = shortened(passage.quote if isinstance(passage, Evidence) else passage)
    if "?" in quote.text or not SHORTEST_QUOTE <= words_in(quote.text) <= LONGEST:
        return None
    return replace(passage, quote=quote) if isinstance(passage, Evidence) else quote

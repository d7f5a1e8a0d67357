"""The first step, the manager's part and the sign that it works. Small, observable, built on what the notes hold."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta

from assistant.actions.cite import SHORTEST, Teller, cite, set_apart, shortened
from assistant.actions.round_off_plan import called
from assistant.actions.tell_changes import standing_obstacles, teller_of
from assistant.actions.weigh_passage import is_clear, names_others
from assistant.domain.evidence import Evidence, Quote, Topic, Witness
from assistant.domain.plan import Step, working_day
from assistant.domain.promise import Owner, Promise
from assistant.domain.situation import Situation, newest_first
from assistant.engines.offline.asking.aloud import few_words, stands_as
from assistant.engines.offline.asking.matters import is_alive, promise_quote
from assistant.engines.offline.asking.phrasing import pronoun_slots
from assistant.engines.offline.asking.turning import taken_on
from assistant.engines.offline.planning.links import Links, speaks_for_themselves
from assistant.prompting import offline_words
from assistant.wording import matter_of, stems, words_in

FRESH = timedelta(days=120)
STILL_MEANT = timedelta(days=60)  # a step is no old debt: what is due for longer is a matter for a talk first
JUST_HEARD = timedelta(days=60)


def first_step(links: Links, situation: Situation, teller: Teller, *, second: bool) -> Step:
    """What they do within two weeks: the next piece of what they agreed, else what closes the first open link."""
    words = offline_words("plan")["first_step"]
    due = working_day(situation.today + timedelta(days=10), situation.today)
    promise = None if second else _serving(situation.open_promises(Owner.THEM), links, situation)
    if promise is not None and (told := promise_quote(promise)):
        quote = shortened(told)
        day = promise.due if promise.due and situation.today <= promise.due <= due else due
        return Step(agreement(quote, teller), Owner.THEM, day, (quote,))
    kind, quote_of = _closing(links, situation)
    quotes = (shortened(quote_of.quote),) if quote_of else ()
    who = called(links.value.note.author) if links.value else ""
    text = words[kind].format(quote=set_apart(quotes[0]) if quotes else "", who=who)
    return Step(text, Owner.THEM, due, quotes)


def agreement(quote: Quote, teller: Teller, *, smaller: bool = False) -> str:
    """What they took on, as one may say it to them; where the words cannot be turned, what they are about.

    Args:
        quote: Where it was agreed; the step cites it.
        teller: The person and the day.
        smaller: Only its first half hour.
    """
    words = offline_words("plan_life")["smaller"] if smaller else offline_words("plan")["first_step"]
    deed = taken_on(quote, teller.person) or stands_as(quote, teller.person)
    text: str = words["agreed" if deed else "quoted" if smaller else "promise"]
    part = few_words(quote, teller.person)
    return text.format(day=teller.day(quote.day), deed=deed, matter=f" ({set_apart(part).rstrip('.')})" if part else "")


def support(links: Links, situation: Situation, teller: Teller, *, second: bool) -> Step:
    """The manager's own part, dated before the first step: a promise to keep, a hindrance to clear, time to free."""
    words, slots = offline_words("plan")["support"], pronoun_slots(situation.person)
    due = working_day(situation.today + timedelta(days=6), situation.today)
    mine = [p for p in situation.open_promises(Owner.ME) if is_alive(p, situation)]
    mine = [p for p in mine if (quote := promise_quote(p)) and is_clear(quote, teller)]
    if mine and not second and (told := promise_quote(mine[0])):
        quote = shortened(told)
        day = mine[0].due if mine[0].due and mine[0].due >= situation.today else due
        return Step(words["promise"].format(day=teller.day(quote.day), quote=set_apart(quote)), Owner.ME, day, (quote,))
    about = _about(links, situation.person.names)
    obstacle = next((item for item in obstacles(situation) if stems(item.quote.text) & about), None)
    if obstacle is not None and not second:
        quote = shortened(obstacle.quote)
        return Step(words["obstacle"].format(quote=set_apart(quote)), Owner.ME, due, (quote,))
    kind = "listen" if links.carried <= 1 else "contact" if links.value is None else "time"
    return Step(words[kind].format_map(slots), Owner.ME, due)


def measure(links: Links, situation: Situation, teller: Teller) -> str:
    """A sign that anybody could see; never a score of the person."""
    return next(measures(links, situation, teller))


def measures(links: Links, situation: Situation, teller: Teller) -> Iterator[str]:
    """Signs that fit what the notes carry, the best first."""
    words, slots = offline_words("plan")["measure"], pronoun_slots(situation.person)
    cited = _cited(links.value, teller) if links.value else ""
    open_ones = [
        kind
        for kind, item in (("customer", links.value), ("passion", links.passion), ("talent", links.talent))
        if item is None
    ]
    first = "listen" if links.carried <= 1 else open_ones[0] if open_ones else "value"
    others = (*open_ones, *(("value",) if links.value else ()), "customer", "plain")
    for kind in dict.fromkeys((first, *others)):
        yield words[kind].format_map(slots | {"cited": cited})


def obstacle_line(links: Links, situation: Situation, teller: Teller) -> str:
    """If this gets in the way, then: only for a hindrance the notes hold and nobody reported gone."""
    about = _about(links, situation.person.names)
    found = next((item for item in obstacles(situation) if stems(item.quote.text) & about), None)
    return tell_obstacle(found) if found else ""


def _about(links: Links, names: Sequence[str]) -> frozenset[str]:
    """Words of meaning in the notes a thread stands on: what gets in the way elsewhere is no matter of this plan."""
    items = (links.passion, links.talent, links.value)
    return frozenset().union(*(matter_of(i.note.text, names) for i in items if i))


def tell_obstacle(item: Evidence) -> str:
    """The if-then line of a hindrance; nothing when its passage is too short to say what it is."""
    if words_in(item.quote.text) < SHORTEST:
        return ""
    said: str = offline_words("plan")["obstacle"]["if_then"].format(quote=shortened(item.quote).text.rstrip(". "))
    return said


def obstacles(situation: Situation) -> Iterator[Evidence]:
    """Hindrances of their own work; one that names somebody else may be somebody else's matter."""
    teller = teller_of(situation)
    yield from (i for i in standing_obstacles(situation) if not names_others(i, teller))


def _serving(promises: tuple[Promise, ...], links: Links, situation: Situation) -> Promise | None:
    """Their open promise that shares meaning words with the thread, else the one that presses; none without a quote."""
    alive = [p for p in promises if is_alive(p, situation) and situation.today - (p.due or p.made_on) <= STILL_MEANT]
    quoted = [(p, quote) for p in alive if (quote := promise_quote(p))]
    said = [p for p, q in quoted if words_in(q.text) > SHORTEST and is_clear(q, teller_of(situation))]
    thread = _about(links, situation.person.names)
    return next((p for p in said if len(stems(p.quotes[-1].text) & thread) >= 2), said[0] if said else None)


def _closing(links: Links, situation: Situation) -> tuple[str, Evidence | None]:
    """Which step closes the first open link, with the passage it is built on."""
    if links.carried <= 1:
        return "listen", None
    if links.value is None:
        return "customer", None
    if links.passion is None:
        return "passion", None
    if links.talent is None:
        return "talent", None
    wish = next(wishes_of(situation), None)
    if wish:
        return "aspiration", wish
    lately = situation.today - links.value.day <= JUST_HEARD  # nobody is asked twice what they have just said
    can_be_asked = speaks_for_themselves(links.value) and called(links.value.note.author)
    return ("value", None) if can_be_asked and not lately else ("show", links.talent)


def wishes_of(situation: Situation) -> Iterator[Evidence]:
    """What they would like to do, in their own words, the newest first."""
    yield from (i for i in newest_first(situation.about(Topic.ASPIRATION)) if _is_wish(i, situation))


def _is_wish(item: Evidence, situation: Situation) -> bool:
    """Whether an aspiration is theirs, said in full, and young enough to try."""
    young = situation.today - item.day <= 2 * FRESH
    full = words_in(item.quote.text) >= SHORTEST and is_clear(item, teller_of(situation))
    return item.counts and item.witness is Witness.SELF and young and full


def _cited(item: Evidence, teller: Teller) -> str:
    return cite(replace(item, quote=shortened(item.quote)), teller)

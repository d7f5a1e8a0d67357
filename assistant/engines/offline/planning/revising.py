"""Another wording for one section of a plan: the next best the notes hold, a smaller piece, another day.

Not the place where a manager's own words go in; those need no engine.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from assistant.actions.cite import Teller, set_apart, shortened
from assistant.actions.read_calendar import away_in
from assistant.actions.round_off_plan import called, drains, learning_goal, tell_drain, tell_move
from assistant.actions.tell_changes import teller_of
from assistant.actions.weigh_passage import is_clear
from assistant.domain.calendar import free_between
from assistant.domain.evidence import Evidence, Facet, Quote
from assistant.domain.plan import FIRST_STEP_WITHIN, LATER, Link, Part, Plan, Section, Step, Thread, working_day
from assistant.domain.plan_change import Revised, Wish, WishKind
from assistant.domain.promise import Owner
from assistant.domain.situation import Situation
from assistant.engines.offline.asking.matters import is_alive, promise_quote
from assistant.engines.offline.asking.phrasing import pronoun_slots
from assistant.engines.offline.planning.days import days_ahead
from assistant.engines.offline.planning.further import further_steps
from assistant.engines.offline.planning.links import Links, candidates, link, same_statement
from assistant.engines.offline.planning.signs import measures
from assistant.engines.offline.planning.steps import about, agreement, obstacles, tell_obstacle, wishes_of
from assistant.engines.offline.planning.threads import customer_link
from assistant.prompting import offline_words
from assistant.wording import stems

MOST = 3
WEEK = timedelta(days=7)
_FACETS = {Section.PASSION: Facet.PASSION, Section.TALENT: Facet.TALENT, Section.VALUE: Facet.CUSTOMER_VALUE}


def revise_section(plan: Plan, thread_no: int, section: Section, wish: Wish, situation: Situation) -> Iterator[Revised]:
    """At most three other wordings, the best first; nothing when the notes hold no other."""
    thread = plan.threads[thread_no - 1]
    teller = teller_of(situation)
    if wish.kind in (WishKind.LATER, WishKind.SOONER):
        until = plan.look_again(situation.today)
        found = _on_another_day(thread, section, wish.kind, situation, until)
    elif wish.kind is WishKind.SMALLER:
        found = _smaller(thread, section, teller)
    elif section in LATER:
        found = (Revised(section, step) for step in _other_later(plan, thread, section, situation, teller))
    elif section.is_link:
        found = _other_links(plan, thread, section, situation, teller)
    elif section.is_step:
        found = (Revised(section, step) for step in _other_steps(thread, section, situation, teller))
    else:
        found = (Revised(section, words) for words in _other_words(thread, section, situation, teller))
    yield from _fitting(found, section, wish)


def _fitting(found: Iterator[Revised], section: Section, wish: Wish) -> Sequence[Revised]:
    """The best for a wish in words: only what shares a word of meaning with it, the nearest first."""
    every = list(found)
    if wish.kind is WishKind.FREE:
        wanted = stems(wish.words) - stems(section.words)
        near = [(len(wanted & stems(_told(each.part))), each) for each in every]
        every = [each for shared, each in sorted(near, key=lambda pair: -pair[0]) if shared]
    return every[:MOST]


def _told(part: Part) -> str:
    if isinstance(part, str):
        return part
    return " ".join((part.text, *(f"{q.note.text} {q.note.author}" for q in part.quotes)))


def _on_another_day(
    thread: Thread, section: Section, kind: WishKind, situation: Situation, until: date
) -> Iterator[Revised]:
    part = thread.part(section)
    if not isinstance(part, Step):
        return
    today = situation.today
    after = max(thread.before(section).due, today) if section in LATER else today
    start = max(part.due, after)
    day = start + WEEK if kind is WishKind.LATER else after + (start - after) // 2
    if section in LATER:
        due = free_between(day, after, until, away_in(situation)) or part.due
    else:
        due = working_day(min(day, today + FIRST_STEP_WITHIN), today)
    if (due > part.due) is (kind is WishKind.LATER) and due != part.due:
        yield Revised(section, replace(part, due=due))


def _smaller(thread: Thread, section: Section, teller: Teller) -> Iterator[Revised]:
    """The first piece of a step only, once."""
    part, words = thread.part(section), offline_words("plan_life")["smaller"]
    if not isinstance(part, Step) or section in LATER or part.text.startswith(words["begins"]):
        return
    if part.quotes:
        smaller = agreement(part.quotes[0], teller, smaller=True)
        yield Revised(section, replace(part, text=smaller))
        return
    text = part.text
    for size in words["sizes"]:
        text = text.replace(size, "").strip()
    yield Revised(section, replace(part, text=words["plain"].format(step=text[:1].lower() + text[1:])))


def _other_links(
    plan: Plan, thread: Thread, section: Section, situation: Situation, teller: Teller
) -> Iterator[Revised]:
    """The next best passages for a link that no thread of the plan stands on."""
    facet = _FACETS.get(section, Facet.CUSTOMER_VALUE)
    used = {q.note.id for each in plan.threads for q in each.link(section).quotes}
    for item in candidates(facet, situation):
        if item.note.id in used:
            continue
        if facet is Facet.CUSTOMER_VALUE:
            yield _other_customer(thread, section, item, situation, teller)
        else:
            more = same_statement(item, facet, situation)
            yield Revised(section, link(section.value, item, situation, teller, more))


def _other_customer(thread: Thread, section: Section, item: Evidence, situation: Situation, teller: Teller) -> Revised:
    """Customer and value stand on one passage: they change together, with the sign that tells of it."""
    parts: dict[Section, Part] = {
        Section.CUSTOMER: customer_link(item, situation, teller),
        Section.VALUE: link("value", item, situation, teller, same_statement(item, Facet.CUSTOMER_VALUE, situation)),
    }
    if Section.MEASURE not in thread.own_words:
        links = Links(_standing(thread.passion, situation), _standing(thread.talent, situation), item)
        parts[Section.MEASURE] = next(measures(links, situation, teller))
    along = tuple((name, part) for name, part in parts.items() if name is not section)
    return Revised(section, parts[section], along)


def _standing(part: Link, situation: Situation) -> Evidence | None:
    """The evidence a link stands on."""
    for quote in part.quotes[:1]:
        for item in situation.evidence:
            if item.note.id == quote.note.id and item.quote.span.overlaps(quote.span):
                return item
    return None


def _other_steps(thread: Thread, section: Section, situation: Situation, teller: Teller) -> Iterator[Step]:
    """Steps out of promises and wishes first, then plain ones; none that says what the plan says already."""
    now = thread.steps[section]
    owner, words = now.owner, offline_words("plan")[section.value]
    used = {(q.note.id, q.span) for q in now.quotes}
    due = max(now.due, situation.today)
    for kind, quote in _grounds(owner, situation, teller):
        if (quote.note.id, quote.span) not in used:
            theirs = kind == "promise" and owner is Owner.THEM
            said = words[kind].format(day=teller.day(quote.day), quote=set_apart(quote))
            text = agreement(quote, teller) if theirs else said
            yield Step(text, owner, due, (quote,))
    who = next((called(q.note.author) for q in thread.value.quotes), "")
    slots = pronoun_slots(situation.person) | {"who": who}
    for kind in offline_words("plan_life")["other_steps"][section.value]:
        text = words[kind].format_map(slots)
        if text != now.text and (who or "{who}" not in words[kind]):
            yield Step(text, owner, due)


def _other_later(plan: Plan, thread: Thread, section: Section, situation: Situation, teller: Teller) -> Iterator[Step]:
    """The next of what the notes hold for after the first step, that no later step of the thread says."""
    served = _standing(thread.value, situation) or _standing(thread.customer, situation)
    links = Links(_standing(thread.passion, situation), _standing(thread.talent, situation), served)
    days = days_ahead(situation, about(links, situation.person.names))
    now, before = thread.steps.get(section), thread.before(section)
    for step in further_steps(links, situation, teller, days, thread.first_step, thread.support):
        wanted = max(now.due if now else step.due, before.due)
        due = free_between(wanted, before.due, plan.look_again(situation.today), days.away)
        if due is not None and step.text not in {each.text for each in thread.then}:
            yield replace(step, due=due)


def _grounds(owner: Owner, situation: Situation, teller: Teller) -> Iterator[tuple[str, Quote]]:
    for promise in situation.open_promises(owner):
        told = promise_quote(promise)
        if told is not None and is_alive(promise, situation) and is_clear(told, teller):
            yield "promise", shortened(told)
    if owner is Owner.THEM:
        yield from (("aspiration", shortened(item.quote)) for item in wishes_of(situation))
    else:
        yield from (("obstacle", shortened(item.quote)) for item in obstacles(situation))


def _other_words(thread: Thread, section: Section, situation: Situation, teller: Teller) -> Iterator[str]:
    """Another sign that it works, another hindrance, another watch-out."""
    if section is Section.MEASURE:
        links = Links(*(_standing(each, situation) for each in (thread.passion, thread.talent, thread.value)))
        found = measures(links, situation, teller)
    elif section is Section.OBSTACLE:
        found = (tell_obstacle(item) for item in obstacles(situation))
    elif section is Section.GOAL:
        found = iter([learning_goal(thread, situation.person)])
    elif section is Section.MOVE:
        found = (tell_move(item, situation.person) for item in drains(situation, teller))
    else:
        found = (tell_drain(item, teller) for item in drains(situation, teller))
    yield from (words for words in found if words and words != thread.part(section))

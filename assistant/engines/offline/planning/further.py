"""What could come after the first step: one thing that the notes already hold, or nothing. It is never thought up.

It goes to whoever is shown how, takes up what somebody asked or what they wish themselves, or goes on to the next of
what was agreed. It says that it depends on the first step, and whoever else it takes is to be asked.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from assistant.actions.cite import SHORTEST, Teller, Voice, set_apart, shortened, voice_of
from assistant.actions.round_off_plan import called
from assistant.actions.weigh_passage import is_clear, names_others
from assistant.domain.calendar import free_between
from assistant.domain.evidence import Quote
from assistant.domain.plan import Step
from assistant.domain.promise import Owner
from assistant.domain.situation import Situation
from assistant.engines.offline.asking.matters import is_alive, promise_quote
from assistant.engines.offline.asking.threads import latest_word, open_threads
from assistant.engines.offline.asking.turning import turned
from assistant.engines.offline.planning.days import Days
from assistant.engines.offline.planning.links import Links, speaks_for_themselves
from assistant.engines.offline.planning.steps import ASKED_WITHIN, FRESH, STILL_MEANT, about, agreement
from assistant.prompting import offline_words
from assistant.wording import matter_of, stems, words_in

ON = timedelta(days=28)  # after the first step
SAME = 3  # words of meaning that two passages of one matter share
WHOLE = 2  # links below which the plan is to listen first


def further_steps(
    links: Links, situation: Situation, teller: Teller, days: Days, first: Step, support: Step
) -> Iterator[Step]:
    """Every further step that the notes carry, the best first.

    Args:
        links: What the thread stands on.
        situation: The notes.
        teller: The person, the manager and the day.
        days: When they are away, and the review.
        first: The first step.
        support: The manager's part; what stands in either is not said once more.
    """
    due = free_between(first.due + ON, first.due, days.review(), days.away)
    if links.carried < WHOLE or due is None:
        return
    used = [q for step in (first, support) for q in step.quotes]
    yield from (replace(step, due=due) for step in _to_whoever_learns(first, situation, teller))
    for step in (*_asked(links, situation, teller), *_agreed(links, situation, teller, first)):
        said = step.quotes[0]
        new = not any(q.note.id == said.note.id and q.span.overlaps(said.span) for q in used)
        if new and latest_word(said, situation) is None:  # what a later note speaks of may have gone on by itself
            yield replace(step, due=due)
    yield from (replace(step, due=due) for step in _to_the_customer(links, first, situation, teller))


def _to_whoever_learns(first: Step, situation: Situation, teller: Teller) -> Iterator[Step]:
    """Somebody who is shown how in the first step does it alone the next time."""
    words = offline_words("plan")
    for quote in first.quotes[:1]:
        who = next(_named_in(quote, teller), "")
        if who and re.search(words["cues"]["shows_how"], quote.text, re.IGNORECASE):
            yield Step(words["then"]["alone"].format(who=who), Owner.THEM, first.due, (quote,), who)


def _asked(links: Links, situation: Situation, teller: Teller) -> Iterator[Step]:
    """What somebody they work for asked of them, then what they wish themselves, the newest first."""
    words, cues = offline_words("plan")["then"], offline_words("plan")["cues"]
    bearing = about(links, situation.person.names)
    known = {i.note.author for i in (links.passion, links.talent, links.value) if i}
    found = sorted(open_threads(situation, within=ASKED_WITHIN), key=lambda t: -t.quote.day.toordinal())
    voiced = [(t.kind, t.quote, voice_of(t.quote, teller)) for t in found if t.kind in {"request", "wish"}]
    for kind, quote, voice in voiced:
        who, first = called(quote.note.author), called(quote.note.author).partition(" (")[0]
        of_the_story = quote.note.author in known or len(stems(quote.text) & bearing) >= SAME
        if voice is Voice.OTHER and kind == "request" and who and of_the_story:
            text = words["request"].format(who=who, day=teller.day(quote.day), quote=set_apart(quote), first=first)
            yield Step(text, Owner.THEM, quote.day, (quote,), first if first in quote.note.author else "")
    for kind, quote, voice in voiced:
        if voice is not Voice.MANAGER or kind != "wish" or situation.today - quote.day > STILL_MEANT:
            continue
        is_next = re.search(cues["comes_next"], quote.text, re.IGNORECASE) and not names_others(quote, teller)
        said = turned(quote, teller.person, by_manager=True) if is_next or stems(quote.text) & bearing else None
        if said is not None and said.way == "wish" and not re.search(cues["points_back"], said.text, re.IGNORECASE):
            who = next(_named_in(quote, teller), "")
            text = words["wish"].format(deed=said.text, day=teller.day(quote.day))
            asks = words["ask_first"].format(who=who) if who else ""
            yield Step(" ".join(filter(None, (text, asks))), Owner.THEM, quote.day, (quote,), who)


def _agreed(links: Links, situation: Situation, teller: Teller, first: Step) -> Iterator[Step]:
    """The next of what they took on that bears on the thread and is not due before."""
    words, bearing = offline_words("plan")["then"], about(links, situation.person.names)
    for promise in sorted(situation.open_promises(Owner.THEM), key=lambda p: p.made_on, reverse=True):
        told = promise_quote(promise)
        fresh = situation.today - promise.made_on <= FRESH and (promise.due is None or promise.due > first.due + ON)
        if told is None or not fresh or not is_alive(promise, situation):
            continue
        clear = words_in(told.text) > SHORTEST and is_clear(told, teller)
        if clear and len(stems(told.text) & bearing) >= SAME:
            quote = shortened(told)
            yield Step(words["agreed"].format(told=agreement(quote, teller)), Owner.THEM, promise.made_on, (quote,))


def _to_the_customer(links: Links, first: Step, situation: Situation, teller: Teller) -> Iterator[Step]:
    """Whoever is better off, once the first step has been for somebody else, or is of the matter they spoke of."""
    value, words = links.value, offline_words("plan")["then"]
    if (
        value is None
        or not first.quotes
        or not speaks_for_themselves(value, situation)
        or not called(value.note.author)
    ):
        return
    quote, names = first.quotes[0], situation.person.names
    who = called(value.note.author).partition(" (")[0]
    other = called(quote.note.author).partition(" (")[0] if voice_of(quote, teller) is Voice.OTHER else ""
    shared = stems(quote.text) & matter_of(value.note.text, names)
    if other and quote.note.author != value.note.author:
        text = words["there_too"].format(first=other, who=who)
    elif not other and len(shared) >= SAME:
        text = words["show"].format(who=who)
    else:
        return
    quotes = (shortened(value.quote), quote) if other else (shortened(value.quote),)
    yield Step(text, Owner.THEM, first.due, quotes, who if who in value.note.author else "")


def _named_in(quote: Quote, teller: Teller) -> Iterator[str]:
    """Other people of the account whom a passage names, as it names them."""
    for mention in quote.note.mentions:
        if mention.person_id != teller.person.id and mention.span.overlaps(quote.span):
            yield quote.note.text[mention.span.start : mention.span.end]

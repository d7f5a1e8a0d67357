"""What every thread has besides its links and steps, whoever found them: a goal in learning form, what to take care of.

A goal here is something to find out, never a quota. What costs energy asks for another shape of the role before it asks
for effort, and work that somebody loves is not to become work that nobody pays for.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from assistant.actions.cite import Teller, author_of, cite, shortened
from assistant.actions.tell_changes import teller_of
from assistant.actions.weigh_passage import is_clear_and_theirs
from assistant.domain.evidence import Evidence, Quote, Tense, Tier, Topic, Witness
from assistant.domain.note import NoteKind
from assistant.domain.person import Person
from assistant.domain.plan import LINKS, Section, Thread
from assistant.domain.situation import Situation, newest_first
from assistant.prompting import offline_words

FRESH = timedelta(days=120)
LONG_AGO = timedelta(days=120)  # after which a customer's words may no longer be how it is


def rounded_off(thread: Thread, situation: Situation, *, first: bool) -> Thread:
    """The thread with a goal, and the first one with what to take care of; what it says already stays."""
    teller = teller_of(situation)
    drain = next(drains(situation, teller), None) if first else None
    return replace(
        thread,
        goal=thread.goal or learning_goal(thread, situation.person),
        move=thread.move or (tell_move(drain, situation.person) if drain else ""),
        watch_out=" ".join(tell_cautions(thread, drain, teller))
        if first and not thread.watch_out
        else thread.watch_out,
    )


def learning_goal(thread: Thread, person: Person) -> str:
    """What this thread is to find out: the first open link, else how the talent reaches further."""
    return goals_of(thread, person)[goal_kind(thread)]


def goals_of(thread: Thread, person: Person) -> dict[str, str]:
    """Every goal a thread could have, by its kind."""
    told, who = offline_words("plan")["goal"], served_by(thread)
    return {kind: text.format(who=who, **_slots(person)) for kind, text in told.items()}


def goal_kind(thread: Thread) -> str:
    """Which goal fits: by the first open link; with none, by what is least sure of the story the links tell.

    That is whether somebody served is known by name, whether what draws them was said by them, whether it reached
    anybody beyond a colleague, and whether those it reached spoke of it long before the rest.
    """
    if len(thread.gaps) == len(LINKS):
        return "listen"
    if thread.value.is_gap or thread.customer.is_gap:
        return "customer"
    if thread.passion.is_gap:
        return "passion"
    if thread.talent.is_gap:
        return "talent"
    if not served_by(thread):
        return "unheard"
    if thread.passion.tier is not Tier.THEIR_WORDS:
        return "unsaid"
    gain = thread.value.quotes[0]
    if gain.note.kind is NoteKind.PEER_FEEDBACK:
        return "colleague"
    told = [q.day for link in (thread.passion, thread.talent) for q in link.quotes]
    return "since" if max(told, default=gain.day) - gain.day > LONG_AGO else "whole"


def served_by(thread: Thread) -> str:
    """Who is better off, as one would say it in a sentence: the author of the passage; empty when nobody is heard."""
    link = thread.link(Section.CUSTOMER)
    name = called(link.quotes[0].note.author) if link.quotes else ""
    return name if name and name.split()[-1] in link.text else ""


def called(author: str) -> str:
    """A note's author within a sentence: `Ana Ruiz`, or `the director of facilities`; empty for what is nobody.

    A survey or a log book cannot be asked, and is no customer.
    """
    bare = author_of(author).partition(" (")[0].strip()
    if re.search(offline_words("plan")["cues"]["source"], bare, re.IGNORECASE):
        return ""
    is_role = bare[-1:].isalpha() and bare.split()[-1].islower()
    return f"the {bare[:1].lower()}{bare[1:]}" if is_role else bare


def drains(situation: Situation, teller: Teller) -> Iterator[Evidence]:
    """What costs them energy these months, in their own words, the newest first."""
    for item in newest_first(situation.about(Topic.ENERGY_DRAIN)):
        fresh = situation.today - item.day <= FRESH and item.tense is Tense.CURRENT
        own = item.witness is Witness.SELF and not _is_wish(item.quote.text)
        if item.counts and fresh and own and is_clear_and_theirs(item, teller):
            yield item


def _is_wish(text: str) -> bool:
    words = offline_words("plan")["cues"]
    return bool(re.search(words["wish"], text, re.IGNORECASE)) and not re.search(words["less"], text, re.IGNORECASE)


def tell_drain(item: Evidence, teller: Teller) -> str:
    """The watch-out about what costs energy."""
    said: str = offline_words("plan")["watch_out"]["drain"].format(cited=_cited(item, teller))
    return said


def tell_move(item: Evidence, person: Person) -> str:
    """How the role could take another shape: hand it over, let it be done by itself, or change what surrounds it."""
    words, text = offline_words("plan"), item.quote.text
    kind = next(
        (k for k in ("hand_over", "automate") if re.search(words["cues"][k], text, re.IGNORECASE)), "re_energise"
    )
    quote = shortened(item.quote).text.rstrip(". ")
    said: str = words["move"][kind].format(quote=quote, **_slots(person))
    return said


def tell_cautions(thread: Thread, drain: Evidence | None, teller: Teller) -> Iterator[str]:
    """At most two: what drains; love for the work given in own time; much that hangs on one person."""
    words = offline_words("plan")
    told = [tell_drain(drain, teller)] if drain else []
    for kind in ("unpaid", "sole"):
        for quote in (*thread.passion.quotes[:1], *thread.talent.quotes[:1], *thread.value.quotes[:1]):
            if re.search(words["cues"][kind], quote.text, re.IGNORECASE):
                told.append(words["watch_out"][kind].format(cited=_cited(quote, teller), **_slots(teller.person)))
                break
    yield from told[:2]


def _slots(person: Person) -> dict[str, str]:
    """The person as sentences name them."""
    p = person.pronouns
    return {"name": person.first_name, "they": p.value, "them": p.object, "their": p.possessive}


def _cited(passage: Evidence | Quote, teller: Teller) -> str:
    if isinstance(passage, Evidence):
        return cite(replace(passage, quote=shortened(passage.quote)), teller)
    return cite(shortened(passage), teller)

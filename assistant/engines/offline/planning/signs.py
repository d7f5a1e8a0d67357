"""The sign that a plan works: something that anybody could see, held against what the notes tell of the customer."""

import re
from collections.abc import Iterator

from assistant.actions.cite import SHORTEST, Teller, set_apart, shortened
from assistant.actions.round_off_plan import called
from assistant.domain.evidence import Evidence, Quote, Topic
from assistant.domain.note import Span
from assistant.domain.plan import Step
from assistant.domain.situation import Situation
from assistant.engines.offline.asking.phrasing import pronoun_slots
from assistant.engines.offline.asking.threads import tells_effect
from assistant.engines.offline.planning.links import Links, effect_in, speaks_for_themselves
from assistant.prompting import offline_words
from assistant.wording import MONTHS, sentences, words_in

LONGEST = 16  # words of the passage a sign is held against; the whole of it stands with the customer
_CLOCK = re.compile(r"\b\d{1,2}[.:]\d{2}\b|\b(?:19|20)\d\d\b|\b\d{1,2}(?:st|nd|rd|th)\b")
_DATE = re.compile(rf"\b\d{{1,2}}\.?(?:\s?[–-]\s?\d{{1,2}}\.?)? (?:de )?(?:{'|'.join(MONTHS)})\b", re.IGNORECASE)


def measure(links: Links, situation: Situation, teller: Teller, step: Step) -> str:
    """A sign that anybody could see; never a score of the person.

    Args:
        links: What the thread stands on.
        situation: The notes.
        teller: The person, the manager and the day.
        step: The first step; one that both agreed on is there or it is not.
    """
    told = next(measures(links, situation, teller))
    if not links.carried or not step.quotes or not situation.open_promises(step.owner):
        return told
    if not any(q.note.id == step.quotes[0].note.id for p in situation.open_promises(step.owner) for q in p.quotes):
        return told
    kept: str = offline_words("plan")["measure"]["kept"]
    return f"{kept} {told}"


def measures(links: Links, situation: Situation, teller: Teller) -> Iterator[str]:
    """Signs that fit what the notes carry, the best first."""
    words, slots = offline_words("plan")["measure"], pronoun_slots(situation.person)
    open_ones = [
        kind
        for kind, item in (("customer", links.value), ("passion", links.passion), ("talent", links.talent))
        if item is None
    ]
    if not links.carried:
        yield words["listen"].format_map(slots)
    if not open_ones and links.value is not None:
        yield _like(links.value, situation, teller)
    for kind in dict.fromkeys((*open_ones, "customer", "plain")):
        yield words[kind].format_map(slots)
    if open_ones and links.value is not None:
        yield _like(links.value, situation, teller)


def _like(value: Evidence, situation: Situation, teller: Teller) -> str:
    """One more difference like the one the notes tell of; a number is counted again."""
    words, quote = offline_words("plan")["measure"], _short(effect_in(value.quote), situation)
    who = called(value.note.author) if speaks_for_themselves(value, situation) else ""
    kind = "seen" if not who else "number" if _counts(quote.text) else "heard"
    told: str = words[kind].format(who=who, day=teller.day(quote.day), quote=set_apart(quote))
    return told


def _counts(text: str) -> bool:
    """Whether there is a number in it that is no day, no year and no hour."""
    return bool(re.search(r"\d", _DATE.sub("", _CLOCK.sub("", text))))


def _short(quote: Quote, situation: Situation) -> Quote:
    """A few words of the passage, those with a number where it has one."""
    text = quote.text
    parts = [Quote(quote.note, Span(quote.span.start + s.start, quote.span.start + s.end)) for s in sentences(text)]
    full = [part for part in parts if words_in(part.text) > SHORTEST] or [quote]
    found = [i.quote.span for i in situation.about(Topic.CUSTOMER_VALUE) if i.note.id == quote.note.id]

    def says(part: Quote) -> tuple[bool, bool, bool, int]:
        shown = any(span.overlaps(part.span) for span in found)
        return _counts(part.text), tells_effect(part), shown, -part.span.start

    best = max(full, key=says)
    return shortened(best, LONGEST)

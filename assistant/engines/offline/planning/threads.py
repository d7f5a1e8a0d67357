"""Golden threads: passion and talent to a customer who is better off, a first step, the manager's part, a sign."""

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.actions.cite import Teller, author_of, cite, shortened, tier_of
from assistant.actions.round_off_plan import called, drains, tell_cautions
from assistant.domain.evidence import Evidence, Facet, Quote, Topic, Witness
from assistant.domain.note import Span
from assistant.domain.plan import Link, Thread
from assistant.domain.situation import Situation
from assistant.engines.offline.asking.deed import deed_in
from assistant.engines.offline.asking.threads import names_served
from assistant.engines.offline.planning.days import Days, days_ahead
from assistant.engines.offline.planning.further import further_steps
from assistant.engines.offline.planning.links import (
    Links,
    deed_in_quote,
    effect_in,
    find_links,
    is_one_chain,
    is_outside,
    link,
    same_statement,
    speaks_for_themselves,
)
from assistant.engines.offline.planning.signs import measure
from assistant.engines.offline.planning.steps import about, first_step, obstacle_line, support
from assistant.prompting import offline_words
from assistant.wording import sentences

MOST = 2
MOST_CAUTIONS = 3
_BECAUSE = re.compile(
    r"\bI (?:really |still |just )?(?:like|love|enjoy|care about|am happiest|am proudest)\b[^.;!?\"“”:]{6,90}"
)
_HEADED = (  # "What I'd like more of: showing the young ones …" and "Enjoy: running down …" of reviews
    (re.compile(r"\bwhat i'd like more of: ?([a-z][^.;!?\"“”:]{6,90})", re.IGNORECASE), "I'd like more of"),
    (re.compile(r"\bwhat i (?:like|enjoy) (?:most|best)?: ?([a-z][^.;!?\"“”:]{6,90})", re.IGNORECASE), "I like"),
    (re.compile(r"^enjoys?: ?([a-z][^.;!?\"“”:]{6,90})", re.IGNORECASE), "I enjoy"),
)
_SO_THAT = re.compile(r"\bso that ((?:[a-z]+ ){1,4}can [^.;!?\"“”:]{6,80})", re.IGNORECASE)


def golden_threads(situation: Situation) -> Iterator[Thread]:
    """One or two threads; with nothing known it is one thread of gaps whose first step is to listen.

    A second one begins with what they said themselves: two goals that somebody else saw for them are one too many.
    """
    teller = Teller(situation.person, situation.manager, situation.today)
    for number, links in enumerate(find_links(situation, MOST)):
        if number and not (
            links.passion and links.passion.witness is Witness.SELF and speaks_for_themselves(links.value, situation)
        ):
            return
        yield _thread(links, situation, teller, second=number > 0)


def _thread(links: Links, situation: Situation, teller: Teller, *, second: bool) -> Thread:
    days = days_ahead(situation, about(links, situation.person.names))
    step = first_step(links, situation, teller, days, second=second)
    thread = Thread(
        passion=link(
            "passion", links.passion, situation, teller, same_statement(links.passion, Facet.PASSION, situation)
        ),
        talent=link("talent", _deed(links), situation, teller, same_statement(links.talent, Facet.TALENT, situation)),
        customer=customer_link(links.value, situation, teller),
        value=_link(Facet.CUSTOMER_VALUE, _gain(links), situation, teller),
        first_step=step,
        support=support(links, situation, teller, step, second=second),
        measure=measure(links, situation, teller, step),
        sentence=_sentence(links, situation),
        obstacle="" if second else obstacle_line(links, situation, teller),
        look_again=days.review(),
    )
    if not second:
        thread = replace(thread, then=tuple(further_steps(links, situation, teller, days, step, thread.support))[:1])
    told = [] if second else [*_told_days(days, teller)]
    if not told:
        return thread
    drain = next(drains(situation, teller), None)
    return replace(thread, watch_out=" ".join([*told, *tell_cautions(thread, drain, teller)][:MOST_CAUTIONS]))


def _deed(links: Links) -> Evidence | None:
    return links.talent and deed_in_quote(links.talent, links.value)


def _gain(links: Links) -> Evidence | None:
    """What is different for them, without what was done: that stands with the customer."""
    return links.value and replace(links.value, quote=effect_in(links.value.quote))


def _told_days(days: Days, teller: Teller) -> Iterator[str]:
    """What the plan goes around, with the passage that says so."""
    words = offline_words("plan")["watch_out"]
    for gone in days.away[-1:]:
        kind = "away" if gone.end else "open_away"
        yield words[kind].format(cited=cite(shortened(gone.quote), teller))
    if days.deciding is not None:
        yield words["decides"].format(cited=cite(shortened(days.deciding.quote), teller))


def _link(facet: Facet, item: Evidence | None, situation: Situation, teller: Teller) -> Link:
    name = "value" if facet is Facet.CUSTOMER_VALUE else str(facet)
    return link(name, item, situation, teller, same_statement(item, facet, situation))


def customer_link(value: Evidence | None, situation: Situation, teller: Teller) -> Link:
    """Who is served, by name when they are heard; the passage alone when it only tells of them."""
    if value is None:
        return link("customer", None, situation, teller)
    if not (speaks_for_themselves(value, situation) and called(value.note.author)):
        shown = replace(value, quote=shortened(value.quote))
        words = offline_words("plan")
        heard = any(is_outside(i) and i.counts for i in situation.about(Topic.CUSTOMER_VALUE))
        kind = "customer_told" if heard else "customer_seen"
        text = words["links"][kind].format(cited=cite(shown, teller))
        return Link(text, tier_of(shown, teller), (shown.quote,), words["questions"]["customer_seen"])
    made = link("customer", value, situation, teller)
    if value.witness is Witness.PEER and not names_served(value.note.text):
        first = author_of(value.note.author).partition(" (")[0]
        return replace(made, question=offline_words("plan")["questions"]["end_user"].format(who=first))
    return made


def _sentence(links: Links, situation: Situation) -> str:
    """Because I …, I …, so that … can …: only when every part stands in the notes word for word."""
    if links.passion is None or links.talent is None or links.value is None:
        return ""
    because = _because(links.passion)
    deed = deed_in(links.talent.quote, situation.person)
    if not because or deed is None:
        return ""
    words = offline_words("plan")["sentence"]
    parts = {"because": because, "deed": deed.text.replace("your ", "my ")}
    so_that = _SO_THAT.search(links.value.quote.text)
    if so_that is not None:
        told: str = words["whole"].format(**parts, so_that=so_that.group(1).strip())
        return told
    if not speaks_for_themselves(links.value, situation) or links.value.note.id == links.talent.note.id:
        return ""
    if not is_one_chain(links, situation.person.names):
        return ""
    whole = effect_in(links.value.quote)
    first = next(iter(sentences(whole.text)))
    said = Quote(whole.note, Span(whole.span.start + first.start, whole.span.start + first.end))
    heard: str = words["heard"].format(**parts, who=called(links.value.note.author), said=shortened(said).text)
    return heard


def _because(passion: Evidence) -> str:
    """What they like, in the first person; empty when they did not say it in words that a sentence can begin with."""
    if passion.witness is not Witness.SELF:
        return ""
    text = passion.quote.text
    if found := _BECAUSE.search(text):
        return found.group(0).strip()
    for pattern, begins in _HEADED:
        if found := pattern.search(text):
            return f"{begins} {found.group(1).strip()}"
    return ""

"""A model's golden threads, link by link. A link without proof becomes a gap with its question."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from assistant.actions.cite import cite, tier_of_all
from assistant.actions.read_calendar import away_in
from assistant.actions.tell_changes import teller_of
from assistant.domain.calendar import back_on, free_between, there_on
from assistant.domain.evidence import Evidence, Quote, Tier, Topic, Witness
from assistant.domain.origin import Origin
from assistant.domain.plan import FIRST_STEP_WITHIN, LATER, Link, Section, Step, Thread, review_day, working_day
from assistant.domain.profile import FacetState
from assistant.domain.promise import Owner
from assistant.domain.situation import Situation
from assistant.engines.llm.asking import LeaveOut
from assistant.engines.llm.checks import Checker, shown, supposes
from assistant.engines.llm.shapes import LaterItem, LinkItem, SaidItem, StepItem, ThreadItem
from assistant.prompting import llm_words, offline_words
from assistant.wording import stems

MOST = 2
ON = timedelta(days=21)  # a later step without a day comes so long after the one before it
SHARED = 2  # words of meaning that an "if" has from the note it cites
_VAGUE = "customer business stakeholder team company everybody everyone people"


def checked_threads(
    items: Iterable[ThreadItem], checker: Checker, origin: Origin, leave_out: LeaveOut
) -> Iterator[Thread]:
    """One or two threads; a second only when it stands on passages of its own and has no gap."""
    first: Thread | None = None
    for item in items:
        thread = _thread(item, checker, origin, leave_out)
        if first is None:
            first = thread
            yield thread
        elif not thread.gaps and not _places(first) & _places(thread):
            yield thread
            return
        else:
            leave_out("second thread")


def _thread(item: ThreadItem, checker: Checker, origin: Origin, leave_out: LeaveOut) -> Thread:
    links = {
        name: checked_link(name, part, checker, leave_out)
        for name, part in (
            ("passion", item.passion), ("talent", item.talent), ("customer", item.customer), ("value", item.value),
        )
    }  # fmt: skip
    whole = all(not link.is_gap for link in links.values())
    cited = tuple(quote for link in links.values() for quote in link.quotes)
    told = (*cited, *(i.quote for i in checker.situation.evidence), *checker.sent())
    words = offline_words("plan")

    def held(text: str, otherwise: str = "", *, claims: Sequence[Sequence[Quote]] = ()) -> str:
        text = shown(text)
        if text and checker.holds(text, told) and (not claims or checker.is_told(text, claims)):
            return text
        if text:
            leave_out("ground")
        return otherwise

    said = {
        section: checked_words(part, checker, told, leave_out, section=section)
        for section, part in (
            (Section.OBSTACLE, item.obstacle), (Section.WATCH_OUT, item.watch_out), (Section.MOVE, item.move),
        )
    }  # fmt: skip
    first_step = _step(item.first_step, Owner.THEM, "first_step", checker, told, leave_out)
    support = _step(item.support, Owner.ME, "support", checker, told, leave_out, before=first_step)
    review = _review(checker.situation)
    then = checked_then(item.then, checker, told, cited, leave_out, first=first_step, until=review)
    usual = review_day(checker.situation.today)
    return Thread(
        passion=links["passion"],
        talent=links["talent"],
        customer=links["customer"],
        value=links["value"],
        first_step=first_step,
        support=support,
        measure=held(item.measure, words["measure"]["plain"]),
        sentence=held(item.sentence, claims=[cited])
        if whole and _says_how_sure(item.sentence, links["passion"])
        else "",
        obstacle=said[Section.OBSTACLE][0],
        watch_out=said[Section.WATCH_OUT][0],
        goal=held(item.goal),
        move=said[Section.MOVE][0],
        grounds=tuple((section, quote) for section, (_, quotes) in said.items() for quote in quotes),
        origin=origin,
        look_again=None if review == usual else review,
        then=then,
    )


def _review(situation: Situation) -> date:
    """The review day; another than usual where they would be away on that one."""
    return back_on(review_day(situation.today), situation.today, away_in(situation))


def _says_how_sure(sentence: str, passion: Link) -> bool:
    """Whether a sentence that joins the links claims no more than they do: over a hint it begins with an "if"."""
    return passion.tier is not Tier.SUGGESTION or supposes(sentence)


def checked_words(
    item: SaidItem, checker: Checker, told: Sequence[Quote], leave_out: LeaveOut, *, section: Section
) -> tuple[str, tuple[Quote, ...]]:
    """A sentence and the passages it stands on; both empty where it does not hold.

    Args:
        item: What the model wrote and cited.
        checker: Holds it against what was sent.
        told: What else of the plan may be named.
        leave_out: Counts.
        section: Which it is. What gets in the way must be carried by one note, what it could cost begin with one's
            words; a change of the role is a suggestion.
    """
    text, quotes = shown(item.text), checker.quotes_with(item.cites, item.text)
    if not text:
        return "", ()
    ground = [quotes, *one_each(quotes)] if quotes else one_each(told)
    bearing = next((one for one in ground if checker.is_told(text, [one]) or (quotes and _bears(text, one))), None)
    claims = section is not Section.MOVE
    foreseen = section is Section.WATCH_OUT and checker.is_foreseen(text, quotes, told)
    if not checker.holds(text, (*quotes, *told)) or (claims and bearing is None and not foreseen):
        leave_out("ground")
        return "", ()
    return text, quotes or (tuple(bearing) if claims and bearing else ())


def _bears(text: str, quotes: Sequence[Quote]) -> bool:
    """Whether an "if" has its case from what it cites: it says what may come, not that it is so."""
    return supposes(text) and len(stems(text) & stems(" ".join(q.text for q in quotes))) >= SHARED


def checked_link(name: str, item: LinkItem, checker: Checker, leave_out: LeaveOut) -> Link:
    """One link with its quotes, in the bare words of a passage where the model's do not hold; else an open gap."""
    situation = checker.situation
    words, teller = offline_words("plan"), teller_of(situation)
    question = shown(item.question)
    if not (checker.asks_well(question) and checker.holds(question, checker.sent())):
        question = words["questions"][name]
    quotes = checker.quotes_with(item.cites, item.text)
    text = shown(item.text)
    if item.cites and not quotes:
        leave_out("citation")
    hint = name == "passion" and _is_hint(quotes, checker)
    unheard = hint and not _points_to_passion(quotes, situation)
    if not quotes or unheard or (name == "customer" and not _names_somebody(text, quotes)):
        gap: str = words["gaps"][name].format(name=situation.person.first_name)
        return Link(gap, Tier.SUGGESTION, (), question)
    if not (checker.holds(text, quotes) and checker.is_supported(text, quotes)):
        leave_out("ground")
        quotes = quotes[:1]  # the others proved what is no longer said
        text = cite(as_evidence(quotes[0], situation.evidence), teller)
    if hint:
        return Link(_as_hint(text, situation.language), Tier.SUGGESTION, quotes, question)
    tier = tier_of_all((as_evidence(quote, situation.evidence) for quote in quotes), teller)
    return Link(text, tier, quotes, question)


def _as_hint(text: str, language: str) -> str:
    """Words about a passion, led in by saying that they are a hint; in another language as the model put it."""
    lead: str = llm_words("data")["hints"].get(language, "")
    return f"{lead} {text}".strip()


def one_each(quotes: Iterable[Quote]) -> list[Sequence[Quote]]:
    """Each note by itself: what gets in the way must stand in one, not in the words of many."""
    return [(quote,) for quote in {q.note.id: q for q in quotes}.values()]


def _points_to_passion(quotes: Sequence[Quote], situation: Situation) -> bool:
    """Whether the rules too see in one of these notes what may draw them; else it is a guess, and no hint."""
    seen = {item.note.id for item in situation.about(Topic.PASSION)}
    return situation.profile.passion.state is not FacetState.UNKNOWN and any(q.note.id in seen for q in quotes)


def _is_hint(quotes: Sequence[Quote], checker: Checker) -> bool:
    """Whether a passion that is not known stands on what others saw: only the person can say that it is one."""
    if checker.situation.profile.passion.state is FacetState.CONFIRMED:
        return False
    found = (as_evidence(quote, checker.situation.evidence) for quote in quotes)
    return not any(isinstance(item, Evidence) and item.witness is Witness.SELF for item in found)


def _names_somebody(text: str, quotes: Sequence[Quote]) -> bool:
    """Whether the customer is somebody the cited notes name, and not just "the customer"."""
    named = stems(text) - stems(_VAGUE)
    ground = stems(" ".join(f"{q.note.text} {q.note.author}" for q in quotes))
    return bool(named & ground)


def _step(
    item: StepItem, owner: Owner, name: str, checker: Checker, told: Sequence[Quote], leave_out: LeaveOut,
    *, before: Step | None = None,
) -> Step:  # fmt: skip
    """A step that holds, else a plain one on the same day."""
    step = checked_step(item, owner, checker, told, before=before)
    if step is not None:
        return step
    leave_out("ground")
    plain: str = offline_words("plan")[name]["plain"]
    return Step(plain, owner, _due(item, checker, owner, before))


def checked_step(
    item: StepItem, owner: Owner, checker: Checker, told: Sequence[Quote], *, more: Sequence[str] = (),
    before: Step | None = None,
) -> Step | None:  # fmt: skip
    """A step on a working day within two weeks, when it says only what notes or the manager say."""
    quotes, text = checker.quotes_with(item.cites, item.text), shown(item.text)
    if not checker.holds(text, (*quotes, *told), more):
        return None
    return Step(text, owner, _due(item, checker, owner, before), quotes)


def checked_then(
    items: Iterable[LaterItem], checker: Checker, told: Sequence[Quote], matter: Sequence[Quote], leave_out: LeaveOut,
    *, first: Step, until: date,
) -> tuple[Step, ...]:  # fmt: skip
    """What could come after the first step, up to the first that does not hold: what follows would follow from it."""
    kept: list[Step] = []
    for item in items:
        if not item.text or len(kept) == len(LATER):
            break
        after = kept[-1].due if kept else first.due
        step = checked_later(item, checker, told, matter, after=after, until=until)
        if step is None:
            leave_out("ground")
            break
        kept.append(step)
    return tuple(kept)


def checked_later(
    item: LaterItem, checker: Checker, told: Sequence[Quote], matter: Sequence[Quote], *, after: date, until: date,
    more: Sequence[str] = (),
) -> Step | None:  # fmt: skip
    """A later step on a working day, when it says only what notes or the manager say.

    Args:
        item: What the model wrote and cited.
        checker: Holds it against what was sent.
        told: What it may name.
        matter: What the thread stands on: whoever else the step takes is named there or in what the step cites.
        after: The day of the step before it.
        until: The review.
        more: What the manager said.
    """
    quotes, text = checker.quotes_with(item.cites, item.text), shown(item.text)
    if not checker.holds(text, (*quotes, *told), more):
        return None
    who = shown(item.who).partition(" (")[0]
    if who and not _is_one_of_the_two(who, checker.situation):
        who, naming = _named_in(who, (*quotes, *matter), checker)
        if naming is None or _promises_for(who, text):
            return None
        quotes = quotes if naming in quotes else (*quotes, naming)
    else:
        who = ""
    situation = checker.situation
    wanted = situation.today + timedelta(days=item.in_days)
    day = free_between(wanted if wanted > after else after + ON, after, until, away_in(situation))
    owner = Owner.ME if item.owner == Owner.ME else Owner.THEM
    return Step(text, owner, day, quotes, who) if day else None


def _is_one_of_the_two(who: str, situation: Situation) -> bool:
    manager = (situation.manager.name, situation.manager.name.partition(" ")[0])
    return situation.person.is_named(who) or who in manager or who.casefold() in {"me", "them", "you"}


def _named_in(who: str, quotes: Sequence[Quote], checker: Checker) -> tuple[str, Quote | None]:
    """How these notes, as they were sent, name somebody, and the passage; a part of the name is enough."""
    notes = {q.note.id for q in quotes}
    sent = (p for p in checker.context.passages.values() if p.note.id in notes)
    ground = [*quotes, *(quote for passage in sent for quote in passage.sentences())]
    for name in (who, *(part for part in who.split() if part[:1].isupper() and len(part) > 2)):
        is_named = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")
        for quote in ground:
            if is_named.search(quote.text) or is_named.search(quote.note.author):
                return name, quote
    return who, None


def _promises_for(who: str, text: str) -> bool:
    """Whether a step says that somebody else will do something, rather than that they are asked."""
    said: str = llm_words("limits")["promising"]
    return re.search(said.replace("NAME", re.escape(who)), text, re.IGNORECASE) is not None


def _due(item: StepItem, checker: Checker, owner: Owner, before: Step | None) -> date:
    """The working day, never one on which the person is away; the manager's part is not due after the other's step."""
    today = checker.situation.today
    due = today + timedelta(days=min(max(item.in_days, 1), FIRST_STEP_WITHIN.days))
    due = working_day(due, today)
    if owner is Owner.THEM:
        due = there_on(due, today, away_in(checker.situation))
    return max(today, min(due, before.due)) if before else due


def as_evidence(quote: Quote, evidence: Sequence[Evidence]) -> Quote | Evidence:
    """The quote with the witness that the finder saw in it, where it did."""
    for item in evidence:
        if item.note.id == quote.note.id and item.quote.span.overlaps(quote.span):
            return replace(item, quote=quote)
    return quote


def _places(thread: Thread) -> set[str]:
    links = (thread.passion, thread.talent, thread.value)
    return {q.note.id for link in links for q in link.quotes}

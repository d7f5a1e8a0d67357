"""A new version of a development plan. Links without proof stay open, as questions; nothing is filled in."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.actions.follow_guidance import guided_plan
from assistant.actions.prepare_brief import known_words
from assistant.actions.read_calendar import away_in
from assistant.actions.round_off_plan import rounded_off
from assistant.actions.space_steps import space_steps
from assistant.domain.evidence import Quote, Tier, Topic
from assistant.domain.note import Span
from assistant.domain.origin import together
from assistant.domain.plan import CITED, LATER, Link, Plan, PlanState, Section, Step, Thread, review_day
from assistant.domain.situation import Situation
from assistant.errors import Invalid
from assistant.grounding import is_grounded, set_apart
from assistant.ports.engine import Engine
from assistant.prompting import offline_words

MOST_THREADS = 2


def draft_plan(situation: Situation, engine: Engine, *, version: int) -> Plan:
    """The plan as a draft, for both to change; reviewed after the day that decides, else after about ninety days."""
    return [*plan_growing(situation, engine, version=version)][-1]


def plan_growing(situation: Situation, engine: Engine, *, version: int) -> Iterator[Plan]:
    """The draft with its first thread as soon as that is there, then with the second; the last one is the whole."""
    threads: tuple[Thread, ...] = ()
    review = review_day(situation.today)
    for thread in engine.threads(situation):
        if not threads and thread.look_again is not None:
            review = thread.look_again
        thread = space_steps(replace(thread, look_again=None), review, away_in(situation))
        whole = rounded_off(checked_thread(thread, situation), situation, first=not threads)
        threads = (*threads, _cited(whole, _told(situation)))
        plan = Plan(
            account_id=situation.person.account_id,
            person_id=situation.person.id,
            version=version,
            state=PlanState.DRAFT,
            drafted_on=situation.today,
            threads=threads,
            unknown=tuple(dict.fromkeys(open_questions(threads, situation))),
            review_on=review,
            origin=together((thread.origin for thread in threads), engine.name),
        )
        yield as_coaches_want(plan, situation)
        if len(threads) == MOST_THREADS:
            return
    if not threads:
        raise Invalid("No thread of a plan could be found.", next="Draft it again.")


def as_coaches_want(plan: Plan, situation: Situation) -> Plan:
    """The plan with its suggested lines as coaches decided; a retired one gives way to plain words."""
    words = offline_words("plan")
    plain = {name: words[name]["plain"] for name in ("first_step", "support", "measure")}
    return guided_plan(plan, situation, known_words(situation), plain)


def open_questions(threads: tuple[Thread, ...], situation: Situation) -> Iterator[str]:
    """What the notes do not say, as questions that would find out."""
    for thread in threads:
        for link in (thread.passion, thread.talent, thread.customer, thread.value):
            if link.question:
                yield link.question
    if not any(i.counts for i in situation.about(Topic.ASPIRATION)):
        yield offline_words("plan")["questions"]["aspiration"]


def checked_thread(thread: Thread, situation: Situation) -> Thread:
    """The thread with everything taken back that its notes do not carry; the manager's own words stay theirs."""
    known = known_words(situation)
    told = _told(situation)

    def step(section: Section, made: Step) -> Step:
        plain = "then" if section in LATER else section.value
        return made if section in thread.own_words else _step(made, told, known, plain)

    def held(text: str, otherwise: str = "") -> str:
        return text if is_grounded(text, told, known) else otherwise

    kept = replace(
        thread,
        passion=_link("passion", thread.passion, known, situation),
        talent=_link("talent", thread.talent, known, situation),
        customer=_link("customer", thread.customer, known, situation),
        value=_link("value", thread.value, known, situation),
        first_step=step(Section.FIRST_STEP, thread.first_step),
        support=step(Section.SUPPORT, thread.support),
        then=tuple(step(section, made) for section, made in zip(LATER, thread.then, strict=False)),
        measure=held(thread.measure, offline_words("plan")["measure"]["plain"]),
        sentence=held(thread.sentence),
        obstacle=held(thread.obstacle),
        watch_out=held(thread.watch_out),
        goal=held(thread.goal),
        move=held(thread.move),
    )
    return _cited(kept, told)


def _told(situation: Situation) -> list[Quote]:
    """Everything that words of a plan may stand on."""
    told = [i.quote for i in situation.evidence] + [q for p in situation.promises for q in p.quotes]
    read = (r.note for r in (*situation.earlier, *situation.recent) if not r.closed)
    return [*told, *(Quote(note, Span(0, len(note.text))) for note in read)]


def _cited(thread: Thread, told: Sequence[Quote]) -> Thread:
    return replace(thread, grounds=tuple(_grounds(thread, told)))


def _grounds(thread: Thread, told: Sequence[Quote]) -> Iterator[tuple[Section, Quote]]:
    """What an obstacle, a watch-out and a move stand on: what was cited for them, and what they quote themselves."""
    for section in CITED:
        if section in thread.own_words:
            continue
        cited = [*thread.grounds_of(section)]
        for words in set_apart(str(thread.part(section))):
            if not any(words in quote.text for quote in cited):
                cited += [Quote.of(q.note, words) for q in told if words in q.note.text][:1]
        yield from ((section, quote) for quote in dict.fromkeys(cited))


def _link(name: str, link: Link, known: Sequence[str], situation: Situation) -> Link:
    if is_grounded(link.text, link.quotes, known):
        return link
    words = offline_words("plan")
    gap: str = words["gaps"][name].format(name=situation.person.first_name)
    return Link(gap, Tier.SUGGESTION, (), link.question or words["questions"][name])


def _step(step: Step, told: Sequence[Quote], known: Sequence[str], name: str) -> Step:
    if is_grounded(step.text, (*step.quotes, *told), known):
        return step
    plain: str = offline_words("plan")[name]["plain"]
    return replace(step, text=plain, quotes=(), who="")

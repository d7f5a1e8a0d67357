"""Holds what a plan promised against later notes, passage by passage. Where nothing speaks, nothing is said."""

from collections.abc import Iterator, Sequence

from assistant.domain.check_in import CheckIn, Speaks
from assistant.domain.evidence import Facet, Quote, Topic, Witness
from assistant.domain.plan import LINKS, Plan, Section, Step, Thread
from assistant.domain.policy import Readable
from assistant.domain.promise import Promise, PromiseState
from assistant.domain.situation import Situation, newest_first
from assistant.engines.offline.promising.matter import Rarity, matter
from assistant.engines.offline.promising.outcome import ENOUGH, Aim, ended, endings
from assistant.engines.offline.promising.phrases import phrases
from assistant.engines.offline.sentences import fold, sentences
from assistant.grounding import set_apart
from assistant.prompting import LANGUAGES
from assistant.wording import stems

_FACETS = {
    Section.PASSION: Facet.PASSION, Section.TALENT: Facet.TALENT,
    Section.CUSTOMER: Facet.CUSTOMER_VALUE, Section.VALUE: Facet.CUSTOMER_VALUE,
}  # fmt: skip
_SERVED = {Witness.CUSTOMER, Witness.PEER}


def plan_check_ins(plan: Plan, told: Sequence[Readable], situation: Situation) -> Iterator[CheckIn]:
    """The newest passage for each part that one speaks of: steps done or not, signs seen, gaps closed."""
    usable = [r for r in told if not r.closed and r.screening.language in LANGUAGES]
    usable.sort(key=lambda r: (-r.note.day.toordinal(), r.note.id))
    for number, thread in enumerate(plan.threads, 1):
        for section, step in thread.steps.items():
            yield from _of_step(number, section, step, section in thread.own_words, usable, situation)
        yield from _of_measure(number, thread, usable, situation)
        yield from _of_gaps(number, thread, usable, situation)


def _of_step(
    number: int, section: Section, step: Step, own: bool, told: Sequence[Readable], situation: Situation
) -> Iterator[CheckIn]:
    notes = {r.note.id for r in told}
    for promise in situation.promises:
        if _is_of(step, promise) and promise.closed_by and promise.closed_by.note.id in notes:
            kept = promise.state is PromiseState.DONE
            yield CheckIn(number, section, Speaks.FOR if kept else Speaks.AGAINST, promise.closed_by)
            return
    yield from _by_words(number, section, _named(step, own), told, situation)


def _is_of(step: Step, promise: Promise) -> bool:
    return any(q.note.id == s.note.id and q.span.overlaps(s.span) for q in promise.quotes for s in step.quotes)


def _named(step: Step, own: bool) -> str:
    """What a step is about: its passage, or the manager's own words. A plain step names nothing to look for."""
    quoted = " ".join(q.text for q in step.quotes)
    return quoted or (step.text if own else " ".join(set_apart(step.text)))


def _by_words(
    number: int, section: Section, named: str, told: Sequence[Readable], situation: Situation
) -> Iterator[CheckIn]:
    """The newest sentence that tells how it went; still open speaks against."""
    rarity = Rarity.of(matter(r.note.text, r.screening.language) for r in told)
    for readable in told:
        said = phrases(readable.screening.language, situation.person, situation.manager.name)
        words = matter(named, readable.screening.language)
        if not words:
            continue
        aim = Aim(words, frozenset(), fold(named))
        for ending in endings(readable, said, rarity):
            end = ended(aim, ending, said, rarity, readable.note.day)
            if end is not None:
                speaks = Speaks.FOR if end.state is PromiseState.DONE else Speaks.AGAINST
                yield CheckIn(number, section, speaks, Quote(readable.note, ending.sentence.span))
                return
        for sentence in sentences(readable.note.text):
            shared = words & matter(sentence.text, readable.screening.language)
            enough = len(shared) >= 2 and len(shared) >= ENOUGH * len(words)
            if enough and said.still_open.search(sentence.folded) and readable.allows(sentence.span):
                yield CheckIn(number, section, Speaks.AGAINST, Quote(readable.note, sentence.span))
                return


def _of_measure(number: int, thread: Thread, told: Sequence[Readable], situation: Situation) -> Iterator[CheckIn]:
    """Somebody served says what is different, about the matter of this thread."""
    notes = {r.note.id for r in told}
    about = frozenset().union(
        *(stems(q.text) for name in LINKS for q in thread.link(name).quotes), stems(thread.first_step.text)
    )
    for item in newest_first(situation.about(Topic.CUSTOMER_VALUE)):
        heard = item.counts and item.note.id in notes and item.witness in _SERVED
        if heard and len(stems(item.quote.text) & about) >= 2:
            yield CheckIn(number, Section.MEASURE, Speaks.FOR, item.quote)
            return


def _of_gaps(number: int, thread: Thread, told: Sequence[Readable], situation: Situation) -> Iterator[CheckIn]:
    """A passage that would close an open link."""
    notes = {r.note.id for r in told}
    for section in LINKS:
        topic = Topic(_FACETS[section].value)
        if section is Section.CUSTOMER or not thread.link(section).is_gap:
            continue
        found = next((i for i in newest_first(situation.about(topic)) if i.counts and i.note.id in notes), None)
        if found is not None:
            yield CheckIn(number, section, Speaks.FOR, found.quote)

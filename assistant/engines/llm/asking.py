"""A model's questions, checked one by one. What does not hold is left out and counted."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from assistant.actions.cite import cite
from assistant.actions.tell_changes import teller_of
from assistant.domain.evidence import Facet, Quote
from assistant.domain.origin import Origin
from assistant.domain.pillar import PILLAR_OF_FACET, Pillar
from assistant.domain.question import Question, worded_id
from assistant.engines.llm.checks import Checker, shown
from assistant.engines.llm.shapes import AskedItem
from assistant.wording import overlap, stems

NEAR_COPY = 0.6
MOST_OF_A_PILLAR = 2
SHOWN = 3  # questions of a set that a manager sees first

LeaveOut = Callable[[str], None]


def checked_questions(
    items: Iterable[AskedItem], checker: Checker, origin: Origin, leave_out: LeaveOut
) -> Iterator[Question]:
    """The questions that hold, in the model's order; of the first three none stands on what another stands on.

    A second one on the same words waits until three are there: it comes after them, or in the end.
    """
    kept: list[Question] = []
    waiting: list[Question] = []
    for item in items:
        question = _question(item, checker, origin, leave_out)
        if question is None:
            continue
        if not _is_new(question, (*kept, *waiting), checker):
            leave_out("asked before")
            continue
        if len(kept) < SHOWN and _meets(question, kept):
            waiting.append(question)
            continue
        kept.append(question)
        yield question
        if len(kept) == SHOWN:
            yield from waiting
            kept += waiting
            waiting = []
    yield from waiting


def _meets(question: Question, kept: Sequence[Question]) -> bool:
    """Whether all words it stands on are words that one before it stands on; one note may hold two matters."""
    return bool(question.quotes) and any(
        all(any(_shares(quote, before) for before in other.quotes) for quote in question.quotes) for other in kept
    )


def _shares(quote: Quote, before: Quote) -> bool:
    return quote.note.id == before.note.id and quote.span.overlaps(before.span)


def _question(item: AskedItem, checker: Checker, origin: Origin, leave_out: LeaveOut) -> Question | None:
    text = shown(item.text)
    quotes = checker.quotes_with(item.cites, item.text, item.why)
    if item.cites and not quotes:
        leave_out("citation")
        return None
    if not checker.asks_well(text):
        leave_out("form")
        return None
    if not checker.holds(text, quotes):
        leave_out("ground")
        return None
    why = _why(shown(item.why), item.pillar, quotes, checker)
    if not why:
        leave_out("reason")
        return None
    follow_up, listen_for = shown(item.follow_up), shown(item.listen_for)
    fits = checker.asks_well(follow_up) and checker.holds(follow_up, quotes)
    return Question(
        id=worded_id(checker.situation.person.id, text),
        text=text,
        pillar=item.pillar,
        why=why,
        quotes=quotes,
        principle_id=_principle(item, checker),
        follow_up=follow_up if fits else "",
        listen_for=listen_for if checker.holds(listen_for, quotes) else "",
        origin=origin,
    )


def _why(why: str, pillar: Pillar, quotes: tuple[Quote, ...], checker: Checker) -> str:
    """The model's reason where it keeps to the notes; else the passage itself, or what the profile says is missing."""
    situation = checker.situation
    gaps = situation.profile.gaps
    if quotes:
        if checker.holds(why, quotes) and checker.is_supported(why, quotes, gaps):
            return why
        return cite(quotes[0], teller_of(situation))
    if checker.holds(why, ()) and checker.is_supported(why, (), gaps):
        return why
    facet = next((f for f in Facet if PILLAR_OF_FACET[f] is pillar), None)
    return next((gap for gap in gaps if facet and facet.words.split()[0] in gap.casefold()), "") or next(iter(gaps), "")


def _principle(item: AskedItem, checker: Checker) -> str:
    sent = checker.context.principles
    if item.principle in sent:
        return item.principle
    return next((p.id for p in sent.values() if p.pillar == item.pillar.value), next(iter(sent), ""))


def _is_new(question: Question, kept: Sequence[Question], checker: Checker) -> bool:
    situation = checker.situation
    if question.id in situation.resting or sum(q.pillar is question.pillar for q in kept) >= MOST_OF_A_PILLAR:
        return False
    asked = stems(question.text)
    before = (*situation.asked_texts, *(q.text for q in kept))
    return all(overlap(asked, stems(text)) < NEAR_COPY for text in before)

"""Puts briefs and plans before a judge: the notes it may see, the text with notes by short name, both orders.

A third reading is asked for where two lie far apart. One text that a judge does not answer for is left out and told;
two in a row end the judging, and what was judged before stays.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from assistant.desk import PersonDesk
from assistant.domain.account import Account
from assistant.domain.evidence import Quote
from assistant.domain.note import NoteId
from assistant.domain.plan import Plan, Section, Thread
from assistant.domain.question import Question
from assistant.domain.rating import Order, Rated, Rubric
from assistant.errors import EngineUnavailable
from assistant.evaluation.judging import Judgement, differ, judged
from assistant.evaluation.output import PersonOutput
from assistant.evaluation.plan_form import plan_faults
from assistant.lint import faults
from assistant.ports.model import Judge, Shown

IN_A_ROW = 2
TEXTS = 2  # of a person: the questions and the plan
MOST_QUESTIONS = 6
_LINTED = {"closed": "Q2", "joins": "Q3", "exactly one": "Q3", "opens with": "Q2"}


@dataclass(frozen=True, slots=True)
class Sitter:
    """Somebody whose brief and plan are judged, with their manager, what was made for them, and where they stand."""

    person: PersonDesk
    manager: Account
    output: PersonOutput
    situation: str


@dataclass(slots=True)
class Judged:
    """The judgements of everybody's brief and plan, as far as they came.

    Attributes:
        found: By person and rubric ("d01 plan").
        unrated: What no reading rated whole.
        stopped: Why it ended early; empty where it did not.
    """

    found: dict[str, Judgement] = field(default_factory=dict)
    unrated: list[str] = field(default_factory=list)
    stopped: str = ""


def judge_all(judge: Judge, sitters: Iterable[Sitter], of: int, done: Callable[[], None]) -> Judged:
    """The questions and the plan of each, rated twice, or three times where two readings lie far apart.

    Args:
        judge: Who rates.
        sitters: Whose.
        of: How many texts there are in all.
        done: Called after each text.

    Raises:
        EngineUnavailable: The judge answered for no text at all.
    """
    came, away = Judged(), 0
    for sitter in sitters:
        for rated in _seen_by(judge, sitter):
            try:
                judgement = _judge(judge, rated, sitter.person)
            except EngineUnavailable as error:
                away += 1
                came.unrated.append(rated.case)
                if away == IN_A_ROW or len(came.unrated) == of:
                    if not came.found:
                        raise
                    came.stopped = _stopped(error, len(came.found), of)
                    return came
            else:
                away = 0
                if judgement is None:
                    came.unrated.append(rated.case)
                else:
                    came.found[f"{sitter.person.person.id} {rated.rubric}"] = judgement
            done()
    return came


def _stopped(error: EngineUnavailable, count: int, of: int) -> str:
    return (
        f"The judging stopped after {count} of {of} texts: {error.message} {error.next or ''}".strip()
        + " With FLOURISH_MODEL_RECORD=FILE the same command goes on where it stopped."
    )


def _judge(judge: Judge, rated: Rated, person: PersonDesk) -> Judgement | None:
    whose = person.desk.account, person.person.id
    ratings = [judge.rate(rated, whose, order) for order in (Order.AS_IS, Order.TURNED)]
    if differ(rated, ratings):
        ratings.append(judge.rate(rated, whose, Order.FROM_THE_MIDDLE))
    return judged(rated, ratings)


def _seen_by(judge: Judge, sitter: Sitter) -> Iterator[Rated]:
    person = sitter.person
    readable = [person.desk.readable(note.id) for note in person.notes()]
    shown = judge.shows(person.person, sitter.manager, readable, person.desk.today)
    return _texts(sitter, shown)


def _texts(sitter: Sitter, shown: Shown) -> Iterator[Rated]:
    person, output = sitter.person, sitter.output
    names = frozenset(shown.names.values())
    case = f"{person.person.id}-{person.desk.today:%m%d}"
    head = f"{person.person.name}, {person.person.role or 'no role on record'}; situation: {sitter.situation}."
    if output.questions:
        asked = "\n".join(_question(n, q, shown.names) for n, q in enumerate(output.questions, 1))
        lint = [(_criterion(fault), fault) for q in output.questions for fault in faults(q.text)]
        if len(output.questions) > MOST_QUESTIONS:
            lint.append(("Q10", f"it asks {len(output.questions)} questions"))
        yield Rated(Rubric.QUESTIONS, f"{case}-questions", f"{head}\n{asked}", shown.text, names, tuple(lint))
    plan, wrong = plan_text(output.plan, shown.names), tuple(plan_faults(output.plan))
    yield Rated(Rubric.PLAN, f"{case}-plan", f"{head}\n{plan}", shown.text, names, wrong)


def _criterion(fault: str) -> str:
    return next((name for words, name in _LINTED.items() if words in fault), "Q4")


def _question(number: int, question: Question, names: Mapping[NoteId, str]) -> str:
    more = f" If the answer is short: {question.follow_up}" if question.follow_up else ""
    return f"{number}. {question.text}{more} (Why: {question.why}{_cited(question.quotes, names)})"


def _cited(quotes: tuple[Quote, ...], names: Mapping[NoteId, str]) -> str:
    told = dict.fromkeys(names.get(q.note.id, "a note") for q in quotes)
    return f" [{', '.join(told)}]" if told else ""


def plan_text(plan: Plan, names: Mapping[NoteId, str]) -> str:
    """A plan as its two readers see it, with notes by short name."""
    lines = [f"Draft of {plan.drafted_on.isoformat()}, for both to change; review on {plan.review_on.isoformat()}."]
    for number, thread in enumerate(plan.threads, 1):
        lines += [f"THREAD {number}", *_thread(thread, names)]
    lines += ["OPEN, TO BE ASKED", *(f"- {question}" for question in plan.unknown)]
    return "\n".join(lines)


def _thread(thread: Thread, names: Mapping[NoteId, str]) -> Iterator[str]:
    if thread.sentence:
        yield thread.sentence
    for section in Section:
        if section.is_link:
            link = thread.link(section)
            ask = f" To ask: {link.question}" if link.question else ""
            yield f"{section.words}: {link.text}{_cited(link.quotes, names)}{ask}"
        elif (step := thread.steps.get(section)) is not None:
            who = "manager" if step.owner.value == "me" else "employee"
            yield f"{section.words} ({who}, by {step.due.isoformat()}): {step.text}{_cited(step.quotes, names)}"
        elif text := thread.part(section):
            yield f"{section.words}: {text}{_cited(thread.grounds_of(section), names)}"

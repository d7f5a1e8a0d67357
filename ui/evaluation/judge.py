"""Puts briefs and plans before a judge: the notes it may see, the text with notes by short name, both orders."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from assistant.desk import PersonDesk
from assistant.domain.account import Account
from assistant.domain.evidence import Quote
from assistant.domain.note import NoteId
from assistant.domain.plan import Plan, Section, Thread
from assistant.domain.question import Question
from assistant.domain.rating import Rated, Rubric
from assistant.evaluation.judging import Judgement, judged
from assistant.evaluation.output import PersonOutput
from assistant.lint import faults
from assistant.ports.model import Judge, Shown

_LINTED = {"closed": "Q2", "joins": "Q3", "exactly one": "Q3", "opens with": "Q2"}


@dataclass(frozen=True, slots=True)
class Judged:
    """The judgements of one person's brief and plan.

    Attributes:
        unrated: What no reading rated whole.
    """

    found: Mapping[str, Judgement]
    unrated: tuple[str, ...] = ()


def judge_person(judge: Judge, person: PersonDesk, manager: Account, output: PersonOutput) -> Judged:
    """The six questions and the plan of one person, each rated twice.

    Raises:
        EngineUnavailable: The judge did not answer.
    """
    readable = [person.desk.readable(note.id) for note in person.notes()]
    shown = judge.shows(person.person, manager, readable, person.desk.today)
    found: dict[str, Judgement] = {}
    unrated: list[str] = []
    for rated in _texts(person, output, shown):
        ratings = [
            judge.rate(rated, (person.desk.account, person.person.id), turned=turned) for turned in (False, True)
        ]
        judgement = judged(rated, ratings)
        if judgement is None:
            unrated.append(rated.case)
        else:
            found[f"{person.person.id} {rated.rubric}"] = judgement
    return Judged(found, tuple(unrated))


def _texts(person: PersonDesk, output: PersonOutput, shown: Shown) -> Iterator[Rated]:
    names = frozenset(shown.names.values())
    case = f"{person.person.id}-{person.desk.today:%m%d}"
    situation = person.situation()
    head = f"{person.person.name}, {person.person.role or 'no role on record'}; situation: {situation.stage.value}."
    if output.questions:
        asked = "\n".join(_question(n, q, shown.names) for n, q in enumerate(output.questions, 1))
        lint = tuple((_criterion(fault), fault) for q in output.questions for fault in faults(q.text))
        yield Rated(Rubric.QUESTIONS, f"{case}-questions", f"{head}\n{asked}", shown.text, names, lint)
    yield Rated(Rubric.PLAN, f"{case}-plan", f"{head}\n{plan_text(output.plan, shown.names)}", shown.text, names)


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
        elif section.is_step:
            step = thread.step(section)
            who = "manager" if step.owner.value == "me" else "employee"
            yield f"{section.words} ({who}, by {step.due.isoformat()}): {step.text}{_cited(step.quotes, names)}"
        elif text := thread.part(section):
            yield f"{section.words}: {text}"

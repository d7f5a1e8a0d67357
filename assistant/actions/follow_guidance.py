"""Coaches' decisions as they reach what is suggested next. The newest that applies decides; nothing shipped changes."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from assistant.actions.mask_text import Whom, mask_text, shipped_words, unmask
from assistant.domain.evidence import Quote
from assistant.domain.pillar import Pillar
from assistant.domain.plan import LATER, Link, Plan, Section, Step, Thread
from assistant.domain.question import Question
from assistant.domain.situation import Situation
from assistant.domain.verdict import Decision, Scope, SubjectKind, Verdict
from assistant.grounding import is_grounded, set_apart
from assistant.lint import faults, own_words
from assistant.prompting import offline_words
from assistant.wording import overlap, stems

NEAR = 0.6  # shared stems, as everywhere a near copy is recognised
_FEW = 2  # stems below which words must be equal
PLAN_PARTS = (
    "first_step",
    "second_step",
    "third_step",
    "support",
    "measure",
    "obstacle",
    "watch_out",
    "sentence",
    "goal",
    "move",
)
MOST_ADVICE, LONGEST_ADVICE = 6, 240  # lines for a model; characters of each part of one


@dataclass(frozen=True, slots=True)
class _Put:
    """Words about to be suggested, as a decision looks at them."""

    kind: SubjectKind
    id: str
    text: str
    part: str = ""
    pillar: Pillar | None = None


def verdict_on(question: Question, situation: Situation) -> Verdict | None:
    """The decision that applies to a question for this person today."""
    return _verdict(_Put(SubjectKind.QUESTION, question.id, question.text, "", question.pillar), situation)


def is_retired(question: Question, situation: Situation) -> bool:
    """Whether a coach wants it no longer asked here."""
    found = verdict_on(question, situation)
    return found is not None and found.decision is Decision.RETIRE


def is_preferred(question: Question, situation: Situation) -> bool:
    """Whether a coach stands behind it: approved, or in words of their own."""
    found = verdict_on(question, situation)
    return found is not None and found.decision is not Decision.RETIRE


def in_coach_words(question: Question, situation: Situation, known: Sequence[str]) -> Question | None:
    """The question as a coach wants it put, with the decision cited in its why; None when it is retired.

    New words are taken only when every placeholder can be filled, the question is well asked and nothing in it is
    without a note; else it stays in its own words.
    """
    verdict = verdict_on(question, situation)
    if verdict is None:
        return question
    if verdict.decision is Decision.RETIRE:
        return None
    if verdict.decision is Decision.REWORD:
        words = _filled(verdict.words, question.text, situation)
        if not words or not is_well_asked(words) or not is_grounded(words, question.quotes, known):
            return question
        question = replace(question, text=words)
    return replace(question, why=f"{question.why} {cited(verdict)}")


def is_well_asked(words: str) -> bool:
    """Whether words can be asked as a question: one, open, short."""
    asks = words.count("?")
    return not faults(words) and (asks == 1 or words.startswith("Tell me about"))


def cited(verdict: Verdict) -> str:
    """One sentence that cites a decision on a card."""
    said: str = offline_words("review")["cited"][verdict.decision.value].format(reason=verdict.reason.strip())
    return said if said.endswith((".", "!", "?")) else f"{said}."


def guided_plan(plan: Plan, situation: Situation, known: Sequence[str], plain: Mapping[str, str]) -> Plan:
    """The plan with its suggested lines as coaches want them, and a word in its origin about which ones those are.

    Args:
        plan: As drafted and checked.
        situation: What it was drafted from.
        known: Words that need no note.
        plain: For a retired step or sign, the plain words that take its place; a retired remark is left out.
    """
    if not any(v.subject.kind is SubjectKind.PLAN_LINE for v in situation.guidance):
        return plan
    touched: dict[str, None] = {}
    threads = []
    for thread in plan.threads:
        changes = dict(_changes(thread, situation, known, plain))
        touched |= dict.fromkeys(changes)
        threads.append(_with_lines(thread, changes))
    if not touched:
        return plan
    words = offline_words("review")["plan"]
    parts = " and ".join(words["parts"][name] for name in touched)
    said = words["guided"].format(parts=parts)
    origin = replace(plan.origin, says=" ".join(filter(None, (plan.origin.says, said))))
    return replace(plan, threads=tuple(threads), origin=origin)


def advice(situation: Situation) -> tuple[str, ...]:
    """Coaches' newest decisions as lines for a model, each of a length that leaves room for the notes."""
    words = offline_words("review")["model"]
    found = []
    for verdict in situation.guidance:
        name, line = verdict.subject.id.partition("@")[0], f"“{verdict.text}”" if verdict.text else "as a whole"
        slots = {"text": verdict.text, "words": verdict.words, "reason": verdict.reason, "name": name, "line": line}
        key = "prompt" if verdict.subject.kind is SubjectKind.PROMPT else verdict.decision.value
        if key == "prompt" or verdict.text:
            found.append(words[key].format(**{k: v[:LONGEST_ADVICE] for k, v in slots.items()}))
    return tuple(found[:MOST_ADVICE])


def advice_head() -> str:
    """What stands above that advice."""
    said: str = offline_words("review")["model"]["head"]
    return said


def _with_lines(thread: Thread, changes: Mapping[str, Any]) -> Thread:
    """The thread with other lines; a later step without words goes, and the one after it takes its place."""
    made = {name: line for name, line in changes.items() if line is not None}
    for section in reversed(LATER):
        if (step := made.pop(section.value, None)) is not None:
            own = section in thread.own_words
            thread = thread.with_part(section, step, own=own) if step.text else thread.without(section)
    return replace(thread, **made)


def _changes(
    thread: Thread, situation: Situation, known: Sequence[str], plain: Mapping[str, str]
) -> Iterator[tuple[str, Any]]:
    """Lines of a thread that a decision reaches, with what they become; None for one that stays, approved."""
    for part in PLAN_PARTS:
        line = line_of(thread, part)
        text = line.text if isinstance(line, Step) else line
        verdict = _verdict(_Put(SubjectKind.PLAN_LINE, line_id(text), text, part), situation) if text else None
        if verdict is None:
            continue
        quotes = line.quotes if isinstance(line, Step) else _quotes(thread)
        if verdict.decision is Decision.APPROVE:
            yield part, None
        elif verdict.decision is Decision.RETIRE:
            yield part, _put(line, plain.get(part, ""), quotes=())
        else:
            words = _filled(verdict.words, text, situation)
            if words and is_grounded(words, quotes, known):
                yield part, _put(line, words, quotes=quotes)


def line_of(thread: Thread, part: str) -> Step | str:
    """What stands in a part of a plan that a coach may decide on; no words where there is none."""
    line = thread.sentence if part == "sentence" else thread.part(Section(part))
    return "" if isinstance(line, Link) else line


def _put(line: Step | str, text: str, *, quotes: tuple[Quote, ...]) -> Step | str:
    who = line.who if isinstance(line, Step) and line.who in text and quotes else ""
    return replace(line, text=text, quotes=quotes, who=who) if isinstance(line, Step) else text


def _quotes(thread: Thread) -> tuple[Quote, ...]:
    links = (thread.passion, thread.talent, thread.customer, thread.value)
    steps = (q for step in thread.steps.values() for q in step.quotes)
    return (*(q for link in links for q in link.quotes), *steps)


def line_id(text: str) -> str:
    """The content id of a plan line: the same own words are the same line, whatever they quote."""
    return "l" + hashlib.sha256(own_words(text).casefold().encode()).hexdigest()[:12]


def _verdict(put: _Put, situation: Situation) -> Verdict | None:
    return next((v for v in situation.guidance if _applies(v, put, situation)), None)


def _applies(verdict: Verdict, put: _Put, situation: Situation) -> bool:
    subject = verdict.subject
    if subject.kind is not put.kind or subject.part != put.part:
        return False
    if verdict.scope is Scope.PILLAR and subject.pillar is not put.pillar:
        return False
    if verdict.scope is Scope.STAGE and subject.stage is not situation.stage:
        return False
    if subject.id == put.id:
        return True
    if verdict.scope is Scope.THIS:
        return bool(verdict.text) and _near(verdict.text, put.text)
    return bool(verdict.text) and _near(own_words(verdict.text), own_words(put.text))


@lru_cache(maxsize=4096)
def _near(one: str, other: str) -> bool:
    """Whether two texts say the same; what a mask put in does not count."""
    mine, theirs = (stems(_plain(text)) for text in (one, other))
    if min(len(mine), len(theirs)) < _FEW:
        return bool(one.strip()) and _plain(one).casefold() == _plain(other).casefold()
    return overlap(mine, theirs) >= NEAR


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"\[[^\[\]]*\]", " ", text)).strip()


def _filled(words: str, original: str, situation: Situation) -> str | None:
    """A coach's words with the placeholders filled from what they replace."""
    masked = mask_text(original, whom_in(situation), situation.today)
    return unmask(words, masked, set_apart(original))


def whom_in(situation: Situation) -> Whom:
    """Whom a mask must know, as far as one person's situation tells."""
    customers = tuple(_names_of(c.name for c in situation.profile.customers))
    return Whom(situation.person, situation.manager.name, (), customers, shipped_words())


def _names_of(written: Iterable[str]) -> Iterator[str]:
    """A customer's full entry ("Rosa Blum, Café Blum") and its parts."""
    for name in written:
        yield name
        yield from (part.strip() for part in name.split(",") if len(part.strip()) > 2)

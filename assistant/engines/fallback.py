"""Lets the model write and the rules finish: whatever the model does not bring, or what does not hold, they supply.

It decides nothing about the words themselves. What it hands on says who wrote it.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeVar

from assistant.domain.brief import StoryLine
from assistant.domain.check_in import CheckIn
from assistant.domain.debrief import DebriefDraft
from assistant.domain.event import Text
from assistant.domain.meeting import Chosen
from assistant.domain.origin import BOTH, RULES, Origin
from assistant.domain.plan import Plan, Section, Thread
from assistant.domain.plan_change import Revised, Wish
from assistant.domain.policy import Readable
from assistant.domain.promise import Outcome, Promise
from assistant.domain.question import Question
from assistant.domain.search import Found
from assistant.domain.situation import Situation
from assistant.domain.understood import Intent, Slot, Turn, Understood
from assistant.errors import EngineUnavailable
from assistant.ports.engine import Engine
from assistant.prompting import llm_words, offline_words
from assistant.streaming import ending
from assistant.wording import overlap, stems

NEAR_COPY = 0.6
Written = TypeVar("Written", Question, Thread, Text, Revised, DebriefDraft)


@dataclass(frozen=True, slots=True)
class FallbackEngine:
    """Fulfils `Engine` with two others.

    Attributes:
        model: Tried first; may stop at any point with `EngineUnavailable`.
        rules: Never stop.
    """

    model: Engine
    rules: Engine

    @property
    def name(self) -> str:
        """The engine's name."""
        return BOTH

    def for_turn(self) -> "FallbackEngine":
        """The same two for one turn."""
        return replace(self, model=self.model.for_turn())

    def questions(self, situation: Situation, count: int) -> Iterator[Question]:
        """The model's questions, then as many of the rules' as are missing, in pillars that are still free."""
        with ending(self.brief(situation, count)) as words:
            yield from (each for each in words if isinstance(each, Question))

    def brief(self, situation: Situation, count: int) -> Iterator[StoryLine | Question]:
        """The model's story, and its questions with the rules' behind them; the rules' whole where it brought none."""
        given: list[Question] = []
        why = ""
        try:
            for written in self.model.brief(situation, count):
                given += [written] if isinstance(written, Question) else []
                yield written
        except EngineUnavailable as error:
            why = str(error)
        if len(given) >= count:
            return
        taken = {q.pillar for q in given}
        spare = [q for q in self.rules.questions(situation, 2 * count) if _is_other(q, given)]
        spare.sort(key=lambda q: q.pillar in taken)  # a sort keeps the order of equals
        for question in spare[: count - len(given)] if given else self.rules.questions(situation, count):
            yield _by_rules(question, why, bool(given))

    def threads(self, situation: Situation) -> Iterator[Thread]:
        """The model's threads, or the rules' when it brought none with a link that holds."""
        why = ""
        given = False
        try:
            for thread in self.model.threads(situation):
                if len(thread.gaps) == 4 and situation.evidence:
                    break
                given = True
                yield thread
        except EngineUnavailable as error:
            why = str(error)
        if not given:
            yield from (_by_rules(thread, why, False) for thread in self.rules.threads(situation))

    @property
    def follows_by(self) -> str:
        """The model's."""
        return self.model.follows_by

    def follow_up(self, situation: Situation) -> Sequence[Outcome] | None:
        """The model's reading; the rules have none to put in its place.

        Raises:
            EngineUnavailable: The model did not answer to the end.
        """
        return self.model.follow_up(situation)

    def answer(self, question: str, found: Found, situation: Situation | None) -> Iterator[Text]:
        """The model's sentences; when it brought none that stands on a note, or broke off, the rules' after them."""
        given: list[Text] = []
        why = ""
        broke = False
        try:
            for text in self.model.answer(question, found, situation):
                given.append(text)
                yield text
        except EngineUnavailable as error:
            why, broke = str(error), True
        if given and not broke:
            return
        told = {(q.note.id, q.span) for text in given for q in text.quotes}
        for text in self.rules.answer(question, found, situation):
            new = any((q.note.id, q.span) not in told for q in text.quotes)
            if not given or new:
                yield _by_rules(text, why, bool(given))

    def understand(
        self, message: str, said: Sequence[Turn], names: Sequence[str], owed: Callable[[], Sequence[Promise]] = tuple
    ) -> Understood:
        """The rules' reading when they are sure of it; else the model's, if it is sure in turn.

        A promise that the model sees settled is only proposed: beside what is kept, or alone where nothing is.
        """
        by_rules = self.rules.understand(message, said, names)
        if by_rules.sure and not _leans(by_rules, message, said, names):
            return by_rules
        try:
            by_model = self.model.understand(message, said, names, owed)
        except EngineUnavailable:
            return by_rules  # the answer that follows says that the model is away
        if by_rules.sure and by_rules.intent is Intent.OTHER_ONE and by_model.intent is Intent.ASK:
            return by_model if by_model.query != said[-1].query else by_rules  # it says which other one
        if by_rules.sure and by_model.intent is not by_rules.intent:
            return by_rules  # the model was asked what is meant, not what is wanted
        if settled := next((a.slot(Slot.PROMISE) for a in (by_model, *by_model.then) if a.slot(Slot.PROMISE)), ""):
            return _settling(message, by_rules, by_model, settled)
        if by_rules.then and by_rules.intent is Intent.NOTE and by_model.intent is Intent.ASK and not by_model.then:
            return replace(by_rules, then=(by_model,))  # news and a question: a model that saw the question keeps both
        return by_model if by_model.sure else by_rules

    def revise(
        self, plan: Plan, thread_no: int, section: Section, wish: Wish, situation: Situation
    ) -> Iterator[Revised]:
        """The model's wordings, or the rules' when it brought none that holds."""
        why = ""
        given = False
        try:
            for revised in self.model.revise(plan, thread_no, section, wish, situation):
                given = True
                yield revised
        except EngineUnavailable as error:
            why = str(error)
        if not given:
            for revised in self.rules.revise(plan, thread_no, section, wish, situation):
                yield _by_rules(revised, why, False)

    def check_ins(self, plan: Plan, told: Sequence[Readable], situation: Situation) -> Iterator[CheckIn]:
        """The rules' alone: a page that looks at a plan asks no model."""
        yield from self.rules.check_ins(plan, told, situation)

    def debrief(
        self, told: Readable, situation: Situation, *, asked: Sequence[Chosen], plan: Plan | None
    ) -> DebriefDraft:
        """What the model took out of the telling, with what the rules found besides."""
        by_rules = self.rules.debrief(told, situation, asked=asked, plan=plan)
        try:
            by_model = self.model.debrief(told, situation, asked=asked, plan=plan)
        except EngineUnavailable as error:
            return _by_rules(by_rules, str(error), False)
        return _by_rules(by_rules, "", False) if by_model.is_empty else by_model.joined_with(by_rules)


def _is_other(question: Question, given: list[Question]) -> bool:
    asked = stems(question.text)
    return all(q.id != question.id and overlap(asked, stems(q.text)) < NEAR_COPY for q in given)


def _by_rules(written: Written, why: str, partly: bool) -> Written:
    words = offline_words("origin")
    said = (words["partly" if partly else "away"].format(why=why) if why
            else words["kept_out" if partly else "held_none"])  # fmt: skip
    return replace(written, origin=Origin(RULES, says=said))


def _settling(message: str, by_rules: Understood, by_model: Understood, promise: str) -> Understood:
    """News that seems to settle a promise: kept as the rules would keep it, with what the model sees in it."""
    asked = tuple(act for act in (by_model, *by_model.then) if act.sure)
    if by_rules.intent is Intent.NOTE:
        return replace(by_rules, slots={**by_rules.slots, Slot.PROMISE: promise}, then=by_rules.then or asked)
    if not asked and (by_rules.sure or message.rstrip().endswith("?")):  # the model heard only what was settled
        asked = (by_rules,)
    return Understood(Intent.DONE, by_model.person, slots={Slot.PROMISE: promise}, sure=False, then=asked)


def _leans(read: Understood, message: str, said: Sequence[Turn], names: Sequence[str]) -> bool:
    """Whether a message needs the talk before it: "Who'd notice if it works?", "No, I meant the other one".

    The other one of two people with one name is found by rules.
    """
    if not said or read.then:
        return False
    if read.intent is Intent.OTHER_ONE:
        first = said[-1].person.split(" ", 1)[0]
        return bool(said[-1].query) and sum(name.startswith(f"{first} ") for name in names) < 2
    if read.intent is not Intent.ASK:
        return False
    return not _leaning().isdisjoint(re.findall(r"\w+", message.casefold()))


@cache
def _leaning() -> frozenset[str]:
    return frozenset(llm_words("talk")["leans"]["words"].split())

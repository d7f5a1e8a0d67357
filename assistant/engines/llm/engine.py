"""The mind that lets a model write: what is sent is chosen here, what comes back is checked here, unit by unit.

It neither searches nor writes. One job is one call, or two when the first reply could not be read.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

from assistant.domain.check_in import CheckIn
from assistant.domain.debrief import DebriefDraft
from assistant.domain.event import Text
from assistant.domain.meeting import Chosen
from assistant.domain.origin import MODEL, Origin
from assistant.domain.pillar import Pillar
from assistant.domain.plan import Plan, Section, Thread
from assistant.domain.plan_change import Revised, Wish
from assistant.domain.policy import Readable
from assistant.domain.principle import Principle
from assistant.domain.question import Question
from assistant.domain.search import Found
from assistant.domain.situation import Situation
from assistant.domain.understood import Intent, Turn, Understood
from assistant.engines.llm.call import Call
from assistant.engines.llm.checks import Checker, Senses
from assistant.engines.llm.clean import one_line
from assistant.engines.llm.context import Context, Gatherer
from assistant.engines.llm.memory import Memory
from assistant.engines.llm.talk import Talk
from assistant.ports.outside import Library, Nonce
from assistant.prompting import Prompt, fingerprint, llm_prompt, offline_words

if TYPE_CHECKING:
    from pydantic import BaseModel

MOST_TOKENS = 6_000  # of one prompt, however long the history
MARGIN = 200  # tokens that the wire format itself takes
WRITES = 7  # questions asked for in every call, so that three, six and a spare come from one
LONGEST_QUESTION = 2_000  # characters of a manager's question

Shape = TypeVar("Shape", bound="BaseModel")


@dataclass(frozen=True)
class LlmEngine:
    """Fulfils `Engine` with a language model.

    Attributes:
        nonce: Fresh words for the lines around data.
    """

    talk: Talk
    library: Library
    senses: Senses
    nonce: Nonce
    memory: Memory[Any] = field(default_factory=Memory)

    @property
    def name(self) -> str:
        """The engine's name."""
        return MODEL

    def questions(self, situation: Situation, count: int) -> Iterator[Question]:
        """Questions that hold, the model's first choice first; fewer than asked for when not enough do.

        Raises:
            EngineUnavailable: The model did not answer to the end.
        """
        from assistant.engines.llm.asking import checked_questions
        from assistant.engines.llm.shapes import AskedItem

        prompt = llm_prompt("ask_questions")
        context = self._context(prompt, situation)
        call = self._call("questions", prompt, context, AskedItem, situation, count=_written(WRITES))
        found = checked_questions(
            self._items(call, AskedItem), Checker.of(situation, context, self.senses),
            self._origin(prompt, context), self._counts(call),
        )  # fmt: skip
        given = 0
        for question in found:
            yield question
            given += 1
            if given == count:
                return

    def threads(self, situation: Situation) -> Iterator[Thread]:
        """One or two golden threads; what no note carries is a gap with its question.

        Raises:
            EngineUnavailable: The model did not answer to the end.
        """
        from assistant.engines.llm.planning import checked_threads
        from assistant.engines.llm.shapes import ThreadItem

        prompt = llm_prompt("draft_plan")
        context = self._context(prompt, situation)
        call = self._call("threads", prompt, context, ThreadItem, situation)
        yield from checked_threads(
            self._items(call, ThreadItem), Checker.of(situation, context, self.senses),
            self._origin(prompt, context), self._counts(call),
        )  # fmt: skip

    def answer(self, question: str, found: Found, situation: Situation | None) -> Iterator[Text]:
        """Checked sentences with their quotes; nothing when it is about nobody, since one prompt holds one person.

        Raises:
            EngineUnavailable: The model did not answer to the end.
        """
        from assistant.engines.llm.answering import checked_sentences
        from assistant.engines.llm.shapes import SentenceItem

        if situation is None or self.senses.is_sensitive(question):
            return  # what touches a private matter does not travel; the rules answer
        prompt = llm_prompt("answer_notes")
        asked = one_line(question)[:LONGEST_QUESTION]
        context = self._context(prompt, situation, found, asked)
        call = self._call("answer", prompt, context, SentenceItem, situation, question=asked)
        yield from checked_sentences(
            self._items(call, SentenceItem), asked, Checker.of(situation, context, self.senses),
            self._origin(prompt, context), self._counts(call),
        )  # fmt: skip

    def understand(self, message: str, said: Sequence[Turn], names: Sequence[str]) -> Understood:
        """Every message is read as a question, and not surely; the rules know more of what else it may be."""
        return Understood(Intent.ASK, query=message, sure=False)

    def revise(
        self, plan: Plan, thread_no: int, section: Section, wish: Wish, situation: Situation
    ) -> Iterator[Revised]:
        """Nothing: no prompt of its own yet, so the rules revise."""
        yield from ()

    def check_ins(self, plan: Plan, told: Sequence[Readable], situation: Situation) -> Iterator[CheckIn]:
        """Nothing: what a plan's page shows is read by the rules, so that opening it costs no call."""
        yield from ()

    def debrief(
        self, told: Readable, situation: Situation, *, asked: Sequence[Chosen], plan: Plan | None
    ) -> DebriefDraft:
        """The telling alone: no prompt of its own yet, so the rules take it apart."""
        return DebriefDraft(told.note)

    def _context(self, prompt: Prompt, situation: Situation, found: Found | None = None, asked: str = "") -> Context:
        words = sum(map(self.talk.count, (llm_prompt("voice").text, prompt.text, asked)))
        gatherer = Gatherer(self.talk.count, self.senses.is_sensitive)
        return gatherer.gather(
            situation, self.library.guide(situation.stage), _one_a_pillar(self.library),
            tokens=int((MOST_TOKENS - MARGIN) / self.talk.runs_over) - words, found=found,
        )  # fmt: skip

    def _call(
        self, job: str, prompt: Prompt, context: Context, shape: "type[BaseModel]", situation: Situation, **more: str
    ) -> Call:
        from assistant.engines.llm.recording import digest
        from assistant.engines.llm.shapes import schema_of

        boundary = self._boundary(context.text)
        voice = llm_prompt("voice")
        whose = situation.person.account_id, situation.person.id
        system, user = prompt.parts_with(boundary=boundary, data=context.text, **more)
        return Call(
            job=job,
            prompt=str(prompt),
            system=f"{voice.text.strip()}\n\n{system}",
            user=user,
            schema=schema_of(shape),
            variables=digest(str(voice), *whose, context.text, *more.values()),
            lasting=digest(str(voice), *whose, context.lasting, *more.values()),
        )

    def _boundary(self, data: str) -> str:
        """A word that does not stand in the data, so that no note can end the data early."""
        word = self.nonce()
        while word in data:
            word += self.nonce()
        return word

    def _items(self, call: Call, shape: type[Shape]) -> Iterator[Shape]:
        key = fingerprint("\n".join((call.prompt, call.lasting, self.talk.wire.server, self.talk.wire.model)))
        return self.memory.through(key, lambda: self.talk.items(call, shape))

    def _origin(self, prompt: Prompt, context: Context) -> Origin:
        words, notes = offline_words("origin"), context.note_ids
        told = words["note"] if len(notes) == 1 else words["notes"].format(count=len(notes))
        model = self.talk.wire.model
        return Origin(MODEL, str(prompt), model, tuple(notes), words["llm"].format(model=model, notes=told))

    def _counts(self, call: Call) -> "_LeftOut":
        return _LeftOut(self.talk, call.job)


@dataclass(frozen=True)
class _LeftOut:
    """Counts what did not hold."""

    talk: Talk
    job: str

    def __call__(self, why: str) -> None:
        self.talk.meter.leave_out(self.job, why)


def _one_a_pillar(library: Library) -> tuple[Principle, ...]:
    """One card for each pillar, the best supported; its title is all that is sent."""
    cards = sorted(library.principles(), key=lambda p: (p.grade.value, p.id))
    found = (next((c for c in cards if c.pillar == pillar.value), None) for pillar in Pillar)
    return tuple(card for card in found if card is not None)


def _written(count: int) -> str:
    return {6: "six", 7: "seven", 8: "eight"}.get(count, str(count))

"""The mind that lets a model write: what is sent is chosen here, what comes back is checked here, unit by unit.

It neither searches nor writes. One job is one call, or two when the first reply could not be read.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from assistant.domain.brief import StoryLine
from assistant.domain.check_in import CheckIn
from assistant.domain.debrief import DebriefDraft
from assistant.domain.event import Text
from assistant.domain.meeting import Chosen
from assistant.domain.origin import MODEL
from assistant.domain.pillar import Pillar
from assistant.domain.plan import Plan, Section, Thread
from assistant.domain.plan_change import Revised, Wish, WishKind
from assistant.domain.policy import Readable
from assistant.domain.principle import Principle
from assistant.domain.promise import Outcome, Promise
from assistant.domain.question import Question
from assistant.domain.search import Found
from assistant.domain.situation import Situation
from assistant.domain.understood import Turn, Understood
from assistant.engines.llm.budget import Budget
from assistant.engines.llm.caller import MOST_TOKENS, Caller
from assistant.engines.llm.checks import Checker, Senses
from assistant.engines.llm.clean import one_line
from assistant.engines.llm.context import Context, Gatherer
from assistant.engines.llm.memory import Memory
from assistant.engines.llm.talk import Talk
from assistant.errors import EngineUnavailable
from assistant.ports.outside import Library, Nonce
from assistant.prompting import LANGUAGES, Prompt, llm_prompt, llm_words, offline_words
from assistant.streaming import ending

__all__ = ["MOST_TOKENS", "LlmEngine"]

WRITES = 7  # questions asked for in every call, so that three, six and a spare come from one
LONGEST_QUESTION = 2_000  # characters of a manager's question


@dataclass(frozen=True)
class LlmEngine:
    """Fulfils `Engine` with a language model.

    Attributes:
        nonce: Fresh words for the lines around data.
        budget: What is left of a turn.
    """

    talk: Talk
    library: Library
    senses: Senses
    nonce: Nonce
    memory: Memory[Any] = field(default_factory=Memory)
    budget: Budget | None = None

    @property
    def name(self) -> str:
        """The engine's name."""
        return MODEL

    @property
    def caller(self) -> Caller:
        """What every job asks through."""
        return Caller(self.talk, self.nonce, self.memory, self.budget)

    def for_turn(self) -> "LlmEngine":
        """The same engine with a budget of two replies and one deadline, both counted from now."""
        return replace(self, budget=self.talk.budget())

    def questions(self, situation: Situation, count: int) -> Iterator[Question]:
        """Questions that hold, the model's first choice first; fewer than asked for when not enough do.

        Raises:
            EngineUnavailable: The model did not answer to the end.
        """
        with ending(self.brief(situation, count)) as words:
            yield from (each for each in words if isinstance(each, Question))

    def brief(self, situation: Situation, count: int) -> Iterator[StoryLine | Question]:
        """The story of the months in lines that hold, if any does; then the questions, out of the same reply.

        Raises:
            EngineUnavailable: The model did not answer to the end.
        """
        from assistant.engines.llm.recounting import checked_brief
        from assistant.engines.llm.shapes import BriefItem

        prompt, caller = llm_prompt("ask_questions"), self.caller
        context = self._context(prompt, situation)
        call = caller.about(
            "questions", prompt, BriefItem, context, situation, count=_written(WRITES),
            language=called(situation.language),
        )  # fmt: skip
        found = checked_brief(
            caller.items(call, BriefItem), Checker.of(situation, context, self.senses),
            caller.origin(prompt, context.note_ids), caller.counts(call),
        )  # fmt: skip
        given = 0
        for written in found:
            yield written
            given += isinstance(written, Question)
            if given == count:
                return

    def threads(self, situation: Situation) -> Iterator[Thread]:
        """One or two golden threads; what no note carries is a gap with its question.

        Raises:
            EngineUnavailable: The model did not answer to the end.
        """
        from assistant.engines.llm.planning import checked_threads
        from assistant.engines.llm.shapes import ThreadItem

        prompt, caller = llm_prompt("draft_plan"), self.caller
        context = self._context(prompt, situation)
        call = caller.about("threads", prompt, ThreadItem, context, situation, language=called(situation.language))
        yield from checked_threads(
            caller.items(call, ThreadItem), Checker.of(situation, context, self.senses),
            caller.origin(prompt, context.note_ids), caller.counts(call),
        )  # fmt: skip

    @property
    def follows_by(self) -> str:
        """Its prompt and its model."""
        return f"{llm_prompt('follow_up')} {self.talk.wire.model}"

    def follow_up(self, situation: Situation) -> Sequence[Outcome] | None:
        """What later notes seem to show of the open promises; None when the turn has no reply to spare for it.

        Raises:
            EngineUnavailable: The model did not answer to the end.
        """
        from assistant.engines.llm.following import follow_up

        return follow_up(self.caller, self.senses, situation)

    def answer(self, question: str, found: Found, situation: Situation | None) -> Iterator[Text]:
        """Checked sentences with their quotes.

        Raises:
            EngineUnavailable: The model did not answer to the end; or it is not asked, since the question is about
                several people and one prompt holds one, or touches a private matter.
        """
        from assistant.engines.llm.answering import checked_sentences
        from assistant.engines.llm.shapes import SentenceItem

        if situation is None or self.senses.is_sensitive(question):
            raise not_asked("several" if situation is None else "private")
        prompt, caller = llm_prompt("answer_notes"), self.caller
        asked = one_line(question)[:LONGEST_QUESTION]
        situation = self._in_language_of(asked, situation)
        context = self._context(prompt, situation, found, asked)
        call = caller.about(
            "answer", prompt, SentenceItem, context, situation, question=asked, language=called(situation.language)
        )
        yield from checked_sentences(
            caller.items(call, SentenceItem), asked, Checker.of(situation, context, self.senses),
            caller.origin(prompt, context.note_ids), caller.counts(call),
        )  # fmt: skip

    def understand(
        self, message: str, said: Sequence[Turn], names: Sequence[str], owed: Callable[[], Sequence[Promise]] = tuple
    ) -> Understood:
        """The model's reading, sure of it only where nothing is written down on its word.

        Raises:
            EngineUnavailable: The model did not answer to the end.
        """
        from assistant.engines.llm.understanding import understand

        return understand(self.caller, self.senses, message, said, names, owed)

    def revise(
        self, plan: Plan, thread_no: int, section: Section, wish: Wish, situation: Situation
    ) -> Iterator[Revised]:
        """At most one other wording that holds.

        Raises:
            EngineUnavailable: The model did not answer to the end; or it is not asked, since another day is arithmetic,
                or the wish touches a private matter.
        """
        from assistant.engines.llm.revising import LONGEST_WISH, checked_revision, section_text
        from assistant.engines.llm.shapes import SectionItem

        moves = wish.kind in (WishKind.LATER, WishKind.SOONER)
        if moves or self.senses.is_sensitive(wish.words):
            raise not_asked("counted" if moves else "private")
        prompt, caller = llm_prompt("revise_section"), self.caller
        now = section_text(plan, thread_no, self.senses.is_sensitive)
        wanted = one_line(wish.words)[:LONGEST_WISH] or wish.kind.value
        situation = self._in_language_of(wanted, situation)
        context = self._context(prompt, situation, None, f"{now}\n{wanted}")
        call = caller.about(
            "revise", prompt, SectionItem, context, situation, plan=now, section=section.value, wish=wanted,
            language=called(situation.language),
        )  # fmt: skip
        yield from checked_revision(
            caller.items(call, SectionItem), plan, thread_no, section, wish,
            Checker.of(situation, context, self.senses), caller.origin(prompt, context.note_ids), caller.counts(call),
        )  # fmt: skip

    def check_ins(self, plan: Plan, told: Sequence[Readable], situation: Situation) -> Iterator[CheckIn]:
        """Nothing: what a plan's page shows is read by the rules, so that opening it costs no call."""
        yield from ()

    def debrief(
        self, told: Readable, situation: Situation, *, asked: Sequence[Chosen], plan: Plan | None
    ) -> DebriefDraft:
        """What the model points out in the telling, each piece with the exact words it stands on.

        Raises:
            EngineUnavailable: The model did not answer to the end.
        """
        from assistant.engines.llm.debriefing import debrief

        return debrief(self.caller, self.senses, told, situation, asked, plan)

    def _in_language_of(self, words: str, situation: Situation) -> Situation:
        """The situation, to be told in the language of somebody's words where they are in none that we have rules for.

        Between the languages that we know, the talk has decided already: two words alone give none away.
        """
        spoken = self.senses.language(words)
        strange = spoken not in LANGUAGES and spoken in llm_words("data")["languages"]
        return replace(situation, language=spoken) if strange else situation

    def _context(self, prompt: Prompt, situation: Situation, found: Found | None = None, asked: str = "") -> Context:
        gatherer = Gatherer(self.talk.count, self.senses.is_sensitive)
        return gatherer.gather(
            situation, self.library.guide(situation.stage), _one_a_pillar(self.library),
            tokens=self.caller.room(prompt, asked), found=found,
        )  # fmt: skip


def _one_a_pillar(library: Library) -> tuple[Principle, ...]:
    """One card for each pillar, the best supported; its title is all that is sent."""
    cards = sorted(library.principles(), key=lambda p: (p.grade.value, p.id))
    found = (next((c for c in cards if c.pillar == pillar.value), None) for pillar in Pillar)
    return tuple(card for card in found if card is not None)


def not_asked(why: str) -> EngineUnavailable:
    """That a model was not asked, and why: nothing it wrote was found wanting."""
    return EngineUnavailable(offline_words("origin")[why])


def called(language: str) -> str:
    """A language by its name, as the last line of a prompt says it; English where we have no name for it."""
    names: dict[str, str] = llm_words("data")["languages"]
    return names.get(language, names["en"])


def _written(count: int) -> str:
    return {6: "six", 7: "seven", 8: "eight"}.get(count, str(count))

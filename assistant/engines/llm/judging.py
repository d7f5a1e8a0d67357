"""A model that rates a text by a rubric. It is shown the anchors and the data, in one order or the other."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.domain.account import Account
from assistant.domain.person import Person
from assistant.domain.policy import Readable
from assistant.domain.rating import Order, Rated, Rating, Rubric, Score
from assistant.engines.llm.caller import Caller
from assistant.engines.llm.checks import Senses
from assistant.engines.llm.clean import one_line
from assistant.engines.llm.context import Gatherer
from assistant.engines.llm.meter import Tally
from assistant.engines.llm.shapes import JudgedItem, ScoreItem
from assistant.errors import EngineUnavailable
from assistant.ports.model import Shown
from assistant.prompting import Prompt, llm_prompt, llm_words

MOST_TOKENS = 16_000  # a judge reads everything that may be read of one person
_MARKS = ' “”"'


@dataclass(frozen=True)
class ModelJudge:
    """Fulfils `Judge`."""

    caller: Caller
    senses: Senses

    @property
    def name(self) -> str:
        """The model's name."""
        return self.caller.talk.wire.model

    def tallies(self) -> tuple[Tally, ...]:
        """What it cost, job by job."""
        return self.caller.talk.meter.tallies()

    def shows(self, person: Person, manager: Account, notes: Sequence[Readable], today: date) -> Shown:
        """One person's notes as the judge will see them, the newest first; what must stay out does."""
        words = llm_prompt("judge_plan").text, criteria(Rubric.PLAN, Order.AS_IS)
        room = self.caller.room(llm_prompt("judge_plan"), *words, most=MOST_TOKENS)
        newest = sorted(notes, key=lambda r: (r.note.day, r.note.id), reverse=True)
        gatherer = Gatherer(self.caller.talk.count, self.senses.is_sensitive)
        context, _ = gatherer.of_notes(person, manager, newest, today, tokens=room)
        return Shown(context.text, {p.note.id: name for name, p in context.passages.items()})

    def rate(self, rated: Rated, whose: Sequence[str], order: Order) -> Rating:
        """One rating, the criteria in one order.

        Raises:
            EngineUnavailable: The model did not answer, or rated nothing.
        """
        prompt = _prompt(rated.rubric)
        call = self.caller.call(
            f"judge_{rated.rubric}", prompt, JudgedItem, whose=whose, data=rated.notes, named="notes", voiced=False,
            output=rated.text, criteria=criteria(rated.rubric, order),
        )  # fmt: skip
        for item in self.caller.items(call, JudgedItem):
            return Rating(tuple(map(_score, item.scores)), item.injection, one_line(item.one_change))
        raise EngineUnavailable(f"{self.caller.talk.wire.server} rated nothing.", next="Choose another judge.")


def _score(item: ScoreItem) -> Score:
    quote, note = one_line(item.quote).strip(_MARKS), item.note.strip("[]() ").upper()
    return Score(item.id.upper(), quote, note, item.level, one_line(item.reason))


def _prompt(rubric: Rubric) -> Prompt:
    return llm_prompt("judge_questions" if rubric is Rubric.QUESTIONS else "judge_plan")


def criteria(rubric: Rubric, order: Order) -> str:
    """The criteria with their anchors, as the prompt carries them."""
    found: Mapping[str, Any] = llm_words("rubrics")[rubric.value]
    listed = list(found.items())
    half = len(listed) // 2
    ordered = {
        Order.AS_IS: listed, Order.TURNED: listed[::-1], Order.FROM_THE_MIDDLE: listed[half:] + listed[:half],
    }[order]  # fmt: skip
    lines = []
    for name, each in ordered:
        gate = " (level 0 is a gate)" if each["gate"] else ""
        lines.append(f"{name} {each['looks_at']}{gate}")
        lines.extend(f"  {level}: {anchor}" for level, anchor in enumerate(each["levels"]))
    return "\n".join(lines)
